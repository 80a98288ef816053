"""The overlay in a broadcast: see-through, back after a restart, and nothing cut on any screen."""

import base64
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hall import PATIENCE_MS
from in_browser import SHOW, People, Served, free_port
from playwright.sync_api import Page

from finale.config import ASSETS
from finale.show.rundown import LECTERNS

SCREENS = ("overlay", "commentary", "prompter", "testcard")

NAMES = {
    'name = "Vera Example", short = "Vera"': 'name = "Maximiliana Theodora Konstantinopolitanskaya-'
    'Featherston", short = "Maximiliana Featherstonehaug", say = "mak-si-mil-i-AH-na the-o-DO-ra '
    'kon-stan-ti-no-po-li-TAN-ska-ya FETH-er-ston"',
    'name = "Wim Placeholder", short = "Wim"': 'name = "Ottokar-Emanuel von Hohenstauf"',
    'name = "Zora Standin", short = "Zora"': 'name = "Donaudampfschifffahrtsgesellschaftskapitaen",'
    ' short = "Donaudampfschifffahrtskapita"',
    "Team Vanilla": "The Association of Independent Specialised Underwriters and Adjusters of the "
    "Seven Northern Counties and Lower Lusatia",
    'title = "The Two-Round Cup"': 'title = "The Underwriters’ Cup of the Seven Northern Counties '
    'and of Lower Lusatia"',
}
"""As long as a show file may have them, or nearly."""

# The colour and opacity of a point of a screenshot, read by the page itself.
POINT = """async ([picture, x, y]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), {width: 1920, height: 1080});
    const brush = canvas.getContext("2d");
    brush.drawImage(image, 0, 0);
    return [...brush.getImageData(x, y, 1, 1).data];
}"""

# Texts that their box has no room for (in the head of a canvas the title gives way), texts that lie
# on one another, and what leaves the frame.
FAULTS = r"""([left, top]) => {
    const texts = [...document.querySelectorAll("#app *")].filter((part) =>
        part.checkVisibility() && !part.closest("svg, .stage-title") &&
        [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const range = document.createRange();
    const boxes = texts.map((part) => {
        // The lines of large figures are lower than their letters' boxes.
        if (part.dataset.form) return part.getBoundingClientRect();
        range.selectNodeContents(part);
        return range.getBoundingClientRect();
    });
    const cut = texts.filter((part, i) => {
        for (let up = part; up && up.id !== "app"; up = up.parentElement) {
            const style = getComputedStyle(up);
            if (/auto|scroll/.test(style.overflow)) return false;
            if (style.overflow !== "visible") {
                const room = up.getBoundingClientRect();
                if (boxes[i].right > room.right + 2 || boxes[i].left < room.left - 2) return true;
                if (boxes[i].bottom > room.bottom + 6 || boxes[i].top < room.top - 6) return true;
            }
        }
        return false;
    });
    const lies = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 &&
        a.top < b.bottom - 12 && b.top < a.bottom - 12;
    const pairs = boxes.flatMap((box, i) => boxes.slice(0, i).flatMap((other, j) =>
        lies(box, other) && !texts[i].contains(texts[j]) && !texts[j].contains(texts[i])
            ? [`${texts[j].innerText} / ${texts[i].innerText}`] : []));
    const out = texts.filter((part, i) => !part.closest(".commentary-cards, .commentary-asked") &&
        (boxes[i].left < left - 1 || boxes[i].right > innerWidth - left + 1 ||
         boxes[i].top < top - 8 || boxes[i].bottom > innerHeight - top + 8));
    const said = (parts) => parts.map((part) => part.innerText);
    return [said(cut), pairs, said(out), document.documentElement.scrollWidth - innerWidth];
}"""
NONE: list[object] = [[], [], [], 0]


def drawn(page: Page, selector: str = ".overlay-lower") -> None:
    """Wait until that part is there and every text has been fitted."""
    page.locator(selector).first.wait_for(timeout=PATIENCE_MS)
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => setTimeout(go, 60)))")


def point(page: Page, x: int, y: int) -> list[int]:
    """Red, green, blue, opacity; over a ground that an OBS source would see through."""
    picture = base64.b64encode(page.screenshot(omit_background=True)).decode()
    found: list[int] = page.evaluate(POINT, [picture, x, y])
    return found


