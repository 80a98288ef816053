"""A text field whose words are kept as they are typed, through reloads, restarts and windows."""

from collections.abc import Callable
from typing import Final

from nicegui import context, ui
from nicegui.events import GenericEventArguments

from finale.pages.shared_text import SharedText
from finale.show.rundown import Frozen

MOST_SENT: Final = 20_000
"""Characters: what is longer stays in the browser until it is shortened."""


class Typed(Frozen):
    """What the field says: `text` is None while it is too long to send; `serial` counts up.

    `keep` is the name of the text, `seen` the revisions of it that this window has known.
    """

    keep: str
    text: str | None
    length: int
    serial: int
    seen: tuple[str, ...]


class KeptText(ui.element, component="kept_text.js"):
    """A text area; what is typed is in its `SharedText` within 150 ms, and in every other window.

    When it is kept, the browser drops its own copy. It says itself when the text is longer than
    `longest` and cuts nothing.
    """

    def __init__(self, label: str, show_id: str, shared: SharedText, longest: int) -> None:
        """`show_id` keeps what one browser has of two shows apart."""
        super().__init__()
        self._show_id = show_id
        self._on_change: Callable[[str], object] = _nothing
        self._pushed = 0
        self._shared = shared
        self._props.update(label=label, longest=longest, most=MOST_SENT)
        self._take(shared)
        self.on("typed", self._typed)
        self.on("swapped", self._swap, [])
        context.client.on_delete(shared.scratch.listen(self._heard))

    def on_change(self, tell: Callable[[str], object]) -> None:
        """Tell of every new text, from here or from another window."""
        self._on_change = tell

    def begin(self, shared: SharedText) -> None:
        """Put another text into the field; the one before stays where it was kept."""
        if shared.keys[0] == self._shared.keys[0]:
            self._shared = shared
            self._props["others"] = len(shared.asides)
        else:
            self._take(shared)

    def put(self, text: str) -> None:
        """Write `text` over what stands there, as if somebody had typed it."""
        self.run_method("put", text)

    def lock(self, is_locked: bool, opens_at: float = 0.0) -> None:
        """Let it be read only, or typed in again.

        A page without a line unlocks itself at `opens_at`, in epoch seconds of the server's clock.
        """
        for name, value in (("locked", is_locked), ("opensAt", opens_at)):
            if self._props.get(name, 0.0) != value:
                self._props[name] = value

    def say(self, placeholder: str) -> None:
        """What an empty field shows."""
        self._props["placeholder"] = placeholder

    def _take(self, shared: SharedText) -> None:
        self._shared = shared
        self.text: str | None = shared.text
        self.length = len(shared.text)
        keep = f"{self._show_id}:{shared.keys[0]}"
        self._props.update(keep=keep, value=shared.text, others=len(shared.asides))

    async def _typed(self, event: GenericEventArguments) -> None:
        typed = Typed.model_validate(event.args)
        if typed.keep != self._props["keep"]:
            # Typed before the field heard of another text: the browser has it under its own name.
            return
        self.text, self.length = typed.text, typed.length
        if typed.text is None:
            return
        self._on_change(typed.text)
        pushed = self._pushed
        await self._shared.write(typed.text, typed.seen)
        self.run_method("saved", typed.serial, pushed)

    async def _swap(self) -> None:
        if not self._props.get("locked", False):
            await self._shared.swap()

    def _heard(self, key: str) -> None:
        """Show what another window has typed, but never over a text that is too long to send."""
        if key not in self._shared.keys or self.is_deleted:
            return
        others, text = len(self._shared.asides), self._shared.text
        if self._props["others"] != others:
            self._props["others"] = others
        if self.text is None or self.text == text:
            return
        self.text, self.length = text, len(text)
        self._pushed += 1
        self._props.update(value=text, pushed=self._pushed)
        self._on_change(text)


def _nothing(text: str) -> None:
    """Nobody wants to know."""
