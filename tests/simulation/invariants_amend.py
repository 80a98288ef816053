"""What must hold when something is put right: who may, until when, and what it may not touch."""

from dataclasses import replace

from simulation.audit import Audit, must
from simulation.pages import Page

from finale.show import events as e
from finale.show import events_amend as ea
from finale.show import events_message as es
from finale.show.commands import CallCue
from finale.show.cues import REVEAL_PARTS
from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.result import score_of, standings_of, withdrawn_of
from finale.show.state import RoundState, ShowState
from finale.store.event_log import Logged
from scoring.blend import COMPONENTS

OF_THE_HOST = (
    ea.CreditDecided,
    ea.ComponentVoided,
    ea.ComponentRestored,
    ea.MarkCorrected,
    ea.FinalistWithdrawn,
    ea.PanellistWithdrawn,
    ea.QuestionReplaced,
    ea.RecusalDeclared,
    ea.SeatHanded,
    ea.AppealOffered,
    ea.CueUndone,
    es.MessageSent,
    es.MessageCleared,
)
OF_THE_CREW = (ea.CreditOffered, ea.BuzzerSounded, e.LettersDrawn, e.BallotsForgotten)
RESULT = (ea.ComponentVoided, ea.ComponentRestored, ea.MarkCorrected)
SAID = (es.MessageSent, es.MessageCleared, es.MessageDismissed)
AFTER_THE_END = (
    *(e.StageBlacked, e.RobotSeated, e.RobotUnseated, ea.SeatHanded, e.BallotsForgotten),
    *SAID,
)
DEEDS = (
    *(e.RoundStarted, e.StepTaken, e.DraftStarted, e.DraftPinned, e.Submitted, e.LettersDrawn),
    *(e.GateOpened, e.GateClosed, e.ScorecardMarked, e.AppealBacked, e.AppealVoted, e.AppealRuled),
)
"""What somebody did, or what showed the hall something new."""


def only_who_may_puts_right(audit: Audit, entry: Logged) -> None:
    """What is put right was asked for by the host, with a reason; a clock's end by the crew."""
    event = entry.event
    must(not isinstance(event, OF_THE_HOST) or entry.by == "host", f"{entry.by}: {event.kind}")
    must(not isinstance(event, OF_THE_CREW) or entry.by == "crew", f"{entry.by}: {event.kind}")
    must(bool(getattr(event, "reason", "-").strip()) or not _needs_why(entry), "no reason")
    gone = {} if audit.state is None else audit.state.withdrawn_panel
    must(entry.by not in gone, f"{entry.by} has left, and caused {event.kind}")


def _needs_why(entry: Logged) -> bool:
    return isinstance(entry.event, OF_THE_HOST)


def a_shown_result_stands(audit: Audit, entry: Logged) -> None:
    """No result changes while its names are called, nor at all once a champion is crowned."""
    event, state = entry.event, audit.state
    if state is None:
        return
    if state.phase is Phase.CHAMPION:
        must(isinstance(event, AFTER_THE_END), f"{event.kind} after the champion")
    if isinstance(event, RESULT):
        must(state.phase is not Phase.SUDDEN_DEATH, f"{event.kind} under sudden death")
        is_naming = state.phase is Phase.REVEAL and state.step > len(REVEAL_PARTS)
        must(event.round != state.number or not is_naming, f"{event.kind} between two names")


def sudden_death_keeps_its_ground(audit: Audit, entry: Logged) -> None:
    """From its announcement on, what happens changes no score of the rounds that led to it."""
    before = audit.state
    if before is None or not before.rounds:
        return
    is_played = before.round.is_sudden_death and before.phase is not Phase.SUDDEN_DEATH
    if not is_played and before.phase is not Phase.SUDDEN_DEATH:
        return
    settings, after = before.rundown.settings, evolve(before, entry.event)
    earlier = before.rounds[:-1] if is_played else before.rounds
    for number, (was, is_) in enumerate(zip(earlier, after.rounds, strict=False), 1):
        if was is not is_:
            text = f"{entry.event.kind} changes round {number} under sudden death"
            must(score_of(was, settings) == score_of(is_, settings), text)


