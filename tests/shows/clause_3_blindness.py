"""Golden shows about blindness: letters, masked names, and nothing to see of whose answer it is.

Besides, every golden show is played with the owners of two letters swapped, frame by frame.
"""

from shows.golden import Expected, Header, V, W, X, golden, plan
from story import Story

from finale.show.phases import Phase


@golden(
    "3-masked-names",
    plan(finalists=3, panel=0),
    Header(
        title="A finalist’s own name in an answer is masked",
        clauses=["3"],
        look_at="All three give themselves away; on stage nobody does. The finalists are Ada "
        "Byron, Bao Ling and Cleo Marsh.",
        by_hand="Nothing is marked: all share the first place with 0.",
        expected=Expected(
            phase="marking",
            standings=[("V", 1, 0), ("W", 1, 0), ("X", 1, 0)],
            letters=["XVW"],
            answers={
                "A": "[name] was here.",
                "B": "I, [name], say yes; [name] knows.",
                "C": "Ask [name] of the [name] family.",
            },
        ),
    ),
)
def masked_names(story: Story) -> None:
    """Full names in any case, first and last names as they are written."""
    texts = {
        V: "I, ada byron, say yes; Ada knows.",
        W: "Ask Bao of the Ling family.",
        X: "CLEO MARSH was here.",
    }
    story.to_reading((X, V, W), texts)
    story.to(Phase.MARKING)


@golden(
    "3-fresh-letters",
    plan(finalists=3, rounds=3),
    Header(
        title="Letters are drawn anew each round, and number the answers there are",
        clauses=["3"],
        look_at="Round 1: V, W, X own A, B, C. Round 2: X, V, W. Round 3: W has no answer, so "
        "there are A and B only, X and V.",
        by_hand="A, B, C get 100, 70, 40 from every jury in rounds 1 and 2; A and B get 100 and 40 "
        "in round 3. V 100 + 70 + 40 = 210, W 70 + 40 + 0 = 110, X 40 + 100 + 100 = 240.",
        expected=Expected(
            phase="standings",
            standings=[("X", 1, 240), ("V", 2, 210), ("W", 3, 110)],
            letters=["VWX", "XVW", "XV"],
            totals=[
                {"V": 100, "W": 70, "X": 40},
                {"V": 70, "W": 40, "X": 100},
                {"V": 40, "W": 0, "X": 100},
            ],
        ),
    ),
)
def fresh_letters(story: Story) -> None:
    """Three rounds, three draws."""
    story.play_round((V, W, X), counts={"A": 50, "B": 30, "C": 10})
    story.play_round((X, V, W), counts={"A": 50, "B": 30, "C": 10})
    story.to_tuning()
    for seat in (V, X):
        story.draft(seat, "An answer.")
    story.buzzer((X, V, W))
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks(counts={"A": 50, "B": 30})
    story.to_standings()
