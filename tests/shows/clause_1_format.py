"""Golden shows about the format: the phases in their order, a void round, a break."""

from shows.golden import Expected, Header, V, W, X, golden, plan
from story import Story

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_model as cm
from finale.show.phases import Phase


@golden(
    "1-whole-show",
    plan(finalists=3, rounds=2),
    Header(
        title="Two rounds from the doors to the champion",
        clauses=["1"],
        look_at="Every phase in its order; questions in the order of the plan; the final score.",
        by_hand="In each round every jury puts A first, B in the middle, C last: 100, 70 and 40 "
        "points from each, so 100, 70 and 40 in all. V has A twice, 200; W has B and C, 110; X "
        "has C and B, 110. W and X are equal, in panel points too (110); neither won a round; "
        "each has one second and one third place, 110 judge points. Ballots: W 30 + 10, X "
        "10 + 30. They share the second place.",
        expected=Expected(
            phase="champion",
            standings=[("V", 1, 200), ("W", 2, 110), ("X", 2, 110)],
            letters=["VWX", "VXW"],
            totals=[{"V": 100, "W": 70, "X": 40}, {"V": 100, "W": 40, "X": 70}],
        ),
    ),
)
def whole_show(story: Story) -> None:
    """Both rounds fall from A to C, evenly."""
    story.play_round((V, W, X), counts={"A": 50, "B": 30, "C": 10})
    story.play_round((V, X, W), counts={"A": 50, "B": 30, "C": 10})
    story.to(Phase.CHAMPION)


@golden(
    "1-void-round",
    plan(rounds=2),
    Header(
        title="A round in which nobody answers",
        clauses=["1", "5"],
        look_at="No letters are drawn; from locked the show goes to the standings, and on.",
        by_hand="Round 1 has no answers: void, 0 for both. Round 2: V has A, 100 points from "
        "every jury; W has B, 40 from every jury.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 40)],
            letters=["", "VW"],
            took=[{"V": "none", "W": "none"}, {"V": "submitted", "W": "submitted"}],
            void=[
                {"judge": "no answers", "panel": "no answers", "audience": "no answers"},
                {},
            ],
        ),
    ),
)
def void_round(story: Story) -> None:
    """Nobody touches a key in round 1."""
    story.to_tuning()
    story.buzzer()
    story.move_on()
    story.play_round((V, W), counts={"A": 50, "B": 30})


@golden(
    "1-break",
    plan(rounds=2),
    Header(
        title="A break between two rounds",
        clauses=["1"],
        look_at="A break comes from the standings only, is undone once, and leads to round 2. The "
        "stage is dark for a while, which is a flag over any phase.",
        by_hand="Round 1: V has A, 100 from every jury; W has B, 40. Round 2 has just begun.",
        expected=Expected(
            phase="question",
            standings=[("V", 1, 100), ("W", 2, 40)],
            refused=[
                "A break can be called between two rounds, from the standings.",
                "The stage is already dark.",
            ],
        ),
    ),
)
def break_between_rounds(story: Story) -> None:
    """Called too early, then called, undone, called again."""
    story.refusal(c.CallBreak())
    story.play_round((V, W), counts={"A": 50, "B": 30})
    story.ask(c.CallBreak())
    story.ask(ca.UndoCue(at="1.break.0"))
    story.ask(c.CallBreak())
    story.ask(c.BlackOut(is_black=True))
    story.refusal(c.BlackOut(is_black=True))
    story.ask(c.BlackOut(is_black=False))
    story.next()


@golden(
    "1-models-on-record",
    plan(rounds=1, longest_copy=12),
    Header(
        title="What the models are and say untuned stands beside the show",
        clauses=["1"],
        look_at="Fingerprints before and in the round, one untuned answer each, a copied answer "
        "refused; none of it moves a mark.",
        by_hand="V has A, 100 points from every jury; W has B, 40 from every jury.",
        expected=Expected(
            phase="standings",
            standings=[("V", 1, 100), ("W", 2, 40)],
            letters=["VW"],
            refused=[
                "More than 12 words in a row are those of a finished answer. "
                "Tell the model how to answer, not what. Your text is kept.",
                "The untuned answer comes after tuning.",
                "The untuned answer of this round is there.",
            ],
        ),
    ),
)
def models_on_record(story: Story) -> None:
    """Both models are asked once more than their finalists ask."""
    seal = cm.RecordFingerprint(of_round=-1, finalist=V, model="a model", digest="1f")
    story.ask(seal, "crew")
    story.to_tuning()
    story.ask(seal.model_copy(update={"of_round": 0}), "crew")
    reference = story.state.round.question.reference
    copied = c.StartDraft(round=0, system=f"Say: {reference}", temperature=0, top_p=1)
    story.refusal(copied, V)
    untuned = cm.RecordBaseline(round=0, finalist=V, text="Untuned.", outcome="finished")
    story.refusal(untuned, "crew")
    story.to_marking((V, W))
    story.ask(untuned, "crew")
    story.refusal(untuned, "crew")
    story.give_marks({"A": 9, "B": 8}, counts={"A": 30, "B": 10})
    story.to_standings()


@golden(
    "1-all-submitted",
    plan(panel=0),
    Header(
        title="Tuning ends when all have submitted",
        clauses=["1", "2"],
        look_at="V submits at 20 s; W still works, so the clock runs. W submits at 30 s, and the "
        "answers are locked then, 60 s early.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="locked",
            standings=[("V", 1, 0), ("W", 1, 0)],
            letters=["VW"],
            took=[{"V": "submitted", "W": "submitted"}],
            refused=["Tuning has not ended."],
        ),
    ),
)
def all_submitted(story: Story) -> None:
    """Nobody waits for the clock."""
    story.to_tuning()
    story.wait(20)
    story.submit(V, story.draft(V, "V, soon."))
    story.refusal(c.EndTuning(round=0, order=(0, 1)), "crew")
    story.wait(10)
    story.submit(W, story.draft(W, "W, a little later."))
    story.end_tuning((V, W))


@golden(
    "1-hold-anywhere",
    plan(),
    Header(
        title="A hold is a flag over any phase, with a clock or without",
        clauses=["1", "2"],
        look_at="The host holds the show in the lobby: the first question waits for Resume, which "
        "gives back no time, for none ran.",
        by_hand="Nothing is marked: both share the first place with 0.",
        expected=Expected(
            phase="question",
            standings=[("V", 1, 0), ("W", 1, 0)],
            refused=[
                "The show is on hold. Resume first.",
                "The show is already on hold.",
                "The show is not on hold.",
            ],
        ),
    ),
)
def hold_anywhere(story: Story) -> None:
    """Somebody faints before the doors are open."""
    story.ask(c.HoldShow())
    story.refusal(c.CallCue(cue="0.lobby.0.to-question"))
    story.refusal(c.HoldShow())
    story.wait(300)
    story.ask(c.ResumeShow())
    story.refusal(c.ResumeShow())
    story.next()
