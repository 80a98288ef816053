"""What the preflight finds about a model: real adapters, asked of a stand-in that plays a part."""

import json
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import replace

import pytest
from backstage import HandClock
from standin import StandIn
from standin.http import Seen

from finale.clock import Clock
from finale.endpoints import OpenAIEntry, SageMakerEntry
from finale.llm.base import (
    UNSENT,
    Chunk,
    EndpointError,
    Identity,
    Lease,
    Limits,
    Prompt,
    Range,
)
from finale.llm.openai_compatible import Chat, OpenAICompatible
from finale.llm.wire import Wire
from finale.preflight.base import Finding, is_go
from finale.preflight.models import model
from finale.seating import Outfit, build

LIMITS = Limits(first_token_s=0.3, gap_s=0.3, retry_pause_s=0.0)
AWS = {"AWS_ACCESS_KEY_ID": "AKIA0", "AWS_SECRET_ACCESS_KEY": "planted"}

AT_YEARS_END = HandClock(4_070_908_800.0 - 3600)
"""An hour before the role that a stand-in lends ends."""

Reply = Callable[[Seen], str]


class Takes:
    """Sampled as a model samples: the hotter and the wider, the more the replies differ."""

    def __init__(self, is_deaf: Sequence[str] = ()) -> None:
        """Deaf to those settings: "temperature" or "top_p"."""
        self._is_deaf = is_deaf
        self._take = 0

    def __call__(self, seen: Seen) -> str:
        """A town, the same one where the settings leave no choice."""
        self._take += 1
        asked = json.loads(seen.body)
        is_cold = asked["temperature"] < 0.1 and "temperature" not in self._is_deaf
        is_narrow = asked["top_p"] < 0.1 and "top_p" not in self._is_deaf
        town = 0 if is_cold or is_narrow or self._is_deaf == ("all",) else self._take
        return f"It rains in town {town}. " + "The sun comes out again. " * 8


async def found(
    plays: str, reply: Reply | None = None, clock: Clock | None = None
) -> dict[str, Finding]:
    """By check, about a server that behaves so."""
    async with StandIn(plays={"plain": plays}, reply=reply) as place, Wire() as wire:
        entry = OpenAIEntry(kind="openai", base=f"{place.base}/v1", model="plain")
        endpoint = build(entry, Outfit(wire, LIMITS, {}), "Ada Byron")
        findings = model("Ada’s model", endpoint, clock or Clock())
        return {finding.check: finding async for finding in findings}


async def test_a_model_that_heeds_its_settings_is_go() -> None:
    by_check = await found("plain", Takes())

    assert {check: finding.grade for check, finding in by_check.items()} == {
        "model": "go",
        "speed": "go",
        "temperature": "go",
        "top_p": "go",
        "ranges": "go",
    }
    assert by_check["ranges"].text == "temperature 0 to 2, top_p 0.01 to 1"
    assert by_check["model"].text == "plain"
    assert is_go(by_check.values())


async def test_a_model_that_is_deaf_to_temperature_is_no_go() -> None:
    by_check = await found("plain", Takes(("all",)))

    assert by_check["temperature"] == Finding(
        "Ada’s model",
        "temperature",
        "no-go",
        "It says the same at every temperature.",
        "Check that the container samples (do_sample) and passes the setting on.",
    )
    assert not is_go(by_check.values())


@pytest.mark.parametrize(
    ("deaf", "check", "text"),
    [
        ("temperature", "temperature", "At the lowest it does not repeat itself word for word."),
        ("top_p", "top_p", "At the lowest it still says different things."),
    ],
)
async def test_what_is_odd_but_can_be_played_with_is_to_watch(
    deaf: str, check: str, text: str
) -> None:
    by_check = await found("plain", Takes((deaf,)))

    assert (by_check[check].grade, by_check[check].text) == ("watch", text)
    assert is_go(by_check.values())


@pytest.mark.parametrize(
    ("plays", "text"),
    [
        ("throttled", "Ask for a higher quota, or stop what else uses it."),
        ("no-access", "Sign in again, or set the key in the environment."),
        ("refused", "Set temperature and top_p ranges for it in the show file."),
        ("nothing-of-that-name", "Check its name and region in the show file."),
        ("cut", "Ask whoever deployed it."),
    ],
)
async def test_a_model_that_does_not_answer_is_no_go_with_what_to_do(plays: str, text: str) -> None:
    by_check = await found(plays)

    assert set(by_check) - {"model"} == {"reply"}
    assert (by_check["reply"].grade, by_check["reply"].action) == ("no-go", text)


async def test_a_cold_model_is_woken_and_one_that_never_wakes_is_given_up() -> None:
    clock = HandClock()
    woken = await found("not-ready-once", Takes(), clock)
    began = clock.at
    asleep = await found("not-ready", clock=clock)

    assert woken["temperature"].grade == "go"
    assert (asleep["reply"].grade, asleep["reply"].action) == (
        "no-go",
        "Wait until it is deployed, then check again.",
    )
    assert 240 < clock.at - began <= 250


