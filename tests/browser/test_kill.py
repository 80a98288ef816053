"""kill -9 in tuning and in marking: all is there again, and the pages come back by themselves."""

import json
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

import pytest
from hall import PATIENCE_MS, Hall, open_hall, receipt
from in_browser import PATIENCE_S, People, Served
from playwright.sync_api import Page, expect

RETURN_MS = 30_000


def deadline(served: Served) -> float:
    return float(min(served.order("state")["deadlines"].values()))


def last_beat(served: Served) -> float:
    """When the server last wrote that it is alive, by its own clock."""
    with closing(sqlite3.connect(served.data / "scratch.db", timeout=60)) as scratch:
        (text,) = scratch.execute("SELECT text FROM note WHERE key = 'heartbeat'").fetchone()
    return float(text)


def kill_and_restart(served: Served) -> None:
    """The server died after its last sign of life; all the time until it came back is given back.

    Both ends are what the files say: a busy machine may beat late, and still owes every second.
    """
    before, now = deadline(served), served.order("state")["now"]
    while last_beat(served) < now:
        assert served.order("state")["now"] < now + PATIENCE_S
    served.kill()
    with closing(sqlite3.connect(served.data / "show.db")) as log:
        (logged_at,) = log.execute("SELECT MAX(at) FROM entry").fetchone()
    alive_at = max(last_beat(served), logged_at)
    started_at = time.time()  # noqa: TID251 - held against what the server wrote
    served.start()
    with closing(sqlite3.connect(served.data / "show.db")) as log:
        event, given_at = log.execute(
            "SELECT event, at FROM entry WHERE event LIKE '%downtime%' ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    given_s = json.loads(event)["seconds"]
    assert deadline(served) == pytest.approx(before + given_s, abs=0.001)
    assert started_at - 0.001 <= alive_at + given_s <= given_at + 0.001


def is_back(page: Page) -> None:
    """The page has a live line to the server again."""
    page.wait_for_function(
        "() => window.did_handshake && window.socket?.connected", timeout=RETURN_MS
    )


def tuning(hall: Hall) -> None:
    vera, wim = hall.finalists
    vera.get_by_label("System prompt").fill("Be short, use bullets.")
    vera.get_by_role("button", name="Generate").click()
    vera.get_by_role("button", name="Pin").click(timeout=PATIENCE_MS)
    expect(vera.get_by_text("At 0:00 your pinned draft is submitted.")).to_be_visible()
    vera.get_by_label("System prompt").fill("Half a thought, not yet gener")
    wim.get_by_label("System prompt").fill("Decide first.")
    wim.get_by_role("button", name="Generate").click()
    expect(hall.stage.get_by_text("Generating")).to_be_visible()
    # The browser's own copy goes when the server has said that it holds the text.
    vera.wait_for_function("() => !Object.keys(sessionStorage).some(k => k.includes('prompt'))")


def check_tuning(hall: Hall, people: People) -> None:
    vera, wim = hall.finalists
    fresh = people.open(hall.served.links["finalist-v"], 1440, 900)
    expect(fresh.get_by_label("System prompt")).to_have_value("Half a thought, not yet gener")
    fresh.close()
    for page in (hall.host, hall.stage, vera, wim):
        is_back(page)
    expect(vera.get_by_label("System prompt")).to_have_value("Half a thought, not yet gener")
    expect(vera.get_by_text("At 0:00 your pinned draft is submitted.")).to_be_visible()
    expect(wim.get_by_label("System prompt")).to_have_value("Decide first.")
    expect(wim.get_by_role("button", name="Generate")).to_be_enabled()
    state = hall.served.order("state")
    assert (state["phase"], state["round"]) == ("tuning", 0)


def marking(hall: Hall) -> None:
    hall.expert.get_by_role("radiogroup").first.get_by_role("radio", name="4", exact=True).click()
    expect(hall.expert.get_by_text("Saved")).to_be_visible()
    hall.phones[0].get_by_role("button", name="Vote for B", exact=True).click()
    receipt(hall.phones[0]).wait_for()


def check_marking(hall: Hall, code: str) -> None:
    for page in (hall.host, hall.stage, hall.expert):
        is_back(page)
    first = hall.expert.get_by_role("radiogroup").first
    chosen = first.get_by_role("radio", name="4", exact=True)
    expect(chosen).to_have_attribute("aria-checked", "true")
    phone = hall.phones[0]
    expect(receipt(phone)).to_have_text(code, timeout=RETURN_MS)
    phone.get_by_role("button", name="Vote for C", exact=True).click()
    # A vote that was cast before the phone was back has its new receipt within a sentence.
    body = phone.locator("body")
    expect(body).not_to_contain_text(code, timeout=RETURN_MS)
    expect(body).to_contain_text(re.compile("[2-9A-Z]{4} [2-9A-Z]{4}"), timeout=RETURN_MS)
    expect(hall.stage.get_by_text("of 3 ballots in")).to_be_visible(timeout=RETURN_MS)


def test_killed_in_tuning_and_in_marking(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([9, 7, 5, 5, 3, 9, 7, 5, 5, 3])
    hall = open_hall(served, people)
    hall.call("Show question 1")
    hall.call("Start tuning")
    tuning(hall)
    kill_and_restart(served)
    check_tuning(hall, people)
    finish_tuning(hall)
    hall.call("Open the vote")
    marking(hall)
    code = receipt(hall.phones[0]).inner_text()
    kill_and_restart(served)
    check_marking(hall, code)


def finish_tuning(hall: Hall) -> None:
    absent = [f"finalist-{lectern}" for lectern in "wxyz"]
    hall.served.order("generate", seats=absent)
    for seat, draft in zip(absent, (2, 1, 1, 1), strict=True):
        hall.served.command("Submit", seat, round=0, draft=draft)
    hall.served.command("Submit", "finalist-v", round=0, draft=1)
    for letter in "ABCDE":
        hall.call(f"Show answer {letter}")
