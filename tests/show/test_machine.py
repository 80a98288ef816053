"""Any sequence of any commands by anybody: what must hold of every show that can happen."""

import math
from collections import Counter
from itertools import pairwise
from typing import Any

from blind import swapped, unnamed
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from story import Story, rundown

from finale.show import commands as c
from finale.show import events as e
from finale.show.cues import next_cue
from finale.show.events import ANY_EVENT, Event
from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.result import score_of, standings_of
from finale.show.rundown import LETTERS
from finale.show.state import ShowState
from finale.show.views.common import Hall
from finale.show.views.finalist import finalist_view
from finale.show.views.host import host_view
from finale.show.views.judge import judge_view
from finale.show.views.panel import panel_view
from finale.show.views.phone import phone_view
from finale.show.views.stage import stage_view
from scoring.rubric import JUDGE_RUBRIC, PANEL_RUBRIC

HALL = Hall(phones=7, ballots=3, seats=frozenset({"finalist-v"}))
STEPS_OF_A_ROUND = 30
AFTER_THE_END = (e.StageBlacked, e.RobotSeated, e.RobotUnseated)

# ---- anything that anybody might ask, fit or unfit

LONG = "x" * 5000
TEXTS = st.sampled_from(["", " ", "An answer.", "Ada Byron", "<script>", "\x00\u2028\u202e", LONG])
ROUNDS = st.sampled_from([-1, 0, 0, 0, 1, 1, 2, 3, 10**9])
SOME_LETTERS = st.sampled_from(["A", "B", "C", "D", "a", "", "Z", "AB", "\u0391"])
DRAFTS = st.sampled_from([-1, 0, 1, 1, 2, 3, 10**9])
FLOATS = st.one_of(
    st.sampled_from([0.0, -0.0, 0.7, 1.0, 2.0, -1.0, math.nan, math.inf, -math.inf, 1e308]),
    st.floats(0, 2),
)
MARKS = st.one_of(FLOATS, st.sampled_from([1.0, 1.5, 3.0, 4.5, 5.0, 0.5, 5.5]))
CRITERIA = st.sampled_from([*PANEL_RUBRIC.keys, "relevance", "", "__class__"])
TIMES = st.one_of(st.none(), st.floats(0, 100))
PASS = st.fixed_dictionaries(dict.fromkeys(JUDGE_RUBRIC.keys, st.integers(0, 11)))
GATES = st.sampled_from(["vote", "marks"])
GROUNDS = st.sampled_from(["factual error", "rubric misread", "format fault"])
PEOPLE = ["host", "crew", "finalist-v", "finalist-w", "finalist-x", "panel-1", "panel-2"]
STRANGERS = ["", "finalist", "finalist-q", "panel-99", "host-2", "crew-1", "stage", "A"]
SEATS = st.sampled_from([*PEOPLE, *STRANGERS])
NUMBERS = st.sampled_from([0, 1, 5, 20, -1, 10**400])
COUNTS = st.dictionaries(st.sampled_from(["A", "B", "C", "Z"]), NUMBERS, max_size=3)
OUTCOMES = st.sampled_from(["finished", "cancelled", "failed", "cut"])

PLAYERS = st.sampled_from(["finalist-v", "finalist-w", "finalist-x"])
SIZES = st.tuples(st.integers(2, 3), st.sampled_from([0, 1, 3]), st.integers(1, 4))

