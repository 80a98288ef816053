"""Nothing that a phone gets before the names links a finalist to a letter."""

import json
from pathlib import Path
from typing import Any

from audience.phone_house import ANSWERS, KEY, SEATS, House, house, served
from audience.phone_line import Phone, phone

from finale.audience.passes import Passes
from finale.show import commands as c
from finale.show.phases import Phase


async def frames_until_the_names(folder: Path, token: str, owners: dict[str, str]) -> list[str]:
    """Every frame to one phone that votes, from the lobby to the totals."""
    async with (
        house(folder) as show,
        served(show.gateway) as host,
        phone(host, token) as (one, _),
    ):
        await one.catch_up()
        await play_until_the_names(show, one, owners)
        return one.frames


async def play_until_the_names(show: House, one: Phone, owners: dict[str, Any]) -> None:
    await show.open_vote(ANSWERS, owners)
    await one.catch_up()
    await one.vote("B")
    await show.close_vote()
    for letter, mark in zip(ANSWERS, (4, 9, 6), strict=True):
        verdict = c.RecordVerdict(
            round=0,
            letter=letter,
            passes=({"relevance": mark, "depth": mark, "coherence": mark},) * 3,
            reason="because",
            judge="scripted judge",
        )
        await show.showrunner.do(verdict, "crew")
    while show.showrunner.state.phase is not Phase.REVEAL or show.showrunner.state.step < 3:
        await show.step()
        await one.catch_up()


async def test_swapping_two_owners_changes_no_byte_before_the_names(tmp_path: Path) -> None:
    v, w, x = SEATS
    _, token = Passes(KEY).issue()
    straight = await frames_until_the_names(tmp_path / "one", token, {"A": v, "B": w, "C": x})
    swapped = await frames_until_the_names(tmp_path / "two", token, {"A": w, "B": v, "C": x})
    assert straight == swapped
    last = json.loads(straight[-2])["view"]
    assert [bar["total"] is not None for bar in last["bars"]] == [True, True, True]
