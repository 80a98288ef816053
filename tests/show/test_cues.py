"""What the Next button says and waits for, from the doors to the champion."""

from dataclasses import replace

from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.cues import Cue, blind_cue, next_cue
from finale.show.phases import Phase
from finale.show.result import standings_of
from finale.show.views.bars import Bar, bars
from scoring.blend import COMPONENTS

V, W = "finalist-v", "finalist-w"
HOST, CLOCK = ("host",), ("host", "clock")


def cue_of(story: Story) -> Cue:
    cue = next_cue(story.state)
    assert cue is not None
    return cue


def test_every_cue_of_a_round_by_name() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    seen = [cue_of(story)]
    story.next()
    seen.append(cue_of(story))
    story.next()
    for seat in (V, W):
        seen.append(cue_of(story))
        story.submit(seat, story.draft(seat, f"By {seat[-1]}."))
    seen.append(cue_of(story))
    story.end_tuning((V, W))
    seen.append(cue_of(story))
    story.move_on()
    for _ in "AB":
        seen.append(cue_of(story))
        story.next()
    seen.append(cue_of(story))
    story.next()
    seen.append(cue_of(story))
    story.give_marks()
    while story.state.phase is not Phase.CHAMPION:
        seen.append(cue_of(story))
        if seen[-1].waits_for:
            story.time_up()
        else:
            story.next()

    assert next_cue(story.state) is None
    assert seen == [
        Cue("0.lobby.0.to-question", "Show question 1", HOST, Phase.QUESTION),
        Cue("1.question.0.to-tuning", "Start tuning", CLOCK, Phase.TUNING),
        *(
            Cue("1.tuning.0.to-locked", "Lock the answers", ("clock", "server"), Phase.LOCKED, wait)
            for wait in ("the clock, or 2 more to submit", "the clock, or 1 more to submit", "")
        ),
        Cue("1.locked.0.to-reading", "Show the answers", ("server",), Phase.READING),
        Cue("1.reading.0.step", "Show answer A"),
        Cue("1.reading.1.step", "Show answer B"),
        Cue("1.reading.2.to-marking", "Open the vote", HOST, Phase.MARKING),
        Cue("1.marking.0.close-vote", "Close the vote", CLOCK),
        Cue("1.marking.0.to-judge_reveal", "Reveal the judge’s marks", HOST, Phase.JUDGE_REVEAL),
        Cue("1.judge_reveal.0.to-appeal", "Open the appeals", HOST, Phase.APPEAL),
        Cue("1.appeal.0.to-reveal", "Go to the reveal", CLOCK, Phase.REVEAL, "the appeal clock"),
        Cue("1.reveal.0.step", "Reveal the experts"),
        Cue("1.reveal.1.step", "Reveal the audience"),
        Cue("1.reveal.2.step", "Reveal the totals"),
        Cue("1.reveal.3.step", "Name place 2"),
        Cue("1.reveal.4.step", "Name the round’s winner"),
        Cue("1.reveal.5.to-standings", "Show the standings", HOST, Phase.STANDINGS),
        Cue("1.standings.0.to-champion", "Crown the champion", HOST, Phase.CHAMPION),
    ]


def test_the_marks_gate_counts_the_cards_that_are_missing() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to_marking((V, W))
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    notes = [cue_of(story).note]
    for letter in "AB":
        story.mark("panel-1", letter)
        notes.append(cue_of(story).note)

    assert notes == [
        "2 cards are not complete; the panel is void without one for A, B",
        "1 card is not complete; the panel is void without one for B",
        "All cards are complete",
    ]
    assert cue_of(story) == Cue(
        "1.marking.0.close-marks", "Close the marks", CLOCK, note="All cards are complete"
    )


def test_cards_that_are_left_out_mend_no_void_and_the_host_alone_is_told() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=1))
    story.ask(ca.DeclareRecusal(panellist="panel-1", finalist=V, is_recused=True))
    story.ask(ca.DeclareRecusal(panellist="panel-2", finalist=W, is_recused=True))
    story.to_marking((V, W))
    story.ask(c.CloseGate(round=0, gate="vote"))
    for letter in "AB":
        story.mark("panel-1", letter)
    half = "2 cards are not complete"
    whole = "All cards are complete"
    blind = blind_cue(story.state)
    assert blind is not None
    assert cue_of(story).note == f"{half}; the panel is void without one for A"
    assert blind == replace(cue_of(story), note=half)

    # The cards of an expert who has left count.
    story.mark("panel-2", "A")
    story.ask(ca.WithdrawPanellist(panellist="panel-2", reason="Ill."))
    assert (cue_of(story), cue_of(story).note) == (blind_cue(story.state), whole)


def test_a_round_in_which_nothing_counts_has_authors_and_no_winner() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to_marking((V, W))
    story.give_marks()
    story.to(Phase.JUDGE_REVEAL)
    for component in COMPONENTS:
        void = ca.VoidComponent(of_round=0, component=component, reason="The hall is dark.")
        story.ask(void)
    story.to(Phase.APPEAL)
    story.time_up()
    labels = []
    while story.state.phase is Phase.REVEAL:
        labels.append(cue_of(story).label)
        story.next()
    named = [(bar.letter, bar.place) for bar in _last_bars(story)]

    assert labels[3:5] == ["Name an author (1 of 2)", "Name an author (2 of 2)"]
    assert named == [("A", 0), ("B", 0)]
    assert [s.rounds_won for s in standings_of(story.state)] == [0, 0]


def _last_bars(story: Story) -> tuple[Bar, ...]:
    """The bars when the last name was called."""
    return bars(replace(story.state, phase=Phase.REVEAL, step=5))


def test_the_judges_marks_wait_for_the_count_and_then_for_the_judge() -> None:
    story = Story(rundown(finalists=2, panel=0, rounds=1))
    story.to_marking((V, W))
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    waits = [(cue_of(story).waits_for, cue_of(story).can_force)]
    story.tally({"A": 3, "B": 4})
    waits.append((cue_of(story).waits_for, cue_of(story).can_force))
    story.judge("A")
    waits.append((cue_of(story).waits_for, cue_of(story).can_force))
    story.ask(c.MissVerdict(round=0, letter="B", reason="silent"), "crew")
    waits.append((cue_of(story).waits_for, cue_of(story).can_force))

    assert waits == [
        ("the count of the ballots", False),
        ("the judge: 0 of 2 answers marked", True),
        ("the judge: 1 of 2 answers marked", True),
        ("", False),
    ]


def test_a_gate_that_opens_again_has_a_button_of_its_own() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to_marking((V, W))
    names = [cue_of(story).id]
    for _ in range(2):
        story.ask(c.CloseGate(round=story.number, gate="vote"))
        story.ask(c.OpenGate(round=story.number, gate="vote"))
        names.append(cue_of(story).id)

    assert names == [f"1.marking.0{again}.close-vote" for again in ("", ".1", ".2")]
