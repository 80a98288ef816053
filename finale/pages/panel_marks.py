"""The right half of the tablet: three scales, the private note, and the way on."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from nicegui import ui
from nicegui.events import GenericEventArguments

from finale.pages.kept_text import KeptText
from finale.pages.panel_tablet import Tablet, TabletView
from finale.pages.parts import box, button, words
from finale.pages.parts_marks import icon
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


class Scales(ui.element, component="panel_marks.js"):
    """Nine targets for each criterion; a touch reaches `on_touch`, which calls `settle`."""

    def __init__(self, keep: str, on_touch: Callable[[Touch], Awaitable[None]]) -> None:
        """`keep` names what waits in the browser."""
        super().__init__()
        self._on_touch = on_touch
        self._props.update(
            keep=keep, criteria=_criteria(), targets=_targets(), marks={}, facts={}, letter=""
        )
        self.on("touched", self._touched)

    def show(self, round_: int, card: Card) -> None:
        """Show the marks of `card`, and what was measured."""
        self.place(round_, card.answer.letter, dict(card.marks), _facts(card))

    def place(self, round_: int, letter: str, marks: dict[str, float], facts: Facts) -> None:
        """Show `marks` of the answer of that round and letter, and `facts` by criterion."""
        now = {"round": round_, "letter": letter, "marks": marks, "facts": facts}
        if any(self._props.get(name) != value for name, value in now.items()):
            self._props.update(now)

    def settle(self, touch: Touch) -> None:
        """The server has the touch, or has refused it: the browser need not repeat it."""
        self.run_method("settled", touch.id)

    def want(self, criterion: str) -> None:
        """Point at the scale that has no mark yet."""
        self.run_method("want", criterion)

    async def _touched(self, event: GenericEventArguments) -> None:
        await self._on_touch(Touch.model_validate(event.args))


class MarkSheet:
    """Scales, note and buttons for the answer in sight."""

    def __init__(self, tablet: Tablet) -> None:
        """Draw them once; only what they show changes."""
        self._tablet = tablet
        with box("panel-marks") as self.container:
            show_id = tablet.backstage.showrunner.show_id
            self._scales = Scales(f"{show_id}:marks:{tablet.seat}", self._mark)
            self._notes = NoteFields(tablet)
            tablet.region(lambda view: view.said, _draw_said, "panel-said")
            tablet.add(Steps(tablet, self._notes, self._scales))
            tablet.region(lambda view: view.saved, _draw_saved, "panel-saved")

    def update(self, view: TabletView) -> None:
        """Show the card in sight."""
        self.container.set_visibility(view.scene == "marks")
        if view.card is not None:
            self._scales.show(view.show.round, view.card)
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
        self._fields: dict[str, KeptText] = {}
        self.container = box("panel-notes")

    def update(self, view: TabletView) -> None:
        """Show the field of the answer in sight; new fields in a new round."""
        letters = tuple(card.answer.letter for card in view.show.cards)
        if self._of != (view.show.round, letters):
            self._of = (view.show.round, letters)
            self.container.clear()
            with self.container:
                self._fields = {letter: self._field(letter) for letter in letters}
        for letter, field in self._fields.items():
            field.set_visibility(letter == view.letter)

    def toggle(self) -> None:
        """Open or close the note where the tablet stands upright."""
        self.container.classes(toggle="is-open")

    def _field(self, letter: str) -> KeptText:
        backstage = self._tablet.backstage
        key = f"note:{self._tablet.seat}:{self._of[0]}:{letter}"
        note = SharedText(backstage.scratch, (key, f"{key}:aside"))
        show_id = backstage.showrunner.show_id
        field = KeptText(f"Private note on {letter}", show_id, note, LONGEST_NOTE)
        field.say("Only you see this.")
        return field


class Steps:
    """The way back, the note and the way on.

    Its buttons stay while what they say changes: a press that began before a change must count.
    """

    def __init__(self, tablet: Tablet, notes: NoteFields, scales: Scales) -> None:
        """Draw them once."""
        self._tablet = tablet
        self._scales = scales
        self._step = ("", "", "", "")
        with box("panel-steps"):
            self._back = button("", self._go_back, "outline").classes("panel-back")
            self._back.props["aria-label"] = "Back"
            with self._back:
                icon("back")
                self._before = words("")
            note = button("Note", notes.toggle, "outline").classes("panel-note-button")
            note.props["aria-label"] = "Private note"
            self._on = button("", self._go, "primary").classes("panel-on")
            with self._on:
                self._text = words("")
                icon("forward")

    def update(self, view: TabletView) -> None:
        """Say where the two ways lead now."""
        step = next_step(view)
        if step == self._step:
            return
        self._step = step
        self._text.text, does, target, self._before.text = step
        self._back.set_enabled(bool(self._before.text))
        self._back.props.set_optional("data-opens", self._before.text or None)
        self._on.props.set_optional("data-opens", target if does == "open" else None)

    def _go_back(self) -> None:
        *_, before = self._step
        self._tablet.open(before)

    def _go(self) -> None:
        _, does, target, _ = self._step
        if does == "want":
            self._scales.want(target)
        elif does == "open":
            self._tablet.open(target)
        else:
            self._tablet.check()


def next_step(view: TabletView) -> tuple[str, str, str, str]:
    """What the way on says, what it does ("want", "open", "check"), to what; the answer before."""
    letters = [card.answer.letter for card in view.show.cards]
    at = letters.index(view.letter) if view.letter in letters else 0
    before = letters[at - 1] if at else ""
    missing, after = view.missing, view.next_open
    if missing:
        rest = missing[1].label.lower() if missing[1:] else after
        then = f", then {rest}" if rest else ", the last one"
        return f"Score {missing[0].label.lower()}{then}", "want", missing[0].key, before
    if after:
        return f"Next: {after}", "open", after, before
    return f"Check your {answers_of(len(letters))}", "check", "", before


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


def _facts(card: Card) -> Facts:
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
