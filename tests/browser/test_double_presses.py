"""A double click on the console does what one does."""

import re
from collections.abc import Callable

from hall import PATIENCE_MS
from in_browser import SHOW, People, Served
from playwright.sync_api import expect

SIDE_BY_SIDE = SHOW.replace("[settings]\n", "[settings]\ndrafts_at_once = 2\n", 1)


def test_a_double_click_on_generate_starts_one_draft(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([], show=SIDE_BY_SIDE)
    for _ in range(2):
        served.order("next")
    page = people.open(served.links["finalist-v"], 1440, 900)
    generate = page.get_by_role("button", name="Generate")
    generate.wait_for(timeout=PATIENCE_MS)
    expect(generate).not_to_have_class(re.compile("is-settling"))
    generate.dblclick()
    page.get_by_text("in all").wait_for(timeout=PATIENCE_MS)
    expect(page.locator(".draft-card")).to_have_count(1)
    expect(page.locator(".finalist-said > p:not(:empty)")).to_have_count(0)
    assert people.complaints == []
