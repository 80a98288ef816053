"""Settings for all tests."""

import gc
import os

import hypothesis
import pytest

# Nothing is proven by how long an example takes on a machine that does other things too.
hypothesis.settings.register_profile("finale", deadline=None)
hypothesis.settings.load_profile("finale")

gc.disable()
"""While the tests are gathered nothing becomes garbage, and looking for it takes seconds."""

WAITING = 2
"""So many processes more than processors: a test in a browser waits as long as it works."""


def pytest_xdist_auto_num_workers() -> int:
    """How many processes `-n auto` is."""
    return (os.cpu_count() or 1) + WAITING


LONGEST = (
    *("test_whole_show", "test_simulation", "test_swap_frames", "test_commands", "test_alone"),
    *("test_broadcast", "test_kill", "test_next", "test_hostile_texts", "test_lobby"),
    *("test_whole_law", "test_phone_door", "test_reload", "test_spare_laptop", "test_backup"),
    *("test_finalist_windows", "test_small_windows", "test_canary", "test_machine", "test_doors"),
    *("test_phone_page", "test_new_round", "test_untrusted", "test_conformance", "test_readme"),
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
