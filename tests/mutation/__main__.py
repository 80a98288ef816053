"""The mutation run: breaks `scoring` and `finale/show` in one place after another.

`PYTHONPATH=tests uv run python -m mutation --share 0.1` tries every tenth mutant; the results are
kept in a file, and the next run goes on from there.
"""

import argparse
import gc
import hashlib
import json
import os
import pickle
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mutation import session as s
from mutation.mutants import ROOT, Mutant, mutants_of

EQUIVALENT = Path(__file__).with_name("equivalent.toml")
SLACK_S = 10.0
"""Processor seconds that a mutant may take beyond three times its tests' usual time."""


def chance(name: str, seed: int) -> float:
    """A number from 0 up to 1 for a mutant, the same in every run with that seed."""
    return int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:8]) / 2**64


def chosen(share: float, seed: int, only: str) -> list[Mutant]:
    """That share of all mutants but those that change nothing, in the order of chance."""
    equal = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    paths = [
        *sorted((ROOT / "scoring").glob("*.py")),
        *sorted((ROOT / "finale/show").rglob("*.py")),
    ]
    found = [m for path in paths if only in str(path) for m in mutants_of(path)]
    found = [m for m in found if m.name not in equal and chance(m.name, seed) < share]
    return sorted(found, key=lambda mutant: chance(mutant.name, seed))


class Kept:
    """Results in a file, one line each; a line counts while its module is unchanged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.killers: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            said = json.loads(line)
            if said["of"] == _digest(said["mutant"]):
                self.killers[said["mutant"]] = said["killer"]

    def keep(self, mutant: Mutant, killer: str) -> None:
        """`killer` is the test that failed, "time" if the mutant never ended, "" if it lives."""
        self.killers[mutant.name] = killer
        line = {"mutant": mutant.name, "line": mutant.line, "killer": killer}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**line, "of": _digest(mutant.name)}, ensure_ascii=False) + "\n")


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name.split(" ")[0]).read_bytes()).hexdigest()[:12]


class Run:
    """A session of pytest that runs mutants instead of its tests."""

    def __init__(self, given: argparse.Namespace, kept: Kept) -> None:
        self._given, self._kept = given, kept
        self.timings: dict[str, s.Timing] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure every test, then try the mutants in functions, each on the tests that run it."""
        items = {item.nodeid: item for item in session.items}
        assert items, "no tests were found"
        known = self._given.results.with_suffix(f".{self._state()}.timings")
        if known.exists():
            self.timings = pickle.loads(known.read_bytes())
        else:
            self._measure(items)
            known.write_bytes(pickle.dumps(self.timings))
        self._try([m for m in self._given.mutants if m.function is not None], items)
        return True

    def _state(self) -> str:
        """The same as long as no test and nothing that is tested has changed."""
        paths = [*(ROOT / "scoring").rglob("*.py"), *(ROOT / "finale/show").rglob("*.py")]
        paths += [
            path for path in (ROOT / "tests").rglob("*.*") if path.suffix in (".py", ".jsonl")
        ]
        whole = f"{ROOT} {self._given.tests} {self._given.budget}".encode()
        whole += b"".join(path.read_bytes() for path in sorted(paths))
        return hashlib.sha256(whole).hexdigest()[:12]

    def _measure(self, items: Mapping[str, pytest.Item]) -> None:
        jobs = [(name, _job(self._measured, item)) for name, item in items.items()]
        for name, said in self._forked(jobs, "measuring the tests"):
            failed, seconds, functions = said or ("too long", 0.0, [])
            if failed:
                sys.stderr.write(f"left out, too long or fails as it is: {name}\n")
            else:
                self.timings[name] = s.Timing(seconds, {(path, line) for path, line in functions})

    def _measured(self, item: pytest.Item) -> tuple[str, float, list[s.Key]]:
        s.limit(self._given.budget)
        return s.measure(item)

    def _try(self, mutants: Sequence[Mutant], items: Mapping[str, pytest.Item]) -> None:
        self._functions = s.functions()
        # What is never collected is not copied into every fork.
        gc.freeze()
        jobs = []
        for mutant in mutants:
            names = self.in_order(mutant)
            jobs.append((mutant, _job(self._play, mutant, [items[name] for name in names])))
        self.settle(jobs, "mutants in functions")

    def settle(self, jobs: Sequence[tuple[Mutant, Callable[[], Any]]], title: str) -> None:
        """Run the jobs of mutants and keep who killed each."""
        for mutant, said in self._forked(jobs, title):
            self._kept.keep(mutant, "time" if said is None else said)

    def in_order(self, mutant: Mutant) -> list[str]:
        """The tests of its own module first, the fastest first, up to the budget.

        For a mutant in a function these are the tests that run it, for another one all.
        """
        function = (str(mutant.path), mutant.function)
        tests = self.timings.items()
        names = [n for n, t in tests if mutant.function is None or function in t.functions]
        own = f"{mutant.path.stem}.py::"
        names.sort(key=lambda name: (own not in name, self.timings[name].seconds))
        left, within = self._given.budget, []
        for name in names:
            left -= self.timings[name].seconds
            if left > 0:
                within.append(name)
        return within

    def limit_for(self, names: Iterable[str]) -> float:
        """Processor seconds that these tests may take."""
        return SLACK_S + 3 * sum(self.timings[name].seconds for name in names)

    def _play(self, mutant: Mutant, items: Sequence[pytest.Item]) -> str:
        s.limit(self.limit_for(item.nodeid for item in items))
        s.put_in(mutant, self._functions)
        return s.run_items(items)

    def _forked(self, jobs: Sequence[tuple[Any, Callable[[], Any]]], title: str) -> Any:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
            task = bar.add_task(title, total=len(jobs))
            for key, said in s.forked(jobs, self._given.processes):
                yield key, said
                bar.advance(task)


