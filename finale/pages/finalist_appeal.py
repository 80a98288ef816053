"""The finalist's appeal: the judge's marks of the own answer, a ground, one confirmation."""

from functools import partial
from typing import Final

from nicegui import ui

from finale.pages.finalist_console import Console
from finale.pages.parts import box, button, heading, words
from finale.pages.parts_marks import icon
from finale.pages.parts_scores import points_text
from finale.pages.untrusted import rich
from finale.show.commands import Ground
from finale.show.views.panel import JudgedAnswer
from scoring.rubric import JUDGE_RUBRIC

GROUNDS: Final[dict[Ground, str]] = {
    "factual error": "The judge is wrong about a fact.",
    "rubric misread": "The judge marked something the rubric does not ask for.",
    "format fault": "The judge stumbled over the form of the answer.",
}
"""The grounds there are, in the order they are offered; taste is none of them."""


def draw_appeal(
    console: Console, judged: JudgedAnswer | None, can_appeal: bool, chosen: tuple[Ground | None, str]
) -> None:
    """The marks, the reason, and the appeal as far as it may be filed."""
    if judged is None:
        return
    ground, refusal = chosen
    heading("The judge’s marks of your answer", "display", 1)
    draw_judged(judged)
    if judged.is_backed_by_you:
        _draw_filed()
    elif can_appeal:
        _draw_choice(console, ground, refusal)
    else:
        words("You have no appeal left, or this answer is under appeal already.", "large", "p")


def draw_judged(judged: JudgedAnswer) -> None:
    """Mark, criteria and reason of the judge."""
    with box("line loose judged-marks"):
        with box("stat"):
            words(points_text(judged.mark), "figure")
            words("of 100", "quiet")
        for criterion in JUDGE_RUBRIC.criteria:
            with box("stat"):
                words(f"{judged.marks[criterion.key]:g}", "figure judged-mark")
                words(f"{criterion.label}, of 10", "quiet")
    with box("judged-reason scrolls"):
        rich(judged.reason, "large")


def _draw_filed() -> None:
    with box("line large scene-filed"):
        icon("check")
        words("Your appeal is filed. The experts vote on it, blind to each other.", "bold")


def _draw_choice(console: Console, ground: Ground | None, refusal: str) -> None:
    with box("stack snug", "fieldset"):
        words("On what ground?", "heading", "legend")
        for name, meaning in GROUNDS.items():
            draw_ground(name, meaning, name == ground).on("click", partial(console.choose_ground, name))
    appeal = button("Appeal" if ground else "Choose a ground to appeal", None, "primary")
    appeal.classes("is-wide is-tall").set_enabled(ground is not None)
    if ground is not None:
        appeal.on_click(partial(_confirm, console, ground))
    words("You have one appeal a show. You keep it if it is upheld.", "quiet", "p")
    words(refusal, "alarm bold", "p").props("role=status")


def draw_ground(name: str, meaning: str, is_chosen: bool) -> ui.button:
    """One ground to choose: its name and what it means."""
    choice = button("", None, "outline").classes(f"ground {'is-chosen' if is_chosen else ''}")
    choice.props["aria-pressed"] = "true" if is_chosen else "false"
    with choice:
        words(name.capitalize(), "bold")
        words(meaning, "quiet")
    return choice


def _confirm(console: Console, ground: Ground) -> None:
    with ui.dialog(value=True) as dialog, ui.card():
        heading("Appeal against the judge’s marks?", "title")
        words(f"Ground: {ground}. The show waits while the experts vote.", tag="p")
        with box("line submit-choice"):
            button("Go back", dialog.close, "outline", key="Escape")

            async def file() -> None:
                dialog.close()
                await console.appeal()

            button("Appeal", file, "primary").classes("grow")
