"""The stand-in against boto3, which decodes what it says by itself, and what it says it saw."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import closing
from typing import Any

import boto3
import httpx
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EventStreamError

from standin import TEXT, StandIn
from standin.frames import frame

KEYS = {"AKIASTANDINEXAMPLE00": "secret-of-the-stand-in"}


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn(keys=KEYS) as standin:
        yield standin


def client(standin: StandIn, service: str, secret: str = KEYS["AKIASTANDINEXAMPLE00"]) -> Any:
    """boto3's own client, pointed at the stand-in."""
    return boto3.client(
        service,
        region_name="eu-west-1",
        endpoint_url=standin.base,
        aws_access_key_id="AKIASTANDINEXAMPLE00",
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}),
    )


def sagemaker(runtime: Any, name: str) -> bytes:
    """All that a container says, as boto3 puts it together."""
    reply = runtime.invoke_endpoint_with_response_stream(
        EndpointName=name, Body=json.dumps({"inputs": "?"}), ContentType="application/json"
    )
    with closing(reply["Body"]) as events:
        return b"".join(event["PayloadPart"]["Bytes"] for event in events)


def converse(runtime: Any, name: str) -> list[dict[str, Any]]:
    """The events of a reply, as boto3 reads them."""
    messages = [{"role": "user", "content": [{"text": "?"}]}]
    with closing(runtime.converse_stream(modelId=name, messages=messages)["stream"]) as events:
        return list(events)


CUTS = ["plain", "one-byte-parts", "seven-byte-parts", "split-characters"]


@pytest.mark.parametrize("behaviour", CUTS)
async def test_boto3_reads_the_stand_ins_sagemaker(standin: StandIn, behaviour: str) -> None:
    runtime = client(standin, "sagemaker-runtime")
    said = await asyncio.to_thread(sagemaker, runtime, f"lmi-{behaviour}")
    runtime.close()
    tokens = [json.loads(line) for line in said.decode().splitlines()]

    assert "".join(t["token"]["text"] for t in tokens if not t["token"]["special"]) == TEXT


@pytest.mark.parametrize("behaviour", CUTS)
async def test_boto3_reads_the_stand_ins_bedrock(standin: StandIn, behaviour: str) -> None:
    runtime = client(standin, "bedrock-runtime")
    events = await asyncio.to_thread(converse, runtime, behaviour)
    runtime.close()
    deltas = [e["contentBlockDelta"]["delta"]["text"] for e in events if "contentBlockDelta" in e]

    assert "".join(deltas) == TEXT
    assert [e["messageStop"]["stopReason"] for e in events if "messageStop" in e] == ["end_turn"]
    assert events[-1]["metadata"]["usage"]["outputTokens"] == 10


async def test_boto3_raises_the_stand_ins_exceptions(standin: StandIn) -> None:
    runtime = client(standin, "bedrock-runtime")
    with pytest.raises(EventStreamError, match="modelStreamErrorException"):
        await asyncio.to_thread(converse, runtime, "exception-amid")
    runtime.close()


REFUSALS = [
    ("throttled", "ThrottlingException", 400),
    ("not-ready", "ModelNotReadyException", 429),
    ("model-error", "ModelError", 424),
    ("no-such-endpoint", "ValidationError", 400),
]


@pytest.mark.parametrize(("behaviour", "code", "status"), REFUSALS)
async def test_boto3_names_the_stand_ins_refusals(
    standin: StandIn, behaviour: str, code: str, status: int
) -> None:
    runtime = client(standin, "sagemaker-runtime")
    with pytest.raises(ClientError) as refused:
        await asyncio.to_thread(sagemaker, runtime, f"lmi-{behaviour}")
    runtime.close()
    told = refused.value.response

    assert (told["Error"]["Code"], told["ResponseMetadata"]["HTTPStatusCode"]) == (code, status)


async def test_a_wrong_signature_is_refused(standin: StandIn) -> None:
    runtime = client(standin, "bedrock-runtime", "another-secret")
    with pytest.raises(ClientError, match="AccessDeniedException"):
        await asyncio.to_thread(converse, runtime, "plain")
    runtime.close()


async def test_it_tells_what_it_saw(standin: StandIn) -> None:
    async with httpx.AsyncClient() as browser:
        await browser.post(f"{standin.base}/v1/chat/completions", json={"model": "plain"})
        told = (await browser.get(f"{standin.base}/seen")).json()

    assert [(t["method"], t["target"], t["body"], t["is_answered"]) for t in told] == [
        ("POST", "/v1/chat/completions", '{"model":"plain"}', True)
    ]


def test_a_frame_is_the_one_in_the_specification() -> None:
    # No headers, no payload: the lengths, and the checksums that AWS's own test vectors give.
    assert frame({}, b"").hex() == "000000100000000005c248eb7d98c8ff"