ANYTHING: st.SearchStrategy[Any] = st.one_of(
    st.builds(c.CallCue, cue=TEXTS, is_forced=st.booleans()),
    st.builds(c.CallBreak),
    st.builds(c.HoldShow),
    st.builds(c.ResumeShow),
    st.builds(c.MoveDeadline, seconds=st.sampled_from([15, -15])),
    st.builds(c.BlackOut, is_black=st.booleans()),
    st.builds(c.OpenGate, gate=GATES),
    st.builds(c.CloseGate, gate=GATES),
    st.builds(c.SeatRobot, seat=SEATS),
    st.builds(c.UnseatRobot, seat=SEATS),
    st.builds(c.StartDraft, round=ROUNDS, system=TEXTS, temperature=FLOATS, top_p=FLOATS),
    st.builds(c.PinDraft, round=ROUNDS, draft=DRAFTS),
    st.builds(c.Submit, round=ROUNDS, draft=DRAFTS),
    st.builds(c.MarkScorecard, round=ROUNDS, letter=SOME_LETTERS, criterion=CRITERIA, mark=MARKS),
    st.builds(c.LockScorecards, round=ROUNDS),
    st.builds(c.FileAppeal, round=ROUNDS, letter=SOME_LETTERS, ground=GROUNDS),
    st.builds(c.VoteAppeal, round=ROUNDS, letter=SOME_LETTERS, is_upheld=st.booleans()),
    st.builds(c.RuleAppeal, letter=SOME_LETTERS),
    st.builds(c.TimeUp, what=st.sampled_from(["phase", "vote", "marks"]), deadline=FLOATS),
    st.builds(c.EndTuning, round=ROUNDS, order=st.lists(st.integers(-1, 3), max_size=4).map(tuple)),
    st.builds(c.MoveOn, round=ROUNDS),
    st.builds(c.Compensate, seconds=st.floats(0, 100)),
    st.builds(
        c.RecordDraft,
        round=ROUNDS,
        finalist=SEATS,
        draft=DRAFTS,
        text=TEXTS,
        outcome=OUTCOMES,
        first_token_s=TIMES,
        total_s=TIMES,
    ),
    st.builds(
        c.RecordVerdict,
        round=ROUNDS,
        letter=SOME_LETTERS,
        passes=st.lists(PASS, max_size=3).map(tuple),
        reason=TEXTS,
        judge=TEXTS,
    ),
    st.builds(c.MissVerdict, round=ROUNDS, letter=SOME_LETTERS, reason=TEXTS),
    st.builds(c.RecordTally, round=ROUNDS, counts=COUNTS, digest=TEXTS),
)


TOYS: st.SearchStrategy[Any] = st.sampled_from(
    [
        c.HoldShow(),
        c.ResumeShow(),
        c.MoveDeadline(seconds=15),
        c.MoveDeadline(seconds=-15),
        c.CloseGate(gate="vote"),
        c.CloseGate(gate="marks"),
        c.OpenGate(gate="vote"),
        c.OpenGate(gate="marks"),
        c.BlackOut(is_black=True),
        c.CallBreak(),
    ]
)


def role_of(command: c.Command) -> str:
    """Somebody who may give that command, so that chance does not refuse most of them."""
    if isinstance(command, c.HostCommand):
        return "host"
    if isinstance(command, c.CrewCommand):
        return "crew"
    return "panel-1" if isinstance(command, c.PanelCommand) else "finalist-v"


def go_on(story: Story, silent: set[str]) -> None:
    """The next step of an ordinary show."""
    phase = story.state.phase
    if story.state.is_held:
        story.ask(c.ResumeShow())
    elif phase is Phase.TUNING:
        if story.now <= story.state.deadlines["phase"]:
            all_submit_but(silent, story)
        story.buzzer(tuple(reversed(story.state.round.finalists)))
    elif phase is Phase.LOCKED:
        story.move_on()
    elif phase is Phase.MARKING and story.state.round.counts is None:
        close_and_count(story)
    elif phase is Phase.APPEAL:
        settle_appeals(story)
        if "phase" in story.state.deadlines:
            story.time_up()
        if story.state.phase is Phase.APPEAL:
            story.next()
    elif phase is not Phase.CHAMPION:
        story.next(is_forced=True)


def all_submit_but(silent: set[str], story: Story) -> None:
    """Whoever has not submitted does, a new draft if need be."""
    for seat in story.state.round.finalists:
        if seat in story.state.round.submissions or seat in silent:
            continue
        if story.state.round.running(seat) is not None:
            story.record(seat, "A late answer.")
        story.submit(seat, story.draft(seat, f"An answer, by nobody, for {story.number}."))


