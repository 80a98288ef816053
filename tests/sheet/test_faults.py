"""What the sheet says of a fault is what the desk says of it."""

from collections.abc import Iterator
from dataclasses import replace

from story import Story, question, rundown

from finale.sheet.faults import ON_THE_DESK
from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.question import Check
from finale.show.views.common import Hall
from finale.show.views.faults import Fault, faults
from scoring.rubric import JUDGE_RUBRIC

V, W, X = "finalist-v", "finalist-w", "finalist-x"
HERE = Hall(seats=frozenset({V, W, X, "panel-1", "panel-2", "panel-3"}))


def trio() -> Story:
    """Three finalists, three experts, a question with a check."""
    checked = question(1, check=Check(kind="number", expect=7))
    plan = rundown(finalists=3, panel=3, rounds=1)
    return Story(plan.model_copy(update={"rounds": (checked,)}))


def desk_faults() -> Iterator[Fault]:
    """Every kind of fault that a desk can show, from shows that have it."""
    story = trio()
    yield from faults(story.state, Hall(lost=frozenset({"stage"})))
    yield from faults(story.state, Hall(trouble="The show's database cannot be written (full)."))
    dropped = replace(story.state, dropped=("the withdrawal of somebody",))
    yield from faults(dropped, HERE)
    story.to_tuning()
    story.start(V)
    story.record(V, "", "failed", times=(None, 8.4))
    yield from faults(story.state, HERE)
    story.time_up()
    yield from faults(story.state, HERE)
    yield from _of_marking()
    yield from _of_appeal()
    yield from _of_flags()


def _of_marking() -> Iterator[Fault]:
    story = trio()
    story.to_marking()
    story.ask(c.MissVerdict(round=0, letter="B", reason="No answer."), "crew")
    yield from faults(story.state, HERE)
    story.ask(c.MissVerdict(round=0, letter="C", reason="No answer."), "crew")
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    yield from faults(story.state, HERE)
    story.ask(c.OpenGate(round=story.number, gate="marks"))
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 1})
    yield from faults(story.state, HERE)
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    yield from faults(story.state, HERE)


def _of_appeal() -> Iterator[Fault]:
    story = trio()
    story.to_reading((V, W, X), {V: "It is 7.", W: "It is 8.", X: "It is 7."})
    story.to(Phase.MARKING)
    story.give_marks({"A": 4, "B": 7, "C": 5})
    story.to(Phase.APPEAL)
    yield from faults(story.state, HERE)
    story.appeal(W)
    story.time_up()
    yield from faults(story.state, HERE)


def _of_flags() -> Iterator[Fault]:
    story = trio()
    story.to_marking()
    marks = dict.fromkeys(JUDGE_RUBRIC.keys, 7)
    flagged = c.RecordVerdict(
        round=0, letter="A", passes=(marks,), reason="So.", judge="j", flags=("Odd.",)
    )
    story.ask(flagged, "crew")
    yield from faults(story.state, HERE)
    for letter in "BC":
        story.judge(letter)
    for letter in "ABC":
        for expert in story.panel:
            story.mark(expert, letter)
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 9})
    yield from faults(story.state, HERE)
    story.to(Phase.JUDGE_REVEAL)
    yield from faults(story.state, HERE)


def test_every_fault_of_the_desk_is_on_the_sheet_with_its_action() -> None:
    found = {fault.action.replace("on A now", "on (the letter) now") for fault in desk_faults()}

    assert found == {fault.action for fault in ON_THE_DESK}


def test_the_sheet_begins_each_line_as_the_desk_does() -> None:
    beginnings = [fault.line.split("(")[0].split("…")[0] for fault in ON_THE_DESK]
    lines = [fault.line for fault in desk_faults()]

    known = [start for start in beginnings if start]
    assert [start for start in known if not any(line.startswith(start) for line in lines)] == []
    assert len(known) == 15
