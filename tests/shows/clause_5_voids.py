"""Golden shows about missing things: never a guess, and nothing turns into zero by itself."""

from collections.abc import Mapping

from shows.golden import Expected, Header, V, W, X, golden, plan
from story import Story

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase

JUDGE = {"A": 9, "B": 8, "C": 7}


def miss(story: Story, letters: str) -> None:
    """No judge could mark these."""
    for letter in letters:
        story.ask(c.MissVerdict(round=0, letter=letter, reason="Timed out."), "crew")


def mark(
    story: Story, verdicts: Mapping[str, int], cards: Mapping[str, float], counts: Mapping[str, int]
) -> None:
    """V, W, X own A, B, C; all marks come in and both gates close."""
    for letter, given in verdicts.items():
        story.judge(letter, given)
    for letter, card in cards.items():
        for panellist in story.panel:
            story.mark(panellist, letter, card)
    story.time_up("vote")
    story.tally(counts)
    story.time_up("marks")


@golden(
    "5-unscored-answer",
    plan(finalists=3),
    Header(
        title="An answer that no judge could mark takes its own panel points",
        clauses=["5"],
        look_at="The judge misses B, the experts’ favourite.",
        by_hand="Judge 90 and 70 for A and C: 100 and 40. Panel 80, 100, 90: 40, 100, 70; so B has "
        "100 judge points. Hall 50, 30, 10: 100, 70, 40. V 40 + 16 + 20 = 76, W 40 + 40 + 14 = "
        "94, X 16 + 28 + 8 = 52.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 94), ("V", 2, 76), ("X", 3, 52)],
            points=[{"V": (100, 40, 100), "W": (100, 100, 70), "X": (40, 70, 40)}],
            void=[{}],
        ),
    ),
)
def unscored_answer(story: Story) -> None:
    """The spare judge failed too."""
    story.to_marking((V, W, X))
    miss(story, "B")
    cards, counts = {"A": 4.0, "B": 5.0, "C": 4.5}, {"A": 50, "B": 30, "C": 10}
    mark(story, {"A": 9, "C": 7}, cards, counts)
    story.to_standings()


@golden(
    "5-judge-void",
    plan(finalists=3),
    Header(
        title="More than half unmarked: the judge does not count",
        clauses=["5"],
        look_at="Two of three are missed; the judge’s 40 % go to panel and hall as 2 to 1.",
        by_hand="Panel 100, 70, 40, hall 40, 70, 100, weights 2/3 and 1/3. V 66.67 + 13.33 = 80, W "
        "70, X 26.67 + 33.33 = 60.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 80), ("W", 2, 70), ("X", 3, 60)],
            points=[{"V": (0, 100, 40), "W": (0, 70, 70), "X": (0, 40, 100)}],
            void=[{"judge": "no verdict for 2 of 3 answers"}],
        ),
    ),
)
def judge_void(story: Story) -> None:
    """One verdict is not enough to compare."""
    story.to_marking((V, W, X))
    miss(story, "BC")
    mark(story, {"A": 9}, {"A": 5.0, "B": 4.5, "C": 4.0}, {"A": 10, "B": 30, "C": 50})
    story.to_standings()


@golden(
    "5-judge-given-up",
    plan(finalists=3),
    Header(
        title="The host goes on without a verdict that does not come",
        clauses=["5", "1"],
        look_at="Next waits for the judge; forced, the missing answer is unmarked, and a verdict "
        "that comes later is refused.",
        by_hand="Judge 90 and 70 for A and C: 100 and 40; B takes its panel points, 70. Panel "
        "100, 70, 40; hall the same. V 100, W 70, X 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 70), ("X", 3, 40)],
            points=[{"V": (100, 100, 100), "W": (70, 70, 70), "X": (40, 40, 40)}],
            refused=[
                "“Reveal the judge’s marks” waits for the judge: 2 of 3 answers marked.",
                "The judge’s marks of this round are closed.",
            ],
        ),
    ),
)
def judge_given_up(story: Story) -> None:
    """The judge hangs on B."""
    story.to_marking((V, W, X))
    cards, counts = {"A": 5.0, "B": 4.5, "C": 4.0}, {"A": 50, "B": 30, "C": 10}
    mark(story, {"A": 9, "C": 7}, cards, counts)
    story.refusal(c.CallCue(cue="1.marking.0.to-judge_reveal"))
    story.next(is_forced=True)
    late = c.MissVerdict(round=0, letter="B", reason="Timed out.")
    story.refusal(late, "crew")
    story.to_standings()


