"""The tablet while it waits: in the lobby with the connection check and the calibration."""

from collections.abc import Sequence
from typing import Final

from finale.pages.connection_check import ConnectionCheck
from finale.pages.live import Drawn, Region
from finale.pages.panel_marks import Scales, Touch
from finale.pages.panel_tablet import Tablet, TabletView, text_of
from finale.pages.parts import box, heading, words
from finale.pages.untrusted import rich
from finale.show.commands import MarkPractice
from finale.show.phases import Phase
from finale.show.views.common import words as word_count
from finale.show.views.panel import CalibrationCard
from scoring.rubric import PANEL_RUBRIC

LEAST_WINDOW: Final = (744, 600)
"""The window that the tablet needs, in CSS pixels, lying or upright."""

NO_ROUND: Final = -1

BEFORE: Final = (
    "Mark it as you will mark tonight: it counts for nothing. With the last of the three marks "
    "you see what it should get."
)
AFTER: Final = "It counts for nothing. Keep the distance in mind when you mark tonight."


def build_lobby(tablet: Tablet) -> Sequence[Drawn[TabletView]]:
    """Welcome, and the connection check."""
    with box("panel-waiting"):
        said = Region(waiting_slice, draw_waiting, "panel-welcome")
        _build_check(tablet)
    return (said,)


def build_calibration(tablet: Tablet) -> Sequence[Drawn[TabletView]]:
    """The practice answer beside its scales, and the connection check."""
    with box("panel-lobby"):
        with box("lobby-answer"):
            welcome = Region[TabletView, str](lambda view: view.show.notice, _draw_welcome)
            answer = Region(_answer_slice, _draw_answer, "lobby-text stack snug scrolls")
            _build_check(tablet)
        with box("panel-marks lobby-marks"):
            calibration = Calibration(tablet)
    return (welcome, answer, calibration)


def _build_check(tablet: Tablet) -> None:
    with box("lobby-check"):
        ConnectionCheck(tablet.backstage, tablet.seat, LEAST_WINDOW)


class Calibration:
    """The scales for the practice answer, then the marks that it should get."""

    def __init__(self, tablet: Tablet) -> None:
        """Draw the scales once; what the answer should get comes in their place."""
        self._tablet = tablet
        self._told = Region[TabletView, bool](_is_complete, _draw_told)
        keep = f"{tablet.backstage.showrunner.show_id}:practice:{tablet.seat}"
        self._scales = Scales(keep, self._mark)
        self._said = Region[TabletView, str](lambda view: view.said, _draw_said, "panel-said")
        self._result = Region[TabletView, CalibrationCard | None](_result_slice, _draw_result)

    def update(self, view: TabletView) -> None:
        """Show the own marks, and beside them the others once all are given."""
        card = view.show.calibration
        if card is None:
            return
        count = word_count(card.answer)
        facts = {"efficiency": [[str(count), "word" if count == 1 else "words"]]}
        self._scales.practise(NO_ROUND, card.marks, facts)
        self._scales.set_visibility(not card.is_complete)
        for piece in (self._told, self._said, self._result):
            piece.update(view)

    async def _mark(self, touch: Touch) -> None:
        command = MarkPractice(criterion=touch.criterion, mark=touch.mark)
        # Not settled, the tablet keeps the mark and sends it again.
        if await self._tablet.ask(command, touch.id) != "unsaved":
            self._scales.settle(touch)


def _is_complete(view: TabletView) -> bool:
    return view.show.calibration is not None and view.show.calibration.is_complete


def _answer_slice(view: TabletView) -> tuple[str, str]:
    card = view.show.calibration
    return (card.question, card.answer) if card is not None else ("", "")


def _result_slice(view: TabletView) -> CalibrationCard | None:
    return view.show.calibration if _is_complete(view) else None


def _draw_welcome(notice: str) -> None:
    words(notice, "bold", "p")


def _draw_answer(slice_: tuple[str, str]) -> None:
    question, answer = slice_
    heading("Practice answer", "title")
    words(question, "bold", "p")
    with box("lobby-prose"):
        rich(answer)


def _draw_told(is_complete: bool) -> None:
    words(AFTER if is_complete else BEFORE, "lobby-told", "p")


def _draw_said(sentence: str) -> None:
    if sentence:
        words(sentence, "alarm bold", "p").props("role=alert")


def _draw_result(card: CalibrationCard | None) -> None:
    if card is None:
        return
    for criterion in PANEL_RUBRIC.criteria:
        with box("lobby-result line spread"):
            with box("stack tight"):
                heading(criterion.label, level=3)
                words(criterion.question, "quiet", "p")
            yours, shown = text_of(card.marks[criterion.key]), text_of(card.shown[criterion.key])
            words(f"You {yours}, shown {shown}", "title keep", "p")
    heading("Why", "heading lobby-why", 3)
    words(card.reason, tag="p")


def waiting_slice(view: TabletView) -> tuple[str, str]:
    """The notice, and the question while it is being answered."""
    show = view.show
    is_asked = show.phase in (Phase.QUESTION, Phase.TUNING, Phase.LOCKED)
    return show.notice or "Appeals are open.", show.question if is_asked else ""


def draw_waiting(slice_: tuple[str, str]) -> None:
    """What an expert waits for."""
    notice, question = slice_
    first, stop, rest = notice.partition(". ")
    heading(first + stop.strip(), "panel-headline", 1)
    words(rest, "panel-lead quiet", "p")
    if question:
        with box("panel stack panel-asked"):
            words("The question", "quiet")
            words(question, "panel-full", "p")
