"""Every number of a round explained down to passes, cards and ballots, and tables that might be."""

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.rundown import Panellist
from finale.show.views.what_if import Change, Supposed, scales_now, supposed
from finale.show.views.why import explained, why
from scoring.blend import Component

V, W, X = "finalist-v", "finalist-w", "finalist-x"


def lines(story: Story, letter: str, component: Component, number: int = 0) -> tuple[str, ...]:
    [found] = [r for r in why(story.state, number, letter).reckonings if r.component == component]
    return found.lines


def marked(story: Story) -> Story:
    story.to_marking((V, W, X))
    story.give_marks(
        {"A": 9, "B": 8, "C": 4}, {"A": 3, "B": 5, "C": 2}, {"A": 60, "B": 30, "C": 10}
    )
    return story


def test_nothing_is_explained_before_both_gates_have_closed() -> None:
    story = Story(rundown(finalists=3, panel=3, rounds=2))
    known = [explained(story.state)]
    story.to_marking((V, W, X))
    known.append(explained(story.state))
    story.give_marks()
    known.append(explained(story.state))
    story.to_standings()
    story.to(Phase.QUESTION)
    known.append(explained(story.state))

    assert known == [{}, {}, {0: ("A", "B", "C")}, {0: ("A", "B", "C")}]
    for number, letter in ((0, "D"), (1, "A"), (-1, "A")):
        with pytest.raises(KeyError):
            why(story.state, number, letter)


def test_a_score_is_explained_down_to_passes_cards_and_ballots() -> None:
    story = marked(Story(rundown(finalists=3, panel=3)))

    assert lines(story, "A", "judge") == (
        "Relevance: 9, 9, 9; median 9.",
        "Depth: 9, 9, 9; median 9.",
        "Coherence: 9, 9, 9; median 9.",
        "Mean of the criteria × 10 = 90.0. Marked by understudy judge.",
        "The round’s marks run from 40.0 to 90.0: middle 65.0, span 50.0 (more than the floor, "
        "5.0). 70 + 60 × (90.0 − 65.0) / 50.0 = 100.0.",
        "100.0 points × 40 % = 40.0.",
    )
    assert lines(story, "B", "panel") == (
        *(f"Expert {n}: 5, 5, 5; mean × 20 = 100.0." for n in (1, 2, 3)),
        "3 cards count: the median is 100.0.",
        "The round’s marks run from 40.0 to 100.0: middle 70.0, span 60.0 (more than the floor, "
        "5.0). 70 + 60 × (100.0 − 70.0) / 60.0 = 100.0.",
        "100.0 points × 40 % = 40.0.",
    )
    assert lines(story, "C", "audience") == (
        "10 of 100 ballots = 10.0.",
        "The round’s marks run from 10.0 to 60.0: middle 35.0, span 50.0 (more than the floor, "
        "10.0). 70 + 60 × (10.0 − 35.0) / 50.0 = 40.0.",
        "40.0 points × 20 % = 8.0.",
    )
    assert why(story.state, 0, "A").sum == "40.0 + 24.0 + 20.0 = 84.0"


def test_what_counts_otherwise_is_said() -> None:
    plan = rundown(finalists=3, panel=3, scales={"judge": "rank", "panel": "raw"}, quorum=50)
    recused = Panellist(id="panel-1", name="Expert 1", recused=(W,))
    story = Story(plan.model_copy(update={"panel": (recused, *plan.panel[1:])}))
    story.to_marking((V, W, X))
    story.ask(c.MissVerdict(round=0, letter="B", reason="No reply."), "crew")
    for letter, mark in (("A", 9), ("C", 4)):
        story.judge(letter, mark)
    for letter in "ABC":
        for expert in story.panel:
            story.mark(expert, letter, 4)
    story.ask(c.CloseGate(round=0, gate="vote"))
    story.tally({"A": 30, "B": 1, "C": 0})
    story.ask(c.CloseGate(round=0, gate="marks"))

    assert lines(story, "B", "judge") == (
        "No verdict. No reply.",
        "Unscored: panel points stand in.",
        "80.0 points × 50 % = 40.0.",
    )
    assert lines(story, "C", "judge")[-2:] == (
        "Scale rank: its place among 90.0, 40.0.",
        "40.0 points × 50 % = 20.0.",
    )
    assert lines(story, "B", "panel") == (
        "Expert 1: 80.0, left out (recused).",
        "Expert 2: 4, 4, 4; mean × 20 = 80.0.",
        "Expert 3: 4, 4, 4; mean × 20 = 80.0.",
        "2 cards count: the mean is 80.0.",
        "Scale raw: the mark counts as it is, 80.0 points.",
        "80.0 points × 50 % = 40.0.",
    )
    assert lines(story, "A", "audience") == (
        "30 of 31 ballots = 96.8.",
        "Void in this round: 31 ballots, quorum 50.",
    )


def test_other_scales_and_a_smaller_panel_make_another_table_and_change_nothing() -> None:
    story = Story(rundown(finalists=2, panel=2))
    story.to_marking((V, W))
    for letter, mark in (("A", 8), ("B", 7)):
        story.judge(letter, mark)
    story.mark("panel-1", "A", 2)
    story.mark("panel-1", "B", 5)
    story.mark("panel-2", "A", 4)
    story.mark("panel-2", "B", 3)
    story.ask(c.CloseGate(round=0, gate="vote"))
    story.tally({"A": 50, "B": 50})
    assert supposed(story.state, Change()) == ()
    story.ask(c.CloseGate(round=0, gate="marks"))
    before = story.state

    def table(change: Change) -> list[tuple[str, int, float, int, float]]:
        return [
            (r.tag.lectern, r.place, round(r.total, 2), r.place_then, round(r.total_then, 2))
            for r in supposed(story.state, change)
        ]

    # Panel 60 and 80; σ is 40, so the floor is 2.5 · 40 / √2 = 70.71 and the points 70 ± 8.49.
    # The judge gives 100 and 40, the audience 70 each.
    assert table(Change()) == [("V", 1, 78.61, 1, 78.61), ("W", 2, 61.39, 2, 61.39)]
    # Expert 1 alone: 40 and 100, so 40 and 100 points: 70 in all for both, and W has more from
    # the experts.
    alone = Change(frozenset({"panel-2"}))
    assert table(alone) == [("W", 2, 61.39, 1, 70.0), ("V", 1, 78.61, 2, 70.0)]
    # Expert 2 alone, on raw: 80 and 60. Judge raw: 80 and 70.
    raw = Change(frozenset({"panel-1"}), {"judge": "raw", "panel": "raw"})
    assert table(raw) == [("V", 1, 78.61, 1, 78.0), ("W", 2, 61.39, 2, 66.0)]
    assert scales_now(story.state) == {"judge": "spread", "panel": "spread", "audience": "spread"}
    assert story.state == before
    assert isinstance(supposed(story.state, raw)[0], Supposed)
