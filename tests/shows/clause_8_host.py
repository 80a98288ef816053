"""Golden shows about who may do what: withdrawal, another question, chairs, roles."""

from shows.golden import RAW, Expected, Header, V, W, X, golden, plan
from story import Story

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_message as cs
from finale.show.phases import Phase


@golden(
    "8-withdraw",
    plan(finalists=3, rounds=3),
    Header(
        title="A finalist withdraws: the scores stay, marked, and places close up",
        clauses=["8"],
        look_at="X leads after round 1 and withdraws while answers are read in round 2: the answer "
        "stays, a gap would tell whose it is. In round 3 X does not play.",
        by_hand="Round 1, owners X, V, W: X 100, V 70, W 40. Round 2, owners V, X, W: V 100, X 70, "
        "W 40. Round 3, owners W, V: W 100, V 40. V 210, W 180; X keeps 170, below the table.",
        expected=Expected(
            phase="champion",
            standings=[("V", 1, 210), ("W", 2, 180)],
            withdrawn={"X": 170},
            letters=["XVW", "VXW", "WV"],
            refused=[
                "Say why: the reason stands in the record.",
                "That finalist has withdrawn already.",
                "You have been withdrawn from the show.",
            ],
        ),
    ),
)
def withdraw(story: Story) -> None:
    """X is taken ill."""
    story.play_round((X, V, W), counts={"A": 50, "B": 30, "C": 10})
    story.to_reading((V, X, W))
    story.refusal(ca.WithdrawFinalist(finalist=X, reason=""))
    story.ask(ca.WithdrawFinalist(finalist=X, reason="Taken ill."))
    story.refusal(ca.WithdrawFinalist(finalist=X, reason="Taken ill."))
    story.to(Phase.MARKING)
    story.give_marks(counts={"A": 50, "B": 30, "C": 10})
    story.to_standings()
    story.to_tuning()
    start = c.StartDraft(round=2, system="", temperature=0.7, top_p=0.9)
    story.refusal(start, X)
    story.play_round((W, V), counts={"A": 50, "B": 30})
    story.to(Phase.CHAMPION)


@golden(
    "8-withdraw-in-tuning",
    plan(finalists=3),
    Header(
        title="Withdrawn before the letters are drawn: there is no such answer",
        clauses=["8"],
        look_at="X has submitted and withdraws in tuning; two letters are drawn.",
        by_hand="V has A, 100 from every jury, W has B, 40. X never scored.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 40)],
            withdrawn={"X": 0},
            letters=["VW"],
            points=[{"V": (100, 100, 100), "W": (40, 40, 40)}],
        ),
    ),
)
def withdraw_in_tuning(story: Story) -> None:
    """The others submit."""
    story.to_tuning()
    story.submit(X, story.draft(X, "Never shown."))
    story.ask(ca.WithdrawFinalist(finalist=X, reason="Taken ill."))
    for seat in (V, W):
        story.submit(seat, story.draft(seat, "An answer."))
    story.end_tuning((V, W))
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks(counts={"A": 50, "B": 30})
    story.to_standings()


@golden(
    "8-replace-question",
    plan(panel=0, rounds=2),
    Header(
        title="A question is replaced before its tuning, and begins anew",
        clauses=["8"],
        look_at="Question 1 was in the press: spare 51 takes its place and the 20 s run again. In "
        "tuning it is too late, and a spare is used once.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="tuning",
            standings=[("V", 1, 0), ("W", 1, 0)],
            refused=[
                "“question-2” is not among the spare questions of this show.",
                "A question can be replaced before its tuning only.",
                "“question-51” has been used already.",
            ],
        ),
    ),
)
def replace_question(story: Story) -> None:
    """Round 1 now, round 2 in vain."""
    why = "It was in the press."
    story.to(Phase.QUESTION)
    story.wait(15)
    story.refusal(ca.ReplaceQuestion(of_round=0, question="question-2", reason=why))
    story.ask(ca.ReplaceQuestion(of_round=0, question="question-51", reason=why))
    story.wait(19)
    story.time_up()
    story.refusal(ca.ReplaceQuestion(of_round=0, question="question-52", reason=why))
    story.refusal(ca.ReplaceQuestion(of_round=1, question="question-51", reason=why))


