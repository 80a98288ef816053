"""Has a judge go through labelled pairs, keeps every raw result, and goes on where it stopped."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from finale.judging.agreement import Choice, Results
from finale.judging.asking import together
from finale.judging.base import Brief, Heard, Marker, Reply
from finale.judging.injections import INJECTIONS
from finale.judging.labelled import Labelled
from finale.judging.pairwise import Comparer, Pair, Side
from finale.llm.base import EndpointError
from scoring.rubric import JUDGE_RUBRIC
from scoring.verdict import Verdict

WORKERS = 16
"""Results that are worked on at the same time; the judge has its own limit on calls."""

MOST_FAILURES = 20
"""So many failures in a row, and the judge counts as out."""

Value = dict[str, Any]


class CheckStopped(Exception):
    """The check cannot go on; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Who is checked: a judge of single answers, and one of pairs if the model can be asked."""

    marker: Marker
    comparer: Comparer | None


class Kept:
    """The raw results on file, one JSON object a line; a half-written last line is dropped."""

    def __init__(self, path: Path, about: Mapping[str, str]) -> None:
        """Raises CheckStopped if the file is of another judge or of other pairs."""
        self.path = path
        self.values: dict[str, Value] = {}
        head = json.dumps({"about": dict(about)}, ensure_ascii=False)
        lines = self._lines() or [head]
        if lines[0] != head:
            raise CheckStopped(
                f"{path} has results of another judge or of other pairs. "
                "Move it away, or name another with --raw."
            )
        for number, line in enumerate(lines[1:], 2):
            try:
                row = json.loads(line)
                self.values[row["key"]] = row["value"]
            except (ValueError, KeyError, TypeError) as error:
                raise CheckStopped(
                    f"{path}, line {number}: this is no result. Take it out."
                ) from error
        try:
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        except OSError as error:
            why = (error.strerror or "no reason given").lower()
            text = f"{path} cannot be written ({why}). Name another place with --raw."
            raise CheckStopped(text) from error

    def _lines(self) -> list[str]:
        if not self.path.exists():
            return []
        whole, _, _ = self.path.read_text(encoding="utf-8").rpartition("\n")
        return whole.split("\n") if whole else []

    def keep(self, file: TextIO, key: str, value: Value, replies: Sequence[Reply]) -> None:
        """One result, on file before it counts."""
        row = {"key": key, "value": value, "replies": [asdict(reply) for reply in replies]}
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        self.values[key] = value


def about(pairs: bytes, marker: Marker) -> dict[str, str]:
    """What results are of: these bytes of a file, and this judge."""
    return {"pairs": hashlib.sha256(pairs).hexdigest()[:16], "judge": marker.label}


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
