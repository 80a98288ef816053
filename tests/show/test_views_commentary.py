"""The commentators know who plays and how it went, and of this round what the stage has shown."""

from story import Story, question, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.views.bars import Row
from finale.show.views.commentary import PlayedRound, commentary_view, next_gaps
from finale.show.views.common import Tag

V, W, X = "finalist-v", "finalist-w", "finalist-x"
REFERENCE = question(1).reference


def seen(story: Story) -> dict[str, tuple[object, ...]]:
    """Per phase: is there a question, a reference, key facts, a status, bars?"""
    view = commentary_view(story.state)
    facts = view.finalists[0]
    return {
        str(story.state.phase): (
            bool(view.question), bool(view.reference), bool(view.key_facts), facts.status,
            facts.drafts, len(view.bars), sum(bar.tag is not None for bar in view.bars),
        )
    }  # fmt: skip


def test_reference_and_drafts_are_there_when_they_may_be_known() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    found = seen(story)
    story.to_tuning()
    story.draft(V, "One.")
    found |= seen(story)
    story.submit(V, story.draft(V, "Two."))
    submitted = seen(story)
    story.submit(W, story.draft(W, "Three."))
    story.end_tuning()
    while story.state.phase is not Phase.STANDINGS:
        found |= seen(story)
        story.step()

    assert found == {
        "lobby": (False, False, False, None, 0, 0, 0),
        "tuning": (True, False, False, "tuning", 1, 0, 0),
        "locked": (True, True, True, None, 0, 0, 0),
        "reading": (True, True, True, None, 0, 0, 0),
        "marking": (True, True, True, None, 0, 0, 0),
        "judge_reveal": (True, True, True, None, 0, 2, 0),
        "appeal": (True, True, True, None, 0, 2, 0),
        # The last frame of the reveal: both names are out.
        "reveal": (True, True, True, None, 0, 2, 2),
    }
    assert submitted == {"tuning": (True, False, False, "submitted", 2, 0, 0)}


def test_no_prompt_is_on_it() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to_tuning()
    story.start(V, "A secret way to ask.")

    assert "secret" not in repr(commentary_view(story.state))


def test_earlier_rounds_are_told_with_place_points_and_drafts() -> None:
    story = Story(rundown(finalists=3, panel=1, rounds=2))
    story.to_tuning()
    story.draft(V, "Not this one.")
    story.submit(V, story.draft(V, "This one."))
    story.submit(W, story.draft(W, "And this."))
    story.buzzer([V, W])
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks({"A": 9, "B": 2}, {"A": 5, "B": 1}, {"A": 90, "B": 10})
    story.to(Phase.APPEAL)
    story.time_up()
    assert [facts.played for facts in commentary_view(story.state).finalists] == [(), (), ()]
    story.to(Phase.STANDINGS)
    facts = commentary_view(story.state).finalists

    assert [f.played for f in facts] == [
        (PlayedRound("Round 1", 100.0, 1, 2),),
        (PlayedRound("Round 1", 40.0, 2, 1),),
        (PlayedRound("Round 1", 0.0, None, 0),),
    ]
    assert [(f.row.placed, f.row.gap, f.next_gap) for f in facts if f.row] == [
        ("1", 0.0, 60.0),
        ("2", 60.0, 60.0),
        ("3", 100.0, 40.0),
    ]


def test_who_has_withdrawn_keeps_what_was_played() -> None:
    story = Story(rundown(finalists=3, panel=1, rounds=2))
    story.play_round([V, W, X])
    story.ask(ca.WithdrawFinalist(finalist=W, reason="Ill."))
    bao = commentary_view(story.state).finalists[1]

    assert (bao.row and bao.row.is_withdrawn, len(bao.played), bao.next_gap) == (True, 1, None)


def test_a_vote_on_an_appeal_is_told_without_who_appealed() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=1))
    story.to_marking([V, W])
    story.give_marks()
    story.to(Phase.APPEAL)
    story.ask(c.FileAppeal(round=0, letter="A", ground="factual error"), V)
    view = commentary_view(story.state)

    assert [(a.letter, a.ground, str(a.turnout)) for a in view.appeals] == [
        ("A", "factual error", "0 of 2 experts have voted")
    ]


def row(lectern: str, total: float, *, is_withdrawn: bool = False) -> Row:
    tag = Tag(lectern, lectern, lectern, "", "")
    return Row(1, tag, total, 0.0, 0.0, None, False, "", is_withdrawn=is_withdrawn)


def test_gaps_are_to_the_place_above_and_for_the_first_to_the_second() -> None:
    table = (row("V", 90.3), row("W", 88.1), row("X", 88.1), row("Y", 70.0, is_withdrawn=True))

    assert next_gaps(table) == {"V": 2.2, "W": 2.2, "X": 0.0}
    assert next_gaps(table[:1]) == {}
