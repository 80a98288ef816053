"""Golden shows about appeals, the check, and clerical errors."""

from collections.abc import Mapping

from shows.golden import RAW, Expected, Header, V, W, golden, plan
from story import Story, question, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.question import Check

UNEQUAL = "Judge 50 and 80: 40 and 100. Panel 100 and 80: 100 and 40. Hall level: 70 each. "
BEFORE = "V 16 + 40 + 14 = 70, W 40 + 16 + 14 = 70"


def to_appeal(story: Story, owners: tuple[str, ...] = (V, W)) -> None:
    """The judge likes B, the experts like A, the hall both."""
    story.to_marking(owners)
    story.give_marks({"A": 5, "B": 8}, {"A": 5, "B": 4}, {"A": 10, "B": 10})
    story.to(Phase.APPEAL)


def vote(story: Story, letter: str, votes: Mapping[str, bool]) -> None:
    """The experts vote, blind to each other."""
    for panellist, is_upheld in votes.items():
        story.vote_appeal(panellist, letter, is_upheld)


def on_to_standings(story: Story) -> None:
    """Time closes the filing, and the host goes on."""
    story.time_up()
    story.to(Phase.STANDINGS)


@golden(
    "7-appeal-upheld",
    plan(),
    Header(
        title="An appeal upheld: judge points become the higher of judge and panel points",
        clauses=["7"],
        look_at="V appeals, two of three experts uphold. Only V’s judge points change.",
        by_hand=f"{UNEQUAL}Upheld: V’s judge points become 100. V 40 + 40 + 14 = 94, W stays 70.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 94), ("W", 2, 70)],
            points=[{"V": (100, 100, 70), "W": (100, 40, 70)}],
            refused=[
                "“Go to the reveal” waits for the experts’ vote on answer A.",
                "You have voted on this appeal.",
            ],
        ),
    ),
)
def upheld(story: Story) -> None:
    """The show waits for the votes."""
    to_appeal(story)
    story.appeal(V, "A", "factual error")
    story.refusal(c.CallCue(cue="1.appeal.0.to-reveal"))
    vote(story, "A", {"panel-1": True, "panel-2": False})
    story.refusal(c.VoteAppeal(round=0, letter="A", is_upheld=True), "panel-1")
    vote(story, "A", {"panel-3": True})
    on_to_standings(story)


@golden(
    "7-appeal-rejected",
    plan(),
    Header(
        title="An appeal rejected changes nothing",
        clauses=["7", "6"],
        look_at="One of three upholds. V and W stay level, V ahead by panel points.",
        by_hand=f"{UNEQUAL}{BEFORE}; panel points 100 and 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 70), ("W", 2, 70)],
            decided_by={"W": "panel points"},
            points=[{"V": (40, 100, 70), "W": (100, 40, 70)}],
        ),
    ),
)
def rejected(story: Story) -> None:
    """Outvoted."""
    to_appeal(story)
    story.appeal(V, "A", "rubric misread")
    vote(story, "A", {"panel-1": False, "panel-2": True, "panel-3": False})
    on_to_standings(story)


@golden(
    "7-appeal-tie",
    plan(panel=2),
    Header(
        title="A tie of the votes rejects",
        clauses=["7", "6"],
        look_at="Two experts, one for, one against.",
        by_hand=f"{UNEQUAL}{BEFORE}; panel points 100 and 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 70), ("W", 2, 70)],
            decided_by={"W": "panel points"},
            points=[{"V": (40, 100, 70), "W": (100, 40, 70)}],
        ),
    ),
)
def tied(story: Story) -> None:
    """In doubt for the judge."""
    to_appeal(story)
    story.appeal(V, "A", "format fault")
    vote(story, "A", {"panel-1": True, "panel-2": False})
    on_to_standings(story)


@golden(
    "7-lifts-only",
    plan(),
    Header(
        title="An appeal upheld never lowers",
        clauses=["7"],
        look_at="W appeals and wins, with judge points above the panel points: they stay.",
        by_hand=f"{UNEQUAL}The higher of W’s 100 and 40 is 100. {BEFORE}; panel points 100 and 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 70), ("W", 2, 70)],
            points=[{"V": (40, 100, 70), "W": (100, 40, 70)}],
        ),
    ),
)
def lifts_only(story: Story) -> None:
    """Won for nothing."""
    to_appeal(story)
    story.appeal(W, "B", "factual error")
    vote(story, "B", dict.fromkeys(story.panel, True))
    on_to_standings(story)


@golden(
    "7-one-appeal",
    plan(rounds=2),
    Header(
        title="One appeal a show, kept if upheld",
        clauses=["7"],
        look_at="In round 1 V’s appeal is upheld, W’s is rejected. In round 2 V appeals again; W "
        "may not.",
        by_hand=f"{UNEQUAL}Round 1: V 94, W 70. Round 2 is the same, and V’s second appeal is "
        "rejected: V 70, W 70. V 164, W 140.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 164), ("W", 2, 140)],
            points=[
                {"V": (100, 100, 70), "W": (100, 40, 70)},
                {"V": (40, 100, 70), "W": (100, 40, 70)},
            ],
            refused=["You have no appeal left in this show, or no answer in this round."],
        ),
    ),
)
def one_appeal(story: Story) -> None:
    """W has used up the one there is."""
    to_appeal(story)
    story.appeal(V, "A", "factual error")
    story.appeal(W, "B", "factual error")
    vote(story, "A", dict.fromkeys(story.panel, True))
    vote(story, "B", dict.fromkeys(story.panel, False))
    on_to_standings(story)
    to_appeal(story)
    command = c.FileAppeal(round=1, letter="B", ground="factual error")
    story.refusal(command, W)
    story.appeal(V, "A", "factual error")
    vote(story, "A", dict.fromkeys(story.panel, False))
    on_to_standings(story)


