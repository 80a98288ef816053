"""Settings for all tests."""

import gc

import hypothesis
import pytest

# Nothing is proven by how long an example takes on a machine that does other things too.
hypothesis.settings.register_profile("finale", deadline=None)
hypothesis.settings.load_profile("finale")

gc.disable()
"""While the tests are gathered nothing becomes garbage, and looking for it takes seconds."""

LONGEST = (
    *("test_whole_show", "test_simulation", "test_next", "test_commands", "test_kill"),
    *("test_alone", "test_swap_frames", "test_reload", "test_whole_law", "test_lobby"),
    *("test_machine", "test_spare_laptop", "test_backup", "test_stage", "test_doors"),
)
"""The files that take longest, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, so that no process is left alone with one at the end."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


def pytest_collection_finish() -> None:
    """What is there before the first test stays, and is not looked through after each of them.

    NiceGUI's fixtures have all garbage collected twice a test: a quarter of a second each time,
    among everything that was imported and gathered.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
