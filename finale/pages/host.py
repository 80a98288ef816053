"""The host's desk: everything that moves the show, on one screen."""

import time

from nicegui import ui

from finale.pages import theme
from finale.pages.backstage import Backstage
from finale.pages.host_clock import TICK_S, build_clock
from finale.pages.host_desk import Desk, DeskView
from finale.pages.host_juries import build_strip
from finale.pages.host_links import build_links
from finale.pages.host_next import build_next
from finale.pages.host_plan import build_plan
from finale.pages.host_scores import build_scores
from finale.pages.host_seats import build_seats
from finale.pages.host_texts import build_texts
from finale.pages.parts import box, words
from finale.pages.parts_marks import icon, name_mark, round_rail
from finale.show.phases import Phase


def build_host(backstage: Backstage, seat: str) -> None:
    """The whole desk of `seat`; live until the page is gone for good."""
    theme.frame("Host", "desk", sheets=("host",), now=backstage.clock.now())
    desk = Desk(backstage, seat)
    with box("host-desk", "main"):
        _build_top(desk)
        desk.region(_fault, _draw_fault, "host-fault")
        with box("host-body"):
            with box("host-plan"):
                build_plan(desk)
            with box("host-middle"):
                build_clock(desk)
                build_strip(desk)
                with box("panel host-context"):
                    build_texts(desk)
                    build_scores(desk)
                build_next(desk)
            with box("host-seats"):
                build_seats(desk)
    desk.follow()


def _build_top(desk: Desk) -> None:
    with box("top-bar host-top", "header"):
        name_mark()
        words(desk.view().show.title, "quiet one-line host-title")
        desk.region(_rail, _draw_rail, "keep")
        desk.region(lambda view: view.show.phones, _draw_phones, "push keep")
        build_links(desk)
        _build_wall_clock(desk)


def _build_wall_clock(desk: Desk) -> None:
    """The time of day by the show's clock; it stands still if the server does."""
    face = words("", "title host-wall-clock")

    def tick() -> None:
        face.set_text(time.strftime("%H:%M:%S", time.localtime(desk.now())))

    tick()
    ui.timer(TICK_S, tick)


def _rail(view: DeskView) -> tuple[int, int, bool, str]:
    show = view.show
    is_over = show.phase in (Phase.STANDINGS, Phase.BREAK, Phase.SUDDEN_DEATH, Phase.CHAMPION)
    return show.rounds, min(show.round, show.rounds), is_over, show.round_label


def _draw_rail(face: tuple[int, int, bool, str]) -> None:
    rounds, round_, is_over, label = face
    with box("line"):
        words(label or "Before round 1", "bold keep")
        current = round_ if round_ and not is_over else None
        round_rail(rounds, current, played=round_ if is_over else 0)


def _draw_phones(phones: int) -> None:
    with box("line snug line-base"):
        words(f"{phones:,}", "title")
        words("phone" if phones == 1 else "phones", "quiet")


def _fault(view: DeskView) -> tuple[str, str]:
    """The worst fault there is: a log that cannot be written stands above all others."""
    if view.trouble:
        return f"The log cannot be written: {view.trouble}", "Nothing is lost; hold the show."
    return view.show.alert, view.show.advice


def _draw_fault(fault: tuple[str, str]) -> None:
    alert, advice = fault
    with box(f"host-fault-line line {'is-alarm' if alert else ''}").props("role=status"):
        icon("alert" if alert else "check")
        words(alert or "No faults.", "bold" if alert else "quiet")
        if advice:
            words(advice, "grow")
