"""Replays a golden show, decides everything in it again, and compares with what was worked out."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from shows.golden import Expected, Header, Line
from shows.seen import seen

from finale.show.evolve import evolve
from finale.show.refused import Refused
from finale.show.result import score_of, standings_of, withdrawn_of
from finale.show.rules import decide
from finale.show.state import RoundState, ShowState
from finale.show.views.common import answers
from scoring.blend import COMPONENTS, RoundScore

CLOSE = 0.005
"""Sums by hand have two decimals."""


def replayed(lines: Sequence[Line]) -> ShowState:
    """The state that the events alone give."""
    state: ShowState | None = None
    for line in lines:
        if line.event is not None:
            state = evolve(state, line.happened())
    assert state is not None
    return state


def decided_again(lines: Sequence[Line]) -> Iterator[str]:
    """Where the rules decide otherwise today than the log says, one sentence each."""
    state: ShowState | None = None
    for number, line in enumerate(lines):
        if line.asked is not None:
            assert state is not None
            more = takewhile(lambda x: x.asked is None, lines[number + 1 :])
            said = [x.happened() for x in (line, *more)] if line.event else line.refused
            found: object
            try:
                found = decide(state, line.request(), line.at)
            except Refused as refused:
                found = str(refused)
            if found != said:
                yield f"line {number + 2}: {said} was logged, {found} is decided now"
        if line.event is not None:
            state = evolve(state, line.happened())


def differences(header: Header, lines: Sequence[Line]) -> list[str]:
    """Everything in which the show is not what its header says; empty if it is."""
    state = replayed(lines)
    return [
        *decided_again(lines),
        *_outcome(header.expected, state),
        *_rounds(header.expected, state),
        *_same("refused", header.expected.refused, [x.refused for x in lines if x.refused]),
        *_seen(header.expected, lines),
    ]


def _outcome(expected: Expected, state: ShowState) -> Iterator[str]:
    table = standings_of(state)
    found = [(_lectern(s.finalist), s.place) for s in table]
    yield from _same("phase", expected.phase, str(state.phase))
    yield from _same("places", [(who, place) for who, place, _ in expected.standings], found)
    totals = {_lectern(s.finalist): s.total for s in table}
    yield from _near("total", {who: total for who, _, total in expected.standings}, totals)
    decided = {_lectern(s.finalist): s.decided_by for s in table if s.decided_by}
    if expected.decided_by:
        yield from _same("decided by", expected.decided_by, decided)
    gone = {_lectern(s.finalist): s.total for s in withdrawn_of(state)}
    yield from _near("withdrawn", expected.withdrawn, gone)
    if expected.answers:
        texts = {answer.letter: answer.text for answer in answers(state)}
        yield from _same("answers", expected.answers, texts)


def _rounds(expected: Expected, state: ShowState) -> Iterator[str]:
    scores = [score_of(round_, state.rundown.settings) for round_ in state.rounds]
    if expected.letters:
        yield from _same("letters", expected.letters, [_owners(r) for r in state.rounds])
    if expected.took:
        yield from _same("took", expected.took, [_took(r) for r in state.rounds])
    if expected.void:
        yield from _same("void", expected.void, [dict(score.void) for score in scores])
    if expected.reduced is not None:
        yield from _same("reduced", expected.reduced, [score.reduced for score in scores])
    for number, totals in enumerate(expected.totals):
        found = {_lectern(who): score.total for who, score in scores[number].scores.items()}
        yield from _near(f"total of round {number + 1}", totals, found)
    for number, points in enumerate(expected.points):
        yield from _points(number, points, scores[number])


def _points(
    number: int, expected: Mapping[str, Sequence[float]], score: RoundScore
) -> Iterator[str]:
    for place, component in enumerate(COMPONENTS):
        found = {_lectern(who): of.parts[component].points for who, of in score.scores.items()}
        due = {who: points[place] for who, points in expected.items()}
        yield from _near(f"{component} points of round {number + 1}", due, found)


def _seen(expected: Expected, lines: Sequence[Line]) -> Iterator[str]:
    for what in ("times", "consoles", "desk", "hall", "alike", "influence"):
        due = getattr(expected, what)
        if due is not None:
            yield from _same(what, due, seen(lines, what))


def _owners(round_: RoundState) -> str:
    return "".join(_lectern(owner) for _, owner in sorted(round_.letters.items()))


def _took(round_: RoundState) -> dict[str, str]:
    return {_lectern(seat): kept.how for seat, kept in sorted(round_.submissions.items())}


def _lectern(seat: str) -> str:
    return seat.removeprefix("finalist-").upper()


def _same(what: str, expected: object, found: object) -> Iterator[str]:
    if _plain(expected) != _plain(found):
        yield f"{what}: {expected} by hand, {found} found"


def _near(what: str, expected: Mapping[str, float], found: Mapping[str, float]) -> Iterator[str]:
    if set(expected) != set(found):
        yield f"{what}: {sorted(expected)} by hand, {sorted(found)} found"
        return
    for who, value in expected.items():
        if abs(found[who] - value) > CLOSE + 1e-9:
            yield f"{what}: {who} has {value} by hand, {found[who]:.4f} found"


def _plain(value: object) -> object:
    """Lists for tuples, because a file has no tuples."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
