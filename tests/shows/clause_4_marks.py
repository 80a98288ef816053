"""Golden shows about marks: the judge's passes, the panel's estimators, recusal, the vote."""

from collections.abc import Mapping, Sequence

from shows.golden import RAW, Expected, Header, V, W, X, golden, plan
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.rundown import Calibration

EVEN = "The judge gives 60 to both, the hall 10 ballots each, 50 %."


def judge(story: Story, letter: str, *passes: tuple[int, int, int]) -> None:
    """A verdict of relevance, depth and coherence, pass by pass."""
    names = ("relevance", "depth", "coherence")
    marks = tuple(dict(zip(names, given, strict=True)) for given in passes)
    command = c.RecordVerdict(
        round=story.number, letter=letter, passes=marks, reason="So it is.", judge="a judge"
    )
    story.ask(command, "crew")


def close(story: Story, verdicts: Mapping[str, int], counts: Mapping[str, int]) -> None:
    """What is still missing is judged, and both gates close."""
    for letter, mark in verdicts.items():
        story.judge(letter, mark)
    story.time_up("vote")
    story.tally(counts)
    if "marks" in story.state.deadlines:
        story.time_up("marks")
    story.to_standings()


def play_cards(
    story: Story, cards: Mapping[str, Sequence[float]], verdicts: Mapping[str, int]
) -> None:
    """A round of V and W in which the experts mark A and B as listed, expert 1 first."""
    story.to_marking((V, W))
    for letter, marks in cards.items():
        for panellist, mark in zip(story.panel, marks, strict=True):
            story.mark(panellist, letter, mark)
    close(story, verdicts, {"A": 10, "B": 10})


@golden(
    "4-judge-median",
    plan(scales=RAW),
    Header(
        title="The judge’s mark is the mean of the medians of three passes",
        clauses=["4"],
        look_at="V’s three passes differ. Raw scales, so that the points are the marks.",
        by_hand="V: relevance 7, 9, 8 gives 8; depth 7, 5, 6 gives 6; coherence 7, 7, 10 gives 7; "
        "their mean 7, times 10, 70. W: 60. Panel 60 each, hall 50 each. V 28 + 24 + 10 = 62, W "
        "24 + 24 + 10 = 58.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 62), ("W", 2, 58)],
            points=[{"V": (70, 60, 50), "W": (60, 60, 50)}],
        ),
    ),
)
def judge_median(story: Story) -> None:
    """Three passes that do not agree."""
    story.to_marking((V, W))
    judge(story, "A", (7, 7, 7), (9, 5, 7), (8, 6, 10))
    for letter in "AB":
        for panellist in story.panel:
            story.mark(panellist, letter, 3.0)
    close(story, {"B": 6}, {"A": 10, "B": 10})


@golden(
    "4-panel-trimmed-mean",
    plan(panel=5, scales=RAW),
    Header(
        title="Five experts: the highest and the lowest are dropped",
        clauses=["4"],
        look_at="V’s cards are 20, 60, 70, 80, 100.",
        by_hand=f"V: (60 + 70 + 80) / 3 = 70. W: 60 from all. {EVEN} V 24 + 28 + 10 = 62, W "
        "24 + 24 + 10 = 58.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 62), ("W", 2, 58)],
            points=[{"V": (60, 70, 50), "W": (60, 60, 50)}],
        ),
    ),
)
def trimmed_mean(story: Story) -> None:
    """One expert loves it, one hates it."""
    play_cards(story, {"A": (1, 3, 3.5, 4, 5), "B": (3, 3, 3, 3, 3)}, {"A": 6, "B": 6})


@golden(
    "4-panel-median",
    plan(panel=3, scales=RAW),
    Header(
        title="Three experts: the median",
        clauses=["4"],
        look_at="V’s cards are 20, 80, 90.",
        by_hand=f"V: 80. W: 60. {EVEN} V 24 + 32 + 10 = 66, W 24 + 24 + 10 = 58.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 66), ("W", 2, 58)],
            points=[{"V": (60, 80, 50), "W": (60, 60, 50)}],
            reduced=[False],
        ),
    ),
)
def panel_median(story: Story) -> None:
    """The mean would be 63.3."""
    play_cards(story, {"A": (1, 4, 4.5), "B": (3, 3, 3)}, {"A": 6, "B": 6})


@golden(
    "4-panel-reduced",
    plan(panel=2, scales=RAW),
    Header(
        title="Two experts: the mean, a reduced panel",
        clauses=["4"],
        look_at="V’s cards are 40 and 100.",
        by_hand=f"V: 70. W: 60. {EVEN} V 24 + 28 + 10 = 62, W 24 + 24 + 10 = 58.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 62), ("W", 2, 58)],
            points=[{"V": (60, 70, 50), "W": (60, 60, 50)}],
            reduced=[True],
        ),
    ),
)
def panel_reduced(story: Story) -> None:
    """Two of five came."""
    play_cards(story, {"A": (2, 5), "B": (3, 3)}, {"A": 6, "B": 6})


