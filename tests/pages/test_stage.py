"""The projector's page: every scene is drawn, and none says more than the show has revealed."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from nicegui.elements.html import Html
from pages.stage_scenes import (
    ANSWERS,
    BLIND,
    NOW,
    SCENES,
    TABLE,
    TAGS,
    TILES,
    Screen,
    bars,
    rows,
    screen,
    texts_of,
    view,
)
from story import Story, rundown

from finale.pages.language import speaking
from finale.pages.stage_ballots import HEIGHT, WIDTH, cell_pitch
from finale.pages.stage_common import in_words, short_names, stand_ins, unbroken
from finale.pages.stage_staff import Sheet, Voice, chart, voices_of
from finale.show.phases import Phase
from finale.show.phrase import phrase
from finale.show.views.common import ClockView, Hall, Tag
from finale.show.views.stage import AppealView, StageView, stage_view


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        ("lobby", "341"),
        ("question", "What do you offer?"),
        ("tuning", "3 drafts"),
        ("locked", "Answers locked."),
        ("openings", "Offer A."),
        ("spotlight", "2 words, shown in full"),
        ("vote", "of 9 ballots in"),
        ("marks", "The vote is closed."),
        ("judge", "AI judge: 40 points"),
        ("appeals", "Any appeals?"),
        ("appeal", "1 of 5 experts has voted"),
        ("panel", "Experts: 40 points"),
        ("totals", "All three together"),
        ("standings", "After round 2 of 3"),
        ("break", "Two rounds played"),
        ("sudden death", "Two finalists are level. One more question decides."),
        ("champion", "Champion"),
    ],
)
async def test_every_scene_says_where_the_show_stands(scene: str, text: str) -> None:
    async with screen(SCENES[scene]) as stage:
        assert stage.words.count(text) == 1


async def test_the_standings_say_what_did_not_count() -> None:
    said = ("The audience does not count in this round: void by the host.", "And another.")
    notes = tuple(map(phrase, said))
    async with screen(SCENES["standings"]) as stage:
        stage.show(replace(SCENES["standings"], notes=notes))
        assert " ".join(said) in stage.words


async def test_nobody_leads_among_those_who_share_the_first_place() -> None:
    table = tuple(replace(row, gap=0.0, is_shared=True) for row in TABLE[:2])
    async with screen(view(Phase.STANDINGS, standings=table)) as stage:
        assert [word for word in stage.words if word in ("leads", "level")] == ["level", "level"]


async def test_second_by_a_tie_break_is_level_and_does_not_lead() -> None:
    table = tuple(replace(row, place=n, gap=0.0) for n, row in enumerate(TABLE[:2], 1))
    async with screen(view(Phase.STANDINGS, standings=table)) as stage:
        assert [word for word in stage.words if word in ("leads", "level")] == ["leads", "level"]


@pytest.mark.parametrize(
    ("gap", "decided_by", "text"),
    [
        (0.1, "", "0.1 points ahead"),
        (0.0, "sudden death", "ahead by sudden death"),
        (0.0, "", "ahead by less than 0.1 points"),
    ],
)
async def test_champion_is_ahead_by_points_or_by_what_decided(
    gap: float, decided_by: str, text: str
) -> None:
    first, second, third = SCENES["champion"].standings
    table = (second, replace(first, gap=gap, decided_by=decided_by), third)
    async with screen(replace(SCENES["champion"], standings=table)) as stage:
        assert [word for word in stage.words if "ahead" in word] == [text]


async def test_break_tells_a_late_phone_where_to_go_and_the_code() -> None:
    async with screen(SCENES["break"]) as stage:
        way = stage.words[stage.words.index("Not in yet? Go to") :]
        assert way[:4] == ["Not in yet? Go to", "show", "with the code", "FGHJ"]


async def test_the_round_after_the_last_stands_as_sudden_death_over_the_chart() -> None:
    async with screen(view(Phase.STANDINGS, standings=TABLE, rounds=1)) as stage:
        labels = re.findall(r">(Round \d|Sudden death)</text>", stage.frame)
        assert labels == ["Round 1", "Sudden death"]


@pytest.mark.parametrize("scene", [*BLIND, "totals"])
async def test_no_scene_shows_a_finalist_before_the_names_are_revealed(scene: str) -> None:
    async with screen(SCENES[scene]) as stage:
        frame = stage.frame
        told = [name for tag in TAGS for name in (tag.short_name, tag.endpoint) if name in frame]
        assert told == []
        assert [c for c in ("seat-v", "seat-w", "seat-x", "token") if f'"{c}"' in frame] == []


async def test_a_name_is_shown_only_in_the_row_that_was_unveiled() -> None:
    async with screen(view(Phase.REVEAL, bars=bars(3, 1))) as stage:
        assert [w for w in stage.words if w in ("Vera", "Wim", "Xenia")] == ["Vera"]
        assert "Answer B was Vera" in stage.words
        assert len(stage.of_class("is-named")) == 1


async def test_rows_are_sorted_by_place_when_the_last_name_is_out() -> None:
    async with screen(view(Phase.REVEAL, bars=bars(3, 2))) as stage:
        rows_drawn = stage.of_class("score-row")
        assert [row.style["--row"] for row in rows_drawn] == ["0", "1", "2"]
        stage.show(view(Phase.REVEAL, bars=bars(3, 3)))
        assert [row.style["--row"] for row in rows_drawn] == ["1", "2", "0"]


async def test_a_new_part_leaves_the_parts_already_shown_untouched() -> None:
    async with screen(SCENES["judge"]) as stage:
        before = [part.id for part in stage.of_class("score-part")]
        stage.show(SCENES["panel"])
        after = [part.id for part in stage.of_class("score-part")]
        assert (len(before), len(after)) == (3, 6)
        assert set(before) <= set(after)


async def test_the_next_answer_is_shown_without_redrawing_any() -> None:
    async with screen(SCENES["openings"]) as stage:
        texts = stage.of_class("sheet-text")
        stage.show(SCENES["spotlight"])
        assert stage.of_class("sheet-text") == texts
        assert [text.classes.count("is-on") for text in texts] == [0, 1, 0]


async def test_the_vote_shows_how_many_and_never_for_whom() -> None:
    async with screen(SCENES["vote"]) as stage:
        figures = [word for word in stage.words if word.isdigit()]
        assert figures == ["7"]


@pytest.mark.parametrize("scene", ["lobby", "tuning", "standings", "sudden death", "champion"])
async def test_understudy_is_said_wherever_one_plays(scene: str) -> None:
    stand_in = {tag: replace(tag, endpoint="understudy 1") for tag in TAGS}
    changed = _with_tags(SCENES[scene], stand_in.__getitem__)
    async with screen(SCENES[scene]) as stage:
        assert [word for word in stage.words if "understudy" in word] == []
    async with screen(changed) as stage:
        assert len([word for word in stage.words if "understudy" in word]) >= 1


def _with_tags(drawn: StageView, change: Callable[[Tag], Tag]) -> StageView:
    return replace(
        drawn,
        finalists=tuple(map(change, drawn.finalists)),
        tiles=tuple(replace(tile, tag=change(tile.tag)) for tile in drawn.tiles),
        standings=tuple(replace(row, tag=change(row.tag)) for row in drawn.standings),
        champions=tuple(map(change, drawn.champions)),
    )


async def test_an_understudy_judge_is_named_as_one() -> None:
    async with screen(replace(SCENES["judge"], judge="understudy judge")) as stage:
        assert "Understudy judge 40" in stage.words
    async with screen(replace(SCENES["locked"], judge="understudy judge")) as stage:
        assert "AI judge: understudy judge" in stage.words


async def test_an_empty_seat_is_hollow_and_carries_its_lectern() -> None:
    async with screen(SCENES["lobby"]) as stage:
        assert len(stage.of_class("is-absent")) == 1
        assert "Lectern W" in stage.words


async def test_the_countdown_is_a_deadline_that_the_page_draws_itself() -> None:
    async with screen(SCENES["tuning"]) as stage:
        (countdown,) = stage.of_class("stage-countdown")
        assert countdown.props["data-deadline"] == NOW + 41
        stage.show(replace(SCENES["tuning"], clock=ClockView(NOW + 41, 90, 12.5), is_held=True))
        (held,) = stage.of_class("stage-countdown")
        assert held.props["data-held"] == 12.5
        assert stage.words.count("Paused") == 1


async def test_the_last_call_is_for_the_vote_alone() -> None:
    clock = ClockView(NOW + 41, 45)
    for name, calls in (("vote", ["last call"]), ("marks", [])):
        async with screen(replace(SCENES[name], clock=clock)) as stage:
            assert [element._text for element in stage.of_class("is-last-call")] == calls


async def test_the_same_view_again_redraws_nothing() -> None:
    async with screen(SCENES["tuning"]) as stage:
        before = [element.id for element in stage.elements]
        stage.show(SCENES["tuning"])
        assert [element.id for element in stage.elements] == before


async def test_a_blackout_covers_the_scene_and_lifts_again() -> None:
    async with screen(replace(SCENES["tuning"], is_black=True)) as stage:
        assert len(stage.of_class("stage-dark")) == 1
        stage.show(SCENES["tuning"])
        assert stage.of_class("stage-dark") == []


async def test_one_champion_floods_the_stage_and_two_share_it() -> None:
    async with screen(SCENES["champion"]) as stage:
        assert [flood.classes.count("seat-w") for flood in stage.of_class("flood")] == [1]
        stage.show(replace(SCENES["champion"], champions=TAGS[:2], round=2))
        assert (len(stage.of_class("flood")), len(stage.of_class("rival"))) == (0, 2)


async def test_an_upheld_appeal_shows_the_points_before_and_after() -> None:
    ruled = AppealView("B", "factual error", 5, 5, "upheld", 16.0, 40.0, 4, 40.0)
    async with screen(replace(SCENES["appeal"], appeals=(ruled,))) as stage:
        shown = [word for word in stage.words if word in ("16.0", "40.0", "4 of 5 votes to uphold")]
        assert sorted(shown) == ["16.0", "4 of 5 votes to uphold", "40.0"]
        assert "AI judge’s points, of 40" in stage.words
        assert (len(stage.of_class("is-in")), len(stage.of_class("is-against"))) == (4, 1)


async def test_the_appeal_that_was_ruled_last_leads_however_early_it_was_backed() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=1))
    story.to_marking(("finalist-v", "finalist-w"))
    story.give_marks()
    story.to(Phase.APPEAL)
    story.appeal("panel-1", "B")
    for by, letter, is_upheld in (("finalist-v", "A", False), ("panel-2", "B", True)):
        story.appeal(by, letter)
        for panellist in story.panel:
            story.vote_appeal(panellist, letter, is_upheld)
    async with screen(stage_view(story.state, Hall())) as stage:
        assert "The experts overrule the AI judge." in stage.words
        assert "2 of 2 votes to uphold" in stage.words


async def test_a_judge_that_does_not_count_gives_an_appeal_no_points() -> None:
    ruled = AppealView("B", "factual error", 5, 5, "upheld", upheld=4)
    async with screen(replace(SCENES["appeal"], appeals=(ruled,))) as stage:
        assert "The AI judge does not count in this round." in stage.words
        assert [word for word in stage.words if word.replace(".", "").isdigit()] == []


async def test_equals_are_marked_behind_their_place() -> None:
    table = tuple(replace(row, is_shared=row.place > 1) for row in rows((2, 1), (1, 2), (3, 2)))
    async with screen(replace(SCENES["standings"], standings=table)) as stage:
        assert texts_of(stage.of_class("standing-place")) == ["1", "2=", "2="]
        stage.show(replace(SCENES["champion"], champions=TAGS[:1], standings=table))
        assert texts_of(stage.of_class("champion-place")) == ["2=", "2="]


async def test_an_answer_that_carries_html_reaches_no_scene_as_html() -> None:
    evil = (replace(ANSWERS[0], text="<img src=x onerror=alert(1)>"),)
    async with screen(replace(SCENES["spotlight"], answers=evil, spotlight=1)) as stage:
        drawn = [element for element in stage.elements if isinstance(element, Html)]
        ours = [element for element in drawn if "prose" not in element.classes]
        assert [element.content for element in ours if "onerror" in element.content] == []
        (prose,) = stage.of_class("prose")
        assert prose.props["sanitize"] is True


@pytest.mark.parametrize("phones", [0, 1, 345, 346, 2000, 5000, 20_000])
def test_cells_of_all_phones_fit_the_field(phones: int) -> None:
    pitch = cell_pitch(phones)
    assert int(HEIGHT / pitch) * int(WIDTH / pitch) >= phones


GONE = replace(TABLE[2], place=0, places=(), gap=0.0, is_withdrawn=True)


async def test_who_has_withdrawn_stands_below_the_table_without_a_place() -> None:
    table = (*TABLE[:2], GONE)
    async with screen(replace(SCENES["standings"], standings=table)) as stage:
        (row,) = stage.of_class("is-withdrawn")
        words = [e._text for e in row.descendants() if e._text]
        assert words == ["–", "Xenia", "withdrawn", "197.0"]
        stage.show(replace(SCENES["champion"], standings=table))
        at = stage.words.index("withdrawn")
        assert stage.words[at - 2 : at] == ["–", "Xenia"]
        assert "1.0 points ahead" in stage.words
    async with screen(replace(SCENES["champion"], standings=(TABLE[1], GONE))) as stage:
        assert [text for text in stage.words if "ahead" in text] == []


async def test_after_the_buzzer_every_tile_is_locked() -> None:
    tiles = tuple(replace(tile, status="locked") for tile in TILES)
    async with screen(replace(SCENES["tuning"], tiles=tiles)) as stage:
        assert stage.words.count("Locked") == len(TILES)
        assert "Submitted" not in stage.words


async def test_an_offered_appeal_is_said_by_letter() -> None:
    async with screen(replace(SCENES["appeals"], offered=("B",))) as stage:
        said = "The question’s own check calls answer B right: an appeal is offered now."
        assert said in stage.words


def test_voices_on_one_place_stand_side_by_side_on_its_line() -> None:
    voices = voices_of(rows((1, 1), (1, 2), (3, 2)))
    assert voices == (
        Voice("V", (0, 0), (-0.5, 0.0)),
        Voice("W", (0, 1), (0.5, -0.5)),
        Voice("X", (2, 1), (0.0, 0.5)),
    )
    assert voices_of(()) == ()


def test_the_last_notes_of_the_standings_have_rows_of_their_own() -> None:
    sheet = Sheet(0, 0, 100, 10, 20)
    drawn = chart(voices_of(rows((1, 1), (1, 1), (3, 3))), sheet, goes_on_to=500)
    ends = [way.split("C")[-1] for way in re.findall(r'voice" d="([^"]+)"', drawn)]
    assert [end.split()[-2:] for end in ends] == [
        ["150", "0H500"],
        ["150", "10H500"],
        ["150", "20H500"],
    ]


def test_short_names_are_whole_names_where_two_share_one() -> None:
    twin = Tag("Y", "Vera Other", "Vera", "", "")
    names = short_names((*TAGS, twin))
    assert names == {"V": "Vera Example", "W": "Wim", "X": "Xenia", "Y": "Vera Other"}


def test_short_double_words_are_kept_together() -> None:
    assert unbroken("Lin Hsiao-Wen") == "Lin Hsiao-\u2060Wen"
    assert unbroken("A Konstantinopoulou-Featherston") == "A Konstantinopoulou-Featherston"


def test_stand_ins_are_one_sentence() -> None:
    one = replace(TAGS[1], endpoint="understudy 2")
    assert stand_ins(TAGS) == ""
    assert stand_ins((TAGS[0], one)) == "Understudy models: Wim."
    assert stand_ins((one,)) == "All models are understudies."


def test_counted_spells_small_numbers() -> None:
    assert [in_words(number) for number in (1, 5, 12, 20)] == ["one", "five", "twelve", "20"]
    with speaking("de"):
        assert in_words(5) == "5"


async def test_a_question_that_is_replaced_is_replaced_on_the_stage() -> None:
    async with screen(replace(SCENES["question"], domain="fire")) as stage:
        stage.show(replace(SCENES["question"], question="Another one?", domain="floods"))
        assert "Another one?" in stage.words
        assert "What do you offer?" not in stage.words
        stage.show(SCENES["tuning"])
        stage.show(replace(SCENES["tuning"], short="The barge"))
        assert "The barge" in stage.words
        assert "The bakery" not in stage.words


async def test_places_behind_a_question_follow_what_is_put_right() -> None:
    before = replace(SCENES["question"], round=1, standings=rows((1,), (2,), (3,)))
    async with screen(before) as stage:
        first = drawn(stage)
        stage.show(replace(before, standings=rows((2,), (1,), (3,))))
        assert (len(first), len(drawn(stage))) == (1, 1)
        assert drawn(stage) != first


def drawn(stage: Screen) -> list[str]:
    return [
        element.content
        for element in stage.elements
        if isinstance(element, Html) and "<svg" in element.content
    ]
