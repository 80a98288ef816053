"""The catalogues are whole: every text of the code, in every language, in every form."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from finale.config import ROOT
from finale.languages.texts import catalogue_file
from finale.show.phrase import LANGUAGES, Language

OTHERS = tuple(language for language in LANGUAGES if language != "en")
TERMS = ("finalist", "expert", "audience", "judge", "draft", "appeal", "standings", "understudy")
MAY_BE_LEFT_OUT = {"n", "count", "0"}
"""The counted number, where the word itself says it: "two rounds" in Arabic."""


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What Babel finds in the code, by the command that the README gives to translators."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [line] = re.findall(r"^uv run (pybabel extract .*)$", readme, re.MULTILINE)
    found = tmp_path_factory.mktemp("texts") / "texts.pot"
    command = [str(found) if word.endswith(".pot") else word for word in shlex.split(line)]
    babel = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *command[1:]]
    subprocess.run(babel, cwd=ROOT, check=True)
    with found.open("rb") as file:
        return read_po(file)


@cache
def catalogue(language: Language) -> Catalog:
    """What a language has."""
    with catalogue_file(language).open("rb") as file:
        return read_po(file, language)


def texts_in(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Every text, by its first form."""
    return {forms(m.id)[0]: forms(m.id) for m in catalog if m.id}


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def pairs(language: Language) -> Iterator[tuple[Message, tuple[str, ...]]]:
    for message in catalogue(language):
        if message.id:
            yield message, forms(message.string)


def values_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_text_of_the_code_and_no_other(
    language: Language, code: Catalog
) -> None:
    wanted = texts_in(code)
    assert len(wanted) > 150
    assert texts_in(catalogue(language)) == wanted


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_stands_once(language: Language) -> None:
    file = catalogue_file(language).read_text(encoding="utf-8")
    assert len(re.findall("^msgid ", file, re.MULTILINE)) == 1 + len(catalogue(language))


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_said_and_none_is_a_guess(language: Language) -> None:
    assert [m.id for m, said in pairs(language) if m.fuzzy or not all(said)] == []
    assert catalogue(language).obsolete == {}


@pytest.mark.parametrize("language", OTHERS)
def test_every_counted_text_has_all_the_forms_of_the_language(language: Language) -> None:
    assert catalogue(language).num_plurals == get_plural(language).num_plurals
    wrong = [
        message.id
        for message, said in pairs(language)
        if len(said) != (1 if isinstance(message.id, str) else catalogue(language).num_plurals)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_form_has_the_values_of_the_english_text(language: Language) -> None:
    wrong = []
    for message, said in pairs(language):
        wanted = set().union(*map(values_in, forms(message.id)))
        may_miss = MAY_BE_LEFT_OUT if not isinstance(message.id, str) else set()
        for form in said:
            found = values_in(form)
            if found - wanted or (wanted - found) - may_miss:
                wrong.append(form)
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_begins_or_ends_with_another_blank(language: Language) -> None:
    wrong = [
        message.id
        for message, said in pairs(language)
        if {edges(form) for form in said} != {edges(form) for form in forms(message.id)}
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_begins_with_its_words_for_the_terms_of_the_show(language: Language) -> None:
    head = catalogue_file(language).read_text(encoding="utf-8").split("msgid", 1)[0]
    assert [term for term in (*TERMS, "sudden death") if f"# {term}: " not in head] == []
