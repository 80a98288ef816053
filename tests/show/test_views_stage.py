"""What the projector and the phones may see, scene by scene."""

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.result import standings_of
from finale.show.views.bars import Bar, rows, void_notes
from finale.show.views.common import Answer, Hall, Tag
from finale.show.views.phone import PhoneView, phone_view
from finale.show.views.stage import AppealView, StageView, Tile, stage_view
from scoring.rubric import PANEL_RUBRIC

V, W, X = "finalist-v", "finalist-w", "finalist-x"
HALL = Hall(phones=300, ballots=120, seats=frozenset({V}))
TAGS = {
    V: Tag("V", "Ada Byron", "Ada Byron", "", "understudy 1"),
    W: Tag("W", "Bao Ling", "Bao Ling", "", "understudy 2"),
    X: Tag("X", "Cleo Marsh", "Cleo Marsh", "", "understudy 3"),
}


def stage(story: Story) -> StageView:
    return stage_view(story.state, HALL)


def said(view: StageView | PhoneView) -> tuple[str, ...]:
    """The notes of a view in English."""
    return tuple(map(str, view.notes))


@pytest.fixture
def story() -> Story:
    return Story(rundown(finalists=3, panel=3, rounds=2))


def test_every_command_of_a_show_leaves_every_view_drawable(story: Story) -> None:
    scenes = [stage(story).phase]
    story.play_level_round()
    scenes.append(stage(story).phase)
    story.ask(c.CallBreak())
    scenes.append(stage(story).phase)
    story.to_tuning()
    story.buzzer()
    scenes.append(stage(story).phase)
    story.move_on()
    story.to(Phase.SUDDEN_DEATH)
    scenes.append(stage(story).phase)
    story.play_round()
    story.to(Phase.CHAMPION)
    scenes.append(stage(story).phase)

    assert scenes == ["lobby", "standings", "break", "locked", "sudden_death", "champion"]


def test_lobby_shows_who_sits_the_phones_and_the_hash_of_the_rules(story: Story) -> None:
    story.ask(c.SeatRobot(seat=X))
    view = stage(story)

    assert (view.phones, view.seated) == (300, (True, False, True))
    assert view.rules_hash == story.plan.rules_hash()[:8]
    assert view.finalists == tuple(TAGS.values())
    assert view.question == ""


def test_tiles_show_status_and_number_of_drafts_and_no_failure(story: Story) -> None:
    story.to(Phase.QUESTION)
    assert [tile.status for tile in stage(story).tiles] == ["waiting"] * 3

    story.to_tuning()
    story.submit(V, story.draft(V, "An answer."))
    story.start(W)
    story.start(X)
    story.record(X, "", "failed")

    assert stage(story).tiles == (
        Tile(TAGS[V], "submitted", 1),
        Tile(TAGS[W], "generating", 1),
        Tile(TAGS[X], "tuning", 1),
    )


def test_answers_are_on_stage_by_letter_masked_and_without_times(story: Story) -> None:
    answers = {V: "Ada says yes.", W: "No.", X: "Perhaps so."}
    story.to_reading((X, V, W), answers)
    story.next()
    view = stage(story)

    assert view.answers == (
        Answer("A", "Perhaps so.", 2),
        Answer("B", "[name] says yes.", 3),
        Answer("C", "No.", 1),
    )
    assert (view.spotlight, view.tiles, view.bars) == (1, (), ())
    assert phone_view(story.state).answers == view.answers


def test_locked_and_marking_show_letters_without_texts(story: Story) -> None:
    placeholders = tuple(Answer(letter, "", 0) for letter in "ABC")
    story.to_tuning()
    for seat in (V, W, X):
        story.draft(seat, "An answer.")
    story.buzzer()
    assert stage(story).answers == placeholders

    story.move_on()
    story.to(Phase.MARKING)
    view = stage(story)
    assert view.answers == placeholders
    assert (view.ballots, view.is_vote_open, view.is_marking_open) == (120, True, True)


