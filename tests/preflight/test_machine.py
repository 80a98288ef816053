"""What the preflight finds about the machine: a real disk, a real port, a real clock."""

import socket
from pathlib import Path

import pytest
from backstage import HandClock

from finale.clock import Clock
from finale.preflight.base import Finding
from finale.preflight.machine import Place, _sqlite, machine, own_addresses


def found(place: Place, clock: Clock | None = None) -> dict[str, Finding]:
    """By check."""
    return {finding.check: finding for finding in machine(place, clock or Clock())}


@pytest.fixture
def busy() -> socket.socket:
    """Something that listens on loopback."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


def test_a_usual_machine_has_no_no_go(tmp_path: Path) -> None:
    by_check = found(Place(tmp_path / "not" / "there yet", "127.0.0.1", 0))

    assert list(by_check) == ["SQLite", "clock", "port", "address", "free space", "disk"]
    assert [f.text for f in by_check.values() if f.grade == "no-go"] == []
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_no_go_unless_the_show_itself_has_it(
    tmp_path: Path, busy: socket.socket
) -> None:
    port = busy.getsockname()[1]
    other = found(Place(tmp_path, "127.0.0.1", port))["port"]
    own = found(Place(tmp_path, "127.0.0.1", port, is_serving=True))["port"]

    assert (other.grade, other.text) == (
        "no-go",
        f"Port {port} on 127.0.0.1: Address already in use.",
    )
    assert (own.grade, own.text) == ("go", f"The show answers on port {port}.")


def test_an_address_that_no_phone_reaches_is_to_watch(tmp_path: Path) -> None:
    said = {
        host: found(Place(tmp_path, host, 0, url))["address"]
        for host, url in (("127.0.0.1", ""), ("127.0.0.2", "https://show.example"))
    }

    assert said["127.0.0.1"].grade == "watch"
    assert said["127.0.0.2"].text == "Phones open show.example, as --public-url says."


def test_what_phones_open_is_an_address_of_this_machine(tmp_path: Path) -> None:
    said = found(Place(tmp_path, "0.0.0.0", 0))["address"]
    own = own_addresses()

    assert said.grade == ("go" if own else "no-go")
    assert all(address in said.text for address in own)


def test_a_folder_that_cannot_be_written_is_no_go() -> None:
    said = found(Place(Path("/proc"), "127.0.0.1", 0))["disk"]

    assert said.grade == "no-go"
    assert said.text.startswith("/proc cannot be written (")


def test_a_clock_before_this_year_is_no_go(tmp_path: Path) -> None:
    assert found(Place(tmp_path, "127.0.0.1", 0), HandClock(0.0))["clock"].grade == "no-go"


def test_an_old_sqlite_is_no_go() -> None:
    assert [_sqlite(version).grade for version in ((3, 34, 9), (3, 35, 0), (4, 0, 0))] == [
        "no-go",
        "go",
        "go",
    ]
