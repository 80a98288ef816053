"""`backup`: from a served show to another server that goes on with it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from command_line import complaint, finale
from in_browser import SHOW, Served, free_port

from finale.config import DEFAULT_SHOW, ROOT


@contextmanager
def serving(*words: str) -> Iterator[str]:
    """What a server says until it answers; it is stopped afterwards."""
    with subprocess.Popen(
        [sys.executable, "-u", "run_finale.py", "serve", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "200", "TERM": "dumb"},
    ) as server:
        assert server.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = server.stdout.readline()
            assert line, said
            said += line
        yield said
        server.terminate()


def test_another_server_goes_on_from_the_copy_of_a_served_show(tmp_path: Path) -> None:
    place, banks = tmp_path / "copy", tmp_path / "banks"
    shutil.copytree(ROOT / "questions", banks)
    served = Served(tmp_path, [9, 7, 5, 5, 3], SHOW.replace("{questions}", "banks"))
    try:
        served.order("next")
        served.order("next")
        served.order("generate", seats=["finalist-v"])
        done = finale("backup", str(place), "--data", str(served.data))
        assert done.returncode == 0, done.stderr
        assert served.order("state")["phase"] == "tuning"
    finally:
        served.kill()
    # As on another computer: nothing but the copy.
    for original in (banks, served.data):
        shutil.rmtree(original)

    show = f"{place}/plan/show.toml"
    assert done.stdout.splitlines()[0] == f"The copy is in {place}, and its log has been checked."
    assert re.search(r"show\.db +\d+ log entries up to round 1, tuning; 0 ballots", done.stdout)
    assert f"uv run run_finale.py --data {place} --show {show}." in done.stdout
    assert "Note:" not in done.stdout
    with serving("--data", str(place), "--show", show, "--port", str(free_port())) as said:
        assert "The show goes on in tuning; " in said
        assert " s of downtime were given back to the clock." in said
        assert "The show file has changed" not in said
    plan = Path(show)
    plan.write_text(plan.read_text(encoding="utf-8").replace("Vera", "Vero"), encoding="utf-8")
    with serving("--data", str(place), "--show", show, "--port", str(free_port())) as said:
        kept = "The show file has changed since; the show keeps the plan that it began with."
        assert kept in said


def test_a_folder_without_a_show_has_nothing_to_copy(tmp_path: Path) -> None:
    said = complaint("backup", str(tmp_path / "copy"), "--data", str(tmp_path))
    assert said == f"Error There is no show in {tmp_path}. Name its folder with --data."


def test_a_plan_that_would_not_be_found_elsewhere_is_told(tmp_path: Path) -> None:
    served = Served(tmp_path, [9, 7, 5, 5, 3])
    served.order("next")
    served.kill()
    other = str(DEFAULT_SHOW)
    done = finale("backup", str(tmp_path / "one"), "--data", str(served.data))
    again = finale("backup", str(tmp_path / "two"), "--data", str(served.data), "--show", other)

    assert done.stdout.splitlines()[-1] == (
        f"Note: the show file names {ROOT}/questions/underwriting.toml by a whole path. On another "
        "computer change that line to where the copy has it."
    )
    assert again.stdout.splitlines()[-1] == (
        f"Note: {other} is not the plan that the show began with. The log holds that plan and goes "
        "on with it; name another show file with --show if this is the wrong one."
    )
