"""Golden shows about the clock: the buzzer, the grace, hold, ±15 s, downtime, undo, the gates."""

from shows.golden import Expected, Header, V, W, X, Y, Z, golden, plan
from story import Story

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase


@golden(
    "2-buzzer-rule",
    plan(finalists=5, panel=0),
    Header(
        title="What 0:00 takes",
        clauses=["2", "3"],
        look_at="V submitted, W pinned the first of two drafts, X has two finished ones, Y’s only "
        "draft was cut while it streamed, Z has nothing. Four letters are drawn, A to D.",
        by_hand="No experts and no ballots yet, so nothing is scored: all share the first place. "
        "What counts is W’s draft 1, X’s draft 2 and what Y’s model had written.",
        expected=Expected(
            phase="reading",
            standings=[("V", 1, 0), ("W", 1, 0), ("X", 1, 0), ("Y", 1, 0), ("Z", 1, 0)],
            letters=["YXWV"],
            took=[
                {
                    "V": "submitted",
                    "W": "pinned",
                    "X": "last finished",
                    "Y": "running",
                    "Z": "none",
                }
            ],
            answers={
                "A": "What was written before",
                "B": "The second of two.",
                "C": "The pinned one.",
                "D": "Submitted.",
            },
        ),
    ),
)
def buzzer_rule(story: Story) -> None:
    """Five finalists, five fates."""
    story.to_tuning()
    story.submit(V, story.draft(V, "Submitted."))
    story.draft(W, "The pinned one.")
    story.draft(W, "Not this one.")
    story.pin(W, 1)
    story.draft(X, "The first of two.")
    story.draft(X, "The second of two.")
    story.start(Y)
    story.wait(90)
    story.record(Y, "What was written before", "cut")
    story.buzzer((Y, X, W, V, Z))
    story.move_on()


@golden(
    "2-grace-750-ms",
    plan(panel=0),
    Header(
        title="A submission 750 ms after 0:00 counts, one at 751 ms does not",
        clauses=["2"],
        look_at="V submits draft 1 at +750 ms; W’s press for draft 1 comes at +751 ms and is "
        "refused, so W’s last finished draft, the second, counts.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="locked",
            standings=[("V", 1, 0), ("W", 1, 0)],
            took=[{"V": "submitted", "W": "last finished"}],
            answers={"A": "V, the first.", "B": "W, the second."},
            refused=["Too late: 751 ms after 0:00. The server’s clock decides."],
        ),
    ),
)
def grace(story: Story) -> None:
    """Both press Submit for their first of two drafts."""
    story.to_tuning()
    for seat, name in ((V, "V"), (W, "W")):
        story.draft(seat, f"{name}, the first.")
        story.draft(seat, f"{name}, the second.")
    zero = story.state.deadlines["phase"]
    story.now = zero + 0.75
    story.submit(V, 1)
    story.now = zero + 0.751
    story.refusal(c.Submit(round=0, draft=1), W)
    story.buzzer((V, W))


@golden(
    "2-hold",
    plan(panel=0),
    Header(
        title="Hold freezes Generate, Submit and the clock; a running draft finishes",
        clauses=["2"],
        look_at="Held 10 s into tuning for ten minutes; 80 s are left after it. W submits 79 s "
        "later, in time.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="locked",
            standings=[("V", 1, 0), ("W", 1, 0)],
            took=[{"V": "last finished", "W": "submitted"}],
            answers={"A": "Finished during the hold.", "B": "In time."},
            refused=[
                "The show is on hold. Wait for the host.",
                "The show is on hold. Wait for the host.",
                "Tuning is not running.",
            ],
        ),
    ),
)
def hold(story: Story) -> None:
    """The host stops the clock in mid-tuning."""
    story.to_tuning()
    story.draft(W, "In time.")
    story.start(V)
    story.wait(10)
    story.ask(c.HoldShow())
    story.wait(600)
    story.record(V, "Finished during the hold.")
    story.refusal(c.StartDraft(round=0, system="", temperature=0.7, top_p=0.9), W)
    story.refusal(c.Submit(round=0, draft=1), W)
    story.refusal(c.EndTuning(round=0, order=(0, 1)), "crew")
    story.ask(c.ResumeShow())
    story.wait(79)
    story.submit(W, 1)
    story.buzzer((V, W))


