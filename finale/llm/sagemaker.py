"""SageMaker: InvokeEndpointWithResponseStream for containers of TGI and LMI, and OpenAI's route."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote

from finale.llm.aws import Account, digest_of
from finale.llm.base import Chunk, Identity, Lease, Limits, Prompt, Range
from finale.llm.clean import STATUS, word_of
from finale.llm.openai_compatible import (
    TEMPERATURE,
    TOP_P,
    Chat,
    chat_body,
    headers_of,
    messages_of,
)
from finale.llm.streams import LineDecoder, SageMakerDecoder
from finale.llm.templates import STOP, rendered
from finale.llm.wire import Ask, Call, Wire


@dataclass(frozen=True, slots=True)
class Container:
    """Which endpoint is asked, and the dialect of the container behind it."""

    label: str
    name: str
    server: Literal["lmi", "tgi"] = "lmi"
    payload: Literal["messages", "inputs"] = "messages"
    template: str = "llama3"
    component: str = ""
    variant: str = ""
    attributes: str = ""
    temperature: Range = TEMPERATURE
    top_p: Range = TOP_P
    limits: Limits = field(default_factory=Limits)


class SageMaker:
    """A model in a container that SageMaker serves."""

    def __init__(self, container: Container, account: Account, wire: Wire) -> None:
        """The account is the one that owns the endpoint."""
        self.label = container.label
        self.temperature = container.temperature
        self.top_p = container.top_p
        self._container = container
        self._account = account
        self._wire = wire

    def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """The reply as it comes; settings out of range are clamped. Raises EndpointError."""
        body = container_body(self._container, prompt)

        async def ask() -> Ask:
            plain = Ask(
                f"/endpoints/{quote(self._container.name)}/invocations-response-stream",
                body,
                self._headers(),
            )
            return await self._account.signed("sagemaker", "runtime.sagemaker", plain)

        return self._wire.stream(Call(ask, SageMakerDecoder), self._container.limits)

    async def lease(self) -> Lease:
        """How long the account's credentials last; raises EndpointError."""
        return await self._account.lease()

    async def identity(self) -> Identity:
        """What SageMaker tells of the endpoint. Raises EndpointError."""
        container = self._container
        return await described_endpoint(self._account, container.name, container.component)

    def _headers(self) -> dict[str, str]:
        container = self._container
        optional = {
            "X-Amzn-SageMaker-Inference-Component": container.component,
            "X-Amzn-SageMaker-Target-Variant": container.variant,
            "X-Amzn-SageMaker-Custom-Attributes": container.attributes,
        }
        named = {name: value for name, value in optional.items() if value}
        return {"Content-Type": "application/json"} | named


class SageMakerChat:
    """SageMaker's own OpenAI route; the key is minted from the credentials for each call."""

    def __init__(self, chat: Chat, name: str, component: str, account: Account, wire: Wire) -> None:
        """`component` is an inference component of the endpoint `name`, or empty."""
        self.label = chat.label
        self.temperature = chat.temperature
        self.top_p = chat.top_p
        self._chat = chat
        self._name = name
        self._component = component
        self._account = account
        self._wire = wire

    def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """The reply as it comes; settings out of range are clamped. Raises EndpointError."""
        body = chat_body(self._chat, prompt)

        async def ask() -> Ask:
            token, region = await self._account.token()
            host = self._account.address("runtime.sagemaker", region)
            return Ask(host + self._path(), body, headers_of(token))

        return self._wire.stream(Call(ask, LineDecoder), self._chat.limits)

    async def lease(self) -> Lease:
        """How long the account's credentials last; raises EndpointError."""
        return await self._account.lease()

    async def identity(self) -> Identity:
        """What SageMaker tells of the endpoint. Raises EndpointError."""
        return await described_endpoint(self._account, self._name, self._component)

    def _path(self) -> str:
        component = f"/inference-components/{quote(self._component)}" if self._component else ""
        return f"/endpoints/{quote(self._name)}{component}/openai/v1/chat/completions"


def container_body(container: Container, prompt: Prompt) -> bytes:
    """The request's body; raises ValueError for a setting that is not a number."""
    settings = _settings(container, prompt)
    if container.payload == "messages":
        turns = messages_of(prompt)
        usage = {"stream_options": {"include_usage": True}}
        most = {"max_tokens": container.limits.max_tokens}
        return json.dumps({"messages": turns, **settings, **most, "stream": True, **usage}).encode()
    parameters = settings | {
        "max_new_tokens": container.limits.max_tokens,
        "stop": list(STOP),
        "return_full_text": False,
        "details": True,
    }
    text = rendered(container.template, prompt)
    return json.dumps({"inputs": text, "parameters": parameters, "stream": True}).encode()


def _settings(container: Container, prompt: Prompt) -> dict[str, Any]:
    temperature = container.temperature.clamp(prompt.temperature)
    top_p = container.top_p.clamp(prompt.top_p)
    settings: dict[str, Any] = {"temperature": temperature, "top_p": top_p}
    is_raw = container.payload == "inputs"
    if is_raw:
        # LMI up to 0.31 ignores the temperature without it.
        settings["do_sample"] = True
    if container.server == "tgi":
        # TGI wants a temperature above 0 and a top_p below 1, and means the same without them.
        if temperature == 0.0 and is_raw:
            del settings["temperature"]
            settings["do_sample"] = False
        if top_p == 1.0:
            del settings["top_p"]
    return settings


async def described_endpoint(account: Account, name: str, component: str) -> Identity:
    """What SageMaker tells of an endpoint and of the models behind it. Raises EndpointError."""

    def look(client: Any) -> Identity:
        endpoint = client.describe_endpoint(EndpointName=name)
        config_name = endpoint["EndpointConfigName"]
        config = client.describe_endpoint_config(EndpointConfigName=config_name)
        variants = config.get("ProductionVariants", [])
        models = sorted({variant["ModelName"] for variant in variants if "ModelName" in variant})
        told = [digest_of(config)]
        told += [digest_of(client.describe_model(ModelName=model)) for model in models]
        created: datetime = endpoint["CreationTime"]
        status: str = endpoint["EndpointStatus"]
        if component:
            part = client.describe_inference_component(InferenceComponentName=component)
            told.append(digest_of({"specification": part.get("Specification")}))
            created, status = part["CreationTime"], part["InferenceComponentStatus"]
        digest = digest_of({"parts": told})
        return Identity(component or name, digest, created.timestamp(), word_of(status, STATUS))

    return await account.describe("sagemaker", look)