@golden(
    "5-judge-asked-again",
    plan(finalists=3),
    Header(
        title="The host asks the judge again: the new verdict counts, the old one stays in the log",
        clauses=["5"],
        look_at="The judge gives A 4 and misses B. Asked again it gives A 9 and B 8; a verdict "
        "that was under way before is refused. Once the desk has shown the marks, B is asked for "
        "no more.",
        by_hand="Judge 90, 80, 70: 100, 70, 40. Panel 100, 90, 80: 100, 70, 40. Hall 50, 30, 10: "
        "100, 70, 40. V 100, W 70, X 40.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 70), ("X", 3, 40)],
            points=[{"V": (100, 100, 100), "W": (70, 70, 70), "X": (40, 40, 40)}],
            refused=[
                "The judge was asked again for answer A.",
                "Your desk has shown this mark; only a missing one is asked for again.",
                "The judge can be asked again before its marks are shown only.",
            ],
        ),
    ),
)
def judge_asked_again(story: Story) -> None:
    """The host waits no longer."""
    story.to_marking((V, W, X))
    reply = c.RecordReply(
        round=0,
        letter="A",
        take=1,
        attempt=1,
        is_probe=False,
        judge="a judge",
        model="judge-70b",
        prompt_hash="5ca1ab1e0ddba11",
        temperature=0.5,
        text="I would rather not.",
        outcome="unreadable",
        why="There was no JSON object with the right “nonce”.",
        tokens=6,
        ms=420,
    )
    story.ask(reply, "crew")
    story.judge("A", 4)
    miss(story, "B")
    for letter in "AB":
        story.ask(ca.AskJudgeAgain(round=0, letter=letter))
    late = c.MissVerdict(round=0, letter="A", reason="Timed out.")
    story.refusal(late, "crew")
    cards, counts = {"A": 5.0, "B": 4.5, "C": 4.0}, {"A": 50, "B": 30, "C": 10}
    for letter, given in JUDGE.items():
        story.judge(letter, given)
    mark(story, {}, cards, counts)
    story.refusal(ca.AskJudgeAgain(round=0, letter="B"))
    story.to(Phase.JUDGE_REVEAL)
    story.refusal(ca.AskJudgeAgain(round=0, letter="B"))
    story.to_standings()


@golden(
    "5-quorum",
    plan(finalists=3),
    Header(
        title="Fewer ballots than the quorum: the audience does not count",
        clauses=["5"],
        look_at="Four ballots, quorum five; judge and panel share the weight, half and half.",
        by_hand="Judge 100, 70, 40, panel 40, 100, 70. V 50 + 20 = 70, W 35 + 50 = 85, X 20 + 35 = "
        "55.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 85), ("V", 2, 70), ("X", 3, 55)],
            points=[{"V": (100, 40, 0), "W": (70, 100, 0), "X": (40, 70, 0)}],
            void=[{"audience": "4 ballots, quorum 5"}],
        ),
    ),
)
def quorum(story: Story) -> None:
    """The hall’s network is down."""
    story.to_marking((V, W, X))
    mark(story, JUDGE, {"A": 4.0, "B": 5.0, "C": 4.5}, {"A": 4})
    story.to_standings()


