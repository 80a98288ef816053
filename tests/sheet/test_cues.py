"""The cue list is what the desk will say: held against a round that is played."""

import pytest
from story import Story, rundown

from finale.sheet.cues import NOTES, CueRow, after_cues, planned_s, round_cues
from finale.show import commands as c
from finale.show.cues import next_cue
from finale.show.phases import Phase


class Played:
    """A round in which every cue is written down as it comes."""

    def __init__(self, finalists: int, panel: int) -> None:
        self.story = Story(rundown(finalists, panel))
        self.cues: list[tuple[str, tuple[str, ...]]] = []

    def look(self) -> None:
        cue = next_cue(self.story.state)
        assert cue is not None
        self.cues.append((cue.label.removesuffix(" 1"), cue.by))

    def next(self) -> None:
        self.look()
        self.story.next()

    def play(self) -> None:
        story = self.story
        self.next()
        self.next()
        for seat in story.finalists:
            story.draft(seat, f"By nobody, {seat[-1]}.")
            story.submit(seat)
        self.look()
        story.end_tuning()
        self.look()
        story.move_on()
        while story.state.phase is Phase.READING:
            self.next()
        for mark, letter in enumerate(story.letters, 1):
            story.judge(letter, mark)
        self.look()
        story.ask(c.CloseGate(round=story.number, gate="vote"))
        story.tally({})
        if story.panel:
            self.next()
        while story.state.phase is not Phase.STANDINGS:
            if story.state.phase is Phase.APPEAL and story.state.deadlines:
                story.time_up()
                self.cues.append(("Go to the reveal", ("host", "clock")))
            else:
                self.next()


@pytest.mark.parametrize(("finalists", "panel"), [(2, 0), (5, 5), (8, 3)])
def test_the_list_has_every_cue_of_a_round_in_order(finalists: int, panel: int) -> None:
    played = Played(finalists, panel)
    played.play()

    rows = round_cues(rundown(finalists, panel))
    assert [(row.label, row.movers) for row in rows] == played.cues


def test_every_phase_has_its_words() -> None:
    assert set(NOTES) == set(Phase)


def test_times_are_those_of_the_show_file() -> None:
    plan = rundown(3, 2, seconds={"tuning": 60, "vote": 30, "marks": 90, "reading": 10})
    times = {row.label: row.seconds for row in round_cues(plan) if row.seconds}

    assert times == {
        "Show question": "20 s",
        "Start tuning": "60 s",
        "Lock the answers": "3 s",
        "Show the answers": "10 s each",
        "Open the vote": "30 / 90 s",
        "Open the appeals": "60 s",
    }
    assert planned_s(plan) == 20 + 60 + 3 + 3 * 10 + 90 + 60
    assert planned_s(rundown(3, 0)) == 20 + 90 + 3 + 3 * 15 + 45 + 60


def test_after_the_standings_comes_what_the_table_of_moves_allows() -> None:
    assert after_cues() == (
        CueRow("Take a break", ("host",), note=NOTES[Phase.BREAK]),
        CueRow("Announce sudden death", ("host",), note=NOTES[Phase.SUDDEN_DEATH]),
        CueRow("Show the reserve question", ("host",), note=NOTES[Phase.QUESTION]),
        CueRow("Crown the champion", ("host",), note=NOTES[Phase.CHAMPION]),
    )
