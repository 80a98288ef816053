"""Where a show stands: values only, each the sum of the events so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from finale.show.commands import Gate, Ground, Outcome
from finale.show.events import How
from finale.show.phases import Phase
from finale.show.question import Question
from finale.show.rundown import Rundown

GRACE_S = 0.75
"""Seconds after a deadline in which the server still accepts a submission."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One reply to one prompt; `outcome` None while it runs. Times in seconds."""

    number: int
    system: str
    temperature: float
    top_p: float
    text: str = ""
    outcome: Outcome | None = None
    reason: str = ""
    first_token_s: float | None = None
    total_s: float | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What counts for a finalist in a round; draft 0 is no answer."""

    draft: int
    how: How


@dataclass(frozen=True, slots=True)
class Opinion:
    """The judge's verdict as recorded."""

    passes: tuple[Mapping[str, int], ...]
    reason: str
    judge: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """A finalist, or two experts, against the judge's marks of one answer."""

    letter: str
    ground: Ground
    backers: tuple[str, ...]
    is_filed: bool
    votes: Mapping[str, bool] = field(default_factory=dict)
    is_upheld: bool | None = None

    @property
    def is_open(self) -> bool:
        """Filed and not ruled on yet."""
        return self.is_filed and self.is_upheld is None


@dataclass(frozen=True, slots=True)
class RoundState:
    """One round, running or played."""

    question: Question
    finalists: tuple[str, ...]
    is_sudden_death: bool = False
    drafts: Mapping[str, tuple[Draft, ...]] = field(default_factory=dict)
    pins: Mapping[str, int] = field(default_factory=dict)
    submissions: Mapping[str, Submission] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    gates: Mapping[Gate, bool] = field(default_factory=dict)
    counts: Mapping[str, int] | None = None
    digest: str = ""
    is_forgotten: bool = False
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    missed: Mapping[str, str] = field(default_factory=dict)
    cards: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    appeals: tuple[Appeal, ...] = ()

    def draft(self, finalist: str, number: int) -> Draft | None:
        """That draft of that finalist, if there is one."""
        drafts = self.drafts.get(finalist, ())
        return drafts[number - 1] if 0 < number <= len(drafts) else None

    def running(self, finalist: str) -> Draft | None:
        """The finalist's draft that still streams."""
        drafts = self.drafts.get(finalist, ())
        return drafts[-1] if drafts and drafts[-1].outcome is None else None

    def answer(self, letter: str) -> Draft:
        """The draft behind a letter; KeyError for a letter that was not drawn."""
        finalist = self.letters[letter]
        draft = self.draft(finalist, self.submissions[finalist].draft)
        if draft is None:
            raise KeyError(letter)
        return draft

    def letter_of(self, finalist: str) -> str:
        """The finalist's letter, or "" if there is no answer."""
        return next((letter for letter, owner in self.letters.items() if owner == finalist), "")

    def is_open(self, gate: Gate) -> bool:
        """Whether the gate is open now."""
        return self.gates.get(gate, False)

    def is_closed(self, gate: Gate) -> bool:
        """Whether the gate was opened and closed again."""
        return self.gates.get(gate) is False


@dataclass(frozen=True, slots=True)
class ShowState:
    """The whole show; deadlines are epoch seconds by name (phase, answer, vote, marks)."""

    rundown: Rundown
    phase: Phase = Phase.LOBBY
    rounds: tuple[RoundState, ...] = ()
    step: int = 0
    deadlines: Mapping[str, float] = field(default_factory=dict)
    held_at: float | None = None
    is_black: bool = False
    robots: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """The running round, counted from 0; −1 before the first."""
        return len(self.rounds) - 1

    @property
    def round(self) -> RoundState:
        """The running round; IndexError in the lobby."""
        return self.rounds[-1]

    @property
    def is_held(self) -> bool:
        """Whether the host stopped the clock."""
        return self.held_at is not None

    def clock_at(self, now: float) -> float:
        """What the show's clock says at `now`: while held it stands."""
        return now if self.held_at is None else self.held_at

    def open_appeal(self) -> Appeal | None:
        """The first appeal that waits for the experts' votes."""
        if not self.rounds:
            return None
        return next((appeal for appeal in self.round.appeals if appeal.is_open), None)
