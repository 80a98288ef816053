"""What the host puts right: one dialog, a list of remedies, a reason and a held button."""

from functools import partial

from nicegui import ui

from finale.pages.host_clock import turn_off
from finale.pages.host_desk import Desk, DeskView
from finale.pages.host_forms import Asked, Remedy, asked, missing
from finale.pages.host_options import draw_options
from finale.pages.host_remedies import REMEDIES
from finale.pages.parts import box, button, field, heading, hold_button, words
from finale.pages.parts_marks import qr
from finale.show.commands_amend import HandSeat
from finale.store.writer import StoreError

CONFIRM_MS = 1200

Held = tuple[str, str]
"""What the held button says, and why it is off ("" if it is not)."""

Handed = tuple[str, str]
"""Whose seat has a new link, and the link."""


class AmendDialog:
    """The dialog: what is chosen and typed, which no change of the show empties."""

    def __init__(self, desk: Desk, frame: ui.dialog) -> None:
        """Closed, with nothing chosen."""
        self._desk = desk
        self._frame = frame
        self._remedy: Remedy | None = None
        self._picks: dict[str, str] = {}
        self._reason = ""
        self._handed: Handed | None = None

    def build(self) -> None:
        """The remedies on the left; what the chosen one asks for on the right."""
        desk = self._desk
        with box("line spread"):
            heading("Put right", "title")
            button("Close", self._frame.close, "secondary", key="Escape").classes("is-small")
        with box("host-amends-body"):
            with box("host-remedies"):
                for remedy in REMEDIES:
                    self._build_remedy(remedy)
            with box("host-amends-form"):
                desk.region(lambda view: self._remedy, self._draw_head, "stack tight")
                desk.region(self._asked, self._draw_choices, "host-choices")
                desk.region(lambda view: self._handed, _draw_handed)
                desk.region(lambda view: self._remedy, self._draw_reason)
                desk.line("amends", self._missing)
                desk.region(self._held, self._draw_held)

    def open(self) -> None:
        """Show it with nothing chosen."""
        self._choose(None)
        self._frame.open()

    def open_at(self, name: str) -> None:
        """Show it with that remedy chosen."""
        self._choose(next(remedy for remedy in REMEDIES if remedy.name == name))
        self._frame.open()

    # ---- what is chosen

    def _build_remedy(self, remedy: Remedy) -> None:
        self._desk.region(
            lambda view: (remedy.why_not(view.show.amends), remedy is self._remedy),
            lambda face: self._draw_remedy(remedy, *face),
        )

    def _draw_remedy(self, remedy: Remedy, why_not: str, is_chosen: bool) -> None:
        element = button("", partial(self._choose, remedy), "primary" if is_chosen else "outline")
        element.props["aria-label"] = remedy.name
        element.classes("host-remedy is-wide").clear()
        with element, box("host-remedy-words", "span"):
            words(remedy.name, "bold")
            words(why_not or remedy.brief, "small")
        if why_not:
            turn_off(element, why_not)

    def _choose(self, remedy: Remedy | None) -> None:
        if remedy is not None and remedy is self._remedy and self._handed is None:
            return
        self._remedy, self._picks, self._reason, self._handed = remedy, {}, "", None
        self._desk.hush("amends")

    def _pick(self, label: str, value: str) -> None:
        self._picks[label] = value
        self._desk.hush("amends")

    def _say_why(self, text: str) -> None:
        was_empty, self._reason = not self._reason.strip(), text
        if was_empty != (not text.strip()):
            self._desk.hush("amends")

    # ---- what is drawn

    def _draw_head(self, remedy: Remedy | None) -> None:
        if remedy is None:
            words("Choose what to put right. Each change stands in the record.", "quiet", "p")
            return
        heading(remedy.name, "bold large", 3)
        words(remedy.effect, "quiet", "p")

    def _asked(self, view: DeskView) -> tuple[Asked, ...]:
        if self._remedy is None or self._handed:
            return ()
        return asked(view.show, self._remedy, self._picks)

    def _draw_choices(self, choices: tuple[Asked, ...]) -> None:
        for choice in choices:
            options = tuple((key, text, key == choice.pick) for key, text in choice.options)
            take = partial(self._pick, choice.label)
            draw_options(choice.label, options, take, is_long=choice.is_long)

    def _draw_reason(self, remedy: Remedy | None) -> None:
        if remedy is None or not remedy.asks_why:
            return
        with field("Why (it stands in the record)"):
            typed = ui.textarea(on_change=lambda event: self._say_why(event.value or ""))
            typed.props("outlined dense rows=2 maxlength=500")

    def _missing(self, view: DeskView) -> str:
        if self._remedy is None or self._handed:
            return ""
        return missing(view.show, self._remedy, self._picks, self._reason)

    def _held(self, view: DeskView) -> Held | None:
        if self._remedy is None or self._handed:
            return None
        picks = {choice.label: choice.pick for choice in self._asked(view)}
        is_whole = not self._remedy.why_not(view.show.amends) and all(picks.values())
        name = self._remedy.deed(view.show, picks) if is_whole else self._remedy.name
        return name, self._missing(view)

    def _draw_held(self, held: Held | None) -> None:
        if held is None:
            return
        name, why_off = held
        element = hold_button(f"Hold: {name}", self._send, ms=CONFIRM_MS)
        element.classes("is-wide is-tall host-amends-hold")
        if why_off:
            turn_off(element, why_off)

    # ---- what is done

    async def _send(self) -> None:
        view, remedy = self._desk.view(), self._remedy
        if remedy is None or self._missing(view):
            return
        picks = {choice.label: choice.pick for choice in self._asked(view)}
        command = remedy.command(view.show, picks, self._reason)
        if not await self._desk.ask(command, "amends"):
            return
        if isinstance(command, HandSeat):
            self._hand(command.seat, remedy.choices[0].options(view.show, {})[command.seat])
        else:
            self._frame.close()

    def _hand(self, seat: str, name: str) -> None:
        """The old link dies and the new one stands in the dialog."""
        backstage = self._desk.backstage
        try:
            backstage.renew(seat)
        except StoreError as error:
            self._desk.say("amends", f"The old link still lives. {error}")
        else:
            self._handed = (name, backstage.links()[seat])
        self._desk.refresh()


def build_amends(desk: Desk) -> None:
    """The button in the top bar, and its dialog."""
    # Persistent: a slip beside the dialog must not throw away what is typed.
    with ui.dialog().props("no-refocus persistent") as frame, ui.card().classes("host-amends"):
        dialog = AmendDialog(desk, frame)
        dialog.build()
    desk.put_right = dialog.open_at
    button("Put right", dialog.open, "outline").classes("is-small")


def _draw_handed(handed: Handed | None) -> None:
    if handed is None:
        return
    name, address = handed
    with box("host-handed"):
        qr(address).classes("host-code")
        with box("stack"):
            words(f"The new link of {name}", "title")
            words(address, "code small host-link-address")
            copy = button("Copy", None, "outline").classes("host-small")
            words(
                "Open it on the new device, or scan the code. Whoever has it has the seat.",
                "quiet small",
                "p",
            )
    copy.on_click(lambda: _copy(copy, address))


def _copy(pressed: ui.button, address: str) -> None:
    ui.clipboard.write(address)
    pressed.clear()
    with pressed:
        words("Copied")
