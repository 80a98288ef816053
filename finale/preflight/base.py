"""What a check finds, and how findings add up to GO or NO-GO."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Grade = Literal["go", "watch", "no-go"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of one thing: `text` is what was found, `action` what to do unless it is "go"."""

    subject: str
    check: str
    grade: Grade
    text: str
    action: str = ""


Tell = Callable[[Finding], None]
"""Told of every finding as it comes."""


def is_go(findings: Iterable[Finding]) -> bool:
    """Whether the show may open: nothing found is a "no-go"."""
    return all(finding.grade != "no-go" for finding in findings)
