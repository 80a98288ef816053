"""Canaries in the settings of models: a show in which they fail in every way tells none of them."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from crew.booth import COOL, OPEN
from standin import StandIn
from standin.control import ASSUMED_SECRET
from test_canary import found, lines
from websockets.asyncio.client import connect

from finale import app, server
from finale.clock import Clock, Tasks
from finale.commands.record import read_record
from finale.config import ROOT
from finale.crew.drafter import Drafter
from finale.crew.judge import Judge
from finale.judging.base import Brief, Heard, Marked
from finale.llm.base import Chunk, Prompt
from finale.show.commands import CallCue
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.store.record import write_record

V, W, X, Y, Z = (f"finalist-{letter}" for letter in "vwxyz")
KEYS = {
    "VERA_MODEL": "planted-0-for-the-model-of-vera",
    "WIM_MODEL": "planted-1-for-the-model-of-wim",
    "ZORA_MODEL": "planted-2-for-the-model-of-zora",
    "JUDGE_MODEL": "planted-3-for-the-judge",
    "SPARE_MODEL": "planted-4-for-the-spare-judge",
    "AWS_ACCESS_KEY_ID": "planted5awskeyid0000",
    "AWS_SECRET_ACCESS_KEY": "planted-6-secret-of-aws",
}
ACCOUNTS = {"role": "271828182845", "arn": "314159265358"}
PATH = "tenant-planted-7-in-the-path"
CANARIES = [*KEYS.values(), *ACCOUNTS.values(), PATH, ASSUMED_SECRET, "planted"]

SHOW = f"""
title = "The Canary Cup"
banks = ["{{questions}}/underwriting.toml"]
rounds = ["wildfire-frame-house"]
reserve = "delivery-van-fleet"
panel = ["Expert One", "Expert Two"]
finalist = [
    {{{{ name = "Vera Example", endpoint = {{{{ kind = "openai", model = "no-access", \
base = "{{base}}/v1", key_env = "VERA_MODEL" }}}} }}}},
    {{{{ name = "Wim Placeholder", endpoint = {{{{ kind = "openai", model = "throttled", \
base = "{{base}}/{PATH}/v1", key_env = "WIM_MODEL" }}}} }}}},
    {{{{ name = "Xenia Specimen", endpoint = {{{{ kind = "sagemaker", name = "lmi-no-json", \
role_arn = "arn:aws:iam::{ACCOUNTS["role"]}:role/show", region = "eu-west-1", \
base = "{{base}}" }}}} }}}},
    {{{{ name = "Yusuf Sample", endpoint = {{{{ kind = "bedrock", region = "eu-west-1", \
model = "arn:aws:bedrock:eu-west-1:{ACCOUNTS["arn"]}:imported-model/model-error", \
base = "{{base}}" }}}} }}}},
    {{{{ name = "Zora Standin", endpoint = {{{{ kind = "openai", model = "plain", \
base = "{{base}}/v1", key_env = "ZORA_MODEL" }}}} }}}},
]
[judge]
kind = "openai"
model = "no-access"
base = "{{base}}/{PATH}/v1"
key_env = "JUDGE_MODEL"
[spare_judge]
kind = "openai"
model = "web-page"
base = "{{base}}/v1"
key_env = "SPARE_MODEL"
"""
EVERY_KEY = " and ".join(KEYS.values())


@dataclass(slots=True)
class Broken:
    """A model that breaks in a way that nobody foresaw, with every key in its words."""

    label: str = "broken"
    temperature = COOL
    top_p = OPEN

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """One chunk, and then what should never happen."""
        yield Chunk("Half an answer")
        try:
            raise KeyError(EVERY_KEY)
        except KeyError as cause:
            raise RuntimeError(f"Sent with {EVERY_KEY}.") from cause


@dataclass(slots=True)
class BrokenJudge:
    """A judge that breaks in the same way."""

    label: str = "broken judge"

    async def mark(self, brief: Brief, heard: Heard) -> Marked:
        """No marks."""
        raise RuntimeError(f"Sent with {EVERY_KEY}.")


@asynccontextmanager
async def opened(folder: Path, place: StandIn) -> AsyncIterator[app.Show]:
    """The show, served; its log goes to standard error, too."""
    path = folder / "show.toml"
    path.write_text(SHOW.format(questions=ROOT / "questions", base=place.base), encoding="utf-8")
    listener = server.listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    settings = app.Settings(path, folder / "data", port=port, clock=Clock(20.0), is_log_json=True)
    async with app.opened(settings) as show, served(show, listener):
        yield show


@asynccontextmanager
async def served(show: app.Show, listener: socket.socket) -> AsyncIterator[None]:
    """The show answers while the block runs."""
    tasks = Tasks()
    ready = asyncio.Event()
    tasks.start(server.serve(show.front, listener, ready.set), "server")
    await ready.wait()
    try:
        yield
    finally:
        await tasks.stop()


async def pages(show: app.Show, into: Path) -> None:
    """Every page as it stands now, and what a phone is told, as files in the folder."""
    into.mkdir(parents=True)
    for seat, link in show.links().items():
        async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as browser:
            page = await browser.get(link)
            assert page.status_code == 200
            (into / f"{seat}.html").write_text(page.text, encoding="utf-8")
    async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as browser:
        page = await browser.get(show.backstage.join_url)
        (into / "phone.html").write_text(page.text, encoding="utf-8")
    address = show.links()["stage"].replace("http", "ws", 1).replace("/stage", "/ws")
    async with connect(address, compression=None, proxy=None) as line:
        asks = {"kind": "join", "v": 1, "token": "", "code": show.backstage.code}
        await line.send(json.dumps(asks))
        (into / "phone.json").write_text(str(await line.recv()), encoding="utf-8")


async def tune(show: app.Show) -> None:
    """Every model is asked once, and one of them breaks in a way of its own."""
    runner = show.showrunner
    while runner.state.phase is not Phase.TUNING:
        cue = next_cue(runner.state)
        assert cue is not None
        await runner.do(CallCue(cue=cue.id), "host")
    for seat in (V, W, X, Y, Z):
        await show.drafter.generate(seat, 0, "Be kind.", 0.7, 0.9)
    await runner.until(lambda s: not any(s.round.running(f) for f in s.round.finalists))
    broken = Drafter(runner, {V: Broken()}, show.backstage.scratch, show.tasks)
    await broken.generate(V, 0, "Be kind.", 0.7, 0.9)
    await runner.until(lambda s: not s.round.running(V))


async def test_a_show_whose_models_fail_tells_none_of_their_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    seen = tmp_path / "seen"
    async with asyncio.timeout(60), StandIn() as place, opened(tmp_path, place) as show:
        await pages(show, seen / "lobby")
        await tune(show)
        await pages(show, seen / "tuning")
        Judge(show.showrunner, BrokenJudge(), show.tasks)
        await show.showrunner.until(lambda s: bool(s.round.missed))
        # The judge of the file is slower to give up than the broken one beside it.
        while not any(KEYS["SPARE_MODEL"] in str(each.headers) for each in place.seen):
            await asyncio.sleep(0)
        await pages(show, seen / "judged")
        record = await show.writer.run(read_record)
        state, asks = show.showrunner.state, place.seen
    write_record(seen / "record", *record)
    said = capsys.readouterr()
    (seen / "terminal").write_text(said.out + said.err, encoding="utf-8")

    drafts = [state.round.drafts[seat][-1] for seat in (V, W, X, Y, Z)]
    assert [draft.outcome for draft in drafts] == ["failed"] * 4 + ["finished"]
    # All went to the models, which quote what they are sent, but what only signs.
    sent = json.dumps([[each.target, each.headers, each.body.decode()] for each in asks])
    unsent = [canary for canary in CANARIES if canary not in sent]
    assert unsent == [KEYS["AWS_SECRET_ACCESS_KEY"], ASSUMED_SECRET]
    log = lines(tmp_path / "data" / "log.jsonl")
    assert {"model broke", "judge broke"} <= {line["event"] for line in log}
    assert found(seen, CANARIES) == []
    assert found(tmp_path / "data", CANARIES) == []
