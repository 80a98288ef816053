"""Drafts that run side by side: which one 0:00 takes, and which seconds they cost."""

from story import Story, rundown

from finale.show import commands as c
from finale.show import events as e
from finale.show.events_amend import CreditOffered
from finale.show.state import Submission
from finale.show.views.common import Hall
from finale.show.views.host import host_view

V = "finalist-v"


def tuning() -> Story:
    story = Story(rundown(finalists=2, panel=1, rounds=1, drafts_at_once=3))
    story.to_tuning()
    return story


def end(
    story: Story, draft: int, outcome: c.Outcome = "finished", total_s: float = 1.0
) -> list[e.Event]:
    """That draft ends now."""
    text = f"Draft {draft}." if outcome == "finished" else ""
    command = c.RecordDraft(
        round=0, finalist=V, draft=draft, text=text, outcome=outcome, total_s=total_s
    )
    return story.ask(command, "crew")


def test_zero_takes_the_draft_that_finished_last_not_the_one_that_began_last() -> None:
    story = tuning()
    for _ in range(3):
        story.start(V)
    for draft, outcome in ((3, "finished"), (1, "finished"), (2, "failed")):
        end(story, draft, outcome)  # type: ignore[arg-type]
    kept = {tag.lectern: text for tag, text in host_view(story.state, Hall()).at_zero}
    story.buzzer()

    assert kept["V"] == "Draft 1"
    assert story.state.round.submissions[V] == Submission(1, "last finished")
    assert story.replayed() == story.state


def offered(story: Story, draft: int, total_s: float) -> list[float]:
    """The seconds that are offered for that draft, which fails now."""
    events = end(story, draft, "failed", total_s)
    return [event.seconds for event in events if isinstance(event, CreditOffered)]


def test_a_hold_is_taken_off_the_lost_seconds_once() -> None:
    story = tuning()
    story.start(V)
    story.start(V)
    story.wait(5)
    story.ask(c.HoldShow())
    story.wait(20)
    story.ask(c.ResumeShow())
    story.wait(5)
    first = offered(story, 1, 30.0)
    story.wait(4)

    # 10 s of the clock went by, then 4 more; the 20 s of the hold cost nobody anything.
    assert (first, offered(story, 2, 34.0)) == ([10.0], [4.0])


def test_a_hold_between_two_failures_costs_nothing_either() -> None:
    story = tuning()
    story.start(V)
    story.start(V)
    story.start(V)
    story.wait(5)
    first = offered(story, 1, 5.0)
    story.wait(3)
    story.ask(c.HoldShow())
    story.wait(50)
    held = offered(story, 2, 58.0)
    story.wait(7)
    story.ask(c.ResumeShow())
    story.wait(2)

    assert (first, held, offered(story, 3, 67.0)) == ([5.0], [3.0], [2.0])
