"""The LLM judge of one answer: three passes, a probe where something smells, a spare judge."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from finale.clock import Clock
from finale.judging.asking import Chair, Manner, Pass, together
from finale.judging.base import PASSES, Brief, Heard, Marked, Marker, Opinion, marked
from finale.judging.fence import Task, marking_turn
from finale.judging.flags import Finding, flags_of
from finale.judging.reply import read_opinion
from finale.judging.sanitised import Copy, sanitised
from finale.judging.suspicion import suspicious, without
from finale.llm.base import Endpoint, EndpointError


@dataclass(frozen=True, slots=True)
class Seat:
    """A judge model; `model` is its id in the audit, "" for the endpoint's label."""

    endpoint: Endpoint
    model: str = ""


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One judge over one answer, and who hears the replies."""

    chair: Chair
    brief: Brief
    heard: Heard


class LlmJudge:
    """Marks any number of answers at the same time, within one limit on calls.

    An answer is marked by one judge alone: if a pass cannot be had from the first, the spare
    marks it anew. Nothing that an answer says disqualifies it: its mark stands, with flags.
    """

    def __init__(self, chairs: Sequence[Chair], passes: int = PASSES) -> None:
        """`chairs` in the order in which they are asked; they share their slots."""
        self._chairs = tuple(chairs)
        self._passes = passes

    @property
    def label(self) -> str:
        """The first judge; a verdict says who marked."""
        return self._chairs[0].endpoint.label

    async def mark(self, brief: Brief, heard: Heard) -> Marked:
        """All passes over one answer. Raises EndpointError if neither judge gave them all."""
        copy = sanitised(brief.answer, is_plain=self._chairs[0].manner.is_plain)
        failures: list[EndpointError] = []
        for chair in self._chairs:
            try:
                return await self._marked(_Sitting(chair, brief, heard), copy, failures)
            except EndpointError as error:
                failures.append(error)
        raise EndpointError(failures[-1].kind, " ".join(dict.fromkeys(f.text for f in failures)))

    async def _marked(
        self, sitting: _Sitting, copy: Copy, failures: Sequence[EndpointError]
    ) -> Marked:
        """All passes of one judge, with the probe beside them; `failures` are of the one before."""
        parts = suspicious(copy.text)
        rest = without(copy.text, parts) if parts else ""
        work = [self._opinions(sitting, copy.text), self._probe(sitting, rest)]
        opinions, probed = await together(work)
        finding = Finding(
            copy=copy,
            parts=parts,
            opinions=tuple(opinions),
            fall=_mean(opinions) - _mean(probed) if probed else None,
            is_probe_missing=bool(rest) and not probed,
            stood_in=failures[-1].text if failures else "",
        )
        flags = flags_of(finding, sitting.brief.rubric)
        return marked(opinions, sitting.chair.endpoint.label, flags)

    async def _opinions(
        self, sitting: _Sitting, text: str, *, is_probe: bool = False
    ) -> list[Opinion]:
        brief = sitting.brief
        task = Task(
            turn=lambda nonce, fault: marking_turn(brief, text, nonce, fault),
            read=lambda reply, nonce: read_opinion(reply, nonce, brief.rubric),
            data=f"{brief.question}{brief.reference}{''.join(brief.key_facts)}{text}",
        )
        passes = [Pass(take, sitting.heard, is_probe) for take in range(1, self._passes + 1)]
        return await together([sitting.chair.ask(task, which) for which in passes])

    async def _probe(self, sitting: _Sitting, rest: str) -> list[Opinion]:
        """The answer without its suspicious sentences; a probe that fails costs no verdict."""
        if not rest:
            return []
        try:
            return await self._opinions(sitting, rest, is_probe=True)
        except EndpointError:
            return []


def _mean(opinions: Sequence[Opinion]) -> float:
    """The mark that scoring makes of passes, 1–10: the mean of each criterion's median."""
    keys = tuple(opinions[0].marks)
    return sum(median(opinion.marks[key] for opinion in opinions) for key in keys) / len(keys)


def seated_judge(
    first: Seat, spare: Seat | None, clock: Clock, manner: Manner | None = None
) -> Marker:
    """A judge on any endpoint, with its spare; hand `VERDICT_SCHEMA` to endpoints that take one."""
    seats = (first,) if spare is None else (first, spare)
    return LlmJudge(chairs(seats, clock, manner or Manner()))


def chairs(seats: Sequence[Seat], clock: Clock, manner: Manner) -> tuple[Chair, ...]:
    """Judges behind one limit on calls, in the order in which they are asked."""
    slots = asyncio.Semaphore(manner.at_once)
    return tuple(Chair(seat.endpoint, clock, manner, slots, seat.model) for seat in seats)
