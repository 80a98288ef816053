"""A show file that changes in the lobby: what the host has done there survives where it applies."""

from collections.abc import Sequence

import pytest
from story import NOON, Story, question, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_message as cs
from finale.show import events_amend as ea
from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.reopening import reopened
from finale.show.rundown import Calibration, Finalist, Panellist, Rundown
from finale.show.state import Message, ShowState
from finale.show.views.common import Hall
from finale.show.views.host import host_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
P1, P2, P3 = "panel-1", "panel-2", "panel-3"
PRACTICE = Calibration(
    question="How many letters has “strawberry”?",
    answer="Ten.",
    marks={"generalization": 3.0, "response_quality": 4.0, "efficiency": 5.0},
    reason="Right and short.",
)


def lobby() -> Story:
    plan = rundown(finalists=3, panel=3, rounds=2)
    return Story(plan.model_copy(update={"calibration": PRACTICE}))


def recuse(panellist: str, finalist: str, is_recused: bool = True) -> ca.DeclareRecusal:
    return ca.DeclareRecusal(panellist=panellist, finalist=finalist, is_recused=is_recused)


def again(state: ShowState, plan: Rundown) -> ShowState:
    for event in reopened(state, plan):
        state = evolve(state, event)
    return state


def played_by(plan: Rundown, names: Sequence[str]) -> Rundown:
    people = tuple(
        Finalist(id=f"finalist-{lectern.lower()}", lectern=lectern, name=name)
        for lectern, name in zip("VWXYZ", names, strict=False)
    )
    return plan.model_copy(update={"finalists": people})


def desk_lines(state: ShowState) -> list[str]:
    return [fault.line for fault in host_view(state, Hall(seats=frozenset(X))).faults]


def test_another_title_takes_over_all_that_was_done_in_the_lobby() -> None:
    story = lobby()
    for command in (
        recuse(P1, V),
        ca.WithdrawFinalist(finalist=W, reason="Ill."),
        ca.WithdrawPanellist(panellist=P2, reason="Late."),
        ca.ReplaceQuestion(of_round=1, question="question-51", reason="Leaked."),
        c.SeatRobot(seat=P3),
        c.BlackOut(is_black=True),
        cs.SendMessage(to="panel", text="Ten minutes."),
        cs.SendMessage(to=X, text="Sit down."),
    ):
        story.ask(command)
    story.ask(cs.DismissMessage(number=2), X)
    story.ask(c.MarkPractice(criterion="efficiency", mark=2.5), P1)
    plan = story.plan.model_copy(update={"title": "The Other Finale"})
    state = again(story.state, plan)

    assert (state.rundown, state.recusals) == (plan, {(P1, V)})
    assert (state.withdrawn, state.withdrawn_panel) == ({W: "Ill."}, {P2: "Late."})
    assert (state.replaced, state.used_spares) == ({1: question(51)}, {"question-51"})
    assert (state.robots, state.is_black) == ({P3}, True)
    assert state.messages == {
        "panel": Message(1, "Ten minutes.", NOON),
        X: Message(2, "Sit down.", NOON),
    }
    assert (state.said, state.dismissed) == (2, {X: 2})
    assert state.practice == {P1: {"efficiency": 2.5}}
    assert state.dropped == ()


def test_people_are_found_by_name_wherever_they_sit_now() -> None:
    story = lobby()
    story.ask(recuse(P1, V))
    story.ask(ca.WithdrawFinalist(finalist=W, reason="Ill."))
    names = [finalist.name for finalist in story.plan.finalists]
    state = again(story.state, played_by(story.plan, [names[2], names[0], names[1]]))

    assert (state.recusals, state.withdrawn) == ({(P1, W)}, {X: "Ill."})
    assert state.dropped == ()


