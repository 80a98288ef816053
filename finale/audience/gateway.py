"""The door for the hall's phones: a plain ASGI layer that serves the page and its websocket."""

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationError

from finale.audience import messages as m
from finale.audience.announcer import Announcer
from finale.audience.ballot_box import BallotBox
from finale.audience.bucket import Bucket
from finale.audience.outbox import Outbox
from finale.audience.page import PhonePage, Receive, Scope, Send, page_file
from finale.audience.passes import Passes
from finale.clock import Clock, Tasks
from finale.show.refused import Refused
from finale.show.views.phone import PhoneView, phone_view
from finale.showrunner import Showrunner
from finale.store.writer import StoreError

log = logging.getLogger(__name__)

SOCKET_PATH = "/ws"
PAGE_PATH = "/"
JOIN_S = 10.0
"""Real seconds in which a connection must join."""

POLICY, TOO_BIG, BROKEN, LATER = 1008, 1009, 1011, 1013


class _Closed(Exception):
    def __init__(self, code: int = 0, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(slots=True, eq=False)
class _Phone:
    pass_id: str
    bucket: Bucket
    outbox: Outbox = field(default_factory=Outbox)
