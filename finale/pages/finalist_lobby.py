"""A finalist's lobby: practice on the console, the connection check, the rules in short."""

from collections.abc import Sequence
from typing import Final

from finale.llm.base import FIRST_TOKEN_S, Limits
from finale.pages.connection_check import ConnectionCheck, State
from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.live import Drawn, Region, Scenes
from finale.pages.parts import box, heading, keycap, words
from finale.show.phases import Phase
from finale.show.views.finalist import PRACTICE, DraftView, FinalistView

LEAST_WINDOW: Final = (1024, 640)
"""The window that the console needs, in CSS pixels."""

Pairs = tuple[tuple[str, str], ...]

KEYS: Final[Pairs] = (
    ("Alt+G", "generate"),
    ("Escape", "cancel"),
    ("Alt+1–9", "pin a draft"),
    ("Alt+C", "compare drafts"),
    ("Alt+P", "earlier prompts"),
    ("Ctrl+Enter", "submit"),
)
"""What the console does at which key."""


def build_lobby(console: Console) -> None:
    """The right third of the console while it is open for practice, in place of the drafts."""
    console.add(
        Scenes(
            lambda view: view.show.is_practice,
            lambda view: _build(console) if view.show.is_practice else (),
            "finalist-lobby",
        )
    )


def _build(console: Console) -> Sequence[Drawn[ConsoleView]]:
    check = ConnectionCheck(console.backstage, console.seat, LEAST_WINDOW)
    label = console.backstage.drafter.label(console.seat)
    rules: Drawn[ConsoleView] = Region(
        lambda view: rules_of(view.show, label), draw_rules, "finalist-lobby-rules panel scrolls"
    )
    return (_Model(check), rules)


class _Model:
    """The model's line of the check."""

    def __init__(self, check: ConnectionCheck) -> None:
        self._check = check

    def update(self, view: ConsoleView) -> None:
        self._check.show_model(*model_state(view.tried))


def draw_practice(is_practice: bool) -> None:
    """Where the clock stands in a round: that nothing counts yet."""
    if is_practice:
        with box("finalist-practice stack tight").props("role=status"):
            heading("Practice", "display")
            words(PRACTICE, tag="p")


def model_state(draft: DraftView | None) -> tuple[State, str]:
    """Whether the finalist's model has answered, by its last practice draft."""
    if draft is None:
        return "open", "Not tried: generate once"
    if draft.outcome == "failed":
        return "bad", "Failed. Tell the host."
    if draft.first_token_s is not None:
        return "good", f"Answered in {draft.first_token_s:.1f} s"
    return "open", "Waiting" if draft.outcome == "running" else "Not tried: generate once"


def limits_line(max_tokens: int) -> str:
    """What no finalist can set, in one line."""
    return (
        f"The same for all: {max_tokens} tokens, {FIRST_TOKEN_S:.0f} s to the first, "
        f"{Limits().gap_s:.0f} s between two."
    )


def rules_of(show: FinalistView, label: str) -> tuple[Pairs, Pairs]:
    """What a finalist should know, with the keys that the console answers to."""
    stays = "are published with the record" if show.publish_prompts else "stay private"
    if show.phase is Phase.CHAMPION:
        return (("Thank you for playing.", f"Your prompts and drafts {stays}."),), ()
    rules = (
        (f"Your model is {label}.", limits_line(show.max_tokens)),
        (
            "You set three things.",
            "System prompt, temperature and top_p. Every model gets its finalist’s prompt, then "
            "the question, in its own chat form, and nothing else.",
        ),
        (
            "At 0:00 something goes in.",
            "What you submitted, else your pin, else the last draft.",
        ),
        ("While the show runs nobody sees your prompts.", f"After it, prompts and drafts {stays}."),
    )
    return rules, KEYS


def draw_rules(slice_: tuple[Pairs, Pairs]) -> None:
    """The rules, and the keys."""
    rules, keys = slice_
    with box("scene-rules", "ul"):
        for what, detail in rules:
            with box("scene-step", "li"):
                words(what, "heading", "p")
                words(detail, "large quiet", "p")
    if not keys:
        return
    with box("line scene-keys quiet"):
        for key, does in keys:
            with box("line snug"):
                keycap(key)
                words(does)