def test_ballots_are_a_number_and_totals_stay_hidden_until_their_reveal(story: Story) -> None:
    story.to_marking()
    story.next()
    story.tally({"A": 77})
    phone = phone_view(story.state)

    assert "77" not in repr(stage(story))
    assert "77" not in repr(phone)
    assert (phone.is_vote_open, phone.is_vote_closed) == (False, True)


def test_reveal_shows_one_component_more_each_step_then_totals_then_names(story: Story) -> None:
    story.to_marking((X, V, W))
    story.give_marks({"A": 9, "B": 5, "C": 3})
    seen = []
    while story.state.phase is not Phase.STANDINGS:
        story.time_up() if story.state.phase is Phase.APPEAL else story.next()
        view = stage(story)
        shown = tuple(part.component for part in view.bars[0].parts) if view.bars else ()
        named = [bar.letter for bar in view.bars if bar.tag]
        seen.append((view.phase.value, shown, [b.total is None for b in view.bars], named))

    judge, panel, both = ("judge",), ("judge", "panel"), ("judge", "panel", "audience")
    hidden, open_ = [True] * 3, [False] * 3
    assert seen == [
        ("judge_reveal", judge, hidden, []),
        ("appeal", judge, hidden, []),
        ("reveal", judge, hidden, []),
        ("reveal", panel, hidden, []),
        ("reveal", both, hidden, []),
        ("reveal", both, open_, []),
        ("reveal", both, open_, ["C"]),
        ("reveal", both, open_, ["B", "C"]),
        ("reveal", both, open_, ["A", "B", "C"]),
        ("standings", (), [], []),
    ]


def _unveiled(story: Story) -> tuple[Bar, ...]:
    story.to(Phase.APPEAL)
    story.time_up()
    while next_cue(story.state).label != "Show the standings":  # type: ignore[union-attr]
        story.next()
    return stage(story).bars


def test_shown_parts_sum_to_the_total(story: Story) -> None:
    story.to_marking()
    story.give_marks({"A": 4, "B": 8, "C": 5}, {"A": 4.5, "B": 3.0, "C": 2.0})
    bars = _unveiled(story)

    assert [round(sum(p.score for p in bar.parts) - (bar.total or 0), 9) for bar in bars] == [0] * 3


def test_equals_share_a_place(story: Story) -> None:
    story.to_marking((X, V, W))
    level = {"A": 4, "B": 4, "C": 3}
    story.give_marks(level, level, {"A": 9, "B": 9, "C": 1})
    bars = _unveiled(story)

    assert [(bar.letter, bar.place, bar.tag) for bar in bars] == [
        ("A", 1, TAGS[X]),
        ("B", 1, TAGS[V]),
        ("C", 3, TAGS[W]),
    ]


def test_those_without_an_answer_are_named_after_all_who_have_one(story: Story) -> None:
    story.to_tuning()
    story.draft(W, "An answer.")
    story.buzzer()
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks()
    story.to(Phase.APPEAL)
    story.time_up()
    for _ in range(3):
        story.next()
    assert stage(story).absent == ()

    story.next()
    assert stage(story).absent == (TAGS[V], TAGS[X])


def test_a_void_component_is_said_from_the_first_marks_on_and_its_weight_is_shared(
    story: Story,
) -> None:
    story.to_marking()
    story.give_marks(counts={"A": 2})
    story.to(Phase.JUDGE_REVEAL)
    note = ("The audience does not count in this round: 2 ballots, quorum 5.",)
    assert said(stage(story)) == note

    story.to(Phase.APPEAL)
    story.time_up()
    story.next()
    story.next()
    view = stage(story)
    assert said(view) == note
    assert view.weights == {"judge": 0.5, "panel": 0.5, "audience": 0.0}
    assert said(phone_view(story.state)) == note


REDUCED = "Reduced panel: fewer than three experts’ cards for an answer, so the mean counts."


