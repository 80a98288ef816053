"""The question bank of the understudies: whoever marks for them reads it, too."""

from pathlib import Path

import pytest

from finale.questions import read_bank
from finale.show.question import Question

BANK = Path(__file__).parent.parent / "llm" / "bank.toml"


@pytest.fixture(scope="session")
def questions() -> tuple[Question, ...]:
    return read_bank(BANK).question
