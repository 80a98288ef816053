"""Two drafts side by side: what of prompt and settings is not the same."""

import difflib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from finale.show.views.finalist import DraftView

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
_MANY = 20_000
"""Pairs of equal words from which on the comparison leaves out those that stand everywhere."""
_TOO_MANY = 100_000
"""Pairs from which on it is not made: each may be looked at again for every stretch."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands on both sides, or (`is_changed`) on this one alone."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two drafts, the earlier one on the left; the pieces make up each one's system prompt."""

    left: DraftView
    right: DraftView
    left_prompt: tuple[Piece, ...]
    right_prompt: tuple[Piece, ...]

    @property
    def is_hotter(self) -> bool:
        """Whether the temperatures differ."""
        return self.left.temperature != self.right.temperature

    @property
    def is_wider(self) -> bool:
        """Whether the values of top_p differ."""
        return self.left.top_p != self.right.top_p


def pairs_of(drafts: tuple[DraftView, ...]) -> tuple[tuple[int, int], ...]:
    """The numbers of all that can be compared, the newest two first."""
    ended = [draft.number for draft in drafts if draft.outcome != "running"]
    return tuple(reversed(list(combinations(ended, 2))))


def pair_of(drafts: tuple[DraftView, ...], numbers: tuple[int, int]) -> Pair:
    """The drafts of those numbers, compared; IndexError if there are none."""
    left, right = (drafts[number - 1] for number in numbers)
    return Pair(left, right, *changes(left.system, right.system))


def changes(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Each text in pieces, word by word; white space belongs to what stands around it."""
    sides = _TOKENS.findall(left), _TOKENS.findall(right)
    lefts: list[Piece] = []
    rights: list[Piece] = []
    for is_changed, old, new in _stretches(*sides):
        _add(lefts, "".join(old), is_changed)
        _add(rights, "".join(new), is_changed)
    return tuple(lefts), tuple(rights)


def _stretches(left: list[str], right: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """What stands on each side, stretch by stretch, and whether it differs."""
    start = _same(left, right)
    end = _same(left[start:][::-1], right[start:][::-1])
    middles = left[start : len(left) - end], right[start : len(right) - end]
    pairs = _pairs(*middles)
    yield False, left[:start], right[:start]
    if pairs > _MANY and _pairs(*middles, len(middles[1]) // 100 + 1) > _TOO_MANY:
        yield True, *middles
    else:
        matcher = difflib.SequenceMatcher(None, *middles, autojunk=pairs > _MANY)
        for what, i, j, k, m in matcher.get_opcodes():
            yield what != "equal", middles[0][i:j], middles[1][k:m]
    yield False, left[len(left) - end :], right[len(right) - end :]


def _same(left: list[str], right: list[str]) -> int:
    """How many words the two begin with alike."""
    different = (i for i, (old, new) in enumerate(zip(left, right, strict=False)) if old != new)
    return next(different, min(len(left), len(right)))


def _pairs(left: list[str], right: list[str], most: int = sys.maxsize) -> int:
    """How many pairs of equal words there are, of words that stand at most so often on the right.

    The work of a comparison grows with them.
    """
    lefts = Counter(left)
    rights = Counter(right)
    return sum(lefts[word] * count for word, count in rights.items() if count <= most)


def _add(pieces: list[Piece], text: str, is_changed: bool) -> None:
    """A blank between two changes is changed with them, so that one stroke goes through all."""
    if not text:
        return
    if is_changed and len(pieces) > 1 and not pieces[-1].text.strip() and pieces[-2].is_changed:
        text = f"{pieces[-2].text}{pieces[-1].text}{text}"
        del pieces[-2:]
    elif pieces and pieces[-1].is_changed == is_changed:
        text = f"{pieces.pop().text}{text}"
    pieces.append(Piece(text, is_changed))
