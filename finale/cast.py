"""Who plays with which model and who judges, from the show file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from finale.clock import Clock
from finale.config import ShowPlan
from finale.endpoints import UNDERSTUDY, EndpointEntry, OpenAIEntry
from finale.judging.asking import Manner
from finale.judging.base import Marker
from finale.judging.llm_judge import Seat, chairs, seated_judge
from finale.judging.pairwise import CHOICE_SCHEMA, Comparer
from finale.judging.reply import VERDICT_SCHEMA
from finale.judging.understudy import UnderstudyJudge
from finale.llm.base import Endpoint, Limits
from finale.llm.understudy import Pace, five_understudies
from finale.llm.wire import Wire
from finale.seating import Outfit, build, seated
from finale.show.rundown import Rundown
from scoring.rubric import JUDGE_RUBRIC

VERDICT_TOKENS = 1_000
"""The longest verdict; one of 60 words of reasons has a quarter of that."""


@dataclass(frozen=True, slots=True)
class Means:
    """What every model is built with. `seed` feeds the understudies."""

    wire: Wire
    clock: Clock
    environment: Mapping[str, str] = field(repr=False)
    seed: int = 0


def finalists_models(plan: ShowPlan, rundown: Rundown, means: Means) -> dict[str, Endpoint]:
    """Every finalist's model, by seat: what the show file says now, also in a show that goes on.

    Raises ValueError if a key is missing, or a model that has played.
    """
    pace = Pace(first_token_s=0.7, words_per_s=14.0, sleep=means.clock.sleep)
    known = list(plan.questions.values())
    understudies = five_understudies(known, means.seed, pace, len(rundown.finalists))
    total_s = max(Limits().total_s, rundown.settings.seconds.tuning)
    limits = Limits(rundown.settings.max_tokens, total_s=total_s)
    outfit = Outfit(means.wire, limits, means.environment)
    return seated(rundown, plan, understudies, outfit)


def judges_seats(plan: ShowPlan, means: Means) -> list[Seat]:
    """The judge and the spare judge, in that order; none if the understudy judges."""
    return [
        Seat(_judge(entry, VERDICT_SCHEMA, means, who), entry.model_id)
        for who, entry in judge_entries(plan)
    ]


def judge_entries(plan: ShowPlan) -> list[tuple[str, EndpointEntry]]:
    """Who judges, by what to call them in messages; none if the understudy does."""
    if plan.judge == UNDERSTUDY:
        return []
    spare = [("the spare judge", plan.spare_judge)] if plan.spare_judge is not None else []
    return [("the judge", plan.judge), *spare]


def seated_marker(plan: ShowPlan, rundown: Rundown, means: Means) -> Marker:
    """The judge of the show, with its spare, by the rules that `rundown` froze.

    Raises ValueError if a key is missing.
    """
    seats = judges_seats(plan, means)
    if not seats:
        return UnderstudyJudge(means.seed)
    return seated_judge(
        seats[0], seats[1] if seats[1:] else None, means.clock, _manner(plan, rundown)
    )


def seated_comparer(plan: ShowPlan, means: Means) -> Comparer | None:
    """The show's first judge as one who compares pairs; the understudy cannot."""
    if plan.judge == UNDERSTUDY:
        return None
    endpoint = _judge(plan.judge, CHOICE_SCHEMA, means, "the judge")
    [chair] = chairs(
        [Seat(endpoint, plan.judge.model_id)], means.clock, _manner(plan, plan.rundown)
    )
    return Comparer(chair, JUDGE_RUBRIC)


def _manner(plan: ShowPlan, rundown: Rundown) -> Manner:
    return Manner(at_once=plan.judge_calls, is_plain=rundown.settings.style_neutral)


def _judge(entry: EndpointEntry, schema: Mapping[str, Any], means: Means, who: str) -> Endpoint:
    outfit = Outfit(means.wire, Limits(VERDICT_TOKENS), means.environment)
    if isinstance(entry, OpenAIEntry) and entry.json_schema:
        named = {"name": "verdict", "strict": True, "schema": schema}
        form = {"response_format": {"type": "json_schema", "json_schema": named}}
        outfit = replace(outfit, extra=form)
    return build(entry, outfit, who)
