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
class Models:
    """The model ids of judge and spare, for the audit; "" is the endpoint's label."""

    first: str = ""
    spare: str = ""


class LlmJudge:
    """Marks any number of answers at the same time, within one limit on calls.

    An answer is marked by one judge alone: if a pass cannot be had from the first, the spare
    marks it anew. Nothing that an answer says disqualifies it: its mark stands, with flags.
    """

    def __init__(
        self, chairs: Sequence[Chair], passes: int = PASSES, *, is_probing: bool = True
    ) -> None:
        """`chairs` in the order in which they are asked; they share their slots."""
        self._chairs = tuple(chairs)
        self._passes = passes
        self._is_probing = is_probing

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
                return await self._marked_by(chair, brief, copy, (heard, failures))
            except EndpointError as error:
                failures.append(error)
        raise EndpointError(failures[-1].kind, " ".join(dict.fromkeys(f.text for f in failures)))

    async def _marked_by(
        self, chair: Chair, brief: Brief, copy: Copy, so_far: tuple[Heard, Sequence[EndpointError]]
    ) -> Marked:
        heard, failures = so_far
        parts = suspicious(copy.text)
        rest = without(copy.text, parts) if parts and self._is_probing else ""
        opinions, probed = await together(
            [
                self._opinions(chair, brief, copy.text, heard),
                self._probe(chair, brief, rest, heard),
            ]
        )
        finding = Finding(
            copy=copy,
            parts=parts,
            opinions=tuple(opinions),
            fall=_mean(opinions) - _mean(probed) if probed else None,
            is_probe_missing=bool(rest) and not probed,
            stood_in=failures[-1].text if failures else "",
        )
        return marked(opinions, chair.endpoint.label, flags_of(finding, brief.rubric))

    async def _opinions(
        self, chair: Chair, brief: Brief, text: str, heard: Heard, *, is_probe: bool = False
    ) -> list[Opinion]:
        task = Task(
            turn=lambda nonce, fault: marking_turn(brief, text, nonce, fault),
            read=lambda reply, nonce: read_opinion(reply, nonce, brief.rubric),
            data=f"{brief.question}{brief.reference}{''.join(brief.key_facts)}{text}",
        )
        takes = range(1, self._passes + 1)
        return await together([chair.ask(task, Pass(take, heard, is_probe)) for take in takes])

    async def _probe(self, chair: Chair, brief: Brief, rest: str, heard: Heard) -> list[Opinion]:
        """The answer without its suspicious sentences; a probe that fails costs no verdict."""
        if not rest:
            return []
        try:
            return await self._opinions(chair, brief, rest, heard, is_probe=True)
        except EndpointError:
            return []


def _mean(opinions: Sequence[Opinion]) -> float:
    """The mark that scoring makes of passes, 1–10: the mean of each criterion's median."""
    keys = tuple(opinions[0].marks)
    return sum(median(opinion.marks[key] for opinion in opinions) for key in keys) / len(keys)


def seated_judge(
    endpoint: Endpoint,
    spare: Endpoint | None,
    clock: Clock,
    manner: Manner | None = None,
    models: Models | None = None,
) -> Marker:
    """A judge on any endpoint, with its spare; hand `VERDICT_SCHEMA` to endpoints that take one."""
    ids = models or Models()
    seats = [(endpoint, ids.first)] + ([(spare, ids.spare)] if spare is not None else [])
    return LlmJudge(chairs(seats, clock, manner or Manner()))


def chairs(
    seats: Sequence[tuple[Endpoint, str]], clock: Clock, manner: Manner
) -> tuple[Chair, ...]:
    """Judges behind one limit: endpoints with their model ids, in the order to ask them."""
    slots = asyncio.Semaphore(manner.at_once)
    return tuple(Chair(endpoint, clock, manner, slots, model) for endpoint, model in seats)
