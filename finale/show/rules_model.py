"""What the crew may record of the finalists' models besides their drafts."""

from finale.show import commands_model as cm
from finale.show.events import Event
from finale.show.events_model import BaselineRecorded, FingerprintTaken
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.state import ShowState

_NOT_YET = (Phase.LOBBY, Phase.QUESTION, Phase.TUNING)
_OVER = "The show is over; its record is closed."


def record_baseline(
    state: ShowState, command: cm.RecordBaseline, by: str, now: float
) -> list[Event]:
    """The untuned answer, once a round, when the finalist's own drafts are done."""
    if state.phase in _NOT_YET:
        raise Refused("The untuned answer comes after tuning.")
    if state.phase is Phase.CHAMPION:
        raise Refused(_OVER)
    if command.finalist not in state.round.finalists:
        raise Refused("That finalist does not play in this round.")
    if command.finalist in state.round.baselines:
        raise Refused("The untuned answer of this round is there.")
    return [BaselineRecorded(**command.model_dump())]


def record_fingerprint(
    state: ShowState, command: cm.RecordFingerprint, by: str, now: float
) -> list[Event]:
    """Once before the first round and once in each; a fact, whatever it says."""
    if state.phase is Phase.CHAMPION:
        raise Refused(_OVER)
    if command.of_round != state.number:
        raise Refused("The show has gone on to another round.")
    if command.finalist not in state.active():
        raise Refused("That finalist does not play.")
    known = state.fingerprints.get(command.finalist, ())
    if any(of_round == state.number for of_round, _, _ in known):
        raise Refused("The fingerprint of this round is taken.")
    return [FingerprintTaken(**command.model_dump())]
