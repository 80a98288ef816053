"""Where a show stands: values only, each the sum of the events so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from finale.show.commands import Gate, Ground, How, Outcome
from finale.show.phases import Phase
from finale.show.question import Question
from finale.show.rundown import Rundown
from scoring.blend import Component

GRACE_S = 0.75
"""Seconds after a deadline in which the server still accepts a submission."""


Fingerprint = tuple[int, str, str]
"""The round (from 0, −1 before the first), the model's name and the digest of what it runs on."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One reply to one prompt; `outcome` None while it runs. Times in seconds.

    `held_s` is for how long the show was on hold meanwhile, up to the last hold that was lifted;
    `ended` counts the finalist's drafts from 1 in the order in which they ended, 0 while it runs.
    """

    number: int
    system: str
    temperature: float
    top_p: float
    text: str = ""
    outcome: Outcome | None = None
    reason: str = ""
    first_token_s: float | None = None
    total_s: float | None = None
    tokens: int | None = None
    finish: str = ""
    held_s: float = 0.0
    ended: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """What counts for a finalist in a round; draft 0 is no answer."""

    draft: int
    how: How


@dataclass(frozen=True, slots=True)
class Opinion:
    """The judge's verdict as recorded; `flags` are for the host alone."""

    passes: tuple[Mapping[str, int], ...]
    reason: str
    judge: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """Seconds that a finalist's failing model cost in a round.

    `offered` is all that was ever offered, `pending` what the host has not decided, `granted`
    what was given, `until` up to when by the show's clock, in epoch seconds; `held_s` is for how
    long the show was on hold since, up to the last hold that was lifted.
    """

    offered: float = 0.0
    pending: float = 0.0
    granted: float = 0.0
    until: float = 0.0
    held_s: float = 0.0


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
class Message:
    """A line of the host that stands; `number` counts from 1 over the show, `at` epoch seconds."""

    number: int
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class RoundState:
    """One round, running or played.

    `asks` counts, by letter, how often the host has asked the judge again. `offered` are the
    letters that the host offered an appeal for. `at_buzzer` has the number of drafts of each
    finalist when the buzzer sounded for all but the credited, None before. `left_out` are
    (panellist, finalist) of the recused. `appeals` that were filed stand in the order of filing,
    in which they are voted and ruled on.
    """

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
    asks: Mapping[str, int] = field(default_factory=dict)
    cards: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    appeals: tuple[Appeal, ...] = ()
    offered: frozenset[str] = frozenset()
    credits: Mapping[str, Credit] = field(default_factory=dict)
    at_buzzer: Mapping[str, int] | None = None
    voided: Mapping[Component, str] = field(default_factory=dict)
    left_out: frozenset[tuple[str, str]] = frozenset()
    baselines: frozenset[str] = frozenset()

    def draft(self, finalist: str, number: int) -> Draft | None:
        """That draft of that finalist, if there is one."""
        drafts = self.drafts.get(finalist, ())
        return drafts[number - 1] if 0 < number <= len(drafts) else None

    def running(self, finalist: str) -> tuple[Draft, ...]:
        """The finalist's drafts that still stream, the newest last."""
        return tuple(d for d in self.drafts.get(finalist, ()) if d.outcome is None)

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
    """The whole show; deadlines are epoch seconds by name (phase, answer, vote, marks).

    `repeats` counts undone steps and gates opened again, after which the show stands where it
    stood before: a button drawn then must not act now. `messages` stand by seat or group, `said`
    counts all there were, `dismissed` is the last that a seat has read. `dropped` names what the
    host did in the lobby under another show file and has to do again.
    """

    rundown: Rundown
    phase: Phase = Phase.LOBBY
    rounds: tuple[RoundState, ...] = ()
    step: int = 0
    deadlines: Mapping[str, float] = field(default_factory=dict)
    held_at: float | None = None
    is_black: bool = False
    robots: frozenset[str] = frozenset()
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    withdrawn_panel: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[int, Question] = field(default_factory=dict)
    used_spares: frozenset[str] = frozenset()
    repeats: int = 0
    recusals: frozenset[tuple[str, str]] = frozenset()
    practice: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    fingerprints: Mapping[str, tuple[Fingerprint, ...]] = field(default_factory=dict)
    messages: Mapping[str, Message] = field(default_factory=dict)
    said: int = 0
    dismissed: Mapping[str, int] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()

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

    def closes_at(self, seat: str) -> float:
        """When the finalist's own clock ends, in epoch seconds: a credit is that seat's alone.

        What the host has not decided counts as given. KeyError outside tuning.
        """
        credit = self.round.credits.get(seat, Credit())
        return self.deadlines["phase"] + credit.granted + credit.pending

    def at_work(self) -> tuple[str, ...]:
        """The finalists of the round who have not submitted."""
        return tuple(f for f in self.round.finalists if f not in self.round.submissions)

    def active(self) -> tuple[str, ...]:
        """The finalists who have not withdrawn, left to right."""
        return tuple(f.id for f in self.rundown.finalists if f.id not in self.withdrawn)

    def experts(self) -> tuple[str, ...]:
        """The panellists who have not withdrawn."""
        return tuple(p.id for p in self.rundown.panel if p.id not in self.withdrawn_panel)

    def question_of(self, number: int) -> Question:
        """The question of that round (from 0), as planned or replaced; IndexError beyond."""
        return self.replaced.get(number) or self.rundown.rounds[number]

    def open_appeal(self) -> Appeal | None:
        """The first filed of the appeals that wait for the experts' votes."""
        if not self.rounds:
            return None
        return next((appeal for appeal in self.round.appeals if appeal.is_open), None)
