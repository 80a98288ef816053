"""Which model stands behind an endpoint, as its backend tells it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from llm.asking import KEYS, MODEL_ARN, PATIENT, SECRET, Place, asked, signed_in
from standin import TEXT, StandIn
from standin.control import ASSUMED_KEY, CREATED

from finale.llm.aws import Account
from finale.llm.aws_login import Login
from finale.llm.base import Described, EndpointError, Finish, Identity
from finale.llm.bedrock import Bedrock, Converse
from finale.llm.openai_compatible import Chat, OpenAICompatible, listed
from finale.llm.sagemaker import Container, SageMaker, SageMakerChat
from finale.llm.understudy import Understudy
from finale.llm.wire import Wire


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    with signed_in():
        async with StandIn() as standin, Wire() as wire:
            yield Place(standin, wire)


def described(place: Place, kind: str) -> Described:
    """One of each adapter, for models that the stand-in knows."""
    account, wire = place.account(), place.wire
    endpoints: dict[str, Described] = {
        "openai": OpenAICompatible(Chat("o", "plain"), f"{place.standin.base}/v1", SECRET, wire),
        "sagemaker": SageMaker(Container("s", "plain"), account, wire),
        "component": SageMaker(Container("s", "plain", component="part"), account, wire),
        "sagemaker-openai": SageMakerChat(Chat("s"), "plain", "", account, wire),
        "bedrock": Bedrock(Converse("b", "us.meta.llama3-3-70b-instruct-v1:0"), account, wire),
        "imported": Bedrock(Converse("b", f"{MODEL_ARN}abc"), account, wire),
    }
    return endpoints[kind]


KINDS = {
    "openai": ("plain", None, ""),
    "sagemaker": ("plain", CREATED, "InService"),
    "component": ("part", CREATED + 1, "InService"),
    "sagemaker-openai": ("plain", CREATED, "InService"),
    "bedrock": ("us.meta.llama3-3-70b-instruct-v1:0", None, "ACTIVE"),
    "imported": ("imported-model/abc", CREATED, "ACTIVE"),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_identity_is_what_the_backend_tells(place: Place, kind: str) -> None:
    told = await described(place, kind).identity()

    assert (told.model, told.created, told.status) == KINDS[kind]
    assert len(told.digest) == 64


@pytest.mark.parametrize("kind", KINDS)
async def test_identity_changes_with_the_model_and_only_then(place: Place, kind: str) -> None:
    endpoint = described(place, kind)
    first, again = await endpoint.identity(), await endpoint.identity()
    place.standin.revision = 2
    changed = await endpoint.identity()

    assert first == again
    assert changed == replace(first, digest=changed.digest)
    assert changed.digest != first.digest


async def test_a_model_that_is_not_listed_is_not_found(place: Place) -> None:
    chat = Chat("o", "another")
    endpoint = OpenAICompatible(chat, f"{place.standin.base}/v1", "", place.wire)
    with pytest.raises(EndpointError) as failed:
        await endpoint.identity()
    assert failed.value.kind == "not found"


LLAMA_CPP = {
    "id": "tuned",
    "object": "model",
    "created": 1_760_000_000,
    "owned_by": "llamacpp",
    "meta": {"n_vocab": 32000, "n_params": 3_212_749_888, "size": 2_019_373_888},
}


def test_a_list_tells_models_apart_by_what_lasts() -> None:
    later = LLAMA_CPP | {"created": 1_760_000_060}
    larger = LLAMA_CPP | {"meta": {"n_vocab": 32000, "n_params": 8_030_261_248, "size": 1}}
    first, again, other = (listed("tuned", {"data": [each]}) for each in (LLAMA_CPP, later, larger))

    assert first == again
    assert first.digest != other.digest


@pytest.mark.parametrize("strange", [{"id": []}, {"id": {}}, 7, None, {"id": "tuned", "meta": []}])
def test_a_strange_entry_of_a_list_disturbs_no_other(strange: object) -> None:
    plain = {"id": "tuned", "created": 10**400}

    assert listed("tuned", {"data": [plain, strange]}) == listed("tuned", {"data": [plain]})


async def test_without_a_list_of_models_the_name_is_all_there_is(place: Place) -> None:
    endpoint = OpenAICompatible(Chat("o", "it"), f"{place.standin.base}/other", "", place.wire)
    place.standin.plays["it"] = "plain"

    assert await endpoint.identity() == Identity("it")


async def test_an_endpoint_that_is_not_there_is_not_found(place: Place) -> None:
    endpoint = SageMaker(Container("s", "gone"), place.account(), place.wire)
    with pytest.raises(EndpointError) as failed:
        await endpoint.identity()
    assert failed.value.kind == "not found"


async def test_a_role_is_assumed_once_and_signs_the_requests(place: Place) -> None:
    account = place.account("arn:aws:iam::123456789012:role/show")
    place.standin.keys = KEYS
    container = Container("s", "lmi-plain", limits=PATIENT)
    endpoint = SageMaker(container, account, place.wire)
    first, second = await asked(endpoint), await asked(endpoint)
    assumed = [seen for seen in place.standin.seen if b"AssumeRole" in seen.body]
    signed = [seen.headers["authorization"] for seen in place.standin.asks]

    assert (first.text, second.finish, len(assumed)) == (TEXT, Finish("stop", 10), 1)
    assert [ASSUMED_KEY in each for each in signed] == [True, True]
    assert place.standin.asks[0].headers["x-amz-security-token"] == "session-token"


LOGINS = [
    (Login("eu-west-1", profile="nobody"), "no access", "profile"),
    (Login(), "not found", "region"),
]


@pytest.mark.parametrize(("login", "kind", "word"), LOGINS)
async def test_what_is_missing_to_sign_in_is_named(
    place: Place, login: Login, kind: str, word: str
) -> None:
    endpoint = SageMaker(Container("s", "x"), Account(login, place.wire), place.wire)
    with pytest.raises(EndpointError, match=word) as failed:
        await endpoint.identity()
    assert (failed.value.kind, (await asked(endpoint)).failed) == (kind, kind)


async def test_an_understudys_identity_is_its_seed_and_its_knowledge(
    understudy: Understudy, twin: Callable[[int], Understudy]
) -> None:
    assert isinstance(understudy, Described)
    told = await understudy.identity()
    assert (told.model, told.status, len(told.digest)) == ("understudy 1", "embedded", 64)
    assert told == await understudy.identity()
    assert (await twin(8).identity()).digest != (await twin(9).identity()).digest
