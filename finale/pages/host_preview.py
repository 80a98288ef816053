"""The stage now and after Next, drawn small by the stage's own code."""

from collections.abc import Callable
from functools import partial
from typing import Final

from finale.pages.host_desk import Desk
from finale.pages.language import speaking
from finale.pages.live import Live, Region
from finale.pages.parts import badge, box, button, heading, words
from finale.pages.stage import draw_stage, stage_of
from finale.show.views.coming import Coming, coming
from finale.show.views.stage import StageView, stage_view

_SOUND: Final = "Whether the stage is heard. A browser is silent until its page was clicked once."


def build_previews(desk: Desk) -> None:
    """Programme and preview, side by side; nothing in them takes a press."""
    with box("host-previews"):
        with box("host-preview is-programme"):
            desk.region(
                lambda view: (view.show.is_black, desk.backstage.sounds.is_allowed),
                lambda face: _draw_programme(desk, *face),
                "host-preview-head",
            )
            _draw_canvas(desk, lambda: _programme(desk))
        with box("host-preview"):
            with box("host-preview-head line"):
                heading("After Next", "small bold")
            with box("host-preview-frame"):
                # While what comes is not known, a cover hides what lies there.
                _draw_canvas(desk, lambda: _coming(desk).view or _programme(desk))
                why: Region[Coming, str] = Region(lambda now: now.why, _draw_why, "host-cover")
    Live(lambda: _coming(desk), (why,)).follow(desk.backstage.beat)


def _coming(desk: Desk) -> Coming:
    """The stage after the next step."""
    backstage = desk.backstage
    return coming(backstage.showrunner.state, backstage.hall(), desk.now())


def _programme(desk: Desk) -> StageView:
    backstage = desk.backstage
    return stage_view(backstage.showrunner.state, backstage.hall())


def _draw_programme(desk: Desk, is_black: bool, is_heard: bool) -> None:
    with box("line snug"):
        heading("On stage now", "small bold grow")
        if is_black:
            badge("Dark", "alarm")
        sound = button(
            "Sound on" if is_heard else "Sound off", partial(_turn_sound, desk), "outline"
        )
        sound.classes("host-small")
        sound.props["aria-pressed"] = "true" if is_heard else "false"
        sound.props["title"] = _SOUND


def _turn_sound(desk: Desk) -> None:
    desk.backstage.sounds.turn()
    desk.backstage.beat.announce()


def _draw_canvas(desk: Desk, view_now: Callable[[], StageView]) -> None:
    language = desk.backstage.showrunner.state.rundown.language
    with box("host-canvas").props("inert aria-hidden=true") as canvas:
        with speaking(language) as texts:
            canvas.props["dir"] = texts.direction
        canvas.props["lang"] = language
        live = draw_stage(view_now, stage_of(desk.backstage), language)
    live.follow(desk.backstage.beat)


def _draw_why(why: str) -> None:
    if why:
        words(why, "quiet small")
