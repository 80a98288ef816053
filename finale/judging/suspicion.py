"""Which parts of an answer speak to the judge: a pattern check, to tell the host and to probe."""

import base64
import codecs
import re
from contextlib import suppress

from finale.judging.patterns import ENGLISH, PATTERNS

LONGEST_QUOTE = 120
"""Characters of a suspicious part that a flag quotes."""

_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}|(?:[0-9A-Fa-f]{2}[ ,:]?){16,}")
_PART = re.compile(r"[^\n]*?(?:[.!?。！？]+[\"'”’)*_]*(?=\s|$)|[。！？]|(?=\n)|$)", re.MULTILINE)


def suspicious(text: str) -> tuple[str, ...]:
    """The sentences of a sanitised text that speak to the judge, in their order."""
    spans = _found(text)
    parts = ((m.start(), m.end()) for m in _PART.finditer(text) if m[0].strip())
    return tuple(text[a:b] for a, b in parts if any(a < end and start < b for start, end in spans))


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
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    plain = sum(c.isalpha() or c in " .,:;!?'\n" for c in text)
    return len(text) >= 12 and plain >= 0.9 * len(text)
