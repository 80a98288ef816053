"""What the API says of the show: less than the host's desk, and no letter with its owner."""

import math
from typing import Self

from finale.show.cues import Cue
from finale.show.phases import Phase
from finale.show.rundown import Frozen
from finale.show.views.bars import Row
from finale.show.views.common import ClockView
from finale.show.views.host import CueRow, HostView, ScoreRow
from finale.show.views.messages import Sent
from finale.show.views.seats import Seat
from scoring.blend import Component

_BEFORE_LETTERS = (Phase.LOBBY, Phase.QUESTION, Phase.TUNING)


class ClockOut(Frozen):
    """A clock: its deadline in epoch seconds of the server, its full length, the seconds left.

    While the show is on hold the deadline moves with the time, and `left_s` stands still.
    """

    deadline: float
    length_s: int
    left_s: float
    text: str

    @classmethod
    def of(cls, clock: ClockView, now: float) -> Self:
        """The clock at `now`."""
        left = clock.deadline - now if clock.held_left is None else clock.held_left
        # As every screen rounds: 0:01 until the last moment.
        whole = max(0, math.ceil(left - 0.001))
        return cls(
            deadline=clock.deadline,
            length_s=clock.length,
            left_s=max(0.0, left),
            text=f"{whole // 60}:{whole % 60:02}",
        )


class CueOut(Frozen):
    """The next step: `id` goes back with `POST /next`; `waits_for` is empty if it can be called.

    `is_hosts` says whether the host takes it at all; some steps the server takes by itself.
    """

    id: str
    label: str
    waits_for: str
    can_force: bool
    is_hosts: bool
    note: str

    @classmethod
    def of(cls, cue: Cue) -> Self:
        """The step as it stands on the desk."""
        return cls(
            id=cue.id,
            label=cue.label,
            waits_for=cue.waits_for,
            can_force=cue.can_force,
            is_hosts="host" in cue.by,
            note=cue.note,
        )


class UndoOut(Frozen):
    """The step that can be taken back: what `POST /undo` sends, and the phase it leads to."""

    at: str
    back_to: str


class FaultOut(Frozen):
    """What goes wrong, and what to do about it."""

    line: str
    action: str


class MessageOut(Frozen):
    """A message that stands: to a seat or a group, and how many of how many have read it."""

    to: str
    text: str
    at: float
    read: int
    meant: int

    @classmethod
    def of(cls, sent: Sent) -> Self:
        """The message as it stands on the desk."""
        return cls(to=sent.to, text=sent.text, at=sent.at, read=sent.read, meant=sent.of)


class ShowOut(Frozen):
    """Where the show stands. `version` grows with every change; `round` is 0 before the first."""

    version: int
    now: float
    title: str
    phase: Phase
    round: int
    rounds: int
    round_label: str
    is_held: bool
    is_black: bool
    clock: ClockOut | None
    clocks: dict[str, ClockOut]
    next: CueOut | None
    undo: UndoOut | None
    can_break: bool
    can_nudge: bool
    phones: int
    question: str
    faults: tuple[FaultOut, ...]
    messages: tuple[MessageOut, ...]

    @classmethod
    def of(cls, view: HostView, version: int, now: float) -> Self:
        """The show at `now`."""
        clocks = {name: ClockOut.of(clock, now) for name, clock in view.clocks.items()}
        now_ = view.amends
        return cls(
            version=version,
            now=now,
            title=view.title,
            phase=view.phase,
            round=view.begun,
            rounds=view.rounds,
            round_label=str(view.round_label),
            is_held=view.is_held,
            is_black=view.is_black,
            clock=ClockOut.of(view.clock, now) if view.clock else None,
            clocks=clocks,
            next=CueOut.of(view.blind_cue) if view.blind_cue else None,
            undo=UndoOut(at=now_.at, back_to=now_.undo) if now_.undo else None,
            can_break=view.can_break,
            can_nudge=view.can_nudge,
            phones=view.phones,
            question=view.question,
            faults=tuple(FaultOut(line=f.line, action=f.action) for f in view.faults),
            messages=tuple(MessageOut.of(sent) for sent in view.messages),
        )


