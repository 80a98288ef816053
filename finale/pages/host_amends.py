"""What the host puts right: one dialog, one list of remedies, a reason and a held button."""

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import ui

from finale.pages import host_forms as forms
from finale.pages.host_desk import Desk
from finale.pages.parts import Rank, box, button, heading, hold_button, words
from finale.show.commands import HostCommand
from finale.show.views.amends import Amends

CONFIRM_MS = 1200


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that can be put right, and why it cannot be now ("" if it can)."""

    name: str
    effect: str
    why_not: Callable[[Amends], str]
    form: Callable[[Desk, Amends], forms.Form]


REMEDIES = (
    Remedy(
        "Void a jury",
        "It does not count in this round; its weight goes to the others, for all finalists.",
        lambda it: "" if it.voidable else "A jury: once a round’s letters are drawn.",
        forms.void_form,
    ),
    Remedy(
        "Count a jury again",
        "What you voided in this round counts again.",
        lambda it: "" if it.voided else "You have voided nothing in this round.",
        forms.restore_form,
    ),
    Remedy(
        "Correct a mark",
        "A slip of the pen in an expert’s card. Totals and places follow.",
        lambda it: "" if it.cards else "Marks: once a round’s marks are closed and counted.",
        forms.correct_form,
    ),
    Remedy(
        "Withdraw a finalist",
        "Past scores stay and are marked; the places close up. There is no way back.",
        lambda it: "" if len(it.active) > 1 else "The last finalist cannot withdraw.",
        forms.withdraw_form,
    ),
    Remedy(
        "Replace a question",
        "A spare question comes instead. A question on screen begins anew.",
        lambda it: "" if it.spares and it.replaceable else "No spare question, or none to replace.",
        forms.replace_form,
    ),
    Remedy(
        "Recusal of an expert",
        "The expert marks every answer; the card for this finalist is left out silently.",
        lambda it: "" if it.can_recuse else "A recusal is declared before the first question.",
        forms.recusal_form,
    ),
    Remedy(
        "New link for a seat",
        "For a spare laptop or tablet: the old link dies, text and drafts are there again.",
        lambda it: "",
        forms.seat_form,
    ),
)


@dataclass(slots=True)
class _Dialog:
    """The open dialog: what is chosen, and where its form stands."""

    desk: Desk
    frame: ui.dialog
    place: ui.element
    chosen: Remedy | None = None


def build_amends(desk: Desk) -> None:
    """The button and its dialog, drawn anew each time it opens."""
    with ui.dialog().props("no-refocus") as frame, ui.card().classes("host-amends"):
        with box("line spread"):
            heading("Put right", "title")
            button("Close", frame.close, "secondary", key="Escape").classes("is-small")
        place = box("host-amends-body")
        desk.line("amends")
    dialog = _Dialog(desk, frame, place)
    button("Put right", lambda: _open(dialog), "outline").classes("is-small")


def _open(dialog: _Dialog) -> None:
    dialog.chosen = None
    _draw(dialog)
    dialog.frame.open()


def _draw(dialog: _Dialog) -> None:
    now = dialog.desk.view().show.amends
    dialog.place.clear()
    with dialog.place:
        with box("stack snug"):
            for remedy in REMEDIES:
                _draw_remedy(dialog, remedy, remedy.why_not(now))
        with box("stack host-amends-form"):
            if dialog.chosen is None:
                words("Choose what to put right. Each change stands in the record.", "quiet", "p")
            else:
                _draw_form(dialog, dialog.chosen, now)


def _draw_remedy(dialog: _Dialog, remedy: Remedy, why_not: str) -> None:
    rank: Rank = "primary" if remedy is dialog.chosen else "outline"
    element = button(remedy.name, lambda: _choose(dialog, remedy), rank)
    element.classes("is-wide")
    if why_not:
        element.disable()
        element.props["title"] = why_not


def _choose(dialog: _Dialog, remedy: Remedy) -> None:
    dialog.chosen = remedy
    _draw(dialog)


def _draw_form(dialog: _Dialog, remedy: Remedy, now: Amends) -> None:
    heading(remedy.name, "bold large", 3)
    words(remedy.effect, "", "p")
    form = remedy.form(dialog.desk, now)
    form.draw()
    with box("line"):
        button("Go back", dialog.frame.close, "outline")
        sure = hold_button(
            f"Hold: {remedy.name}", lambda: _send(dialog, form), "primary", ms=CONFIRM_MS
        )
        sure.classes("grow")


async def _send(dialog: _Dialog, form: forms.Form) -> None:
    command: HostCommand = form.command()
    if await dialog.desk.ask(command, "amends"):
        await form.done()
        dialog.frame.close()