def test_only_the_chosen_parts_are_not_see_through(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([])
    served.order("next")
    plain = people.open(served.links["overlay"], 1920, 1080)
    clock = people.open(served.links["overlay"] + "?parts=clock", 1920, 1080)
    green = people.open(served.links["overlay"] + "?parts=lower&chroma=00FF00", 1920, 1080)
    for page, part in ((plain, "lower"), (clock, "clock"), (green, "lower")):
        drawn(page, f".overlay-{part}")
    lower, score, middle = (960, 1000), (110, 70), (960, 400)

    assert [point(plain, *place)[3] for place in (lower, score, middle, (5, 5))] == [255, 255, 0, 0]
    assert [point(clock, *place)[3] for place in (lower, score, (1400, 64))] == [0, 0, 255]
    assert [point(green, *place) for place in (middle, (5, 5))] == [[0, 255, 0, 255]] * 2
    assert people.complaints == []


def test_the_overlay_comes_back_by_itself_after_any_restart(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([])
    page = people.open(served.links["overlay"] + "?parts=lower", 1920, 1080)
    drawn(page)
    served.kill()
    page.wait_for_function("() => !window.socket.connected", timeout=PATIENCE_MS)
    # What NiceGUI does when a server that is gone has timed out.
    page.evaluate("() => { window.before = 1; window.location.reload(); }")
    page.wait_for_event("requestfailed", timeout=PATIENCE_MS)
    assert page.locator(".overlay-text").inner_text() == "The Two-Round Cup"
    assert page.locator(".nicegui-error-popup").first.is_hidden()
    served.start()
    page.wait_for_function("() => !window.before && window.did_handshake", timeout=PATIENCE_MS)
    served.order("next")
    page.get_by_text("Round 1 of 2", exact=False).wait_for(timeout=PATIENCE_MS)
    assert page.url.endswith("/overlay?parts=lower")


def test_an_overlay_that_was_opened_before_the_server_finds_it(
    serve: Callable[..., Served], people: People
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/overlay?parts=clock,lower"
    page = people.open(f"{(ASSETS / 'overlay_first.html').as_uri()}#{address}", 1920, 1080)
    page.wait_for_event("requestfailed", timeout=PATIENCE_MS)
    serve([], port=port)
    page.wait_for_url(address, timeout=PATIENCE_MS)
    drawn(page)
    assert page.locator(".overlay-text").inner_text() == "The Two-Round Cup"


def play(served: Served, seats: Sequence[str], look: Callable[[str], None]) -> None:
    """One round, with a look at every screen where something else stands on it."""
    look("lobby")
    served.order("next")
    look("question")
    served.order("next")
    served.command("StartDraft", seats[0], round=0, system="", temperature=0.0, top_p=1.0)
    look("tuning")
    for number, seat in enumerate(seats):
        if number:
            served.command("StartDraft", seat, round=0, system="", temperature=0.0, top_p=1.0)
        done = {"text": f"By nobody, {seat}.", "outcome": "finished", "finalist": seat}
        served.command("RecordDraft", "crew", round=0, draft=1, **done)
        served.command("Submit", seat, round=0, draft=1)
    served.order("wait for phase", phase="reading")
    for _ in (*seats, "the vote"):
        served.order("next")
    look("marking")
    served.order("wait for verdicts")
    served.order("next")
    served.order("wait for tally")
    for _ in range(3):
        served.order("next")
    served.command("FileAppeal", "finalist-v", round=0, letter="A", ground="factual error")
    served.command("HoldShow", "host")
    look("appeal")


def reveal(served: Served, seats: Sequence[str], look: Callable[[str], None]) -> None:
    """The appeal is lost; every name is called; the table."""
    served.command("ResumeShow", "host")
    for expert in range(1, 6):
        served.command("VoteAppeal", f"panel-{expert}", round=0, letter="A", is_upheld=False)
    served.order("skip", seconds=700)
    served.order("wait for no clock")
    for _ in range(4 + len(seats)):
        served.order("next")
    look("reveal")
    served.order("next")
    look("standings")


@pytest.mark.parametrize("finalists", [5, 8])
def test_nothing_is_cut_or_covered_with_the_longest_names(
    serve: Callable[..., Served], people: People, finalists: int
) -> None:
    served = serve([9, 8, 7, 6, 5, 4, 3, 2], show=show_of(finalists))
    pages = {name: people.open(served.links[name], 1920, 1080) for name in SCREENS}
    small = people.open(served.links["commentary"], 1366, 768)
    found: dict[tuple[str, str], object] = {}

    def look(moment: str) -> None:
        step = len(found)
        served.order("end step", step=step)
        for name, page in {**pages, "commentary, small": small}.items():
            page.wait_for_function(f"() => window.step === {step}", timeout=PATIENCE_MS)
            drawn(page, "#app .region, .card")
            edge = (96, 54) if name in ("overlay", "prompter", "testcard") else (0, 0)
            found[moment, name] = page.evaluate(FAULTS, edge)

    seats = [f"finalist-{lectern.lower()}" for lectern in LECTERNS[:finalists]]
    play(served, seats, look)
    reveal(served, seats, look)

    assert found == dict.fromkeys(found, NONE)
    assert people.complaints == []


def show_of(finalists: int) -> str:
    """A show of the longest names that a hall has to live with; reveals need no clock."""
    text = SHOW.replace("appeal = 5", "appeal = 600")
    for short, long in NAMES.items():
        assert short in text
        text = text.replace(short, long)
    more = "".join(
        f'    {{{{ name = "Finalist Number {n}" }}}},\n' for n in range(6, finalists + 1)
    )
    return text.replace("\n]\n[settings]", f"\n{more}]\n[settings]")


def test_the_waiting_page_says_what_it_needs(people: People) -> None:
    page = people.open(Path(ASSETS / "overlay_first.html").as_uri(), 1920, 1080)
    assert page.locator("body").inner_text().startswith("Write the overlay’s address behind #")
