"""What stands on the console when there is nothing to tune: waiting, submitted, the own place."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from finale.pages.finalist_appeal import appeal_slice, draw_appeal
from finale.pages.finalist_clock import clock_slice, draw_clock
from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.finalist_drafts import draft_times, draw_settings
from finale.pages.live import Drawn, Region, Scenes
from finale.pages.parts import box, heading, keycap, stat_block, words
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
    """Which picture stands: "desk", "answer", "appeal" or "waiting"."""
    show = view.show
    if view.is_at_work:
        return "desk"
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
        said = _region(
            lambda v: (_headline(v.show), v.show.notice, _place(v.show)),
            lambda slice_: _draw_waiting(*slice_),
        )
        label = console.backstage.drafter.label(console.seat)
        rules = _region(lambda v: _rules(v.show, label), _draw_rules, "sink")
    return (said, rules)


def _build_nothing(console: Console, view: ConsoleView) -> Sequence[Drawn[ConsoleView]]:
    return ()


_BUILD = {
    "answer": _build_answer,
    "appeal": _build_appeal,
    "waiting": _build_waiting,
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
    if show.submitted == 0 and show.phase in ANSWERED:
        return "No answer."
    if show.phase is Phase.LOBBY:
        return f"Welcome, {show.tag.first_name}."
    if show.phase is Phase.CHAMPION and show.place == 1:
        return "First place."
    return HEADLINES[show.phase]


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


def _place(show: FinalistView) -> tuple[int, float] | None:
    if show.phase not in PLACED or show.place is None or show.total is None:
        return None
    return show.place, show.total


def _draw_waiting(headline: str, notice: str, place: tuple[int, float] | None) -> None:
    heading(headline, "scene-headline", 1)
    words(notice, "scene-lead", "p")
    if place is not None:
        with box("line loose scene-place"):
            stat_block(str(place[0]), "your place")
            stat_block(points_text(place[1]), "points so far")


def _rules(show: FinalistView, label: str) -> tuple[tuple[str, str], ...]:
    stays = "are published with the record" if show.publish_prompts else "stay private"
    return (
        (f"Your model is {label}.", f"Every model writes at most {show.max_tokens} tokens."),
        ("You set three things.", "System prompt, temperature and top_p; nothing else."),
        (
            "At 0:00 something goes in.",
            "What you submitted, else your pin, else the last draft.",
        ),
        ("While the show runs nobody sees your prompts.", f"After it, prompts and drafts {stays}."),
    )


def _draw_rules(rules: tuple[tuple[str, str], ...]) -> None:
    with box("scene-rules", "ul"):
        for what, detail in rules:
            with box("scene-step", "li"):
                words(what, "heading", "p")
                words(detail, "large quiet", "p")
    with box("line scene-keys quiet"):
        for key, does in (
            ("Alt+G", "generate"),
            ("Escape", "cancel"),
            ("Alt+1–9", "pin a draft"),
            ("Ctrl+Enter", "submit"),
        ):
            with box("line snug"):
                keycap(key)
                words(does)
