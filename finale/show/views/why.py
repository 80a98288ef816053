"""Where one number comes from, down to the passes, cards and ballots: for the host alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from finale.show.progress import has_both_gates_closed
from finale.show.result import marks_of, score_of
from finale.show.state import RoundState, ShowState
from finale.show.views.common import Tag, tag
from scoring.blend import COMPONENTS, Component, Part, RoundScore
from scoring.rubric import JUDGE_RUBRIC, PANEL_RUBRIC
from scoring.scales import MIDDLE, REACH, Scale
from scoring.scorecard import panel_marks
from scoring.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One component of one answer: the part, and the way to it in sentences."""

    component: Component
    part: Part
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """One answer's score, component by component; `sum` adds them up in words."""

    round: int
    letter: str
    tag: Tag
    reckonings: tuple[Reckoning, ...]
    sum: str


def explained(state: ShowState) -> dict[int, tuple[str, ...]]:
    """The letters of every round whose marks are no secret, by the round's number, from 0."""
    known = len(state.rounds) if has_both_gates_closed(state) else max(0, state.number)
    return {n: tuple(sorted(r.letters)) for n, r in enumerate(state.rounds[:known]) if r.letters}


def why(state: ShowState, number: int, letter: str) -> Why:
    """How the score of that letter in that round came about; KeyError unless it is `explained`."""
    if letter not in explained(state)[number]:
        raise KeyError(letter)
    round_ = state.rounds[number]
    score = score_of(round_, state.rundown.settings)
    owner = round_.letters[letter]
    parts = score.scores[owner].parts
    return Why(
        number,
        letter,
        tag(state, owner),
        tuple(Reckoning(c, parts[c], tuple(_lines(state, round_, letter, c))) for c in COMPONENTS),
        _sum(parts),
    )


def _sum(parts: Mapping[Component, Part]) -> str:
    counted = [part.score for part in parts.values() if part.weight]
    shown = " + ".join(f"{score:.1f}" for score in counted)
    return f"{shown} = {sum(counted):.1f}" if counted else "Nothing counts in this round."


def _lines(
    state: ShowState, round_: RoundState, letter: str, component: Component
) -> Iterator[str]:
    score = score_of(round_, state.rundown.settings)
    yield from _MARKS[component](state, round_, letter)
    if component in score.void:
        yield f"Void in this round: {score.void[component]}."
        return
    part = score.scores[round_.letters[letter]].parts[component]
    scale: Scale = getattr(state.rundown.settings.scales, component)
    if part.mark is not None:
        yield _to_points(score, component, part.mark, scale)
    if part.note:
        yield f"{part.note[0].upper()}{part.note[1:]}."
    yield f"{part.points:.1f} points × {100 * part.weight:.4g} % = {part.score:.1f}."


def _to_points(score: RoundScore, component: Component, mark: float, scale: Scale) -> str:
    marks = [
        part.mark for s in score.scores.values() if (part := s.parts[component]).mark is not None
    ]
    if scale == "raw":
        return f"Scale raw: the mark counts as it is, {mark:.1f} points."
    if len(marks) < 2:
        return "The only mark of this round."
    if scale == "rank":
        return f"Scale rank: its place among {', '.join(f'{m:.1f}' for m in sorted(marks)[::-1])}."
    low, high, floor = min(marks), max(marks), score.floors[component]
    middle, span = (low + high) / 2, max(high - low, floor)
    given = MIDDLE + REACH * (mark - middle) / span
    why = f"no less than {floor:.1f}" if floor > high - low else f"more than the floor, {floor:.1f}"
    return (
        f"The round’s marks run from {low:.1f} to {high:.1f}: middle {middle:.1f}, span {span:.1f} "
        f"({why}). {MIDDLE:g} + {REACH:g} × ({mark:.1f} − {middle:.1f}) / {span:.1f} = {given:.1f}."
    )


def _judge(state: ShowState, round_: RoundState, letter: str) -> Iterator[str]:
    opinion = round_.opinions.get(letter)
    if opinion is None:
        yield f"No verdict. {round_.missed.get(letter, '')}".strip()
        return
    verdict = Verdict(opinion.passes)
    for criterion in JUDGE_RUBRIC.keys:
        each = ", ".join(f"{marks[criterion]}" for marks in opinion.passes)
        yield f"{criterion.capitalize()}: {each}; median {verdict.marks[criterion]:g}."
    yield f"Mean of the criteria × 10 = {verdict.mark:.1f}. Marked by {opinion.judge}."


def _panel(state: ShowState, round_: RoundState, letter: str) -> Iterator[str]:
    marks, owner = marks_of(round_, state.rundown.settings), round_.letters[letter]
    cards = {card.panellist: card for card in marks.scorecards if card.answer == owner}
    for panellist in state.rundown.panel:
        card = cards.get(panellist.id)
        if card is None:
            yield f"{panellist.name}: no complete card."
        elif (panellist.id, owner) in marks.left_out:
            yield f"{panellist.name}: {card.mark:.1f}, left out (recused)."
        else:
            each = ", ".join(f"{card.marks[key]:g}" for key in PANEL_RUBRIC.keys)
            yield f"{panellist.name}: {each}; mean × 20 = {card.mark:.1f}."
    given = panel_marks(marks.scorecards, marks.answers, marks.left_out).get(owner)
    if given is not None:
        how = {
            "trimmed mean": "without the highest and the lowest, the mean is",
            "median": "the median is",
            "mean": "the mean is",
        }[given.estimator]
        cards_ = "1 card counts" if given.n == 1 else f"{given.n} cards count"
        yield f"{cards_}: {how} {given.mark:.1f}."


def _audience(state: ShowState, round_: RoundState, letter: str) -> Iterator[str]:
    counts = round_.counts or {}
    total = sum(counts.values())
    if not total:
        yield "No ballots."
        return
    own = counts.get(letter, 0)
    yield f"{own} of {total} ballots = {100 * own / total:.1f}."


_MARKS = {"judge": _judge, "panel": _panel, "audience": _audience}
