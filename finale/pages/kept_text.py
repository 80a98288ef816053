"""A text field whose words are kept as they are typed, through reloads and restarts."""

from collections.abc import Awaitable, Callable
from typing import Final

from nicegui import ui
from nicegui.events import GenericEventArguments

from finale.show.rundown import Frozen

MOST_SENT: Final = 20_000
"""Characters: what is longer stays in the browser until it is shortened."""


class Typed(Frozen):
    """What the field says: `text` is None while it is too long to send; `serial` counts up.

    `keep` is the name of the text.
    """

    keep: str
    text: str | None
    length: int
    serial: int


class KeptText(ui.element, component="kept_text.js"):
    """A text area; what is typed reaches `on_typed` within 150 ms.

    When `on_typed` has returned, the browser drops its own copy. It says itself when the text is
    longer than `longest` and cuts nothing.
    """

    def __init__(self, label: str, keep: str, start: str, longest: int) -> None:
        """`keep` names the text in the browser; `start` is what it holds at first."""
        super().__init__()
        self.text: str | None = start
        self.length = len(start)
        self._on_typed: Callable[[str], Awaitable[None]] | None = None
        self._props.update(label=label, keep=keep, value=start, longest=longest, most=MOST_SENT)
        self.on("typed", self._typed)

    def on_typed(self, keep: Callable[[str], Awaitable[None]]) -> None:
        """Hand every new text to `keep`."""
        self._on_typed = keep

    def begin(self, keep: str, start: str) -> None:
        """Put another text into the field; the one before stays where it was kept."""
        self.text, self.length = start, len(start)
        self._props.update(keep=keep, value=start)

    def put(self, text: str) -> None:
        """Write `text` over what stands there, as if somebody had typed it."""
        self.run_method("put", text)

    def lock(self, is_locked: bool) -> None:
        """Let it be read only, or typed in again."""
        if self._props.get("locked", False) != is_locked:
            self._props["locked"] = is_locked

    def say(self, placeholder: str) -> None:
        """What an empty field shows."""
        self._props["placeholder"] = placeholder

    async def _typed(self, event: GenericEventArguments) -> None:
        typed = Typed.model_validate(event.args)
        if typed.keep != self._props["keep"]:
            # Typed before the field heard of another text: the browser has it under its own name.
            return
        self.text, self.length = typed.text, typed.length
        if typed.text is None or self._on_typed is None:
            return
        await self._on_typed(typed.text)
        self.run_method("saved", typed.serial)
