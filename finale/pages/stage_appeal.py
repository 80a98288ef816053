"""The slate of an appeal: what is appealed, how many experts have voted, what changed."""

from collections.abc import Sequence
from typing import Final

from finale.pages.language import tr, tr_many, tr_phrase
from finale.pages.live import Drawn, Region
from finale.pages.parts import box, heading, words
from finale.pages.parts_clock import clock
from finale.pages.parts_marks import blind_tile, icon
from finale.pages.parts_scores import points_text
from finale.pages.stage_common import Stage, figure
from finale.show.phrase import phrase
from finale.show.views.common import ClockView
from finale.show.views.stage import NO_JUDGE, AppealView, StageView

View = Drawn[StageView]

_HEADLINES: Final = {
    "": phrase("Was the AI judge wrong?"),
    "upheld": phrase("The experts overrule the AI judge."),
    "rejected": phrase("The experts stand by the AI judge."),
}
_STATES: Final = {
    "": phrase("The experts vote, blind to each other"),
    "upheld": phrase("Appeal upheld"),
    "rejected": phrase("Appeal rejected"),
}
_GROUNDS: Final = {
    "factual error": phrase("Factual error"),
    "rubric misread": phrase("Rubric misread"),
    "format fault": phrase("Format fault"),
}


def appeal_slate(view: StageView, stage: Stage) -> Sequence[View]:
    """The appeals of the round, the last one leading."""
    head: View = Region(lambda now: _leading(now.appeals).ruling, _draw_head, "appeal-head")
    votes: View = Region(lambda now: _leading(now.appeals), _draw_votes, "appeal-votes")
    short: View = Region(lambda now: now.short, _draw_question, "appeal-question")
    rows: View = Region(lambda now: now.appeals, _draw_rows, "appeal-rows")
    timer: View = Region(lambda now: now.clock, lambda now: _draw_timer(now, stage), "appeal-timer")
    return (head, votes, short, rows, timer)


def _leading(appeals: Sequence[AppealView]) -> AppealView:
    """The appeal that is voted on, else the last one ruled."""
    return next((appeal for appeal in appeals if not appeal.ruling), appeals[-1])


def _draw_head(ruling: str) -> None:
    heading(tr_phrase(_HEADLINES[ruling]), "stage-headline", 1)


def _draw_question(short: str) -> None:
    words(tr("The question"), "quiet")
    words(short, "appeal-short", "p")


def _draw_votes(appeal: AppealView) -> None:
    """A tick for each vote that is in; once they are counted, for each that agrees."""
    agree = appeal.upheld if appeal.ruling else appeal.votes
    with box("vote-dots"):
        for number in range(appeal.voters):
            is_in = number < appeal.votes
            with box(f"vote-dot {'is-in' if number < agree else 'is-against' if is_in else ''}"):
                if is_in:
                    icon("check" if number < agree else "cross")
    if appeal.ruling:
        words(
            tr_many(
                "{upheld} of {n} vote to uphold",
                "{upheld} of {n} votes to uphold",
                appeal.votes,
                upheld=appeal.upheld,
            )
        )
    else:
        words(tr_phrase(appeal.turnout))


def _draw_rows(appeals: tuple[AppealView, ...]) -> None:
    most = max(appeal.most for appeal in appeals)
    with box("appeal-row is-caption"):
        words(tr("The answer"), "quiet")
        points = tr("AI judge’s points, of {most}", most=figure(most))
        words(points if most else tr("AI judge’s points"), "quiet push")
    for appeal in appeals:
        _draw_row(appeal)


def _draw_row(appeal: AppealView) -> None:
    with box("appeal-row"):
        blind_tile(appeal.letter, "strong", "xl")
        with box("appeal-ground"):
            words(tr_phrase(_GROUNDS[appeal.ground]), "appeal-word")
            words(tr_phrase(_STATES[appeal.ruling]), "quiet")
            if appeal.before is None:
                words(tr_phrase(NO_JUDGE), "quiet")
        if appeal.before is not None:
            _draw_change(appeal.before, appeal.before if appeal.after is None else appeal.after)


def _draw_change(before: float, after: float) -> None:
    with box("appeal-change push"):
        if points_text(before) == points_text(after):
            words(points_text(after), "score-total")
            return
        words(points_text(before), "appeal-old struck")
        icon("arrow")
        words(points_text(after), "score-total")


def _draw_timer(now: ClockView | None, stage: Stage) -> None:
    if now is not None:
        words(tr("Appeals close in"), "quiet")
        clock(stage.face(now), "l")
