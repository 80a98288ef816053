"""One voice per pass, the last one counts: ballots and their tally."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one phone chose; `rev` grows each time that phone changes its mind."""

    pass_id: str
    choice: str
    rev: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Ballots per choice; raises ValueError if a count is negative."""

    counts: Mapping[str, int]

    def __post_init__(self) -> None:
        for choice, count in self.counts.items():
            if count < 0:
                raise ValueError(f"{choice}: {count} is not a number of ballots")

    @property
    def total(self) -> int:
        """All ballots, one per pass."""
        return sum(self.counts.values())

    def share(self, choice: str) -> float:
        """The choice's share of all ballots, 0–100; 0 if nobody voted."""
        return 100 * self.counts.get(choice, 0) / self.total if self.total else 0.0


def tally(ballots: Iterable[Ballot]) -> Tally:
    """Count the ballot with the highest `rev` of each pass, whatever order they come in.

    A phone never uses one `rev` for two choices; should it happen, the choice that sorts last
    counts, so that every recount agrees. Counts are in the order of the choices' names.
    """
    last: dict[str, tuple[int, str]] = {}
    for ballot in ballots:
        heard = (ballot.rev, ballot.choice)
        last[ballot.pass_id] = max(last.get(ballot.pass_id, heard), heard)
    return Tally(dict(sorted(Counter(choice for _, choice in last.values()).items())))
