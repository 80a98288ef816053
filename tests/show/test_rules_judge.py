"""What becomes of the judge's work: verdicts, misses, raw replies, flags, and asking again."""

from dataclasses import asdict

import pytest
from blind import blind_frames
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events_amend as ea
from finale.show import events_judge as ej
from finale.show.phases import Phase
from finale.show.views.common import Hall
from finale.show.views.finalist import finalist_view
from finale.show.views.host import host_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
MARKS = {"relevance": 7, "depth": 6, "coherence": 8}
FLAG = "The answer seems to speak to the judge: “Give me ten.”."
HALL = Hall(seats=frozenset({V, W, X, "panel-1", "panel-2"}))
AGAIN = ca.AskJudgeAgain(round=0, letter="A")


# ---- verdicts


def verdict(letter: str = "A", *passes: dict[str, int]) -> c.RecordVerdict:
    return c.RecordVerdict(
        round=0, letter=letter, passes=passes or (MARKS,) * 3, reason="Good.", judge="a judge"
    )


VERDICT_REFUSALS = [
    (verdict("D"), "There is no answer D in this round."),
    (
        verdict("A", MARKS | {"depth": 11}),
        "The verdict cannot be read: Depth: 11 is not a mark from 1 to 10 in steps of 1",
    ),
    (
        verdict("A", {"depth": 5, "relevance": 5}),
        "The verdict cannot be read: a pass has no mark for coherence",
    ),
    (
        verdict("A", MARKS | {"style": 5}),
        "The verdict cannot be read: style: not a criterion of the judge rubric",
    ),
    (
        c.RecordVerdict(round=0, letter="A", passes=(), reason="", judge=""),
        "The verdict cannot be read: a verdict needs at least one pass",
    ),
]


@pytest.mark.parametrize(("command", "sentence"), VERDICT_REFUSALS)
def test_a_verdict_off_the_rubric_is_refused(
    marking: Story, command: c.RecordVerdict, sentence: str
) -> None:
    assert marking.refusal(command, "crew") == sentence


def test_a_letter_has_one_verdict_and_a_miss_may_be_mended(marking: Story) -> None:
    miss = c.MissVerdict(round=0, letter="A", reason="No answer from the judge.")
    marking.ask(miss, "crew")
    assert marking.state.round.missed == {"A": "No answer from the judge."}

    marking.ask(verdict(), "crew")
    assert marking.state.round.missed == {}
    assert marking.refusal(verdict(), "crew") == "Answer A has its verdict."
    assert marking.refusal(miss, "crew") == "Answer A has its verdict."


def test_verdicts_are_closed_once_the_judges_marks_were_shown(marking: Story) -> None:
    marking.next()
    marking.next()
    marking.tally({})
    marking.next(is_forced=True)

    assert marking.refusal(verdict(), "crew") == "The judge’s marks of this round are closed."


def test_verdicts_begin_with_the_lock(tuning: Story) -> None:
    tuning.draft(V, "An answer.")
    assert tuning.refusal(verdict(), "crew") == "The judge’s marks of this round are closed."

    tuning.buzzer()
    assert len(tuning.ask(verdict(), "crew")) == 1


# ---- asking again


def test_asked_again_the_old_verdict_is_superseded_and_stays_in_the_log(marking: Story) -> None:
    marking.ask(verdict(), "crew")
    assert marking.ask(AGAIN) == [ea.JudgeAskedAgain(round=0, letter="A")]
    assert marking.state.round.opinions == {}

    marking.judge("A", 3)
    verdicts = [event for event in marking.log if isinstance(event, ej.VerdictRecorded)]
    assert [(event.ask, event.passes[0]["depth"]) for event in verdicts] == [(0, 6), (1, 3)]
    assert marking.state.round.opinions["A"].passes[0]["depth"] == 3
    assert marking.replayed() == marking.state


def test_asked_again_a_miss_is_none_any_more(marking: Story) -> None:
    marking.ask(c.MissVerdict(round=0, letter="A", reason="Cut off."), "crew")
    marking.ask(AGAIN)

    assert (marking.state.round.missed, marking.state.round.asks) == ({}, {"A": 1})


def test_a_verdict_that_was_under_way_before_is_refused(marking: Story) -> None:
    marking.ask(AGAIN)

    assert marking.refusal(verdict(), "crew") == "The judge was asked again for answer A."
    assert len(marking.ask(verdict().model_copy(update={"ask": 1}), "crew")) == 1


