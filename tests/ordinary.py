"""The next step of an ordinary show, wherever chance has left it."""

from collections.abc import Set

from story import Story

from finale.show import commands as c
from finale.show.phases import Phase


def go_on(story: Story, silent: Set[str]) -> None:
    """The next step of an ordinary show."""
    phase = story.state.phase
    if story.state.is_held:
        story.ask(c.ResumeShow())
    elif phase is Phase.TUNING:
        if story.now <= story.state.deadlines["phase"]:
            all_submit_but(silent, story)
        story.buzzer(tuple(reversed(story.state.round.finalists)))
    elif phase is Phase.LOCKED:
        story.move_on()
    elif phase is Phase.MARKING and story.state.round.counts is None:
        close_and_count(story)
    elif phase is Phase.APPEAL:
        settle_appeals(story)
        if "phase" in story.state.deadlines:
            story.time_up()
        if story.state.phase is Phase.APPEAL:
            story.next()
    elif phase is not Phase.CHAMPION:
        story.next(is_forced=True)


def all_submit_but(silent: Set[str], story: Story) -> None:
    """Whoever has not submitted does, a new draft if need be."""
    for seat in story.state.round.finalists:
        if seat in story.state.round.submissions or seat in silent:
            continue
        if story.state.round.running(seat):
            story.record(seat, "A late answer.")
        story.submit(seat, story.draft(seat, f"An answer, by nobody, for {story.number}."))


def close_and_count(story: Story) -> None:
    """The experts mark what they still may; both gates close; the vote is counted."""
    round_ = story.state.round
    for place, letter in enumerate(story.letters):
        if letter not in round_.opinions:
            story.judge(letter, 9 - place)
        for panellist in story.panel:
            if round_.is_open("marks") and panellist not in round_.locked:
                story.mark(panellist, letter, 5 - place)
    for gate in ("vote", "marks"):
        if story.state.round.is_open(gate):
            story.ask(c.CloseGate(round=story.number, gate=gate))
    story.tally({letter: 9 - place for place, letter in enumerate(story.letters)})


def settle_appeals(story: Story) -> None:
    """The host ends every open vote."""
    while (appeal := story.state.open_appeal()) is not None:
        story.ask(
            c.RuleAppeal(round=story.number, letter=appeal.letter, reason="Two tablets are dead.")
        )
