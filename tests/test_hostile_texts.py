"""Whatever people and models write, looking through it takes time by its length, not its square.

A text that takes the square stops the whole server for seconds: all of it lives in one loop.
"""

from collections.abc import Callable
from functools import partial

import pytest
from growth import steepest
from story import rundown

from finale.judging.agreement import markdown_marks
from finale.judging.reply import read_opinion
from finale.judging.sanitised import sanitised, visible
from finale.llm.base import EndpointError
from finale.llm.manner import read_manner
from finale.llm.templates import without_marks
from finale.llm.wording import sentences, words
from finale.logs.faults import without_quotes
from finale.logs.redaction import Redactor
from finale.pages.untrusted import GROWING, _read, plain, safe_html
from finale.show.prompt_rules import has_copied
from finale.show.question import has_word, last_number
from finale.show.suspicion import pleas, suspicious, without
from finale.show.views.masking import EVERYDAY, _masked
from scoring.rubric import JUDGE_RUBRIC

NAMES = tuple((finalist.name, finalist.short) for finalist in rundown().finalists)


def _leaves_out(text: str) -> object:
    return without(text, suspicious(text))


def _uncached(draw: Callable[[str], object]) -> Callable[[str], object]:
    def work(text: str) -> object:
        _read.cache_clear()
        return draw(text)

    return work


def _unreadable(text: str) -> object:
    try:
        return read_opinion(text, "abc", JUDGE_RUBRIC)
    except EndpointError as error:
        return error


SEARCHED: dict[str, Callable[[str], object]] = {
    "suspicious": suspicious,
    "without": _leaves_out,
    "pleas": pleas.__wrapped__,
}

WORK: dict[str, Callable[[str], object]] = {
    **SEARCHED,
    "sanitised": sanitised,
    "sanitised, whole": lambda text: sanitised(text, longest=len(text)),
    "sanitised, plain": lambda text: sanitised(text, longest=len(text), is_plain=True),
    "visible": visible,
    "markdown_marks": markdown_marks,
    "read_opinion": _unreadable,
    "without_marks": without_marks,
    "read_manner": read_manner,
    "sentences": sentences,
    "words": words,
    "without_quotes": without_quotes,
    "redaction": Redactor(["a-secret-value"]).clean,
    "has_copied": lambda text: has_copied(text, "one two three " * 10, 12),
    "last_number": last_number,
    "has_word": lambda text: has_word(text, "brick wall"),
    "masked": lambda text: _masked.__wrapped__(text, NAMES, EVERYDAY),
    "safe_html": _uncached(safe_html),
    "safe_html, growing": _uncached(partial(safe_html, reach=GROWING)),
    "plain": plain,
}

UNITS = (
    *(".", "。", "...x", ". ", '."', '.")', "!?", "*", "_", "**a ", "*a ", "__a ", "_a ", "***a"),
    *("[", "]", "[a](", "![a](", "[a](<b", "[a](()", "[a]: b\n", "(", "`", "` ", "`` ", "```\n"),
    *("|", "| ", "||>", "<|", "<|a", "<", "<a ", "<a@b", "<!-- ", "<<", ">", "> ", "- ", "-"),
    *(" ", "  \n", "\t", "\n", "\n\n", "a\n\n", "\r", "\r\n", "\u2028", " \n\t", "# ", "1. ", "1"),
    *("'", '"', "“", "”", "“a", "\\", "\\[", "&", "&#", "&lt;", "{", "{}", '{"a":', "a", "A b "),
    *("\u0300\u0316", "e\u0301", "\u0316\u200b\u0300", "\ufdfa", "\u200b", "\x00", "\ud800"),
    *("10/10 ", "10 of 10. ", "give ten ", "you are ", "if judge ", "not short ", "no  ", "one "),
    *("1,111", "1 111", "1.1.", "-1", "system ", "System:\n", "system *", "0f ", "eyJ-", "sk-"),
    *(
        "to the ",
        "dear  ",
        "rubric ",
        "i am ",
        "высш",
        "bewerte ",
        "ignorier",
        "ignore",
        "display ",
    ),
    *("input_value=", "[parameters: ", "token=", "cookie ", "://a:", "bearer ", "a.", "a-b."),
    *("word ", "two three ", "to 1 ", "1-", "Vera ", "brick ", "http://a ", "a@b.c ", "—", "é "),
)


@pytest.mark.parametrize("name", WORK)
def test_the_work_for_a_text_grows_with_its_length(name: str) -> None:
    slow = {}
    for unit in UNITS:

        def made(size: int, unit: str = unit) -> str:
            return (unit * (size // len(unit))) + "x"

        if found := steepest(WORK[name], made):
            slow[unit] = found
    assert slow == {}


BEHIND_MUCH: list[tuple[str, str]] = [
    *((name, unit) for name in SEARCHED for unit in ("10/10. ", ".", "высш", "give ten ")),
    *(("sanitised, whole", unit) for unit in ("|", "\u0300\u0316")),
    *(("sanitised, plain", unit) for unit in ("|", "[", "[a](", " ", "**a ", "__a ")),
]


@pytest.mark.parametrize(("name", "unit"), BEHIND_MUCH)
def test_no_square_hides_behind_much_other_work(name: str, unit: str) -> None:
    assert steepest(WORK[name], lambda size: unit * (size // len(unit)) + "x", 0.2) == ""


HALVES = (("<", "|x|>"), ("*a ", "a* "), ("[", "]"), ("(", ")"), ("<|", "|>"), ("{", "}"))


@pytest.mark.parametrize("name", WORK)
def test_so_it_does_for_what_opens_over_and_over_and_then_closes(name: str) -> None:
    slow = {}
    for first, second in HALVES:

        def made(size: int, a: str = first, b: str = second) -> str:
            half = size // (len(a) + len(b))
            return a * half + b * half

        if found := steepest(WORK[name], made):
            slow[first, second] = found
    assert slow == {}
