"""Has the judge mark each submission, from the lock on, beside everything else."""

import asyncio
from typing import Protocol

from finale.clock import Tasks
from finale.llm.base import EndpointError
from finale.llm.understudy_judge import Brief, Opinion
from finale.logs.logger import logger
from finale.show.commands import MissVerdict, RecordVerdict
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.views.judge import judge_view
from finale.showrunner import Showrunner
from finale.store.writer import StoreError
from scoring.rubric import JUDGE_RUBRIC

log = logger(__name__)

PASSES = 3
RETRY_S = 0.5
_JUDGING = (Phase.LOCKED, Phase.READING, Phase.MARKING)


class Marker(Protocol):
    """A model that can judge."""

    @property
    def label(self) -> str:
        """What a screen calls it."""
        ...

    async def mark(self, brief: Brief, take: int) -> Opinion:
        """One pass over one answer; raises EndpointError."""
        ...


class Judge:
    """Watches for locked answers and reports a verdict, or that there is none, for each."""

    def __init__(self, showrunner: Showrunner, marker: Marker, tasks: Tasks) -> None:
        """Start watching."""
        self._showrunner = showrunner
        self._marker = marker
        self._tasks = tasks
        self._begun: set[tuple[int, str]] = set()
        showrunner.subscribe(self.look)
        self.look()

    def look(self) -> None:
        """Begin with every answer that has no verdict yet; a restart begins again."""
        state = self._showrunner.state
        if state.phase not in _JUDGING:
            return
        for letter in sorted(state.round.letters):
            key = (state.number, letter)
            if key in self._begun or letter in state.round.opinions:
                continue
            self._begun.add(key)
            self._tasks.start(self._judge(*key), f"judge answer {letter}")

    async def _judge(self, number: int, letter: str) -> None:
        view = judge_view(self._showrunner.state, letter)
        brief = Brief(view.question, view.reference, view.key_facts, view.answer, JUDGE_RUBRIC)
        command: RecordVerdict | MissVerdict
        try:
            opinions = await asyncio.gather(
                *(self._marker.mark(brief, take) for take in range(1, PASSES + 1))
            )
            command = RecordVerdict(
                round=number,
                letter=letter,
                passes=tuple(dict(opinion.marks) for opinion in opinions),
                reason=opinions[0].reason,
                judge=self._marker.label,
            )
        except EndpointError as error:
            command = MissVerdict(round=number, letter=letter, reason=str(error))
        except Exception:
            log.exception("judge broke", letter=letter)
            command = MissVerdict(round=number, letter=letter, reason="The judge broke.")
        try:
            await self._report(command)
        except Refused as refused:
            await self._miss(number, letter, refused)

    async def _miss(self, number: int, letter: str, refused: Refused) -> None:
        command = MissVerdict(round=number, letter=letter, reason=str(refused))
        try:
            await self._report(command)
        except Refused:
            # The round went on without this verdict: scoring says what then.
            return

    async def _report(self, command: RecordVerdict | MissVerdict) -> None:
        while True:
            try:
                await self._showrunner.do(command, "crew")
            except StoreError:
                # The host has been told; the verdict is kept until the log can be written.
                await asyncio.sleep(RETRY_S)
            else:
                return
