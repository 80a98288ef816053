"""What an overlay's address may choose: parts, ground, language; else a page that says so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from finale.show.phrase import LANGUAGES, Language

PARTS: Final = ("lower", "clock", "score")

_EXAMPLE: Final = "/overlay?parts=clock,score&chroma=00FF00&lang=en"
_PAGE: Final = """<!doctype html>
<html lang="en" data-kind="paper">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The overlay’s address</title>
<link rel="stylesheet" href="/assets/theme.css">
<link rel="stylesheet" href="/assets/rules.css">
</head>
<body><main class="rules rules-mistake on-paper">
<h1>The overlay’s address has a mistake</h1>
{mistakes}
<p>Everything may be left out; all of it together reads</p>
<p><code>{example}</code></p>
</main></body></html>
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """What an overlay shows and on what; `chroma` is a colour as RRGGBB, "" for none.

    Without `lang` it speaks the language of the stage.
    """

    parts: tuple[str, ...] = PARTS
    chroma: str = ""
    lang: Language | None = None


class BadChoices(Exception):
    """The address asks for what there is not; each sentence says what to write."""

    def __init__(self, sentences: Iterable[str]) -> None:
        """`sentences` are fit for a person's screen."""
        self.sentences = tuple(sentences)
        super().__init__(" ".join(self.sentences))


def read_choices(asked: Iterable[tuple[str, str]]) -> Choices:
    """The choices in the pairs of a query. Raises BadChoices, with all that is wrong."""
    asked = tuple(asked)
    given = dict(asked)
    parts = tuple(part.strip() for part in given.get("parts", ",".join(PARTS)).split(","))
    chroma = given.get("chroma", "").removeprefix("#").upper()
    asked_lang = given.get("lang", "").lower()
    lang = next((language for language in LANGUAGES if language == asked_lang), None)
    wrong = [_unknown(name) for name in given if name not in ("parts", "chroma", "lang")]
    wrong += [f"“{name}” stands there twice. Write it once." for name in _twice(asked)]
    if not set(parts) <= set(PARTS):
        found = ", ".join(f"“{part}”" for part in parts if part not in PARTS)
        wrong.append(f"parts: there is no {found}. Write lower, clock, score, or some of them.")
    if "chroma" in given and not re.fullmatch("[0-9A-F]{6}", chroma):
        wrong.append(
            f"chroma: “{given['chroma']}” is no colour. Write six of 0-9 and A-F: 00FF00 is green."
        )
    if "lang" in given and lang is None:
        wrong.append(f"lang: there is no “{asked_lang}”. Write one of {', '.join(LANGUAGES)}.")
    if wrong:
        raise BadChoices(wrong)
    return Choices(tuple(part for part in PARTS if part in parts), chroma, lang)


def _unknown(name: str) -> str:
    return f"There is no choice “{name}”. Write parts, chroma or lang."


def _twice(asked: tuple[tuple[str, str], ...]) -> list[str]:
    names = [name for name, _ in asked]
    return sorted({name for name in names if names.count(name) > 1})


def choices_page(bad: BadChoices) -> str:
    """What is wrong and what to write, as a page that also an empty scene shows."""
    mistakes = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in bad.sentences)
    return _PAGE.format(mistakes=mistakes, example=escape(_EXAMPLE))
