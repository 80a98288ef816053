"""The round on the commentators' screen: question, reference, key facts, marks by letter."""

from finale.pages.parts import box, heading, words
from finale.pages.parts_marks import blind_tile, seat_class, token
from finale.pages.parts_scores import BarPart, points_text, score_part
from finale.show.views.bars import Bar
from finale.show.views.stage import AppealView


def draw_question(question: str, reference: str, key_facts: tuple[str, ...]) -> None:
    """What is asked, and what a good answer has, once that may be known."""
    if not question:
        words("The question comes here when it is on stage.", "quiet")
        return
    heading("Question")
    _draw_text(question)
    if not reference:
        words("Reference answer and key facts come here when tuning is over.", "quiet")
        return
    heading("Key facts")
    with box("commentary-facts", "ul"):
        for fact in key_facts:
            words(fact, "", "li")
    heading("Reference answer")
    _draw_text(reference)


def _draw_text(text: str) -> None:
    for paragraph in text.split("\n\n"):
        words(paragraph, "commentary-text", "p")


def draw_bars(
    bars: tuple[Bar, ...], notes: tuple[str, ...], appeals: tuple[AppealView, ...]
) -> None:
    """The marks by letter, as far as the stage has them; names when they are out."""
    if not bars:
        return
    heading("This round, by letter")
    for bar in bars:
        _draw_bar(bar)
    for appeal in appeals:
        told = appeal.ruling or appeal.turnout
        words(f"Appeal on {appeal.letter}, {appeal.ground}: {told}.", "small")
    for note in notes:
        words(note, "small quiet")


def _draw_bar(bar: Bar) -> None:
    hue = "" if bar.tag is None else f"is-named {seat_class(bar.tag.lectern)}"
    with box("commentary-bar"):
        blind_tile(bar.letter, "strong", "s")
        with box(f"commentary-track {hue}"):
            for part in bar.parts:
                score_part(BarPart(part.component, part.score, part.is_favourite))
        total = sum(part.score for part in bar.parts) if bar.total is None else bar.total
        words(points_text(total), "bold commentary-sum")
        with box("commentary-owner"):
            if bar.tag is not None:
                token(bar.tag.lectern, "s")
