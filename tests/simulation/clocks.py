"""The clocks of tuning: one for all, and one of their own for those whose model failed."""

from simulation.audit import must

from finale.show import events as e
from finale.show import events_amend as ea
from finale.show.state import GRACE_S, ShowState
from finale.store.event_log import Logged

MOST_CREDIT_S = 30.0


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
