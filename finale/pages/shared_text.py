"""One text that all windows of a seat share; what is written over unseen is set aside."""

import json
from collections.abc import Callable, Collection
from typing import Final
from zlib import crc32

from finale.store.scratch import Scratch

MOST_ASIDE: Final = 9


def revision(text: str) -> str:
    """A short name of the text; kept_text.js gives the same one."""
    raw = text.encode(errors="replace")
    return f"{len(raw)}-{crc32(raw)}"


def _as_it_is(text: str) -> str:
    return text


class SharedText:
    """A text in the scratch store; `pack` and `unpack` lead to what stands there."""

    def __init__(
        self,
        scratch: Scratch,
        keys: tuple[str, str],
        pack: Callable[[str], str] = _as_it_is,
        unpack: Callable[[str], str] = _as_it_is,
    ) -> None:
        """As it was kept, under the first of `keys`; what is set aside stands under the second."""
        self.scratch = scratch
        self.keys = keys
        self._key, self._aside_key = keys
        self._pack = pack
        self._unpack = unpack

    @property
    def text(self) -> str:
        """As it is kept now."""
        return self._unpack(self.scratch.get(self._key))

    @property
    def asides(self) -> list[str]:
        """Other texts of other windows, the newest first; none of them is part of the text."""
        found: list[str] = json.loads(self.scratch.get(self._aside_key) or "[]")
        return found

    async def write(self, text: str, seen: Collection[str]) -> None:
        """Keep `text`, written in a window that knew the revisions `seen`.

        A text that this window did not know is set aside.
        """
        asides = self.asides
        if revision(self.text) not in seen:
            asides = [self.text, *asides]
        await self._put(text, asides)

    async def swap(self) -> None:
        """Change places with the text set aside last; said again, with the one before it."""
        if self.asides:
            text, *others = self.asides
            await self._put(text, [*others, self.text])

    async def _put(self, text: str, asides: list[str]) -> None:
        # Whatever stands whole in a newer text is not lost.
        newer, left = [text], list[str]()
        for aside in asides:
            if not any(aside in known for known in newer):
                newer.append(aside)
                left.append(aside)
        puts = {self._key: self._pack(text)}
        if left != self.asides:
            puts[self._aside_key] = json.dumps(left[:MOST_ASIDE], ensure_ascii=False)
        await self.scratch.put_all(puts)
