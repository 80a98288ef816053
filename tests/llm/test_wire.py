"""What all adapters share: they let go at once, try once more at most, and keep secrets."""

import asyncio
import traceback
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace

import pytest
from llm.asking import ADAPTERS, PATIENT, PROMPT, SECRET, Place, Told, asked, signed_in
from standin import TEXT, StandIn
from standin.behaviours import BEHAVIOURS

from finale.llm.base import EndpointError, Finish
from finale.llm.openai_compatible import Chat, OpenAICompatible
from finale.llm.sagemaker import Container, SageMaker
from finale.llm.wire import Wire

AT_ONCE_S = 0.1


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    with signed_in():
        async with StandIn() as standin, Wire() as wire:
            yield Place(standin, wire)


async def first_word(place: Place, adapter: str, behaviour: str) -> None:
    """Read one chunk and wait for the next for ever."""
    async with aclosing(ADAPTERS[adapter](place, behaviour).stream(PROMPT)) as chunks:
        async for _ in chunks:
            pass


async def noticed(place: Place) -> float:
    """When the stand-in saw its last connection close, on the event loop's clock."""
    async with asyncio.timeout(5):
        while place.standin.seen[-1].closed_at is None:
            await asyncio.sleep(0)
    closed_at = place.standin.seen[-1].closed_at
    assert closed_at is not None
    return closed_at


@pytest.mark.parametrize("behaviour", ["stall-before", "stall-after-head", "stall-after"])
@pytest.mark.parametrize("adapter", ADAPTERS)
async def test_cancel_returns_at_once_and_closes_the_connection(
    place: Place, adapter: str, behaviour: str
) -> None:
    loop, tasks = asyncio.get_running_loop(), asyncio.all_tasks()
    reading = asyncio.ensure_future(first_word(place, adapter, behaviour))
    async with asyncio.timeout(5):
        while not place.standin.seen:
            await asyncio.sleep(0.01)
    cancelled_at = loop.time()
    reading.cancel()
    await asyncio.wait([reading])
    returned_at, closed_at = loop.time(), await noticed(place)

    assert reading.cancelled()
    assert returned_at - cancelled_at < AT_ONCE_S
    assert closed_at - cancelled_at < AT_ONCE_S
    await settled(tasks)


async def settled(tasks: set[asyncio.Task[object]]) -> None:
    """Wait until no other task is left than there were; fails after a while."""
    async with asyncio.timeout(1):
        while asyncio.all_tasks() - tasks:
            await asyncio.sleep(0)


@pytest.mark.parametrize("adapter", ADAPTERS)
async def test_closing_after_the_first_word_closes_the_connection(
    place: Place, adapter: str
) -> None:
    stream = ADAPTERS[adapter](place, "stall-after").stream(PROMPT)
    first = await anext(stream)
    await stream.aclose()

    assert first.text == "Grüße "
    assert await noticed(place) - asyncio.get_running_loop().time() < AT_ONCE_S


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize(
    "behaviour", ["throttled", "not-ready", "cut-before", "model-error", "error-in-200"]
)
async def test_a_failure_before_the_first_word_is_tried_once_more(
    place: Place, adapter: str, behaviour: str
) -> None:
    await asked(ADAPTERS[adapter](place, behaviour))

    assert len(place.standin.asks) == 2


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("behaviour", ["refused", "no-access", "cut", "exception-amid", "empty"])
async def test_what_would_not_help_is_not_tried_again(
    place: Place, adapter: str, behaviour: str
) -> None:
    await asked(ADAPTERS[adapter](place, behaviour))

    assert len(place.standin.asks) == 1


async def test_without_time_for_it_there_is_no_second_try(place: Place) -> None:
    hasty = replace(place, limits=replace(PATIENT, first_token_s=2.0, retry_pause_s=3.0))
    told = await asked(ADAPTERS["openai"](hasty, "throttled"))

    assert (told, len(place.standin.asks)) == (Told(failed="throttled"), 1)


async def test_both_tries_share_the_time_to_the_first_word(place: Place) -> None:
    place.standin.first_word_s = 30.0
    limits = replace(PATIENT, first_token_s=1.0)
    loop = asyncio.get_running_loop()
    began = loop.time()
    told = await asked(ADAPTERS["openai"](replace(place, limits=limits), "throttled-once"))

    assert (told, len(place.standin.asks)) == (Told(failed="no first token"), 2)
    assert loop.time() - began < 1.0 + 2 * AT_ONCE_S