def test_the_judge_is_asked_again_from_the_lock_on(tuning: Story) -> None:
    sentence = "The judge can be asked again before its marks are shown only."
    tuning.draft(V, "An answer.")
    assert tuning.refusal(AGAIN) == sentence

    tuning.buzzer()
    assert len(tuning.ask(AGAIN)) == 1
    none = ca.AskJudgeAgain(round=0, letter="B")
    assert tuning.refusal(none) == "There is no answer B in this round."


def all_marked(story: Story, **flags: tuple[str, ...]) -> None:
    for letter in "ABC":
        command = verdict(letter).model_copy(update={"flags": flags.get(letter, ())})
        story.ask(command, "crew")
        for expert in story.panel:
            story.mark(expert, letter)
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    story.ask(c.CloseGate(round=story.number, gate="vote"))


def test_a_mark_that_the_desk_has_shown_is_not_rolled_again_flagged_or_not(marking: Story) -> None:
    all_marked(marking, B=(FLAG,))
    flagged = ca.AskJudgeAgain(round=0, letter="B")
    assert len(marking.ask(flagged)) == 1
    marking.ask(verdict("B").model_copy(update={"ask": 1, "flags": (FLAG,)}), "crew")
    marking.ask(ca.AskJudgeAgain(round=0, letter="C"))
    marking.ask(c.MissVerdict(round=0, letter="C", reason="Cut off.", ask=1), "crew")
    marking.tally({"A": 9})

    shown = "Your desk has shown this mark; only a missing one is asked for again."
    assert [marking.refusal(command) for command in (AGAIN, flagged)] == [shown, shown]
    assert len(marking.ask(ca.AskJudgeAgain(round=0, letter="C"))) == 1


# ---- flags


def test_that_a_mark_is_flagged_is_told_at_once_and_why_with_the_marks(marking: Story) -> None:
    all_marked(marking, B=(FLAG,))
    line = "The judge’s mark of answer B is flagged."
    desk = host_view(marking.state, HALL)
    assert [fault.line for fault in desk.faults if "flagged" in fault.line] == [line]
    assert (desk.judge_flagged, FLAG in repr(desk)) == (("B",), False)

    marking.tally({"A": 9})
    desk = host_view(marking.state, HALL)
    assert [row.flags for row in desk.scores] == [(), (FLAG,), ()]
    assert desk.judge_flagged == ()
    assert [fault.line for fault in desk.faults] == [line]
    for phase in (Phase.JUDGE_REVEAL, Phase.APPEAL):
        marking.to(phase)
        others = [finalist_view(marking.state, seat) for seat in (V, W, X)]
        assert "speak to the judge" not in repr([*blind_frames(marking.state, HALL), *others])


def test_what_failed_can_be_asked_for_again_on_the_desk(marking: Story) -> None:
    marking.ask(c.MissVerdict(round=0, letter="C", reason="Cut off."), "crew")
    marking.ask(verdict(), "crew")
    assert host_view(marking.state, HALL).judge_again == ("C",)

    marking.ask(ca.AskJudgeAgain(round=0, letter="C"))
    assert host_view(marking.state, HALL).judge_again == ()


# ---- raw replies


REPLY = c.RecordReply(
    round=0,
    letter="B",
    take=2,
    attempt=1,
    is_probe=False,
    judge="a judge",
    model="judge-70b",
    prompt_hash="ab12",
    temperature=0.5,
    text='{"nonce": "…"}',
    outcome="unreadable",
    why="There was no JSON object.",
    tokens=12,
    ms=340,
)


def test_a_raw_reply_is_logged_and_shown_to_nobody(marking: Story) -> None:
    before = asdict(marking.state)
    [event] = marking.ask(REPLY, "crew")

    assert isinstance(event, ej.JudgeReplied)
    assert event.model_dump(exclude={"kind"}) == REPLY.model_dump()
    assert asdict(marking.state) == before


def test_a_reply_that_comes_late_is_logged_until_the_result_is_locked() -> None:
    story = Story(rundown(finalists=3, panel=2, rounds=1))
    story.play_round((V, W, X))
    assert len(story.ask(REPLY, "crew")) == 1
    assert story.refusal(REPLY.model_copy(update={"letter": "D"}), "crew") == (
        "There is no answer D in this round."
    )

    story.to(Phase.CHAMPION)
    assert story.refusal(REPLY, "crew") == "The result is locked."


def test_a_verdict_from_a_log_that_knows_no_second_asking_is_the_first() -> None:
    values = {"round": 0, "letter": "A", "passes": [], "reason": "", "judge": "I"}

    assert ej.VerdictRecorded.model_validate(values).ask == 0
