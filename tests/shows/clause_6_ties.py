"""Golden shows about ties: every tie-break in its order, sudden death, a shared title."""

from collections.abc import Mapping

from shows.golden import RAW, Expected, Header, V, W, X, golden, plan
from story import Story

from finale.show.commands import StartDraft
from finale.show.phases import Phase

LEVEL = {"A": 10, "B": 10}


def play(
    story: Story,
    verdicts: Mapping[str, int],
    cards: Mapping[str, float],
    counts: Mapping[str, int] | None = None,
) -> None:
    """A round in which V, W, X own A, B, C."""
    letters = (V, W, X)[: len(story.finalists)]
    level = dict.fromkeys("ABC"[: len(letters)], 10)
    story.play_round(letters, verdicts, cards, counts or level)


@golden(
    "6-panel-points",
    plan(panel=1, scales=RAW),
    Header(
        title="First tie-break: panel points",
        clauses=["6"],
        look_at="The judge prefers V by as much as the expert prefers W.",
        by_hand="V 0.4 · 80 + 0.4 · 60 + 0.2 · 50 = 66, W 0.4 · 60 + 0.4 · 80 + 0.2 · 50 = 66. "
        "Panel points 60 and 80.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 66), ("V", 2, 66)],
            decided_by={"V": "panel points"},
        ),
    ),
)
def panel_points(story: Story) -> None:
    """The experts are asked first."""
    play(story, {"A": 8, "B": 6}, {"A": 3, "B": 4})


@golden(
    "6-rounds-won",
    plan(panel=1, rounds=3, scales=RAW),
    Header(
        title="Second tie-break: rounds won",
        clauses=["6"],
        look_at="V wins two rounds narrowly, W one clearly.",
        by_hand="Judge: V 70, 70, 60, W 60, 60, 80: 200 each. Panel 60 each and hall 50 each in "
        "every round, 34 points. Both have 0.4 · 200 + 3 · 34 = 182. V won two rounds.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 182), ("W", 2, 182)],
            decided_by={"W": "rounds won"},
        ),
    ),
)
def rounds_won(story: Story) -> None:
    """Panel points are equal."""
    for a, b in ((7, 6), (7, 6), (6, 8)):
        play(story, {"A": a, "B": b}, {"A": 3, "B": 3})


@golden(
    "6-second-places",
    plan(finalists=3, panel=1, rounds=3, scales=RAW),
    Header(
        title="Third tie-break: second places",
        clauses=["6"],
        look_at="V and W have won one round each; V was second twice, W third twice.",
        by_hand="Judge: V 80, 60, 60, W 50, 100, 50, X 60, 50, 70. Panel 60 and hall 33.33 for all "
        "in every round: 3 · (24 + 6.67) = 92. V and W have 0.4 · 200 + 92 = 172, X 0.4 · 180 + 92 "
        "= 164.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 172), ("W", 2, 172), ("X", 3, 164)],
            decided_by={"W": "2nd places"},
        ),
    ),
)
def second_places(story: Story) -> None:
    """Count-back, as in motor sport."""
    for a, b, third in ((8, 5, 6), (6, 10, 5), (6, 5, 7)):
        play(story, {"A": a, "B": b, "C": third}, {"A": 3, "B": 3, "C": 3})


@golden(
    "6-judge-points",
    plan(panel=1, scales=RAW),
    Header(
        title="Then: judge points",
        clauses=["6"],
        look_at="One round, level but for judge and hall, which pull against each other.",
        by_hand="V 0.4 · 70 + 24 + 0.2 · 40 = 60, W 0.4 · 60 + 24 + 0.2 · 60 = 60. Panel 60 each; "
        "both won the round. Judge points 70 and 60.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 60), ("W", 2, 60)],
            decided_by={"W": "judge points"},
        ),
    ),
)
def judge_points(story: Story) -> None:
    """Four ballots against six."""
    play(story, {"A": 7, "B": 6}, {"A": 3, "B": 3}, {"A": 4, "B": 6})


