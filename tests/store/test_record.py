"""The record: whoever has it can recompute it, and one changed digit is found."""

import json
import re
from pathlib import Path
from random import Random

import pytest
from story import NOON, Story, rundown

from finale.show import commands as c
from finale.show.events import Event
from finale.show.phases import Phase
from finale.show.result import standings_of
from finale.store.ballots import digest
from finale.store.event_log import GENESIS, SEALED, Logged, chain
from finale.store.record import BallotRow, replay, results_of, write_record
from finale.store.verify import verify_record

FILES = ("results.json", "results.csv", "events.jsonl", "ballots.csv")
COUNTS = {"A": 5, "B": 3, "C": 2}
STRANGE = 'Line\u2028separator, \u0085next line,\x1cfile, "quotes", ünïcode 🎤 and 48,000.'


def logged(events: list[Event]) -> list[Logged]:
    entries: list[Logged] = []
    previous = GENESIS
    for seq, event in enumerate(events, 1):
        at = NOON + seq / 7
        values = {
            "seq": seq,
            "at": at,
            "by": "crew",
            "cause": f"c{seq}",
            "event": event.model_dump(mode="json"),
        }
        previous = chain(previous, values)
        entries.append(Logged(seq, at, "crew", f"c{seq}", event, previous))
    return entries


def rows_of(round_: int) -> list[BallotRow]:
    letters = [letter for letter, n in COUNTS.items() for _ in range(n)]
    return [BallotRow(round_, f"R{round_}{n:03}XY", x) for n, x in enumerate(letters)]


def played() -> tuple[list[Logged], list[BallotRow]]:
    """Two rounds, strange text, an appeal, and the ballots behind each tally."""
    story, ballots = Story(rundown(finalists=3, panel=3, rounds=2)), []
    for number in (1, 2):
        story.to_reading(answers=dict.fromkeys(story.finalists, STRANGE))
        story.to(Phase.MARKING)
        for letter, mark in zip("ABC", (9, 6, 4), strict=True):
            story.judge(letter, mark)
            for panellist, given in zip(story.panel, (4.5, 3.0, 2.5), strict=True):
                story.mark(panellist, letter, given)
        story.next()
        rows = rows_of(number)
        ballots += rows
        found = digest([(row.receipt, row.letter) for row in rows])
        story.ask(c.RecordTally(round=number - 1, counts=COUNTS, digest=found), "crew")
        story.next()
        story.to_standings()
    story.to(Phase.CHAMPION)
    return logged(story.log), ballots


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("record") / "record"
    write_record(folder, *played())
    return folder


