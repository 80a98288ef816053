"""What the sheet says of a fault is what the desk says of it."""

from story import Story, rundown

from finale.sheet.faults import ON_THE_DESK
from finale.show import commands as c
from finale.show.views.common import Hall
from finale.show.views.host import host_view

ALL = frozenset({"finalist-v", "finalist-w", "finalist-x"})


def said(story: Story, hall: Hall) -> tuple[str, str]:
    view = host_view(story.state, hall)
    return view.alert, view.advice


def test_every_alert_of_the_desk_is_on_the_sheet_with_its_action() -> None:
    story = Story(rundown(3))
    empty = said(story, Hall())
    trouble = said(story, Hall(seats=ALL, trouble="The show's database cannot be written (full)."))
    story.to_tuning()
    story.start("finalist-v")
    story.record("finalist-v", "  ")
    failed = said(story, Hall(seats=ALL))
    story = Story(rundown(3))
    story.to_marking()
    story.ask(c.MissVerdict(round=0, letter="B", reason="No answer."), "crew")
    missed = said(story, Hall(seats=ALL))
    seen = [trouble, missed, failed, empty]

    assert [fault.action for fault in ON_THE_DESK] == [action for _, action in seen]
    beginnings = ("The show's database cannot be written", "The judge could not mark answer ")
    for fault, (line, _), beginning in zip(
        ON_THE_DESK, seen, (*beginnings, "", "Not connected: "), strict=True
    ):
        assert fault.line.startswith(beginning)
        assert line.startswith(beginning)
