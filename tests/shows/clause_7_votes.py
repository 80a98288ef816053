"""Golden shows about who votes on an appeal, and what becomes of it if they do not."""

from shows.clause_7_appeals import BEFORE, UNEQUAL, on_to_standings, to_appeal, vote
from shows.golden import Expected, Header, V, W, golden, plan
from story import Story

from finale.show import commands as c
from finale.show import commands_amend as ca


@golden(
    "7-nobody-votes",
    plan(),
    Header(
        title="The host ends a vote that nobody has given: for a reason only, and it rejects",
        clauses=["7", "8"],
        look_at="V appeals and the tablets are dead. Without a reason the host ends nothing; with "
        "one the appeal is rejected, for there is no majority.",
        by_hand=f"{UNEQUAL}Rejected: {BEFORE}; V has 100 panel points, W 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 70), ("W", 2, 70)],
            decided_by={"W": "panel points"},
            points=[{"V": (40, 100, 70), "W": (100, 40, 70)}],
            refused=["Say why: the reason stands in the record."],
        ),
    ),
)
def nobody_votes(story: Story) -> None:
    """A dead access point."""
    to_appeal(story)
    story.appeal(V, "A", "factual error")
    story.refusal(c.RuleAppeal(round=0, letter="A", reason=" "))
    story.ask(c.RuleAppeal(round=0, letter="A", reason="No tablet has a network."))
    on_to_standings(story)


@golden(
    "7-recused-vote",
    plan(),
    Header(
        title="A recused expert appeals and votes like the others: a refusal would name the answer",
        clauses=["7", "4", "3"],
        look_at="Expert 1 is recused for V, whose answer is A. Experts 1 and 2 appeal for A and "
        "uphold, expert 3 rejects. The card is left out, the vote is not.",
        by_hand=f"{UNEQUAL}Of A two cards count, so the mean serves both answers, which changes no "
        "mark. Two of three uphold: V 40 + 40 + 14 = 94, W 70.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 94), ("W", 2, 70)],
            points=[{"V": (100, 100, 70), "W": (100, 40, 70)}],
            reduced=[True],
        ),
    ),
)
def recused_vote(story: Story) -> None:
    """Declared before the doors; nothing on the tablet tells of it."""
    story.ask(ca.DeclareRecusal(panellist="panel-1", finalist=V, is_recused=True))
    to_appeal(story, (V, W))
    story.appeal("panel-1", "A", "rubric misread")
    story.appeal("panel-2", "A", "rubric misread")
    vote(story, "A", {"panel-1": True, "panel-2": True, "panel-3": False})
    on_to_standings(story)


@golden(
    "7-in-line",
    plan(),
    Header(
        title="Appeals are voted on by order of filing, and none waits for a vote nobody can give",
        clauses=["7", "8"],
        look_at="Expert 1 backs A, W appeals for B and has a vote, then V appeals for A: A waits "
        "until B is ruled on. Expert 3 leaves once the others have voted on A.",
        by_hand=f"{UNEQUAL}B is rejected 1 to 2. A is upheld by the two votes that can come: "
        "V 40 + 40 + 14 = 94, W 70.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 94), ("W", 2, 70)],
            points=[{"V": (100, 100, 70), "W": (100, 40, 70)}],
            refused=["There is no vote on that answer."],
        ),
    ),
)
def in_line(story: Story) -> None:
    """The vote that is under way goes on to its ruling."""
    to_appeal(story)
    story.appeal("panel-1", "A", "rubric misread")
    story.appeal(W, "B", "format fault")
    vote(story, "B", {"panel-1": True})
    story.appeal(V, "A", "factual error")
    story.refusal(c.VoteAppeal(round=0, letter="A", is_upheld=True), "panel-2")
    vote(story, "B", {"panel-2": False, "panel-3": False})
    vote(story, "A", {"panel-1": True, "panel-2": True})
    story.ask(ca.WithdrawPanellist(panellist="panel-3", reason="Called away."))
    on_to_standings(story)
