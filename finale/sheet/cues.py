"""The cues of a round in order, from the table of moves and the desk's own steps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from finale.show.commands import Gate
from finale.show.cues import next_cue
from finale.show.phases import MOVES, Move, Mover, Phase
from finale.show.rundown import LETTERS, Rundown, Seconds
from finale.show.state import Draft, Opinion, RoundState, ShowState, Submission
from scoring.rubric import JUDGE_RUBRIC

_ROUND = (
    *(Phase.QUESTION, Phase.TUNING, Phase.LOCKED, Phase.READING, Phase.MARKING),
    *(Phase.JUDGE_REVEAL, Phase.APPEAL, Phase.REVEAL),
)

NOTES = {
    Phase.LOBBY: "Phones join, consoles and tablets check in.",
    Phase.QUESTION: "On all screens, consoles locked.",
    Phase.TUNING: "Finalists edit, run, pin and submit.",
    Phase.LOCKED: "Letters drawn, judge begins.",
    Phase.READING: "Read each aloud as it opens.",
    Phase.MARKING: "Phones vote, experts mark.",
    Phase.JUDGE_REVEAL: "By letter; nobody knows whose.",
    Phase.APPEAL: "Finalists, or two experts.",
    Phase.REVEAL: "In these steps:",
    Phase.STANDINGS: "The table after this round.",
    Phase.BREAK: "A slate; nothing runs.",
    Phase.SUDDEN_DEATH: "For those tied for first place.",
    Phase.CHAMPION: "The end. The result is locked.",
}
"""What is on when a phase has been entered, in a few words for the caller of the show."""


@dataclass(frozen=True, slots=True)
class CueRow:
    """One line of the cue list: what the desk's button says, who does it, and what follows."""

    label: str
    movers: tuple[Mover, ...]
    seconds: str = ""
    note: str = ""


def round_cues(rundown: Rundown) -> tuple[CueRow, ...]:
    """From the question to the standings, as the desk will name each step."""
    return tuple(_first(rundown)) + tuple(
        row
        for phase in _ROUND
        for row in (*_steps(_specimen(rundown, phase)), *_moves(rundown, phase))
    )


def after_cues() -> tuple[CueRow, ...]:
    """What may follow the standings."""
    rows = [move for move in MOVES if move.source in (Phase.STANDINGS, Phase.SUDDEN_DEATH)]
    return tuple(
        CueRow(_label(move), move.by, note=NOTES[move.target])
        for move in rows
        if move.label != "Show question {round}"
    )


def _first(rundown: Rundown) -> Iterator[CueRow]:
    start = next(move for move in MOVES if move.source is Phase.LOBBY)
    yield _row(rundown, start)


def _moves(rundown: Rundown, phase: Phase) -> Iterator[CueRow]:
    for move in MOVES:
        # A void round is no part of the plan; the list of faults has it.
        if move.source is phase and move.guard != "no_answers":
            yield _row(rundown, move)


def _row(rundown: Rundown, move: Move) -> CueRow:
    seconds = _seconds(rundown.settings.seconds, move.target, bool(rundown.panel))
    return CueRow(_label(move), move.by, seconds, NOTES[move.target])


def _label(move: Move) -> str:
    return move.label.replace(" {round}", "")


def _seconds(seconds: Seconds, phase: Phase, has_panel: bool) -> str:
    if phase is Phase.MARKING:
        return f"{seconds.vote} / {seconds.marks} s" if has_panel else f"{seconds.vote} s"
    if phase is Phase.READING:
        return f"{seconds.reading} s each"
    return f"{getattr(seconds, phase)} s" if hasattr(seconds, phase) else ""


def _steps(state: ShowState) -> Iterator[CueRow]:
    """The desk's steps within the phase, in which no move is made."""
    while (cue := next_cue(state)) is not None and cue.target is None:
        yield CueRow(cue.label, cue.by)
        state = _done(state, cue.id)


def _done(state: ShowState, cue: str) -> ShowState:
    if state.phase is not Phase.MARKING:
        return replace(state, step=state.step + 1)
    gate: Gate = "vote" if cue.endswith("close-vote") else "marks"
    round_ = replace(state.round, gates={**state.round.gates, gate: False})
    return replace(state, rounds=(round_,))


def _specimen(rundown: Rundown, phase: Phase) -> ShowState:
    """A round in which everybody has answered, and no two answers are marked alike."""
    seats = tuple(finalist.id for finalist in rundown.finalists)
    letters = dict(zip(LETTERS, seats, strict=False))
    draft = Draft(1, "", 0.0, 1.0, outcome="finished")
    marks = {letter: 10 - place for place, letter in enumerate(letters)}
    is_marking = phase is Phase.MARKING
    round_ = RoundState(
        rundown.rounds[0],
        seats,
        drafts=dict.fromkeys(seats, (draft,)),
        submissions=dict.fromkeys(seats, Submission(1, "submitted")),
        letters=letters,
        gates={"vote": is_marking, "marks": is_marking and bool(rundown.panel)},
        counts={},
        opinions={
            letter: Opinion((dict.fromkeys(JUDGE_RUBRIC.keys, mark),), "", rundown.judge)
            for letter, mark in marks.items()
        },
    )
    return ShowState(rundown, phase=phase, rounds=(round_,))


def planned_s(rundown: Rundown) -> int:
    """Seconds of one round if everything runs its time, without applause or talk."""
    seconds = rundown.settings.seconds
    marking = max(seconds.vote, seconds.marks if rundown.panel else 0)
    reading = seconds.reading * len(rundown.finalists)
    timed = seconds.question + seconds.tuning + seconds.locked + reading + marking
    return timed + seconds.appeal