@pytest.mark.parametrize(("experts", "notes"), [(2, (REDUCED,)), (3, ())])
def test_a_reduced_panel_is_said_from_the_panels_points_on(
    experts: int, notes: tuple[str, ...]
) -> None:
    story = Story(rundown(finalists=3, panel=experts, rounds=2))
    story.to_marking()
    story.give_marks()
    story.to(Phase.APPEAL)
    assert (said(stage(story)), said(phone_view(story.state))) == ((), ())

    story.time_up()
    assert said(stage(story)) == ()
    story.next()
    assert (said(stage(story)), said(phone_view(story.state))) == (notes, notes)
    story.to(Phase.STANDINGS)
    assert said(stage(story)) == notes


def test_a_void_made_at_the_standings_is_said_there_and_later_by_its_round(story: Story) -> None:
    story.play_round()
    assert said(stage(story)) == ()
    story.ask(ca.VoidComponent(of_round=0, component="audience", reason="The network was down."))
    told = "The audience does not count in {}: void by the host."
    assert said(stage(story)) == (told.format("this round"),)

    story.play_round()
    assert said(stage(story)) == (told.format("round 1"),)
    story.ask(ca.VoidComponent(of_round=1, component="judge", reason="It was unplugged."))
    assert said(stage(story)) == (
        told.format("round 1"),
        "The AI judge does not count in this round: void by the host.",
    )


def test_equals_are_both_favourites_though_their_last_bits_differ(story: Story) -> None:
    story.to_marking((V, W, X))
    thirds = {"A": (2.5, 3.5, 4.0), "B": (4.0, 2.5, 3.5), "C": (1.0, 1.0, 1.0)}
    for letter, marks in thirds.items():
        story.judge(letter)
        for panellist in story.panel:
            for criterion, mark in zip(PANEL_RUBRIC.keys, marks, strict=True):
                command = c.MarkScorecard(round=0, letter=letter, criterion=criterion, mark=mark)
                story.ask(command, panellist)
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 5, "B": 5, "C": 5})
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    story.to(Phase.APPEAL)
    story.time_up()
    story.next()

    panel = [bar.parts[1] for bar in stage(story).bars]
    assert [part.component for part in panel] == ["panel"] * 3
    assert [part.is_favourite for part in panel] == [True, True, False]


def test_phones_hear_what_became_of_an_appeal(story: Story) -> None:
    story.to_marking((V, W, X))
    story.give_marks({"A": 3, "B": 7, "C": 9}, {"A": 5, "B": 3, "C": 2})
    story.to(Phase.APPEAL)
    story.appeal(V)
    assert said(phone_view(story.state)) == ("The experts vote on the appeal on answer A.",)
    story.ask(c.RuleAppeal(round=story.number, letter="A", reason="Two tablets are dead."))
    assert said(phone_view(story.state)) == (
        "Appeal on A: rejected. Judge’s points 16.0 → 16.0 of 40.",
    )
    story.ask(ca.VoidComponent(of_round=story.number, component="judge", reason="It was offline."))
    assert said(phone_view(story.state))[-1] == "Answer A: Appeal rejected."
    assert [(it.before, it.after, it.most) for it in stage(story).appeals] == [(None, None, 0.0)]


def test_a_round_without_answers_is_void_on_stage(story: Story) -> None:
    story.to_tuning()
    story.buzzer()
    assert stage(story).is_round_void

    story.move_on()
    view = stage(story)
    assert (view.phase, view.is_round_void, view.notes) == (Phase.STANDINGS, True, ())
    assert [row.total for row in view.standings] == [0.0] * 3


def test_appeal_shows_letter_and_ground_but_neither_appellant_nor_votes(story: Story) -> None:
    story.to_marking((V, W, X))
    story.give_marks({"A": 3, "B": 7, "C": 9}, {"A": 5, "B": 3, "C": 2})
    story.to(Phase.APPEAL)
    story.appeal("panel-1", "C")
    assert stage(story).appeals == ()

    story.appeal(V)
    story.vote_appeal("panel-1", "A", True)
    assert stage(story).appeals == (AppealView("A", "factual error", 1, 3, before=16.0, most=40.0),)

    story.vote_appeal("panel-2", "A", True)
    story.vote_appeal("panel-3", "A", False)
    assert stage(story).appeals == (
        AppealView("A", "factual error", 3, 3, "upheld", 16.0, 40.0, 2, 40.0),
    )