async def test_credentials_that_end_soon_are_to_watch_unless_they_renew_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in AWS.items():
        monkeypatch.setenv(name, value)
    async with StandIn(reply=Takes(), plays={"tuned": "plain"}) as place, Wire() as wire:
        entry = SageMakerEntry(
            kind="sagemaker", name="tuned", region="eu-central-1", base=place.base
        )
        assumed = entry.model_copy(update={"role_arn": "arn:aws:iam::000000000000:role/final"})
        outfit = Outfit(wire, replace(LIMITS, first_token_s=5.0), {})
        lasting, ending = [
            {f.check: f async for f in model("Ada", build(e, outfit, "Ada"), AT_YEARS_END)}
            for e in (entry, assumed)
        ]

    assert (lasting["credentials"].grade, lasting["credentials"].text) == (
        "go",
        "They do not expire.",
    )
    assert (ending["credentials"].grade, ending["credentials"].text) == (
        "go",
        "They renew themselves; the present ones last 60 min.",
    )
    assert [found.text for found in await told(Says(lease=Lease(3600.0)))] == [
        "it",
        "They expire in 60 min, at 1970-01-01 01:00 UTC.",
    ]


@pytest.mark.parametrize(
    ("more", "grade", "text"),
    [
        ({}, "watch", "They are temporary; when they end is not known."),
        (
            {"AWS_CREDENTIAL_EXPIRATION": "2098-12-31T23:08:00Z"},
            "watch",
            "They expire in 8 min, at 2098-12-31 23:08 UTC.",
        ),
        (
            {"AWS_CREDENTIAL_EXPIRATION": "2020-01-01T00:00:00Z"},
            "no-go",
            "The AWS credentials have expired. Sign in again.",
        ),
    ],
)
async def test_temporary_keys_of_the_environment_are_never_go(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, str], grade: str, text: str
) -> None:
    monkeypatch.delenv("AWS_CREDENTIAL_EXPIRATION", raising=False)
    for name, value in (AWS | {"AWS_SESSION_TOKEN": "t"} | more).items():
        monkeypatch.setenv(name, value)
    async with StandIn(reply=Takes(), plays={"tuned": "plain"}) as place, Wire() as wire:
        entry = SageMakerEntry(
            kind="sagemaker", name="tuned", region="eu-central-1", base=place.base
        )
        endpoint = build(entry, Outfit(wire, replace(LIMITS, first_token_s=5.0), {}), "Ada")
        said = {f.check: f async for f in model("Ada", endpoint, AT_YEARS_END)}

    assert (said["credentials"].grade, said["credentials"].text) == (grade, text)


async def test_without_credentials_no_model_is_waited_for() -> None:
    gone = [each async for each in model("Ada", Says(lease=Lease(-60.0)), HandClock(0.0))]

    assert [(each.check, each.grade) for each in gone] == [
        ("model", "go"),
        ("credentials", "no-go"),
    ]


class Says:
    """A model that says of itself what a test says, and answers nothing."""

    label = "said"
    temperature = top_p = Range(0.0, 1.0)

    def __init__(self, status: str = "", lease: Lease | None = None) -> None:
        self.said = Identity("it", status=status)
        self.leased = lease or Lease(None)

    async def identity(self) -> Identity:
        """What was said."""
        return self.said

    async def lease(self) -> Lease:
        """What was said."""
        return self.leased

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """Nothing."""
        raise EndpointError("cut", "It broke off.")
        yield Chunk("")


async def told(says: Says) -> list[Finding]:
    """The findings before the first question."""
    found = [each async for each in model("Ada", says, HandClock(0.0))]
    return [each for each in found if each.check != "reply"]


STATES = {
    **dict.fromkeys(["", "InService", "ACTIVE"], "go"),
    **dict.fromkeys(["LEGACY", "Updating", "Creating"], "watch"),
    **dict.fromkeys(["Failed", "OutOfService", "Deleting", "anything else"], "no-go"),
}


@pytest.mark.parametrize(("status", "grade"), STATES.items())
async def test_only_a_state_that_is_known_to_be_good_is_go(status: str, grade: str) -> None:
    [found, _] = await told(Says(status))

    assert found.grade == grade


async def test_a_setting_left_out_is_not_tried_and_to_watch() -> None:
    async with StandIn(plays={"plain": "plain"}, reply=Takes()) as place, Wire() as wire:
        chat = Chat("openai: it", "plain", top_p=UNSENT, limits=LIMITS)
        endpoint = OpenAICompatible(chat, f"{place.base}/v1", "", wire)
        by_check = {f.check: f async for f in model("Ada", endpoint, Clock())}

    assert set(by_check) == {"model", "speed", "temperature", "ranges"}
    assert (by_check["ranges"].grade, by_check["ranges"].text) == (
        "watch",
        "temperature 0 to 2; top_p is left out, as the show file says.",
    )
