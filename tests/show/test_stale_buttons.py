"""A button acts only where it was drawn, also when the show stands where it stood before."""

from story import Story, rundown

from finale.show import commands as c
from finale.show.commands_amend import UndoCue
from finale.show.cues import next_cue, place_of
from finale.show.phases import Phase


def test_a_button_drawn_before_a_gate_was_opened_again_does_not_close_it() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=1))
    story.to_marking()
    old = next_cue(story.state)
    assert old is not None
    story.next()
    story.ask(c.OpenGate(round=story.number, gate="vote"))

    assert story.refusal(c.CallCue(cue=old.id)) == "That step was already taken."
    assert [event.kind for event in story.next()] == ["GateClosed"]


def test_a_button_drawn_before_an_undo_does_not_start_the_clock_again() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=1))
    story.to(Phase.QUESTION)
    old = next_cue(story.state)
    assert old is not None
    story.next()
    story.ask(UndoCue(at=place_of(story.state)))

    assert story.refusal(c.CallCue(cue=old.id)) == "That step was already taken."
    story.next()
    assert story.state.phase is Phase.TUNING


def test_what_was_pressed_in_one_round_does_nothing_in_the_next() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=2))
    story.play_round()
    story.to_marking()
    old = (
        *(c.CloseGate(round=0, gate=gate) for gate in ("vote", "marks")),
        *(c.OpenGate(round=0, gate=gate) for gate in ("vote", "marks")),
    )
    assert {story.refusal(command) for command in old} == {"Round 1 is over."}

    story.give_marks()
    story.to(Phase.APPEAL)
    story.appeal("finalist-v", "A")
    rule = c.RuleAppeal(round=0, letter="A", reason="Late.")
    assert story.refusal(rule) == "Round 1 is over."
    assert story.state.round.appeals[0].is_open
