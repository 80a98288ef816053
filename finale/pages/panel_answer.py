"""The left half of the tablet: every blind answer, the reference with its key facts, the question.

All of it is drawn once; which part is in sight is the browser's affair, with or without a server.
"""

from dataclasses import dataclass
from typing import Final

from nicegui import ui

from finale.pages.panel_tablet import Tablet, TabletView
from finale.pages.parts import box, button, heading, words
from finale.pages.parts_marks import blind_tile
from finale.pages.untrusted import rich

SHEETS: Final = {"answer": "Answer", "reference": "Reference", "question": "Question"}


@dataclass(frozen=True, slots=True)
class AnswersSlice:
    """What the left half is drawn from; `answers` are letters and texts."""

    answers: tuple[tuple[str, str], ...]
    question: str
    reference: str
    key_facts: tuple[str, ...]


def answers_slice(view: TabletView) -> AnswersSlice:
    """The answers, and what they are to be read against."""
    show = view.show
    answers = tuple((card.answer.letter, card.answer.text) for card in show.cards)
    return AnswersSlice(answers, show.question, show.reference, show.key_facts)


def build_answers(tablet: Tablet) -> None:
    """Draw the left half, and again when one of its texts changes."""
    tablet.region(answers_slice, _draw, "panel-answer")


def _draw(slice_: AnswersSlice) -> None:
    with box("panel-answer-head"):
        for letter, _ in slice_.answers:
            blind_tile(letter, "strong", "xl").props["data-of"] = letter
        words(slice_.question, "three-lines bold panel-short", "p")
    with box("panel-sheets").props('role=group aria-label="What to read"'):
        for sheet, label in SHEETS.items():
            turn = button(label, None, "outline").classes("panel-sheet-tab")
            turn.props["data-turns"] = sheet
    for letter, text in slice_.answers:
        with _sheet("answer") as answer:
            rich(text)
        answer.props["data-of"] = letter
    with _sheet("reference"):
        _draw_reference(slice_)
    with _sheet("question"):
        words(slice_.question, "panel-full", "p")


def _sheet(name: str) -> ui.element:
    element = box("panel-text scrolls")
    element.props["data-sheet"] = name
    return element


def _draw_reference(slice_: AnswersSlice) -> None:
    heading("Key facts", level=3)
    with box("panel-facts", "ul"):
        for fact in slice_.key_facts:
            words(fact, tag="li")
    heading("Reference answer", level=3)
    rich(slice_.reference)
