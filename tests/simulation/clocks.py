"""The clocks of tuning: one for all, and one of their own for those whose model failed."""

from collections.abc import Iterable, Sequence

from simulation.audit import Audit, must

from finale.show import events as e
from finale.show import events_amend as ea
from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.state import GRACE_S, ShowState
from finale.store.event_log import Logged

MOST_CREDIT_S = 30.0
A_MOMENT_S = 0.01
"""From a model's failure to the report of it nothing has to be waited for."""


def own_zero(state: ShowState, seat: str) -> float:
    """0:00 of that finalist, as the log says it: what was offered and not declined is given."""
    credit = state.round.credits.get(seat)
    more = 0.0 if credit is None else credit.granted + credit.pending
    must(0 <= more <= MOST_CREDIT_S + 1e-6, f"{seat} has {more} s more than the others")
    return state.deadlines["phase"] + more


def each_plays_by_the_own_clock(state: ShowState, entry: Logged) -> None:
    """Nobody acts after the own 0:00, or after it was taken; nobody is taken before."""
    event, round_ = entry.event, state.round
    if isinstance(event, e.DraftStarted | e.DraftPinned | e.Submitted):
        seat, by_hand = event.finalist, not isinstance(event, e.Submitted)
        is_asked = by_hand or getattr(event, "how", "") == "submitted"
        must(seat in round_.finalists, f"{seat} plays a round of {round_.finalists}")
        must(seat not in round_.submissions, f"{event.kind} of {seat}, whose answer stands")
        late = entry.at - own_zero(state, seat)
        grace = 0.0 if isinstance(event, e.DraftStarted) else GRACE_S
        if is_asked:
            must(late <= grace, f"{event.kind} of {seat} came {late} s late")
        else:
            must(late >= GRACE_S, f"the answer of {seat} was taken {-late} s before 0:00")
    if isinstance(event, e.LettersDrawn | ea.BuzzerSounded):
        _ends_in_time(state, entry)


def _ends_in_time(state: ShowState, entry: Logged) -> None:
    left = [seat for seat in state.round.finalists if seat not in state.round.submissions]
    if isinstance(entry.event, e.LettersDrawn):
        must(not left, f"the letters are drawn, and {left} still play")
        return
    at = state.deadlines["phase"] + GRACE_S
    must(entry.at >= at, f"the buzzer sounded {at - entry.at} s early")
    over = [seat for seat in left if own_zero(state, seat) + GRACE_S <= entry.at]
    must(not over, f"the buzzer sounded, and nothing was taken of {over}")


def no_more_is_credited_than_was_lost(audit: Audit, entry: Logged) -> None:
    """What a finalist has more is what the own model cost in this tuning, holds not counted."""
    event = entry.event
    if not isinstance(event, ea.CreditOffered | ea.CreditDecided):
        return
    credit = evolve(audit.state, event).round.credits[event.finalist]
    more = credit.granted + credit.pending
    lost = _lost(audit, event.finalist)
    text = f"{event.finalist} has {more:.3f} s more, the own model cost {lost:.3f} s"
    must(more <= lost + A_MOMENT_S, text)
    all_ = f"{credit.offered} s were offered to {event.finalist} in one round"
    must(credit.offered <= MOST_CREDIT_S + 1e-6, all_)


def _lost(audit: Audit, seat: str) -> float:
    """Seconds that the own model cost since tuning began; a hold took nothing from anybody."""
    began = max(x.at for x in audit.entries if _is_tuning(x.event))
    holds = list(_holds(audit.entries))
    spans = [span for span in audit.promises.losses.get(seat, ()) if span[0] >= began - A_MOMENT_S]
    return sum(b - a - sum(_overlap((a, b), hold) for hold in holds) for a, b in spans)


def _is_tuning(event: object) -> bool:
    return isinstance(event, e.PhaseEntered) and event.phase is Phase.TUNING


def _holds(entries: Sequence[Logged]) -> Iterable[tuple[float, float]]:
    since = None
    for entry in entries:
        if isinstance(entry.event, e.HoldSet):
            since = entry.event.at
        elif since is not None and isinstance(entry.event, e.HoldLifted):
            yield since, entry.at
            since = None
    if since is not None:
        yield since, float("inf")


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))
