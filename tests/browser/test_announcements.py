"""What is said to screen readers is said once, and is not there to be read later."""

from collections.abc import Callable

from in_browser import People, Served
from playwright.sync_api import expect


def test_the_last_ten_seconds_are_said_and_gone(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([])
    served.order("next")
    served.order("next")
    page = people.open(
        served.links["finalist-v"], 1440, 900, prepare=lambda page: page.clock.install()
    )
    page.locator(".clock[data-announced]").wait_for()
    voice = page.locator("[aria-live=assertive].visually-hidden")
    page.clock.fast_forward(9 * 60_000 + 40_000)
    said = set()
    for _ in range(50):
        page.clock.run_for(250)
        said |= set(voice.all_text_contents())
    assert "10 seconds left" in said
    assert page.evaluate("document.documentElement.scrollHeight") == 900
    page.clock.run_for(3_000)
    expect(voice).to_be_empty()


def test_a_phone_says_a_headline_once(serve: Callable[[list[int]], Served], people: People) -> None:
    served = serve([])
    phone = f"{served.links['audience']}?{served.code}"
    page = people.open(phone, 390, 844, prepare=lambda page: page.clock.install())
    voice = page.locator("#live")
    expect(voice).to_have_text("You are in.")
    page.clock.run_for(5_000)
    expect(voice).to_be_empty()