@golden(
    "7-two-experts",
    plan(),
    Header(
        title="Any two experts together may appeal; time closes the filing, not the ruling",
        clauses=["7"],
        look_at="One expert is not enough and may not ask twice. When 60 s are over nobody can "
        "file; the vote goes on, and the host rules with two votes of three.",
        by_hand=f"{UNEQUAL}Two of two voting uphold: V 94, W 70.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 94), ("W", 2, 70)],
            points=[{"V": (100, 100, 70), "W": (100, 40, 70)}],
            refused=[
                "There is no open appeal on that answer.",
                "Answer A is under appeal already.",
                "The time for appeals is over.",
            ],
        ),
    ),
)
def two_experts(story: Story) -> None:
    """Expert 3 has left the room."""
    to_appeal(story)
    story.appeal("panel-1", "A", "rubric misread")
    story.refusal(c.RuleAppeal(round=story.number, letter="A", reason="Two tablets are dead."))
    again = c.FileAppeal(round=0, letter="A", ground="rubric misread")
    story.refusal(again, "panel-1")
    story.appeal("panel-2", "A", "rubric misread")
    story.time_up()
    late = c.FileAppeal(round=0, letter="B", ground="factual error")
    story.refusal(late, W)
    vote(story, "A", {"panel-1": True, "panel-2": True})
    story.ask(c.RuleAppeal(round=story.number, letter="A", reason="Two tablets are dead."))
    story.to(Phase.STANDINGS)


STRAWBERRY = rundown(2, 3, 1).model_copy(
    update={"rounds": (question(1, check=Check(kind="number", expect=3)),)}
)


@golden(
    "7-offered-appeal",
    STRAWBERRY,
    Header(
        title="The check contradicts the judge, and the host offers the appeal at once",
        clauses=["7"],
        look_at="The answer is three. V says three and gets 40 from the judge, W says two and gets "
        "80. The appeal is offered on A, not on B, and opens the 60 s.",
        by_hand="Judge 40 and 80: 40 and 100. Panel 100 and 40, hall 70 each. Upheld: V "
        "40 + 40 + 14 = 94, W 40 + 16 + 14 = 70.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 94), ("W", 2, 70)],
            points=[{"V": (100, 100, 70), "W": (100, 40, 70)}],
            refused=[
                "An appeal can be offered once the judge’s marks were shown.",
                "The check does not contradict the judge’s low mark of B.",
                "The appeal on answer A is offered already.",
            ],
        ),
    ),
)
def offered_appeal(story: Story) -> None:
    """As it happened in 2024."""
    story.to_reading((V, W), {V: "It has 3 of them.", W: "It has 2 of them."})
    story.to(Phase.MARKING)
    story.give_marks({"A": 4, "B": 8}, {"A": 5, "B": 4}, {"A": 10, "B": 10})
    story.refusal(ca.OfferAppeal(round=0, letter="A"))
    story.to(Phase.JUDGE_REVEAL)
    story.refusal(ca.OfferAppeal(round=0, letter="B"))
    story.ask(ca.OfferAppeal(round=0, letter="A"))
    story.refusal(ca.OfferAppeal(round=0, letter="A"))
    story.appeal(V, "A", "factual error")
    vote(story, "A", dict.fromkeys(story.panel, True))
    on_to_standings(story)


@golden(
    "7-correction",
    plan(panel=1, rounds=2, scales=RAW),
    Header(
        title="A clerical error is corrected by a new event until the result is locked",
        clauses=["7", "8"],
        look_at="The expert’s 1 for V’s efficiency in round 1 was meant as 4; it is corrected in "
        "round 2. After the champion nothing is.",
        by_hand="Judge 60, hall 50 each. Round 1: V’s card 4, 4, 1 is 60, corrected 80; W’s is 70. "
        "V 24 + 32 + 10 = 66, W 24 + 28 + 10 = 62. Round 2: 60 each, 58 each. V 124, W 120.",
        expected=Expected(
            phase="champion",
            standings=[("V", 1, 124), ("W", 2, 120)],
            points=[
                {"V": (60, 80, 50), "W": (60, 70, 50)},
                {"V": (60, 60, 50), "W": (60, 60, 50)},
            ],
            refused=["That mark is 4 already.", "The result is locked."],
        ),
    ),
)
def correction(story: Story) -> None:
    """A slip of the finger, found a round later."""
    story.to_marking((V, W))
    story.mark("panel-1", "A", 4)
    slip = c.MarkScorecard(round=0, letter="A", criterion="efficiency", mark=1)
    story.ask(slip, "panel-1")
    story.mark("panel-1", "B", 3.5)
    for letter in "AB":
        story.judge(letter, 6)
    story.time_up("vote")
    story.tally({"A": 10, "B": 10})
    story.time_up("marks")
    story.to_standings()
    story.to_tuning()
    fix = ca.CorrectMark(
        of_round=0,
        panellist="panel-1",
        letter="A",
        criterion="efficiency",
        mark=4,
        reason="The expert touched the wrong line.",
    )
    story.ask(fix)
    story.refusal(fix)
    story.play_round((V, W), {"A": 6, "B": 6}, {"A": 3, "B": 3}, {"A": 10, "B": 10})
    story.to(Phase.CHAMPION)
    story.refusal(fix)