class Chosen:
    """Keeps only these tests of a collection, in this order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        place = {name: number for number, name in enumerate(self._names)}
        items[:] = sorted((i for i in items if i.nodeid in place), key=lambda i: place[i.nodeid])


def _job(work: Callable[..., Any], *given: Any) -> Callable[[], Any]:
    return lambda: work(*given)


def in_module(run: Run, mutant: Mutant | None, names: Sequence[str]) -> str:
    """The test that kills a change outside functions: the module is imported changed."""
    s.limit(SLACK_S + run.limit_for(names))
    if mutant is not None:
        s.import_changed(mutant)
    reports = s.Reports()
    tests = sorted({name.split("::")[0] for name in names})
    code = pytest.main([*s.ARGUMENTS, *tests], plugins=[reports, Chosen(names)])
    return reports.failed or ("" if code == 0 else "import")


def report(mutants: Sequence[Mutant], kept: Kept) -> str:
    """Killed, survived and rate by module, and the survivors, as Markdown."""
    totals: dict[str, Counter[bool]] = defaultdict(Counter)
    tried = [mutant for mutant in mutants if mutant.name in kept.killers]
    for mutant in tried:
        is_killed = bool(kept.killers[mutant.name])
        for of in (mutant.name.split(" ")[0], mutant.name.split("/")[0], "all"):
            totals[of][is_killed] += 1
    rows = [
        f"| {of} | {n[True]} | {n[False]} | {100 * n[True] / n.total():.1f} % |"
        for of, n in sorted(totals.items())
    ]
    lines = [f"- {m.line}: {m.name}" for m in tried if not kept.killers[m.name]]
    head = ["| module | killed | survived | rate |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, "", f"{len(tried)} of {len(mutants)} tried.", "", *lines])


def main() -> int:
    """Read the arguments, run what is not known yet, print the report."""
    parser = argparse.ArgumentParser(prog="mutation", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="which part of the mutants")
    parser.add_argument("--seed", type=int, default=0, help="which ones, if not all")
    parser.add_argument("--only", default="", help="a part of the module's path")
    parser.add_argument("--budget", type=float, default=20.0, help="seconds of tests for a mutant")
    parser.add_argument("--tests", nargs="+", default=s.TESTS, help="the tests that take part")
    parser.add_argument("--processes", type=int, default=2, choices=(1, 2))
    parser.add_argument("--results", type=Path, default=ROOT / ".mutation.jsonl")
    parser.add_argument("--again", action="store_true", help="try the survivors again")
    parser.add_argument("--report", action="store_true", help="only print what is known")
    given = parser.parse_args()
    os.chdir(ROOT)
    kept, every = Kept(given.results), chosen(given.share, given.seed, given.only)
    is_open = {
        True: lambda m: not kept.killers.get(m.name),
        False: lambda m: m.name not in kept.killers,
    }
    given.mutants = [] if given.report else [m for m in every if is_open[given.again](m)]
    if given.mutants:
        _run(given, kept)
    sys.stdout.write(report(every, Kept(given.results)) + "\n")
    return 0


def _run(given: argparse.Namespace, kept: Kept) -> None:
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutation", phases=phases, derandomize=True, deadline=None)
    settings.load_profile("mutation")
    run = Run(given, kept)
    tests = [*s.ARGUMENTS, *given.tests, f"--ignore={s.LEFT_OUT}"]

    def inside() -> dict[str, float]:
        pytest.main(tests, plugins=[run])
        return {name: timing.seconds for name, timing in run.timings.items()}

    # A fork of its own: what is imported there must not be imported here.
    for _, seconds in s.forked([("", inside)], 1, is_silent=False):
        run.timings = {name: s.Timing(each) for name, each in seconds.items()}
    mutants = [m for m in given.mutants if m.function is None]
    for mutant in mutants[:1]:
        for _, killer in s.forked([("", _job(in_module, run, None, run.in_order(mutant)))], 1):
            assert killer == "", f"without any change {killer} fails"
    jobs = [(m, _job(in_module, run, m, run.in_order(m))) for m in mutants]
    run.settle(jobs, "mutants outside functions")


if __name__ == "__main__":
    sys.exit(main())
