"""A whole show on phones in every language: nothing English, cut or overlapping, on any screen."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import pytest
from audience.phone_house import ANSWERS, House, house
from audience.phone_looks import faults, said
from audience.phone_tale import MESSAGE, WRONG, Room, tale
from babel.messages.pofile import read_po
from playwright.async_api import Browser, Page

from finale.languages.texts import catalogue_file
from finale.show.phrase import LANGUAGES, Language

LOCALES = {"en": "en-GB", "de": "de-AT", "fr": "fr-CA", "es": "es-MX", "ja": "ja-JP", "ar": "ar-EG"}
SCREENS = ((390, 844, "dark"), (320, 640, "light"), (195, 422, "dark"))
"""An ordinary phone, a narrow one, and the first at 200 % zoom."""

PEOPLES = (
    *("Vera Example", "Wim Placeholder", "Xenia Specimen", "The Test Cup", "scripted judge"),
    *("What about bakery?", "What about barge?", MESSAGE, WRONG, *ANSWERS.values()),
    *("Refer", "it.", "FINALE", "Finale"),
)
"""What is not the page's own: names, questions, answers, the name mark."""
LATIN = re.compile(r"[A-Za-z]{2,}")
CODE = re.compile(r"[0-9A-Z]{4} [0-9A-Z]{4}")
ISOLATES = re.compile("[\u2068\u2069]")
LATIN_TOO = {"ja": {"Wi-Fi", "AI"}, "ar": {"Wi-Fi"}}
"""Latin words that stand in Japanese and in Arabic sentences."""


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    wanted: Language = request.param
    return wanted


@asynccontextmanager
async def room_in(language: Language, show: House, browser: Browser) -> AsyncIterator[Room]:
    """Phones of every size in that language; they complain of nothing."""
    complaints: list[str] = []

    async def phone(width: int, height: int, scheme: str) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale=LOCALES[language],
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    pages = [await phone(*screen) for screen in SCREENS]
    yield Room(show, pages, await phone(*SCREENS[0]))
    assert complaints == []


@cache
def english_of(language: Language) -> list[re.Pattern[str]]:
    """Every English text that this language says in another way."""
    with catalogue_file(language).open("rb") as source:
        messages = [message for message in read_po(source, language) if message.id]
    found = []
    for message in messages:
        others = (message.string,) if isinstance(message.string, str) else message.string
        for text in (message.id,) if isinstance(message.id, str) else message.id:
            if text not in others and LATIN.search(text):
                places = re.split(r"{\w+}", text)
                found.append(re.compile(".+".join(re.escape(place) for place in places)))
    return found


def left_over(language: Language, texts: list[str]) -> list[str]:
    """What stands there in English, or in letters that the language has not."""
    if language == "en":
        return []
    own = [ISOLATES.sub("", text) for text in texts if text not in PEOPLES]
    found = [t for t in own for pattern in english_of(language) if pattern.fullmatch(t)]
    if language in LATIN_TOO:
        for text in own:
            for known in (*PEOPLES, *LATIN_TOO[language]):
                text = text.replace(known, "")
            found += LATIN.findall(CODE.sub("", text))
    return found


async def test_every_moment_is_said_in_the_language_and_stands_whole(
    folder: Path, browser: Browser, language: Language
) -> None:
    seen, wrong = [], []
    async with house(folder) as show, room_in(language, show, browser) as room:
        async for moment in tale(room):
            seen.append(moment)
            for page, screen in zip(room.pages, SCREENS, strict=False):
                found = await faults(page) + left_over(language, await said(page))
                wrong += [f"{moment} at {screen[0]} px: {fault}" for fault in found]
    assert wrong == []
    assert len(seen) == len(set(seen)) > 30
    assert {"lobby", "reading", "vote", "receipt", "offline", "too-late", "champion"} <= set(seen)


@pytest.mark.parametrize(
    ("selector", "spoil", "fault"),
    [
        ("#hint", "node => { node.style.translate = '0 -64px' }", "overlap"),
        ("h1", "node => { node.style.whiteSpace = 'nowrap' }", "over the edge"),
        ("h1", "node => { node.style.overflow = 'hidden'; node.style.height = '9px' }", "cut"),
        ("h1", "node => { node.style.width = '3em'; node.style.lineBreak = 'anywhere' }", "broken"),
        (
            ".join button",
            "node => { node.style = 'font-size: 90px; white-space: nowrap' }",
            "runs over",
        ),
        (".join button", "node => { node.style = 'min-height: 0; padding: 0' }", "small"),
    ],
)
async def test_a_page_that_is_spoilt_is_found_out(
    show: House, host: str, page: Page, selector: str, spoil: str, fault: str
) -> None:
    await page.goto(f"http://{host}/")
    node = page.locator(selector)
    await node.wait_for()
    assert await faults(page) == []
    await node.evaluate(spoil)
    assert fault in {found.split(":")[0] for found in await faults(page)}


async def test_english_that_is_left_over_is_found_out(show: House, host: str, page: Page) -> None:
    await page.goto(f"http://{host}/")
    await page.locator("#code").wait_for()
    texts = await said(page)
    assert "Join the room" in left_over("de", texts)
    assert "Join" in left_over("ja", texts)
    assert left_over("de", ["Vera Example", "8PMG DW8M", "Code"]) == []
