"""Covers finalists' names in answers, which must not say whose they are."""

import re

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
"""Names that are also words: in small letters they are words."""


def masked(text: str, rundown: Rundown) -> str:
    """`text` without any finalist's name, in whatever case."""
    for finalist in rundown.finalists:
        text = _without(text, finalist.name, frozenset())
        parts = (part for part in finalist.name.split() if len(part) > 2)
        for part in filter(None, (finalist.short, *parts)):
            text = _without(text, part, EVERYDAY)
    return text


def _without(text: str, name: str, words: frozenset[str]) -> str:
    whole = rf"(?<!\w){re.escape(name)}(?!\w)"
    return re.sub(whole, lambda m: m[0] if m[0] in words else MASK, text, flags=re.IGNORECASE)
