"""From the show file to models that can be asked, keys and all."""

from collections.abc import AsyncIterator, Mapping

import pytest
from llm.asking import KEYS, MODEL_ARN, PATIENT, SECRET, Told, asked, signed_in
from pydantic import TypeAdapter
from standin import TEXT, StandIn

from finale.endpoints import EndpointEntry, OpenAIEntry
from finale.llm.base import Finish, Limits, Range
from finale.llm.wire import Wire
from finale.seating import Outfit, build, secrets

ENTRY: TypeAdapter[EndpointEntry] = TypeAdapter(EndpointEntry)
KEY_ENV = {"MODEL_KEY": SECRET}


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    with signed_in():
        async with StandIn(keys=KEYS) as standin:
            yield standin


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with Wire() as wire:
        yield wire


def outfit(wire: Wire, environment: Mapping[str, str], limits: Limits = PATIENT) -> Outfit:
    return Outfit(wire, limits, environment)


ENTRIES: list[dict[str, object]] = [
    {"kind": "openai", "model": "plain", "key_env": "MODEL_KEY"},
    {"kind": "sagemaker", "name": "lmi-plain"},
    {"kind": "sagemaker", "name": "tgi-plain", "server": "tgi", "payload": "inputs"},
    {"kind": "sagemaker-openai", "name": "plain", "inference_component": "part"},
    {"kind": "bedrock", "model": f"{MODEL_ARN}plain"},
]


@pytest.mark.parametrize("entry", ENTRIES)
async def test_every_kind_of_entry_becomes_a_model_that_answers(
    standin: StandIn, wire: Wire, entry: dict[str, object]
) -> None:
    is_openai = entry["kind"] == "openai"
    place = {"base": f"{standin.base}/v1"} if is_openai else {"base": standin.base}
    aws = {} if is_openai else {"region": "eu-west-1"}
    read = ENTRY.validate_python({**entry, **place, **aws})
    model = build(read, outfit(wire, KEY_ENV), "Vera Example")

    assert await asked(model) == Told(TEXT, Finish("stop", 10))
    assert model.label == read.label


def openai(**changes: object) -> OpenAIEntry:
    entry = {"kind": "openai", "base": "http://127.0.0.1:9/v1", "model": "m", **changes}
    return OpenAIEntry.model_validate(entry)


MISSING: list[tuple[dict[str, str], str]] = [
    ({}, "which is not set"),
    ({"MODEL_KEY": "  "}, "which is not set"),
    ({"MODEL_KEY": "planted\x00key"}, "has characters that no key has"),
    ({"MODEL_KEY": "planted “key”"}, "has characters that no key has"),
]


@pytest.mark.parametrize(("environment", "words"), MISSING)
async def test_a_key_that_is_not_there_is_named_with_its_finalist(
    wire: Wire, environment: dict[str, str], words: str
) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        build(openai(key_env="MODEL_KEY"), outfit(wire, environment), "Vera Example")
    told = str(refused.value)

    assert "Vera Example in the environment variable MODEL_KEY" in told or (
        "Vera Example needs a key in the environment variable MODEL_KEY" in told
    )
    assert "planted" not in told


async def test_a_key_is_sent_without_the_line_end_of_its_file(standin: StandIn, wire: Wire) -> None:
    entry = openai(base=f"{standin.base}/v1", model="plain", key_env="MODEL_KEY")
    model = build(entry, outfit(wire, {"MODEL_KEY": f"{SECRET}\n"}), "Vera Example")

    assert (await asked(model)).text == TEXT


async def test_ranges_are_the_backends_or_the_show_files(wire: Wire) -> None:
    bare = build(openai(), outfit(wire, {}), "V")
    bedrock = ENTRY.validate_python({"kind": "bedrock", "model": "m", "top_p": [0.1, 0.9]})
    narrow = build(bedrock, outfit(wire, {}), "V")
    wide = build(openai(temperature=[0.5, 1.5], top_p=[0, 1]), outfit(wire, {}), "V")

    assert [(each.temperature, each.top_p) for each in (bare, narrow, wide)] == [
        (Range(0, 2), Range(0, 1, is_low_open=True)),
        (Range(0, 1), Range(0.1, 0.9)),
        (Range(0.5, 1.5), Range(0, 1, is_low_open=True)),
    ]


async def test_the_keys_are_known_to_whoever_must_hide_them(wire: Wire) -> None:
    entries = ["understudy", None, openai(), openai(key_env="MODEL_KEY"), openai(key_env="GONE")]

    assert secrets(entries, KEY_ENV) == [SECRET]
    assert SECRET not in repr(outfit(wire, KEY_ENV))
