"""A short finale on the example show file, told for pictures: every phase at a good moment."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from story import Story

from finale.config import DEFAULT_SHOW, read_show
from finale.show import commands as c
from finale.show.events import Event
from finale.show.phases import Phase
from finale.show.phrase import Language
from finale.show.rundown import Rundown

V, W, X, Y, Z = (f"finalist-{lectern}" for lectern in "vwxyz")
ROUNDS = 2
ORDERS = ((X, V, Z, W, Y), (W, V, X, Y, Z), (W, V))
"""Whose answers A, B, C, … are, by round."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What an answer gets from the judge and from every expert on each criterion; its ballots."""

    judge: int
    panel: float
    ballots: int


FIRST = {
    V: Marks(9, 5.0, 121),
    W: Marks(8, 4.5, 87),
    X: Marks(6, 3.5, 44),
    Y: Marks(3, 1.5, 21),
    Z: Marks(5, 3.0, 40),
}
SECOND = FIRST | {V: FIRST[W], W: FIRST[V]}
"""V and W change places, so that they end equal."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A show as it stands: its log so far and the time, in epoch seconds."""

    name: str
    log: tuple[Event, ...]
    at: float
    language: Language


def plan(language: Language = "en") -> Rundown:
    """The example show file, with two of its rounds."""
    whole = read_show(DEFAULT_SHOW).rundown
    return whole.model_copy(update={"rounds": whole.rounds[:ROUNDS], "language": language})


@cache
def answers() -> tuple[Mapping[str, str], ...]:
    """By round, what each finalist's model says."""
    text = (Path(__file__).parent / "answers.toml").read_text(encoding="utf-8")
    return tuple(
        {f"finalist-{lectern.lower()}": words.strip() for lectern, words in of_round.items()}
        for of_round in tomllib.loads(text)["round"]
    )


def moments(language: Language = "en") -> Iterator[Moment]:
    """Every moment of the tale, in order; `language` is the stage's."""
    story = Story(plan(language))
    yield _now(story, "lobby")
    story.next()
    story.wait(6)
    yield _now(story, "question")
    yield from _tuning(story)
    yield from _marking(story)
    yield from _appeal(story)
    yield from _reveal(story)
    yield from _later_rounds(story)


def _now(story: Story, name: str) -> Moment:
    return Moment(name, tuple(story.log), story.now, story.plan.language)


def _tuning(story: Story) -> Iterator[Moment]:
    story.next()
    said = answers()[0]
    for seat, system in ((V, "You are a senior underwriter."), (W, "Be short."), (X, "Be kind.")):
        story.start(seat, system)
        story.wait(5)
        story.record(seat, said[W] if seat == V else said[seat], times=(0.7, 4.8))
    story.start(V, "You are a senior underwriter. Decide first, then give conditions and a price.")
    story.wait(9)
    story.record(V, said[V], times=(0.6, 7.4))
    story.pin(V, 2)
    story.submit(W)
    story.start(Y, "Be strict.")
    story.start(Z, "Answer with a table.")
    story.wait(11)
    story.record(Y, "", outcome="failed", times=(None, 10.0))
    yield _now(story, "tuning")
    story.record(Z, said[Z])
    story.submit(Y, story.draft(Y, said[Y]))
    story.now = story.state.deadlines["phase"] - 40
    yield _now(story, "tuning-on")
    story.now = story.state.deadlines["phase"] - 9
    yield _now(story, "tuning-last")
    story.buzzer(ORDERS[0])
    yield _now(story, "locked")


def _marking(story: Story) -> Iterator[Moment]:
    story.move_on()
    story.next()
    yield _now(story, "reading-first")
    for _ in "BCDE":
        story.next()
    yield _now(story, "reading-last")
    story.to(Phase.MARKING)
    for expert in story.panel[:3]:
        for letter in "AB":
            story.mark(expert, letter, _of(story, FIRST, letter).panel)
    story.wait(18)
    yield _now(story, "marking")
    _give(story, FIRST)
    yield _now(story, "marked")
    story.next()
    yield _now(story, "judge-reveal")


def _appeal(story: Story) -> Iterator[Moment]:
    story.next()
    story.wait(10)
    yield _now(story, "appeals-open")
    story.appeal(V, "B", "rubric misread")
    for expert, is_upheld in zip(story.panel[:3], (True, False, True), strict=True):
        story.vote_appeal(expert, "B", is_upheld=is_upheld)
    yield _now(story, "appeal-filed")
    for expert in story.panel[3:]:
        story.vote_appeal(expert, "B", is_upheld=False)
    yield _now(story, "appeal-ruled")
    story.time_up()


def _reveal(story: Story) -> Iterator[Moment]:
    story.to(Phase.REVEAL)
    for name in ("reveal-panel", "reveal-audience", "reveal-totals", "reveal-fifth"):
        story.next()
        yield _now(story, name)
    for _ in range(4):
        story.next()
    yield _now(story, "reveal-first")
    story.next()
    yield _now(story, "standings")
    story.ask(c.BlackOut(is_black=True))
    yield _now(story, "blackout")
    story.ask(c.BlackOut(is_black=False))
    story.ask(c.CallBreak())
    yield _now(story, "break")


def _later_rounds(story: Story) -> Iterator[Moment]:
    _play(story, ORDERS[1], SECOND, answers()[1])
    yield _now(story, "standings-again")
    story.next()
    yield _now(story, "sudden-death")
    _play(story, ORDERS[2], SECOND, answers()[1])
    story.to(Phase.CHAMPION)
    yield _now(story, "champion")


def _play(
    story: Story,
    order: tuple[str, ...],
    marks: Mapping[str, Marks],
    said: Mapping[str, str],
) -> None:
    """One round, from wherever the host may go on, to its standings."""
    story.to_reading(order, said)
    story.to(Phase.MARKING)
    _give(story, marks)
    story.to_standings()


def _give(story: Story, marks: Mapping[str, Marks]) -> None:
    given = {letter: _of(story, marks, letter) for letter in story.letters}
    story.give_marks(
        {letter: one.judge for letter, one in given.items()},
        {letter: one.panel for letter, one in given.items()},
        {letter: one.ballots for letter, one in given.items()},
    )


def _of(story: Story, marks: Mapping[str, Marks], letter: str) -> Marks:
    return marks[story.state.round.letters[letter]]
