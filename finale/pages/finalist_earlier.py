"""The finalist's own prompts so far, one click away from the editor."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from finale.pages.draft_parts import draw_settings
from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.parts import badge, box, button, heading, words
from finale.show.views.prompts import TriedPrompt, tried_prompts


class EarlierPrompts:
    """A button that opens a dialog with every prompt tried; `take` puts one into the editor."""

    def __init__(self, console: Console, take: Callable[[TriedPrompt], object]) -> None:
        """Draw the button, which is there as soon as there is something to take up."""
        self._console = console
        self._take = take
        console.region(_is_offered, self._draw_button, "finalist-earlier")
        self._dialog = ui.dialog()

    def _draw_button(self, is_offered: bool) -> None:
        if is_offered:
            button("Earlier prompts", self._open, "outline", key="Alt+P").classes("is-small")
        elif self._dialog.value:
            self._dialog.close()

    def _open(self) -> None:
        self._dialog.clear()
        with self._dialog, ui.card().classes("earlier-card"):
            with box("line spread"):
                heading("Your prompts so far", "title")
                button("Close", self._dialog.close, "secondary", key="Escape").classes("is-small")
            words("Use one and it stands in the editor, with its settings.", "quiet", "p")
            with box("earlier-list stack scrolls"):
                for tried in tried_prompts(self._console.state(), self._console.seat):
                    self._draw(tried)
        self._dialog.open()

    def _draw(self, tried: TriedPrompt) -> None:
        with box("panel stack snug earlier-prompt"):
            with box("line"):
                heading(f"Round {tried.round}, draft {tried.draft}", "bold", 3)
                if tried.is_submitted:
                    badge("Submitted", "strong")
                draw_settings(tried)
                use = button("Use", partial(self._use, tried), "primary")
                use.classes("is-small push").props["aria-label"] = (
                    f"Use the prompt of round {tried.round}, draft {tried.draft}"
                )
            words(tried.system or "No system prompt.", "earlier-text", "p")

    def _use(self, tried: TriedPrompt) -> None:
        self._dialog.close()
        self._take(tried)


def _is_offered(view: ConsoleView) -> bool:
    """Whether there is a prompt to take up, and an editor to take it."""
    has_tried = bool(view.show.drafts) or (view.show.carry_over and view.show.round > 0)
    return view.show.can_tune and has_tried
