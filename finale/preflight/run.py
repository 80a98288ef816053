"""All checks of a show at once, each finding told as it comes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from finale.cast import Means, finalists_models, judge_entries, judges_seats
from finale.config import ShowPlan
from finale.endpoints import UNDERSTUDY
from finale.judging.base import Marker
from finale.judging.llm_judge import seated_judge
from finale.judging.understudy import UnderstudyJudge
from finale.logs.logger import logger
from finale.preflight.base import Finding, Tell
from finale.preflight.judges import families, judge
from finale.preflight.machine import SUBJECT as MACHINE
from finale.preflight.machine import Place, machine
from finale.preflight.models import model
from finale.preflight.shared import shared

log = logger(__name__)

BROKE = "The check broke in a way that nobody foresaw; the log says where."
UNTRAINED = "An understudy, no model: it comes with the show and needs nothing."


@dataclass(frozen=True, slots=True)
class Flight:
    """What is checked: the show, what its models are built with, and where it will be served."""

    plan: ShowPlan
    means: Means
    place: Place

    def subjects(self) -> tuple[str, ...]:
        """What there are findings about, in the order of a table."""
        finalists = (_model_of(finalist.name) for finalist in self.plan.rundown.finalists)
        judges = [who.capitalize() for who, _ in judge_entries(self.plan)] or ["The judge"]
        return (MACHINE, *finalists, *judges)


async def check(
    flight: Flight, tell: Tell, through: Callable[[str], None] = lambda subject: None
) -> list[Finding]:
    """Every finding, told as it comes; machine, models and judges are checked side by side.

    `through` is told of each subject that has nothing left to check. Raises ValueError if a key
    is not in the environment.
    """
    plan, means = flight.plan, flight.means
    models = finalists_models(plan, plan.rundown, means)
    found: list[Finding] = []

    def keep(finding: Finding) -> None:
        found.append(finding)
        tell(finding)

    async with asyncio.TaskGroup() as group:
        group.create_task(safely(_machine(flight, keep), MACHINE, keep, through))
        for finalist in plan.rundown.finalists:
            subject = _model_of(finalist.name)
            if plan.endpoints[finalist.id] == UNDERSTUDY:
                keep(Finding(subject, "model", "go", UNTRAINED))
                through(subject)
            else:
                findings = model(subject, models[finalist.id], means.clock)
                group.create_task(safely(_each(findings, keep), subject, keep, through))
        for subject, marker in _judges(flight):
            findings = judge(subject, marker, plan.rundown.rounds[0], means.clock)
            group.create_task(safely(_each(findings, keep), subject, keep, through))
    entries = {who.capitalize(): entry for who, entry in judge_entries(plan)}
    finalists = {f.name: plan.endpoints[f.id] for f in plan.rundown.finalists}
    subjects = {name: _model_of(name) for name in finalists}
    for finding in (*shared(finalists, subjects), *families(entries, finalists)):
        keep(finding)
    order = flight.subjects()
    return sorted(found, key=lambda finding: order.index(finding.subject))


def _model_of(name: str) -> str:
    return f"{name}’s model"


def _judges(flight: Flight) -> list[tuple[str, Marker]]:
    plan, means = flight.plan, flight.means
    seats = judges_seats(plan, means)
    if not seats:
        return [("The judge", UnderstudyJudge(means.seed))]
    return [
        (who.capitalize(), seated_judge(seat, None, means.clock))
        for (who, _), seat in zip(judge_entries(plan), seats, strict=True)
    ]


async def _machine(flight: Flight, tell: Tell) -> None:
    checks = machine(flight.place, flight.means.clock)
    while (finding := await asyncio.to_thread(next, checks, None)) is not None:
        tell(finding)


async def _each(findings: AsyncIterator[Finding], tell: Tell) -> None:
    async for finding in findings:
        tell(finding)


async def safely(
    work: Awaitable[None], subject: str, tell: Tell, through: Callable[[str], None]
) -> None:
    """One subject to its end; what breaks is a finding about it, and the others go on."""
    try:
        await work
    except Exception:
        log.exception("a check broke", subject=subject)
        tell(Finding(subject, "check", "no-go", BROKE, "Check again, or ask whoever deployed it."))
    through(subject)
