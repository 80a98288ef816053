"""Small shows at the points where many tests begin."""

import pytest
from story import Story, rundown


@pytest.fixture
def tuning() -> Story:
    story = Story(rundown(finalists=3, panel=2))
    story.to_tuning()
    return story


@pytest.fixture
def marking() -> Story:
    story = Story(rundown(finalists=3, panel=2))
    story.to_marking(("finalist-v", "finalist-w", "finalist-x"))
    return story
