"""Golden shows about the audience's vote, as far as it is in the log: ballots are not, counts are.

A phone's ballot, its pass and the order of letters on it are in no log; the README names the tests.
"""

from shows.golden import Expected, Header, V, W, golden, plan
from story import Story

from finale.show import commands as c


@golden(
    "4-totals-hidden",
    plan(),
    Header(
        title="Totals are hidden until the vote has closed and its part is revealed",
        clauses=["4"],
        look_at="Nobody is told a count while the vote is open: there is none in the log, and one "
        "that comes is refused. Stage and phones have the audience’s part from its reveal on.",
        by_hand="The experts are revealed by step 1, the audience by step 2. V has A, 100 from "
        "every jury, W has B, 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 40)],
            hall=["StepTaken 2"],
            refused=["The vote is not waiting to be counted."],
        ),
    ),
)
def totals_hidden(story: Story) -> None:
    """A count that comes too early, and the one that counts."""
    story.to_marking((V, W))
    early = c.RecordTally(round=0, counts={"A": 4, "B": 2}, digest="0" * 64)
    story.refusal(early, "crew")
    story.give_marks(counts={"A": 50, "B": 30})
    story.to_standings()
