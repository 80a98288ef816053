"""A round that begins anew in a real browser: an empty prompt, and the old one not lost."""

from collections.abc import Callable

from in_browser import SHOW, People, Served
from playwright.sync_api import expect

ANEW = SHOW.replace("[settings]\n", "[settings]\ncarry_over = false\n", 1)
SEATS = ["finalist-v", "finalist-w", "finalist-x", "finalist-y", "finalist-z"]
FIRST, SECOND = "Decide first, then give reasons.", "Numbers first."

# The browser's own copies of what is typed, by the round in their names ("" is the first).
COPIES = """() => Object.entries(sessionStorage).filter(([name]) => name.includes("prompt:"))"""


def to_second_round(served: Served) -> None:
    """Through the first round with everybody else's help, to the tuning of the second."""
    served.order("generate", seats=SEATS)
    for seat in SEATS:
        served.command("Submit", seat, round=0, draft=1)
    served.order("wait for phase", phase="reading")
    while served.order("state")["phase"] != "marking":
        served.order("next")
    served.order("wait for verdicts")
    while (state := served.order("state"))["round"] == 0 or state["phase"] != "tuning":
        if state["phase"] == "appeal":
            served.order("skip", seconds=6)
            served.order("wait for no clock")
        served.order("next")


def test_a_new_round_empties_the_editor_under_the_finalists_eyes(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([9, 8, 7, 6, 5], show=ANEW)
    page = people.open(served.links["finalist-v"], 1440, 900)
    for _ in range(2):
        served.order("next")
    editor = page.get_by_label("System prompt")
    expect(editor).to_be_editable()
    editor.fill(FIRST)
    page.wait_for_function(f"({COPIES})().length === 0")

    to_second_round(served)
    expect(editor).to_be_editable()
    expect(editor).to_have_value("")
    expect(page.locator(".kept-count")).to_have_text("0 of 4,000 characters")
    editor.fill(SECOND)
    page.wait_for_function(f"({COPIES})().length === 0")
    page.reload()
    expect(page.get_by_label("System prompt")).to_have_value(SECOND)
    assert people.complaints == []
