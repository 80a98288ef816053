"""What the host writes to people: one dialog, whom, one line, and what stands on screens now."""

from functools import partial
from typing import Final

from nicegui import ui

from finale.pages.host_clock import turn_off
from finale.pages.host_desk import Desk, DeskView
from finale.pages.host_options import Options, draw_options
from finale.pages.message_line import clock_time
from finale.pages.parts import box, button, field, heading, words
from finale.show.commands_message import GROUPS, ClearMessage, SendMessage
from finale.show.rules_message import LONGEST
from finale.show.views.messages import Sent

_HEADS: Final = {"finalist": "Finalists", "panel": "Experts"}


class MessageDialog:
    """The dialog: whom and what, which no change of the show empties."""

    def __init__(self, desk: Desk, frame: ui.dialog) -> None:
        """Closed, with nothing chosen or typed."""
        self._desk = desk
        self._frame = frame
        self._to = ""
        self._text = ""

    def build(self) -> None:
        """Whom and what on the left; on the right what stands."""
        desk = self._desk
        with box("line spread"):
            heading("Message", "title")
            button("Close", self._frame.close, "secondary", key="Escape").classes("is-small")
        with box("host-message-body"):
            with box("stack"):
                desk.region(self._faces, self._draw_faces, "host-choices")
                with field(f"One line, {LONGEST} characters at most"):
                    self._typed = ui.textarea(on_change=lambda event: self._type(event.value or ""))
                    self._typed.props(f"outlined dense rows=2 maxlength={LONGEST}")
                desk.line("message", self._missing)
                desk.region(self._why_off, self._draw_send)
            with box("stack"):
                heading("On screens now")
                desk.region(lambda view: view.show.messages, self._draw_sent, "host-sent scrolls")

    def open(self) -> None:
        """Show it as it was left."""
        self._desk.hush("message")
        self._frame.open()

    # ---- whom and what

    def _faces(self, view: DeskView) -> Options:
        return tuple((to, name, to == self._to) for to, name in view.show.addressees.items())

    def _draw_faces(self, faces: Options) -> None:
        draw_options("To", tuple(face for face in faces if face[0] in GROUPS), self._choose)
        for role, head in _HEADS.items():
            of_role = tuple(face for face in faces if face[0].startswith(f"{role}-"))
            if of_role:
                draw_options(head, of_role, self._choose)

    def _choose(self, to: str) -> None:
        self._to = to
        self._desk.hush("message")

    def _type(self, text: str) -> None:
        was_empty, self._text = not self._text.strip(), text
        if was_empty != (not text.strip()):
            self._desk.hush("message")

    def _missing(self, view: DeskView) -> str:
        if self._to not in view.show.addressees:
            return "Choose who is to read it."
        return "" if self._text.strip() else "Write the message."

    def _why_off(self, view: DeskView) -> tuple[str, str]:
        name = view.show.addressees.get(self._to, "")
        return (f"Send to {name}" if name else "Send"), self._missing(view)

    # ---- what is done

    def _draw_send(self, face: tuple[str, str]) -> None:
        name, why_off = face
        element = button(name, self._send, "primary").classes("is-wide is-tall")
        if why_off:
            turn_off(element, why_off)

    async def _send(self) -> None:
        if self._missing(self._desk.view()):
            return
        if await self._desk.ask(SendMessage(to=self._to, text=self._text), "message"):
            self._typed.set_value("")

    def _draw_sent(self, messages: tuple[Sent, ...]) -> None:
        if not messages:
            words("Nothing. A message stands until it is closed there, or taken back.", "quiet")
        for message in messages:
            with box("host-sent-line"):
                with box("line snug line-base"):
                    words(message.label, "bold one-line grow")
                    words(clock_time(message.at), "quiet small")
                words(message.text, tag="p")
                with box("line snug"):
                    words(_read(message), "quiet small grow")
                    take = partial(self._desk.ask, ClearMessage(to=message.to), "message")
                    back = button("Take back", take, "outline").classes("host-small")
                    back.props["aria-label"] = f"Take back the message to {message.label}"


def build_messages(desk: Desk) -> None:
    """The button in the top bar, and its dialog."""
    # Persistent: a slip beside the dialog must not throw away what is typed.
    with ui.dialog().props("no-refocus persistent") as frame, ui.card().classes("host-message"):
        dialog = MessageDialog(desk, frame)
        dialog.build()
    button("Message", dialog.open, "outline").classes("is-small")


def _read(message: Sent) -> str:
    if not message.of:
        return "Until each phone closes it"
    if message.of == 1:
        return "Read" if message.read else "Not read yet"
    return f"Read by {message.read} of {message.of}"
