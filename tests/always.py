"""What must hold of every show that can happen, after every event."""

from collections import Counter
from itertools import pairwise

from blind import swapped, unnamed, watched_frames
from story import Story

from finale.show import events as e
from finale.show import events_amend as ea
from finale.show import events_message as es
from finale.show.events import ANY_EVENT
from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.result import score_of, standings_of, withdrawn_of
from finale.show.rules_crew import MOST_CREDIT_S
from finale.show.rundown import LETTERS
from finale.show.state import ShowState
from finale.show.views.common import Hall
from finale.show.views.finalist import finalist_view
from finale.show.views.host import host_view
from finale.show.views.panel import panel_view
from finale.show.views.phone import phone_view
from finale.show.views.stage import stage_view

HALL = Hall(phones=7, ballots=3, seats=frozenset({"finalist-v"}))
SAID = (es.MessageSent, es.MessageCleared, es.MessageDismissed)
AFTER_THE_END = (e.StageBlacked, e.RobotSeated, e.RobotUnseated, ea.SeatHanded, *SAID)


class Watched:
    """A show under watch: every event is also logged as JSON, read back and replayed."""

    def watch(self, story: Story) -> None:
        """A new show."""
        self.story = story
        self.mirror: ShowState | None = None
        self.read = 0
        self.given_s = 0.0
        self.end: object = None
        self.sentences: list[str] = []
        self.seen: ShowState | None = None

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
        self.whoever_was_taken_at_0_00_plays_no_more()
        self.no_round_offers_more_than_its_credit()
        self.whoever_withdrew_holds_no_place_and_plays_no_later_round()

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
                answered = {f for f in round_.finalists if round_.submissions[f].draft}
                assert sorted(round_.letters.values()) == sorted(answered)
                assert "".join(round_.letters) == LETTERS[: len(answered)]

    def whoever_owns_the_letters_the_frames_are_the_same(self) -> None:
        state = self.story.state
        frames = repr(watched_frames(state, HALL)) if len(unnamed(state)) > 1 else ""
        for one, other in pairwise(unnamed(state)):
            assert repr(watched_frames(swapped(state, one, other), HALL)) == frames

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

    def whoever_was_taken_at_0_00_plays_no_more(self) -> None:
        taken: set[tuple[int, str]] = set()
        for event in self.story.log:
            if isinstance(event, e.Submitted):
                taken.add((event.round, event.finalist))
            if isinstance(event, e.DraftStarted | e.DraftPinned):
                assert (event.round, event.finalist) not in taken

    def no_round_offers_more_than_its_credit(self) -> None:
        for round_ in self.story.state.rounds:
            for credit in round_.credits.values():
                assert credit.offered <= MOST_CREDIT_S + 1e-9
                assert 0 <= credit.granted + credit.pending <= credit.offered + 1e-9

    def whoever_withdrew_holds_no_place_and_plays_no_later_round(self) -> None:
        state = self.story.state
        placed = [standing.finalist for standing in standings_of(state)]
        gone = [standing.finalist for standing in withdrawn_of(state)]
        assert sorted([*placed, *gone]) == sorted(self.story.finalists)
        assert set(gone) == set(state.withdrawn)
        for event in self.story.log:
            if isinstance(event, ea.FinalistWithdrawn):
                later = state.rounds[event.from_round :]
                assert all(event.finalist not in round_.finalists for round_ in later)
