"""Every adapter in every dialect, set before a stand-in, and what comes of asking it."""

import os
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass

import pytest
from standin import StandIn

from finale.llm.aws import Account
from finale.llm.aws_login import Login
from finale.llm.base import Endpoint, EndpointError, Finish, Limits, Prompt
from finale.llm.bedrock import Bedrock, Converse
from finale.llm.openai_compatible import Chat, OpenAICompatible
from finale.llm.sagemaker import Container, SageMaker, SageMakerChat
from finale.llm.wire import Wire

KEY_ID, SECRET = "AKIASTANDINEXAMPLE00", "planted-secret-of-the-stand-in"
KEYS = {KEY_ID: SECRET}
PROMPT = Prompt("Be kind.", "What is it?", 0.7, 0.9)
PATIENT = Limits(total_s=60.0, retry_pause_s=0.01, tokens=200)
MODEL_ARN = "arn:aws:bedrock:eu-west-1:123456789012:imported-model/"


@dataclass(frozen=True, slots=True)
class Told:
    """What came of asking: all of the text, how it ended, or the kind of failure."""

    text: str = ""
    finish: Finish | None = None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to ask, and with what patience."""

    standin: StandIn
    wire: Wire
    limits: Limits = PATIENT

    def account(self, role_arn: str = "") -> Account:
        """The account whose addresses are the stand-in's."""
        return Account(Login("eu-west-1", "", role_arn, self.standin.base), self.wire)


def _openai(place: Place, name: str) -> OpenAICompatible:
    chat = Chat("openai: it", name, limits=place.limits)
    return OpenAICompatible(chat, f"{place.standin.base}/v1", SECRET, place.wire)


def _route(place: Place, name: str) -> SageMakerChat:
    chat = Chat("sagemaker: it", limits=place.limits)
    return SageMakerChat(chat, name, "", place.account(), place.wire)


def _bedrock(place: Place, name: str) -> Bedrock:
    converse = Converse("bedrock: it", MODEL_ARN + name, limits=place.limits)
    return Bedrock(converse, place.account(), place.wire)


def _container(server: str, payload: str) -> Callable[[Place, str], SageMaker]:
    def build(place: Place, name: str) -> SageMaker:
        container = Container(
            "sagemaker: it", f"{server}-{name}", server, payload, limits=place.limits
        )
        return SageMaker(container, place.account(), place.wire)

    return build


ADAPTERS: dict[str, Callable[[Place, str], Endpoint]] = {
    "openai": _openai,
    "sagemaker-openai": _route,
    "lmi-messages": _container("lmi", "messages"),
    "tgi-messages": _container("tgi", "messages"),
    "lmi-inputs": _container("lmi", "inputs"),
    "tgi-inputs": _container("tgi", "inputs"),
    "bedrock": _bedrock,
}


@contextmanager
def signed_in() -> Iterator[None]:
    """The stand-in's credentials in the environment, and none of the machine's own."""
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            environment.delenv(name)
        environment.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
        environment.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        environment.setenv("AWS_CONFIG_FILE", os.devnull)
        environment.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        environment.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield


async def asked(endpoint: Endpoint, prompt: Prompt = PROMPT) -> Told:
    """What the endpoint says; every chunk but the last has words and no finish."""
    text, finish, failure = "", None, None
    try:
        async with aclosing(endpoint.stream(prompt)) as chunks:
            async for chunk in chunks:
                assert finish is None
                assert chunk.text or chunk.finish
                text += chunk.text
                finish = chunk.finish
    except EndpointError as error:
        failure = error
    if failure is None:
        return Told(text, finish)
    assert 10 <= len(failure.text) <= 200
    assert failure.text == " ".join(failure.text.split())
    return Told(text, finish, failure.kind)
