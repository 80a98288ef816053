"""The card in the lobby that shows whether a device is fit for the show."""

from typing import Final, Literal

from nicegui import ui
from nicegui.events import GenericEventArguments

from finale.pages.backstage import Backstage
from finale.pages.parts_marks import icon_svg
from finale.show.rundown import Frozen
from finale.store.writer import StoreError

State = Literal["open", "good", "bad"]

LONGEST: Final = 100
ICONS: Final = {"open": "info", "good": "check", "bad": "alert"}


class Asked(Frozen):
    """One trip: `text` is to be saved and read back, "" if nothing is."""

    serial: int
    text: str


class Found(Frozen):
    """What the page has measured: the median round trip in ms, −1 if an answer was missing."""

    ms: int
    is_saved: bool
    has_room: bool


class ConnectionCheck(ui.element, component="connection_check.js"):
    """Measures when it is drawn, when the socket comes back, and when it is asked to.

    What is found goes to the seat's line on the host's desk; it is kept in memory alone.
    """

    def __init__(self, backstage: Backstage, seat: str, least: tuple[int, int]) -> None:
        """`least` is the window that the page needs, in CSS pixels."""
        super().__init__()
        self._scratch, self._presence, self._seat = backstage.scratch, backstage.presence, seat
        icons = {state: icon_svg(name) for state, name in ICONS.items()}
        self._props.update(icons=icons, least=list(least), model=None)
        self.on("asked", self._asked)
        self.on("found", self._found)

    def show_model(self, state: State, text: str) -> None:
        """Say whether the finalist's model answered."""
        if self._props["model"] != [state, text]:
            self._props["model"] = [state, text]

    async def _asked(self, event: GenericEventArguments) -> None:
        asked = Asked.model_validate(event.args)
        text = await self._kept(asked.text[:LONGEST]) if asked.text else ""
        if not self.is_deleted:
            self.run_method("answered", asked.serial, text)

    async def _kept(self, text: str) -> str:
        """What the store holds after it was given `text`, read from the disk."""
        key = f"check:{self._seat}"
        try:
            await self._scratch.put(key, text)
            return await self._scratch.read(key)
        except StoreError:
            return ""

    def _found(self, event: GenericEventArguments) -> None:
        self._presence.check(self._seat, verdict(Found.model_validate(event.args)))


def verdict(found: Found) -> str:
    """What the host reads about the device."""
    faults: tuple[tuple[bool, str], ...] = (
        (found.ms < 0, "no answer in 5 s"),
        (not found.is_saved, "typing not saved"),
        (not found.has_room, "window too small"),
    )
    found_bad = [fault for is_so, fault in faults if is_so]
    return f"Check: {', '.join(found_bad)}" if found_bad else f"Checked, {found.ms} ms"