@golden(
    "8-hand-seat",
    plan(rounds=1),
    Header(
        title="A chair goes on at a new device, or with a robot on it",
        clauses=["8"],
        look_at="V’s laptop dies in tuning: a new link. Expert 2 is called away: a robot.",
        by_hand="V has A, 100 from every jury, W has B, 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 40)],
            refused=["There is no seat “stage” in this show.", "A robot sits there already."],
        ),
    ),
)
def hand_seat(story: Story) -> None:
    """Nothing in the round changes."""
    story.to_tuning()
    story.refusal(ca.HandSeat(seat="stage"))
    story.ask(ca.HandSeat(seat=V))
    story.ask(c.SeatRobot(seat="panel-2"))
    story.refusal(c.SeatRobot(seat="panel-2"))
    story.ask(c.UnseatRobot(seat="panel-2"))
    story.play_round((V, W), counts={"A": 50, "B": 30})


@golden(
    "8-message",
    plan(rounds=1),
    Header(
        title="The host writes to people; who has read it takes it off",
        clauses=["8"],
        look_at="To V alone, to all finalists, to an expert, to the phones; a finalist may write "
        "to nobody; what is taken back is gone.",
        by_hand="Nothing counts by it: V has A, 100 from every jury, W has B, 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 40)],
            refused=[
                "This is for the host.",
                "There is no seat “stage” in this show.",
                "Write the message first.",
                "A message has 200 characters at most; this one has 201.",
                "That message is gone already.",
                "There is no such message.",
            ],
        ),
    ),
)
def message(story: Story) -> None:
    """Six ways to be refused, and the round goes on beside it."""
    story.to_tuning()
    story.refusal(cs.SendMessage(to=cs.ALL_PHONES, text="Vote for me!"), V)
    story.refusal(cs.SendMessage(to="stage", text="Hello."))
    story.refusal(cs.SendMessage(to=V, text=" \u200b "))
    story.refusal(cs.SendMessage(to=V, text="x" * 201))
    story.ask(cs.SendMessage(to=V, text="Your microphone is off."))
    story.ask(cs.SendMessage(to=cs.ALL_FINALISTS, text="Two minutes."))
    story.ask(cs.SendMessage(to="panel-1", text="Please speak up."))
    story.ask(cs.SendMessage(to=cs.ALL_PHONES, text="The left door is open."))
    story.ask(cs.DismissMessage(number=2), V)
    story.ask(cs.ClearMessage(to=cs.ALL_PHONES))
    story.refusal(cs.ClearMessage(to=cs.ALL_PHONES))
    story.refusal(cs.DismissMessage(number=5), W)
    story.play_round((V, W), counts={"A": 50, "B": 30})


@golden(
    "8-roles",
    plan(),
    Header(
        title="Everybody does their own, and nothing else",
        clauses=["8"],
        look_at="A finalist presses Next, an expert generates, the host marks, a stranger submits.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="tuning",
            standings=[("V", 1, 0), ("W", 1, 0)],
            refused=[
                "This is for the host.",
                "This is for the finalist.",
                "This is for the panel.",
                "This is for the crew.",
                "There is no seat “finalist-q” in this show.",
                "This is for the finalist or the panel.",
            ],
        ),
    ),
)
def roles(story: Story) -> None:
    """Six people at the wrong desk."""
    story.to_tuning()
    start = c.StartDraft(round=0, system="", temperature=0.7, top_p=0.9)
    story.refusal(c.HoldShow(), V)
    story.refusal(start, "panel-1")
    story.refusal(c.MarkScorecard(round=0, letter="A", criterion="efficiency", mark=5), "host")
    story.refusal(c.EndTuning(round=0, order=(0, 1)), "host")
    story.refusal(start, "finalist-q")
    story.refusal(c.FileAppeal(round=0, letter="A", ground="factual error"), "crew")


