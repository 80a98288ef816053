"""The preflight on the host's desk: one dialog; every host's page sees the same run."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from nicegui import ui

from finale.pages.host_clock import turn_off
from finale.pages.host_desk import Desk
from finale.pages.live import Live, Region
from finale.pages.parts import Tone, badge, box, button, heading, words
from finale.preflight.base import Finding, Grade
from finale.preflight.board import Run
from finale.show.refused import Refused

ABOUT: Final = (
    "Every model and the judge are asked for real, a few short replies each. It takes about a "
    "minute, longer if a model has to wake up first."
)
TONES: Final[dict[Grade, Tone]] = {"go": "calm", "watch": "strong", "no-go": "alarm"}


@dataclass(frozen=True, slots=True)
class Face:
    """What the dialog draws: the run, and why none can be started now ("" if one can)."""

    run: Run
    why_not: str


@dataclass(frozen=True, slots=True)
class Block:
    """What is known of one subject."""

    subject: str
    findings: tuple[Finding, ...]
    state: str


def build_preflight(desk: Desk) -> None:
    """The button in the top bar, and its dialog."""
    board = desk.backstage.preflight
    with ui.dialog().props("no-refocus") as dialog, ui.card().classes("host-preflight"):
        with box("line spread"):
            heading("Preflight", "title")
            button("Close", dialog.close, "secondary", key="Escape").classes("is-small")
        with box("host-preflight-head"):
            regions: list[Region[Face, Any]] = [
                Region(lambda face: face.run, _draw_state, "host-preflight-state"),
                Region(_key, partial(_draw_key, desk)),
            ]
        with box("host-preflight-list scrolls") as found:
            found.props["tabindex"] = 0
            regions += [
                Region(partial(_block, subject), _draw_block, "host-preflight-block")
                for subject in board.run.subjects
            ]
    live = Live(lambda: Face(board.run, board.why_not()), regions)
    live.follow(board)
    live.follow(desk.backstage.beat)
    button("Preflight", dialog.open, "outline").classes("is-small")


def _draw_state(run: Run) -> None:
    if run.is_go is not None:
        words("GO" if run.is_go else "NO-GO", f"display {'' if run.is_go else 'alarm'}", "p")
        words(_summary(run), "quiet", "p").props("role=status")
    elif run.is_running:
        bar = ui.element("progress").classes("host-preflight-bar")
        bar.props["value"], bar.props["max"] = len(run.through), len(run.subjects)
        bar.props["aria-label"] = "Subjects checked"
        left = [subject for subject in run.subjects if subject not in run.through]
        said = f"{len(run.through)} of {len(run.subjects)} checked."
        words(f"{said} Still: {', '.join(left)}." if left else said, "quiet", "p")
    else:
        words(run.trouble or "Nothing is checked yet.", "bold", "p").props("role=status")
        words(ABOUT, "quiet", "p")


def _summary(run: Run) -> str:
    grades = [finding.grade for finding in run.findings]
    parts = [
        f"{grades.count(grade)} {what}"
        for grade, what in (("no-go", "to put right"), ("watch", "to watch"), ("go", "in order"))
        if grade in grades
    ]
    bad = dict.fromkeys(f.subject for f in run.findings if f.grade == "no-go")
    put_right = f" Put right: {', '.join(bad)}." if bad else ""
    return f"{', '.join(parts)}. It took {run.ended_at - run.began_at:.0f} s.{put_right}"


def _key(face: Face) -> tuple[str, str]:
    """What the button says, and why it is off ("" if it is not)."""
    if face.run.is_running:
        return "Checking", "The checks are under way."
    return "Run the checks" if face.run.how == "never" else "Run again", face.why_not


def _draw_key(desk: Desk, key: tuple[str, str]) -> None:
    text, why_off = key
    with box("stack tight host-preflight-key"):
        start = button(text, partial(_start, desk), "primary").classes("is-tall is-wide")
        if why_off:
            turn_off(start, why_off)
            words(why_off, "small quiet", "p")


def _start(desk: Desk) -> None:
    # Whoever pressed as the show went on finds the button off, with the reason below it.
    with suppress(Refused):
        desk.backstage.preflight.start()


def _block(subject: str, face: Face) -> Block:
    run = face.run
    findings = tuple(finding for finding in run.findings if finding.subject == subject)
    is_open = run.is_running and subject not in run.through
    return Block(subject, findings, "checking" if is_open else "" if findings else "not checked")


def _draw_block(block: Block) -> None:
    with box("line spread line-base"):
        heading(block.subject, "bold", 3)
        words(block.state, "quiet small")
    for finding in block.findings:
        with box("host-finding"):
            words(finding.check, "quiet")
            badge(finding.grade.upper(), TONES[finding.grade])
            with box("host-finding-words"):
                words(finding.text)
                if finding.grade != "go" and finding.action:
                    words(finding.action, "bold")
