"""What goes wrong and what to do about it: one line and one recommended action each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from finale.show.phases import Phase
from finale.show.progress import has_both_gates_closed
from finale.show.result import contradictions, score_of
from finale.show.rules_judge import JUDGING
from finale.show.state import Draft, RoundState, ShowState
from finale.show.suspicion import pleas, quoted
from finale.show.views.common import Hall
from scoring.blend import Component


@dataclass(frozen=True, slots=True)
class Fault:
    """One line for the host's screen and the one action that is recommended."""

    line: str
    action: str


def faults(state: ShowState, hall: Hall) -> tuple[Fault, ...]:
    """Every fault that stands now, the worst first."""
    return tuple(fault for found in _FOUND for fault in found(state, hall))


STAGE = "stage"
"""The seat of the projector’s page."""


def _store(state: ShowState, hall: Hall) -> Iterator[Fault]:
    if hall.trouble:
        yield Fault(hall.trouble, "Press the button again when that is done; the show waits.")


def _dropped(state: ShowState, hall: Hall) -> Iterator[Fault]:
    if state.phase is Phase.LOBBY and state.dropped:
        yield Fault(
            f"The show file changed, and this no longer fits it: {'; '.join(state.dropped)}.",
            "Put it right anew if it still holds; this line goes with the first question.",
        )


def _credits(state: ShowState, hall: Hall) -> Iterator[Fault]:
    if state.phase is not Phase.TUNING:
        return
    for seat, credit in state.round.credits.items():
        if credit.pending and seat in state.at_work():
            name = state.rundown.finalist(seat).name
            yield Fault(
                f"{name}’s model failed and cost {credit.pending:.0f} s.",
                "Grant or decline; undecided at 0:00, they are given.",
            )


def _drafts(state: ShowState, hall: Hall) -> Iterator[Fault]:
    if state.phase is not Phase.TUNING:
        return
    for seat in state.at_work():
        drafts = state.round.drafts.get(seat, ())
        if drafts and drafts[-1].outcome == "failed":
            name = state.rundown.finalist(seat).name
            yield Fault(f"{name}: {drafts[-1].reason}", "Ask them to generate again.")


def _pleas(state: ShowState, hall: Hall) -> Iterator[Fault]:
    """A prompt or an answer that speaks to the judge; by name, so only while no letter is drawn."""
    if state.phase is not Phase.TUNING:
        return
    for seat in state.round.finalists:
        name = state.rundown.finalist(seat).name
        for draft in _going_in(state.round, seat):
            found = (("prompt", pleas(draft.system)), ("answer", pleas(draft.text)))
            said = next(((what, parts[0]) for what, parts in found if parts), None)
            if said is not None and seat not in state.withdrawn:
                what, part = said
                yield Fault(
                    f"{name}’s {what} speaks to the judge, draft {draft.number}: {quoted(part)}",
                    "Let it stand, or ask them to leave it out; the judge is told to look past it.",
                )
                break


def _going_in(round_: RoundState, seat: str) -> tuple[Draft, ...]:
    """The submitted draft; before that the newest and the pinned one."""
    submission = round_.submissions.get(seat)
    drafts = round_.drafts.get(seat, ())
    if submission is not None:
        return tuple(draft for draft in drafts if draft.number == submission.draft)
    wanted = {len(drafts), round_.pins.get(seat)}
    return tuple(draft for draft in reversed(drafts) if draft.number in wanted)


def _swapped(state: ShowState, hall: Hall) -> Iterator[Fault]:
    """A finalist's endpoint that no longer runs what it ran when the line-up was sealed."""
    for seat, taken in state.fingerprints.items():
        (_, before, _), (_, model, _) = taken[0], taken[-1]
        # An endpoint that could not tell more than its name has not changed by that.
        digests = [digest for _, _, digest in taken if digest] or [""]
        if (before, digests[0]) != (model, digests[-1]) and seat in state.active():
            change = "its set-up" if before == model else f"{before} is now {model}"
            name = state.rundown.finalist(seat).name
            yield Fault(
                f"{name}’s endpoint has changed since the line-up was sealed: {change}.",
                "Ask them before the next round; both are in the record.",
            )


def _overtime(state: ShowState, hall: Hall) -> Iterator[Fault]:
    if state.phase is Phase.TUNING and state.round.at_buzzer is not None:
        names = " and ".join(state.rundown.finalist(seat).name for seat in state.at_work())
        yield Fault(
            f"0:00 for all but {names}: a credited clock runs on.",
            "Talk on and name nobody; the hall sees every console locked.",
        )


