"""From the showrunner to open pages: small regions, each redrawn when its slice changes."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from nicegui import context

from finale.listeners import Listeners
from finale.pages.language import speaking
from finale.pages.parts import box
from finale.show.phrase import Language

V = TypeVar("V")
T = TypeVar("T")
Seen = TypeVar("Seen", contravariant=True)


BEAT_S = 0.02


class Hub(Protocol):
    """Whatever calls back, in the event loop, after every change of the show."""

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after every change from now on; returns the way out."""


class Beat:
    """Tells open pages of changes, all of one moment at once.

    Drawing a dozen pages takes longer than what people ask for: that goes first.
    """

    def __init__(self, hub: Hub, delay_s: float = BEAT_S) -> None:
        """Listen to `hub`; pages hear of a change after `delay_s`, with all that came since."""
        self._delay_s = delay_s
        self._due: asyncio.TimerHandle | None = None
        self._listeners: Listeners[[]] = Listeners()
        hub.subscribe(self.announce)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after every moment with a change; returns the way out."""
        return self._listeners.add(callback)

    def announce(self) -> None:
        """Something has changed, in the show or on a page alone."""
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(self._delay_s, self._tell)

    def _tell(self) -> None:
        self._due = None
        self._listeners.tell()


class Drawn(Protocol[Seen]):
    """A piece of a page that follows a view."""

    def update(self, view: Seen) -> None:
        """Show what the view says now."""


class Region(Generic[V, T]):
    """One slice of a view, drawn in one container where the region is made.

    `pick` takes the slice out of the view; `build` draws it and is only called when the slice
    differs (==) from the one drawn last. Inputs live outside regions: a redraw would empty them.
    """

    def __init__(
        self, pick: Callable[[V], T], build: Callable[[T], None], classes: str = ""
    ) -> None:
        self._pick = pick
        self._build = build
        self._drawn: list[T] = []
        self.container = box(f"region {classes}")

    def update(self, view: V) -> None:
        """Redraw if the slice has changed and the container is still there."""
        slice_now = self._pick(view)
        if self._drawn == [slice_now] or self.container.is_deleted:
            return
        self._drawn = [slice_now]
        self.container.clear()
        with self.container:
            self._build(slice_now)


class Scenes(Generic[V]):
    """One container for a picture that gives way to another when `pick(view)` changes.

    `build` draws the picture and returns its regions, which follow the view as long as it stands.
    """

    def __init__(
        self,
        pick: Callable[[V], object],
        build: Callable[[V], Sequence[Drawn[V]]],
        classes: str = "",
    ) -> None:
        self._pieces: tuple[Drawn[V], ...] = ()
        self._view: V
        self._frame: Region[V, object] = Region(pick, lambda _: self._draw(build), classes)

    def update(self, view: V) -> None:
        """Change the picture if it is another one, then let its regions follow."""
        self._view = view
        self._frame.update(view)
        for piece in self._pieces:
            piece.update(view)

    def _draw(self, build: Callable[[V], Sequence[Drawn[V]]]) -> None:
        self._pieces = tuple(build(self._view))


class Live(Generic[V]):
    """The regions of one open page, kept up to date with one view of the show."""

    def __init__(
        self,
        view_now: Callable[[], V],
        regions: Sequence[Drawn[V]],
        language: Language = "en",
    ) -> None:
        self._view_now = view_now
        self._language = language
        self._regions = tuple(regions)
        self._client = context.client

    def refresh(self) -> None:
        """Compute the view once and redraw what has changed; nothing if the page is gone.

        An error while drawing goes to NiceGUI's handler and never to whoever changed the show.
        """
        if not self._client.is_deleted:
            self._client.safe_invoke(self._draw)

    def follow(self, hub: Hub) -> None:
        """Draw now, and again after every change until the page is gone for good."""
        self._client.on_delete(hub.subscribe(self.refresh))
        self.refresh()

    def _draw(self) -> None:
        view = self._view_now()
        with speaking(self._language):
            for region in self._regions:
                region.update(view)
