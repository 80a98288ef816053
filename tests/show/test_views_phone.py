"""What every phone sees, phase by phase, from the doors to the champion."""

from typing import Any

from story import Story, rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.views.common import ClockView
from finale.show.views.phone import PhoneView, phone_view

V, W = "finalist-v", "finalist-w"


def phone(story: Story) -> PhoneView:
    return phone_view(story.state)


def outline(story: Story) -> dict[str, Any]:
    """What of the view is there, without what every phase shares; what is empty is left out."""
    view = phone(story)
    parts = {
        "clock": view.clock and view.clock.deadline - story.now,
        "question": view.question,
        "answers": [(answer.letter, answer.text) for answer in view.answers],
        "open": view.is_vote_open,
        "closed": view.is_vote_closed,
        "shown": view.shown,
        "bars": [bar.letter for bar in view.bars],
        "standings": [row.tag.lectern for row in view.standings],
        "champions": [tag.lectern for tag in view.champions],
        "held": view.is_held,
    }
    return {name: part for name, part in parts.items() if part}


ANSWERS = [("A", "By nobody."), ("B", "By no one.")]
ASKED = {"question": "What is question 1?"}
READ = {**ASKED, "answers": ANSWERS}


def test_lobby_has_the_finalists_and_nothing_of_a_round() -> None:
    view = phone(Story(rundown(finalists=2, panel=1, rounds=3)))

    assert (view.phase, view.title, view.judge) == (
        *(Phase.LOBBY, "The Finale", "understudy judge"),
    )
    assert (view.round, view.rounds, str(view.round_label)) == (-1, 3, "")
    assert [(tag.lectern, tag.name) for tag in view.finalists] == [
        ("V", "Ada Byron"),
        ("W", "Bao Ling"),
    ]
    assert outline(Story()) == {}


def test_phones_from_the_question_to_the_vote() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.next()
    seen = [outline(story)]
    story.next()
    seen.append(outline(story))
    for seat, text in ((V, "By nobody."), (W, "By no one.")):
        story.submit(seat, story.draft(seat, text))
    story.end_tuning((V, W))
    seen.append(outline(story))
    story.move_on()
    seen.append(outline(story))
    story.to(Phase.MARKING)
    seen.append(outline(story))
    story.wait(5)
    story.ask(c.HoldShow())
    seen.append(outline(story))
    held = phone(story).clock
    story.ask(c.ResumeShow())
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    seen.append(outline(story))

    assert (phone(story).round, str(phone(story).round_label)) == (0, "Round 1 of 1")
    assert held == ClockView(story.now + 40, 45, 40.0)
    assert seen == [
        ASKED | {"clock": 20},
        ASKED | {"clock": 90},
        ASKED | {"clock": 3},
        READ,
        READ | {"clock": 45, "open": True},
        READ | {"clock": 40, "open": True, "held": True},
        READ | {"closed": True},
    ]


def test_phones_from_the_judges_marks_to_the_champion() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.next()
    story.next()
    for seat, text in ((V, "By nobody."), (W, "By no one.")):
        story.submit(seat, story.draft(seat, text))
    story.end_tuning((V, W))
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks()
    story.to(Phase.JUDGE_REVEAL)
    seen = [outline(story)]
    story.to(Phase.APPEAL)
    seen.append(outline(story))
    story.time_up()
    for _ in range(6):
        seen.append(outline(story))
        story.next()
    for _ in range(2):
        seen.append(outline(story))
        if story.state.phase is not Phase.CHAMPION:
            story.next()

    counted = READ | {"closed": True, "bars": ["A", "B"]}
    over = ASKED | {"closed": True, "standings": ["V", "W"]}
    judge, panel, audience = ("judge",), ("judge", "panel"), ("judge", "panel", "audience")
    assert seen == [
        counted | {"shown": judge},
        counted | {"shown": judge, "clock": 60},
        counted | {"shown": judge},
        counted | {"shown": panel},
        *[counted | {"shown": audience}] * 4,
        over,
        over | {"champions": ["V"]},
    ]
