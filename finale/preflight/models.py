"""A finalist's model: that it is there, answers soon enough, and heeds temperature and top_p."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime

from finale.clock import Clock
from finale.llm.base import (
    Credentialed,
    Described,
    Endpoint,
    EndpointError,
    Identity,
    Lease,
    Prompt,
)
from finale.llm.hearing import Hearing
from finale.preflight.base import Finding, Grade
from finale.show.commands import EMPTY_REPLY

QUESTION = "Write three sentences about the weather in a town that you make up. Name the town."
FIRST_TOKEN_GOOD_S = 3.0
TOKENS_GOOD = 15.0
WARM_S = 240.0
WARM_PAUSE_S = 5.0
HOT = 1.5
"""A temperature at which no model says the same three times."""
SHORTEST_LEASE_S = 4 * 3600.0
RENEW = "Sign in again shortly before the doors."
UP = ("", "InService", "ACTIVE", "embedded")
CHANGING = ("Updating", "SystemUpdating", "Creating")

ACTIONS = {
    "not found": "Check its name and region in the show file.",
    "not ready": "Wait until it is deployed, then check again.",
    "throttled": "Ask for a higher quota, or stop what else uses it.",
    "refused settings": "Set temperature and top_p ranges for it in the show file.",
    "no access": "Sign in again, or set the key in the environment.",
    "unreachable": "Is it deployed, and is this machine online?",
    "no first token": "Deploy it on a faster instance, or wake it before the doors.",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One reply, timed in seconds; `tokens` as the backend counted, else words."""

    text: str
    first_s: float
    total_s: float
    tokens: int

    @property
    def tokens_per_s(self) -> float:
        """How fast it spoke once it had begun."""
        return self.tokens / max(self.total_s - self.first_s, 0.001)


async def model(subject: str, endpoint: Endpoint, clock: Clock) -> AsyncIterator[Finding]:
    """Every check of one model; those that need a reply end with the first that has none.

    Without credentials nothing is asked: a model would only be waited for.
    """
    async for finding in _described(subject, endpoint, clock):
        yield finding
        if (finding.check, finding.grade) == ("credentials", "no-go"):
            return
    try:
        async for finding in _asked(subject, endpoint, clock):
            yield finding
    except EndpointError as error:
        yield failure(subject, "reply", error)


def failure(subject: str, check: str, error: EndpointError) -> Finding:
    """What an EndpointError means before the doors."""
    action = ACTIONS.get(error.kind, "Ask whoever deployed it.")
    return Finding(subject, check, "no-go", str(error), action)


async def _described(subject: str, endpoint: Endpoint, clock: Clock) -> AsyncIterator[Finding]:
    if isinstance(endpoint, Described):
        try:
            identity = await endpoint.identity()
        except EndpointError as error:
            action = "It may answer all the same; a change of model would not be noticed."
            yield Finding(subject, "model", "watch", str(error), action)
        else:
            yield _standing(subject, identity)
    if isinstance(endpoint, Credentialed):
        try:
            lease = await endpoint.lease()
        except EndpointError as error:
            yield failure(subject, "credentials", error)
            return
        yield _lease(subject, lease, clock)


def _standing(subject: str, identity: Identity) -> Finding:
    """A model in a state that is not known to be good is not GO, even if it answers."""
    status = identity.status
    text = f"{identity.model} ({status})" if status else identity.model
    if status in UP:
        return Finding(subject, "model", "go", text)
    if status == "LEGACY":
        action = "It will be switched off one day; look up which."
        return Finding(subject, "model", "watch", text, action)
    if status in CHANGING:
        return Finding(subject, "model", "watch", text, "Wait until it is done, then check again.")
    return Finding(subject, "model", "no-go", text, "Look in AWS’s console for what is wrong.")


def _lease(subject: str, lease: Lease, clock: Clock) -> Finding:
    if lease.ends_at is None and lease.is_temporary:
        text = "They are temporary; when they end is not known."
        return Finding(subject, "credentials", "watch", text, RENEW)
    if lease.ends_at is None:
        return Finding(subject, "credentials", "go", "They do not expire.")
    left = lease.ends_at - clock.now()
    if lease.is_renewed and left > 0:
        text = f"They renew themselves; the present ones last {left / 60:.0f} min."
        return Finding(subject, "credentials", "go", text)
    at = f"{datetime.fromtimestamp(lease.ends_at, UTC):%Y-%m-%d %H:%M} UTC"
    text = f"They expire in {left / 60:.0f} min, at {at}." if left > 0 else "They have expired."
    if left >= SHORTEST_LEASE_S:
        return Finding(subject, "credentials", "go", text)
    grade: Grade = "watch" if left > 0 else "no-go"
    return Finding(subject, "credentials", grade, text, RENEW)


