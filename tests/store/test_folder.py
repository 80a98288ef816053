"""The data folder: refusals by exact sentences, and a key for its owner alone."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from finale.store.folder import FORMAT, KEY_BYTES, Folder
from finale.store.writer import StoreError


def test_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "deep" / "data")
    folder.prepare()
    folder.prepare()

    assert folder.path.is_dir()
    assert list(folder.path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "reason"), [("file/data", "Not a directory"), ("file", "File exists")]
)
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    # A path below a file: permissions alone would not stop the superuser.
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / name

    with pytest.raises(StoreError) as refused:
        Folder(path).prepare()
    assert str(refused.value) == (
        f"The data folder {path} cannot be written ({reason}). "
        "Choose another with --data, or fix its permissions."
    )


def test_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    key = folder.key()

    assert len(key) == KEY_BYTES
    assert folder.key() == key
    assert Folder(tmp_path).key() == key
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_and_its_databases_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    folder.prepare()
    with closing(folder.open_show().connect()), closing(folder.open_scratch().connect()):
        found = {path.name: _mode(path) for path in folder.path.iterdir()}

    names = ("show.db", "scratch.db")
    assert found == {f"{n}{s}": 0o600 for n in names for s in ("", "-wal", "-shm")}
    assert _mode(folder.path) == 0o700


def test_databases_that_others_could_read_are_closed_to_them(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for path in (folder.show_db, folder.scratch_db):
        path.touch()
        path.chmod(0o644)
    folder.open_show().dispose()
    folder.open_scratch().dispose()

    assert [_mode(path) for path in (folder.show_db, folder.scratch_db)] == [0o600, 0o600]


def test_each_folder_has_a_key_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert Folder(tmp_path / "a").key() != Folder(tmp_path / "b").key()


@pytest.mark.parametrize("text", [b"", b"abc", b"z" * 64, b"ab" * 31, b"\xff" * 64])
def test_a_broken_key_is_refused(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "key").write_bytes(text)

    with pytest.raises(StoreError) as refused:
        Folder(tmp_path).key()
    assert str(refused.value) == (
        f"{tmp_path / 'key'} is not a signing key. Restore it, or delete it for new links."
    )


def test_databases_carry_the_format(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for _ in range(2):
        folder.open_show().dispose()
        folder.open_scratch().dispose()

    assert {_version(path) for path in (folder.show_db, folder.scratch_db)} == {FORMAT}


def _version(path: Path) -> int:
    connection = sqlite3.connect(path)
    [version] = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(version)


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.open_show().dispose()
    connection = sqlite3.connect(folder.show_db)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()

    with pytest.raises(StoreError) as refused:
        folder.open_show()
    assert str(refused.value) == (
        f"{folder.show_db} was written by a newer Finale (format {FORMAT + 1}; this one reads up "
        f"to {FORMAT}). Update Finale, or choose another folder with --data."
    )
    assert _version(folder.show_db) == FORMAT + 1


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.show_db.write_bytes(b"These are the notes of last year. " * 100)

    with pytest.raises(StoreError) as refused:
        folder.open_show()
    assert str(refused.value) == (
        f"{folder.show_db} cannot be opened (file is not a database). If another Finale runs on "
        "this folder, stop it first; else restore the file, or choose another folder with --data."
    )


def test_set_aside_renames_the_databases_and_keeps_the_key(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    key = folder.key()
    folder.open_show().dispose()
    folder.open_scratch().dispose()
    moved = folder.set_aside("20260101-120000")

    assert {path.name for path in moved} >= {
        "20260101-120000-show.db",
        "20260101-120000-scratch.db",
    }
    assert all(path.exists() for path in moved)
    assert not folder.show_db.exists()
    assert folder.key() == key
    assert folder.set_aside("20260101-130000") == []


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with folder.held(), pytest.raises(StoreError) as refused, folder.held():
        pass
    assert str(refused.value) == (
        f"Another Finale runs on {tmp_path}. Stop it first, or choose another folder with --data."
    )
    with folder.held():
        pass


def test_reading_a_show_writes_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.open_show().dispose()
    with (
        folder.reading_show() as connection,
        pytest.raises(OperationalError, match="attempt to write a readonly database"),
    ):
        connection.exec_driver_sql("INSERT INTO gate VALUES ('show', 0, 1)")


def test_what_was_deleted_is_in_no_byte_after_scrubbing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.open_show().dispose()
    with closing(sqlite3.connect(folder.show_db)) as database, database:
        # Some systems' SQLite overwrites what it deletes, others' does not.
        database.execute("PRAGMA secure_delete = OFF")
        values = [("s", 0, f"phone-{n}-of-many", "A", 1, "R", 0.0) for n in range(500)]
        database.executemany("INSERT INTO ballot VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        database.commit()
        database.execute("DELETE FROM ballot")
    assert b"-of-many" in folder.show_db.read_bytes()
    folder.scrub(folder.show_db)

    assert not any(b"-of-many" in path.read_bytes() for path in tmp_path.iterdir())


def test_a_shows_files_are_told_from_other_peoples(tmp_path: Path) -> None:
    own = [
        "20261121-190000-scratch.db",
        "20261121-190000-show.db",
        "key",
        "lock",
        "log.jsonl",
        "log.jsonl.1",
        "scratch.db",
        "show.db",
        "show.db-wal",
    ]
    for name in [*own, "my-show.db", "show.db.bak", "keys", "notes.txt"]:
        (tmp_path / name).write_text("")
    folder = Folder(tmp_path)

    assert [path.name for path in folder.contents()] == own
    assert [path.name for path in folder.logs()] == ["20261121-190000-show.db", "show.db"]


def test_turns_are_kept_and_a_folder_without_them_has_none(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.turns() == {}
    folder.keep_turns({"panel-1": 1})
    folder.keep_turns({"panel-1": 2, "finalist-v": 1})

    assert Folder(tmp_path).turns() == {"panel-1": 2, "finalist-v": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["turns.json"]


@pytest.mark.parametrize("text", ["", "[1]", '{"panel-1": "often"}', '{"panel-1": null}'])
def test_turns_that_cannot_be_read_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "turns.json").write_text(text)

    with pytest.raises(StoreError) as refused:
        Folder(tmp_path).turns()
    assert str(refused.value) == (
        f"{tmp_path / 'turns.json'} cannot be read. Restore it, or delete it: handed-over links "
        "live again."
    )


def test_turns_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    (tmp_path / "turns.new").mkdir()

    with pytest.raises(StoreError) as refused:
        Folder(tmp_path).keep_turns({"panel-1": 1})
    assert str(refused.value) == f"{tmp_path / 'turns.json'} cannot be written (Is a directory)."
    assert Folder(tmp_path).turns() == {}
