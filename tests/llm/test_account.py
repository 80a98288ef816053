"""An account of AWS: one look-up for all who wait, no question to a person, nobody else's wait."""

import asyncio
import stat
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from llm.asking import KEY_ID, MODEL_ARN, PATIENT, SECRET, Place, Told, asked, signed_in
from standin import TEXT, StandIn

from finale.clock import Clock
from finale.llm.aws import Account
from finale.llm.aws_login import Login
from finale.llm.base import EndpointError, Finish, Lease
from finale.llm.bedrock import Bedrock, Converse
from finale.llm.wire import CLOSE_S, Wire

ROLE = "arn:aws:iam::123456789012:role/show"
HASTY = replace(PATIENT, first_token_s=0.2)


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    with signed_in():
        async with StandIn() as standin, Wire() as wire:
            yield Place(standin, wire)


class Mute:
    """A server that takes requests and never answers."""

    def __init__(self) -> None:
        self.calls = 0
        self.asked = asyncio.Event()
        self._over = asyncio.Event()

    async def __aenter__(self) -> "Mute":
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.base = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        self._server.close()
        await self._server.wait_closed()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        self.asked.set()
        await self._over.wait()
        writer.close()


def bedrock(login: Login, wire: Wire, limits: object = PATIENT) -> Bedrock:
    """A plain model of that account."""
    converse = Converse("bedrock: it", f"{MODEL_ARN}plain")
    return Bedrock(replace(converse, limits=limits), Account(login, wire), wire)


async def test_an_account_that_hangs_is_asked_once_and_slows_nobody(place: Place) -> None:
    loop = asyncio.get_running_loop()
    async with Mute() as mute:
        wire = Wire()
        stuck = bedrock(Login("eu-west-1", "", ROLE, mute.base), wire, HASTY)
        good = bedrock(Login("eu-west-1", address=place.standin.base), wire)
        await asked(good)
        told = await asyncio.gather(*[asked(stuck) for _ in range(30)])
        began = loop.time()
        other = await asked(good)
        took = loop.time() - began
        await wire.close()
        closed = loop.time() - began - took

        assert told == [Told(failed="no first token")] * 30
        assert mute.calls == 1
        assert (other, took < 1.0, closed < CLOSE_S + 1.0) == (
            Told(TEXT, Finish("stop", 10)),
            True,
            True,
        )


async def test_whoever_waits_for_credentials_can_be_cancelled(place: Place) -> None:
    async with Mute() as mute:
        stuck = bedrock(Login("eu-west-1", "", ROLE, mute.base), place.wire)
        waiting = asyncio.ensure_future(asked(stuck))
        await mute.asked.wait()
        waiting.cancel()
        await asyncio.wait([waiting], timeout=1)

        assert waiting.cancelled()


async def test_credentials_that_do_not_come_are_no_access(place: Place) -> None:
    async with Mute() as mute:
        account = Account(Login("eu-west-1", "", ROLE, mute.base), place.wire, ready_s=0.1)
        with pytest.raises(EndpointError, match="did not come within") as failed:
            await account.token()

    assert failed.value.kind == "no access"