def _judge(state: ShowState, hall: Hall) -> Iterator[Fault]:
    if not state.rounds or not state.round.missed or state.phase is Phase.CHAMPION:
        return
    letters = ", ".join(sorted(state.round.missed))
    is_void = 2 * len(state.round.missed) > len(state.round.letters)
    then = (
        "the judge does not count in this round, its weight goes to the others."
        if is_void
        else "an unmarked answer takes its own panel points."
    )
    way = "Ask again, or go on" if state.phase in JUDGING else "Go on"
    yield Fault(f"The judge could not mark answer {letters}.", f"{way}: {then}")


def _flags(state: ShowState, hall: Hall) -> Iterator[Fault]:
    """Before any mark is shown there is time to ask again without choosing what pleases."""
    if state.phase not in (*JUDGING, Phase.JUDGE_REVEAL, Phase.APPEAL):
        return
    flagged = [letter for letter, of in state.round.opinions.items() if of.flags]
    if flagged:
        yield Fault(
            f"The judge’s mark of answer {', '.join(sorted(flagged))} is flagged.",
            "Read why below; the mark stands unless an appeal is upheld."
            if has_both_gates_closed(state)
            else "Ask again before vote and marks are closed, or let it stand.",
        )


def _contradictions(state: ShowState, hall: Hall) -> Iterator[Fault]:
    if state.phase not in (Phase.JUDGE_REVEAL, Phase.APPEAL):
        return
    if state.phase is Phase.APPEAL and "phase" not in state.deadlines:
        return
    filed = {appeal.letter for appeal in state.round.appeals if appeal.is_filed}
    for letter, is_right in contradictions(state.round).items():
        if is_right and letter not in filed | state.round.offered:
            yield Fault(
                f"The check calls answer {letter} right, the judge marked it low.",
                f"Offer the appeal on {letter} now.",
            )
        if not is_right:
            yield Fault(
                f"The check calls answer {letter} wrong, the judge marked it high.",
                "Say so if asked; an appeal can only lift a mark.",
            )


_AGAIN: dict[Component, str] = {
    "audience": "Open the vote again and call for ballots, or go on: it does not count.",
    "panel": "Open the marks again, or go on: the experts do not count in this round.",
}


def _voids(state: ShowState, hall: Hall) -> Iterator[Fault]:
    if state.phase is not Phase.MARKING:
        return
    round_ = state.round
    voids = score_of(round_, state.rundown.settings).void
    if round_.counts is not None and "audience" in voids and "audience" not in round_.voided:
        yield Fault(f"The audience is void: {voids['audience']}.", _again(state, "audience"))
    if round_.is_closed("marks") and "panel" in voids and "panel" not in round_.voided:
        yield Fault(f"The experts are void: {voids['panel']}.", _again(state, "panel"))


def _again(state: ShowState, component: Component) -> str:
    if has_both_gates_closed(state):
        return "Go on: it does not count in this round; both gates are closed for good."
    return _AGAIN[component]


def _appeal(state: ShowState, hall: Hall) -> Iterator[Fault]:
    appeal = state.open_appeal()
    if appeal is not None and "phase" not in state.deadlines:
        experts = state.experts()
        missing = len(set(experts) - set(appeal.votes))
        yield Fault(
            f"{missing} of {len(experts)} experts have not voted on {appeal.letter}.",
            "Ask for the votes, or rule with those there are.",
        )


def _seats(state: ShowState, hall: Hall) -> Iterator[Fault]:
    if state.phase is Phase.CHAMPION:
        return
    if STAGE in hall.lost:
        yield Fault(
            "The stage’s page is gone: nobody can say what the projector shows.",
            "Open the stage’s link on the projector’s machine again.",
        )
    here = hall.seats | state.robots
    finalists = [state.rundown.finalist(seat).name for seat in state.active() if seat not in here]
    experts = [p for p in state.rundown.panel if p.id in state.experts()]
    away = [panellist.name for panellist in experts if panellist.id not in here]
    help_ = "Help them open their link, or seat a robot."
    if finalists:
        yield Fault(f"Not connected: {', '.join(finalists)}.", help_)
    if away:
        who = f"all {len(experts)}" if len(away) == len(experts) > 1 else ", ".join(away)
        yield Fault(f"Experts not connected: {who}.", help_)


_FOUND: tuple[Callable[[ShowState, Hall], Iterator[Fault]], ...] = (
    _store,
    _dropped,
    _credits,
    _overtime,
    _contradictions,
    _voids,
    _judge,
    _flags,
    _drafts,
    _swapped,
    _appeal,
    _seats,
    _pleas,
)