@golden(
    "4-card-complete",
    plan(panel=3, scales=RAW),
    Header(
        title="A card counts when every criterion is marked, locked or not",
        clauses=["4"],
        look_at="Expert 1 locks, experts 2 and 3 do not; expert 3 leaves one criterion of A open. "
        "A has two cards, so the mean serves both answers.",
        by_hand=f"V: (100 + 80) / 2 = 90. W: 20, 80, 80, by the mean 60; the median would be 80. "
        f"{EVEN} V 24 + 36 + 10 = 70, W 24 + 24 + 10 = 58.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 70), ("W", 2, 58)],
            points=[{"V": (60, 90, 50), "W": (60, 60, 50)}],
            reduced=[True],
            refused=["1 of 2 answers are not fully marked yet.", "The marks are closed."],
        ),
    ),
)
def card_complete(story: Story) -> None:
    """The clock closes the marks while one mark is missing."""
    story.to_marking((V, W))
    for panellist, a, b in zip(story.panel, (5, 4, 1), (1, 4, 4), strict=True):
        story.mark(panellist, "B", b)
        if panellist != "panel-3":
            story.mark(panellist, "A", a)
    story.ask(c.MarkScorecard(round=0, letter="A", criterion="efficiency", mark=1), "panel-3")
    story.ask(c.LockScorecards(round=0), "panel-1")
    story.refusal(c.LockScorecards(round=0), "panel-3")
    story.time_up("vote")
    story.time_up("marks")
    late = c.MarkScorecard(round=0, letter="A", criterion="generalization", mark=1)
    story.refusal(late, "panel-3")
    story.tally({"A": 10, "B": 10})
    for letter in "AB":
        story.judge(letter, 6)
    story.to_standings()


@golden(
    "4-recusal",
    plan(panel=5, scales=RAW),
    Header(
        title="A recused expert’s card is left out, and the smallest panel serves all",
        clauses=["4", "8"],
        look_at="Expert 1 is recused for V, declared in the lobby, and marks A all the same, with "
        "20. A has four cards, so the median serves B’s five as well.",
        by_hand="V: the median of 60, 60, 100, 100 is 80 (with the 20, the trimmed mean were "
        "73.3). W: 20, 20, 80, 80, 80, median 80 (the trimmed mean were 60). Judge 70 and 60, "
        "hall 50 each. V 28 + 32 + 10 = 70, W 24 + 32 + 10 = 66.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 70), ("W", 2, 66)],
            points=[{"V": (70, 80, 50), "W": (60, 80, 50)}],
            refused=["A recusal is declared before the first question; the show is running."],
        ),
    ),
)
def recusal(story: Story) -> None:
    """Too late for expert 2."""
    story.ask(ca.DeclareRecusal(panellist="panel-1", finalist=V, is_recused=True))
    story.to(Phase.QUESTION)
    story.refusal(ca.DeclareRecusal(panellist="panel-2", finalist=W, is_recused=True))
    play_cards(story, {"A": (1, 5, 3, 5, 3), "B": (1, 1, 4, 4, 4)}, {"A": 7, "B": 6})


CALIBRATED = rundown(2, 2, 1).model_copy(
    update={
        "calibration": Calibration(
            question="How many letters has “strawberry”?",
            answer="Ten.",
            marks={"generalization": 3.0, "response_quality": 4.0, "efficiency": 5.0},
            reason="Right and short.",
        )
    }
)


@golden(
    "4-calibration",
    CALIBRATED,
    Header(
        title="A practice answer before round 1; its marks count for nothing",
        clauses=["4"],
        look_at="Both experts give the practice answer 1; in the round they give V 5 and W 4.",
        by_hand="V has A and 100 points from every jury, W has B and 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 40)],
            refused=[
                "You have seen the practice marks.",
                "The practice answer is marked before the first question only.",
            ],
        ),
    ),
)
def calibration(story: Story) -> None:
    """Whoever has seen the shown marks cannot change their own."""
    for panellist in story.panel:
        for criterion in ("generalization", "response_quality", "efficiency"):
            story.ask(c.MarkPractice(criterion=criterion, mark=1), panellist)
    again = c.MarkPractice(criterion="efficiency", mark=5)
    story.refusal(again, "panel-1")
    story.to(Phase.QUESTION)
    story.refusal(again, "panel-2")
    story.play_round((V, W), cards={"A": 5, "B": 4}, counts={"A": 50, "B": 30})


@golden(
    "4-late-count",
    plan(finalists=3),
    Header(
        title="The judge’s reveal waits for the count of the ballots and for the judge",
        clauses=["4", "1"],
        look_at="Both gates are closed, the count comes late: Next waits. Then it waits for the "
        "judge. A count with letters of nobody is refused, and a second count too.",
        by_hand="Judge and panel: 100, 70, 40. Counts 10, 30, 50: 40, 70, 100. V 80 + 8 = 88, "
        "W 70, X 32 + 20 = 52.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 88), ("W", 2, 70), ("X", 3, 52)],
            refused=[
                "The tally has letters that are not in this round.",
                "“Reveal the judge’s marks” waits for the count of the ballots.",
                "The vote is not waiting to be counted.",
                "“Reveal the judge’s marks” waits for the judge: 2 of 3 answers marked.",
            ],
        ),
    ),
)
def late_count(story: Story) -> None:
    """The host presses Next three times."""
    story.to_marking((V, W, X))
    for letter, card in {"A": 5.0, "B": 4.5, "C": 4.0}.items():
        for panellist in story.panel:
            story.mark(panellist, letter, card)
    story.judge("A", 9)
    story.judge("B", 8)
    story.time_up("vote")
    story.time_up("marks")
    to_reveal = c.CallCue(cue="1.marking.0.to-judge_reveal")
    count = c.RecordTally(round=0, counts={"D": 1}, digest="")
    story.refusal(count, "crew")
    story.refusal(to_reveal)
    story.tally({"A": 10, "B": 30, "C": 50})
    story.refusal(c.RecordTally(round=0, counts={"A": 1}, digest=""), "crew")
    story.refusal(to_reveal)
    story.judge("C", 7)
    story.to_standings()
