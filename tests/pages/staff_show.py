"""A show in memory behind real pages: what the finalists' and the experts' page tests share."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from nicegui import ElementFilter, ui
from nicegui.element import Element
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction
from nicegui.testing.user_simulation import user_simulation
from pages.checks import idle_board
from story import Story

from finale.clock import Tasks
from finale.crew.drafter import Drafter
from finale.listeners import Listeners
from finale.llm.base import Chunk, Prompt, Range
from finale.pages.backstage import Presence
from finale.pages.host import build_host
from finale.pages.kept_text import KeptText
from finale.pages.shared_text import revision
from finale.pages.sounds import Sounds
from finale.show.commands import CallBreak, Command
from finale.show.events import Event
from finale.show.phases import Phase
from finale.show.state import ShowState
from finale.show.views.common import Hall
from finale.store.writer import StoreError


class Runner:
    """Plays a story for pages; `gate` holds commands back, `is_broken` is a full disk."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.clock = self
        self.speed = 1.0
        self.show_id = "abc"
        self.gate = asyncio.Event()
        self.gate.set()
        self.is_broken = False
        self.asked: list[tuple[Command, str, str]] = []
        self._watchers: list[Callable[[], None]] = []

    @property
    def state(self) -> ShowState:
        return self.story.state

    def now(self) -> float:
        return self.story.now

    async def do(self, command: Command, by: str, id: str = "") -> tuple[Event, ...]:  # noqa: A002
        self.asked.append((command, by, id))
        await self.gate.wait()
        if self.is_broken:
            raise StoreError("the disk is full")
        events = self.story.ask(command, by)
        self.announce()
        return tuple(events)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback)

    def announce(self) -> None:
        for watcher in list(self._watchers):
            watcher()


class Memory:
    """What is typed, kept in memory; `is_broken` is a full disk."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._listeners: Listeners[[str]] = Listeners()
        self.is_broken = False

    def get(self, key: str) -> str:
        return self.texts.get(key, "")

    async def read(self, key: str) -> str:
        return self.texts.get(key, "")

    async def put(self, key: str, text: str) -> None:
        await self.put_all({key: text})

    async def put_all(self, texts: Mapping[str, str]) -> None:
        if self.is_broken:
            raise StoreError("the disk is full")
        self.texts.update(texts)
        for key in texts:
            self._listeners.tell(key)

    def listen(self, callback: Callable[[str], object]) -> Callable[[], None]:
        return self._listeners.add(callback)


class Spoken:
    """An endpoint that says what it is given, piece by piece, and stops at None until told."""

    label = "understudy 1"
    temperature = Range(0.0, 1.5)
    top_p = Range(0.0, 1.0, is_low_open=True)

    def __init__(self) -> None:
        self.heard: list[Prompt] = []
        self.pieces: tuple[str | None, ...] = ("Offer ", "cover.")
        self.go_on = asyncio.Event()

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        self.heard.append(prompt)
        for piece in self.pieces:
            if piece is None:
                await self.go_on.wait()
            else:
                yield Chunk(piece)


class House:
    """One story, and everything a page of it needs."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.runner = Runner(story)
        self.memory = Memory()
        self.model = Spoken()
        self.tasks = Tasks()
        runner: Any = self.runner
        memory: Any = self.memory
        models: Any = dict.fromkeys(story.finalists, self.model)
        self.drafter = Drafter(runner, models, memory, self.tasks)
        self.presence = Presence(runner)

    @asynccontextmanager
    async def page(self, build: Callable[[Any, str], None], seat: str) -> AsyncIterator[User]:
        """The page that `build` makes for `seat`; open "/" again to reload it."""
        backstage = SimpleNamespace(
            showrunner=self.runner,
            beat=self.runner,
            drafter=self.drafter,
            scratch=self.memory,
            clock=self.runner,
            presence=self.presence,
            hall=lambda: Hall(phones=9, ballots=4),
        )
        async with user_simulation(lambda: build(backstage, seat)) as user:
            await user.open("/")
            yield user
        await self.tasks.stop()


