"""From the show file to models that can be asked, keys and all."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from llm.asking import KEYS, MODEL_ARN, PATIENT, SECRET, Told, asked, signed_in
from pydantic import TypeAdapter
from standin import TEXT, StandIn

from finale.config import ShowPlan, read_show
from finale.endpoints import EndpointEntry, OpenAIEntry
from finale.llm.base import Finish, Limits, Range
from finale.llm.understudy import Pace, Understudy
from finale.llm.wire import Wire
from finale.questions import read_bank
from finale.seating import Outfit, build, check_keys, seated, secrets

ENTRY: TypeAdapter[EndpointEntry] = TypeAdapter(EndpointEntry)
KEY_ENV = {"MODEL_KEY": SECRET}
PACE = Pace(0.0, 1.0, asyncio.sleep)


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


async def test_what_a_bedrock_entry_does_not_send_has_no_range(wire: Wire) -> None:
    spans = []
    for sends in ("both", "temperature", "top_p"):
        entry = ENTRY.validate_python({"kind": "bedrock", "model": "it", "sends": sends})
        model = build(entry, outfit(wire, {}), "Vera Example")
        spans.append((model.temperature.is_sent, model.top_p.is_sent))

    assert spans == [(True, True), (True, False), (False, True)]


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


BANK = Path(__file__).parent / "llm" / "bank.toml"
SHOW = """title = "The Finale"
banks = ["BANK"]
rounds = ["q-1"]
reserve = "q-2"

[[finalist]]
name = "Vera Example"

[[finalist]]
name = "Wim Placeholder"
[finalist.endpoint]
kind = "openai"
base = "http://127.0.0.1:9/v1"
model = "first"
key_env = "MODEL_KEY"
"""


def show_plan(folder: Path, change: tuple[str, str] = ("", "")) -> ShowPlan:
    ids = [question.id for question in read_bank(BANK).question[:2]]
    text = SHOW.replace("BANK", str(BANK)).replace("q-1", ids[0]).replace("q-2", ids[1])
    (folder / "show.toml").write_text(text.replace(*change), encoding="utf-8")
    return read_show(folder / "show.toml")


def labels(plan: ShowPlan, now: ShowPlan, wire: Wire) -> list[str]:
    """The models of a show that began with `plan` and goes on with `now`."""
    understudies = [Understudy(f"understudy {n}", [], n, PACE) for n in (1, 2)]
    models = seated(plan.rundown, now, understudies, outfit(wire, KEY_ENV))
    return [models[finalist.id].label for finalist in plan.rundown.finalists]


async def test_a_show_that_goes_on_has_the_models_of_the_file_as_it_is_now(
    tmp_path: Path, wire: Wire
) -> None:
    plan = show_plan(tmp_path)
    changed = show_plan(tmp_path, ('"first"', '"second"'))

    assert labels(plan, plan, wire) == ["understudy 1", "openai: first"]
    assert labels(plan, changed, wire) == ["understudy 1", "openai: second"]


async def test_finalists_who_change_places_in_the_file_keep_their_models(
    tmp_path: Path, wire: Wire
) -> None:
    plan = show_plan(tmp_path)
    head, vera, wim = SHOW.split("[[finalist]]")
    turned = f"{head}[[finalist]]{wim}\n[[finalist]]{vera}"
    ids = [question.id for question in read_bank(BANK).question[:2]]
    text = turned.replace("BANK", str(BANK)).replace("q-1", ids[0]).replace("q-2", ids[1])
    (tmp_path / "show.toml").write_text(text, encoding="utf-8")

    assert labels(plan, read_show(tmp_path / "show.toml"), wire) == [
        "understudy 1",
        "openai: first",
    ]


async def test_no_understudy_takes_over_for_a_model_that_is_no_longer_named(
    tmp_path: Path, wire: Wire
) -> None:
    plan = show_plan(tmp_path)
    table = SHOW[SHOW.index("[finalist.endpoint]") :]
    with pytest.raises(ValueError, match="began with openai: first for Wim Placeholder"):
        labels(plan, show_plan(tmp_path, (table, "")), wire)


def test_a_missing_key_is_noticed_before_anything_begins(tmp_path: Path) -> None:
    plan = show_plan(tmp_path)
    check_keys(plan, KEY_ENV)
    with pytest.raises(ValueError, match=r"^The model of Wim Placeholder needs .* MODEL_KEY, "):
        check_keys(plan, {})
