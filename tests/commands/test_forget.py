"""`forget`: what it says goes, and what it says stays."""

import json
from functools import partial
from pathlib import Path

import pytest
import typer
from backstage import Backstage, backstage
from command_line import finale
from story import rundown

from finale.commands.forget import run_all, run_phones
from finale.commands.record import run_export, run_verify
from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.store import ballots
from finale.store.ballots import Cast
from finale.store.folder import Folder

VOTES = [("phone-one-of-three", "A"), ("phone-two-of-three", "B"), ("phone-three-of-three", "A")]
RECEIPTS = [f"RECEIPT{number}" for number in range(3)]
TRACES = [*(name for name, _ in VOTES), *RECEIPTS]


async def voted(show: Backstage) -> None:
    """A round up to its closed vote."""
    await show.to_reading()
    await show.to(Phase.MARKING)
    cast = [
        Cast(show.showrunner.show_id, 0, name, letter, 1, receipt, 0.0)
        for (name, letter), receipt in zip(VOTES, RECEIPTS, strict=True)
    ]
    await show.writer.run(partial(ballots.cast, ballots=cast))
    await show.do(c.CloseGate(round=show.state.number, gate="vote"))


async def counted(show: Backstage) -> None:
    """The count of that vote."""
    found = await show.writer.run(partial(ballots.count, show=show.showrunner.show_id, round=0))
    await show.do(c.RecordTally(round=0, counts=found.counts, digest=found.digest), "crew")


async def played(folder: Path) -> None:
    """A folder with a counted vote, as a show leaves it."""
    async with backstage(folder, plan=rundown(3, 2)) as show:
        Folder(folder).key()
        await show.scratch.put("typed", "half a thought")
        await voted(show)
        await counted(show)


def traces(folder: Path) -> list[str]:
    """What of the phones stands in any file, in any byte of it."""
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return [trace for trace in TRACES if trace.encode() in content]


def results(record: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((record / "results.json").read_text(encoding="utf-8"))
    return found


async def test_forgotten_phones_leave_no_trace_and_the_result_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, before, after = (tmp_path / name for name in ("data", "before", "after"))
    await played(data)
    run_export(before, data)
    assert traces(data) == TRACES
    forget_phones(data)
    run_export(after, data)

    assert traces(data) == traces(after) == []
    assert (after / "ballots.csv").read_text() == "round,receipt,letter\n"
    for value in ("standings", "finalists", "settings"):
        assert results(after)[value] == results(before)[value]
    [was], [is_now] = (results(record)["rounds"] for record in (before, after))  # type: ignore[misc]
    assert was == {**is_now, "is_forgotten": False}
    assert is_now["ballots"] == {"A": 2, "B": 1}
    capsys.readouterr()
    run_verify(after)
    assert capsys.readouterr().out.splitlines()[-1] == (
        "The ballots of round 1 were deleted after the count: the counts are those of the log, "
        "and no ballot can be checked against them."
    )


def forget_phones(data: Path) -> None:
    """In a thread of its own: the command brings its own loop."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run_phones, data, True).result()


async def test_a_list_in_a_record_whose_ballots_were_deleted_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await played(tmp_path / "data")
    forget_phones(tmp_path / "data")
    run_export(tmp_path / "record", tmp_path / "data")
    with (tmp_path / "record" / "ballots.csv").open("a") as file:
        file.write("1,RECEIPT0,A\n")
    with pytest.raises(typer.Exit):
        run_verify(tmp_path / "record")

    assert capsys.readouterr().err == "Error ballots.csv: the ballots of round 1 were deleted\n"


async def test_a_record_that_lost_its_list_by_itself_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await played(tmp_path / "data")
    run_export(tmp_path / "record", tmp_path / "data")
    (tmp_path / "record" / "ballots.csv").write_text("round,receipt,letter\n")
    with pytest.raises(typer.Exit):
        run_verify(tmp_path / "record")

    assert capsys.readouterr().err == (
        "Error ballots.csv: the ballots of round 1 do not give their digest\n".replace(
            "their", "its"
        )
    )


async def test_a_show_goes_on_without_its_old_ballots(tmp_path: Path) -> None:
    await played(tmp_path)
    forget_phones(tmp_path)
    forget_phones(tmp_path)
    async with backstage(tmp_path, plan=rundown(3, 2)) as show:
        assert show.state.round.is_forgotten
        assert show.state.round.counts == {"A": 2, "B": 1}
        assert [entry.event.kind for entry in await show.log()][-2:] == [
            "BallotBoxClosed",
            "BallotsForgotten",
        ]
        with pytest.raises(Refused, match="The ballots of this vote were deleted"):
            await show.do(c.OpenGate(round=show.state.number, gate="vote"))


async def test_ballots_that_are_not_counted_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with backstage(tmp_path, plan=rundown(3, 2)) as show:
        await voted(show)
    with pytest.raises(typer.Exit):
        forget_phones(tmp_path)

    assert capsys.readouterr().err == (
        "Error show.db: The ballots of round 1 are not counted yet. "
        "Finish the show, or `forget` all of it.\n"
    )
    assert traces(tmp_path) == TRACES


async def test_logs_that_were_set_aside_are_forgotten_too(tmp_path: Path) -> None:
    await played(tmp_path)
    Folder(tmp_path).set_aside("20261121-190000")
    await played(tmp_path)
    forget_phones(tmp_path)

    assert traces(tmp_path) == []
    assert len(Folder(tmp_path).logs()) == 2


@pytest.mark.parametrize("forget", [run_all, run_phones])
async def test_a_running_show_is_left_alone(
    tmp_path: Path, forget: object, capsys: pytest.CaptureFixture[str]
) -> None:
    await played(tmp_path)
    with Folder(tmp_path).held(), pytest.raises(typer.Exit):
        forget(tmp_path, True)  # type: ignore[operator]

    assert capsys.readouterr().err == (
        f"Error Another Finale runs on {tmp_path}. Stop it first, or choose another folder with "
        "--data.\n"
    )
    assert traces(tmp_path) == TRACES


async def test_all_of_it_goes_and_nobody_elses_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await played(tmp_path)
    Folder(tmp_path).set_aside("20261121-190000")
    await played(tmp_path)
    for name in ("log.jsonl", "log.jsonl.1", "lock", "show.db.mine", "notes.txt"):
        (tmp_path / name).write_text("x")
    run_all(tmp_path, True)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "show.db.mine"]
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"Deleted. Not the show’s, and still in {tmp_path}: notes.txt, show.db.mine."
    )


async def test_a_folder_that_held_a_show_alone_goes_with_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    await played(data)
    run_all(data, True)
    assert not data.exists()


def test_where_no_show_was_there_is_nothing_to_delete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(typer.Exit):
        run_all(tmp_path, True)

    assert capsys.readouterr().err == (
        f"Error There is nothing of a show in {tmp_path}. Name its folder with --data.\n"
    )


@pytest.mark.parametrize(
    ("words", "goes", "stays"),
    [
        ((), "the signing key", "records, backups and run sheets"),
        (("--phones",), "which phone cast it", "how many ballots each answer got"),
    ],
)
async def test_it_says_what_goes_and_what_stays_and_asks(
    tmp_path: Path, words: tuple[str, ...], goes: str, stays: str
) -> None:
    await played(tmp_path)
    done = finale("forget", "--data", str(tmp_path), *words)

    assert done.returncode == 1
    said, asked = done.stdout.split("What stays: ")
    assert goes in said
    assert asked.startswith(stays)
    assert "[y/N]" in asked
    assert traces(tmp_path) == TRACES
