"""The finalist's appeal: the judge's marks of the own answer, a ground, one confirmation."""

from dataclasses import dataclass
from functools import partial

from nicegui import ui

from finale.pages.appeal_parts import GROUNDS, OFFERED, draw_ruling, ground_choice, judged_marks
from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.parts import banner, box, button, heading, words
from finale.show.commands import Ground
from finale.show.views.panel import JudgedAnswer


@dataclass(frozen=True, slots=True)
class AppealSlice:
    """What the appeal is drawn from."""

    judged: JudgedAnswer | None
    judge: str
    can_appeal: bool
    ground: Ground | None
    notice: str
    is_over: bool
    refusal: str


def appeal_slice(view: ConsoleView) -> AppealSlice:
    """The appeal's part of the view."""
    show = view.show
    said = view.said_at("appeal")
    return AppealSlice(
        show.judged,
        show.judge,
        show.can_appeal,
        view.ground,
        show.notice,
        is_over=show.clock is None,
        refusal=said,
    )


def draw_appeal(console: Console, slice_: AppealSlice) -> None:
    """The marks, the reason, and the appeal as far as it may be filed."""
    if slice_.judged is None:
        return
    heading("The judge on your answer", "display", 1)
    words(slice_.notice, "large", "p").props("role=status")
    if slice_.judged.is_offered:
        banner(OFFERED, "", "strong")
    judged_marks(slice_.judged, slice_.judge)
    if slice_.judged.ruled is not None:
        is_yours = slice_.judged.is_backed_by_you
        whose = "Your appeal" if is_yours else "The experts’ appeal on your answer"
        draw_ruling(slice_.judged.ruled, whose)
        is_kept = slice_.judged.ruled.ruling == "upheld"
        if is_yours:
            words("You keep your appeal." if is_kept else "Your appeal is used.", "quiet", "p")
    elif slice_.judged.is_backed_by_you:
        banner("Your appeal is filed.", "The experts vote, blind to each other.", "strong")
    elif slice_.can_appeal:
        with box("stack snug sink"):
            _draw_choice(console, slice_)
    elif not slice_.is_over:
        banner("No appeal from you.", "Yours is used, or this answer is under appeal.", "plain")


def _draw_choice(console: Console, slice_: AppealSlice) -> None:
    heading("Was the judge wrong? On what ground?")
    for ground in GROUNDS:
        choice = ground_choice(ground, is_chosen=ground == slice_.ground)
        choice.on_click(partial(console.choose_ground, ground))
    dialog = ui.dialog()
    appeal = button("Appeal" if slice_.ground else "Choose a ground to appeal", None, "primary")
    appeal.classes("is-wide is-tall").set_enabled(slice_.ground is not None)
    appeal.on_click(lambda: _confirm(console, dialog, slice_.ground))
    words("You have one appeal a show. You keep it if it is upheld.", "quiet", "p")
    words(slice_.refusal, "alarm bold", "p").props("role=status")


def _confirm(console: Console, dialog: ui.dialog, ground: Ground | None) -> None:
    """Ask once, however often the button was pressed."""
    if dialog.value:
        return
    dialog.clear()
    with dialog, ui.card():
        heading("Appeal against the judge’s marks?", "title")
        words(f"Ground: {ground}. The show waits while the experts vote.", tag="p")
        with box("line submit-choice"):
            button("Go back", dialog.close, "outline", key="Escape")
            sure = button("Appeal", partial(_file, console, dialog), "primary").classes("grow")
            sure.props["data-key"] = "Enter"
    dialog.open()


async def _file(console: Console, dialog: ui.dialog) -> None:
    dialog.close()
    await console.appeal()
