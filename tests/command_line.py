"""The command line as a program of its own."""

import subprocess
import sys
from collections.abc import Mapping

from finale.config import ROOT


def finale(
    *words: str, seconds: float = 60, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "run_finale.py"), *words],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "300", "TERM": "dumb", **(more or {})},
    )


def complaint(*words: str, more: Mapping[str, str] | None = None) -> str:
    done = finale(*words, more=more)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()
