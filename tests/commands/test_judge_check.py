"""`judge-check` as somebody meets it at the terminal."""

import asyncio
import json
from pathlib import Path

import pytest
import typer
from command_line import complaint, finale
from judging.scripted import Talker
from judging.test_check import bench, knowing, labelled
from show_file import bank
from standin import Seen, StandIn
from test_endpoints import plan

from finale.commands.judge_check import Wanted, run
from finale.judging.injections import INJECTIONS
from finale.llm.base import Prompt


def written(folder: Path, count: int = 20, wrong: int = 5) -> Path:
    path = folder / "pairs.json"
    pairs = [
        {"input": p.question, "output_1": p.outputs[0], "output_2": p.outputs[1], "label": p.label}
        for p in labelled(count, wrong)
    ]
    path.write_text(json.dumps(pairs, indent=1), encoding="utf-8")
    return path


def test_the_report_has_the_agreement_and_kappa_of_a_judge_known_in_advance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = Wanted(written(tmp_path), None, tmp_path / "raw.jsonl", None, is_json=True)
    run(wanted, bench(Talker(knowing)))
    found = json.loads(capsys.readouterr().out)

    assert (found["judge"], found["missing"]) == ("scripted judge", 0)
    assert (found["single"]["agreement"], found["single"]["kappa"]) == (0.75, 0.5)
    assert (found["pairwise"]["both_right"], found["pairwise"]["consistency"]) == (0.75, 1.0)
    assert found["injected"] == {
        "tried": len(INJECTIONS),
        "moved": [],
        "flagged": len(INJECTIONS),
    }


def test_the_report_can_be_read_at_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(
        Wanted(written(tmp_path), None, None, None, is_json=False),
        bench(Talker(knowing)),
    )
    said = " ".join(capsys.readouterr().out.split())

    assert "75.0 %" in said
    assert "both orders right in 75.0 %, the same choice in both in 100.0 %." in said
    assert f"Injections: 0 of {len(INJECTIONS)} moved a mark (none)" in said
    assert (tmp_path / "pairs.judge-check.jsonl").exists()


def test_the_understudy_judge_says_that_it_marks_single_answers_only(tmp_path: Path) -> None:
    path = written(tmp_path)
    done = finale("judge-check", str(path), "--first", "4")
    again = finale("judge-check", str(path), "--first", "4", "--json")

    assert (done.returncode, again.returncode) == (0, 0)
    assert "The understudy judge marks single answers only" in done.stdout
    found = json.loads(again.stdout)
    assert (found["single"]["pairs"], found["pairwise"]) == (4, None)


def test_a_mistake_in_the_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"input": "a", "output_1": "b", "output_2": "c"}\n', encoding="utf-8")

    assert complaint("judge-check", str(path)) == (
        f"Error {path}, line 1, label: expected this field. Correct it and start again."
    )


def test_a_show_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    said = complaint("judge-check", str(written(tmp_path)), "--judge", str(tmp_path / "none.toml"))

    assert said.startswith(f"Error {tmp_path}/none.toml: expected a readable file")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    raw = tmp_path / "none" / "raw.jsonl"

    assert complaint("judge-check", str(written(tmp_path)), "--raw", str(raw)) == (
        f"Error {raw} cannot be written (no such file or directory). Name another place with --raw."
    )


def served(seen: Seen) -> str:
    """The judge that knows, behind a real server."""
    messages = json.loads(seen.body)["messages"]
    return knowing(Prompt(messages[0]["content"], messages[-1]["content"], 0.5, 1.0))


async def test_the_judge_of_a_show_file_is_asked_over_its_endpoint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bank.toml").write_text(bank(3))
    path, show = written(tmp_path), tmp_path / "show.toml"
    async with StandIn(reply=served) as server:
        entry = f'kind = "openai"\nbase = "{server.base}/v1"\nmodel = "plain"\n'
        plan(show, f"[judge]\n{entry}")
        await asyncio.to_thread(run, Wanted(path, show, None, 4, is_json=True))
    found = json.loads(capsys.readouterr().out)

    # Of the first four pairs people are wrong on all.
    assert (found["judge"], found["missing"]) == ("openai: plain", 0)
    assert (found["single"]["agreement"], found["pairwise"]["consistency"]) == (0.0, 1.0)


async def test_another_judge_of_the_same_label_does_not_take_over_its_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bank.toml").write_text(bank(3))
    path, show = written(tmp_path), tmp_path / "show.toml"
    wanted = Wanted(path, show, None, 2, is_json=True)
    async with StandIn(reply=served) as one, StandIn(reply=served) as other:
        entry = 'kind = "openai"\nbase = "{}/v1"\nmodel = "plain"\n'
        plan(show, f"[judge]\n{entry.format(one.base)}")
        await asyncio.to_thread(run, wanted)
        capsys.readouterr()
        plan(show, f"[judge]\n{entry.format(other.base)}")
        with pytest.raises(typer.Exit):
            await asyncio.to_thread(run, wanted)

        assert "has results of another judge" in " ".join(capsys.readouterr().err.split())
        assert other.asks == []


async def test_the_spare_judge_is_not_asked_in_the_judges_name(tmp_path: Path) -> None:
    (tmp_path / "bank.toml").write_text(bank(3))
    path, show = written(tmp_path), tmp_path / "show.toml"
    async with StandIn(plays={"gone": "no-access"}, reply=served) as server:
        entry = f'kind = "openai"\nbase = "{server.base}/v1"\n'
        judges = f'[judge]\n{entry}model = "gone"\n[spare_judge]\n{entry}model = "plain"\n'
        plan(show, judges)
        with pytest.raises(typer.Exit):
            await asyncio.to_thread(run, Wanted(path, show, None, 8, is_json=True))

        assert {json.loads(seen.body)["model"] for seen in server.asks} == {"gone"}
