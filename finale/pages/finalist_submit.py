"""The white box of the console: what goes in at 0:00, and Submit with its one confirmation."""

from nicegui import ui

from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.parts import box, button, heading, words
from finale.pages.untrusted import rich
from finale.show.views.finalist import DraftView


class SubmitBox:
    """Says what will be submitted, and submits it."""

    def __init__(self, console: Console) -> None:
        """Draw the box and, unseen, the dialog."""
        self._console = console
        with box("finalist-submit on-paper stack snug"):
            console.region(lambda view: view.show.at_zero, draw_sentence)
            console.region(
                lambda view: (view.show.to_submit, view.show.can_tune),
                lambda slice_: self.draw_button(*slice_),
            )
            console.refusal("submit")
            words("You cannot edit after you submit.", "quiet small", "p")
        self._dialog = ui.dialog()

    def update(self, view: ConsoleView) -> None:
        """Close the dialog when there is nothing to confirm any more."""
        if not view.show.can_tune and self._dialog.value:
            self._dialog.close()

    def draw_button(self, draft: int | None, can_tune: bool) -> None:
        """The way to stand by that draft, here or beside other drafts."""
        text = "Nothing to submit yet" if draft is None else f"Submit draft {draft} now"
        submit = button(text, self._open, "primary", key="Ctrl+Enter")
        submit.classes("is-wide is-tall").set_enabled(can_tune and draft is not None)

    def _open(self) -> None:
        show = self._console.view().show
        if show.to_submit is None:
            return
        self._dialog.clear()
        with self._dialog, ui.card().classes("submit-card"):
            self._draw_question(show.drafts[show.to_submit - 1])
        self._dialog.open()

    def _draw_question(self, draft: DraftView) -> None:
        heading(f"Submit draft {draft.number}?", "title")
        words("It is final: after this you cannot edit, generate or pin in this round.", tag="p")
        with box("submit-preview scrolls"):
            rich(draft.text)
        with box("line submit-choice"):
            button("Go back", self._dialog.close, "outline", key="Escape")
            sure = button(
                f"Submit draft {draft.number}", lambda: self._submit(draft.number), "primary"
            )
            sure.classes("grow").props("autofocus")
            sure.props["data-key"] = "Enter"

    async def _submit(self, draft: int) -> None:
        self._dialog.close()
        await self._console.submit(draft)


def draw_sentence(sentence: str) -> None:
    """What goes in at 0:00; the rule behind it stands out."""
    sentence = sentence or "At 0:00 something of yours goes in. This box will say what."
    first, stop, rest = sentence.partition(". ")
    words(first + stop.strip(), "bold large", "p")
    if rest:
        words(rest, "large", "p")