@golden(
    "8-expert-leaves",
    plan(finalists=3, panel=3, rounds=1),
    Header(
        title="An expert leaves in mid-show: nobody waits, complete cards count",
        clauses=["8"],
        look_at="Expert 3 has marked A alone and is called away. Two cards for B and C make the "
        "mean the estimator of all.",
        by_hand="Judge 9, 8, 7 of 10: 100, 70, 40. Cards 3 of 5 are 60; A has one of 5 besides: "
        "(60 + 60 + 100) / 3 = 73.33 against 60 and 60, so 100, 40, 40. Audience 50, 30, 10 of 90: "
        "100, 70, 40. V 40 + 40 + 20 = 100, W 28 + 16 + 14 = 58, X 16 + 16 + 8 = 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 58), ("X", 3, 40)],
            points=[{"V": (100, 100, 100), "W": (70, 40, 70), "X": (40, 40, 40)}],
            letters=["VWX"],
            refused=[
                "You have been withdrawn from the panel.",
                "That expert has withdrawn already.",
            ],
        ),
    ),
)
def expert_leaves(story: Story) -> None:
    """Two go on alone."""
    story.to_marking((V, W, X))
    gone = ca.WithdrawPanellist(panellist="panel-3", reason="Called away.")
    for letter, mark in zip("ABC", (9, 8, 7), strict=True):
        story.judge(letter, mark)
        story.mark("panel-1", letter, 3.0)
        story.mark("panel-2", letter, 3.0)
    story.mark("panel-3", "A", 5.0)
    story.ask(gone)
    mark = c.MarkScorecard(round=0, letter="B", criterion="efficiency", mark=3.0)
    story.refusal(mark, "panel-3")
    story.refusal(gone)
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 50, "B": 30, "C": 10})
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    story.to_standings()


@golden(
    "8-forget-ballots",
    plan(finalists=2, panel=0, rounds=1),
    Header(
        title="Ballots are deleted after the show, their counts stay",
        clauses=["8"],
        look_at="Not before the count; after it the log says so, and the result is the same.",
        by_hand="V 9 of 10 by the judge, W 8; ballots 30 and 10: 100 and 40 from both juries. The "
        "panel is void, so 2/3 judge and 1/3 audience: V 100, W 40.",
        expected=Expected(
            phase="champion",
            standings=[("V", 1, 100), ("W", 2, 40)],
            letters=["VW"],
            refused=["The ballots of round 1 are not counted yet."],
        ),
    ),
)
def forget_ballots(story: Story) -> None:
    """The organiser cleans up."""
    story.to_marking((V, W))
    story.refusal(c.ForgetBallots(), "crew")
    story.give_marks({"A": 9, "B": 8}, counts={"A": 30, "B": 10})
    story.to_standings()
    story.to(Phase.CHAMPION)
    story.ask(c.ForgetBallots(), "crew")


@golden(
    "8-reason",
    plan(panel=1, scales=RAW),
    Header(
        title="What changes a result asks for a reason",
        clauses=["8"],
        look_at="Without a reason the host can neither void nor restore a jury nor correct a mark, "
        "and a space is none. The second confirmation is the desk’s: a button that is held.",
        by_hand="Judge 60 each, the audience void: half judge, half panel. V’s card 3, 3, 3 is 60 "
        "and with 4.5 for efficiency 70; W’s is 60. V 30 + 35 = 65, W 30 + 30 = 60.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 65), ("W", 2, 60)],
            void=[{"audience": "void by the host"}],
            refused=["Say why: the reason stands in the record."] * 3,
        ),
    ),
)
def reason(story: Story) -> None:
    """Three in vain, two in earnest."""
    why, level = "A slip of the pen.", {"A": 6, "B": 6}
    story.to_marking((V, W))
    story.give_marks(level, {"A": 3, "B": 3}, {"A": 30, "B": 10})
    void = ca.VoidComponent(of_round=0, component="audience", reason="")
    fix = ca.CorrectMark(
        of_round=0,
        panellist="panel-1",
        letter="A",
        criterion="efficiency",
        mark=4.5,
        reason=" ",
    )
    story.refusal(void)
    story.refusal(fix)
    story.ask(void.model_copy(update={"reason": why}))
    story.ask(fix.model_copy(update={"reason": why}))
    story.refusal(ca.RestoreComponent(of_round=0, component="audience", reason="\n"))
    story.to_standings()
