"""Which model answers at an endpoint is noted before the show and in every round."""

from dataclasses import dataclass, field
from pathlib import Path

from backstage import HandClock, backstage
from crew.booth import Scripted, V, W

from finale.crew.fingerprints import PAUSES_S, Fingerprints
from finale.llm.base import EndpointError, Identity
from finale.show.phases import Phase


@dataclass(slots=True)
class Told(Scripted):
    """A model that says what it is."""

    identities: list[Identity | EndpointError] = field(default_factory=list)

    async def identity(self) -> Identity:
        """The next of them."""
        found = self.identities.pop(0)
        if isinstance(found, EndpointError):
            raise found
        return found


async def test_a_fingerprint_is_taken_in_the_lobby_and_in_each_round(tmp_path: Path) -> None:
    clock = HandClock()
    sealed = Identity("llama", "1f", created=1_800_000_000.2)
    v = Told(clock, identities=[sealed, Identity("mistral", "2e")])
    async with backstage(tmp_path, clock, finalists=2, panel=1, rounds=1) as show:
        Fingerprints(show.showrunner, {V: v, W: Scripted(clock)}, show.tasks)
        await show.showrunner.until(lambda s: V in s.fingerprints)
        await show.to(Phase.QUESTION)
        await show.showrunner.until(lambda s: len(s.fingerprints[V]) == 2)

        assert show.state.fingerprints == {
            V: ((-1, "llama", "1f 1800000000"), (0, "mistral", "2e")),
        }


async def test_a_fingerprint_that_fails_is_taken_later_in_the_same_round(tmp_path: Path) -> None:
    clock = HandClock()
    gone = EndpointError("unreachable", "No.")
    v = Told(clock, identities=[gone, gone, Identity("llama")])
    began = clock.at
    async with backstage(tmp_path, clock, finalists=2, panel=1, rounds=1) as show:
        Fingerprints(show.showrunner, {V: v}, show.tasks)
        await show.showrunner.until(lambda s: V in s.fingerprints)

        assert show.state.fingerprints == {V: ((-1, "llama", ""),)}
        assert clock.at - began >= sum(PAUSES_S[:2])


async def test_an_endpoint_that_cannot_tell_leaves_no_fingerprint(tmp_path: Path) -> None:
    clock = HandClock()
    never = [EndpointError("no access", "No.")] * (len(PAUSES_S) + 1)
    v = Told(clock, identities=[*never, Identity("llama"), Identity("mistral")])
    async with backstage(tmp_path, clock, finalists=2, panel=1, rounds=2) as show:
        Fingerprints(show.showrunner, {V: v}, show.tasks)
        await show.to(Phase.QUESTION)
        await show.showrunner.until(lambda s: V in s.fingerprints)

        assert show.state.fingerprints == {V: ((0, "llama", ""),)}
