"""What the host is told of a mark: plain sentences; none of them changes the mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from finale.judging.base import Opinion
from finale.judging.sanitised import LONGEST_ANSWER, Copy
from finale.judging.suspicion import quoted
from scoring.rubric import Rubric

WIDEST_SPREAD = 2
"""Passes that lie further apart on one criterion are flagged."""

WORST_FALL = 1.5
"""A mark (1–10) that falls by more without the suspicious sentences is flagged."""

MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """All that was noticed while an answer was marked.

    `fall` is by how much the mark, 1–10, is lower without the suspicious `parts`; None where that
    was not tried. `stood_in` says why the spare judge marked, "" if the first did.
    """

    copy: Copy
    parts: tuple[str, ...]
    opinions: Sequence[Opinion]
    fall: float | None
    is_probe_missing: bool
    stood_in: str


def flags_of(finding: Finding, rubric: Rubric) -> tuple[str, ...]:
    """What the host should know of this mark, one sentence each."""
    return (
        *_stand_in(finding),
        *_spread(finding.opinions, rubric),
        *_suspicion(finding.opinions),
        *_speech(finding),
        *_probe(finding),
        *_hidden(finding.copy),
    )


def _stand_in(finding: Finding) -> list[str]:
    if not finding.stood_in:
        return []
    return [f"The spare judge marked this answer. The first said: {finding.stood_in}"]


def _spread(opinions: Sequence[Opinion], rubric: Rubric) -> list[str]:
    found = []
    for criterion in rubric.criteria:
        marks = [opinion.marks[criterion.key] for opinion in opinions]
        if max(marks) - min(marks) > WIDEST_SPREAD:
            given = ", ".join(str(mark) for mark in marks)
            found.append(f"The passes disagree on {criterion.label.lower()}: {given}.")
    return found


def _suspicion(opinions: Sequence[Opinion]) -> list[str]:
    told = sum(opinion.is_suspicious for opinion in opinions)
    if not told:
        return []
    return [f"The judge suspects manipulation in {told} of {len(opinions)} passes."]


def _speech(finding: Finding) -> list[str]:
    quotes = [quoted(part) for part in finding.parts[:MOST_QUOTES]]
    more = len(finding.parts) - len(quotes)
    rest = f" and {more} more" if more else ""
    return [f"The answer seems to speak to the judge: {', '.join(quotes)}{rest}."] if quotes else []


def _probe(finding: Finding) -> list[str]:
    if finding.is_probe_missing:
        return ["It could not be tried how the mark is without that."]
    if finding.fall is None or finding.fall <= WORST_FALL:
        return []
    return [f"Without that the mark falls by {finding.fall:.1f} of 10."]


def _hidden(copy: Copy) -> list[str]:
    found = []
    if copy.hidden:
        found.append(f"The judge was not shown {_many(copy.hidden, 'hidden character')}.")
    if copy.disarmed:
        what = _many(copy.disarmed, "role header or token", "role headers or tokens")
        found.append(f"The answer imitates a conversation: {what}.")
    if copy.is_cut:
        found.append(f"The judge was shown the first {LONGEST_ANSWER:,} characters only.")
    return found


def _many(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"
