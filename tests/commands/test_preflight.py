"""`preflight` as a program: its table, its JSON, its exit code."""

import json
from pathlib import Path

from command_line import complaint, finale
from in_browser import free_port

SHOW = """
title = "The Cup"
banks = ["{questions}/underwriting.toml"]
rounds = ["wildfire-frame-house"]
reserve = "delivery-van-fleet"
panel = ["Expert One"]
[[finalist]]
name = "Vera Example"
[[finalist]]
name = "Wim Placeholder"
[finalist.endpoint]
kind = "openai"
base = "http://127.0.0.1:9/v1"
model = "tuned"
{more}
"""


def show(folder: Path, more: str = "") -> str:
    """A show file whose second finalist's model is not there."""
    questions = Path(__file__).parents[2] / "questions"
    path = folder / "show.toml"
    path.write_text(SHOW.format(questions=questions, more=more), encoding="utf-8")
    return str(path)


def test_the_example_show_is_go(tmp_path: Path) -> None:
    done = finale("preflight", "--data", str(tmp_path / "data"), "--port", str(free_port()))

    assert (done.returncode, "NO-GO" in done.stdout) == (0, False)
    assert "Vera Example’s model" in done.stdout
    assert "An understudy, no model" in done.stdout


def test_a_model_that_cannot_be_reached_is_no_go_in_table_and_json(tmp_path: Path) -> None:
    where = ("--show", show(tmp_path), "--data", str(tmp_path), "--port", str(free_port()))
    table, told = finale("preflight", *where), finale("preflight", *where, "--json")
    found = json.loads(told.stdout)
    bad = [f for f in found["findings"] if f["subject"] == "Wim Placeholder’s model"]

    assert (table.returncode, told.returncode, found["go"]) == (1, 1, False)
    assert "NO-GO, 1 to put right" in table.stdout
    assert [f["action"] for f in bad if f["check"] == "reply"] == [
        "Is it deployed, and is this machine online?"
    ]


def test_a_missing_key_is_told_by_name_and_nothing_is_asked(tmp_path: Path) -> None:
    said = complaint("preflight", "--show", show(tmp_path, 'key_env = "FINALE_TEST_KEY"'))

    assert "Wim Placeholder needs a key in the environment variable FINALE_TEST_KEY" in said
