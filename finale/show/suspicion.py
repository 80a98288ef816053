"""Which parts of a text speak to the judge: a pattern check, to tell the host and to probe."""

import base64
import codecs
import re
from contextlib import suppress
from functools import lru_cache

from finale.show.plea_patterns import ENGLISH, IN_PROMPTS, PATTERNS
from finale.show.seen import seen

LONGEST_QUOTE = 120
"""Characters of a suspicious part that a flag quotes."""

LONGEST_LOOK = 20_000
"""Characters of a text that are looked through for the host: no prompt may be longer."""

_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}|(?:[0-9A-Fa-f]{2}[ ,:]?){16,}")
_PART = re.compile(
    # A run of stops is tried from its first one alone: from each of them, dots take the square.
    r"[^\n]*?(?:(?<![.!?。！？])[.!?。！？]++[\"'”’)*_]*+(?=\s|$)|[。！？]|(?=\n)|$)",
    re.MULTILINE,
)


def suspicious(text: str) -> tuple[str, ...]:
    """The sentences of a sanitised text that speak to the judge, in their order."""
    return _parts(text, _found(text))


@lru_cache(maxsize=512)
def pleas(text: str) -> tuple[str, ...]:
    """The sentences of a prompt or draft that speak to the judge or for it, in their order.

    Remembered, for the host’s desk asks again after every change of the show.
    """
    text = seen(text[:LONGEST_LOOK])[:LONGEST_LOOK]
    return _parts(text, [m.span() for pattern in IN_PROMPTS for m in pattern.finditer(text)])


def without(text: str, parts: tuple[str, ...]) -> str:
    """The text without those sentences."""
    place, kept = 0, []
    for part in parts:
        start = text.index(part, place)
        kept.append(text[place:start])
        place = start + len(part)
    return "".join([*kept, text[place:]]).strip()


def quoted(part: str) -> str:
    """A suspicious part as a flag shows it: one line, not too long."""
    line = " ".join(part.split())
    return f"“{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + '…'}”"


def _parts(text: str, spans: list[tuple[int, int]]) -> tuple[str, ...]:
    found, waiting, reach = [], sorted(spans, reverse=True), 0
    for part in _PART.finditer(text):
        while waiting and waiting[-1][0] < part.end():
            reach = max(reach, waiting.pop()[1])
        if part.start() < reach and part[0].strip():
            found.append(part[0])
    return tuple(found)


def _found(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for pattern in PATTERNS for match in pattern.finditer(text)]
    turned = codecs.encode(text, "rot13")
    # Letter by letter, so places in the turned text are places in the text.
    for pattern in ENGLISH:
        spans += [match.span() for match in pattern.finditer(turned)]
    for pattern in ENGLISH:
        spans += [
            (len(text) - match.end(), len(text) - match.start())
            for match in pattern.finditer(text[::-1])
        ]
    return spans + [m.span() for m in _ENCODED.finditer(text) if _is_message(m[0])]


def _is_message(encoded: str) -> bool:
    """Whether base64 or hexadecimal hides words: honest answers have no use for that."""
    return any(_is_wordy(content) for content in _decoded(encoded))


def _decoded(encoded: str) -> list[bytes]:
    found = []
    padded = encoded.rstrip("=").replace("+", "-").replace("/", "_")
    # binascii's error is a ValueError.
    with suppress(ValueError):
        found.append(base64.urlsafe_b64decode(padded + "=" * (-len(padded) % 4)))
    with suppress(ValueError):
        found.append(bytes.fromhex(re.sub(r"[ ,:]", "", encoded)))
    return found


def _is_wordy(content: bytes) -> bool:
    # A word before the digits may end in two of them: a stray byte makes no noise of a message.
    text = content.decode("utf-8", "replace")
    plain = sum(c.isalpha() or c in " .,:;!?'\n" for c in text)
    return len(text) >= 12 and plain >= 0.9 * len(text)
