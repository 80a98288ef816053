"""What must hold after every step of every show; each function is one promise of the house."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from blind import owned_otherwise, unnamed
from simulation import clocks
from simulation.audit import Audit, Frame, must
from simulation.life import Life, View
from simulation.models import SECRET
from simulation.network import Answer, Asked

from finale.show import commands as c
from finale.show import events as e
from finale.show import events_judge as ej
from finale.show.events_amend import CueUndone
from finale.show.phases import Phase
from finale.show.state import ShowState
from finale.show.views.common import Hall
from finale.store.ballots import digest
from finale.store.event_log import Logged
from finale.store.record import BallotRow, results_of, write_record
from finale.store.verify import verify_record

HALL = Hall(phones=7, ballots=3)
GATES = {"close-vote": "vote", "close-marks": "marks"}
OWN = {
    "DraftStarted": "finalist",
    "DraftPinned": "finalist",
    "ScorecardMarked": "panellist",
    "ScorecardsLocked": "panellist",
    "AppealVoted": "panellist",
    "AppealBacked": "by",
    "PracticeMarked": "panellist",
}
"""Events that only one person may cause, and where they name who."""

QUIET = (
    *(e.ScorecardMarked, e.ScorecardsLocked, e.AppealVoted),
    *(ej.VerdictRecorded, ej.VerdictMissed, ej.JudgeReplied),
)

# ---- 1: ack => durable


def an_answer_is_durable(audit: Audit, asked: Asked, answer: Answer) -> None:
    """What somebody is told was done is in the log, read through a second connection, and no more.

    What was refused or could not be saved is not.
    """
    said = [event.model_dump_json() for event in answer.events]
    found = audit.disk.caused(asked.by, asked.id)
    must(found == said, f"{asked.by} was told {answer.kind} {said}, the log has {found}")


def an_acked_ballot_is_durable(audit: Audit, pass_id: str, frame: Frame) -> None:
    """The ballot that a phone is told counts is in the table, or a newer one of the phone."""
    own = frame["own"]
    found = audit.disk.ballot(own["round"], pass_id)
    text = f"{pass_id} was told {own['letter']} rev {own['rev']}, the table has {found}"
    must(found is not None and found[1] >= own["rev"], text)
    must(found is None or found[1] != own["rev"] or found[0] == own["letter"], text)


def typing_is_kept(audit: Audit, life: Life) -> None:
    """What was saved as it was typed is there again after a crash, or what was typed later."""
    for key, acked in audit.promises.typed.items():
        found, typed = life.scratch.get(key), audit.promises.typing[key]
        place = typed.index(found) if found in typed else -1
        must(place >= acked, f"{key}: {found!r} is back, {typed[acked]!r} had been saved")


# ---- 2: at most one counted ballot


def the_tally_is_of_the_ballots(audit: Audit, state: ShowState) -> None:
    """The count and digest that were logged are those of the table, one ballot for each pass."""
    for number, round_ in enumerate(state.rounds):
        if round_.counts is None:
            continue
        rows = audit.disk.ballots(number)
        lines = [(receipt, letter) for _, receipt, letter in rows]
        must(len({pass_id for pass_id, _, _ in rows}) == len(rows), "a pass has two ballots")
        must(digest(lines) == round_.digest, f"the ballots of round {number + 1} have changed")
        counted = {letter: n for letter, n in round_.counts.items() if n}
        must(Counter(letter for _, letter in lines) == counted, f"the count is {round_.counts}")


def no_acked_ballot_is_lost(audit: Audit, state: ShowState) -> None:
    """Of every ballot that a phone was promised, that one or a newer one is counted."""
    for (number, pass_id), rev in audit.promises.ballots.items():
        found = audit.disk.ballot(number, pass_id)
        must(found is not None and found[1] >= rev, f"{pass_id}: rev {rev} acked, {found} stands")


def votes_come_in_through_the_open_gate(audit: Audit, pass_id: str, frame: Frame) -> None:
    """A ballot that is new to the table comes in while the log has the gate open."""
    number, rev = frame["own"]["round"], frame["own"]["rev"]
    if audit.promises.ballots.get((number, pass_id), 0) >= rev or audit.state is None:
        return
    rounds = audit.state.rounds
    text = f"{pass_id} was told rev {rev} counts in round {number + 1}, which had no vote"
    must(number < len(rounds) and "vote" in rounds[number].gates, text)


# ---- 3: idempotent


def a_repeat_answers_the_same(audit: Audit, life: Life, asked: Asked, answer: Answer) -> None:
    """The same id has one answer, a refusal too; what failed may be otherwise."""
    key = (asked.by, asked.id)
    epoch, before = audit.promises.answers.setdefault(key, (life.number, answer))
    if before.kind == "trouble":
        audit.promises.answers[key] = (life.number, answer)
        return
    if answer.kind == "trouble" and epoch != life.number:
        return
    must(before == answer, f"{asked.by} heard {before} first, then {answer}")


# ---- 4: server time only


def only_the_servers_clock_decides(audit: Audit, entry: Logged, now: float) -> None:
    """The server dates entries in order; nothing that has a deadline is late or early."""
    last = audit.entries[-1].at if audit.entries else 0.0
    must(last <= entry.at <= now, f"{entry.event.kind} is dated {entry.at}, it is {now}")
    event, state = entry.event, audit.state
    if state is None or not state.rounds:
        return
    if state.phase is Phase.TUNING:
        clocks.each_plays_by_the_own_clock(state, entry)
    if isinstance(event, e.GateClosed) and entry.by == "crew":
        must(entry.at >= state.deadlines[event.gate], f"the {event.gate} closed early")


def downtime_is_given_back(audit: Audit, life: Life, slack_s: float) -> None:
    """After a crash every running deadline has moved by the downtime, once, give or take a beat."""
    fall, state = audit.fall, audit.state
    if fall is None or state is None or state.is_held:
        return
    down = life.began_at - fall.at
    for name, at in fall.deadlines.items():
        given = state.deadlines[name] - at
        text = f"{name} got {given:.3f} s for {down:.3f} s without a server"
        must(down - fall.up_s - 1e-3 <= given <= down + slack_s, text)


# ---- 5: monotone


def epoch_and_version_only_grow(audit: Audit, seen: tuple[int, int]) -> None:
    """(epoch, version) never steps back, and the version is the number of the last entry."""
    must(seen > audit.seen, f"after {audit.seen} came {seen}")
    must(seen[1] <= len(audit.entries), f"version {seen[1]} of {len(audit.entries)} entries")


def frames_only_grow(audit: Audit, phone: str, frame: Frame) -> None:
    """No phone is sent an older view than it was sent before; answers may trail behind views."""
    if "view" not in frame:
        return
    seen = (int(frame["epoch"]), int(frame["version"]))
    before = audit.promises.frames.get(phone, (0, 0))
    must(seen >= before, f"{phone} was sent {seen} after {before}")
    audit.promises.frames[phone] = seen


# ---- 6 and 7: one projection for each role, and blind


def no_secret_leaves(audit: Audit, text: str) -> None:
    """No finalist's prompt is in what others are sent."""
    must(SECRET not in text, f"a prompt is in {text[:200]}")


