"""Golden shows about clock credit: a finalist's own endpoint fails, and the seconds come back."""

from shows.golden import Expected, Header, V, W, X, golden, plan
from story import Story

from finale.show import commands as c
from finale.show import commands_amend as ca

LOCKED = "Your clock is over. What counts is what was pinned or finished at 0:00."
NOTHING = "Nothing is marked: all share the first place with 0."


def fail(story: Story, seat: str, seconds: float) -> None:
    """The model of that finalist breaks after so many seconds."""
    story.start(seat)
    story.record(seat, "", "failed", times=(None, seconds))


def decide(story: Story, is_granted: bool) -> None:
    """The host decides about V's seconds."""
    story.ask(ca.DecideCredit(round=0, finalist=V, is_granted=is_granted))


@golden(
    "2-credit-undecided",
    plan(finalists=3, panel=0),
    Header(
        title="Undecided at the buzzer, that finalist’s deadline alone stays open",
        clauses=["2"],
        look_at="V’s model failed after 20 s. At 0:00 W and X are locked; V plays on and submits "
        "19 s after 0:00. Nobody else may, and the clock of all is not moved.",
        by_hand=NOTHING,
        expected=Expected(
            phase="locked",
            standings=[("V", 1, 0), ("W", 1, 0), ("X", 1, 0)],
            letters=["VW"],
            took=[{"V": "submitted", "W": "last finished", "X": "none"}],
            answers={"A": "With the credit.", "B": "In time."},
            refused=[
                LOCKED,
                LOCKED,
                "Only a credited clock runs now; the others are locked.",
                "Tuning has not ended.",
            ],
        ),
    ),
)
def credit_undecided(story: Story) -> None:
    """The host is busy with something else."""
    story.to_tuning()
    fail(story, V, 20.0)
    story.draft(W, "In time.")
    story.time_up()
    start = c.StartDraft(round=0, system="", temperature=0.7, top_p=0.9)
    story.refusal(start, X)
    story.refusal(c.Submit(round=0, draft=1), W)
    story.refusal(c.MoveDeadline(seconds=15))
    story.now = story.state.deadlines["phase"] + 19
    number = story.draft(V, "With the credit.")
    story.refusal(c.EndTuning(round=0, order=(0, 1, 2)), "crew")
    story.submit(V, number)
    story.end_tuning((V, W, X))


@golden(
    "2-credit-granted",
    plan(panel=0),
    Header(
        title="Granted seconds are that finalist’s alone, and they end",
        clauses=["2"],
        look_at="V lost 8 s and is granted them: V’s press 8.75 s after 0:00 counts. W’s own 0:00 "
        "is everybody’s: a press at 0.875 s is too late.",
        by_hand=NOTHING,
        expected=Expected(
            phase="locked",
            standings=[("V", 1, 0), ("W", 1, 0)],
            took=[{"V": "submitted", "W": "last finished"}],
            refused=["Too late: 875 ms after 0:00. The server’s clock decides."],
        ),
    ),
)
def credit_granted(story: Story) -> None:
    """V submits with the last of the grace; W is late by an eighth of a second."""
    story.to_tuning()
    fail(story, V, 8.0)
    decide(story, is_granted=True)
    story.draft(V, "With the credit.")
    story.draft(W, "In time.")
    zero = story.state.deadlines["phase"]
    story.now = zero + 0.875
    story.refusal(c.Submit(round=0, draft=1), W)
    story.time_up()
    story.now = zero + 8.75
    story.submit(V, 2)
    story.end_tuning((V, W))


@golden(
    "2-credit-declined",
    plan(panel=0),
    Header(
        title="Declined, the clock is everybody’s",
        clauses=["2"],
        look_at="V lost 8 s; the host declines, and V’s press 1 s after 0:00 is too late.",
        by_hand=NOTHING,
        expected=Expected(
            phase="locked",
            standings=[("V", 1, 0), ("W", 1, 0)],
            took=[{"V": "none", "W": "last finished"}],
            letters=["W"],
            refused=[
                "No seconds are on offer for that finalist.",
                "Too late: 1,000 ms after 0:00. The server’s clock decides.",
            ],
        ),
    ),
)
def credit_declined(story: Story) -> None:
    """And decides once only."""
    story.to_tuning()
    fail(story, V, 8.0)
    decide(story, is_granted=False)
    story.refusal(ca.DecideCredit(round=0, finalist=V, is_granted=True))
    story.draft(W, "In time.")
    story.now = story.state.deadlines["phase"] + 1
    story.refusal(c.StartDraft(round=0, system="", temperature=0.7, top_p=0.9), V)
    story.end_tuning((W, V))


@golden(
    "2-credit-thirty-seconds",
    plan(panel=0),
    Header(
        title="Thirty seconds a round at most; an empty answer earns none",
        clauses=["2"],
        look_at="V’s model fails after 12 and after 25 s: 12 + 18 are on offer. W’s model returns "
        "an empty answer after 9 s, which is no failure of the endpoint.",
        by_hand="12 + 25 = 37, cut to 30. Generate has no grace: at 31 s, counted from everybody’s "
        "0:00, V’s own 0:00 is 1 s ago. " + NOTHING,
        expected=Expected(
            phase="locked",
            standings=[("V", 1, 0), ("W", 1, 0)],
            took=[{"V": "none", "W": "none"}],
            refused=[
                LOCKED,
                "Too late: 1,000 ms after 0:00. The server’s clock decides.",
            ],
        ),
    ),
)
def thirty_seconds(story: Story) -> None:
    """Both limits of the credit."""
    start = c.StartDraft(round=0, system="", temperature=0.7, top_p=0.9)
    story.to_tuning()
    fail(story, V, 12.0)
    fail(story, V, 25.0)
    story.start(W)
    story.record(W, " ", times=(None, 9.0))
    story.time_up()
    story.refusal(start, W)
    story.now = story.state.deadlines["phase"] + 31
    story.refusal(start, V)
    story.end_tuning((V, W))
