"""Seconds that a failing model cost: the host grants them by a click, and that clock alone runs on.

At 0:00 everybody else is locked, and the stage shows every finalist alike.
"""

from collections.abc import Callable

from hall import PATIENCE_MS, hold, picture
from in_browser import People, Served
from playwright.sync_api import Page, expect

V, W = "finalist-v", "finalist-w"
REST = ("finalist-w", "finalist-x", "finalist-y", "finalist-z")
LOST_S = 30.0
PAST_GRACE_S = 1.0


def draft(served: Served, seat: str, number: int, **end: object) -> None:
    """That draft of that seat, with this end."""
    served.command("StartDraft", seat, round=0, system="", temperature=0.0, top_p=1.0)
    values = {"round": 0, "finalist": seat, "draft": number, "outcome": "finished"}
    assert "refused" not in served.command("RecordDraft", "crew", **values | end)


def fail(served: Served, seat: str, number: int) -> None:
    """The model keeps its finalist waiting and then gives up."""
    served.command("StartDraft", seat, round=0, system="", temperature=0.0, top_p=1.0)
    served.order("skip", seconds=LOST_S)
    end = {"outcome": "failed", "reason": "The endpoint has gone away.", "total_s": LOST_S}
    served.command("RecordDraft", "crew", round=0, finalist=seat, draft=number, text="", **end)


def to_zero(served: Served) -> None:
    """0:00 and the grace of 750 ms are over."""
    state = served.order("state")
    left = state["deadlines"]["phase"] - state["now"]
    served.order("skip", seconds=left + PAST_GRACE_S)


def test_granted_seconds_are_one_finalists_alone_and_the_hall_sees_nothing(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([9, 8, 7, 6, 5])
    served.order("next")
    served.order("next")
    host = people.open(served.links["host"], 1440, 900)
    stage = people.open(served.links["stage"], 1920, 1080)
    vera = people.open(served.links[V], 1440, 900)
    wim = people.open(served.links[W], 1440, 900)
    for seat in (V, *REST):
        draft(served, seat, 1, text=f"An answer of {seat[-1]}.")
    fail(served, V, 2)
    grant(host)
    to_zero(served)
    expect(stage.locator(".tuning-state")).to_have_text(["Locked"] * 5, timeout=PATIENCE_MS)
    # The skipped seconds are in the page's clock after a reload only.
    stage.reload()
    expect(stage.locator(".tuning-state")).to_have_text(["Locked"] * 5, timeout=PATIENCE_MS)
    picture(stage, "lost-2-stage")
    expect(wim.get_by_role("button", name="Generate")).to_be_hidden()
    expect(vera.get_by_role("button", name="Generate")).to_be_visible()
    picture(vera, "lost-3-finalist")
    picture(host, "lost-4-host")
    vera.get_by_role("button", name="Submit draft 1 now").click()
    vera.get_by_role("button", name="Submit draft 1", exact=True).click()
    host.get_by_role("button", name="Show answer A").wait_for(timeout=PATIENCE_MS)
    others = dict.fromkeys(REST, "last finished")
    assert served.order("state")["submitted"] == others | {V: "submitted"}
    assert people.complaints == []


def grant(host: Page) -> None:
    """One line with one action; holding it decides, and the line is about something else then."""
    line = host.get_by_role("status").filter(has_text="Vera Example’s model failed and cost 30 s.")
    line.wait_for(timeout=PATIENCE_MS)
    picture(host, "lost-1-offer")
    hold(host, "Hold: grant 30 s")
    line.wait_for(state="detached", timeout=PATIENCE_MS)
    expect(host.get_by_role("button", name="Hold: decline")).to_be_hidden()