@asynccontextmanager
async def host_dialog(house: House, name: str) -> AsyncIterator[User]:
    """The host's desk, on which the button `name` of the top bar has been pressed."""
    backstage: Any = SimpleNamespace(
        showrunner=house.runner,
        beat=house.runner,
        clock=house.runner,
        hall=Hall,
        links=dict,
        public_url="http://show",
        sounds=Sounds(),
        join_url="http://show/?key",
        code="FGHJ",
        preflight=idle_board(house.runner),
    )
    house.runner.trouble = ""  # type: ignore[attr-defined]
    async with user_simulation(lambda: build_host(backstage, "host")) as user:
        client = await user.open("/")
        button(user, name).click()
        await turn()
        yield user
        client.delete()


def button(user: User, text: str) -> UserInteraction[Element]:
    """The newest button that bears exactly `text`."""
    newest = max(_buttons(user, text), key=lambda element: element.id)
    return UserInteraction(user, {newest}, None)


def last_button(user: User, text: str) -> UserInteraction[Element]:
    """The button that bears exactly `text` and stands last on the page."""
    return UserInteraction(user, {_buttons(user, text)[-1]}, None)


def _buttons(user: User, text: str) -> list[Element]:
    """In the order of the page."""
    with user:
        return [
            up
            for element in ElementFilter(content=text, local_scope=False)
            for up in element.ancestors()
            if isinstance(up, ui.button) and getattr(element, "text", "") == text
        ]


def texts(user: User) -> str:
    """Every word on the page that is in sight."""
    with user:
        found = [e for e in ElementFilter(local_scope=False) if is_in_sight(e)]
    shown = [getattr(e, "text", "") or getattr(e, "content", "") for e in found]
    return "\n".join(str(text) for text in shown)


def is_in_sight(element: Element) -> bool:
    """Whether neither it nor what it lies in is hidden."""
    return element.visible and all(up.visible for up in element.ancestors())


def the(user: User, kind: type[Any], at: int = 0) -> Any:
    """The element of that kind, the one at place `at` of those there are."""
    with user:
        found = sorted(ElementFilter(kind=kind, local_scope=False), key=lambda e: e.id)
    return found[at]


def type_prompt(
    user: User, text: str | None, length: int | None = None, keep: str | None = None
) -> None:
    """What the browser sends a moment after a keystroke."""
    field = the(user, KeptText)
    length = len(text or "") if length is None else length
    typed = typed_in(field, text or "") | {"text": text, "length": length}
    UserInteraction(user, {field}, None).trigger("typed", typed | ({"keep": keep} if keep else {}))


def typed_in(field: KeptText, text: str) -> dict[str, Any]:
    """What the browser says of `text` in a window that has seen whatever is kept."""
    seen = [revision(field.text or "")]
    keep = field.props["keep"]
    return {"keep": keep, "text": text, "length": len(text), "serial": 1, "seen": seen}


def stations(story: Story, best: str) -> Iterator[Phase]:
    """Every phase in its turn but sudden death; `best` wins each round, as answer A."""
    yield story.state.phase
    for phase in (Phase.QUESTION, Phase.TUNING):
        story.to(phase)
        yield phase
    for seat in story.finalists:
        story.submit(seat, story.draft(seat, f"An answer, number {seat[-1]}."))
    for step in (lambda: story.end_tuning([best]), story.move_on):
        step()
        yield story.state.phase
    story.to(Phase.MARKING)
    yield story.state.phase
    story.give_marks()
    for phase in (Phase.JUDGE_REVEAL, Phase.APPEAL):
        story.to(phase)
        yield phase
    story.time_up()
    yield story.state.phase
    story.to(Phase.STANDINGS)
    yield story.state.phase
    story.ask(CallBreak())
    yield story.state.phase
    while story.state.number + 1 < len(story.plan.rounds):
        story.play_round([best])
    story.to(Phase.CHAMPION)
    yield story.state.phase


async def turn() -> None:
    """Let everything run that is ready to run."""
    for _ in range(25):
        await asyncio.sleep(0)
