"""Short names for what a script declares: a phone page has few bytes to spare."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from string import ascii_letters
from typing import Final

from finale.audience.script import is_word, tokens

_DECLARES: Final = frozenset({"const", "let", "function"})
_RESERVED: Final = frozenset({"do", "if", "in"})


def renamed(script: str) -> str:
    """The script with short names, the most used the shortest.

    A name changes everywhere at once, so that no scope need be known. It keeps its length if the
    script uses it as a property or a key, too: others read those. Globals that a browser's test
    looks at, such as `view`, are among them.
    """
    found = list(tokens(script))
    words = Counter(filter(is_word, found))
    own = set(_declared(found)) - set(_shared(found))
    free = (name for name in _short_names() if name not in words and name not in _RESERVED)
    wanted = sorted((name for name in own if len(name) > 2), key=lambda n: (-words[n], n))
    short = dict(zip(wanted, free, strict=False))
    return "".join(short.get(token, token) for token in found)


def _short_names() -> Iterator[str]:
    return ("".join(letters) for size in (1, 2) for letters in product(ascii_letters, repeat=size))


def _declared(found: Sequence[str]) -> Iterator[str]:
    for declares, space, name in zip(found, found[1:], found[2:], strict=False):
        if declares in _DECLARES and space.isspace() and is_word(name):
            yield name


def _shared(found: Sequence[str]) -> Iterator[str]:
    """Names after a dot, before a colon, or alone between the commas of braces."""
    brackets: list[str] = []
    edged = ("", "", *found, "")
    for earlier, before, token, after in zip(edged, edged[1:], edged[2:], edged[3:], strict=False):
        if token in ("(", "[", "{"):
            brackets.append(token)
        elif token in (")", "]", "}"):
            brackets.pop()
        elif is_word(token):
            is_property = before == "." and earlier != "."
            is_short_key = brackets[-1:] == ["{"] and before in ("{", ",") and after in (",", "}")
            if is_property or after == ":" or is_short_key:
                yield token
