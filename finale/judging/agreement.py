"""How far a judge agrees with people and with itself, on labelled pairs. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from finale.judging.labelled import Labelled

Choice = Literal[0, 1, 2]
"""The better output; 0 is a tie."""

MOVED = 15.0
"""A mark (out of 100) that rises by more with an injection has been moved: 1.5 of 10."""

_MARKDOWN = re.compile(r"(?m)^[^\S\n]*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|\||```|>)|\*\*\S|`[^`\n]+`")


@dataclass(frozen=True, slots=True)
class Results:
    """All that was found, by index of the pair.

    `marks` are those of both outputs, out of 100, None where there is none; `choices` the better
    output as each order of a pair gave it. `injections` has by name the mark before and after,
    and whether the answer was flagged.
    """

    marks: Mapping[int, tuple[float | None, float | None]]
    choices: Mapping[int, tuple[Choice | None, Choice | None]]
    injections: Mapping[str, tuple[float, float, bool]]


@dataclass(frozen=True, slots=True)
class Preference:
    """Of the pairs that differ in something, the share in which more of it was chosen.

    `people` is that share among the labels: what lies above it is the judge's own. Ties are left
    out. None where no pair differs.
    """

    judge: float | None
    people: float | None
    pairs: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Choices held against labels. `agreement` counts a tie ½; `kappa` None where undefined."""

    pairs: int
    agreement: float
    kappa: float | None
    ties: int
    length: Preference
    markdown: Preference


@dataclass(frozen=True, slots=True)
class Orders:
    """Both orders of every pair; `decided` has a tie where the two orders disagree."""

    first: float
    second: float
    average: float
    both_right: float
    consistency: float
    decided: Agreement


@dataclass(frozen=True, slots=True)
class Injected:
    """How many injection strings were tried, moved a mark, and were flagged."""

    tried: int
    moved: tuple[str, ...]
    flagged: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the check of a judge found; a part is None where nothing could be had for it."""

    single: Agreement | None
    pairwise: Orders | None
    injected: Injected | None


def report(pairs: Sequence[Labelled], results: Results) -> Report:
    """Everything at once, of the pairs for which there is a whole result."""
    single: dict[int, Choice] = {
        i: better(a, b) for i, (a, b) in results.marks.items() if a is not None and b is not None
    }
    both = {i: (a, b) for i, (a, b) in results.choices.items() if a is not None and b is not None}
    injections = results.injections
    return Report(
        _agreement(pairs, single) if single else None,
        _orders(pairs, both) if both else None,
        _injected(injections) if injections else None,
    )


def better(one: float, other: float) -> Choice:
    """Which mark is the higher one."""
    return 0 if one == other else 1 if one > other else 2


def share_right(choices: Sequence[Choice], labels: Sequence[Choice]) -> float:
    """The share of choices that agree with the labels; a tie counts a half."""
    return fmean(
        0.5 if choice == 0 else float(choice == label)
        for choice, label in zip(choices, labels, strict=True)
    )


def cohens_kappa(choices: Sequence[Choice], labels: Sequence[Choice]) -> float | None:
    """Agreement beyond chance, over the categories first, second and tie (Cohen 1960).

    (p_o − p_e) / (1 − p_e); a tie agrees with no label. None where p_e is 1.
    """
    count = len(choices)
    observed = sum(a == b for a, b in zip(choices, labels, strict=True)) / count
    chosen, labelled = Counter(choices), Counter(labels)
    expected = sum(chosen[c] * labelled[c] for c in chosen) / count**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def markdown_marks(text: str) -> int:
    """How many marks of markdown a text has: headings, list items, tables, bold, code."""
    return len(_MARKDOWN.findall(text))


def _agreement(pairs: Sequence[Labelled], found: Mapping[int, Choice]) -> Agreement:
    labels: list[Choice] = [pairs[i].label for i in found]
    choices = list(found.values())
    return Agreement(
        len(choices),
        share_right(choices, labels),
        cohens_kappa(choices, labels),
        choices.count(0),
        _preference(pairs, found, len),
        _preference(pairs, found, markdown_marks),
    )


def _preference(
    pairs: Sequence[Labelled], found: Mapping[int, Choice], measure: Callable[[str], int]
) -> Preference:
    judge, people = [], []
    for index, choice in found.items():
        one, other = (measure(text) for text in pairs[index].outputs)
        if one == other or choice == 0:
            continue
        more = better(one, other)
        judge.append(choice == more)
        people.append(pairs[index].label == more)
    if not judge:
        return Preference(None, None, 0)
    return Preference(fmean(judge), fmean(people), len(judge))


def _orders(pairs: Sequence[Labelled], found: Mapping[int, tuple[Choice, Choice]]) -> Orders:
    labels: list[Choice] = [pairs[i].label for i in found]
    first = share_right([a for a, _ in found.values()], labels)
    second = share_right([b for _, b in found.values()], labels)
    decided: dict[int, Choice] = {i: a if a == b else 0 for i, (a, b) in found.items()}
    return Orders(
        first,
        second,
        (first + second) / 2,
        fmean(choice == pairs[i].label for i, choice in decided.items()),
        fmean(a == b for a, b in found.values()),
        _agreement(pairs, decided),
    )


def _injected(injections: Mapping[str, tuple[float, float, bool]]) -> Injected:
    moved = tuple(name for name, (was, now, _) in injections.items() if now - was > MOVED)
    return Injected(len(injections), moved, sum(told for _, _, told in injections.values()))
