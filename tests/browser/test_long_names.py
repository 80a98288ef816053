"""The longest names that a show file takes: on stage each is whole, and nothing lies on another."""

from collections.abc import Callable

from hall import PATIENCE_MS, SEATS, answer, picture, settle
from in_browser import SHOW, People, Served
from playwright.sync_api import Page, expect

LONGEST = "Wilhelmina Featherstonehaugh-Cholmondeley of Mousehole-on-Sea"[:60]
SHORT = "Wilhelmina Featherstonehaugh"
ALONE = "Bartholomew Montgomery-Warrender"
TURNED, TURNED_SHORT = LONGEST[::-1], SHORT[::-1]
TITLE = "The Grand Two-Round Challenge Cup of the Amalgamated Underwriters of the North"
NAMES = {
    'name = "Vera Example", short = "Vera"': f'name = "{LONGEST}", short = "{SHORT}"',
    'name = "Wim Placeholder", short = "Wim"': f'name = "{ALONE}"',
    'name = "Xenia Specimen", short = "Xenia"': f'name = "{TURNED}", short = "{TURNED_SHORT}"',
    "The Two-Round Cup": TITLE,
}
CUT = """() => [...document.querySelectorAll(
    '.stage-name, .understudy, .score-headline, .champion-text, .seat-place, .tuning-state')]
    .filter(e => e.checkVisibility() && !e.matches('.seat-place') &&
        (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 6))
    .map(e => `${e.className}: ${e.textContent}`)"""
HIDDEN_MARKS = """() => [...document.querySelectorAll('.understudy')]
    .filter(e => e.checkVisibility()).filter(e => {
        const box = e.getBoundingClientRect();
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const holder = e.closest('.stage-name, .tuning-tile, .seat-tile')?.getBoundingClientRect();
        return holder && (box.bottom > holder.bottom + 1 || box.right > holder.right + 1);
    }).map(e => e.parentElement.textContent)"""
OVERLAPS = """([one, other]) => {
    const boxes = s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility())
        .map(e => { const r = document.createRange(); r.selectNodeContents(e);
                    return r.getBoundingClientRect(); });
    return boxes(one).some(a => boxes(other).some(b => a.left < b.right && b.left < a.right &&
        a.top < b.bottom && b.top < a.bottom));
}"""

FITTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""The page fits its texts in the frame after they were drawn."""


def faults(stage: Page, name: str) -> list[str]:
    """What is cut off or lies on something else."""
    stage.evaluate(FITTED)
    picture(stage, f"long-names-{name}")
    found = list(stage.evaluate(CUT)) + list(stage.evaluate(HIDDEN_MARKS))
    pairs = ((".score-headline", ".score-legend"), (".stage-title", ".final-bar"))
    found += [" on ".join(pair) for pair in pairs if stage.evaluate(OVERLAPS, list(pair))]
    return found


def test_the_longest_names_are_whole_in_every_scene(
    serve: Callable[..., Served], people: People
) -> None:
    show = SHOW.replace("quorum = 2", "quorum = 5")
    for old, new in NAMES.items():
        assert old in show
        show = show.replace(old, new)
    served = serve([9, 7, 5, 5, 3] * 2, show=show)
    stage = people.open(served.links["stage"], 1920, 1080)
    expect(stage.locator(".seat-tile")).to_have_count(5, timeout=PATIENCE_MS)
    seen = {"lobby": faults(stage, "lobby")}
    served.order("next")
    served.order("next")
    expect(stage.locator(".tuning-tile")).to_have_count(5, timeout=PATIENCE_MS)
    seen["tuning"] = faults(stage, "tuning")
    answer(served)
    while served.order("state")["phase"] != "standings":
        label = served.order("next")["label"]
        settle(served, label)
        if label.startswith(("Reveal", "Name", "Show the standings")):
            expect(stage.locator(".stage-canvas")).to_be_visible()
            seen[label] = faults(stage, label.lower().replace(" ", "-"))
    assert {step: found for step, found in seen.items() if found} == {}
    assert len(SEATS) == 5
