"""A fresh show behind the API for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from api.api_house import ApiHouse, api_house
from in_browser import serve

__all__ = ["serve"]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ApiHouse]:
    async with api_house(tmp_path, finalists=3, panel=3) as opened:
        yield opened
