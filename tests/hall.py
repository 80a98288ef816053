"""Every page of a show, each in a browser of its own, and the host's hand on Next."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from in_browser import People, Served
from playwright.sync_api import Locator, Page

from finale.config import ROOT

SEATS = tuple(f"finalist-{lectern}" for lectern in "vwxyz")
SHOTS = ROOT / "build" / "shots"
ARE_SHOTS_WANTED = "SHOTS" in os.environ
PATIENCE_MS = 20_000
SETTLED = """() => Promise.allSettled(document.getAnimations()
    .filter(a => a.timeline === document.timeline)
    .filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished))"""
"""Every movement has come to its end; what moves with a scrolled place has none."""


@dataclass(frozen=True)
class Hall:
    """Every open page."""

    served: Served
    host: Page
    stage: Page
    finalists: tuple[Page, Page]
    expert: Page
    phones: tuple[Page, ...]

    def call(self, label: str) -> None:
        """The host's Next, once it says `label`; held for two seconds where it is guarded."""
        button = self.host.locator(".host-next-button:not([disabled])", has_text=label)
        button.wait_for(timeout=PATIENCE_MS)
        if "is-hold" in (button.get_attribute("class") or ""):
            button.hover()
            self.host.mouse.down()
            button.wait_for(state="detached", timeout=PATIENCE_MS)
            self.host.mouse.up()
        else:
            button.click()

    def keep(self, name: str, *roles: str) -> None:
        """A picture of each of these screens."""
        pages = {
            "host": self.host,
            "stage": self.stage,
            "finalist": self.finalists[0],
            "panel": self.expert,
            "phone": self.phones[0],
        }
        for role in roles:
            picture(pages[role], f"{name}-{role}")


def answer(served: Served, text: str = "By nobody, ") -> None:
    """Every finalist has an answer in, `text` and the seat, and the first one can be shown."""
    for seat in SEATS:
        answer_of(served, seat, f"{text}{seat}.")
    served.order("wait for phase", phase="reading")


def answer_of(served: Served, seat: str, text: str, round_: int = 0) -> None:
    """That finalist has this answer in."""
    served.command("StartDraft", seat, round=round_, system="", temperature=0.0, top_p=1.0)
    done = {"text": text, "outcome": "finished", "finalist": seat}
    served.command("RecordDraft", "crew", round=round_, draft=1, **done)
    assert served.command("Submit", seat, round=round_, draft=1) == {"events": ["Submitted"]}


def settle(served: Served, label: str) -> None:
    """After the host's step of that label: what the next one waits for is there."""
    if label == "Close the vote":
        served.order("wait for tally")
        served.order("wait for verdicts")
    if label == "Open the appeals":
        served.order("skip", seconds=6)
        served.order("wait for no clock")


def hold(page: Page, name: str) -> None:
    """Hold the button that bears `name` until it has acted and is gone."""
    button = page.get_by_role("button", name=name)
    button.hover()
    page.mouse.down()
    button.wait_for(state="detached", timeout=PATIENCE_MS)
    page.mouse.up()


def put_right(host: Page, remedy: str, picks: Mapping[str, str], why: str = "") -> None:
    """Open “Put right” and fill in everything that `remedy` asks for; the button is not held."""
    host.get_by_role("button", name="Put right").click()
    host.get_by_role("button", name=remedy, exact=True).click()
    for choice, option in picks.items():
        group = host.get_by_role("group", name=choice, exact=True)
        group.get_by_role("button", name=option, exact=True).click()
        group.locator("[aria-pressed=true]", has_text=option).wait_for(timeout=PATIENCE_MS)
    if why:
        host.get_by_label("Why (it stands in the record)").fill(why)


def picture(page: Page, name: str) -> None:
    """Wait until nothing on the page moves; keep how it looks, for whoever asks for pictures."""
    page.evaluate(SETTLED)
    if ARE_SHOTS_WANTED:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png")


def open_hall(served: Served, people: People) -> Hall:
    links = served.links
    phone = f"{links['audience']}?{served.code}"
    return Hall(
        served,
        people.open(links["host"], 1440, 900),
        people.open(links["stage"], 1920, 1080),
        (
            people.open(links["finalist-v"], 1440, 900),
            people.open(links["finalist-w"], 1440, 900),
        ),
        people.open(links["panel-1"], 1024, 768),
        tuple(people.open(phone, 390, 844) for _ in range(3)),
    )


def receipt(phone: Page) -> Locator:
    return phone.get_by_text(re.compile(r"^[2-9A-Z]{4} [2-9A-Z]{4}$")).first
