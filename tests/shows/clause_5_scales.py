"""Golden shows about points: the three scales, the floors, lone and missing answers."""

from collections.abc import Mapping

from shows.clause_4_marks import judge
from shows.golden import RANK, RAW, Expected, Header, V, W, X, golden, plan
from story import Story

from finale.show.commands import MarkScorecard
from finale.show.phases import Phase

MIXED = {"cards": {"A": 4.0, "B": 5.0, "C": 4.5}, "counts": {"A": 30, "B": 10, "C": 50}}


def play(story: Story, verdicts: Mapping[str, int]) -> None:
    """V, W, X own A, B, C; the experts put B first, the hall C."""
    story.play_round((V, W, X), verdicts, MIXED["cards"], MIXED["counts"])  # type: ignore[arg-type]


@golden(
    "5-scale-spread",
    plan(finalists=3),
    Header(
        title="Spread: up to 100 for the favourite, down to 40 for the last",
        clauses=["5"],
        look_at="Three juries with three favourites.",
        by_hand="Judge 90, 80, 70: 100, 70, 40. Panel 80, 100, 90: 40, 100, 70. Hall 33, 11, 56 %: "
        "70, 40, 100. V 40 + 16 + 14 = 70, W 28 + 40 + 8 = 76, X 16 + 28 + 20 = 64.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 76), ("V", 2, 70), ("X", 3, 64)],
            points=[{"V": (100, 40, 70), "W": (70, 100, 40), "X": (40, 70, 100)}],
        ),
    ),
)
def spread(story: Story) -> None:
    """The default."""
    play(story, {"A": 9, "B": 8, "C": 7})


@golden(
    "5-scale-raw",
    plan(finalists=3, scales=RAW),
    Header(
        title="Raw: the marks as they are",
        clauses=["5"],
        look_at="The same marks as in 5-scale-spread, and another winner.",
        by_hand="V 0.4 · 90 + 0.4 · 80 + 0.2 · 33.33 = 74.67; W 0.4 · 80 + 0.4 · 100 + 0.2 · 11.11 "
        "= 74.22; X 0.4 · 70 + 0.4 · 90 + 0.2 · 55.56 = 75.11.",
        expected=Expected(
            phase="standings",
            standings=[("X", 1, 75.11), ("V", 2, 74.67), ("W", 3, 74.22)],
            points=[{"V": (90, 80, 33.33), "W": (80, 100, 11.11), "X": (70, 90, 55.56)}],
        ),
    ),
)
def raw(story: Story) -> None:
    """Whoever spreads most rules."""
    play(story, {"A": 9, "B": 8, "C": 7})


@golden(
    "5-scale-rank",
    plan(finalists=3, scales=RANK),
    Header(
        title="Rank: 100 for the first, 40 for the last, ties share the mean of their places",
        clauses=["5", "6"],
        look_at="The judge gives A and B 90, C 10; only the order counts.",
        by_hand="Judge: A and B share 1.5, so 100 − 60 · 0.5 / 2 = 85 each, C 40. Panel 40, 100, "
        "70. Hall 70, 40, 100. V 34 + 16 + 14 = 64, W 34 + 40 + 8 = 82, X 16 + 28 + 20 = 64. X "
        "has more panel points than V.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 82), ("X", 2, 64), ("V", 3, 64)],
            decided_by={"V": "panel points"},
            points=[{"V": (85, 40, 70), "W": (85, 100, 40), "X": (40, 70, 100)}],
        ),
    ),
)
def rank(story: Story) -> None:
    """A distance of 80 is a place like any other."""
    play(story, {"A": 9, "B": 9, "C": 1})


@golden(
    "5-floor-fixed",
    plan(panel=1),
    Header(
        title="A jury that hardly tells them apart gives points that hardly differ",
        clauses=["5"],
        look_at="Judge 70 and 73.33, three equal passes: floor 5. One expert, 80 and 83.33: floor "
        "10, because one rater cannot disagree. 51 and 49 of 100 ballots: floor 100 / √100 = 10.",
        by_hand="Judge: the middle is 71.67, half the distance 1.667; 60 · 1.667 / 5 = 20: V 50, W "
        "90. Panel: 60 · 1.667 / 10 = 10: V 60, W 80. Hall: 60 · 1 / 10 = 6: V 76, W 64. V 20 + 24 "
        "+ 15.2 = 59.2, W 36 + 32 + 12.8 = 80.8.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 80.8), ("V", 2, 59.2)],
            points=[{"V": (50, 60, 76), "W": (90, 80, 64)}],
        ),
    ),
)
def floor_fixed(story: Story) -> None:
    """Everybody is close to everybody."""
    story.to_marking((V, W))
    judge(story, "A", *((7, 7, 7),) * 3)
    judge(story, "B", *((7, 7, 8),) * 3)
    story.mark("panel-1", "A", 4.0)
    story.mark("panel-1", "B", 4.0)
    mark_efficiency(story, "panel-1", "B", 4.5)
    finish(story, {"A": 51, "B": 49})


