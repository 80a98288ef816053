"""Every page of a show, each in a browser of its own, and the host's hand on Next."""

import re
from dataclasses import dataclass

from in_browser import People, Served
from playwright.sync_api import Locator, Page

from finale.config import ROOT

SHOTS = ROOT / "build" / "shots"
PATIENCE_MS = 20_000
SETTLED = """() => Promise.allSettled(document.getAnimations()
    .filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished))"""
"""Every movement has come to its end."""


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
        SHOTS.mkdir(parents=True, exist_ok=True)
        pages = {
            "host": self.host,
            "stage": self.stage,
            "finalist": self.finalists[0],
            "panel": self.expert,
            "phone": self.phones[0],
        }
        for role in roles:
            pages[role].evaluate(SETTLED)
            pages[role].screenshot(path=SHOTS / f"{name}-{role}.png")


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