def test_whoever_moves_up_is_not_withdrawn_and_the_host_is_told() -> None:
    story = lobby()
    story.ask(ca.WithdrawFinalist(finalist=V, reason="Ill."))
    story.ask(recuse(P1, V))
    plan = played_by(story.plan, ["Next Inline", "Bao Ling", "Cleo Marsh"])
    state = again(story.state, plan)

    assert (state.withdrawn, state.recusals) == ({}, frozenset())
    assert desk_lines(state)[0] == (
        "The show file changed, and this no longer fits it: the recusal: Expert 1 for Ada Byron; "
        "the withdrawal of Ada Byron."
    )
    # Told until the first question, also when the file changes once more.
    later = again(state, plan.model_copy(update={"title": "Again"}))
    assert later.dropped == state.dropped
    begun = Story(plan)
    begun.state = later
    begun.to(Phase.QUESTION)
    assert "no longer fits" not in repr(desk_lines(begun.state))


@pytest.mark.parametrize(
    ("in_file", "declared"),
    [((), frozenset({(P2, W)})), ((V,), frozenset({(P2, W)})), ((W,), frozenset({(P2, W)}))],
)
def test_what_the_host_said_of_recusals_goes_before_what_the_file_says(
    in_file: tuple[str, ...], declared: frozenset[tuple[str, str]]
) -> None:
    plan = rundown(finalists=3, panel=2)
    panel = (Panellist(id=P1, name="Expert 1", recused=(V,)), plan.panel[1])
    story = Story(plan.model_copy(update={"panel": panel}))
    story.ask(recuse(P1, V, is_recused=False))
    story.ask(recuse(P2, W))
    changed = (panel[0].model_copy(update={"recused": in_file}), plan.panel[1])
    state = again(story.state, plan.model_copy(update={"panel": changed}))

    assert state.recusals == declared | {(P1, seat) for seat in in_file if seat != V}


def test_a_spare_stays_only_where_its_question_is_still_planned() -> None:
    story = lobby()
    story.ask(ca.ReplaceQuestion(of_round=0, question="question-51", reason="Leaked."))
    story.ask(ca.ReplaceQuestion(of_round=1, question="question-52", reason="Leaked."))
    plan = story.plan.model_copy(update={"rounds": (question(7), story.plan.rounds[1])})

    assert reopened(story.state, plan)[1:] == [
        ea.QuestionReplaced(
            of_round=1,
            question="question-52",
            reason="Replaced “question-2” before the show file changed.",
        )
    ]
    assert again(story.state, plan).dropped == ("the spare question “question-51” in round 1",)
    fewer = story.plan.model_copy(update={"rounds": plan.rounds[:1], "spares": ()})
    assert again(story.state, fewer).dropped == (
        "the spare question “question-51” in round 1",
        "the spare question “question-52” in round 2",
    )


def test_withdrawals_never_leave_a_show_without_a_finalist() -> None:
    story = lobby()
    story.ask(ca.WithdrawFinalist(finalist=V, reason="Ill."))
    story.ask(ca.WithdrawFinalist(finalist=W, reason="Late."))
    state = again(story.state, played_by(story.plan, ["Ada Byron", "Bao Ling"]))

    assert (state.withdrawn, state.active()) == ({V: "Ill."}, (W,))
    assert state.dropped == ("the withdrawal of Bao Ling",)


def test_of_two_with_one_name_nothing_is_taken_over_by_guess() -> None:
    plan = rundown(finalists=3, panel=2)
    story = Story(played_by(plan, ["Ada Byron", "Ada Byron", "Cleo Marsh"]))
    story.ask(ca.WithdrawFinalist(finalist=W, reason="Ill."))
    state = again(story.state, story.plan.model_copy(update={"title": "Again"}))

    assert (state.withdrawn, state.dropped) == ({}, ("the withdrawal of Ada Byron",))


def test_chairs_and_lines_that_are_gone_and_another_practice_answer_are_left_behind() -> None:
    story = lobby()
    for seat in (X, P3):
        story.ask(c.SeatRobot(seat=seat))
    story.ask(cs.SendMessage(to=P3, text="Sit down."))
    story.ask(cs.DismissMessage(number=1), P3)
    story.ask(c.MarkPractice(criterion="efficiency", mark=2.5), P1)
    smaller = rundown(finalists=2, panel=2)
    state = again(story.state, smaller.model_copy(update={"practice": None}))

    assert (state.robots, state.messages, state.dismissed) == (frozenset(), {}, {})
    assert (state.practice, state.said, state.dropped) == ({}, 0, ())
