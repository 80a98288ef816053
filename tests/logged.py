"""What was logged, line by line, before it is rendered."""

from typing import Any

import pytest


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Event names with their values, in order."""
    said = [record.msg for record in caplog.records]
    assert all(isinstance(line, dict) for line in said)
    return said  # type: ignore[return-value]
