"""A finalist's console: question, clock, prompt, drafts, Submit; then certainty and the appeal."""

from finale.pages import theme
from finale.pages.backstage import Backstage
from finale.pages.finalist_clock import clock_slice, draw_clock
from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.finalist_drafts import DraftList, StreamPane
from finale.pages.finalist_prompt import PromptDesk
from finale.pages.finalist_scenes import build_scenes
from finale.pages.finalist_submit import SubmitBox
from finale.pages.live import Drawn
from finale.pages.parts import box, understudy_mark, words
from finale.pages.parts_marks import icon, name_mark, round_rail, seat_class, token
from finale.show.rundown import LECTERNS


def build_finalist(backstage: Backstage, seat: str) -> None:
    """Build the console of the finalist on `seat`; KeyError if there is no such seat."""
    console = Console(backstage, seat)
    view = console.view()
    lectern = LECTERNS.index(view.show.tag.lectern)
    theme.frame(f"{view.show.tag.name} · {view.show.title}", "desk", sheets=("finalist",), now=console.now())
    with box(f"finalist {seat_class(lectern)}"):
        box("seat-strip")
        _build_top(console, view, lectern)
        with box("finalist-desk") as desk:
            _build_head(console)
            with box("finalist-columns"):
                prompt = PromptDesk(console)
                StreamPane(console)
                with box("finalist-right stack"):
                    DraftList(console)
                    submit = SubmitBox(console)
        build_scenes(console)
    for piece in (prompt, submit, _Shown(desk)):
        console.add(piece)
    console.follow()
