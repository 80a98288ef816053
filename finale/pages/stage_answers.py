"""The blind answers on stage: all openings, then one after the other in full, then the vote."""

from collections.abc import Sequence

from nicegui import ui

from finale.pages.language import tr, tr_many
from finale.pages.live import Drawn, Region
from finale.pages.parts import box, heading, words
from finale.pages.parts_clock import clock_bar, seconds_clock
from finale.pages.parts_marks import blind_tile
from finale.pages.stage_ballots import ballot_cells
from finale.pages.stage_common import Stage
from finale.pages.untrusted import plain, rich
from finale.show.views.common import Answer, ClockView
from finale.show.views.stage import StageView

View = Drawn[StageView]


class Spotlight:
    """All answers lie ready on the same sheet; the one that is read is shown.

    So the sizes of all can be measured together and a change of answer rebuilds nothing.
    """

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._shown = 0
        with box("spotlight") as self._sheet:
            with box("spotlight-strip"):
                self._tiles = [_strip_tile(answer.letter) for answer in answers]
            with box("spotlight-paper on-paper"):
                self._texts = [_sheet_text(answer) for answer in answers]

    def update(self, view: StageView) -> None:
        """Show the answer that is read now; 0 leaves the openings on stage."""
        self._stamp(view.clock, view.spotlight)
        if view.spotlight == self._shown:
            return
        self._shown = view.spotlight
        self._sheet.classes(add="is-on") if view.spotlight else self._sheet.classes(remove="is-on")
        for number, (tile, text) in enumerate(zip(self._tiles, self._texts, strict=True), 1):
            state = "is-past" if number < self._shown else "is-next"
            tile.classes(replace=f"strip-tile {'is-now' if number == self._shown else state}")
            text.classes(replace=f"sheet-text {'is-on' if number == self._shown else ''}")

    def _stamp(self, clock: ClockView | None, number: int) -> None:
        if clock is None or not number:
            return
        props = self._texts[number - 1].props
        if props.get("data-deadline") != clock.deadline:
            props["data-deadline"] = clock.deadline
            props["data-total"] = clock.length


def reading(view: StageView, stage: Stage) -> Sequence[View]:
    """The openings of all answers; then each in full, on paper, with its own countdown."""
    heading(view.short, "reading-question", 1).props("data-ladder=2")
    with box("openings"):
        for answer in view.answers:
            _opening(answer)
    words(
        tr("Each answer gets the screen in turn. All of them are on your phone now."), "stage-foot"
    )
    spotlight = Spotlight(view.answers)
    foot = Region(_read_now, lambda now: _draw_foot(now, stage), "spotlight-foot on-paper")
    return (spotlight, foot)


def _opening(answer: Answer) -> None:
    with box("opening"):
        blind_tile(answer.letter, "strong", "xl")
        words(plain(answer.text), "opening-text", "p")
        with box("opening-words"):
            words(str(answer.words), "stage-figure")
            words(tr_many("word", "words", answer.words), "quiet")


def _strip_tile(letter: str) -> ui.element:
    with box("strip-tile is-next") as tile:
        words(letter, "strip-letter").props["data-letter"] = letter
        words(tr("shown"), "strip-word is-shown")
        words(tr("next"), "strip-word is-coming")
    return tile


def _sheet_text(answer: Answer) -> ui.element:
    with box("sheet-text").props("data-pages") as sheet:
        sheet.props["data-page-of"] = tr("{page} of {pages}", page="{page}", pages="{pages}")
        rich(answer.text, "sheet-columns").props("data-ladder=3 data-ladder-group=answers")
    return sheet


def _read_now(view: StageView) -> tuple[Answer | None, ClockView | None]:
    is_read = 0 < view.spotlight <= len(view.answers)
    return (view.answers[view.spotlight - 1] if is_read else None, view.clock)


def _draw_foot(now: tuple[Answer | None, ClockView | None], stage: Stage) -> None:
    answer, clock = now
    if answer is None:
        return
    if clock is not None:
        clock_bar(stage.face(clock), "drain-sheet")
    full = tr_many("{n} word, shown in full", "{n} words, shown in full", answer.words)
    words(full, "quiet")
    if clock is not None:
        with box("sheet-seconds"):
            seconds_clock(stage.face(clock), "sheet-clock")
            words(tr("s"))


# ---- the vote


def marking(view: StageView, stage: Stage) -> Sequence[View]:
    """The two gates: the hall's vote first, and the experts' marks while they are open."""
    head: View = Region(
        lambda now: (now.is_vote_open, now.is_marking_open), _draw_gates, "marking-head"
    )
    with box("marking-tiles"):
        for answer in view.answers:
            blind_tile(answer.letter, "strong", "xl")
    hint: View = Region(
        lambda now: (now.is_vote_open, now.is_marking_open), _draw_hint, "marking-hint"
    )
    clock = Region(_gate_clock, lambda now: _draw_gate_clock(now, stage), "marking-clock")
    count: View = Region(lambda now: (now.ballots, now.phones), _draw_ballots, "marking-count")
    join = stage.join()
    late: View = Region(
        lambda now: now.is_vote_open,
        lambda is_open: _draw_late(join.spoken, join.code) if is_open else None,
        "marking-late",
    )
    return (head, hint, clock, count, late)


def _draw_gates(gates: tuple[bool, bool]) -> None:
    is_vote_open, is_marking_open = gates
    if is_vote_open:
        text = tr("Which answer is best?")
    else:
        text = tr("The vote is closed.") if is_marking_open else tr("Scores are coming in.")
    heading(text, "stage-headline", 1)


def _draw_hint(gates: tuple[bool, bool]) -> None:
    is_vote_open, is_marking_open = gates
    if is_vote_open:
        words(tr("Tap a letter on your phone. You can change it until time is up."), "lede")
    elif is_marking_open:
        words(tr("The experts finish their marks. Then the AI judge goes first."), "lede")
    else:
        words(tr("The AI judge goes first, letter by letter."), "lede")


Gate = tuple[bool, ClockView | None]


def _gate_clock(view: StageView) -> Gate:
    return (view.is_vote_open, view.clock)


def _draw_gate_clock(gate: Gate, stage: Stage) -> None:
    is_vote_open, clock = gate
    if clock is None:
        return
    seconds_clock(stage.face(clock), "stage-countdown").props("role=timer")
    words(tr("seconds") if is_vote_open else tr("seconds for the experts"), "countdown-word")
    if is_vote_open:
        words(tr("last call"), "countdown-word is-last-call")


def _draw_ballots(counts: tuple[int, int]) -> None:
    ballots, phones = counts
    with box("ballot-line"):
        words(str(ballots), "stage-figure")
        words(tr_many("of {n} ballot in", "of {n} ballots in", max(ballots, phones)))
    ballot_cells(ballots, max(ballots, phones))


def _draw_late(spoken: str, code: str) -> None:
    words(tr("Late?"), "quiet")
    words(spoken, "bold")
    words(code, "quiet")