@golden(
    "6-ballots",
    plan(panel=1, rounds=2, scales=RAW),
    Header(
        title="Last tie-break: ballots",
        clauses=["6"],
        look_at="Each is the favourite of 60 % of the hall once, W of the fuller one.",
        by_hand="Judge and panel 60 for all. Round 1: V 6 of 10 ballots, 24 + 24 + 12 = 60, W 56. "
        "Round 2: W 12 of 20, 60, V 56. Both 116, one round won each, one second place each. "
        "Ballots: V 6 + 8 = 14, W 4 + 12 = 16.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 116), ("V", 2, 116)],
            decided_by={"V": "ballots"},
        ),
    ),
)
def ballots(story: Story) -> None:
    """Everything else is level."""
    play(story, {"A": 6, "B": 6}, {"A": 3, "B": 3}, {"A": 6, "B": 4})
    play(story, {"A": 6, "B": 6}, {"A": 3, "B": 3}, {"A": 8, "B": 12})


@golden(
    "6-sudden-death",
    plan(finalists=3, panel=1),
    Header(
        title="A tie for first place: the tied alone play the reserve question",
        clauses=["6", "1"],
        look_at="V and W are level, X is behind and does not play on. W wins; the totals stay.",
        by_hand="Round 1: judge 90, 90, 70: 100, 100, 40; panel and hall the same. V and W 100, X "
        "40. Sudden death: W has A and wins.",
        expected=Expected(
            phase="champion",
            standings=[("W", 1, 100), ("V", 2, 100), ("X", 3, 40)],
            decided_by={"V": "sudden death"},
            letters=["VWX", "WV"],
            refused=["This round is played by the tied finalists alone."],
        ),
    ),
)
def sudden_death(story: Story) -> None:
    """X presses Generate all the same."""
    play(story, {"A": 9, "B": 9, "C": 7}, {"A": 5, "B": 5, "C": 4}, {"A": 40, "B": 40, "C": 10})
    story.to_tuning()
    try_to_play(story, X)
    story.play_round((W, V), counts={"A": 50, "B": 30})
    story.to(Phase.CHAMPION)


def try_to_play(story: Story, seat: str) -> None:
    """A Generate that is refused."""
    command = StartDraft(round=story.number, system="", temperature=0.7, top_p=0.9)
    story.refusal(command, seat)


@golden(
    "6-shared-title",
    plan(panel=1),
    Header(
        title="Still equal after sudden death: they share the title",
        clauses=["6"],
        look_at="Two level rounds, two champions; never a coin.",
        by_hand="70 points from every jury for both: 70 each.",
        expected=Expected(
            phase="champion",
            standings=[("V", 1, 70), ("W", 1, 70)],
            letters=["VW", "WV"],
        ),
    ),
)
def shared_title(story: Story) -> None:
    """Nobody can tell them apart."""
    story.play_round((V, W), {"A": 7, "B": 7}, {"A": 3, "B": 3}, LEVEL)
    story.play_round((W, V), {"A": 7, "B": 7}, {"A": 3, "B": 3}, LEVEL)
    story.to(Phase.CHAMPION)


@golden(
    "6-shared-place",
    plan(finalists=3, panel=1),
    Header(
        title="Other places are shared, without a sudden death",
        clauses=["6"],
        look_at="W and X are level in everything; the next step is the champion.",
        by_hand="V 100 from every jury, W and X 40.",
        expected=Expected(
            phase="champion",
            standings=[("V", 1, 100), ("W", 2, 40), ("X", 2, 40)],
        ),
    ),
)
def shared_place(story: Story) -> None:
    """Second place twice."""
    play(story, {"A": 9, "B": 7, "C": 7}, {"A": 5, "B": 4, "C": 4}, {"A": 50, "B": 10, "C": 10})
    story.to(Phase.CHAMPION)
