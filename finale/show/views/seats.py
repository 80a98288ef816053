"""The chairs on the host's desk: who sits there, and how far they are."""

from dataclasses import dataclass

from finale.show.phases import Phase
from finale.show.progress import calibrated, cards_done
from finale.show.state import RoundState, ShowState
from finale.show.views.common import Hall, Tag, tag_of


@dataclass(frozen=True, slots=True)
class Seat:
    """A chair, who sits there and how far they are."""

    id: str
    label: str
    is_connected: bool
    is_robot: bool
    status: str
    detail: str = ""
    fault: str = ""
    tag: Tag | None = None
    is_withdrawn: bool = False


def finalist_seat(state: ShowState, hall: Hall, seat: str) -> Seat:
    """The chair of a finalist."""
    finalist = state.rundown.finalist(seat)
    is_robot = seat in state.robots
    status, detail, fault = _checked(state, hall, seat), finalist.endpoint, ""
    if state.rounds and seat in state.round.finalists:
        status, detail, fault = _finalist_progress(state, seat)
    is_withdrawn = seat in state.withdrawn
    if is_withdrawn:
        status, detail, fault = "Withdrawn", "", ""
    return Seat(
        seat,
        finalist.name,
        is_robot or seat in hall.seats,
        is_robot,
        status,
        detail,
        fault,
        tag_of(finalist),
        is_withdrawn,
    )


def _checked(state: ShowState, hall: Hall, seat: str) -> str:
    """What the connection check found, while there is time to do something about it."""
    return hall.checks.get(seat, "Ready") if state.phase is Phase.LOBBY else "Ready"


def _finalist_progress(state: ShowState, seat: str) -> tuple[str, str, str]:
    round_ = state.round
    drafts, running = round_.drafts.get(seat, ()), round_.running(seat)
    done = len(drafts) - len(running)
    count = f"{done} draft" if done == 1 else f"{done} drafts"
    fault = drafts[-1].reason if drafts and drafts[-1].outcome == "failed" else ""
    if seat in round_.submissions:
        return _taken(round_, seat), count, fault
    if running:
        return f"Generating draft {running[-1].number}", count, fault
    if seat in round_.pins:
        return f"Draft {round_.pins[seat]} pinned", count, fault
    return "Tuning" if state.phase is Phase.TUNING else "Ready", count, fault


def _taken(round_: RoundState, seat: str) -> str:
    kept = round_.submissions[seat]
    draft = round_.draft(seat, kept.draft)
    if draft is None:
        return "No answer"
    if kept.how != "running":
        return f"Draft {kept.draft} ({kept.how})"
    # One that a restart had ended says so in its reason.
    return f"Draft {kept.draft}, cut off" if draft.reason else f"Draft {kept.draft}, cut at 0:00"


def panel_seat(state: ShowState, hall: Hall, seat: str, name: str) -> Seat:
    """The chair of an expert."""
    is_robot = seat in state.robots
    status = _checked(state, hall, seat)
    if state.phase is Phase.LOBBY and seat in calibrated(state):
        status = f"{status}, calibrated"
    if state.rounds and state.round.letters:
        done = cards_done(state.round, seat)
        status = f"{done} of {len(state.round.letters)} cards"
        if seat in state.round.locked:
            status = "Locked"
    is_withdrawn = seat in state.withdrawn_panel
    if is_withdrawn:
        status = "Withdrawn"
    is_connected = is_robot or seat in hall.seats
    return Seat(seat, name, is_connected, is_robot, status, is_withdrawn=is_withdrawn)
