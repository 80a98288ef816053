"""Ctrl-C in a check of a judge; run by `test_alone.py`, for the signal is the whole process's."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
import typer
from commands.test_judge_check import bench, written
from judging.scripted import Talker

from finale.commands.judge_check import Wanted, run
from finale.llm.base import Prompt


def test_interrupted_it_says_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    never, pressed = asyncio.Event(), []

    def interrupted(prompt: Prompt) -> asyncio.Event:
        if not pressed:
            pressed.append("Ctrl-C")
            os.kill(os.getpid(), signal.SIGINT)
        return never

    wanted = Wanted(written(tmp_path), None, None, None, is_json=False)
    with pytest.raises(typer.Exit) as ended:
        run(wanted, bench(Talker(interrupted)))

    assert ended.value.exit_code == 130
    assert "Stopped. Run it again to go on;" in " ".join(capsys.readouterr().err.split())