def letters_hide_their_owners(audit: Audit, state: ShowState, views: dict[str, View]) -> None:
    """Swap the owners of two letters, and every frame is the same, character by character.

    One screen's frame is drawn in turn, and after a step of the show the stage's as well.
    """
    pairs = list(pairwise(unnamed(state)))
    if not pairs:
        return
    turn = len(audit.entries)
    one, other = pairs[turn % len(pairs)]
    frames: list[tuple[Any, ...]] = [("stage", HALL), ("phone",)]
    frames += [("panel", panellist.id) for panellist in state.rundown.panel]
    is_step = not isinstance(audit.entries[-1].event, QUIET)
    there_state = owned_otherwise(state, one, other)
    for index in {turn % len(frames), 0 if is_step else turn % len(frames)}:
        name, *rest = frames[index]
        here, there = (repr(views[str(name)](x, *rest)) for x in (state, there_state))
        must(here == there, f"{name} tells {one} from {other}")
        no_secret_leaves(audit, here)


def the_judge_is_blind(audit: Audit, brief: str) -> None:
    """The judge gets neither prompt nor name."""
    no_secret_leaves(audit, brief)
    must("Byron" not in brief, f"a name is in {brief[:200]}")


def each_acts_for_oneself(audit: Audit, entry: Logged) -> None:
    """What one person alone may do was asked for by that person."""
    name = OWN.get(entry.event.kind)
    owner = getattr(entry.event, name) if name else entry.by
    if isinstance(entry.event, e.Submitted) and entry.event.how == "submitted":
        owner = entry.event.finalist
    must(owner == entry.by, f"{entry.by} caused {entry.event.kind} of {owner}")
    is_step = isinstance(entry.event, e.PhaseEntered | e.StepTaken | e.HoldSet)
    must(not is_step or entry.by in ("host", "crew"), f"{entry.by} moved the show")


# ---- 8: one commander


def one_cue_is_one_step(audit: Audit, entry: Logged) -> None:
    """A cue is taken once, however many tabs call it; a gate opened again may be closed again."""
    cues, event = audit.promises.cues, entry.event
    if isinstance(event, CueUndone):
        audit.promises.undone_at = entry.at
        cues.clear()
    if isinstance(event, e.GateOpened):
        for cue in [cue for cue in cues if GATES.get(cue.split(".")[-1]) == event.gate]:
            del cues[cue]
    asked = audit.promises.asked.get((entry.by, entry.cause))
    if asked is None or not isinstance(asked.command, c.CallCue):
        return
    late = f"{asked.command.cue} was pressed before it was undone, and taken after"
    must(asked.at >= audit.promises.undone_at, late)
    first = cues.setdefault(asked.command.cue, entry.cause)
    must(first == entry.cause, f"{asked.command.cue} was taken by {first} and {entry.cause}")


# ---- 9: scores recompute


def the_log_alone_gives_the_state(audit: Audit, state: ShowState) -> None:
    """The log, read from the disk and replayed, gives what the server believes."""
    if audit.state == state:
        return
    names = [n for n in ShowState.__slots__ if getattr(audit.state, n) != getattr(state, n)]
    must(False, f"the server and its log differ in {names}")


def the_result_recomputes(audit: Audit, folder: Path) -> None:
    """`verify` derives every place and point again from the exported record."""
    assert audit.state is not None
    rows = [
        BallotRow(number, receipt, letter)
        for number, round_ in enumerate(audit.state.rounds, 1)
        if round_.counts is not None
        for _, receipt, letter in audit.disk.ballots(number - 1)
    ]
    write_record(folder, audit.entries, rows)
    found = verify_record(folder)
    must(results_of(found, audit.entries) == results_of(audit.state, audit.entries), "results")


# ---- 10: degrade, never stop


def the_show_goes_on(audit: Audit, state: ShowState | None, hours: float) -> None:
    """Whatever failed, host and clock have led on to the champion."""
    stands = "nowhere" if state is None else f"in {state.phase} of round {state.number + 1}"
    must(state is not None and state.phase is Phase.CHAMPION, f"after {hours} h it is {stands}")


def nothing_breaks_unforeseen(audit: Audit, reports: Sequence[Any]) -> None:
    """Every failure is one that the house knows: no task of the crew dies of it."""
    must(not reports, f"{reports}")