@pytest.fixture
def record(original: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    for name in FILES:
        (tmp_path / name).write_bytes((original / name).read_bytes())
    return tmp_path


def test_a_true_record_agrees_with_its_log(original: Path) -> None:
    entries, _ = played()
    state = verify_record(original)

    assert state == replay(entries)
    assert sorted(path.name for path in original.iterdir()) == sorted(FILES)


def test_a_record_written_twice_is_the_same_to_the_last_byte(
    original: Path, tmp_path: Path
) -> None:
    write_record(tmp_path / "again", *played())

    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (original / name).read_bytes()


def test_results_hold_what_scoring_gives(original: Path) -> None:
    entries, _ = played()
    state = replay(entries)
    results = json.loads((original / "results.json").read_text(encoding="utf-8"))

    assert results == json.loads(json.dumps(results_of(state, entries)))
    assert [row["finalist"] for row in results["standings"]] == [
        standing.finalist for standing in standings_of(state)
    ]
    assert results["log"] == {"entries": len(entries), "hash": entries[-1].hash}
    assert results["rounds"][0]["ballots"] == COUNTS


DIGITS = 24
"""Positions that are tried in each file, spread by chance over all of its digits."""


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("take", range(DIGITS))
def test_one_changed_digit_is_found_wherever_it_stands(record: Path, name: str, take: int) -> None:
    text = (record / name).read_bytes().decode()
    places = [match.start() for match in re.finditer(r"\d", text)]
    # The first and the last are always among them.
    place = [places[0], places[-1], Random(f"{name} {take}").choice(places)][min(take, 2)]
    other = str((int(text[place]) + 1 + take % 9) % 10)
    changed = text[:place] + (other if other != text[place] else "0") + text[place + 1 :]
    (record / name).write_bytes(changed.encode())

    with pytest.raises(ValueError, match=re.escape(name.split(".")[0]) + r"\."):
        verify_record(record)


def test_last_digit_of_every_long_number_in_the_log_is_found(record: Path) -> None:
    # Two decimals can stand for one binary number: then the text tells them apart.
    path = record / "events.jsonl"
    text = path.read_text(encoding="utf-8")
    lasts = [match.end() - 1 for match in re.finditer(r"\d\.\d{6,}", text)]
    assert len(lasts) > 20

    for place in Random(1).sample(lasts, 20):
        digit = str((int(text[place]) + 1) % 10)
        path.write_text(text[:place] + digit + text[place + 1 :], encoding="utf-8")
        with pytest.raises(ValueError, match=r"^events\.jsonl"):
            verify_record(record)


def edit(record: Path, name: str, old: str, new: str) -> None:
    path = record / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


EDITS = [
    ("events.jsonl", '"by":"crew"', '"by":"host"', "events.jsonl: entry 1 was changed"),
    ("events.jsonl", '{"at":', '{"x":1,"at":', "events.jsonl line 1: the record says"),
    ("events.jsonl", '{"at":', '{"at" :', "events.jsonl line 1: the record says"),
    ("events.jsonl", '{"at":', '"at":', "events.jsonl line 1: this is not JSON"),
    ("events.jsonl", '{"at":', '[]\n{"at":', "events.jsonl: list indices must be integers"),
    ("events.jsonl", '"seq":2', '"seq":3', "events.jsonl: entry 2 is missing"),
    ("results.json", '"title": "The Finale"', '"title": "A Finale"', "results.json: title: the "),
    ("results.json", '"format": 1,', '"format": 1, "x": 2,', "results.json: x is not in the log"),
    ("results.json", '"format": 1,', '"format": 1.0,', "results.json: format: the record says 1.0"),
    ("results.json", '"format": 1,\n', "", "results.json: format is missing"),
    ("results.json", '"format": 1,', '"format":  1,', "results.json: the values agree, the text"),
    ("results.json", "{", "", "results.json line 2: this is not JSON"),
    ("results.csv", "finalist-v", "finalist-w", "results.csv line 2: the record says"),
    ("ballots.csv", "receipt", "reciept", "ballots.csv line 1: expected the heading"),
    ("ballots.csv", "1,R1000XY,A\n", "", "ballots.csv: the ballots of round 1 do not give its dig"),
    ("ballots.csv", "1,R1000XY,A", "1,R1000XY,B", "ballots.csv: the ballots of round 1 do not"),
    ("ballots.csv", "1,R1000XY,A", "7,R1000XY,A", "ballots.csv: the ballots of round 1 do not"),
    ("ballots.csv", "1,R1000XY,A", "R1000XY,A", "ballots.csv line 2: expected round,receipt,lett"),
    ("ballots.csv", "letter\n", "letter\n3,R,A\n", "ballots.csv: round 3 was not counted"),
]


@pytest.mark.parametrize(("name", "old", "new", "sentence"), EDITS)
def test_an_edit_is_named_where_it_stands(
    record: Path, name: str, old: str, new: str, sentence: str
) -> None:
    edit(record, name, old, new)

    with pytest.raises(ValueError, match="^" + re.escape(sentence)):
        verify_record(record)


@pytest.mark.parametrize("name", ["results.csv", "events.jsonl", "ballots.csv"])
def test_lines_at_the_end_are_missed_and_found(record: Path, name: str) -> None:
    path = record / name
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for changed in (text + lines[-1], "".join(text.rsplit("\n", 2)[0]) + "\n"):
        path.write_text(changed, encoding="utf-8")
        with pytest.raises(ValueError, match=r"^(results|events|ballots)\."):
            verify_record(record)


def test_a_tally_that_its_ballots_do_not_give_is_found(tmp_path: Path) -> None:
    story = Story(rundown(finalists=2, panel=0, rounds=1))
    story.to_marking()
    story.next()
    rows = [BallotRow(1, "RECEIPT1", "A")]
    found = digest([("RECEIPT1", "A")])
    story.ask(c.RecordTally(round=0, counts={"A": 2}, digest=found), "crew")
    write_record(tmp_path, logged(story.log), rows)

    with pytest.raises(ValueError, match=r"^ballots\.csv: .* do not give its count$"):
        verify_record(tmp_path)


def test_ballots_of_a_round_that_was_not_counted_are_found(tmp_path: Path) -> None:
    story = Story(rundown(finalists=2, panel=0, rounds=1))
    story.to_marking()
    write_record(tmp_path, logged(story.log), [BallotRow(1, "RECEIPT1", "A")])

    with pytest.raises(ValueError, match=r"^ballots\.csv: round 1 was not counted$"):
        verify_record(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_an_os_error(record: Path, name: str) -> None:
    (record / name).unlink()

    with pytest.raises(OSError, match=re.escape(name)):
        verify_record(record)


def test_a_record_can_be_written_at_any_time(tmp_path: Path) -> None:
    entries, _ = played()
    for length in range(1, len(entries), 7):
        folder = tmp_path / str(length)
        state = replay(entries[:length])
        rows = [
            row
            for number, round_ in enumerate(state.rounds, 1)
            if round_.counts is not None
            for row in rows_of(number)
        ]
        write_record(folder, entries[:length], rows)
        assert verify_record(folder) == state


@pytest.mark.parametrize(("experts", "is_reduced"), [(2, True), (3, False)])
def test_results_say_whether_the_panel_was_reduced(experts: int, is_reduced: bool) -> None:
    story = Story(rundown(finalists=2, panel=experts, rounds=1))
    story.play_round()
    results = results_of(story.state, logged(story.log))

    assert [round_["is_panel_reduced"] for round_ in results["rounds"]] == [is_reduced]


def test_no_log_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the log is empty"):
        write_record(tmp_path, [], [])


def discreet() -> tuple[list[Logged], list[BallotRow]]:
    """A round under the promise that prompts and drafts stay private."""
    rows = [BallotRow(1, row.receipt, "A") for row in rows_of(1)]
    story = Story(rundown(finalists=2, panel=1, rounds=1, publish_prompts=False))
    story.to_tuning()
    for text in ("A draft that nobody is to see.", "The answer that was on stage."):
        story.start("finalist-v", "A prompt that nobody is to see.")
        story.record("finalist-v", text)
    story.submit("finalist-v", 2)
    story.buzzer()
    while story.state.phase is not Phase.CHAMPION:
        if story.state.phase is Phase.MARKING and story.state.round.is_open("vote"):
            story.judge("A")
            story.mark("panel-1", "A")
            story.next()
            found = digest([(row.receipt, row.letter) for row in rows])
            story.ask(c.RecordTally(round=0, counts={"A": len(rows)}, digest=found), "crew")
        elif story.state.phase is Phase.MARKING:
            story.next()
        else:
            story.step()
    return logged(story.log), rows


def test_private_words_stay_out_of_the_record_and_it_still_agrees(tmp_path: Path) -> None:
    entries, ballots = discreet()
    write_record(tmp_path / "record", entries, ballots)
    text = "".join((tmp_path / "record" / name).read_text(encoding="utf-8") for name in FILES)
    assert [said for said in ("A prompt", "A draft that") if said in text] == []
    assert "The answer that was on stage." in text
    assert verify_record(tmp_path / "record").phase is Phase.CHAMPION


def test_a_changed_seal_of_private_words_is_found(tmp_path: Path) -> None:
    entries, ballots = discreet()
    write_record(tmp_path / "record", entries, ballots)
    path = tmp_path / "record" / "events.jsonl"
    text = path.read_text(encoding="utf-8")
    place = text.index(SEALED) + len(SEALED)
    digit = "0" if text[place] != "0" else "1"
    path.write_text(text[:place] + digit + text[place + 1 :], encoding="utf-8")
    with pytest.raises(ValueError, match=r"entry \d+ was changed: its hash does not fit"):
        verify_record(tmp_path / "record")
