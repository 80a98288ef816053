"""A show played purely by `decide` and `evolve`, with readable verbs: most tests begin here."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from finale.show import commands as c
from finale.show.cues import next_cue
from finale.show.events import DraftStarted, Event, ShowOpened
from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.question import Question
from finale.show.refused import Refused
from finale.show.rules import decide
from finale.show.rules_crew import ends_at
from finale.show.rundown import LECTERNS, Finalist, Panellist, Rundown, Settings
from finale.show.state import GRACE_S, ShowState
from scoring.rubric import JUDGE_RUBRIC, PANEL_RUBRIC

NOON = 1_800_000_000.0
NAMES = (
    "Ada Byron",
    "Bao Ling",
    "Cleo Marsh",
    "Dov Peretz",
    "Eda Kaya",
    "Finn Moe",
    "Gia Ros",
    "Hal Oz",
)


def question(number: int, **changes: Any) -> Question:
    """A question that is like no other."""
    values = {
        "id": f"question-{number}",
        "text": f"What is question {number}?",
        "short": f"Question {number}?",
        "domain": "General",
        "reference": " ".join(f"word{i}" for i in range(45)),
        "key_facts": ("first fact", "second fact", "third fact"),
        "notes": f"Notes for question {number}.",
    }
    return Question.model_validate(values | changes)


def rundown(finalists: int = 5, panel: int = 5, rounds: int = 2, **settings: Any) -> Rundown:
    """A plan of that size; `settings` as in a show file."""
    return Rundown(
        title="The Finale",
        finalists=tuple(
            Finalist(
                id=f"finalist-{lectern.lower()}",
                lectern=lectern,
                name=name,
                endpoint=f"understudy {number}",
            )
            for number, (lectern, name) in enumerate(
                zip(LECTERNS[:finalists], NAMES, strict=False), 1
            )
        ),
        panel=tuple(Panellist(id=f"panel-{n}", name=f"Expert {n}") for n in range(1, panel + 1)),
        judge="understudy judge",
        rounds=tuple(question(n) for n in range(1, rounds + 1)),
        reserve=question(99),
        spares=(question(51), question(52)),
        settings=Settings.model_validate(settings),
    )


class Story:
    """A show so far: its state, its log, and the time, which only moves when it is told to."""

    def __init__(self, plan: Rundown | None = None) -> None:
        self.plan = plan or rundown()
        self.now = NOON
        opened = ShowOpened(rundown=self.plan, rules_hash=self.plan.rules_hash())
        self.log: list[Event] = [opened]
        self.state: ShowState = evolve(None, opened)

    # ---- asking

    def ask(self, command: c.Command, by: str = "host") -> list[Event]:
        """What `command` leads to; it has happened when this returns. Raises Refused."""
        request = c.Request(id="any", by=by, command=command)
        events = decide(self.state, request, self.now)
        for event in events:
            self.state = evolve(self.state, event)
        self.log += events
        return events

    def refusal(self, command: c.Command, by: str = "host") -> str:
        """The sentence that refuses `command`; an AssertionError if it is not refused."""
        try:
            events = self.ask(command, by)
        except Refused as refused:
            return str(refused)
        raise AssertionError(f"{command!r} led to {events}")

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    # ---- where things stand

    @property
    def finalists(self) -> tuple[str, ...]:
        """The seats of the finalists, left to right."""
        return tuple(finalist.id for finalist in self.plan.finalists)

    @property
    def panel(self) -> tuple[str, ...]:
        """The seats of the panellists."""
        return tuple(panellist.id for panellist in self.plan.panel)

    @property
    def number(self) -> int:
        """The running round, from 0."""
        return self.state.number

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the running round."""
        return tuple(sorted(self.state.round.letters))

    # ---- the host

    def next(self, is_forced: bool = False) -> list[Event]:
        """The host presses Next."""
        cue = next_cue(self.state)
        return self.ask(c.CallCue(cue=cue.id if cue else "", is_forced=is_forced))

    def to(self, phase: Phase) -> None:
        """Press Next until `phase`."""
        while self.state.phase is not phase:
            self.next()

    # ---- the finalists

    def start(self, seat: str, system: str = "Be kind.") -> int:
        """Generate; the number of the draft."""
        command = c.StartDraft(round=self.number, system=system, temperature=0.7, top_p=0.9)
        [event] = self.ask(command, seat)
        assert isinstance(event, DraftStarted)
        return event.draft

    def record(
        self,
        seat: str,
        text: str,
        outcome: c.Outcome = "finished",
        times: tuple[float | None, float | None] = (0.8, 6.3),
    ) -> list[Event]:
        """The drafter reports the finalist's running draft."""
        running = self.state.round.running(seat)[-1:]
        command = c.RecordDraft(
            round=self.number,
            finalist=seat,
            draft=running[0].number if running else 0,
            text=text,
            outcome=outcome,
            first_token_s=times[0],
            total_s=times[1],
        )
        return self.ask(command, "crew")

    def draft(
        self, seat: str, text: str, times: tuple[float | None, float | None] = (0.8, 6.3)
    ) -> int:
        """A finished draft; its number."""
        number = self.start(seat)
        self.record(seat, text, times=times)
        return number

    def pin(self, seat: str, draft: int) -> list[Event]:
        """Pin."""
        return self.ask(c.PinDraft(round=self.number, draft=draft), seat)

    def submit(self, seat: str, draft: int = 1) -> list[Event]:
        """Submit."""
        return self.ask(c.Submit(round=self.number, draft=draft), seat)

    # ---- the crew

    def end_tuning(self, owners: Sequence[str] = ()) -> list[Event]:
        """The buzzer as the crew reports it; `owners` are those of A, B, C, …"""
        finalists = self.state.round.finalists
        order = [*owners, *(seat for seat in finalists if seat not in owners)]
        places = tuple(finalists.index(seat) for seat in order)
        return self.ask(c.EndTuning(round=self.number, order=places), "crew")

    def buzzer(self, owners: Sequence[str] = ()) -> list[Event]:
        """Wait for 0:00 of the last clock and the grace, then lock."""
        self.now = max(self.now, ends_at(self.state))
        return self.end_tuning(owners)

    def move_on(self) -> list[Event]:
        """Wait until the beat of the lock is over, then go on."""
        self.now = max(self.now, self.state.deadlines["phase"])
        return self.ask(c.MoveOn(round=self.number), "crew")

    def step(self) -> None:
        """One step on from any phase but tuning."""
        match self.state.phase:
            case Phase.LOCKED:
                self.move_on()
            case Phase.MARKING:
                self.give_marks()
                self.next()
            case Phase.APPEAL:
                self.time_up()
            case _:
                self.next()

    def time_up(self, what: Literal["phase", "vote", "marks"] = "phase") -> list[Event]:
        """Wait for that deadline, then report it."""
        deadline = self.state.deadlines[what]
        self.now = max(self.now, deadline + GRACE_S)
        return self.ask(c.TimeUp(what=what, deadline=deadline), "crew")

    def tally(self, counts: Mapping[str, int]) -> list[Event]:
        """The ballot box reports its count."""
        command = c.RecordTally(round=self.number, counts=dict(counts), digest="0" * 64)
        return self.ask(command, "crew")

    def judge(self, letter: str, mark: int = 7, passes: int = 3) -> list[Event]:
        """The judge gives every criterion the same mark in every pass."""
        marks = dict.fromkeys(JUDGE_RUBRIC.keys, mark)
        command = c.RecordVerdict(
            round=self.number,
            letter=letter,
            passes=(marks,) * passes,
            reason=f"It is a {mark}.",
            judge="understudy judge",
            ask=self.state.round.asks.get(letter, 0),
        )
        return self.ask(command, "crew")

    # ---- the experts

    def mark(self, panellist: str, letter: str, mark: float = 3.0) -> None:
        """One expert gives every criterion of one answer the same mark."""
        for criterion in PANEL_RUBRIC.keys:
            command = c.MarkScorecard(
                round=self.number, letter=letter, criterion=criterion, mark=mark
            )
            self.ask(command, panellist)

    def appeal(self, by: str, letter: str = "A", ground: c.Ground = "factual error") -> list[Event]:
        """File an appeal, or back one."""
        return self.ask(c.FileAppeal(round=self.number, letter=letter, ground=ground), by)

    def vote_appeal(self, by: str, letter: str, is_upheld: bool) -> list[Event]:
        """An expert's vote on an appeal."""
        command = c.VoteAppeal(round=self.number, letter=letter, is_upheld=is_upheld)
        return self.ask(command, by)

    # ---- whole stretches

    def to_tuning(self) -> None:
        """From wherever the host may go on, into the next tuning."""
        self.to(Phase.TUNING)

    def to_reading(
        self, owners: Sequence[str] = (), answers: Mapping[str, str] | None = None
    ) -> None:
        """Everybody of the round drafts and submits; the letters go to `owners` in order."""
        self.to_tuning()
        for seat in self.state.round.finalists:
            text = f"An answer by nobody, number {seat[-1]}." if answers is None else answers[seat]
            self.submit(seat, self.draft(seat, text))
        self.end_tuning(owners)
        self.move_on()

    def to_marking(self, owners: Sequence[str] = ()) -> None:
        """As `to_reading`, then every answer is shown and both gates open."""
        self.to_reading(owners)
        self.to(Phase.MARKING)

    def give_marks(
        self,
        verdicts: Mapping[str, int] | None = None,
        cards: Mapping[str, float] | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """All three juries mark, and both gates are closed; what is left out falls from A down."""
        fallen = {letter: place for place, letter in enumerate(self.letters)}
        for letter in self.letters:
            self.judge(letter, (verdicts or {}).get(letter, 9 - fallen[letter]))
            for panellist in self.panel:
                self.mark(panellist, letter, (cards or {}).get(letter, 5 - fallen[letter] / 2))
        self.ask(c.CloseGate(round=self.number, gate="vote"))
        self.tally(counts or {letter: 50 - 5 * fallen[letter] for letter in self.letters})
        if self.panel:
            self.ask(c.CloseGate(round=self.number, gate="marks"))

    def to_standings(self) -> None:
        """From marked answers to the standings, without an appeal."""
        self.to(Phase.APPEAL)
        if "phase" in self.state.deadlines:
            self.time_up()
        self.to(Phase.STANDINGS)

    def play_round(
        self,
        owners: Sequence[str] = (),
        verdicts: Mapping[str, int] | None = None,
        cards: Mapping[str, float] | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """One round from its question to its standings."""
        self.to_marking(owners)
        self.give_marks(verdicts, cards, counts)
        self.to_standings()

    def play_level_round(self) -> None:
        """A round in which everybody gets the same from everybody."""
        self.to_marking()
        level = self.letters
        self.give_marks(dict.fromkeys(level, 7), dict.fromkeys(level, 3.0), dict.fromkeys(level, 9))
        self.to_standings()

    def replayed(self) -> ShowState:
        """The state that the log alone gives."""
        state: ShowState | None = None
        for event in self.log:
            state = evolve(state, event)
        assert state is not None
        return state
