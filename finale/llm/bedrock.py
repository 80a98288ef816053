"""Bedrock's ConverseStream, for models of the catalogue and imported ones."""

import json
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from finale.llm.aws import Account, digest_of
from finale.llm.base import Chunk, Identity, Lease, Limits, Prompt, Range
from finale.llm.clean import STATUS, word_of
from finale.llm.streams import BedrockDecoder
from finale.llm.wire import Ask, Call, Wire

TEMPERATURE = Range(0.0, 1.0)
TOP_P = Range(0.0, 1.0, is_low_open=True)

_ACROSS_REGIONS = re.compile(r"^(us|us-gov|eu|apac|jp|au|ca|global)\.")


@dataclass(frozen=True, slots=True)
class Converse:
    """Which model is asked: an id of the catalogue, an inference profile's, or an ARN."""

    label: str
    model: str
    temperature: Range = TEMPERATURE
    top_p: Range = TOP_P
    limits: Limits = field(default_factory=Limits)


class Bedrock:
    """A model that Bedrock serves."""

    def __init__(self, converse: Converse, account: Account, wire: Wire) -> None:
        """The account is the one that may call the model."""
        self.label = converse.label
        self.temperature = converse.temperature
        self.top_p = converse.top_p
        self._converse = converse
        self._account = account
        self._wire = wire

    def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """The reply as it comes; settings out of range are clamped. Raises EndpointError."""
        body = converse_body(self._converse, prompt)

        async def ask() -> Ask:
            plain = Ask(
                f"/model/{quote(self._converse.model, safe='')}/converse-stream",
                body,
                {"Content-Type": "application/json"},
            )
            return await self._account.signed("bedrock", "bedrock-runtime", plain)

        return self._wire.stream(Call(ask, BedrockDecoder), self._converse.limits)

    async def lease(self) -> Lease:
        """How long the account's credentials last; raises EndpointError."""
        return await self._account.lease()

    async def identity(self) -> Identity:
        """What Bedrock tells of the model; its lifecycle is the status. Raises EndpointError."""
        model = self._converse.model
        if ":imported-model/" in model:
            return await self._account.describe("bedrock", lambda client: _imported(client, model))
        if model.startswith("arn:") and ":foundation-model/" not in model:
            # Of profiles and provisioned throughput Bedrock tells nothing that identifies a model.
            return Identity(_short(model))
        return await self._account.describe("bedrock", lambda client: _listed(client, model))


def converse_body(converse: Converse, prompt: Prompt) -> bytes:
    """The request's body; raises ValueError for a setting that is not a number."""
    config: dict[str, float] = {"maxTokens": converse.limits.max_tokens}
    if converse.temperature.is_sent:
        config["temperature"] = converse.temperature.clamp(prompt.temperature)
    if converse.top_p.is_sent:
        config["topP"] = converse.top_p.clamp(prompt.top_p)
    body: dict[str, Any] = {
        "messages": [{"role": "user", "content": [{"text": prompt.question}]}],
        "inferenceConfig": config,
    }
    if prompt.system.strip():
        body["system"] = [{"text": prompt.system}]
    return json.dumps(body).encode()


def _short(model: str) -> str:
    return model.rpartition(":")[2] if model.startswith("arn:") else model


def _imported(client: Any, model: str) -> Identity:
    told = client.get_imported_model(modelIdentifier=model)
    return Identity(_short(model), digest_of(told), told["creationTime"].timestamp(), "ACTIVE")


def _listed(client: Any, model: str) -> Identity:
    plain = _ACROSS_REGIONS.sub("", model)
    details = client.get_foundation_model(modelIdentifier=plain)["modelDetails"]
    status = word_of(details.get("modelLifecycle", {}).get("status"), STATUS)
    return Identity(_short(model), digest_of(details), None, status)
