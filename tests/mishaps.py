"""What goes wrong in a show, and what is put right, by chance."""

from anything import PARTS, PLAYERS
from chance import Chance
from hypothesis import strategies as st
from hypothesis.stateful import rule

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.cues import place_of
from finale.show.phases import Phase
from finale.show.state import GRACE_S
from scoring.blend import Component

ASK_WHY = "A slip of the pen."
PAIRS = st.sets(st.tuples(st.sampled_from(["panel-1", "panel-2", "panel-3"]), PLAYERS), max_size=4)
MARKED = st.sampled_from([Phase.JUDGE_REVEAL, Phase.APPEAL, Phase.REVEAL, Phase.STANDINGS])
IN_THE_ROUND = st.sampled_from([p for p in Phase if p not in (Phase.LOBBY, Phase.BREAK)])


class Mishaps(Chance):
    """Failing models, withdrawals, voids, corrections, undone steps."""

    @rule(
        seats=st.lists(PLAYERS, min_size=1, max_size=3),
        seconds=st.floats(0, 40),
        decided=st.sampled_from([None, True, False]),
    )
    def a_failing_model_is_credited(
        self, seats: list[str], seconds: float, decided: bool | None
    ) -> None:
        for seat in seats:
            self.a_failing_model_is_credited_to(seat, seconds)
        if decided is not None:
            number = max(0, self.story.number)
            command = ca.DecideCredit(round=number, finalist=seats[0], is_granted=decided)
            self.try_to(command, "host")

    @rule(
        lost=st.dictionaries(PLAYERS, st.floats(1, 30), min_size=1, max_size=2),
        late=st.floats(0, 31),
        down=st.sampled_from([0.0, 0.0, 5.0, 30.0]),
        is_declined=st.booleans(),
    )
    def some_play_on_after_the_buzzer(
        self, lost: dict[str, float], late: float, down: float, is_declined: bool
    ) -> None:
        for seat, seconds in lost.items():
            self.a_failing_model_is_credited_to(seat, seconds)
        self.the_first_clock_ends()
        self.everybody_presses()
        self.story.wait(late)
        self.try_to(c.Compensate(seconds=down), "crew")
        self.everybody_presses()
        if is_declined:
            decline = ca.DecideCredit(
                round=max(0, self.story.number), finalist=min(lost), is_granted=False
            )
            self.try_to(decline, "host")
        self.the_first_clock_ends()
        self.everybody_presses()

    def everybody_presses(self) -> None:
        """Each finalist generates and pins, who may and who may not."""
        for seat in self.story.finalists:
            if self.story.state.phase is Phase.TUNING:
                self.a_draft_ends(seat, "finished")
                self.try_to(c.PinDraft(round=self.story.number, draft=1), seat)

    def a_failing_model_is_credited_to(self, seat: str, seconds: float) -> None:
        """That finalist's model fails in tuning."""
        self.on_to(Phase.TUNING)
        start = c.StartDraft(round=self.story.number, system="", temperature=0.7, top_p=0.9)
        if self.try_to(start, seat):
            self.story.record(seat, "", "failed", times=(None, seconds))

    def the_first_clock_ends(self) -> None:
        """0:00 of tuning, grace included, or of a credited clock."""
        deadline = self.story.state.deadlines.get("phase", 0.0)
        if self.story.state.phase is Phase.TUNING and not self.story.state.is_held:
            self.story.now = max(self.story.now, deadline + GRACE_S)
            self.try_to(c.TimeUp(what="phase", deadline=deadline), "crew")

    @rule(phase=IN_THE_ROUND, seat=PLAYERS)
    def a_finalist_is_withdrawn(self, phase: Phase, seat: str) -> None:
        self.on_to(phase)
        self.try_to(ca.WithdrawFinalist(finalist=seat, reason=ASK_WHY), "host")

    @rule(pairs=PAIRS)
    def another_show_begins_with_recusals(self, pairs: set[tuple[str, str]]) -> None:
        self.begin()
        for panellist, seat in sorted(pairs):
            command = ca.DeclareRecusal(panellist=panellist, finalist=seat, is_recused=True)
            self.try_to(command, "host")
        self.on_to(Phase.MARKING)

    @rule(phase=MARKED, component=PARTS, is_restored=st.booleans())
    def a_component_is_voided(self, phase: Phase, component: Component, is_restored: bool) -> None:
        self.on_to(phase)
        number = max(0, self.story.number)
        void = ca.VoidComponent(of_round=number, component=component, reason=ASK_WHY)
        restore = ca.RestoreComponent(of_round=number, component=component, reason=ASK_WHY)
        self.try_to(void, "host")
        if is_restored:
            self.try_to(restore, "host")

    @rule(phase=MARKED, letter=st.sampled_from("AB"), mark=st.sampled_from([1.0, 2.5, 5.0]))
    def a_mark_is_corrected(self, phase: Phase, letter: str, mark: float) -> None:
        self.on_to(phase)
        command = ca.CorrectMark(
            of_round=max(0, self.story.number),
            panellist="panel-1",
            letter=letter,
            criterion="efficiency",
            mark=mark,
            reason=ASK_WHY,
        )
        self.try_to(command, "host")

    @rule(phase=st.sampled_from([Phase.TUNING, Phase.APPEAL, Phase.STANDINGS, Phase.SUDDEN_DEATH]))
    def a_step_is_undone(self, phase: Phase) -> None:
        self.on_to(phase)
        if phase is Phase.STANDINGS:
            self.try_to(c.CallBreak(), "host")
        self.try_to(ca.UndoCue(at=place_of(self.story.state)), "host")

    @rule(spare=st.sampled_from(["question-51", "question-52"]), ahead=st.integers(0, 1))
    def a_question_is_replaced(self, spare: str, ahead: int) -> None:
        self.on_to(Phase.QUESTION)
        number = max(0, self.story.number) + ahead
        command = ca.ReplaceQuestion(of_round=number, question=spare, reason=ASK_WHY)
        self.try_to(command, "host")

    @rule()
    def the_check_calls_for_an_appeal(self) -> None:
        self.begin()
        self.on_to(Phase.TUNING)
        for seat in self.story.finalists:
            self.a_draft_ends(seat, "finished")
        self.on_to(Phase.READING)
        for letter in self.story.letters:
            self.story.judge(letter, 3)
        self.on_to(Phase.JUDGE_REVEAL)
        for letter in self.story.letters:
            command = ca.OfferAppeal(round=self.story.number, letter=letter)
            self.try_to(command, "host")
