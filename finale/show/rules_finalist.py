"""What a finalist may do, and the buzzer rule."""

import math

from finale.show import commands as c
from finale.show import events as e
from finale.show.phases import Phase
from finale.show.prompt_rules import check_prompt
from finale.show.question import Question
from finale.show.refused import Refused
from finale.show.state import GRACE_S, Draft, RoundState, ShowState, Submission


def start_draft(state: ShowState, command: c.StartDraft, by: str, now: float) -> list[e.Event]:
    """Ask the finalist's own model."""
    _check_may_play(state, by, now, grace=0.0)
    running, most = len(state.round.running(by)), state.rundown.settings.drafts_at_once
    if running >= most:
        raise Refused(
            "A draft is still running. Cancel it first, or wait for it."
            if most == 1
            else f"{running} drafts are still running. Cancel one first, or wait for it."
        )
    check_prompt(state, by, command.system)
    check_settings(command.temperature, command.top_p)
    return [
        e.DraftStarted(
            round=state.number,
            finalist=by,
            draft=len(state.round.drafts.get(by, ())) + 1,
            system=command.system,
            temperature=command.temperature,
            top_p=command.top_p,
        )
    ]


def practice_of(state: ShowState, seat: str) -> Question | None:
    """The question that the finalist may try the console on now; None if there is none."""
    if state.phase is not Phase.LOBBY or seat in state.withdrawn:
        return None
    return state.rundown.practice


def check_settings(temperature: float, top_p: float) -> None:
    """Refuse settings that no model is asked with, in a draft or in practice."""
    if not (math.isfinite(temperature) and 0 <= temperature <= 2):
        raise Refused("Temperature must be between 0 and 2.")
    if not (math.isfinite(top_p) and 0 < top_p <= 1):
        raise Refused("top_p must be above 0 and at most 1.")


def pin_draft(state: ShowState, command: c.PinDraft, by: str, now: float) -> list[e.Event]:
    """Keep a finished draft for the buzzer; may be moved until then."""
    _check_may_play(state, by, now, grace=GRACE_S)
    _check_finished(state.round, by, command.draft)
    if state.round.pins.get(by) == command.draft:
        raise Refused(f"Draft {command.draft} is pinned already.")
    return [e.DraftPinned(round=state.number, finalist=by, draft=command.draft)]


def submit(state: ShowState, command: c.Submit, by: str, now: float) -> list[e.Event]:
    """Stand by a finished draft; final."""
    _check_may_play(state, by, now, grace=GRACE_S)
    _check_finished(state.round, by, command.draft)
    return [
        e.Submitted(round=state.number, finalist=by, draft=command.draft, how="submitted"),
    ]


def _check_may_play(state: ShowState, by: str, now: float, grace: float) -> None:
    if not state.rounds:
        raise Refused("The show has not begun.")
    if by in state.withdrawn and by not in state.round.finalists:
        raise Refused("You have been withdrawn from the show.")
    if by not in state.round.finalists:
        raise Refused("This round is played by the tied finalists alone.")
    submission = state.round.submissions.get(by)
    if submission is not None and submission.how == "submitted":
        raise Refused(f"You have submitted draft {submission.draft}. That is final.")
    if state.phase is Phase.QUESTION:
        raise Refused("Tuning has not begun. The consoles open when the clock starts.")
    if state.phase is not Phase.TUNING:
        raise Refused("Tuning is over. What counts is what was submitted or pinned at 0:00.")
    if submission is not None:
        raise Refused("Your clock is over. What counts is what was pinned or finished at 0:00.")
    if state.is_held:
        raise Refused("The show is on hold. Wait for the host.")
    deadline = state.closes_at(by)
    if now > deadline + grace:
        late_ms = math.ceil((now - deadline) * 1000)
        raise Refused(f"Too late: {late_ms:,} ms after 0:00. The server’s clock decides.")


def _check_finished(round_: RoundState, by: str, number: int) -> None:
    draft = round_.draft(by, number)
    if draft is None:
        raise Refused(f"There is no draft {number}.")
    if draft.outcome is None:
        raise Refused(f"Draft {number} is still running.")
    if draft.outcome != "finished":
        raise Refused(f"Draft {number} was not finished ({draft.outcome}).")


def by_end(drafts: tuple[Draft, ...]) -> list[Draft]:
    """The drafts in the order in which they ended; those that run are first."""
    return sorted(drafts, key=lambda draft: draft.ended)


def at_buzzer(round_: RoundState, finalist: str) -> Submission:
    """What 0:00 takes: submitted, else pinned, else last finished, else the running one's text."""
    if finalist in round_.submissions:
        return round_.submissions[finalist]
    if finalist in round_.pins:
        return Submission(round_.pins[finalist], "pinned")
    drafts = round_.drafts.get(finalist, ())
    # Side by side, the one that finished last is not always the one that began last.
    finished = [d for d in by_end(drafts) if d.outcome == "finished"]
    if finished:
        return Submission(finished[-1].number, "last finished")
    cut = [draft for draft in drafts if draft.outcome in ("cut", None) and draft.text.strip()]
    return Submission(cut[-1].number, "running") if cut else Submission(0, "none")
