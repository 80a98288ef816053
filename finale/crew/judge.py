"""Has the judge mark each submission, from the lock on, beside everything else."""

import asyncio
from contextlib import suppress
from dataclasses import asdict, dataclass

from finale.clock import Tasks
from finale.crew.reports import report
from finale.judging.base import Brief, Heard, Marker, Reply
from finale.llm.base import EndpointError
from finale.logs.logger import logger
from finale.show.commands import Command, MissVerdict, RecordReply, RecordVerdict
from finale.show.refused import Refused
from finale.show.rules_judge import JUDGING
from finale.show.views.judge import judge_view
from finale.showrunner import Showrunner
from scoring.rubric import JUDGE_RUBRIC

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class _Ask:
    """One answer to be judged; `ask` counts how often the host has asked again."""

    round: int
    letter: str
    ask: int


class Judge:
    """Watches for locked answers and reports a verdict, or that there is none, for each."""

    def __init__(self, showrunner: Showrunner, marker: Marker, tasks: Tasks) -> None:
        """Start watching."""
        self._showrunner = showrunner
        self._marker = marker
        self._tasks = tasks
        self._begun: dict[_Ask, asyncio.Task[None]] = {}
        showrunner.subscribe(self.look)
        self.look()

    def look(self) -> None:
        """Begin with every answer that has no verdict yet; a restart begins again.

        What nobody waits for any more is stopped: it would keep others from the model.
        """
        wanted = self._wanted()
        for ask in [ask for ask in self._begun if ask not in wanted]:
            self._begun.pop(ask).cancel()
        for ask in wanted:
            if ask not in self._begun and ask.letter not in self._showrunner.state.round.opinions:
                name = f"judge answer {ask.letter}"
                self._begun[ask] = self._tasks.start(self._judge(ask), name)

    def _wanted(self) -> tuple[_Ask, ...]:
        state = self._showrunner.state
        if state.phase not in JUDGING:
            return ()
        asks = state.round.asks
        return tuple(_Ask(state.number, x, asks.get(x, 0)) for x in sorted(state.round.letters))

    async def _judge(self, ask: _Ask) -> None:
        view = judge_view(self._showrunner.state, ask.letter)
        brief = Brief(view.question, view.reference, view.key_facts, view.answer, JUDGE_RUBRIC)
        replies: list[asyncio.Task[None]] = []

        def heard(reply: Reply) -> None:
            command = RecordReply(**asdict(ask), **asdict(reply))
            replies.append(self._tasks.start(self._keep(command), "record a judge’s reply"))

        command = await self._said(ask, brief, heard)
        # In the log what was said stands before what was made of it.
        await asyncio.gather(*replies)
        try:
            await report(self._showrunner, command)
        except Refused as refused:
            await self._keep(MissVerdict(**asdict(ask), reason=str(refused)))

    async def _said(self, ask: _Ask, brief: Brief, heard: Heard) -> RecordVerdict | MissVerdict:
        try:
            marked = await self._marker.mark(brief, heard)
        except EndpointError as error:
            return MissVerdict(**asdict(ask), reason=str(error))
        except Exception:
            log.exception("judge broke", letter=ask.letter)
            return MissVerdict(**asdict(ask), reason="The judge broke.")
        return RecordVerdict(
            **asdict(ask),
            passes=tuple(dict(marks) for marks in marked.passes),
            reason=marked.reason,
            judge=marked.judge,
            flags=marked.flags,
        )

    async def _keep(self, command: Command) -> None:
        # Refused: the round went on without this, and scoring says what then.
        with suppress(Refused):
            await report(self._showrunner, command)
