"""A robot host: calls the next cue when everybody is ready."""

from finale.clock import Clock
from finale.show.commands import CallCue, MoveDeadline
from finale.show.commands_amend import DecideCredit
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.progress import missing_cards
from finale.show.refused import Refused
from finale.show.state import ShowState
from finale.showrunner import Showrunner

PAUSE_S = 1.5
LOOK_EVERY_S = 0.4
CLOSE_CALL_S = 16.0
HOPELESS = 2
"""So many failures and nothing else, and a finalist's model counts as dead."""


class RobotHost:
    """Plays from the doors to the champion; waits for the phones to join and to vote."""

    def __init__(self, showrunner: Showrunner, clock: Clock) -> None:
        """Nothing is called before `play`."""
        self._showrunner = showrunner
        self._clock = clock
        self._has_phones = False
        self._voted: set[int] = set()

    def phones_in(self) -> None:
        """Every phone has joined; one that joins while a vote is open waits for the next."""
        self._has_phones = True

    def phones_done(self, round_: int) -> None:
        """Every phone's ballot of that round, counted from 0, has been acknowledged."""
        self._voted.add(round_)

    async def play(self) -> None:
        """Call every cue until the champion is crowned."""
        while self._showrunner.state.phase is not Phase.CHAMPION:
            await self._clock.sleep(LOOK_EVERY_S)
            try:
                await self._look(self._showrunner.state)
            except Refused:
                # The clock took that step itself.
                continue

    async def _look(self, state: ShowState) -> None:
        for seat in _offered(state):
            grant = DecideCredit(round=state.number, finalist=seat, is_granted=True)
            await self._showrunner.do(grant, "host")
        if self._is_close_call(state):
            await self._showrunner.do(MoveDeadline(seconds=15), "host")
        cue = next_cue(state)
        if cue is None or "host" not in cue.by or cue.waits_for or not self._is_ready(state):
            return
        await self._clock.sleep(PAUSE_S)
        if next_cue(self._showrunner.state) == cue:
            await self._showrunner.do(CallCue(cue=cue.id), "host")

    def _is_ready(self, state: ShowState) -> bool:
        if state.phase is not Phase.MARKING:
            return self._has_phones
        if state.round.is_open("vote"):
            return state.number in self._voted
        return not missing_cards(state)

    def _is_close_call(self, state: ShowState) -> bool:
        """Whether a clock is about to cut off somebody who is still at work.

        Nobody waits for those whose models do nothing but fail.
        """
        if state.phase is Phase.TUNING and not any(
            _is_getting_on(state, s) for s in state.at_work()
        ):
            return False
        waits = {
            Phase.TUNING: ("phase",),
            Phase.MARKING: ("vote", "marks"),
        }.get(state.phase, ())
        nearest = min((state.deadlines[w] for w in waits if w in state.deadlines), default=None)
        return nearest is not None and nearest - self._clock.now() < CLOSE_CALL_S


def _offered(state: ShowState) -> list[str]:
    """The finalists whose lost seconds are not decided on."""
    if state.phase is not Phase.TUNING:
        return []
    known = state.round.credits
    return [seat for seat in state.at_work() if seat in known and known[seat].pending]


def _is_getting_on(state: ShowState, seat: str) -> bool:
    """Whether the finalist's model has not failed as often as it was asked."""
    ended = [draft.outcome for draft in state.round.drafts.get(seat, ()) if draft.outcome]
    return len(ended) < HOPELESS or set(ended) != {"failed"}
