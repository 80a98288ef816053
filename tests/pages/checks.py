"""Preflight checks that a test plays by hand: what the tests of the host's desk share."""

import asyncio
from typing import Any

from finale.clock import Clock, Tasks
from finale.preflight.base import Tell
from finale.preflight.board import Board, Checks, Tick

SUBJECTS = ("This machine", "Ada Byron’s model")


class Played:
    """Checks that find what they are told to, until `go_on`; `fault` breaks the next run."""

    def __init__(self) -> None:
        self.runs = 0
        self.go_on = asyncio.Event()
        self.fault: Exception | None = None
        self.tell: Tell
        self.through: Tick

    async def __call__(self, tell: Tell, through: Tick) -> None:
        self.runs += 1
        self.tell, self.through = tell, through
        if self.fault:
            raise self.fault
        await self.go_on.wait()


def board_of(show: Any, played: Played, tasks: Tasks) -> Board:
    """The board of those checks, for a show in memory."""
    return Board(Checks(SUBJECTS, played), show, Clock(), tasks)


def idle_board(show: Any) -> Board:
    """A board on which nobody runs anything."""
    return board_of(show, Played(), Tasks())