async def _asked(subject: str, endpoint: Endpoint, clock: Clock) -> AsyncIterator[Finding]:
    cold = endpoint.temperature.clamp(0.0)
    first = await _warmed(endpoint, _prompt(endpoint, cold, 1.0), clock)
    yield _speed(subject, first)
    if endpoint.temperature.is_sent:
        again = await heard(endpoint, _prompt(endpoint, cold, 1.0), clock)
        hot = [await heard(endpoint, _prompt(endpoint, HOT, 1.0), clock) for _ in range(3)]
        yield _temperature(subject, (first, again), hot)
    if endpoint.top_p.is_sent:
        narrow = [await heard(endpoint, _prompt(endpoint, HOT, 0.0), clock) for _ in range(2)]
        yield _top_p(subject, narrow)
    yield _ranges(subject, endpoint)


def _ranges(subject: str, endpoint: Endpoint) -> Finding:
    ranges = {"temperature": endpoint.temperature, "top_p": endpoint.top_p}
    sent = {name: span for name, span in ranges.items() if span.is_sent}
    text = ", ".join(f"{name} {r.clamp(-1.0):g} to {r.clamp(9.0):g}" for name, r in sent.items())
    if len(sent) == len(ranges):
        return Finding(subject, "ranges", "go", text)
    unsent = next(name for name in ranges if name not in sent)
    text = f"{text}; {unsent} is left out, as the show file says."
    action = "Tell the finalist: that dial is locked."
    return Finding(subject, "ranges", "watch", text, action)


def _prompt(endpoint: Endpoint, temperature: float, top_p: float) -> Prompt:
    return Prompt(
        "", QUESTION, endpoint.temperature.clamp(temperature), endpoint.top_p.clamp(top_p)
    )


async def _warmed(endpoint: Endpoint, prompt: Prompt, clock: Clock) -> Heard:
    """The reply of a model that may have to wake up first."""
    began = clock.now()
    while True:
        try:
            return await heard(endpoint, prompt, clock)
        except EndpointError as error:
            is_cold = error.kind in ("not ready", "no first token")
            if not is_cold or clock.now() - began > WARM_S:
                raise
        await clock.sleep(WARM_PAUSE_S)


async def heard(endpoint: Endpoint, prompt: Prompt, clock: Clock) -> Heard:
    """The whole reply; raises EndpointError, also for an empty one."""
    hearing = Hearing(clock.now())
    async with aclosing(endpoint.stream(prompt)) as chunks:
        async for chunk in chunks:
            hearing.add(chunk, clock.now())
    if hearing.first_token_s is None or hearing.is_empty:
        raise EndpointError("empty", EMPTY_REPLY)
    total_s, tokens = clock.now() - hearing.started_at, hearing.tokens
    return Heard(hearing.text, hearing.first_token_s, total_s, tokens or len(hearing.text.split()))


def _speed(subject: str, reply: Heard) -> Finding:
    text = (
        f"First token after {reply.first_s:.1f} s, {reply.tokens_per_s:.0f} tokens a second, "
        f"{reply.total_s:.1f} s in all."
    )
    if reply.first_s <= FIRST_TOKEN_GOOD_S and reply.tokens_per_s >= TOKENS_GOOD:
        return Finding(subject, "speed", "go", text)
    action = "Slow for 90 seconds: a finalist gets few drafts. Deploy it on a faster instance."
    return Finding(subject, "speed", "watch", text, action)


def _temperature(subject: str, cold: tuple[Heard, Heard], hot: list[Heard]) -> Finding:
    is_steady = cold[0].text == cold[1].text
    is_lively = len({reply.text for reply in hot}) > 1
    if is_steady and is_lively:
        text = "At the lowest it repeats itself, at the highest it does not."
        return Finding(subject, "temperature", "go", text)
    if not is_lively:
        text = "It says the same at every temperature."
        action = "Check that the container samples (do_sample) and passes the setting on."
        return Finding(subject, "temperature", "no-go", text, action)
    text = "At the lowest it does not repeat itself word for word."
    return Finding(subject, "temperature", "watch", text, "Usual where requests share a GPU.")


def _top_p(subject: str, narrow: list[Heard]) -> Finding:
    if len({reply.text for reply in narrow}) == 1:
        return Finding(subject, "top_p", "go", "At the lowest it narrows the choice to one.")
    text = "At the lowest it still says different things."
    action = "Check that the container passes the setting on."
    return Finding(subject, "top_p", "watch", text, action)
