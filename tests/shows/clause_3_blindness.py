"""Golden shows about blindness: letters, masked names, who sees what, and whose answer it is.

Besides, every golden show is played with the owners of two letters swapped, frame by frame.
"""

from shows.golden import Expected, Header, V, W, X, golden, plan
from story import Story

from finale.show import commands as c
from finale.show import commands_amend as ca
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


@golden(
    "3-half-seconds",
    plan(panel=1),
    Header(
        title="Times are shown in steps of half a second, rounded up",
        clauses=["3"],
        look_at="W is A: first word after 0.81 s, whole after 6.02 s. V is B: 1.00 s and 6.51 s. "
        "The experts see which answer took longer, and no number that is a model’s own.",
        by_hand="0.81 and 1.00 are 1; 6.02 is 6.5, 6.51 is 7. Nothing is marked: 0 and 0.",
        expected=Expected(
            phase="reading",
            standings=[("V", 1, 0), ("W", 1, 0)],
            letters=["WV"],
            times={"A": [1.0, 6.5], "B": [1.0, 7.0]},
        ),
    ),
)
def half_seconds(story: Story) -> None:
    """Two models, two times."""
    story.to_tuning()
    story.submit(V, story.draft(V, "Yes.", (1.0, 6.51)))
    story.submit(W, story.draft(W, "No.", (0.81, 6.02)))
    story.end_tuning((W, V))
    story.move_on()


@golden(
    "3-own-drafts",
    plan(panel=0),
    Header(
        title="A finalist sees the own prompts and drafts alone",
        clauses=["3"],
        look_at="V has two drafts, of which one failed; W has one. Neither console has a word of "
        "the other’s.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="tuning",
            standings=[("V", 1, 0), ("W", 1, 0)],
            consoles={
                "V": ["Decide first. → Certainly.", "Think aloud. → "],
                "W": ["Doubt. → Perhaps."],
            },
        ),
    ),
)
def own_drafts(story: Story) -> None:
    """Both try."""
    story.to_tuning()
    story.start(V, "Decide first.")
    story.start(W, "Doubt.")
    story.record(V, "Certainly.")
    story.record(W, "Perhaps.")
    story.start(V, "Think aloud.")
    story.record(V, "", "failed")


@golden(
    "3-host-blind",
    plan(rounds=2),
    Header(
        title="The host sees no mark before both gates are closed",
        clauses=["3"],
        look_at="Everything is marked early. In round 1 the marks are the last to close, in round "
        "2 the count of the ballots is the last to come. Until then nothing can be corrected.",
        by_hand="The desk has marks from the last of the two on, in each round. V has A twice, "
        "100 from every jury: 200. W has B, 40: 80.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 200), ("W", 2, 80)],
            desk=["GateClosed marks", "BallotBoxClosed"],
            refused=[
                "The marks are still open: the expert can change them.",
                "The vote is not counted; until then your desk shows no marks.",
            ],
        ),
    ),
)
def host_blind(story: Story) -> None:
    """Marks last, then ballots last."""
    for is_count_last in (False, True):
        story.to_marking((V, W))
        for letter, mark in (("A", 9), ("B", 8)):
            story.judge(letter, mark)
            for panellist in story.panel:
                story.mark(panellist, letter, mark / 2)
        fix = ca.CorrectMark(
            of_round=story.number,
            panellist="panel-1",
            letter="A",
            criterion="efficiency",
            mark=1,
            reason="A slip of the pen.",
        )
        story.ask(c.CloseGate(round=story.number, gate="vote"))
        if is_count_last:
            story.ask(c.CloseGate(round=story.number, gate="marks"))
        else:
            story.tally({"A": 50, "B": 30})
        story.refusal(fix)
        if is_count_last:
            story.tally({"A": 50, "B": 30})
        else:
            story.ask(c.CloseGate(round=story.number, gate="marks"))
        story.to_standings()


@golden(
    "3-no-link",
    plan(finalists=3, panel=2),
    Header(
        title="Nothing on stage, phones and tablets links a finalist to a letter",
        clauses=["3"],
        look_at="V’s model failed and V has more time; W’s draft is cut at 0:00; X is quick and "
        "has submitted; expert 1 is recused for X. Each could give an answer away.",
        by_hand="From the lock to the open marks there are 8 events: locked, reading, three "
        "answers, marking and two gates. After each, A and B and then B and C change owners, and "
        "every frame stays: 8 × 2 = 16. Nothing is marked: all share the first place with 0.",
        expected=Expected(
            phase="marking",
            standings=[("V", 1, 0), ("W", 1, 0), ("X", 1, 0)],
            letters=["XVW"],
            took=[{"V": "last finished", "W": "running", "X": "submitted"}],
            alike=16,
        ),
    ),
)
def no_link(story: Story) -> None:
    """Three finalists who could not play more differently."""
    story.ask(ca.DeclareRecusal(panellist="panel-1", finalist=X, is_recused=True))
    story.to_tuning()
    story.submit(X, story.draft(X, "At once.", (0.1, 0.4)))
    story.start(V)
    story.wait(20)
    story.record(V, "", "failed", (None, 20.0))
    story.ask(ca.DecideCredit(round=0, finalist=V, is_granted=True))
    story.draft(V, "At last.")
    story.start(W)
    story.wait(70)
    story.record(W, "Cut of", "cut")
    story.time_up()
    story.buzzer((X, V, W))
    story.move_on()
    story.to(Phase.MARKING)
