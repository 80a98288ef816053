"""The right half of the tablet: three scales, the private note, and the way on."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from nicegui import ui
from nicegui.events import GenericEventArguments

from finale.pages.kept_text import KeptText
from finale.pages.panel_tablet import Tablet, TabletView
from finale.pages.parts import box, words
from finale.pages.parts_marks import icon, icon_svg
from finale.pages.shared_text import SharedText
from finale.show.commands import MarkScorecard
from finale.show.rundown import Frozen
from finale.show.views.panel import Card
from scoring.rubric import PANEL_RUBRIC

LONGEST_NOTE = 2_000

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


Facts: TypeAlias = dict[str, list[list[str]]]
"""By criterion, pairs of a figure and what it counts."""


class Touch(Frozen):
    """One touch of a scale; `id` is made in the browser and stays the same when it is repeated."""

    id: str
    round: int
    letter: str
    criterion: str
    mark: float


class Turned(Frozen):
    """The answer that the browser brought into sight."""

    round: int
    letter: str


class Scales(ui.element, component="panel_marks.js"):
    """Nine targets for each criterion; a touch reaches `on_touch`, which calls `settle`.

    What is drawn inside stands under the scales.
    """

    def __init__(self, keep: str, on_touch: Callable[[Touch], Awaitable[None]]) -> None:
        """`keep` names what waits in the browser."""
        super().__init__()
        self._on_touch = on_touch
        self._props.update(keep=keep, criteria=_criteria(), targets=_targets(), cards=[])
        self.on("touched", self._touched)

    def walk(self, on_turn: Callable[[Turned], None]) -> None:
        """Let the browser turn the whole tablet to another answer, and say so."""
        icons = {name: icon_svg(name) for name in ("back", "forward")}
        self._props.update(walks=True, icons=icons)
        self.on("turned", lambda event: on_turn(Turned.model_validate(event.args)))

    def show(self, round_: int, cards: Sequence[Card], is_open: bool) -> None:
        """Know the marks of all `cards`, what was measured, and whether they may still change."""
        told = [_told(card.answer.letter, card.marks, facts_of(card)) for card in cards]
        self._place(round=round_, cards=told, isOpen=is_open, all=answers_of(len(cards)))

    def practise(self, round_: int, marks: Mapping[str, float], facts: Facts) -> None:
        """Show `marks` of the one answer that has no letter, and `facts` by criterion."""
        self._place(round=round_, cards=[_told("", marks, facts)])

    def settle(self, touch: Touch) -> None:
        """The server has the touch, or has refused it: the browser need not repeat it."""
        self.run_method("settled", touch.id)

    def _place(self, **now: object) -> None:
        if any(self._props.get(name) != value for name, value in now.items()):
            self._props.update(now)

    async def _touched(self, event: GenericEventArguments) -> None:
        await self._on_touch(Touch.model_validate(event.args))


class MarkSheet:
    """Scales, notes and the way on, for every answer at once."""

    def __init__(self, tablet: Tablet) -> None:
        """Draw them once; only what they show changes."""
        self._tablet = tablet
        with box("panel-marks") as self.container:
            show_id = tablet.backstage.showrunner.show_id
            self._scales = Scales(f"{show_id}:marks:{tablet.seat}", self._mark)
            self._scales.walk(lambda turned: tablet.turn_to(turned.round, turned.letter))
            with self._scales:
                self._notes = NoteFields(tablet)
                tablet.region(lambda view: view.said, _draw_said, "panel-said")
            tablet.region(lambda view: view.saved, _draw_saved, "panel-saved")

    def update(self, view: TabletView) -> None:
        """Show the cards."""
        is_open = view.scene == "marks"
        self.container.set_visibility(is_open)
        self._scales.show(view.show.round, view.show.cards, is_open)
        self._notes.update(view)

    async def _mark(self, touch: Touch) -> None:
        if touch.round != self._tablet.view().show.round:
            self._scales.settle(touch)
            return
        command = MarkScorecard(
            round=touch.round, letter=touch.letter, criterion=touch.criterion, mark=touch.mark
        )
        end = await self._tablet.ask(command, touch.id)
        if end == "unsaved":
            # Not settled: the tablet keeps the mark and sends it again.
            return
        self._scales.settle(touch)
        if end == "done":
            self._tablet.mark_saved()


class NoteFields:
    """One private note per answer; each has its own field, so that none is mixed up."""

    def __init__(self, tablet: Tablet) -> None:
        """Empty until there are answers."""
        self._tablet = tablet
        self._of: tuple[int, tuple[str, ...]] = (-1, ())
        self.container = box("panel-notes")

    def update(self, view: TabletView) -> None:
        """New fields in a new round; the browser shows the one of the answer in sight."""
        letters = tuple(card.answer.letter for card in view.show.cards)
        if self._of != (view.show.round, letters):
            self._of = (view.show.round, letters)
            self.container.clear()
            with self.container:
                for letter in letters:
                    self._draw(letter)

    def _draw(self, letter: str) -> None:
        backstage = self._tablet.backstage
        key = f"note:{self._tablet.seat}:{self._of[0]}:{letter}"
        note = SharedText(backstage.scratch, (key, f"{key}:aside"))
        show_id = backstage.showrunner.show_id
        field = KeptText(f"Private note on {letter}", show_id, note, LONGEST_NOTE)
        field.say("Only you see this.")
        field.props["data-of"] = letter


def answers_of(count: int) -> str:
    """ "five answers", or "answer" where there is one alone."""
    return f"{NUMBERS[count]} answers" if count != 1 else "answer"


def _draw_said(sentence: str) -> None:
    if sentence:
        words(sentence, "alarm bold", "p").props("role=alert")


def _draw_saved(saved: str) -> None:
    if saved:
        icon("check")
        words(saved)


def _told(letter: str, marks: Mapping[str, float], facts: Facts) -> dict[str, object]:
    return {"letter": letter, "marks": dict(marks), "facts": facts}


def _criteria() -> list[dict[str, object]]:
    return [
        {
            "key": criterion.key,
            "label": criterion.label,
            "question": criterion.question,
            "anchors": [criterion.anchors[mark] for mark in sorted(criterion.anchors)],
        }
        for criterion in PANEL_RUBRIC.criteria
    ]


def _targets() -> list[float]:
    steps = round((PANEL_RUBRIC.high - PANEL_RUBRIC.low) / PANEL_RUBRIC.step)
    return [PANEL_RUBRIC.low + PANEL_RUBRIC.step * step for step in range(steps + 1)]


def facts_of(card: Card) -> Facts:
    """What was measured of an answer, by criterion."""
    answer = card.answer
    first, total = (
        "–" if seconds is None else f"{seconds:.1f} s"
        for seconds in (answer.first_token_s, answer.total_s)
    )
    facts: Facts = {
        "efficiency": [
            [first, "first token"],
            [total, "total"],
            [str(answer.words), "word" if answer.words == 1 else "words"],
        ]
    }
    if card.check is not None:
        facts["response_quality"] = [
            ["Right" if card.check else "Wrong", "by the automatic check of the fact"]
        ]
    return facts