async def test_a_reply_that_trickles_on_for_ever_ends_with_the_total(place: Place) -> None:
    place.standin.pause_s = 0.05
    limits = replace(PATIENT, total_s=0.4)
    told = await asked(ADAPTERS["openai"](replace(place, limits=limits), "plain"))

    assert told.failed == "endless"
    assert TEXT.startswith(told.text)


async def test_a_port_where_nobody_listens_is_unreachable(place: Place) -> None:
    async with StandIn() as gone:
        base = gone.base
    lost = OpenAICompatible(Chat("openai: it", "x", limits=PATIENT), base, "", place.wire)

    assert await asked(lost) == Told(failed="unreachable")


async def test_a_stalled_model_does_not_hold_up_another(place: Place) -> None:
    stalled = [
        asyncio.ensure_future(first_word(place, adapter, "stall-before")) for adapter in ADAPTERS
    ]
    told = await asked(ADAPTERS["openai"](place, "plain"))
    for each in stalled:
        each.cancel()
    await asyncio.wait(stalled)

    assert told == Told(TEXT, Finish("stop", 10))


async def test_connections_are_used_again_and_cookies_are_not_kept(place: Place) -> None:
    openai = ADAPTERS["openai"](place, "plain")
    await asked(openai)
    await asked(openai)
    first, second = place.standin.asks

    assert first.closed_at is None
    assert "cookie" not in second.headers


TARGETS = {
    "openai": "/v1/chat/completions",
    "sagemaker-openai": "/endpoints/plain/openai/v1/chat/completions",
    "lmi-messages": "/endpoints/lmi-plain/invocations-response-stream",
    "tgi-messages": "/endpoints/tgi-plain/invocations-response-stream",
    "lmi-inputs": "/endpoints/lmi-plain/invocations-response-stream",
    "tgi-inputs": "/endpoints/tgi-plain/invocations-response-stream",
    "bedrock": "/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A123456789012%3Aimported-model%2Fplain"
    "/converse-stream",
}


@pytest.mark.parametrize("adapter", ADAPTERS)
async def test_each_backend_is_asked_by_its_own_route(place: Place, adapter: str) -> None:
    await asked(ADAPTERS[adapter](place, "plain"))

    assert [(seen.method, seen.target) for seen in place.standin.seen] == [
        ("POST", TARGETS[adapter])
    ]


async def test_what_a_container_is_told_apart_from_the_prompt_is_in_headers(place: Place) -> None:
    container = Container(
        *("s", "lmi-plain"), component="part", variant="b", attributes="accept_eula=true"
    )
    await asked(SageMaker(container, place.account(), place.wire))
    headers = place.standin.seen[0].headers

    assert {name: headers[name] for name in headers if name.startswith("x-amzn-sagemaker")} == {
        "x-amzn-sagemaker-inference-component": "part",
        "x-amzn-sagemaker-target-variant": "b",
        "x-amzn-sagemaker-custom-attributes": "accept_eula=true",
    }


async def failure(place: Place, adapter: str, behaviour: str) -> EndpointError:
    """How that model fails."""
    with pytest.raises(EndpointError) as failed:
        await first_word(place, adapter, behaviour)
    return failed.value


FAILING = ["no-access", "refused", "refused-with-500", "model-error", "moved", "no-such-model"]


@pytest.mark.parametrize("behaviour", [*FAILING, "web-page", "error-in-200", "cut", "no-json"])
@pytest.mark.parametrize("adapter", ADAPTERS)
async def test_no_failure_tells_a_secret(place: Place, adapter: str, behaviour: str) -> None:
    # The stand-in quotes every header it was sent, as careless servers do.
    error = await failure(place, adapter, behaviour)
    told = "".join(traceback.format_exception(error)) + repr(error) + str(error.args)
    sent = place.standin.asks[-1].headers["authorization"]

    assert SECRET not in told
    assert sent not in told
    assert sent.split()[-1] not in told
    assert "123456789012" not in told


async def test_no_adapter_shows_its_secret(place: Place) -> None:
    shown = [repr(build(place, "plain")) + repr(place.account()) for build in ADAPTERS.values()]

    assert [text for text in shown if SECRET in text] == []


def test_every_behaviour_of_these_tests_exists() -> None:
    assert set(FAILING) - {"no-such-model"} < set(BEHAVIOURS)
