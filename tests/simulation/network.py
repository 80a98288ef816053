"""What lies between people and the server: delays, losses, doubles, and clients that ask again."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulation.pages import MOVED, Page
from simulation.weather import stream

from finale.show.commands import Command
from finale.show.refused import Refused
from finale.showrunner import Events
from finale.store.writer import StoreError

if TYPE_CHECKING:
    from simulation.life import Life
    from simulation.world import World

PATIENCE_S = 3.0
TRIES = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A command on its way, with the id under which it may be asked again."""

    by: str
    command: Command
    id: str
    at: float
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person heard; "silence" after many tries."""

    kind: Literal["done", "refused", "trouble", "silence"]
    events: Events = ()
    text: str = ""


class Network:
    """Carries commands to the server that runs, and answers back. Lines break in a crash."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._random = stream(world.seed, "network")
        self._asked = 0

    async def ask(
        self, by: str, command: Command, tries: int = TRIES, page: Page | None = None
    ) -> Answer:
        """Ask until there is an answer, each time under the same id."""
        self._asked += 1
        asked = Asked(by, command, f"ask-{self._asked}", self._world.clock.now(), page)
        answer = Answer("silence")
        self._world.audit.promises.asked[by, asked.id] = asked
        for _ in range(tries):
            answer = await self._try(asked)
            if answer.kind not in ("silence", "trouble") or self._world.is_over:
                break
            await asyncio.sleep(self._random.uniform(0.1, 1))
        self._world.diary.note(by, "{} -> {} {}", command, answer.kind, answer.text)
        return answer

    async def _try(self, asked: Asked) -> Answer:
        world, heard = self._world, asyncio.get_running_loop().create_future()
        life = world.life
        if life is not None:
            copies = 1 + (self._random.random() < world.weather.doubled)
            for _ in range(copies):
                if self._random.random() >= world.weather.lost:
                    world.loop.call_later(self.delay(), self._arrive, life, asked, heard)
        try:
            return await asyncio.wait_for(heard, PATIENCE_S)
        except TimeoutError:
            return Answer("silence")

    def delay(self) -> float:
        """Seconds on the way: mostly few, sometimes as many as the weather has."""
        slowest = self._world.weather.slowest_s if self._random.random() < 0.2 else 0.02
        return self._random.uniform(0.001, slowest)

    def _arrive(self, life: "Life", asked: Asked, heard: "asyncio.Future[Answer]") -> None:
        if not life.is_ready:
            return
        if self._world.pages.comes_in(life, asked.page):
            life.serve(self._answer(life, asked, heard))
        else:
            _hear(heard, Answer("refused", text=MOVED))

    async def _answer(self, life: "Life", asked: Asked, heard: "asyncio.Future[Answer]") -> None:
        try:
            events = await life.showrunner.do(asked.command, asked.by, asked.id)
            answer = Answer("done", events)
            self._world.pages.handed(life, events)
        except Refused as refused:
            answer = Answer("refused", text=str(refused))
        except StoreError as error:
            answer = Answer("trouble", text=str(error))
        # From here on the answer is on its way: what it says must be so, whoever hears it.
        self._world.answered(life, asked, answer)
        if self._random.random() >= self._world.weather.lost:
            self._world.loop.call_later(self.delay(), _hear, heard, answer)


def _hear(heard: "asyncio.Future[Answer]", answer: Answer) -> None:
    if not heard.done():
        heard.set_result(answer)
