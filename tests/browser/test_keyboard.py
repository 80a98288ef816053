"""A round played by keyboard alone: no mouse, every focus in sight, its order that of the page."""

from collections.abc import Callable

from hall import PATIENCE_MS, SEATS, picture
from in_browser import People, Served
from playwright.sync_api import Page, expect

NO_MOUSE = """() => { window.pointed = 0;
    for (const name of ["pointerdown", "mousedown", "touchstart"])
        addEventListener(name, () => { window.pointed += 1; }, true); }"""

# Of the element in focus: its name, whether a ring is drawn round it or its box, whether it can be
# seen and nothing lies on it, and where it stands.
FOCUS = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const ringed = [e, e.closest(".q-field__control"), e.querySelector(".q-slider__focus-ring")]
        .filter(Boolean).some(one => {
            const s = getComputedStyle(one);
            return s.outlineStyle !== "none" && Number.parseFloat(s.outlineWidth) >= 2;
        });
    const box = e.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const isSeen = box.width > 0 && box.height > 0 && box.bottom <= innerHeight + 1 &&
        box.right <= innerWidth + 1 && (e.contains(top) || top?.contains(e));
    const slider = e.closest("[role=slider]");
    const label = (slider ?? e).ariaLabel || e.labels?.[0]?.innerText;
    const name = label || e.innerText || e.title || e.className;
    return {name: name.trim().split("\\n")[0], ringed, isSeen,
        at: [Math.round(box.x), Math.round(box.y)]};
}"""

TOP = ["Message", "Put right", "Scores", "Preflight", "Links", "+ 1 more"]


def by_keyboard(people: People, url: str) -> Page:
    page = people.open(url, 1440, 900)
    page.wait_for_function("() => window.did_handshake", timeout=PATIENCE_MS)
    page.evaluate(NO_MOUSE)
    return page


def focused(page: Page) -> str:
    """The name of what is in focus, "" past the end; its ring is drawn and nothing covers it."""
    focus = page.evaluate(FOCUS)
    if focus is None:
        return ""
    assert (focus["ringed"], focus["isSeen"]) == (True, True), focus
    return str(focus["name"])


def tab_to(page: Page, name: str) -> list[str]:
    """Tab until `name` is in focus; what was come past, in order."""
    passed: list[str] = []
    while not passed or passed[-1] != name:
        page.keyboard.press("Tab")
        passed.append(focused(page))
        assert len(passed) < 60, passed
    return passed


def round_of(page: Page) -> list[str]:
    """Every stop of one way round the page by Tab."""
    page.keyboard.press("Tab")
    first = focused(page)
    return [first, *tab_to(page, first)[:-1]]


def next_step(host: Page, label: str) -> None:
    """Space, once Next says `label`; held where it is guarded."""
    key = f'.host-next-button[aria-label="{label}"]:not([disabled]):not(.is-settling)'
    button = host.locator(key)
    button.wait_for(timeout=PATIENCE_MS)
    host.keyboard.down("Space")
    host.locator(f'.host-next-button[aria-label="{label}"]').wait_for(
        state="detached", timeout=PATIENCE_MS
    )
    host.keyboard.up("Space")


def step_by_tab(page: Page, name: str) -> None:
    """To the button of that name by Tab, and Enter."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def play(finalist: Page) -> None:
    """Type, turn a dial, generate, pin, submit, and be sure."""
    expect(finalist.get_by_label("System prompt")).to_be_editable(timeout=PATIENCE_MS)
    passed = tab_to(finalist, "System prompt")
    assert len(passed) == 1
    finalist.keyboard.type("Decide first, then give conditions.")
    step_by_tab(finalist, "Temperature up")
    expect(finalist.locator(".dial-value").first).to_have_text("0.75")
    tab_to(finalist, "Temperature")
    finalist.keyboard.press("ArrowRight")
    expect(finalist.locator(".dial-value").first).to_have_text("0.76")
    picture(finalist, "keys-2-dial")
    step_by_tab(finalist, "Generate")
    expect(finalist.locator(".draft-card", has_text="1")).to_be_visible(timeout=PATIENCE_MS)
    expect(finalist.get_by_role("button", name="Cancel")).to_have_count(0, timeout=PATIENCE_MS)
    finalist.keyboard.press("Alt+1")
    expect(finalist.locator(".draft-card.is-pinned")).to_be_visible(timeout=PATIENCE_MS)
    assert {"Generate", "Submit draft 1 now"} <= set(round_of(finalist))
    finalist.keyboard.press("Control+Enter")
    expect(finalist.get_by_role("button", name="Go back")).to_be_visible(timeout=PATIENCE_MS)
    expect(finalist.get_by_role("button", name="Submit draft 1", exact=True)).to_be_focused()
    assert focused(finalist) == "Submit draft 1"
    picture(finalist, "keys-3-submit")
    finalist.keyboard.press("Enter")


def test_a_round_by_keyboard_alone(serve: Callable[[list[int]], Served], people: People) -> None:
    served = serve([9, 8, 7, 6, 5])
    host = by_keyboard(people, served.links["host"])
    finalist = by_keyboard(people, served.links["finalist-v"])
    expect(finalist.get_by_role("button", name="Check again")).to_be_enabled(timeout=PATIENCE_MS)
    assert set(round_of(finalist)) == {"Check again", ""}
    assert round_of(host)[: len(TOP)] == TOP
    tab_to(host, "")
    next_step(host, "Show question 1")
    next_step(host, "Start tuning")
    play(finalist)
    for seat in SEATS[1:]:
        served.command("StartDraft", seat, round=0, system="", temperature=0.0, top_p=1.0)
        done = {"text": f"By nobody, {seat}.", "outcome": "finished", "finalist": seat}
        served.command("RecordDraft", "crew", round=0, draft=1, **done)
        served.command("Submit", seat, round=0, draft=1)
    for letter in "ABCDE":
        next_step(host, f"Show answer {letter}")
    next_step(host, "Open the vote")
    next_step(host, "Close the vote")
    next_step(host, "Close the marks")
    served.order("wait for verdicts")
    next_step(host, "Reveal the judge’s marks")
    next_step(host, "Open the appeals")
    appeal(finalist)
    served.command("RuleAppeal", "host", round=0, letter="A", reason="Nobody is there to vote.")
    served.order("skip", seconds=6)
    served.order("wait for no clock")
    next_step(host, "Go to the reveal")
    for what in ("experts", "audience", "totals"):
        next_step(host, f"Reveal the {what}")
    for place in (5, 4, 3, 2):
        next_step(host, f"Name place {place}")
    next_step(host, "Name the round’s winner")
    next_step(host, "Show the standings")
    expect(host.locator('[aria-label="Show question 2"]')).to_be_visible(timeout=PATIENCE_MS)
    round_of(host)
    assert [page.evaluate("window.pointed") for page in (host, finalist)] == [0, 0]
    assert people.complaints == []


def appeal(finalist: Page) -> None:
    """A ground, Appeal, and once more in the question that comes up."""
    expect(finalist.get_by_text("Was the judge wrong?")).to_be_visible(timeout=PATIENCE_MS)
    tab_to(finalist, "Factual error")
    finalist.keyboard.press("Enter")
    step_by_tab(finalist, "Appeal")
    finalist.wait_for_function("() => document.activeElement.closest('.q-dialog')")
    step_by_tab(finalist, "Appeal")
    expect(finalist.get_by_text("is filed.")).to_be_visible(timeout=PATIENCE_MS)
