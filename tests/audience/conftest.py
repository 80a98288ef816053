"""What the audience's tests share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from audience.phone_house import SCREEN, House, house, served
from in_browser import CHROMIUM, FLAGS
from playwright.async_api import Browser, Page, async_playwright


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
async def show(folder: Path) -> AsyncIterator[House]:
    async with house(folder) as opened:
        yield opened


@pytest.fixture
async def host(show: House) -> AsyncIterator[str]:
    async with served(show.gateway) as address:
        yield address


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install the package chromium")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        await opened.close()


@pytest.fixture
async def page(browser: Browser) -> Page:
    context = await browser.new_context(viewport=SCREEN)  # type: ignore[arg-type]
    return await context.new_page()
