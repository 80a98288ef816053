"""The manner a system prompt asks for, as far as an understudy understands it."""

import re
from dataclasses import dataclass

HEADINGS = ("Decision", "Conditions", "Why")
LEAST_WITH_HEADINGS = 30

_CUES = {
    "brief": r"\b(short|brief|briefly|concise\w*|terse\w*|crisp\w*|succinct\w*|to the point"
    r"|(one|two|three|[1-3]) sentences?)\b",
    "kind": r"\b(kind|kindly|kindness|warm|warmly|warmth|friendly|gentle|gently|empath\w*"
    r"|encourag\w*|comforting)\b",
    "plain": r"\b(plain|plainly|simple|simply|everyday|no jargon|no markdown|no formatting"
    r"|(without|avoid) (jargon|markdown|formatting))\b",
    "bullets": r"\b(bullets?|bulleted|bullet[- ]points?|lists?|numbered)\b",
    "headings": r"\b(headings?|headers?|headed|sections?|structured?)\b",
}
_REFUSED = re.compile(r"\b(no|not|never|without|avoid|don['’]t)(\s+\w+){0,2}\s+$", re.IGNORECASE)
_REACH = 100
"""Characters before a cue within which its refusal stands."""
_AT_MOST = re.compile(
    r"\b(under|below|fewer than|less than|at most|no more than|not more than|maximum(?: of)?"
    r"|max\.?|up to|within|not exceed(?:ing)?|limit of|to|in)"
    r"\s+(\d{1,4})[\s-]+words?\b"
    r"|\b(\d{1,4})[\s-]+words?\s+(?:or (?:fewer|less)|at (?:the )?most|max(?:imum)?\b|limit)",
    re.IGNORECASE,
)
_STRICT = ("under", "below", "fewer than", "less than")


@dataclass(frozen=True, slots=True)
class Manner:
    """How an answer is to read; lengths in words, as split at white space."""

    is_brief: bool = False
    is_kind: bool = False
    is_plain: bool = False
    has_bullets: bool = False
    headings: tuple[str, ...] = ()
    limit: int | None = None

    @property
    def most(self) -> int:
        """The words an answer never passes, 1 or more."""
        usual = 60 if self.is_brief else 160
        return usual if self.limit is None else max(1, min(usual, self.limit))

    @property
    def enough(self) -> int:
        """The words from which an answer is long enough."""
        return min(35 if self.is_brief else 105, self.most * 4 // 5)


def read_manner(system: str) -> Manner:
    """What a system prompt asks for; what it does not speak of stays as usual."""
    limit = _limit(system)
    has_room = limit is None or limit >= LEAST_WITH_HEADINGS
    return Manner(
        is_brief=_asks(system, "brief"),
        is_kind=_asks(system, "kind"),
        is_plain=_asks(system, "plain"),
        has_bullets=_asks(system, "bullets"),
        headings=_headings(system) if has_room else (),
        limit=limit,
    )


def _asks(system: str, cue: str) -> bool:
    found = re.finditer(_CUES[cue], system, re.IGNORECASE)
    return any(
        not _REFUSED.search(system, max(0, match.start() - _REACH), match.start())
        for match in found
    )


def _headings(system: str) -> tuple[str, ...]:
    named = tuple(head for head in HEADINGS if re.search(rf"\b{head}\b", system, re.IGNORECASE))
    if len(named) >= 2:
        return named
    return HEADINGS if _asks(system, "headings") else ()


def _limit(system: str) -> int | None:
    limits = [
        int(match[2] or match[3]) - ((match[1] or "").casefold() in _STRICT)
        for match in _AT_MOST.finditer(system)
    ]
    return min(limits, default=None)
