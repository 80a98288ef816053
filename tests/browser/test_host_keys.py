"""The host's keys: complete, locked by one, never pressed by a stray hand; two desks in step."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

from hall import PATIENCE_MS, picture
from in_browser import People, Served
from playwright.sync_api import Page, expect

KEYS = ("H", "B", "ArrowLeft", "ArrowRight")
PRESS_AT = """([key, at]) => new Promise(done => setTimeout(() => {
    for (const type of ["keydown", "keyup"])
        document.body.dispatchEvent(new KeyboardEvent(type, {key, bubbles: true}));
    done();
}, at - Date.now()))"""
CLOCK = ".host-digits .clock"


def asked(served: Served) -> list[str]:
    """What the host's commands have led to so far, from the log."""
    with closing(sqlite3.connect(served.data / "show.db")) as log:
        rows = log.execute("SELECT event FROM entry WHERE by = 'host' ORDER BY seq").fetchall()
    return [json.loads(event)["kind"] for (event,) in rows]


def desk(served: Served, people: People) -> Page:
    page = people.open(served.links["host"], 1440, 900)
    page.locator('[data-key="H"]').wait_for(timeout=PATIENCE_MS)
    page.wait_for_function("() => window.did_handshake")
    return page


def press(page: Page, key: str) -> None:
    """The key, once its button takes a press."""
    free(page, key)
    page.keyboard.press(key)


def free(page: Page, key: str) -> None:
    page.locator(f'[data-key="{key}"]:not(.is-settling)').wait_for(timeout=PATIENCE_MS)


def shows(page: Page, name: str) -> None:
    expect(page.get_by_role("button", name=name)).to_be_visible(timeout=PATIENCE_MS)


def in_tuning(served: Served) -> int:
    """How many events of the host there are before the first key."""
    served.order("next")
    served.order("next")
    return len(asked(served))


def test_hold_time_and_blackout_have_their_keys(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([])
    before = in_tuning(served)
    host = desk(served, people)
    for key, then in (("H", "Resume"), ("H", "Hold"), ("B", "Stage back"), ("B", "Blackout")):
        press(host, key)
        shows(host, then)
    for key in ("ArrowLeft", "ArrowRight"):
        at = host.locator(CLOCK).get_attribute("data-deadline")
        assert at is not None
        press(host, key)
        expect(host.locator(CLOCK)).not_to_have_attribute("data-deadline", at)
    assert asked(served)[before:] == [
        *("HoldSet", "HoldLifted", "StageBlacked", "StageBlacked"),
        *("DeadlinesMoved", "DeadlinesMoved"),
    ]
    assert people.complaints == []


def test_no_stray_key_does_anything(serve: Callable[[list[int]], Served], people: People) -> None:
    served = serve([])
    before = in_tuning(served)
    host = desk(served, people)
    for held in ("Control", "Meta", "Alt"):
        for key in KEYS:
            host.evaluate(
                "([key, on]) => document.body.dispatchEvent(new KeyboardEvent('keydown',"
                " {key, [on]: true, bubbles: true, cancelable: true}))",
                [key, {"Control": "ctrlKey", "Meta": "metaKey", "Alt": "altKey"}[held]],
            )
    host.get_by_role("button", name="Message").click()
    words = host.locator(".q-dialog textarea")
    words.fill("")
    words.press_sequentially("hb")
    host.locator(".q-dialog .title").first.click()
    for key in (*KEYS, "Space"):
        host.keyboard.press(key)
    expect(words).to_have_value("hb")
    host.keyboard.press("Escape")
    expect(host.locator(".q-dialog")).to_have_count(0)
    press(host, "L")
    shows(host, "Keys locked")
    for key in (*KEYS, "Space"):
        host.keyboard.press(key)
    picture(host, "keys-1-locked")
    press(host, "L")
    shows(host, "Lock keys")
    free(host, "B")
    host.keyboard.down("B")
    shows(host, "Stage back")
    for _ in range(20):
        host.keyboard.down("B")
    host.keyboard.up("B")
    press(host, "H")
    shows(host, "Resume")
    assert asked(served)[before:] == ["StageBlacked", "HoldSet"]
    assert people.complaints == []


def test_two_desks_are_in_step_and_one_key_pressed_on_both_acts_once(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([])
    before = in_tuning(served)
    desks = [desk(served, people) for _ in range(2)]
    for key, then in (("H", "Resume"), ("H", "Hold"), ("B", "Stage back"), ("B", "Blackout")):
        for one in desks:
            free(one, key)
        at = desks[0].evaluate("Date.now()") + 150
        for late, one in enumerate(desks):
            # The second hand is as late as a hand is, and finds the button drawn anew.
            one.evaluate(f"window.pressed = ({PRESS_AT})({json.dumps([key, at + 200 * late])}); 0")
        for one in desks:
            one.evaluate("window.pressed")
            shows(one, then)
    shown = [one.locator(CLOCK).get_attribute("data-deadline") for one in desks]
    assert shown[0] == shown[1]
    assert asked(served)[before:] == ["HoldSet", "HoldLifted", "StageBlacked", "StageBlacked"]
    assert people.complaints == []
