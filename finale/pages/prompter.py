"""The presenter's monitor: clock, next cue, notes, names and how to say them."""

from collections.abc import Callable

from finale.pages.backstage import Backstage
from finale.pages.live import Live, Region
from finale.pages.parts import box, heading, words
from finale.pages.parts_clock import clock_bar, clock_face, phase_name, short_clock
from finale.pages.parts_marks import blind_tile, token
from finale.pages.parts_scores import points_text
from finale.pages.stage_common import (
    Head,
    current_round,
    draw_head,
    is_understudy,
    many,
    name_box,
)
from finale.pages.theme import frame
from finale.show.views.common import ClockView
from finale.show.views.prompter import Name, PrompterView, Result, prompter_view


def build_prompter(backstage: Backstage, seat: str) -> None:
    """Build the presenter's monitor; it follows the show and takes no input."""
    frame("Prompter", "stage", sheets=("stage", "prompter"), now=backstage.clock.now())
    live = draw_prompter(
        lambda: prompter_view(backstage.showrunner.state, backstage.hall()), backstage.clock.now
    )
    live.follow(backstage.showrunner)


def draw_prompter(
    view_now: Callable[[], PrompterView], now: Callable[[], float]
) -> Live[PrompterView]:
    """Draw the monitor of a view; the Live that is returned keeps it up to date."""
    with box("stage-canvas", "main"):
        live = Live(
            view_now,
            (
                Region(_head, draw_head, "stage-head"),
                Region(_now, lambda face: _draw_now(face, now()), "prompter-now"),
                Region(next_words, _draw_next, "prompter-next on-paper"),
                Region(_lines, _draw_lines, "prompter-lines"),
                Region(_notes, _draw_notes, "prompter-notes"),
                Region(lambda view: view.names, _draw_names, "prompter-names"),
            ),
        )
        box("stage-offline")
    return live


def _head(view: PrompterView) -> Head:
    current = current_round(view.phase, view.begun, view.rounds)
    played = min(view.begun, view.rounds)
    label = str(view.round_label or "Before round 1")
    return Head(view.title, label, view.rounds, current, played)


# ---- now and next

Now = tuple[ClockView | None, str]


def _now(view: PrompterView) -> Now:
    return view.clock, phase_name(view.phase)


def _draw_now(face: Now, now: float) -> None:
    view, phase = face
    if view is None:
        heading(phase, "stage-headline prompter-phase", 1).props("data-ladder=2")
        return
    heading(phase, "prompter-caption quiet", 1)
    stamped = clock_face(view, now)
    short_clock(stamped, "prompter-digits")
    clock_bar(stamped, "prompter-drain")


def next_words(view: PrompterView) -> tuple[str, str]:
    """The next cue, and what it waits for."""
    cue = view.cue
    if cue is None:
        return "The show is over", "The result is locked."
    if view.is_held:
        return cue.label, "On hold: it waits for the host."
    if cue.waits_for:
        return cue.label, f"Waits for {cue.waits_for}."
    by_itself = "clock" in cue.by and view.clock is not None
    who = "By the clock, or earlier by the host." if by_itself else "Waits for the host."
    note = f"{cue.note}. " if cue.note else ""
    return cue.label, note + (who if "host" in cue.by else "Comes by itself.")


def _draw_next(said: tuple[str, str]) -> None:
    label, waits = said
    words("Next", "prompter-caption quiet")
    heading(label, "stage-headline prompter-cue", 2).props("data-ladder=2")
    words(waits, "prompter-waits", "p")


def _lines(view: PrompterView) -> tuple[tuple[str, ...], bool]:
    return view.lines, view.is_held


def _draw_lines(said: tuple[tuple[str, ...], bool]) -> None:
    lines, is_held = said
    if lines:
        line = words(" ".join(lines), "prompter-line on-paper" if is_held else "prompter-line", "p")
        line.props("role=status data-ladder=3")


# ---- notes, or the results of the round

Notes = tuple[str, str, tuple[Result, ...], bool]


def _notes(view: PrompterView) -> Notes:
    return view.short, view.notes, view.results, view.is_early


def _draw_notes(slice_: Notes) -> None:
    short, notes, results, is_early = slice_
    if results:
        _draw_results(results, is_early=is_early)
        return
    if not short:
        return
    words("The question", "prompter-caption quiet")
    words(short, "prompter-short", "p").props("data-ladder=2")
    words("Notes for the host", "prompter-caption quiet")
    words(notes or "There are none for this question.", "prompter-text", "p").props("data-ladder=4")


def _draw_results(results: tuple[Result, ...], *, is_early: bool) -> None:
    title = "Not on stage yet: the round as it stands" if is_early else "The round, as named so far"
    words(title, f"prompter-caption {'alarm' if is_early else 'quiet'}")
    with box(f"prompter-list {many(results)}"):
        for result in results:
            with box("prompter-row"):
                words(str(result.place or "–"), "prompter-place")
                blind_tile(result.letter, "strong", "l")
                token(result.tag.lectern, "l")
                name_box(result.tag.name)
                words(points_text(result.total), "prompter-total")


# ---- names


def _draw_names(names: tuple[Name, ...]) -> None:
    words("At the lecterns", "prompter-caption quiet")
    with box(f"prompter-list {many(names)}"):
        for name in names:
            _draw_name(name, is_roomy=not many(names))


def _draw_name(name: Name, *, is_roomy: bool) -> None:
    row = name.row
    with box(f"prompter-row {'quiet' if row is not None and row.is_withdrawn else ''}"):
        token(name.tag.lectern, "l")
        with box("prompter-who"):
            name_box(name.tag.name)
            model = "understudy" if is_understudy(name.tag.endpoint) else ""
            if aside := " · ".join(filter(None, (name.say, model))):
                words(aside, "prompter-say quiet").props("data-ladder=4")
        if row is not None:
            words("withdrawn" if row.is_withdrawn else row.placed, "prompter-place")
            if is_roomy and not row.is_withdrawn:
                words(points_text(row.total), "prompter-total")
