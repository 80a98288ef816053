"""The read-outs: what they say, when they say it, and what they never say."""

import asyncio
import json

from api.api_house import ApiHouse
from story import NOON, Story, rundown

from finale.api.reading import MOST_WAITING
from finale.api.readouts import read_outs
from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.views.common import Hall
from finale.show.views.host import host_view


async def test_the_show_in_the_lobby(house: ApiHouse) -> None:
    assert await house.get("/show") == {
        "version": 1,
        "now": NOON,
        "title": "The Finale",
        "phase": "lobby",
        "round": 0,
        "rounds": 2,
        "round_label": "",
        "is_held": False,
        "is_black": False,
        "clock": None,
        "clocks": {},
        "next": {
            "id": "0.lobby.0.to-question",
            "label": "Show question 1",
            "waits_for": "",
            "can_force": False,
            "is_hosts": True,
            "note": "",
        },
        "undo": None,
        "can_break": False,
        "can_nudge": False,
        "phones": 3,
        "question": "",
        "faults": [
            {
                "line": "Not connected: Bao Ling, Cleo Marsh.",
                "action": "Help them open their link, or seat a robot.",
            },
            {
                "line": "Experts not connected: all 3.",
                "action": "Help them open their link, or seat a robot.",
            },
        ],
        "messages": [],
    }


async def test_the_clock_runs_and_is_held(house: ApiHouse) -> None:
    await house.show.to(Phase.TUNING)
    await house.show.clock.sleep(29.5)
    running = (await house.get("/show"))["clock"]
    await house.press("/hold")
    await house.show.clock.sleep(30)
    held = await house.get("/show")

    assert running == {"deadline": NOON + 90, "length_s": 90, "left_s": 60.5, "text": "1:01"}
    assert held["is_held"]
    assert held["clock"] == running


async def test_who_is_there(house: ApiHouse) -> None:
    people = await house.get("/people")

    assert people["phones"] == 3
    assert [(p["seat"], p["lectern"], p["is_connected"]) for p in people["finalists"]] == [
        ("finalist-v", "V", True),
        ("finalist-w", "W", False),
        ("finalist-x", "X", False),
    ]
    assert people["panel"][0] == {
        "seat": "panel-1",
        "name": "Expert 1",
        "lectern": "",
        "is_connected": False,
        "is_robot": False,
        "is_withdrawn": False,
        "status": "Ready",
    }


async def test_how_far_everybody_is_and_no_mark(house: ApiHouse) -> None:
    await house.show.to_reading()
    await house.show.to(Phase.MARKING)
    mark = c.MarkScorecard(round=0, letter="A", criterion="efficiency", mark=4.5)
    await house.show.do(mark, "panel-1")

    assert await house.get("/marking") == {
        "answers": 3,
        "judge_done": 0,
        "judge_failed": 0,
        "judge_missing": 3,
        "cards_done": 0,
        "cards_missing": 9,
        "ballots": 0,
        "is_vote_open": True,
        "is_marking_open": True,
    }
    assert await house.get("/scores") == []


async def test_the_rundown_and_the_table(house: ApiHouse) -> None:
    await house.show.to(Phase.TUNING)
    rundown_ = await house.get("/rundown")

    assert [step["status"] for step in rundown_] == ["past", "now"] + ["later"] * 7
    assert rundown_[1]["label"] == "Tuning, 90 s"
    assert [row["total"] for row in await house.get("/standings")] == [0.0, 0.0, 0.0]


# ---- waiting for a change


async def test_who_waits_for_a_change_is_answered_when_it_comes(house: ApiHouse) -> None:
    version = (await house.get("/show"))["version"]
    waiting = asyncio.ensure_future(house.get("/show", after=version))
    await house.get("/next")
    assert not waiting.done()
    await house.press("/blackout", is_black=True)

    assert (await waiting)["is_black"]


async def test_nobody_waits_for_what_has_changed_already(house: ApiHouse) -> None:
    assert (await house.get("/show", after=0, seconds=30))["version"] == 1


async def test_who_waits_in_vain_is_answered_all_the_same(house: ApiHouse) -> None:
    assert (await house.get("/show", after=1, seconds=0))["version"] == 1


async def test_only_so_many_may_wait(house: ApiHouse) -> None:
    asked = {"after": 1}
    waiting = [
        asyncio.ensure_future(house.client.get("/show", params=asked))
        for _ in range(MOST_WAITING + 1)
    ]
    [refused], rest = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    await house.press("/blackout", is_black=True)

    assert refused.result().status_code == 429
    assert [(await late).json()["version"] for late in rest] == [2] * MOST_WAITING


# ---- what is never said


def marked(mark: float, judge: int) -> Story:
    """A round in its marking: everybody has given that mark, the judge another."""
    story = Story(rundown(3, 3))
    story.to_marking()
    for letter in story.letters:
        story.judge(letter, judge)
        for seat in story.panel:
            story.mark(seat, letter, mark)
    return story


def said(story: Story) -> list[object]:
    view = host_view(story.state, Hall(ballots=2))
    return [json.loads(out.model_dump_json()) for out in read_outs(view, 1, story.now)]


def test_before_both_gates_are_closed_no_read_out_hangs_on_a_mark() -> None:
    one, other = marked(2.0, 3), marked(4.5, 9)
    steps = (
        lambda story: None,
        lambda story: story.ask(c.CloseGate(round=story.number, gate="vote")),
        lambda story: story.tally({"A": 5}),
    )
    for step in steps:
        step(one)
        step(other)
        assert said(one) == said(other)
    for story in (one, other):
        story.ask(c.CloseGate(round=story.number, gate="marks"))

    assert said(one) != said(other)


def test_scores_are_by_letter_and_name_nobody() -> None:
    story = marked(2.0, 3)
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 5})
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    scores = [out for out in said(story) if isinstance(out, dict) and "letter" in out]

    assert [out["letter"] for out in scores] == ["A", "B", "C"]
    names = [finalist.name for finalist in story.plan.finalists]
    assert not [name for name in names if name in json.dumps(scores)]
