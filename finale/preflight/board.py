"""The preflight of a show that is being served: one run at a time, seen by every host's page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from finale.clock import Clock, Tasks
from finale.listeners import Listeners
from finale.logs.logger import logger
from finale.preflight.base import Finding, Tell, is_go
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.state import ShowState

log = logger(__name__)

QUIET = (Phase.LOBBY, Phase.STANDINGS, Phase.BREAK, Phase.CHAMPION)
"""When nobody waits for a model or for the disk."""

NOT_NOW = (
    "Not now: the checks ask every model and the judge, and the show needs them. "
    "Run them in the lobby, at the standings or in a break."
)
STOPPED = "Stopped, for the show went on. Nothing of it counts; run it again in the next break."
BROKE = "A check broke in a way that nobody foresaw; the log says how. Run it again."

Tick = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Checks:
    """What there is to check, and how: `run` tells of each finding and each subject through."""

    subjects: tuple[str, ...]
    run: Callable[[Tell, Tick], Awaitable[object]]


class Stage(Protocol):
    """The show that is being served."""

    @property
    def state(self) -> ShowState:
        """Where it stands."""

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after every change; returns the way out."""


@dataclass(frozen=True, slots=True)
class Run:
    """How far the checks are; times in epoch seconds.

    `through` are the subjects with nothing left to check, `trouble` why a run ended early.
    """

    subjects: tuple[str, ...]
    how: Literal["never", "running", "done", "stopped"] = "never"
    findings: tuple[Finding, ...] = ()
    through: frozenset[str] = frozenset()
    trouble: str = ""
    began_at: float = 0.0
    ended_at: float = 0.0

    @property
    def is_running(self) -> bool:
        """Whether checks are under way."""
        return self.how == "running"

    @property
    def is_go(self) -> bool | None:
        """GO or NO-GO; None unless a run came to its end."""
        return is_go(self.findings) if self.how == "done" else None


class Board:
    """The last run of the checks, or the one under way; `run` is what pages draw."""

    def __init__(self, checks: Checks, show: Stage, clock: Clock, tasks: Tasks) -> None:
        """Nothing checked yet; a run stops by itself when the show goes on."""
        self.run = Run(checks.subjects)
        self._checks = checks
        self._show = show
        self._clock = clock
        self._tasks = tasks
        self._stop: Callable[[], object] = lambda: None
        self._listeners: Listeners[[]] = Listeners()
        show.subscribe(self._look)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after every finding; returns the way out."""
        return self._listeners.add(callback)

    def why_not(self) -> str:
        """Why the checks cannot be run now, "" if they can."""
        return "" if self._show.state.phase in QUIET else NOT_NOW

    def start(self) -> None:
        """Run all checks anew; nothing if they run. Raises Refused if it is not the time."""
        if why_not := self.why_not():
            raise Refused(why_not)
        if self.run.is_running:
            return
        self._show_run(Run(self.run.subjects, "running", began_at=self._clock.now()))
        self._stop = self._tasks.start(self._check(), "preflight").cancel

    async def _check(self) -> None:
        try:
            await self._checks.run(self._found, self._through)
        except Exception:
            log.exception("preflight broke")
            self._end("stopped", BROKE)
        else:
            self._end("done")

    def _look(self) -> None:
        """The show goes first: finalists must not wait behind a check."""
        if self.run.is_running and self.why_not():
            self._end("stopped", STOPPED)
            self._stop()

    def _found(self, finding: Finding) -> None:
        if self.run.is_running:
            self._show_run(replace(self.run, findings=(*self.run.findings, finding)))

    def _through(self, subject: str) -> None:
        if self.run.is_running:
            self._show_run(replace(self.run, through=self.run.through | {subject}))

    def _end(self, how: Literal["done", "stopped"], trouble: str = "") -> None:
        now = self._clock.now()
        self._show_run(replace(self.run, how=how, trouble=trouble, ended_at=now))

    def _show_run(self, run: Run) -> None:
        self.run = run
        self._listeners.tell()
