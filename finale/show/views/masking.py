"""Covers finalists' names in answers, which must not say whose they are."""

import re
from functools import lru_cache

from finale.show.rundown import Rundown

MASK = "[name]"

_WORDS = """
art bill blue bob brook cash chance chase christian dale dawn day dean drew earnest faith fern
field frank gene glen grace grant gray green grey hall heath hill holly hope house hunter iris ivy
jack jade jean john joy june king lance lane law long love mark marsh mason may mercy miles miller
moon nick north olive page park parker patience pearl penny pierce price prince queen rain ray reed
rich rob robin rock rose ruby rusty sage scout sky sterling stone summer sun van victor violet wade
ward warren wells west will wood young
"""

EVERYDAY = frozenset(_WORDS.split())
"""Names that are also words: in small letters they are words, as is all that the show asks."""

_COMMON = """
abu and bin das del den der des die dos el for from ibn las les los mac min mrs ms ter the tot van
vom von zum zur ai eu it pc tv uk us
answer example name none nobody placeholder sample specimen standin team test
"""

NEVER = frozenset(_COMMON.split())
"""Words that stand in names and in every text: alone they tell nobody."""


def masked(text: str, rundown: Rundown) -> str:
    """`text` without any finalist's name, in whatever case.

    A part of a name that is also a word of the language, or of the show's own questions, is
    covered only where it is written with a capital.
    """
    names = tuple((finalist.name, finalist.short) for finalist in rundown.finalists)
    return _masked(text, names, EVERYDAY | _words_of(_asked(rundown)))


@lru_cache(maxsize=128)
def _masked(text: str, names: tuple[tuple[str, str], ...], words: frozenset[str]) -> str:
    for name, short in names:
        text = _without(text, name, frozenset())
        parts = [part for part in name.split() if len(part) > 2]
        for part in filter(None, (short, *parts)):
            if part.casefold() not in NEVER:
                text = _without(text, part, words)
    return text


def _asked(rundown: Rundown) -> str:
    questions = (*rundown.rounds, rundown.reserve, *rundown.spares)
    return "\n".join(f"{q.text} {q.reference} {' '.join(q.key_facts)}" for q in questions)


@lru_cache(maxsize=8)
def _words_of(text: str) -> frozenset[str]:
    """Every word of the text that stands there in small letters."""
    return frozenset(word for word in re.findall(r"\w+", text) if word.islower())


def _without(text: str, name: str, words: frozenset[str]) -> str:
    whole = rf"(?<!\w){re.escape(name)}(?!\w)"
    return re.sub(whole, lambda m: m[0] if m[0] in words else MASK, text, flags=re.IGNORECASE)
