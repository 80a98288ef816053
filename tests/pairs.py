"""Every phase and every command: allowed, or the sentence that refuses it.

`PYTHONPATH=tests uv run python -m pairs` prints the table. Each phase is tried in real states of
its second round, a command with arguments that fit, by somebody who may give it; it is allowed if
one of those states allows it.
"""

import copy
from collections.abc import Callable
from typing import Any

from story import Story, question, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_message as cs
from finale.show import commands_model as cm
from finale.show.cues import next_cue, place_of
from finale.show.phases import Phase
from finale.show.question import Check
from finale.show.refused import Refused
from finale.show.rules_crew import ends_at
from finale.show.rundown import Calibration, Rundown
from finale.show.state import GRACE_S, ShowState
from scoring.rubric import JUDGE_RUBRIC, PANEL_RUBRIC

V, W, X = "finalist-v", "finalist-w", "finalist-x"
WHY = "A reason."


def plan(rounds: int = 3) -> Rundown:
    """Three finalists, three experts; the second question is checkable, and the answer is 3."""
    bare = rundown(3, 3, rounds)
    checked = question(2, check=Check(kind="number", expect=3))
    practice = Calibration(
        question="How many?", answer="3.", marks=dict.fromkeys(PANEL_RUBRIC.keys, 3.0), reason=WHY
    )
    questions = tuple(checked if q.id == checked.id else q for q in bare.rounds)
    return bare.model_copy(update={"rounds": questions, "calibration": practice})


def begun(rounds: int = 3) -> Story:
    """A robot sits on one chair, and something was said to the finalists."""
    story = Story(plan(rounds))
    story.ask(cs.SendMessage(to=cs.ALL_FINALISTS, text="Welcome."))
    story.ask(c.SeatRobot(seat="panel-2"))
    return story


def second(phase: Phase) -> Story:
    """The second round in that phase; the audience of the first was voided."""
    story = begun()
    story.play_round((V, W, X))
    story.ask(ca.VoidComponent(of_round=0, component="audience", reason=WHY))
    if phase in (Phase.STANDINGS, Phase.BREAK):
        if phase is Phase.BREAK:
            story.ask(c.CallBreak())
        return story
    if phase in (Phase.QUESTION, Phase.TUNING):
        story.to(phase)
        return story
    story.to_tuning()
    for seat in (V, W, X):
        story.draft(seat, "It is 3.")
    story.buzzer((V, W, X))
    if phase is not Phase.LOCKED:
        story.move_on()
        _on_from_reading(story, phase)
    return story


def _on_from_reading(story: Story, phase: Phase) -> None:
    if phase is Phase.READING:
        return
    story.to(Phase.MARKING)
    if phase is Phase.MARKING:
        return
    story.give_marks({"A": 4})
    story.to(Phase.JUDGE_REVEAL)
    if phase is not Phase.JUDGE_REVEAL:
        story.to(Phase.APPEAL)
    if phase is Phase.REVEAL:
        story.time_up()


def told(story: Story, *steps: Callable[[Story], object]) -> Story:
    """That story after more steps."""
    for step in steps:
        step(story)
    return story


def held(story: Story) -> object:
    """On hold."""
    return story.ask(c.HoldShow())


def busy(story: Story) -> object:
    """V has a draft, W has seconds on offer, X has a draft that runs."""
    story.draft(V, "It is 3.")
    story.start(W)
    story.record(W, "", "failed", times=(None, 9.0))
    return story.start(X)


def carded(story: Story) -> object:
    """Expert 1 has marked everything."""
    return [story.mark("panel-1", letter) for letter in "ABC"]


def uncounted(story: Story) -> object:
    """The vote is closed and not counted."""
    return story.ask(c.CloseGate(round=story.number, gate="vote"))


def appealed(story: Story) -> object:
    """V has appealed."""
    return story.appeal(V)


def level() -> Story:
    """One round, after which all are tied for first place."""
    story = begun(rounds=1)
    story.play_level_round()
    return story


def states() -> dict[Phase, list[Story]]:
    """Real states of every phase."""
    return {
        Phase.LOBBY: [begun(), told(begun(), held)],
        Phase.QUESTION: [second(Phase.QUESTION), told(second(Phase.QUESTION), held)],
        Phase.TUNING: [
            second(Phase.TUNING),
            told(second(Phase.TUNING), busy),
            told(second(Phase.TUNING), held),
        ],
        Phase.LOCKED: [second(Phase.LOCKED), told(second(Phase.LOCKED), held)],
        Phase.READING: [
            told(second(Phase.READING), carded, Story.next),
            told(second(Phase.READING), Story.next, held),
        ],
        Phase.MARKING: [
            told(second(Phase.MARKING), carded),
            told(second(Phase.MARKING), uncounted),
            told(second(Phase.MARKING), held),
        ],
        Phase.JUDGE_REVEAL: [second(Phase.JUDGE_REVEAL), told(second(Phase.JUDGE_REVEAL), held)],
        Phase.APPEAL: [
            second(Phase.APPEAL),
            told(second(Phase.APPEAL), held),
            told(second(Phase.APPEAL), appealed),
            told(second(Phase.APPEAL), appealed, Story.time_up, ruled),
        ],
        Phase.REVEAL: [second(Phase.REVEAL), told(second(Phase.REVEAL), held)],
        Phase.STANDINGS: [second(Phase.STANDINGS), told(second(Phase.STANDINGS), held)],
        Phase.BREAK: [second(Phase.BREAK), told(second(Phase.BREAK), held)],
        Phase.SUDDEN_DEATH: [told(level(), _announce), told(level(), _announce, held)],
        Phase.CHAMPION: [told(level(), Story.play_level_round, _crown)],
    }


