"""Every adapter against every misbehaviour: the right text or the right failure, never silence."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from llm.asking import ADAPTERS, KEYS, PATIENT, Place, Told, asked, signed_in
from standin import TEXT, StandIn
from standin.behaviours import BEHAVIOURS
from standin.words import WORDS

from finale.llm.base import Finish
from finale.llm.wire import Wire

BEGUN = "".join(WORDS[:4])
WHOLE = Told(TEXT, Finish("stop", 10))
UNCOUNTED = Told(TEXT, Finish("stop"))
UNENDED = Told(TEXT)
SILENT = Told(failed="no first token")
CHAT = ("openai", "sagemaker-openai", "lmi-messages", "tgi-messages")
TOKENS = ("lmi-inputs", "tgi-inputs")

EXPECTED: dict[str, Told] = {
    "plain": WHOLE,
    "sampled": Told(f"{TEXT} Take 1.", Finish("stop", 11)),
    "one-byte-parts": WHOLE,
    "seven-byte-parts": WHOLE,
    "split-characters": WHOLE,
    "windows-lines": WHOLE,
    "no-last-line-end": WHOLE,
    "no-role": WHOLE,
    "no-done": WHOLE,
    "no-usage": UNCOUNTED,
    "no-finish": UNENDED,
    "bare": UNENDED,
    "open-at-end": WHOLE,
    "not-streamed": WHOLE,
    "not-streamed-pretty": WHOLE,
    "unframed": WHOLE,
    "unframed-cut": Told(BEGUN, failed="cut"),
    "surrogates": Told("A 🙂 and � one�.", Finish("stop", 3)),
    "throttled": Told(failed="throttled"),
    "throttled-once": WHOLE,
    "not-ready": Told(failed="not ready"),
    "not-ready-once": WHOLE,
    "no-access": Told(failed="no access"),
    "refused": Told(failed="refused settings"),
    "refused-with-500": Told(failed="refused settings"),
    "model-error": Told(failed="failed"),
    "nested-error": Told(failed="failed"),
    "moved": Told(failed="not found"),
    "error-in-200": Told(failed="failed"),
    "stall-before": SILENT,
    "stall-after-head": SILENT,
    "comments-only": SILENT,
    "stall-after": Told(BEGUN, failed="stalled"),
    "cut-before": Told(failed="cut"),
    "cut-before-once": WHOLE,
    "cut": Told(BEGUN, failed="cut"),
    "torn": Told(BEGUN, failed="cut"),
    "exception-amid": Told(BEGUN, failed="failed"),
    "endless": Told(BEGUN + "on and " * 196, failed="endless"),
    "invalid-utf-8": Told(BEGUN, failed="garbage"),
    "long-line": Told(BEGUN, failed="garbage"),
    "no-json": Told(BEGUN, failed="garbage"),
    "web-page": Told(failed="garbage"),
    "bad-frame": Told(BEGUN, failed="garbage"),
    "torn-frame": Told(BEGUN, failed="cut"),
    "empty": Told(failed="empty"),
    "blank": Told(" \n", failed="empty"),
    "nothing": Told(failed="empty"),
    "no-such-model": Told(failed="not found"),
}

OTHERWISE: dict[tuple[str, str], Told] = {
    # The last token carries reason and count, or neither.
    **{("no-usage", adapter): WHOLE for adapter in TOKENS},
    # Server-sent events have no frames: half a line is what is left of one.
    **{("bad-frame", adapter): Told(BEGUN, failed="cut") for adapter in CHAT[:2]},
    # Bedrock always says that a message has stopped.
    ("no-finish", "bedrock"): Told(TEXT, failed="cut"),
    ("bare", "bedrock"): Told(TEXT, failed="cut"),
    ("nothing", "bedrock"): Told(failed="cut"),
}

SHORT = {
    **{name: {"first_token_s": 0.3} for name, told in EXPECTED.items() if told == SILENT},
    "stall-after": {"gap_s": 0.3},
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house() -> AsyncIterator[Place]:
    """A stand-in that checks every signature and key."""
    with signed_in():
        async with StandIn(keys=KEYS) as standin, Wire() as wire:
            yield Place(standin, wire)


@pytest.fixture
def place(house: Place, behaviour: str) -> Place:
    """The stand-in as if nobody had asked it, and short patience where it will be tried."""
    house.standin.forget()
    return replace(house, limits=replace(PATIENT, **SHORT.get(behaviour, {})))


def test_every_behaviour_of_the_stand_in_is_expected() -> None:
    assert set(EXPECTED) - {"no-such-model"} == set(BEHAVIOURS)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("behaviour", EXPECTED)
async def test_each_behaviour_gives_its_text_or_its_failure(
    place: Place, adapter: str, behaviour: str
) -> None:
    told = await asked(ADAPTERS[adapter](place, behaviour))

    assert told == OTHERWISE.get((behaviour, adapter), EXPECTED[behaviour])