@golden(
    "2-fifteen-seconds",
    plan(panel=0),
    Header(
        title="±15 s for all, in tuning and marking only",
        clauses=["2"],
        look_at="Plus 15 twice and minus 15 once make 105 s of tuning; V submits after 104 s.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="reading",
            standings=[("V", 1, 0), ("W", 1, 0)],
            took=[{"V": "submitted", "W": "none"}],
            refused=[
                "The clock can be moved in tuning and in marking only.",
                "The clock can be moved in tuning and in marking only.",
            ],
        ),
    ),
)
def fifteen_seconds(story: Story) -> None:
    """In the question it is refused, and again once the letters are drawn."""
    story.to(Phase.QUESTION)
    story.refusal(c.MoveDeadline(seconds=15))
    story.next()
    story.draft(V, "Late, but in time.")
    for seconds in (15, 15, -15):
        story.ask(c.MoveDeadline.model_validate({"seconds": seconds}))
    story.wait(104)
    story.submit(V, 1)
    story.buzzer((V, W))
    story.move_on()
    story.refusal(c.MoveDeadline(seconds=15))


@golden(
    "2-downtime",
    plan(panel=0),
    Header(
        title="After a restart during tuning everybody gets the downtime back",
        clauses=["2"],
        look_at="The server was down for 40 s, 60 s into tuning. 30 s are left after it, for both.",
        by_hand="V submits 129 s after the start, 1 s before the moved 0:00. Nothing is marked.",
        expected=Expected(
            phase="locked",
            standings=[("V", 1, 0), ("W", 1, 0)],
            took=[{"V": "submitted", "W": "none"}],
        ),
    ),
)
def downtime(story: Story) -> None:
    """A restart in mid-tuning."""
    story.to_tuning()
    story.draft(V, "Written before the crash.")
    story.wait(100)
    story.ask(c.Compensate(seconds=40), "crew")
    story.wait(29)
    story.submit(V, 1)
    story.buzzer((V, W))


@golden(
    "2-undo",
    plan(panel=0),
    Header(
        title="Undo takes back a step that showed nothing new, and no other",
        clauses=["2"],
        look_at="Tuning opened too early goes back to its question; once a draft has begun, not.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="tuning",
            standings=[("V", 1, 0), ("W", 1, 0)],
            refused=[
                "The last step showed something new, so it cannot be undone.",
                "The last step showed something new, so it cannot be undone.",
            ],
        ),
    ),
)
def undo(story: Story) -> None:
    """The host pressed Next too early."""
    story.to(Phase.QUESTION)
    story.refusal(ca.UndoCue(at="1.question.0"))
    story.to_tuning()
    story.ask(ca.UndoCue(at="1.tuning.0"))
    story.to_tuning()
    story.start(V)
    story.refusal(ca.UndoCue(at="1.tuning.0.1"))


@golden(
    "2-gates",
    plan(finalists=3),
    Header(
        title="A vote opens again before a mark is shown, and never after",
        clauses=["2", "4"],
        look_at="The vote is closed too early and opened again; its first count is void. When both "
        "gates are closed the desk has shown marks, and nothing opens any more.",
        by_hand="The second count, 10, 30 and 50, counts: A 40, B 70, C 100 points. Judge and "
        "panel: 100, 70, 40. V 80 + 8 = 88, W 70, X 32 + 20 = 52.",
        expected=Expected(
            phase="marking",
            standings=[("V", 1, 88), ("W", 2, 70), ("X", 3, 52)],
            refused=[
                "Your desk has shown marks; vote and marks stay closed from then on.",
                "Your desk has shown marks; vote and marks stay closed from then on.",
            ],
        ),
    ),
)
def gates(story: Story) -> None:
    """The host closes, opens and closes the vote."""
    story.to_marking((V, W, X))
    story.time_up("vote")
    story.tally({"A": 9})
    story.ask(c.OpenGate(round=story.number, gate="vote"))
    story.give_marks(counts={"A": 10, "B": 30, "C": 50})
    story.refusal(c.OpenGate(round=story.number, gate="vote"))
    story.refusal(c.OpenGate(round=story.number, gate="marks"))


@golden(
    "2-side-by-side",
    plan(panel=0, drafts_at_once=2),
    Header(
        title="Of drafts side by side, 0:00 takes the one that finished last",
        clauses=["2"],
        look_at="V’s second draft finishes first and the first one last: the first counts.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="reading",
            standings=[("V", 1, 0), ("W", 1, 0)],
            letters=["V"],
            took=[{"V": "last finished", "W": "none"}],
            answers={"A": "Began first, finished last."},
        ),
    ),
)
def side_by_side(story: Story) -> None:
    """A short reply overtakes a long one."""
    story.to_tuning()
    long, short = story.start(V), story.start(V)
    for draft, text in ((short, "Began last."), (long, "Began first, finished last.")):
        record = c.RecordDraft(round=0, finalist=V, draft=draft, text=text, outcome="finished")
        story.ask(record, "crew")
    story.buzzer((V, W))
    story.move_on()
