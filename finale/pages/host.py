"""The host's desk: everything that moves the show, on one screen."""

import time

from nicegui import ui

from finale.pages import theme
from finale.pages.backstage import Backstage
from finale.pages.host_amends import build_amends
from finale.pages.host_clock import TICK_S, build_clock
from finale.pages.host_desk import Desk, DeskView
from finale.pages.host_faults import build_faults
from finale.pages.host_juries import build_strip
from finale.pages.host_links import build_links
from finale.pages.host_messages import build_messages
from finale.pages.host_next import build_next
from finale.pages.host_plan import build_plan
from finale.pages.host_preflight import build_preflight
from finale.pages.host_preview import build_previews
from finale.pages.host_scores import build_scores
from finale.pages.host_seats import build_seats
from finale.pages.host_texts import build_texts
from finale.pages.host_why import build_look
from finale.pages.parts import box, words
from finale.pages.parts_marks import icon, name_mark, round_rail
from finale.pages.stage import SHEETS
from finale.show.phases import Phase


def build_host(backstage: Backstage, seat: str) -> None:
    """The whole desk of `seat`; live until the page is gone for good."""
    theme.frame("Host", "desk", sheets=(*SHEETS, "host"), now=backstage.clock.now())
    desk = Desk(backstage, seat)
    with box("host-desk", "main"):
        _build_top(desk)
        build_faults(desk)
        _build_offline()
        with box("host-body"):
            with box("host-plan"):
                build_plan(desk)
            with box("host-middle"):
                build_clock(desk)
                build_strip(desk)
                with box("panel host-context"):
                    build_texts(desk)
                    build_scores(desk)
                    build_previews(desk)
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
        build_messages(desk)
        build_amends(desk)
        build_look(desk)
        build_preflight(desk)
        build_links(desk)
        _build_wall_clock(desk)


def _build_offline() -> None:
    """Stands over the line of faults while the server does not answer."""
    with box("host-offline line is-alarm").props("role=alert"):
        icon("alert")
        words("The server does not answer: what stands here is old.", "bold")
        words("Start it again with the same command; this page comes back by itself.", "grow")


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
    return show.rounds, min(show.begun, show.rounds), is_over, str(show.round_label)


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
