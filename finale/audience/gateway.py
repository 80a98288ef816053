"""The door for the hall's phones: a plain ASGI layer with the page and its websocket."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from finale.audience import messages as m
from finale.audience.announcer import Announcer
from finale.audience.ballot_box import BallotBox, NotTaken
from finale.audience.bucket import Bucket
from finale.audience.door import Door
from finale.audience.line import BROKEN, LATER, POLICY, Closed, Line, is_own_page, language_of
from finale.audience.outbox import Outbox
from finale.audience.page import PhonePage, Receive, Scope, Send
from finale.audience.passes import Pass
from finale.clock import Clock, Tasks
from finale.languages.texts import Texts, texts
from finale.show.phrase import Language, phrase
from finale.show.views.phone import PhoneView, phone_view
from finale.showrunner import Showrunner
from finale.store.writer import StoreError

PAGE_PATH, SOCKET_PATH = "/", "/ws"

JOIN_S = 10.0
"""Real seconds that a connection has to join."""

CODE_S = 300.0
"""Real seconds that a person has to type the room code."""


@dataclass(slots=True, eq=False)
class _Phone:
    pass_: Pass
    texts: Texts
    outbox: Outbox = field(default_factory=Outbox)


class Gateway:
    """Serves every phone. Nobody waits for a slow one, and a broadcast is put into JSON once for
    every language that a phone in the room speaks.
    """

    def __init__(
        self, showrunner: Showrunner, ballot_box: BallotBox, door: Door, clock: Clock
    ) -> None:
        """The show must be open; nobody is served before `start`."""
        self._showrunner = showrunner
        self._ballot_box = ballot_box
        self._door = door
        self._clock = clock
        self._page = PhonePage()
        self._tasks = Tasks()
        # In the order in which they joined: a set would hand out each view in any order.
        self._phones: dict[_Phone, None] = {}
        self._pages_of: dict[str, list[_Phone]] = {}
        self._lines = 0
        self._announcer = Announcer(self._announce)
        self.most_lines = 20_000
        self._state = showrunner.state
        self._frames: dict[Language, str] = {}
        self._show(phone_view(self._state))

    def start(self, tasks: Tasks) -> None:
        """Follow the show; `tasks` also ends every phone's task with the rest."""
        self._tasks = tasks
        self._showrunner.subscribe(self._changed)
        tasks.start(self._announcer.run(), "phone numbers")

    @property
    def phones(self) -> int:
        """Phones in the room: passes with at least one open line."""
        return len(self._pages_of)

    def answers(self, scope: Scope) -> bool:
        """Whether this request is for the phones."""
        path = {"http": PAGE_PATH, "websocket": SOCKET_PATH}.get(scope["type"])
        return path is not None and scope["path"] == path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of which `answers` says yes, as an ASGI application."""
        if scope["type"] == "http":
            await self._page.answer(scope, send)
            return
        spoken = texts(language_of(scope))
        line = Line(receive, send, Bucket(self._clock), spoken)
        if not is_own_page(scope):
            await line.refuse()
            return
        await line.open()
        self._lines += 1
        try:
            await self._talk(line, spoken)
        except Closed as closed:
            await line.close(closed)
        finally:
            self._lines -= 1

    async def _talk(self, line: Line, spoken: Texts) -> None:
        if self._lines > self.most_lines:
            raise Closed(LATER, phrase("The room is full."))
        pass_, token = await self._joined(line)
        # Present before its ballots are read: what another page of this pass casts comes after.
        with self._present(_Phone(pass_, spoken)) as phone:
            welcome = await self._welcome(pass_, token)
            await line.write(welcome.model_dump_json(context=spoken))
            if welcome.version != self._version:
                phone.outbox.show(self._frame(spoken))
            writing = self._tasks.start(_write(line, phone.outbox), "phone")
            try:
                while True:
                    await self._reply(phone, await line.read())
            finally:
                writing.cancel()

    async def _joined(self, line: Line) -> tuple[Pass, str]:
        join = await _join(line, JOIN_S)
        while (admitted := self._admit(join)) is None:
            await line.write(m.CodeWanted(is_wrong=bool(join.code)).model_dump_json())
            join = await _join(line, CODE_S)
        return admitted

    def _admit(self, join: m.Join) -> tuple[Pass, str] | None:
        state = self._showrunner.state
        is_late = bool(state.rounds) and state.round.is_open("vote")
        return self._door.admit(join.token, join.code, state.number + 1 if is_late else 0)

    async def _welcome(self, pass_: Pass, token: str) -> m.Welcome:
        try:
            own = await self._ballot_box.own(pass_.id)
        except StoreError as error:
            raise Closed(BROKEN, phrase("One moment, please.")) from error
        epoch, version, now = self._showrunner.epoch, self._version, self._clock.now()
        return m.Welcome(
            epoch=epoch, version=version, token=token, now=now, view=self._view, own=own
        )

    @contextmanager
    def _present(self, phone: _Phone) -> Iterator[_Phone]:
        self._phones[phone] = None
        pages = self._pages_of.setdefault(phone.pass_.id, [])
        pages.append(phone)
        self._announcer.nudge()
        try:
            yield phone
        finally:
            self._phones.pop(phone, None)
            pages.remove(phone)
            if not pages:
                del self._pages_of[phone.pass_.id]
            self._announcer.nudge()

    async def _reply(self, phone: _Phone, message: m.FromPhone) -> None:
        if isinstance(message, m.Join):
            raise Closed(POLICY, phrase("This phone has joined."))
        if isinstance(message, m.Ask):
            phone.outbox.show(self._frame(phone.texts))
            return
        if isinstance(message, m.Vote):
            answer = await self._vote(phone, message)
        else:
            answer = self._pong(message)
        told = answer.model_dump_json()
        if not phone.outbox.tell(told):
            raise Closed(POLICY, phrase("This phone does not read."))
        if isinstance(answer, m.Ack):
            # One pass, one ballot: its other pages must not show an older receipt.
            for other in self._pages_of[phone.pass_.id]:
                if other is not phone:
                    other.outbox.tell(told)

    async def _vote(self, phone: _Phone, vote: m.Vote) -> m.ToPhone:
        try:
            own = await self._ballot_box.cast(phone.pass_, vote)
        except NotTaken as refused:
            return m.NotCounted(
                epoch=self._showrunner.epoch,
                version=self._version,
                id=vote.id,
                text=phone.texts.phrase(refused.why),
                is_too_late=refused.is_too_late,
            )
        except StoreError as error:
            raise Closed(BROKEN, phrase("One moment, please.")) from error
        return m.Ack(epoch=self._showrunner.epoch, version=self._version, id=vote.id, own=own)

    def _pong(self, ping: m.Ping) -> m.ToPhone:
        epoch, version, now = self._showrunner.epoch, self._version, self._clock.now()
        return m.Pong(epoch=epoch, version=version, at=ping.at, now=now)

    def _changed(self) -> None:
        state = self._showrunner.state
        # Most announcements are of numbers, and most events are none of the phones' business.
        if state is self._state:
            return
        self._state = state
        view = phone_view(state)
        if view != self._view:
            self._show(view)

    def _show(self, view: PhoneView) -> None:
        self._view, self._version = view, self._showrunner.version
        self._frames.clear()
        for phone in self._phones:
            phone.outbox.show(self._frame(phone.texts))

    def _frame(self, spoken: Texts) -> str:
        """The view as it goes to the phones of that language."""
        if spoken.language not in self._frames:
            frame = m.View(epoch=self._showrunner.epoch, version=self._version, view=self._view)
            self._frames[spoken.language] = frame.model_dump_json(context=spoken)
        return self._frames[spoken.language]

    async def _announce(self) -> None:
        self._showrunner.announce()


async def _join(line: Line, seconds: float) -> m.Join:
    try:
        async with asyncio.timeout(seconds):
            join = await line.read()
    except TimeoutError as error:
        raise Closed(POLICY, phrase("This phone did not join.")) from error
    if not isinstance(join, m.Join):
        raise Closed(POLICY, phrase("Join first."))
    if join.v != m.PROTOCOL:
        raise Closed(POLICY, phrase("Reload this page."))
    return join


async def _write(line: Line, outbox: Outbox) -> None:
    try:
        while True:
            await line.write(await outbox.next())
    except OSError:
        # The phone has gone; whoever reads its line learns it too.
        return