def close_and_count(story: Story) -> None:
    """The experts mark what they still may; both gates close; the vote is counted."""
    round_ = story.state.round
    for place, letter in enumerate(story.letters):
        if letter not in round_.opinions:
            story.judge(letter, 9 - place)
        for panellist in story.panel:
            if round_.is_open("marks") and panellist not in round_.locked:
                story.mark(panellist, letter, 5 - place)
    for gate in ("vote", "marks"):
        if story.state.round.is_open(gate):
            story.ask(c.CloseGate(gate=gate))
    story.tally({letter: 9 - place for place, letter in enumerate(story.letters)})


def settle_appeals(story: Story) -> None:
    """The host ends every open vote."""
    while (appeal := story.state.open_appeal()) is not None:
        story.ask(c.RuleAppeal(letter=appeal.letter))


# ---- what must hold


def blind_frames(state: ShowState) -> list[object]:
    """What stage, phones, panel and judge may see."""
    seats = [panellist.id for panellist in state.rundown.panel]
    frames: list[object] = [stage_view(state, HALL), phone_view(state)]
    frames += [panel_view(state, seat) for seat in seats]
    return frames + [judge_view(state, letter) for letter in sorted(state.round.letters)]


class AnyShow(RuleBasedStateMachine):
    """Chance plays every part; every event is also logged as JSON, read back and replayed."""

    @initialize(size=SIZES, ahead=st.integers(0, 40), silent=st.sets(PLAYERS, max_size=2))
    def open(self, size: tuple[int, int, int], ahead: int, silent: set[str]) -> None:
        """The doors open, and the show goes its way for a while; some finalists never answer."""
        self.size, self.silent = size, silent
        self.begin()
        for _ in range(ahead):
            go_on(self.story, silent)

    def begin(self) -> None:
        """A new show."""
        self.story = Story(rundown(*self.size))
        self.mirror: ShowState | None = None
        self.read = 0
        self.given_s = 0.0
        self.end: object = None
        self.sentences: list[str] = []
        self.seen: ShowState | None = None

    def try_to(self, command: c.Command, by: str) -> list[Event]:
        """Ask; what is refused is refused by a sentence, and nothing else is ever raised."""
        try:
            events = self.story.ask(command, by)
        except Refused as refused:
            self.sentences.append(str(refused))
            return []
        if isinstance(command, c.MoveDeadline):
            self.given_s += max(0, command.seconds)
        if isinstance(command, c.Compensate):
            self.given_s += command.seconds
        return events

    # ---- chance

    @rule(command=ANYTHING, by=SEATS)
    def anybody_asks_anything(self, command: c.Command, by: str) -> None:
        self.try_to(command, by)

    @rule(command=ANYTHING)
    def somebody_who_may_asks_anything(self, command: c.Command) -> None:
        self.try_to(command, role_of(command))

    @rule(command=ANYTHING)
    def somebody_who_may_asks_anything_of_this_round(self, command: c.Command) -> None:
        if "round" in type(command).model_fields:
            command = command.model_copy(update={"round": self.story.number})
        self.try_to(command, role_of(command))

    @rule(commands=st.lists(TOYS, min_size=1, max_size=4), seconds=st.floats(0, 30))
    def the_host_plays_with_the_clock(self, commands: list[c.Command], seconds: float) -> None:
        for command in commands:
            self.try_to(command, "host")
            self.story.wait(seconds)

    @rule(seat=st.sampled_from(["panel-1", "panel-2"]), marks=st.lists(MARKS, max_size=9))
    def an_expert_marks(self, seat: str, marks: list[float]) -> None:
        self.on_to(Phase.READING)
        for place, mark in enumerate(marks):
            command = c.MarkScorecard(
                round=max(0, self.story.number),
                letter="ABC"[place // 3],
                criterion=PANEL_RUBRIC.keys[place % 3],
                mark=mark,
            )
            self.try_to(command, seat)

    @rule(seconds=st.floats(0, 100))
    def time_passes(self, seconds: float) -> None:
        self.story.wait(seconds)

    @rule(is_forced=st.booleans())
    def two_tabs_call_the_next_cue(self, is_forced: bool) -> None:
        cue = next_cue(self.story.state)
        command = c.CallCue(cue=cue.id if cue else "", is_forced=is_forced)
        if self.try_to(command, "host"):
            assert self.try_to(command, "host") == []

    # ---- the ordinary way on, so that chance gets past the first phases

    @rule(steps=st.integers(1, 4))
    def the_show_goes_on(self, steps: int) -> None:
        for _ in range(steps):
            go_on(self.story, self.silent)

    def on_to(self, phase: Phase) -> None:
        """The show goes on until that phase; after the champion another one begins."""
        if self.story.state.phase is Phase.CHAMPION:
            self.begin()
        for _ in range(STEPS_OF_A_ROUND):
            if self.story.state.phase is not phase:
                go_on(self.story, self.silent)

    @rule()
    def the_buzzer_goes(self) -> None:
        self.on_to(Phase.TUNING)
        if self.story.state.phase is Phase.TUNING and not self.story.state.is_held:
            self.story.buzzer(tuple(reversed(self.story.state.round.finalists)))

    @rule(seat=PLAYERS, ends=OUTCOMES)
    def some_draft_ends(self, seat: str, ends: c.Outcome) -> None:
        self.a_draft_ends(seat, ends)

    def a_draft_ends(self, seat: str, ends: c.Outcome) -> None:
        self.on_to(Phase.TUNING)
        number = self.story.number
        start = c.StartDraft(round=number, system="Be kind.", temperature=0.7, top_p=0.9)
        self.try_to(start, seat)
        running = self.story.state.round.running(seat) if self.story.state.rounds else None
        if running is not None and self.story.state.phase is Phase.TUNING:
            self.story.record(seat, f"Answer {running.number}, by Ada.", ends)

    @rule(seat=PLAYERS, drafts=st.lists(DRAFTS, min_size=2, max_size=4))
    def a_finalist_stands_by_one_draft_and_then_another(self, seat: str, drafts: list[int]) -> None:
        self.a_draft_ends(seat, "finished")
        for draft in drafts:
            self.try_to(c.PinDraft(round=self.story.number, draft=draft), seat)
            self.try_to(c.Submit(round=self.story.number, draft=draft), seat)

    @rule(counts=COUNTS)
    def any_count_comes(self, counts: dict[str, int]) -> None:
        self.on_to(Phase.MARKING)
        self.try_to(c.CloseGate(gate="vote"), "host")
        self.try_to(c.RecordTally(round=self.story.number, counts=counts, digest=""), "crew")

    @rule(letter=SOME_LETTERS, ground=GROUNDS)
    def two_experts_appeal(self, letter: str, ground: c.Ground) -> None:
        self.on_to(Phase.APPEAL)
        for seat in self.story.panel[:2]:
            command = c.FileAppeal(round=self.story.number, letter=letter, ground=ground)
            self.try_to(command, seat)
        self.try_to(c.RuleAppeal(letter=letter), "host")

    @rule(letter=st.sampled_from("ABC"), votes=st.lists(st.booleans(), min_size=3, max_size=3))
    def somebody_appeals(self, letter: str, votes: list[bool]) -> None:
        self.on_to(Phase.APPEAL)
        owner = self.story.state.round.letters.get(letter, "finalist-v")
        number = self.story.number
        self.try_to(c.FileAppeal(round=number, letter=letter, ground="format fault"), owner)
        for panellist, vote in zip(self.story.panel, votes, strict=False):
            command = c.VoteAppeal(round=number, letter=letter, is_upheld=vote)
            self.try_to(command, panellist)

    # ---- what must hold after every step

    @invariant()
    def all_holds(self) -> None:
        """Checked once for each state: what is refused changes nothing."""
        assert all(self.sentences)
        if self.story.state is self.seen:
            return
        self.seen = self.story.state
        self.the_log_alone_gives_the_same_state_and_the_same_table()
        self.deadlines_come_from_the_servers_clock_and_the_settings()
        self.nobody_submits_twice_in_a_round()
        self.letters_are_a_permutation_of_those_who_answered()
        self.whoever_owns_the_letters_the_frames_are_the_same()
        self.the_host_sees_no_mark_before_both_gates_are_closed()
        self.every_view_can_be_drawn_and_every_score_adds_up()
        self.nothing_that_counts_happens_after_the_champion()

    def the_log_alone_gives_the_same_state_and_the_same_table(self) -> None:
        for event in self.story.log[self.read :]:
            read_back = ANY_EVENT.validate_json(ANY_EVENT.dump_json(event))
            assert read_back == event
            self.mirror = evolve(self.mirror, read_back)
        self.read = len(self.story.log)

        assert self.mirror == self.story.state
        assert self.mirror is not None
        assert standings_of(self.mirror) == standings_of(self.story.state)

    def deadlines_come_from_the_servers_clock_and_the_settings(self) -> None:
        state = self.story.state
        longest = max(state.rundown.settings.seconds.model_dump().values())
        now = state.clock_at(self.story.now)
        left = [at - now for at in state.deadlines.values()]

        assert all(seconds <= longest + self.given_s + 1e-3 for seconds in left)

    def nobody_submits_twice_in_a_round(self) -> None:
        sent = Counter(
            (event.round, event.finalist)
            for event in self.story.log
            if isinstance(event, e.Submitted)
        )

        assert set(sent.values()) <= {1}

    def letters_are_a_permutation_of_those_who_answered(self) -> None:
        for round_ in self.story.state.rounds:
            if round_.letters:
                answered = {seat for seat, kept in round_.submissions.items() if kept.draft}
                assert sorted(round_.letters.values()) == sorted(answered)
                assert "".join(round_.letters) == LETTERS[: len(answered)]

    def whoever_owns_the_letters_the_frames_are_the_same(self) -> None:
        state = self.story.state
        frames = repr(blind_frames(state)) if len(unnamed(state)) > 1 else ""
        for one, other in pairwise(unnamed(state)):
            assert repr(blind_frames(swapped(state, one, other))) == frames

    def the_host_sees_no_mark_before_both_gates_are_closed(self) -> None:
        state = self.story.state
        view = host_view(state, HALL)
        if state.rounds and (state.round.is_open("vote") or state.round.is_open("marks")):
            assert (view.scores, view.void) == ((), {})

    def every_view_can_be_drawn_and_every_score_adds_up(self) -> None:
        state = self.story.state
        stage_view(state, HALL)
        phone_view(state)
        for seat in self.story.finalists:
            finalist_view(state, seat)
        for seat in self.story.panel:
            panel_view(state, seat)
        for round_ in state.rounds:
            for score in score_of(round_, state.rundown.settings).scores.values():
                assert abs(sum(part.score for part in score.parts.values()) - score.total) < 1e-9
                assert -1e-9 <= score.total <= 100 + 1e-9

    def nothing_that_counts_happens_after_the_champion(self) -> None:
        state = self.story.state
        if state.phase is Phase.CHAMPION:
            end = standings_of(state), state.rounds, state.phase
            assert self.end in (None, end)
            self.end = end
            crowned = max(
                i
                for i, event in enumerate(self.story.log)
                if isinstance(event, e.PhaseEntered) and event.phase is Phase.CHAMPION
            )
            assert all(isinstance(x, AFTER_THE_END) for x in self.story.log[crowned + 1 :])


AnyShow.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestAnyShow = AnyShow.TestCase
