"""What whoever may appeal sees: the judge's marks of an answer, the grounds, the ruling."""

from typing import Final

from nicegui import ui

from finale.pages.parts import Tone, banner, box, button, words
from finale.pages.parts_scores import points_text
from finale.pages.untrusted import rich
from finale.show.commands import Ground
from finale.show.views.panel import JudgedAnswer
from finale.show.views.stage import NO_JUDGE, AppealView
from scoring.rubric import JUDGE_RUBRIC

GROUNDS: Final[dict[Ground, str]] = {
    "factual error": "The judge is wrong about a fact.",
    "rubric misread": "The judge marked what the rubric does not ask.",
    "format fault": "The judge stumbled over the form, not the content.",
}
"""The grounds there are, in the order they are offered; taste is none of them."""


def judged_marks(judged: JudgedAnswer, judge: str) -> None:
    """Who judges, and that judge's mark, criteria and reason."""
    words(f"AI judge: {judge}", "quiet", "p")
    with box("judged line line-top"):
        _figure(points_text(judged.mark), "of 100")
        for criterion in JUDGE_RUBRIC.criteria:
            _figure(f"{judged.marks[criterion.key]:g}", f"{criterion.label}, of 10")
    with box("judged-reason scrolls"):
        rich(judged.reason)


OFFERED: Final = "The check calls this answer right. The host offers an appeal."


def draw_ruling(appeal: AppealView, whose: str) -> None:
    """What the experts have decided on an appeal, and what that did to the judge's points."""
    count = f"{appeal.upheld} of {appeal.votes} votes to uphold."
    votes = count if appeal.votes else "Nobody voted."
    tone: Tone = "strong" if appeal.ruling == "upheld" else "plain"
    banner(f"{whose}: {appeal.ruling}.", f"{_change(appeal)} {votes}", tone)


def _change(appeal: AppealView) -> str:
    if appeal.before is None or appeal.after is None:
        return str(NO_JUDGE)
    before, after = points_text(appeal.before), points_text(appeal.after)
    way = f"stay at {after}" if before == after else f"go from {before} to {after}"
    return f"The judge’s points {way} of {appeal.most:g}."


def ground_choice(ground: Ground, *, is_chosen: bool) -> ui.button:
    """One ground as a wide button: its name and what it means."""
    choice = button("", None, "outline").classes(f"ground {'is-chosen' if is_chosen else ''}")
    choice.props["aria-pressed"] = "true" if is_chosen else "false"
    with choice:
        words(ground.capitalize(), "bold")
        words(GROUNDS[ground])
    return choice


def _figure(value: str, caption: str) -> None:
    with box("stat"):
        words(value, "figure")
        words(caption, "quiet")
