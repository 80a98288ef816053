"""Any sequence of any commands by anybody: what must hold of every show that can happen."""

from anything import (
    ANYTHING,
    COUNTS,
    DRAFTS,
    GROUNDS,
    MARKS,
    OUTCOMES,
    PLAYERS,
    SEATS,
    SIZES,
    SOME_LETTERS,
    TOYS,
    role_of,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from mishaps import Mishaps
from ordinary import go_on

from finale.show import commands as c
from finale.show.cues import next_cue
from finale.show.phases import Phase
from scoring.rubric import PANEL_RUBRIC


class AnyShow(Mishaps):
    """Chance plays every part."""

    @initialize(size=SIZES, ahead=st.integers(0, 40), silent=st.sets(PLAYERS, max_size=2))
    def open(self, size: tuple[int, int, int], ahead: int, silent: set[str]) -> None:
        """The doors open, and the show goes its way for a while; some finalists never answer."""
        self.size, self.silent = size, frozenset(silent)
        self.begin()
        for _ in range(ahead):
            go_on(self.story, silent)

    # ---- chance

    @rule(command=ANYTHING, by=SEATS)
    def anybody_asks_anything(self, command: c.Command, by: str) -> None:
        self.try_to(command, by)

    @rule(command=ANYTHING)
    def somebody_who_may_asks_anything(self, command: c.Command) -> None:
        self.try_to(command, role_of(command))

    @rule(command=ANYTHING)
    def somebody_who_may_asks_anything_of_this_round(self, command: c.Command) -> None:
        self.in_this_round(command)

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

    @rule()
    def the_buzzer_goes(self) -> None:
        self.on_to(Phase.TUNING)
        if self.story.state.phase is Phase.TUNING and not self.story.state.is_held:
            self.story.buzzer(tuple(reversed(self.story.state.round.finalists)))

    @rule(seat=PLAYERS, ends=OUTCOMES)
    def some_draft_ends(self, seat: str, ends: c.Outcome) -> None:
        self.a_draft_ends(seat, ends)

    @rule(seat=PLAYERS, drafts=st.lists(DRAFTS, min_size=2, max_size=4))
    def a_finalist_stands_by_one_draft_and_then_another(self, seat: str, drafts: list[int]) -> None:
        self.a_draft_ends(seat, "finished")
        for draft in drafts:
            self.try_to(c.PinDraft(round=self.story.number, draft=draft), seat)
            self.try_to(c.Submit(round=self.story.number, draft=draft), seat)

    @rule(counts=COUNTS)
    def any_count_comes(self, counts: dict[str, int]) -> None:
        self.on_to(Phase.MARKING)
        self.try_to(c.CloseGate(round=self.story.number, gate="vote"), "host")
        self.try_to(c.RecordTally(round=self.story.number, counts=counts, digest=""), "crew")

    @rule(letter=SOME_LETTERS, ground=GROUNDS)
    def two_experts_appeal(self, letter: str, ground: c.Ground) -> None:
        self.on_to(Phase.APPEAL)
        for seat in self.story.panel[:2]:
            command = c.FileAppeal(round=self.story.number, letter=letter, ground=ground)
            self.try_to(command, seat)
        command = c.RuleAppeal(round=self.story.number, letter=letter, reason="Late.")
        self.try_to(command, "host")

    @rule(letter=st.sampled_from("ABC"), votes=st.lists(st.booleans(), min_size=3, max_size=3))
    def somebody_appeals(self, letter: str, votes: list[bool]) -> None:
        self.on_to(Phase.APPEAL)
        owner = self.story.state.round.letters.get(letter, "finalist-v")
        number = self.story.number
        self.try_to(c.FileAppeal(round=number, letter=letter, ground="format fault"), owner)
        for panellist, vote in zip(self.story.panel, votes, strict=False):
            command = c.VoteAppeal(round=number, letter=letter, is_upheld=vote)
            self.try_to(command, panellist)

    @invariant()
    def always(self) -> None:
        self.all_holds()


AnyShow.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestAnyShow = AnyShow.TestCase