class StepOut(Frozen):
    """One line of the rundown of this round: past, now or later."""

    label: str
    status: str

    @classmethod
    def of(cls, row: CueRow) -> Self:
        """The line as it stands on the desk."""
        return cls(label=row.label, status=row.status)


class PersonOut(Frozen):
    """A chair and who sits there. A finalist's `status` is empty once letters are drawn."""

    seat: str
    name: str
    lectern: str
    is_connected: bool
    is_robot: bool
    is_withdrawn: bool
    status: str

    @classmethod
    def of(cls, seat: Seat, *, has_status: bool) -> Self:
        """The chair as it stands on the desk."""
        return cls(
            seat=seat.id,
            name=seat.label,
            lectern=seat.tag.lectern if seat.tag else "",
            is_connected=seat.is_connected,
            is_robot=seat.is_robot,
            is_withdrawn=seat.is_withdrawn,
            status=seat.status if has_status else "",
        )


class PeopleOut(Frozen):
    """Who is there."""

    finalists: tuple[PersonOut, ...]
    panel: tuple[PersonOut, ...]
    phones: int

    @classmethod
    def of(cls, view: HostView) -> Self:
        """Everybody; how a finalist's draft was kept would tell whose answer it is."""
        is_open = view.phase in _BEFORE_LETTERS
        return cls(
            finalists=tuple(PersonOut.of(seat, has_status=is_open) for seat in view.finalists),
            panel=tuple(PersonOut.of(seat, has_status=True) for seat in view.panel),
            phones=view.phones,
        )


class MarkingOut(Frozen):
    """How far judge, experts and hall are: done, missing, failed; never a mark."""

    answers: int
    judge_done: int
    judge_failed: int
    judge_missing: int
    cards_done: int
    cards_missing: int
    ballots: int
    is_vote_open: bool
    is_marking_open: bool

    @classmethod
    def of(cls, view: HostView) -> Self:
        """The counts of the running round."""
        is_judged = view.judge_done + view.judge_failed
        return cls(
            answers=view.answers,
            judge_done=view.judge_done,
            judge_failed=view.judge_failed,
            judge_missing=view.answers - is_judged,
            cards_done=view.cards_done,
            cards_missing=view.answers * view.experts - view.cards_done,
            ballots=view.ballots,
            is_vote_open=view.is_vote_open,
            is_marking_open=view.is_marking_open,
        )


class PartOut(Frozen):
    """What one jury gave: mark out of 100, points after the scale, and what they add."""

    mark: float | None
    points: float
    score: float


class ScoreOut(Frozen):
    """One answer by its letter, once vote and marks are closed and counted; never whose it is."""

    letter: str
    parts: dict[Component, PartOut]
    total: float
    reason: str
    flags: tuple[str, ...]

    @classmethod
    def of(cls, row: ScoreRow) -> Self:
        """The row of the scoring desk without its owner."""
        parts = {
            component: PartOut(mark=part.mark, points=part.points, score=part.score)
            for component, part in row.parts.items()
        }
        return cls(
            letter=row.letter, parts=parts, total=row.total, reason=row.reason, flags=row.flags
        )


class StandingOut(Frozen):
    """One line of the table after the last finished round; place 0 has withdrawn."""

    place: int
    name: str
    lectern: str
    total: float
    gap: float
    moved: int | None
    is_shared: bool
    is_withdrawn: bool

    @classmethod
    def of(cls, row: Row) -> Self:
        """The line as the stage shows it."""
        return cls(
            place=row.place,
            name=row.tag.name,
            lectern=row.tag.lectern,
            total=row.total,
            gap=row.gap,
            moved=row.moved,
            is_shared=row.is_shared,
            is_withdrawn=row.is_withdrawn,
        )


def read_outs(view: HostView, version: int, now: float) -> tuple[Frozen, ...]:
    """Everything that the API says of the show at `now`, on whatever path."""
    return (
        ShowOut.of(view, version, now),
        *(StepOut.of(row) for row in view.rundown),
        PeopleOut.of(view),
        MarkingOut.of(view),
        *(ScoreOut.of(row) for row in view.scores),
        *(StandingOut.of(row) for row in view.standings),
    )
