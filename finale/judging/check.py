"""Has a judge go through labelled pairs, and goes on where it stopped."""

import hashlib
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from finale.judging.agreement import Choice, Results
from finale.judging.asking import together
from finale.judging.base import Brief, Heard, Marker, Reply
from finale.judging.fence import marking_turn
from finale.judging.injections import INJECTIONS
from finale.judging.kept import CheckStopped, Kept, Value
from finale.judging.labelled import Labelled
from finale.judging.pairwise import Comparer, Pair, Side, choosing_turn
from finale.llm.base import EndpointError
from scoring.rubric import JUDGE_RUBRIC
from scoring.verdict import Verdict

WORKERS = 16
"""Results that are worked on at the same time; the judge has its own limit on calls."""

_NONCE = "nonce-of-none"

MOST_FAILURES = 20
"""So many failures in a row, and the judge counts as out."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Who is checked: a judge of single answers, and one of pairs if the model can be asked.

    `who` tells this judge from others of its label.
    """

    marker: Marker
    comparer: Comparer | None
    who: str = ""


def about(pairs: bytes, bench: Bench) -> dict[str, str]:
    """What results are of: these bytes of a file, this judge, and this way to ask it."""
    brief, pair = _brief("", ""), Pair("", "", "")
    turns = [marking_turn(brief, "", _NONCE), choosing_turn(JUDGE_RUBRIC, pair, _NONCE)]
    asked = [bench.who, *(turn.fingerprint(_NONCE) for turn in turns), *INJECTIONS.values()]
    return {
        "pairs": _digest(pairs),
        "judge": bench.marker.label,
        "asked": _digest("\x00".join(asked).encode()),
    }


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


Job = tuple[str, Callable[[Heard], Awaitable[Value]]]


def jobs(pairs: Sequence[Labelled], bench: Bench) -> Iterator[Job]:
    """Every result that a whole check needs, by its key."""
    for index, pair in enumerate(pairs):
        for side in (0, 1):
            brief = _brief(pair.question, pair.outputs[side])
            yield f"single/{index}/{side + 1}", _marking(bench.marker, brief)
    if bench.comparer is not None:
        for index, pair in enumerate(pairs):
            yield f"pair/{index}/1", _choosing(bench.comparer, pair, is_swapped=False)
            yield f"pair/{index}/2", _choosing(bench.comparer, pair, is_swapped=True)
    for index, side, name in _injected(pairs):
        answer = f"{pairs[index].outputs[side]}\n\n{INJECTIONS[name]}"
        brief = _brief(pairs[index].question, answer)
        yield f"injection/{index}/{name}", _marking(bench.marker, brief)


async def work(todo: Sequence[Job], kept: Kept, done: Callable[[], None]) -> int:
    """Do what is not on file yet; how many results could not be had. Raises CheckStopped.

    What could not be had is not kept, so that the next run tries it again.
    """
    left = iter([job for job in todo if job[0] not in kept.values])
    failures: list[str] = []
    in_a_row = 0

    async def worker(file: TextIO) -> None:
        nonlocal in_a_row
        for key, ask in left:
            replies: list[Reply] = []
            try:
                value = await ask(replies.append)
            except EndpointError as error:
                failures.append(str(error))
                in_a_row += 1
                if in_a_row >= MOST_FAILURES:
                    text = f"The judge failed {in_a_row} times in a row: {error}"
                    raise CheckStopped(f"{text} Run again to go on from here.") from error
            else:
                in_a_row = 0
                kept.keep(file, key, value, replies)
            done()

    with kept.path.open("a", encoding="utf-8") as file:
        await together([worker(file) for _ in range(WORKERS)])
    return len(failures)


def results(pairs: Sequence[Labelled], values: Mapping[str, Value]) -> Results:
    """What is on file, put together."""

    def mark(key: str) -> float | None:
        return float(values[key]["mark"]) if key in values else None

    def choice(key: str) -> Choice | None:
        found: Choice | None = values[key]["better"] if key in values else None
        return found

    injections = {}
    for index, side, name in _injected(pairs):
        was, now = mark(f"single/{index}/{side + 1}"), f"injection/{index}/{name}"
        if was is not None and now in values:
            injections[name] = (was, float(values[now]["mark"]), bool(values[now]["flags"]))
    places = range(len(pairs))
    return Results(
        {i: (mark(f"single/{i}/1"), mark(f"single/{i}/2")) for i in places},
        {i: (choice(f"pair/{i}/1"), choice(f"pair/{i}/2")) for i in places},
        injections,
    )


def _injected(pairs: Sequence[Labelled]) -> Iterator[tuple[int, int, str]]:
    """Every injection with a pair and the side that people found worse: it has most to win."""
    for place, name in enumerate(INJECTIONS):
        index = place % len(pairs)
        yield index, 2 - pairs[index].label, name


def _brief(question: str, answer: str) -> Brief:
    return Brief(question, "", (), answer, JUDGE_RUBRIC)


def _marking(marker: Marker, brief: Brief) -> Callable[[Heard], Awaitable[Value]]:
    async def mark(heard: Heard) -> Value:
        marked = await marker.mark(brief, heard)
        return {"mark": Verdict(marked.passes).mark, "flags": list(marked.flags)}

    return mark


def _choosing(
    comparer: Comparer, pair: Labelled, *, is_swapped: bool
) -> Callable[[Heard], Awaitable[Value]]:
    first, second = reversed(pair.outputs) if is_swapped else pair.outputs

    async def choose(heard: Heard) -> Value:
        side: Side = await comparer.choose(Pair(pair.question, first, second), heard)
        return {"better": 3 - side if is_swapped else side}

    return choose
