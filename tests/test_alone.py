"""Tests that need a process of their own: a second NiceGUI, or a signal, would hit the others."""

import subprocess
import sys

import pytest

from finale.config import ROOT

ALONE = ("deployed_show.py", "canary_models.py", "commands/interrupted_check.py")


@pytest.mark.parametrize("name", ALONE)
def test_passes_in_a_process_of_its_own(name: str) -> None:
    command = [sys.executable, "-m", "pytest", "-n0", f"tests/{name}"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )

    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed in " in done.stdout.splitlines()[-1]