def test_standings_tell_rank_movement_and_history_through_sudden_death() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=2))
    story.play_round((V, W))
    story.play_round((W, V))
    story.to(Phase.SUDDEN_DEATH)
    assert [tag.lectern for tag in stage(story).champions] == ["V", "W"]

    story.play_round((W, V))
    story.to(Phase.CHAMPION)
    view = stage(story)
    lines = [(r.place, r.tag.lectern, r.moved, r.decided_by, r.places) for r in view.standings]
    assert lines == [(1, "W", 0, "", (2, 1, 1)), (2, "V", -1, "sudden death", (1, 1, 2))]
    assert view.champions == phone_view(story.state).champions == (view.standings[0].tag,)
    assert view.standings[0].total == view.standings[1].total


def test_gap_is_the_difference_of_the_totals_as_they_are_shown() -> None:
    raw = dict.fromkeys(("judge", "panel", "audience"), "raw")
    story = Story(rundown(finalists=3, panel=3, rounds=1, scales=raw))
    counts = {"A": 498, "B": 207, "C": 295}
    story.play_round((V, W, X), {"A": 10, "B": 6, "C": 1}, {"A": 5, "B": 3, "C": 1}, counts)

    exact = [standing.total for standing in standings_of(story.state)]
    assert [round(total, 6) for total in exact] == [89.96, 52.14, 17.9]
    shown = [(row.total, row.gap) for row in stage(story).standings]
    assert shown == [(90.0, 0.0), (52.1, 37.9), (17.9, 72.1)]


def test_still_equal_after_sudden_death_they_share_the_title() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=1))
    story.play_level_round()
    story.to(Phase.SUDDEN_DEATH)
    story.play_level_round()
    story.next()

    assert story.state.phase is Phase.CHAMPION
    assert [tag.lectern for tag in stage(story).champions] == ["V", "W"]


def test_running_round_does_not_touch_the_table_before_its_standings(story: Story) -> None:
    story.play_round()
    table = rows(story.state)
    story.to_marking()
    story.give_marks()
    story.to(Phase.APPEAL)

    assert rows(story.state) == table
    assert phone_view(story.state).standings == ()
    story.to_standings()
    assert [len(row.places) for row in rows(story.state)] == [2, 2, 2]


def test_the_table_is_on_stage_with_the_question_from_the_second_round_on() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=2))
    story.to(Phase.QUESTION)
    assert stage(story).standings == ()
    story.play_round()
    story.to(Phase.QUESTION)
    assert [row.tag.lectern for row in stage(story).standings] == ["V", "W"]


def test_a_lone_answer_is_nobodys_favourite() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to_tuning()
    story.draft("finalist-v", "The only answer.")
    story.buzzer()
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks()
    story.to(Phase.JUDGE_REVEAL)
    [bar] = stage(story).bars
    assert [(part.points, part.is_favourite) for part in bar.parts] == [(100.0, False)]


def test_every_jury_that_cannot_count_is_named() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to_marking()
    story.give_marks()
    for component in ("judge", "panel"):
        command = ca.VoidComponent(of_round=0, component=component, reason="A fire alarm.")
        story.ask(command)
    assert tuple(map(str, void_notes(story.state))) == (
        "The AI judge does not count in this round: void by the host.",
        "The experts do not count in this round: void by the host.",
    )


def test_the_lobby_announces_nobody_who_has_withdrawn(story: Story) -> None:
    story.ask(ca.WithdrawFinalist(finalist=W, reason="Ill."))
    view = stage(story)
    assert [tag.lectern for tag in view.finalists] == ["V", "X"]
    assert len(view.seated) == 2
    assert phone_view(story.state).finalists == view.finalists
