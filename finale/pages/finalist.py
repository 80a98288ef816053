"""A finalist's console: question, clock, prompt, drafts, Submit; then certainty and the appeal."""

from typing import Final

from nicegui import ui

from finale.pages import theme
from finale.pages.backstage import Backstage
from finale.pages.finalist_clock import clock_slice, draw_clock
from finale.pages.finalist_compare import Compare
from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.finalist_drafts import DraftList, StreamPane
from finale.pages.finalist_lobby import build_lobby, draw_practice
from finale.pages.finalist_prompt import PromptDesk
from finale.pages.finalist_scenes import build_scenes
from finale.pages.finalist_submit import SubmitBox
from finale.pages.message_line import draw_message
from finale.pages.parts import banner, box, words
from finale.pages.parts_marks import icon, name_mark, round_rail, seat_class, token

NO_LINE: Final = (
    "No line to the show. What you type is kept; the buttons work again when it is back."
)


def build_finalist(backstage: Backstage, seat: str) -> None:
    """Build the console of the finalist on `seat`; KeyError if there is no such seat."""
    console = Console(backstage, seat)
    view = console.view()
    title = f"{view.show.tag.name} · {view.show.title}"
    theme.frame(title, "desk", sheets=("finalist",), now=console.now())
    with box(f"finalist {seat_class(view.show.tag.lectern)}"):
        box("seat-strip")
        _build_top(console, view)
        console.region(
            lambda v: (v.show.message, v.said_at("message")),
            lambda face: draw_message(face, console.dismiss),
            "message-line",
        )
        with box("finalist-desk") as desk:
            with box("finalist-head"):
                console.region(lambda v: v.show.question, _draw_question, "finalist-question")
                console.region(
                    lambda v: clock_slice(v.show), lambda face: draw_clock(face, console.now())
                )
                console.region(lambda v: v.show.is_practice, draw_practice)
            with box("finalist-columns") as columns:
                prompt = PromptDesk(console)
                StreamPane(console)
                with box("finalist-right stack") as right:
                    console.region(lambda v: v.show.credit, _draw_credit, "finalist-credit")
                    DraftList(console)
                    submit = SubmitBox(console)
                build_lobby(console)
            Compare(console, submit)
        build_scenes(console)
    for piece in (prompt, submit, _Shown(desk, columns, right)):
        console.add(piece)
    console.follow()


class _Shown:
    """Shows the desk while there is something to tune, so that its inputs outlive every scene."""

    def __init__(self, desk: ui.element, columns: ui.element, drafts: ui.element) -> None:
        self._desk = desk
        self._columns = columns
        self._drafts = drafts

    def update(self, view: ConsoleView) -> None:
        self._desk.set_visibility(view.is_at_work)
        self._columns.set_visibility(view.pair is None)
        self._drafts.set_visibility(not view.show.is_practice)


def _build_top(console: Console, view: ConsoleView) -> None:
    with box("top-bar finalist-top", "header"):
        token(view.show.tag.lectern)
        words(view.show.tag.name, "large bold one-line")
        console.region(_round, lambda slice_: _draw_round(*slice_), "line keep")
        with box("line snug push keep finalist-model"):
            label = console.backstage.drafter.label(console.seat)
            box("dot")
            words(f"Your model: {label}")
        with box("line snug keep in-sync"):
            icon("wifi")
            words("In sync with the stage")
        with box("line snug out-of-sync alarm").props("role=status"):
            icon("wifi")
            words(NO_LINE, "bold")
        name_mark()


def _round(view: ConsoleView) -> tuple[str, int, int]:
    return str(view.show.round_label), view.show.rounds, view.show.begun


def _draw_round(label: str, rounds: int, number: int) -> None:
    words(label, "bold")
    round_rail(rounds, number if 0 < number <= rounds else None, played=max(0, number))


def _draw_credit(said: str) -> None:
    if said:
        banner(said, "", "plain")


def _draw_question(question: str) -> None:
    text = words(question, tag="h1")
    text.props["data-ladder"] = 3
