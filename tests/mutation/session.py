"""Runs tests against mutants: one fork for each, with everything imported already."""

import gc
import importlib.machinery as machinery
import json
import os
import resource
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from mutation.mutants import ROOT, Mutant

MODE = "addopts=--import-mode=importlib"
IGNORED = "ignore::pytest.PytestAssertRewriteWarning"
TESTS = ("tests/show", "tests/scoring", "tests/test_golden_shows.py")
ARGUMENTS = ["-p", "no:terminal", "-p", "no:cacheprovider", "-x", "-W", IGNORED, "-o", MODE]
LEFT_OUT = "tests/show/test_machine.py"
"""Chance plays these; they take minutes, and what they find a plain test must hold."""

Key = tuple[str, int]
"""A function: its file and its first line."""


@dataclass
class Timing:
    """What one test runs, and how long it takes in seconds of a processor."""

    seconds: float = 0.0
    functions: set[Key] = field(default_factory=set)


def forked(
    jobs: Iterable[tuple[Any, Callable[[], Any]]], at_once: int, *, is_silent: bool = True
) -> Iterator[tuple[Any, Any]]:
    """Run each job in a fork of this process; its key and its result, None if the fork died."""
    running: dict[int, tuple[Any, str]] = {}
    waiting = iter(jobs)
    while True:
        while len(running) < at_once and (job := next(waiting, None)) is not None:
            handle, said = tempfile.mkstemp()
            os.close(handle)
            pid = os.fork()
            if pid == 0:
                _play(job[1], said, is_silent)
            running[pid] = (job[0], said)
        if not running:
            return
        pid, _ = os.wait()
        key, said = running.pop(pid)
        text = Path(said).read_text(encoding="utf-8")
        Path(said).unlink()
        yield key, json.loads(text) if text else None


def _play(job: Callable[[], Any], said: str, is_silent: bool) -> None:
    if is_silent:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
    try:
        Path(said).write_text(json.dumps(job()), encoding="utf-8")
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        os._exit(0)


def limit(seconds: float) -> None:
    """End this process after so many more seconds of a processor, or in a flood of memory."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


class Reports:
    """Remembers the first test that failed."""

    def __init__(self) -> None:
        self.failed = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid


def run_items(items: Sequence[pytest.Item]) -> str:
    """The first of these tests that fails, "" if none does."""
    reports = Reports()
    for item in items:
        item.config.pluginmanager.register(reports)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        item.config.pluginmanager.unregister(reports)
        if reports.failed:
            break
    return reports.failed


def measure(item: pytest.Item) -> tuple[str, float, list[Key]]:
    """How a test ends, its seconds, and the functions of the project that it runs."""
    found: set[Key] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            found.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

    start = os.times().user
    sys.setprofile(note)
    failed = run_items([item])
    sys.setprofile(None)
    own = [key for key in found if key[0].startswith((f"{ROOT}/finale/show", f"{ROOT}/scoring"))]
    return failed, os.times().user - start, own


def functions() -> dict[tuple[str, str, int], list[FunctionType]]:
    """Every function there is, by file, name and first line."""
    # What the tests' settings have frozen would not be listed.
    gc.unfreeze()
    found: dict[tuple[str, str, int], list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType):
            code = thing.__code__
            key = (code.co_filename, code.co_qualname, code.co_firstlineno)
            found.setdefault(key, []).append(thing)
    return found


def put_in(mutant: Mutant, old: Mapping[tuple[str, str, int], list[FunctionType]]) -> None:
    """Give the changed function its new code, wherever it is known. Raises ValueError if not."""
    compiled = compile(mutant.tree(), str(mutant.path), "exec")
    new = [code for code in _codes(compiled) if code.co_firstlineno == mutant.function]
    known = [(one, code) for code in new for one in old.get(_key(code), ())]
    if not known:
        raise ValueError(f"No such function: {mutant.name}")
    for function, code in known:
        function.__code__ = code


def _key(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def import_changed(mutant: Mutant) -> None:
    """Import that module in its changed form; it must not have been imported yet."""
    path, tree = mutant.path, mutant.tree()
    original = machinery.SourceFileLoader.get_code

    def get_code(loader: machinery.SourceFileLoader, name: str) -> CodeType | None:
        is_it = Path(loader.path) == path
        return compile(tree, loader.path, "exec") if is_it else original(loader, name)

    machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]
