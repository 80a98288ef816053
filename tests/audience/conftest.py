"""What the audience's tests share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from audience.phone_house import House, house, served


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