def ruled(story: Story) -> object:
    """The host has ended the vote."""
    return story.ask(c.RuleAppeal(round=story.number, letter="A", reason="Two tablets are dead."))


def _announce(story: Story) -> object:
    return story.to(Phase.SUDDEN_DEATH)


def _crown(story: Story) -> object:
    return story.to(Phase.CHAMPION)


def fitting(story: Story, kind: type[Any]) -> tuple[Any, str]:
    """A command of that kind with arguments that fit the state, and who gives it."""
    state, here = story.state, max(0, story.number)
    cue = next_cue(state)
    running = state.round.running(X) if state.rounds else ()
    known = {
        "round": here,
        "of_round": of_round(state, kind),
        "cue": cue.id if cue else "none",
        "seconds": 15,
        "is_black": True,
        "gate": "vote",
        "seat": {c.SeatRobot: "panel-3", c.UnseatRobot: "panel-2"}.get(kind, V),
        "letter": "A",
        "ground": "factual error",
        "is_upheld": True,
        "finalist": {ca.DecideCredit: W, ca.DeclareRecusal: V}.get(kind, X),
        "is_granted": True,
        "component": "audience" if kind is ca.RestoreComponent else "judge",
        "reason": WHY,
        "panellist": "panel-1",
        "criterion": "efficiency",
        "mark": 1.5,
        "question": "question-51",
        "is_recused": True,
        "at": place_of(state),
        "to": cs.ALL_FINALISTS,
        "number": 1,
        "system": "",
        "temperature": 0.7,
        "top_p": 0.9,
        "draft": running[-1].number if kind is c.RecordDraft and running else 1,
        "what": what_ends(story),
        "deadline": state.deadlines.get(what_ends(story), 0.0),
        "order": tuple(range(len(state.round.finalists))) if state.rounds else (),
        "text": "It is 3.",
        "outcome": "read" if kind is c.RecordReply else "finished",
        "passes": (dict.fromkeys(JUDGE_RUBRIC.keys, 7),),
        "judge": "a judge",
        "take": 1,
        "attempt": 1,
        "is_probe": False,
        "model": "a model",
        "prompt_hash": "",
        "why": "",
        "tokens": 9,
        "ms": 100,
        "counts": {"A": 5},
        "digest": "",
    }
    values = {name: known[name] for name, field in kind.model_fields.items() if field.is_required()}
    return kind(**values), asker(kind)


def of_round(state: ShowState, kind: type[Any]) -> int:
    """A round that the command may be about."""
    rounds = {ca.ReplaceQuestion: len(state.rounds), cm.RecordFingerprint: state.number}
    return rounds.get(kind, 0)


def what_ends(story: Story) -> str:
    """The clock that ends first."""
    clocks = {name: at for name, at in story.state.deadlines.items() if name != "answer"}
    return min(clocks, key=lambda name: clocks[name], default="phase")


def asker(kind: type[Any]) -> str:
    """Somebody who may give that command."""
    if kind in c.HostCommand.__args__:
        return "host"
    if kind in c.CrewCommand.__args__:
        return "crew"
    return "panel-1" if kind in c.PanelCommand.__args__ else V


def answer(story: Story, kind: type[Any]) -> str:
    """Empty if the command is allowed in that state, else the sentence that refuses it."""
    tried = copy.copy(story)
    command, by = fitting(tried, kind)
    if kind is c.TimeUp:
        tried.now = max(tried.now, command.deadline + GRACE_S)
    if kind is c.EndTuning and tried.state.phase is Phase.TUNING:
        tried.now = max(tried.now, ends_at(tried.state))
    if kind is c.MoveOn:
        tried.wait(10)
    tried.log = list(story.log)
    try:
        tried.ask(command, by)
    except Refused as refused:
        return str(refused)
    return ""


def answers(kinds: tuple[type[Any], ...]) -> dict[tuple[Phase, str], str]:
    """Of every pair the sentence of the first state, or empty if one state allows it."""
    found = {}
    for phase, stories in states().items():
        for kind in kinds:
            said = [answer(story, kind) for story in stories]
            found[phase, kind.__name__] = "" if "" in said else said[0]
    return found


if __name__ == "__main__":
    from finale.show.rules import known_commands

    for (phase, name), said in answers(known_commands()).items():
        print(f"{phase:13} {name:17} {said or 'allowed'}")  # noqa: T201
