"""What stands on the console when there is nothing to tune: waiting, submitted, the own place."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from finale.pages.connection_check import ConnectionCheck
from finale.pages.draft_parts import draft_times, draw_settings
from finale.pages.finalist_appeal import appeal_slice, draw_appeal
from finale.pages.finalist_clock import clock_slice, draw_clock
from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.finalist_lobby import LEAST_WINDOW, draw_rules, rules_of
from finale.pages.live import Drawn, Region, Scenes
from finale.pages.parts import box, heading, stat_block, words
from finale.pages.parts_marks import icon
from finale.pages.parts_scores import points_text
from finale.pages.untrusted import rich
from finale.show.phases import Phase
from finale.show.views.finalist import DraftView, FinalistView

T = TypeVar("T")

ANSWERED = (
    Phase.TUNING,
    Phase.LOCKED,
    Phase.READING,
    Phase.MARKING,
    Phase.JUDGE_REVEAL,
    Phase.APPEAL,
    Phase.REVEAL,
)
PLACED = (Phase.STANDINGS, Phase.BREAK, Phase.SUDDEN_DEATH, Phase.CHAMPION)

HEADLINES = {
    Phase.TUNING: "Submitted.",
    Phase.LOCKED: "Locked.",
    Phase.READING: "On stage.",
    Phase.MARKING: "Marking.",
    Phase.JUDGE_REVEAL: "The judge.",
    Phase.APPEAL: "Appeals.",
    Phase.REVEAL: "The reveal.",
    Phase.BREAK: "A break.",
    Phase.SUDDEN_DEATH: "Sudden death.",
    Phase.QUESTION: "Sudden death.",
    Phase.STANDINGS: "Standings.",
    Phase.CHAMPION: "That’s it.",
}

STEPS = (
    (
        (Phase.LOCKED,),
        "Answers are shuffled",
        "Yours gets a letter. It is new every round.",
    ),
    (
        (Phase.READING, Phase.MARKING),
        "All answers are read and marked",
        "The experts can see your face. Please don’t react when yours comes up.",
    ),
    (
        (Phase.JUDGE_REVEAL, Phase.APPEAL),
        "The AI judge’s marks, and appeals",
        "You see your own marks here and may appeal once a show.",
    ),
    (
        (Phase.REVEAL,),
        "Names are revealed",
        "Until then nobody knows which answer is whose.",
    ),
)


def build_scenes(console: Console) -> None:
    """Draw whatever belongs to the moment whenever the desk is not on screen."""
    console.add(
        Scenes(scene_of, lambda view: _BUILD[scene_of(view)](console, view), "finalist-scene")
    )


def scene_of(view: ConsoleView) -> str:
    """Which picture stands: a name of `_BUILD`."""
    show = view.show
    if show.is_withdrawn:
        return "withdrawn"
    if view.is_at_work:
        return "desk"
    if show.phase is Phase.LOBBY:
        return "lobby"
    if show.judged is not None:
        return "appeal"
    return "answer" if show.submitted is not None and show.phase in ANSWERED else "waiting"


def _build_answer(console: Console, view: ConsoleView) -> Sequence[Drawn[ConsoleView]]:
    with box("scene-halves"):
        with box("scene-words stack loose"):
            said = _region(_headline_slice, _draw_submitted)
            clock = _region(
                lambda v: clock_slice(v.show), lambda face: draw_clock(face, console.now())
            )
            steps = _region(lambda v: v.show.phase, _draw_steps, "sink")
        answer = _region(lambda v: own_answer(v.show), draw_answer, "scene-answer panel")
    return (said, clock, steps, answer)


def _build_appeal(console: Console, view: ConsoleView) -> Sequence[Drawn[ConsoleView]]:
    with box("scene-halves"):
        with box("scene-words stack"):
            clock = _region(
                lambda v: clock_slice(v.show), lambda face: draw_clock(face, console.now())
            )
            appeal = _region(
                appeal_slice, lambda slice_: draw_appeal(console, slice_), "stack grow scrolls"
            )
        answer = _region(lambda v: own_answer(v.show), draw_answer, "scene-answer panel")
    return (clock, appeal, answer)


def _build_waiting(console: Console, view: ConsoleView) -> Sequence[Drawn[ConsoleView]]:
    with box("scene-waiting stack loose"):
        said = _said()
        label = console.backstage.drafter.label(console.seat)
        rules = _region(lambda v: rules_of(v.show, label), draw_rules, "sink")
    return (said, rules)


def _build_lobby(console: Console, view: ConsoleView) -> Sequence[Drawn[ConsoleView]]:
    with box("scene-waiting stack loose"):
        with box("line line-top spread loose"):
            said = _said()
            with box("scene-check"):
                ConnectionCheck(console.backstage, console.seat, LEAST_WINDOW)
        label = console.backstage.drafter.label(console.seat)
        rules = _region(lambda v: rules_of(v.show, label), draw_rules, "sink")
    return (said, rules)


def _build_withdrawn(console: Console, view: ConsoleView) -> Sequence[Drawn[ConsoleView]]:
    with box("scene-waiting stack loose"):
        return (_said(),)


def _said() -> Drawn[ConsoleView]:
    return _region(
        lambda v: (_headline(v.show), v.show.notice, _place(v.show)),
        lambda slice_: _draw_waiting(*slice_),
    )


def _build_nothing(console: Console, view: ConsoleView) -> Sequence[Drawn[ConsoleView]]:
    return ()


_BUILD = {
    "answer": _build_answer,
    "appeal": _build_appeal,
    "waiting": _build_waiting,
    "lobby": _build_lobby,
    "withdrawn": _build_withdrawn,
    "desk": _build_nothing,
}


def _region(
    pick: Callable[[ConsoleView], T], build: Callable[[T], None], classes: str = ""
) -> Drawn[ConsoleView]:
    return Region(pick, build, classes)


def own_answer(show: FinalistView) -> DraftView | None:
    """The draft that was submitted, None if there is none."""
    return next((draft for draft in show.drafts if draft.is_submitted), None)


def draw_answer(draft: DraftView | None) -> None:
    """The own answer as it was locked."""
    if draft is None:
        words("You have no answer in this round.", "quiet")
        return
    with box("line spread"):
        heading(f"Your answer, draft {draft.number}")
        with box("line snug quiet"):
            icon("lock")
            words("Locked")
    with box("line"):
        draw_settings(draft)
        words(draft_times(draft), "quiet")
    with box("stream-text scrolls"):
        rich(draft.text)


def _headline_slice(view: ConsoleView) -> tuple[str, int, str]:
    show = view.show
    return _headline(show), show.submitted or 0, show.notice


def _headline(show: FinalistView) -> str:
    if show.is_withdrawn:
        return "Withdrawn."
    if show.submitted == 0 and show.phase in ANSWERED:
        return "No answer."
    if show.phase is Phase.LOBBY:
        return f"Welcome, {show.tag.short_name}."
    if show.phase is Phase.CHAMPION and show.place == 1:
        return "First place."
    return HEADLINES[Phase.LOCKED if show.is_locked else show.phase]


def _draw_submitted(slice_: tuple[str, int, str]) -> None:
    headline, draft, notice = slice_
    heading(headline, "scene-headline", 1)
    if draft:
        certain = f"Draft {draft} is in. It is locked for everyone, the host included."
    else:
        certain = "Nothing of yours was in at 0:00, so this round gives you no points."
    words(certain, "scene-lead", "p")
    words(notice, "large quiet", "p")


def _draw_steps(phase: Phase) -> None:
    places = [phase in step[0] for step in STEPS]
    now = places.index(True) if True in places else -1
    with box("scene-steps", "ol"):
        for place, (_, what, detail) in enumerate(STEPS):
            state = "is-now" if place == now else "is-past" if place < now else ""
            with box(f"scene-step {state}", "li"):
                words(what, "heading", "p")
                words(detail, "large quiet", "p")


def _place(show: FinalistView) -> tuple[str, str, str] | None:
    """The own place, the points, and what they are."""
    if show.phase not in PLACED or show.place is None or show.total is None:
        return None
    caption = "points in all" if show.phase is Phase.CHAMPION else "points so far"
    return show.placed, points_text(show.total), caption


def _draw_waiting(headline: str, notice: str, place: tuple[str, str, str] | None) -> None:
    heading(headline, "scene-headline", 1).props["data-ladder"] = 4
    words(notice, "scene-lead", "p")
    if place is not None:
        with box("line loose scene-place"):
            stat_block(place[0], "your place")
            stat_block(*place[1:])
