"""Eight finalists on stage: what each tile says has its room."""

from collections.abc import Callable

from hall import PATIENCE_MS, picture
from in_browser import SHOW, People, Served

MORE = """
    {{ name = "Uma Mockup", short = "Uma", affiliation = "Team Umber" }},
    {{ name = "Timo Template", short = "Timo", affiliation = "Team Teal" }},
    {{ name = "Sara Substitute", short = "Sara", affiliation = "Team Sand" }},
]
[settings]
"""
EIGHT = SHOW.replace("\n]\n[settings]\n", MORE, 1)
OVERFLOWS = """() => [...document.querySelectorAll(".tuning-tile")].flatMap(tile => {
    const {paddingLeft, paddingRight} = getComputedStyle(tile), box = tile.getBoundingClientRect();
    const cell = tile.closest(".stage-cell").getBoundingClientRect();
    const left = box.left + parseFloat(paddingLeft), right = box.right - parseFloat(paddingRight);
    return [...tile.querySelectorAll("span")].filter(part => {
        const {left: from, right: to, bottom} = part.getBoundingClientRect();
        return from < left - 1 || to > right + 1 || bottom > cell.bottom;
    }).map(part => part.innerText);
})"""


def test_eight_tiles_have_room_for_what_they_say(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([], show=EIGHT)
    for _ in range(2):
        served.order("next")
    page = people.open(served.links["stage"], 1920, 1080)
    page.locator(".tuning-tile", has_text="Tuning").nth(7).wait_for(timeout=PATIENCE_MS)
    page.evaluate("document.fonts.ready.then(() => 0)")
    found = {"tuning": page.evaluate(OVERFLOWS)}
    for lectern in "vwxyzuts":
        seat = f"finalist-{lectern}"
        served.command("StartDraft", seat, round=0, system="", temperature=0.0, top_p=1.0)
    page.locator(".tuning-tile", has_text="Generating").nth(7).wait_for(timeout=PATIENCE_MS)
    found["generating"] = page.evaluate(OVERFLOWS)
    picture(page, "eight-generating-stage")
    assert found == {"tuning": [], "generating": []}
    assert people.complaints == []
