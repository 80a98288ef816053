"""What stands on what reads well enough, by the theme's own colours."""

import pytest
from contrast.pairs import Pair, pairs, table

from finale.config import ASSETS


def test_the_document_is_the_table() -> None:
    text = (ASSETS / "contrast.md").read_text(encoding="utf-8")
    assert text.partition("\n| ")[2].strip() == table().removeprefix("| ")


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.ink}-{pair.ground}-{pair.use}")
def test_every_pair_reads_as_well_as_its_use_asks(pair: Pair) -> None:
    assert pair.is_enough, f"{pair.ratio:.2f}"
