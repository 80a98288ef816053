"""Canaries: known secrets and texts go through a whole show, and none of them comes out again."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
from in_browser import Served, free_port
from websockets.sync.client import ClientConnection, connect

from finale.access import Access
from finale.config import ROOT

KEY = bytes.fromhex("c0ffee" * 10 + "c0de")
ENVIRONMENT = "canary-value-of-the-environment"
STRANGERS = ("/enter/canary-of-a-wrong-token", "/host?t=canary-of-a-query", "/nowhere?token=canary")


def with_key(folder: Path) -> Path:
    """A data folder whose signing key is known."""
    folder.mkdir()
    (folder / "key").write_text(KEY.hex(), encoding="utf-8")
    return folder


def knock(links: Mapping[str, str]) -> list[str]:
    """Open every link and some wrong ones; the cookies that came back."""
    base = links["stage"].removesuffix("/stage")
    with httpx.Client(base_url=base, trust_env=False) as browser:
        for address in links.values():
            browser.get(address, follow_redirects=True)
        for path in STRANGERS:
            browser.get(path, headers={"Authorization": "Bearer canary-of-a-bearer"})
        return list(browser.cookies.values())


@contextmanager
def phone(links: Mapping[str, str], code: str) -> Iterator[tuple[ClientConnection, str]]:
    """A phone that has joined, and its token."""
    address = links["stage"].replace("http", "ws", 1).replace("/stage", "/ws")
    with connect(address, compression=None, proxy=None) as line:
        line.send(json.dumps({"kind": "join", "v": 1, "token": "", "code": code}))
        yield line, json.loads(line.recv(timeout=10))["token"]


def vote(line: ClientConnection, letter: str) -> str:
    """Vote in round 1; the receipt."""
    line.send(json.dumps({"kind": "vote", "id": "1", "round": 0, "letter": letter, "rev": 1}))
    while (frame := json.loads(line.recv(timeout=10))).get("id") != "1":
        continue
    return str(frame["own"]["receipt"])


def secrets_of(links: Mapping[str, str], cookies: list[str], passes: list[str]) -> list[str]:
    tokens = [link.split("/enter/")[1] for link in links.values() if "/enter/" in link]
    assert len(tokens) == 13
    assert len(cookies) == 13
    ids = [token.split(".")[0].rpartition("-")[0] for token in passes]
    return [KEY.hex(), *tokens, *cookies, *passes, *ids, ENVIRONMENT, "canary-of"]


def found(folder: Path, canaries: list[str]) -> list[tuple[str, str]]:
    """Which file holds which canary."""
    return [
        (path.name, canary)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for canary in canaries
        if canary.encode() in path.read_bytes()
    ]


def export(data: Path, record: Path) -> None:
    words = [sys.executable, "run_finale.py", "export", str(record), "--data", str(data)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)


def test_serve_says_no_secret(tmp_path: Path) -> None:
    data, said = with_key(tmp_path / "data"), tmp_path / "said"
    said.mkdir()
    links_file = tmp_path / "links.json"
    words = ("--links", str(links_file), "--data", str(data), "--port", str(free_port()))
    with (
        (said / "out").open("w") as out,
        (said / "err").open("w") as err,
        subprocess.Popen(
            [sys.executable, "-u", "run_finale.py", "serve", *words, "--log-json"],
            cwd=ROOT,
            stdout=out,
            stderr=err,
            env={"PATH": "/usr/bin:/bin", "OPENAI_API_KEY": ENVIRONMENT},
        ) as server,
    ):
        links = when_ready(server, links_file)
        cookies = knock(links)
        with phone(links, Access(KEY).room_code()) as (_line, token):
            server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0
    export(data, tmp_path / "record")
    canaries = secrets_of(links, cookies, [token])

    assert found(said, canaries) == []
    assert found(tmp_path / "record", canaries) == []
    assert found(data, canaries) == [("key", KEY.hex())]
    terminal, file = (lines(path) for path in (said / "err", data / "log.jsonl"))
    told = [line["event"] for line in file]
    assert [line["event"] for line in terminal] == told
    events = [event for event in told if event != "FingerprintTaken"]
    assert events == ["show opened", *["link opened"] * 13, "link refused", "show closed"]
    assert file[-2]["path"] == "/enter/[redacted]"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def when_ready(server: subprocess.Popen[bytes], links: Path) -> dict[str, str]:
    """The links: their file is put in its place when the server answers."""
    while not links.exists():
        assert server.poll() is None, "the server ended"
    found: dict[str, str] = json.loads(links.read_text(encoding="utf-8"))
    return found


def test_a_round_leaves_no_secret_and_no_text_in_the_log(tmp_path: Path) -> None:
    data = with_key(tmp_path / "data")
    served = Served(tmp_path, [9, 7, 5, 5, 3])
    try:
        cookies, passes, receipts = play_a_round(served)
    finally:
        served.stop()
    export(data, tmp_path / "record")
    canaries = secrets_of(served.links, cookies, passes)
    log = (data / "log.jsonl").read_text(encoding="utf-8")
    drafts = [line for line in lines(data / "log.jsonl") if line["event"] == "DraftRecorded"]

    assert found(tmp_path / "record", canaries) == []
    assert [canary for canary in [*canaries, *receipts, *texts(data)] if canary in log] == []
    assert sorted(line["seat"] for line in drafts) == [f"finalist-{seat}" for seat in "vwxyz"]
    assert {(line["round"], line["phase"]) for line in drafts} == {(1, "tuning")}


def play_a_round(served: Served) -> tuple[list[str], list[str], list[str]]:
    """One round to its count; the cookies, passes and receipts in it."""
    cookies = knock(served.links)
    finalists = [f"finalist-{seat}" for seat in "vwxyz"]
    served.order("next")
    served.order("next")
    served.order("generate", seats=finalists)
    for seat in finalists:
        served.command("Submit", seat, round=0, draft=1)
    served.order("wait for phase", phase="reading")
    for _answer in finalists:
        served.order("next")
    with (
        phone(served.links, served.code) as (one, token),
        phone(served.links, served.code) as (two, other),
    ):
        served.order("next")
        receipts = [vote(one, "A"), vote(two, "B")]
    served.order("next")
    served.order("wait for tally")
    return cookies, [token, other], receipts


def texts(data: Path) -> list[str]:
    """The beginning of every prompt, answer and reason of the show."""
    with closing(sqlite3.connect(data / "show.db")) as database:
        events: list[dict[str, Any]] = [
            json.loads(row) for (row,) in database.execute("SELECT event FROM entry")
        ]
    said = [event.get(name, "") for event in events for name in ("system", "text")]
    assert len([text for text in said if text]) == 10
    return [text[:30] for text in said if text]
