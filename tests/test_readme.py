"""The README is true: its commands, options, files, diagram and example."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from finale.config import ROOT, read_show
from finale.show.phases import as_mermaid

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"uv run run_finale\.py ([a-z]+(?:-[a-z]+)*)", README)))


def _block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found.group(1)


def _help(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "run_finale.py", *words, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"},
    )
    return done.stdout


def test_readme_names_every_command() -> None:
    offered = re.findall(r"│ (\w[\w-]*) ", _help())
    assert sorted(offered) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_options_exist(command: str) -> None:
    rows = [line for line in README.splitlines() if f"run_finale.py {command}" in line]
    options = {option for row in rows for option in re.findall(r"(--[a-z-]+)", row)}
    assert options <= set(re.findall(r"(--[a-z-]+)", _help(command)))


def test_readme_diagram_is_the_table_of_moves() -> None:
    assert _block("mermaid").strip() == as_mermaid()


def test_readme_example_is_a_show(tmp_path: Path) -> None:
    show = tmp_path / "show.toml"
    text = _block("toml").replace("../questions", str(ROOT / "questions"))
    show.write_text(text, encoding="utf-8")
    rundown = read_show(show).rundown
    assert (rundown.title, len(rundown.rounds)) == ("The Underwriters’ Cup", 2)
    assert rundown.settings.seconds.tuning == 60


SEATINGS = re.findall(r"```toml\n(\[(?:finalist|judge)[^`]*)```", README)


@pytest.mark.parametrize("table", SEATINGS, ids=range(len(SEATINGS)))
def test_readme_models_can_be_seated(tmp_path: Path, table: str) -> None:
    show = tmp_path / "show.toml"
    head, _, settings = (
        _block("toml")
        .replace("../questions", str(ROOT / "questions"))
        .partition('endpoint = "understudy"\n\n[settings]')
    )
    is_judge = table.startswith("[judge]")
    head = head.replace('judge = "understudy"\n', "") if is_judge else head
    show.write_text(f"{head}\n{table}\n[settings]{settings}", encoding="utf-8")
    plan = read_show(show)
    seated = plan.judge if is_judge else plan.endpoints["finalist-w"]
    assert seated != "understudy"


def test_readme_seats_every_kind() -> None:
    kinds = {kind for table in SEATINGS for kind in re.findall(r'kind = "(.*)"', table)}
    assert kinds == {"openai", "sagemaker", "sagemaker-openai", "bedrock"}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!http)([^)#]+)\)", README))))
def test_readme_links_exist(target: str) -> None:
    assert (ROOT / target).exists()


@pytest.mark.parametrize(
    "named", sorted(set(re.findall(r"`((?:finale|scoring|assets)/[\w./*]+)`", README)))
)
def test_readme_files_exist(named: str) -> None:
    assert list(ROOT.glob(named.rstrip("/")))
