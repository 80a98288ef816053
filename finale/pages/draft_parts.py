"""One draft as it is drawn in lists, in the middle, side by side and on the waiting screen."""

from finale.pages.parts import badge, box, words
from finale.pages.parts_marks import icon
from finale.show.views.finalist import DraftView
from finale.show.views.prompts import TriedPrompt

OUTCOMES = {
    "failed": ("No answer came", "It does not count."),
    "cancelled": ("Cancelled", "It cannot be pinned or submitted."),
    "cut": ("Cut off", "It ended before the model had finished."),
}


def draw_settings(draft: DraftView | TriedPrompt) -> None:
    """Temperature and top_p, in one line."""
    with box("line draft-settings"):
        for name, value in (("Temperature", draft.temperature), ("top_p", draft.top_p)):
            with box("line snug", "span"):
                words(name)
                words(f"{value:.2f}", "bold")


def draft_times(draft: DraftView) -> str:
    """How long the model took, in words; a draft that a restart ended has no total."""
    first = f"First token {seconds_text(draft.first_token_s)}"
    return first if draft.total_s is None else f"{first}, {seconds_text(draft.total_s)} in all"


def draw_badge(draft: DraftView) -> None:
    """What became of it, where that is more than that it ended."""
    if draft.is_pinned:
        with badge("", "strong"):
            icon("pin")
            words("Pinned")
    elif draft.outcome in OUTCOMES:
        badge(draft.outcome.capitalize(), "alarm" if draft.outcome == "failed" else "plain")
    if draft.is_at_limit:
        badge("Token limit")


def size_line(draft: DraftView) -> str:
    """Its length and how long it took; empty where there is no text."""
    if not draft.words:
        return ""
    total = f", {seconds_text(draft.total_s)}" if draft.total_s is not None else ""
    return f"{draft.words} {words_caption(draft.words)}{total}"


def words_caption(count: int) -> str:
    """The caption under a number of words."""
    return "word" if count == 1 else "words"


def seconds_text(seconds: float | None) -> str:
    """Seconds with one decimal, a dash where nothing was measured."""
    return "–" if seconds is None else f"{seconds:.1f} s"
