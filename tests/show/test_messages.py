"""Messages of the host: who sees them, until when, and who sees nothing of them."""

from dataclasses import replace

import pytest
from story import Story, rundown

from finale.show.commands_message import (
    ALL_EXPERTS,
    ALL_FINALISTS,
    ALL_PHONES,
    ClearMessage,
    DismissMessage,
    SendMessage,
)
from finale.show.events_message import MessageCleared, MessageDismissed, MessageSent
from finale.show.views.common import Hall
from finale.show.views.finalist import finalist_view
from finale.show.views.host import host_view
from finale.show.views.judge import judge_view
from finale.show.views.messages import Note, Sent, note_for, note_for_phones, sent
from finale.show.views.panel import panel_view
from finale.show.views.phone import phone_view
from finale.show.views.stage import stage_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
ONE, TWO = "panel-1", "panel-2"
HALL = Hall(phones=9)
TEXT = "Your microphone is off."
MEANT = {
    V: {V},
    ONE: {ONE},
    ALL_FINALISTS: {V, W, X},
    ALL_EXPERTS: {ONE, TWO},
    ALL_PHONES: {"phone"},
}


@pytest.fixture
def story() -> Story:
    told = Story(rundown(3, 2))
    told.to_reading()
    return told


def views(story: Story) -> dict[str, object]:
    """What each of them sees, without the host."""
    state = story.state
    return {
        **{seat: finalist_view(state, seat) for seat in (V, W, X)},
        **{seat: panel_view(state, seat) for seat in (ONE, TWO)},
        "phone": phone_view(state),
        "stage": stage_view(state, HALL),
        "judge": [judge_view(state, letter) for letter in story.letters],
    }


@pytest.mark.parametrize("to", MEANT)
def test_a_message_is_seen_by_those_who_are_meant_and_nobody_else(story: Story, to: str) -> None:
    before = views(story)
    story.wait(5)
    events = story.ask(SendMessage(to=to, text=TEXT))
    after = views(story)
    note = Note(1, TEXT, story.now)

    assert events == [MessageSent(number=1, to=to, text=TEXT, at=story.now)]
    assert {who for who in before if before[who] != after[who]} == MEANT[to]
    for who in MEANT[to]:
        assert after[who] == replace(before[who], message=note)  # type: ignore[type-var]


def test_the_newest_of_the_own_and_the_groups_message_stands(story: Story) -> None:
    story.ask(SendMessage(to=V, text="To you."))
    story.ask(SendMessage(to=ALL_FINALISTS, text="To all of you."))

    assert note_for(story.state, V) == Note(2, "To all of you.", story.now)
    story.ask(SendMessage(to=V, text="To you again."))
    assert note_for(story.state, V) == Note(3, "To you again.", story.now)
    assert note_for(story.state, W) == Note(2, "To all of you.", story.now)


def test_what_was_read_is_gone_with_all_before_it_and_for_that_seat_alone(story: Story) -> None:
    story.ask(SendMessage(to=V, text="To you."))
    story.ask(SendMessage(to=ALL_FINALISTS, text="To all of you."))
    events = story.ask(DismissMessage(number=2), V)

    assert events == [MessageDismissed(seat=V, number=2)]
    assert story.ask(DismissMessage(number=1), V) == []
    assert note_for(story.state, V) is None
    assert note_for(story.state, W) == Note(2, "To all of you.", story.now)
    story.ask(SendMessage(to=V, text="One more."))
    assert note_for(story.state, V) == Note(3, "One more.", story.now)


def test_what_the_host_takes_back_is_gone_wherever_it_stands(story: Story) -> None:
    story.ask(SendMessage(to=ALL_PHONES, text="The left door is open."))
    assert note_for_phones(story.state) == Note(1, "The left door is open.", story.now)

    assert story.ask(ClearMessage(to=ALL_PHONES)) == [MessageCleared(to=ALL_PHONES)]
    assert note_for_phones(story.state) is None
    assert story.refusal(ClearMessage(to=ALL_PHONES)) == "That message is gone already."


def test_the_host_sees_what_stands_and_how_many_have_read_it(story: Story) -> None:
    story.ask(SendMessage(to=ALL_EXPERTS, text="Please speak up."))
    story.ask(SendMessage(to=ALL_PHONES, text="Hello."))
    story.ask(SendMessage(to=V, text=TEXT))
    story.ask(DismissMessage(number=1), ONE)
    story.ask(DismissMessage(number=3), V)

    assert host_view(story.state, HALL).messages == (
        Sent(V, "Ada Byron", TEXT, story.now, 1, 1),
        Sent(ALL_PHONES, "All phones", "Hello.", story.now, 0, 0),
        Sent(ALL_EXPERTS, "All experts", "Please speak up.", story.now, 1, 2),
    )


def test_whoever_can_be_written_to_has_a_name() -> None:
    names = host_view(Story(rundown(2, 0)).state, HALL).addressees

    assert names == {
        ALL_FINALISTS: "All finalists",
        ALL_PHONES: "All phones",
        V: "Ada Byron",
        W: "Bao Ling",
    }


def test_a_message_is_one_line_of_what_can_be_seen(story: Story) -> None:
    story.ask(SendMessage(to=V, text="  Two\n\nlines \u202e\u200b and\ta tab "))

    assert sent(story.state)[0].text == "Two lines and a tab"


def test_a_message_has_200_characters_at_most(story: Story) -> None:
    assert story.ask(SendMessage(to=V, text="x" * 200))
    assert story.refusal(SendMessage(to=V, text="x" * 201)) == (
        "A message has 200 characters at most; this one has 201."
    )


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\n"])
def test_nothing_is_no_message(story: Story, text: str) -> None:
    assert story.refusal(SendMessage(to=V, text=text)) == "Write the message first."


@pytest.mark.parametrize("to", ["stage", "host", "finalist-q", "", "all"])
def test_nobody_else_can_be_written_to(story: Story, to: str) -> None:
    sentence = f"There is no seat “{to}” in this show."

    assert story.refusal(SendMessage(to=to, text=TEXT)) == sentence


def test_only_the_host_writes_and_only_seats_dismiss(story: Story) -> None:
    assert story.refusal(SendMessage(to=V, text=TEXT), W) == "This is for the host."
    assert story.refusal(ClearMessage(to=V), W) == "This is for the host."
    assert story.refusal(DismissMessage(number=1)) == "This is for the finalist or the panel."


@pytest.mark.parametrize("number", [-1, 0, 2, 10**9])
def test_what_was_never_sent_is_not_dismissed(story: Story, number: int) -> None:
    story.ask(SendMessage(to=V, text=TEXT))

    assert story.refusal(DismissMessage(number=number), V) == "There is no such message."


def test_messages_survive_a_restart(story: Story) -> None:
    story.ask(SendMessage(to=ALL_FINALISTS, text=TEXT))
    story.ask(DismissMessage(number=1), W)

    assert story.replayed() == story.state
    assert note_for(story.replayed(), V) == Note(1, TEXT, story.now)
    assert note_for(story.replayed(), W) is None


def test_there_are_no_experts_to_write_to_in_a_show_without_a_panel() -> None:
    story = Story(rundown(finalists=2, panel=0))

    assert story.refusal(SendMessage(to="panel", text="Please mark.")) == (
        "There are no experts in this show."
    )