def profile(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Login:
    """The login of a machine whose profile `team` says `text`."""
    config = folder / "config"
    config.write_text(
        f"[profile base]\naws_access_key_id = AKIA\naws_secret_access_key = x\n{text}"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    return Login("eu-west-1", "team", process_s=0.3)


MFA = f"""[profile team]
role_arn = {ROLE}
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/somebody
"""


async def test_a_profile_that_wants_a_code_says_so_and_asks_nobody(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account(profile(tmp_path, MFA, monkeypatch), place.wire)
    for _ in ("first", "again"):
        with pytest.raises(EndpointError, match="one-time code") as failed:
            await account.token()
        assert failed.value.kind == "no access"


PROGRAMS = [
    ("import time; time.sleep(60)", "took longer than"),
    ("print('Please sign in')", "prints no JSON"),
    ("print('{\"Version\": 1')", "prints no JSON"),
    ("print('{\"Version\": 1}')", "cannot be had"),
    ("raise SystemExit(3)", "cannot be had"),
]


@pytest.mark.parametrize("by_way", ["credential_process", "source_profile"])
@pytest.mark.parametrize(("program", "words"), PROGRAMS)
async def test_a_program_that_gives_no_credentials_is_no_access(
    place: Place,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    words: str,
    by_way: str,
) -> None:
    script = tmp_path / "credentials.py"
    script.write_text(f"#!{sys.executable}\n{program}\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    text = f"[profile team]\ncredential_process = {script}\n"
    if by_way == "source_profile":
        text = text.replace("team", "program")
        text += f"[profile team]\nrole_arn = {ROLE}\nsource_profile = program\n"
    login = profile(tmp_path, text, monkeypatch)
    with pytest.raises(EndpointError, match=words) as failed:
        await Account(login, place.wire).token()

    assert failed.value.kind == "no access"


async def test_a_program_that_gives_credentials_is_believed(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "credentials.sh"
    script.write_text(
        '#!/bin/sh\necho \'{"Version": 1, "AccessKeyId": "AKIA", "SecretAccessKey": "x"}\'\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    text = f"[profile team]\ncredential_process = {script}\n"
    account = Account(profile(tmp_path, text, monkeypatch), place.wire)

    assert (await account.token())[1] == "eu-west-1"
    assert await account.lease() == Lease(None)


async def test_a_role_is_a_lease_that_renews_itself(place: Place) -> None:
    lease = await place.account(ROLE).lease()

    assert lease == Lease(4_070_908_800.0, is_renewed=True, is_temporary=True)


async def test_keys_with_a_token_are_temporary_and_nobody_tells_when_they_end(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = "aws_access_key_id = ASIA\naws_secret_access_key = x\naws_session_token = t\n"
    of_profile = Account(profile(tmp_path, f"[profile team]\n{keys}", monkeypatch), place.wire)
    with monkeypatch.context() as environment:
        environment.setenv("AWS_SESSION_TOKEN", "t")
        of_environment = place.account()
        borrowed_with = place.account(ROLE)
        leases = [await each.lease() for each in (of_profile, of_environment, borrowed_with)]

    assert leases == [Lease(None, is_temporary=True)] * 3
    assert await place.account().lease() == Lease(None)


async def test_the_environment_cannot_renew_its_keys(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = datetime.fromtimestamp(int(Clock().now()) + 480, UTC)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "t")
    monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", end.isoformat())

    own, borrowed = await place.account().lease(), await place.account(ROLE).lease()

    assert own == borrowed == Lease(end.timestamp(), is_temporary=True)


PAST = "2020-01-01T00:00:00Z"
DATES = [(PAST, "have expired"), ("tomorrow-ish", "cannot be read"), ("2099-01-01", "be read")]
"""What AWS_CREDENTIAL_EXPIRATION says, the last without a zone, and what is said of it."""


@pytest.mark.parametrize("role_arn", ["", ROLE])
@pytest.mark.parametrize(("date", "words"), DATES)
async def test_keys_of_the_environment_that_have_ended_are_no_access(
    place: Place, monkeypatch: pytest.MonkeyPatch, role_arn: str, date: str, words: str
) -> None:
    monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", date)
    with pytest.raises(EndpointError, match=f"{words}. Sign in again") as failed:
        await place.account(role_arn).token()

    assert failed.value.kind == "no access"


async def test_a_program_whose_keys_have_ended_is_run_once_a_question_and_believed_later(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, runs, end = tmp_path / "program.sh", tmp_path / "runs", tmp_path / "end"
    keys = f'"AccessKeyId": "{KEY_ID}", "SecretAccessKey": "{SECRET}", "SessionToken": "t"'
    script.write_text(
        f"#!/bin/sh\necho run >> {runs}\n"
        f'echo \'{{"Version": 1, {keys}, "Expiration": "\'$(cat {end})\'"}}\'\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    text = f"[profile team]\ncredential_process = {script}\n"
    login = replace(profile(tmp_path, text, monkeypatch), address=place.standin.base, process_s=8)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    end.write_text(PAST)
    model = bedrock(login, place.wire)

    assert await asked(model) == Told(failed="no access")
    # Once to find them, once to renew them: a second try would run it a third time.
    assert runs.read_text().split() == ["run", "run"]

    end.write_text("2099-01-01T00:00:00Z")
    assert await asked(model) == Told(TEXT, Finish("stop", 10))
    assert await model.lease() == Lease(4_070_908_800.0, is_renewed=True, is_temporary=True)


async def test_a_region_of_the_environment_that_is_none_is_refused(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "evil.example/x")
    with pytest.raises(EndpointError, match="region") as failed:
        await Account(Login(), place.wire).token()

    assert failed.value.kind == "not found"