@golden(
    "5-quorum-met",
    plan(finalists=3),
    Header(
        title="As many ballots as the quorum count",
        clauses=["5"],
        look_at="Five ballots, 3, 2 and 0, quorum five.",
        by_hand="Floor 100 / √5 = 44.72; shares 60, 40 and 0 %, a span of 60: 100, 80, 40 points. "
        "Judge 100, 70, 40, panel 40, 100, 70. V 40 + 16 + 20 = 76, W 28 + 40 + 16 = 84, X "
        "16 + 28 + 8 = 52.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 84), ("V", 2, 76), ("X", 3, 52)],
            points=[{"V": (100, 40, 100), "W": (70, 100, 80), "X": (40, 70, 40)}],
            void=[{}],
        ),
    ),
)
def quorum_met(story: Story) -> None:
    """One ballot more than in 5-quorum."""
    story.to_marking((V, W, X))
    mark(story, JUDGE, {"A": 4.0, "B": 5.0, "C": 4.5}, {"A": 3, "B": 2})
    story.to_standings()


@golden(
    "5-no-scorecards",
    plan(finalists=3),
    Header(
        title="No scorecard at all: the panel does not count",
        clauses=["5", "6"],
        look_at="The experts mark nothing; judge and hall have 2/3 and 1/3.",
        by_hand="Judge 100, 70, 40, hall 70, 40, 100. V 66.67 + 23.33 = 90, W 46.67 + 13.33 = 60, "
        "X 26.67 + 33.33 = 60. W and X have no panel points, won nothing, share the second place; "
        "W has more judge points.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 90), ("W", 2, 60), ("X", 3, 60)],
            decided_by={"X": "judge points"},
            points=[{"V": (100, 0, 70), "W": (70, 0, 40), "X": (40, 0, 100)}],
            void=[{"panel": "no scorecards"}],
        ),
    ),
)
def no_scorecards(story: Story) -> None:
    """The tablets are flat."""
    story.to_marking((V, W, X))
    mark(story, JUDGE, {}, {"A": 30, "B": 10, "C": 50})
    story.to_standings()


@golden(
    "5-host-void",
    plan(finalists=3),
    Header(
        title="The host voids a component, with a reason, and restores another",
        clauses=["5", "8"],
        look_at="The judge is voided by mistake and restored; the audience stays void. While names "
        "are called nothing changes.",
        by_hand="Judge 100, 70, 40 and panel 40, 100, 70, half and half. V 70, W 85, X 55.",
        expected=Expected(
            phase="standings",
            standings=[("W", 1, 85), ("V", 2, 70), ("X", 3, 55)],
            points=[{"V": (100, 40, 0), "W": (70, 100, 0), "X": (40, 70, 0)}],
            void=[{"audience": "void by the host"}],
            refused=[
                "Say why: the reason stands in the record.",
                "You have not voided that component.",
                "The names are being called. Change it at the standings.",
            ],
        ),
    ),
)
def host_void(story: Story) -> None:
    """The room code was on the internet."""
    story.to_marking((V, W, X))
    mark(story, JUDGE, {"A": 4.0, "B": 5.0, "C": 4.5}, {"A": 50, "B": 30, "C": 10})
    story.refusal(ca.VoidComponent(of_round=0, component="audience", reason=" "))
    story.ask(ca.VoidComponent(of_round=0, component="judge", reason="The wrong line."))
    story.ask(ca.RestoreComponent(of_round=0, component="judge", reason="The wrong line."))
    story.ask(ca.VoidComponent(of_round=0, component="audience", reason="The code leaked."))
    back = ca.RestoreComponent(of_round=0, component="panel", reason="The code leaked.")
    story.refusal(back)
    story.to(Phase.APPEAL)
    story.time_up()
    for _ in range(4):
        story.next()
    story.refusal(
        ca.RestoreComponent(of_round=0, component="audience", reason="On second thought.")
    )
    story.to(Phase.STANDINGS)