def an_old_button_starts_no_new_question(audit: Audit, entry: Logged) -> None:
    """A press on Next that was made before the question on screen was replaced does nothing."""
    event, state, promises = entry.event, audit.state, audit.promises
    if isinstance(event, ea.QuestionReplaced) and state is not None:
        is_on_screen = state.phase is Phase.QUESTION and event.of_round == state.number
        promises.replaced_at = entry.at if is_on_screen else promises.replaced_at
    asked = promises.asked.get((entry.by, entry.cause))
    if asked is not None and isinstance(asked.command, CallCue):
        text = f"{asked.command.cue} was pressed before the question was replaced, and taken after"
        must(asked.at >= promises.replaced_at, text)


def only_the_newest_device_comes_in(audit: Audit, page: Page, is_let_in: bool) -> None:
    """A page whose chair was handed to another device is refused, and that device is not."""
    turn = audit.promises.turns.get(page.seat, 0)
    told = "was let in" if is_let_in else "was refused"
    text = f"{page.seat}: the page of device {page.turn} {told}, device {turn} sits there"
    must(is_let_in == (page.turn == turn), text)


def an_undo_takes_nothing_back(audit: Audit, entry: Logged) -> None:
    """Since the phase that is undone began, the log has nothing that anybody did or saw."""
    if not isinstance(entry.event, ea.CueUndone) or audit.state is None:
        return
    began = max(n for n, x in enumerate(audit.entries) if isinstance(x.event, e.PhaseEntered))
    seen = [x.event.kind for x in audit.entries[began + 1 :] if isinstance(x.event, DEEDS)]
    must(not seen, f"{audit.state.phase} was undone after {seen}")


def whoever_left_is_waited_for_no_more(audit: Audit, state: ShowState) -> None:
    """Who has withdrawn holds no place and plays no later round."""
    placed = [standing.finalist for standing in standings_of(state)]
    gone = [standing.finalist for standing in withdrawn_of(state)]
    must(sorted(placed) == sorted(state.active()), f"{placed} hold places")
    must(sorted(gone) == sorted(state.withdrawn), f"{gone} are listed as withdrawn")
    for entry in audit.entries:
        if isinstance(entry.event, ea.FinalistWithdrawn):
            later = state.rounds[entry.event.from_round :]
            played = any(entry.event.finalist in round_.finalists for round_ in later)
            must(not played, f"{entry.event.finalist} has left and plays on")


def what_does_not_count_counts_for_nothing(audit: Audit, state: ShowState) -> None:
    """A void jury weighs nothing, the others its share; a recused card moves no score."""
    settings = state.rundown.settings
    for round_ in state.rounds:
        score = score_of(round_, settings)
        for finalist, of in score.scores.items():
            weights = {jury: of.parts[jury].weight for jury in COMPONENTS}
            text = f"{finalist}: {weights}, void {sorted(round_.voided)}"
            must(not any(weights[jury] for jury in round_.voided), text)
            total = sum(weights.values())
            must(abs(total - 1) < 1e-9 or (score.is_void and total == 0), text)
        must(score_of(_without_recused(round_), settings) == score, "a recused card counts")


def _without_recused(round_: RoundState) -> RoundState:
    out = {(who, round_.letter_of(seat)) for who, seat in round_.left_out}
    changed = {
        key: dict.fromkeys(marks, 1.0) if key in out else marks
        for key, marks in round_.cards.items()
    }
    return replace(round_, cards=changed)


def forgotten_ballots_are_gone(audit: Audit, before: ShowState) -> None:
    """Who voted for what is forgotten; how many did, and every place, stays."""
    state = audit.state
    assert state is not None
    rows = [row for number in range(len(state.rounds)) for row in audit.disk.ballots(number)]
    must(not rows or all(r.counts is None for r in state.rounds), f"{len(rows)} are still there")
    must(standings_of(state) == standings_of(before), "the places have changed")
    counts = [(r.counts, r.digest) for r in state.rounds]
    must(counts == [(r.counts, r.digest) for r in before.rounds], "the counts have changed")
    must(all(r.is_forgotten for r in state.rounds if r.counts is not None), "some are not marked")


OF_EVERY_ENTRY = (
    only_who_may_puts_right,
    a_shown_result_stands,
    sudden_death_keeps_its_ground,
    an_old_button_starts_no_new_question,
    an_undo_takes_nothing_back,
)
"""What must hold of each entry of the log, in the order in which it is looked at."""