def mark_efficiency(story: Story, panellist: str, letter: str, mark: float) -> None:
    """One criterion of one card."""
    command = MarkScorecard(round=story.number, letter=letter, criterion="efficiency", mark=mark)
    story.ask(command, panellist)


def finish(story: Story, counts: Mapping[str, int]) -> None:
    """Both gates close, and the round goes to its standings."""
    story.time_up("vote")
    story.tally(counts)
    story.time_up("marks")
    story.to_standings()


@golden(
    "5-floor-residual",
    plan(panel=2),
    Header(
        title="Experts who disagree widen the floor",
        clauses=["5"],
        look_at="Expert 1 gives 100 and 80, expert 2 gives 80 and 80. Judge and hall are level.",
        by_hand="Answer means 90 and 80, expert means 90 and 80, all 85: every residual is 5 or "
        "−5, their squares 100, σ² = 100 / (1 · 1), floor 2.5 · 10 / √2 = 17.68. The panel’s marks "
        "90 and 80 lie 10 apart: 70 ± 60 · 5 / 17.68 = 86.97 and 53.03. V 28 + 34.79 + 14 = 76.79, "
        "W 28 + 21.21 + 14 = 63.21.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 76.79), ("W", 2, 63.21)],
            points=[{"V": (70, 86.97, 70), "W": (70, 53.03, 70)}],
        ),
    ),
)
def floor_residual(story: Story) -> None:
    """Without the floor V would get 100."""
    story.to_marking((V, W))
    for panellist, a, b in (("panel-1", 5, 4), ("panel-2", 4, 4)):
        story.mark(panellist, "A", a)
        story.mark(panellist, "B", b)
    for letter in "AB":
        story.judge(letter, 7)
    finish(story, {"A": 10, "B": 10})


@golden(
    "5-lone-answer",
    plan(finalists=3),
    Header(
        title="A lone answer gets 100",
        clauses=["5"],
        look_at="W alone answers; the judge gives it 10, the experts 20.",
        by_hand="W 100 from every jury. V and X have no answer: 0.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 100), ("V", 2, 0), ("X", 2, 0)],
            letters=["W"],
            points=[{"V": (0, 0, 0), "W": (100, 100, 100), "X": (0, 0, 0)}],
        ),
    ),
)
def lone_answer(story: Story) -> None:
    """A poor one, but the only one."""
    story.to_tuning()
    story.draft(W, "Yes.")
    story.buzzer((W, V, X))
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks({"A": 1}, {"A": 1.0}, {"A": 7})
    story.to_standings()


@golden(
    "5-no-answer",
    plan(finalists=3),
    Header(
        title="Who gives no answer gets 0 and is nobody’s lowest",
        clauses=["5"],
        look_at="X has no answer: A and B are the highest and the lowest.",
        by_hand="V 100 and W 40 from every jury; X 0, not 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 40), ("X", 3, 0)],
            letters=["VW"],
            points=[{"V": (100, 100, 100), "W": (40, 40, 40), "X": (0, 0, 0)}],
        ),
    ),
)
def no_answer(story: Story) -> None:
    """X’s model never answered."""
    story.to_tuning()
    for seat in (V, W):
        story.draft(seat, "An answer.")
    story.start(X)
    story.record(X, "", "failed", times=(None, 0.5))
    story.buzzer((V, W, X))
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks(counts={"A": 50, "B": 30})
    story.to_standings()


@golden(
    "5-influence",
    plan(panel=1, scales=RAW),
    Header(
        title="Effective influence: each jury’s part in the differences between the scores",
        clauses=["5"],
        look_at="The experts stand against the outcome, so their influence is negative. The host "
        "sees it after the round.",
        by_hand="V: judge 100, panel 60, audience 80 of 100 ballots: 40 + 24 + 16 = 80. W: 70, "
        "100, 20: 28 + 40 + 4 = 72. From the means: scores ±4, judge ±6, panel ∓8, audience ±6. "
        "Variance 16; judge 24 / 16 = 1.5, panel −32 / 16 = −2, audience 1.5. The sum is 1.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 80), ("W", 2, 72)],
            points=[{"V": (100, 60, 80), "W": (70, 100, 20)}],
            influence={"judge": 1.5, "panel": -2.0, "audience": 1.5},
        ),
    ),
)
def influence(story: Story) -> None:
    """One round."""
    story.play_round((V, W), {"A": 10, "B": 7}, {"A": 3, "B": 5}, {"A": 80, "B": 20})
