"""What a finalist may do, and what 0:00 takes."""

import math

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show.events import DraftPinned, DraftStarted, Submitted
from finale.show.phases import Phase
from finale.show.rules_finalist import at_buzzer
from finale.show.state import GRACE_S, Submission

V, W = "finalist-v", "finalist-w"
OVER = "Tuning is over. What counts is what was submitted or pinned at 0:00."


@pytest.fixture
def tuning() -> Story:
    story = Story()
    story.to_tuning()
    return story


def start(system: str = "Be kind.", temperature: float = 0.7, top_p: float = 0.9) -> c.StartDraft:
    return c.StartDraft(round=0, system=system, temperature=temperature, top_p=top_p)


SUBMIT = c.Submit(round=0, draft=1)
PIN = c.PinDraft(round=0, draft=1)


def test_start_records_the_prompt_as_it_was_and_numbers_drafts_from_one(tuning: Story) -> None:
    [first] = tuning.ask(start("Be short."), V)
    tuning.record(V, "Short.")
    [second] = tuning.ask(start("Be long.", 1.5, 0.5), V)

    assert first == DraftStarted(
        round=0, finalist=V, draft=1, system="Be short.", temperature=0.7, top_p=0.9
    )
    assert second == DraftStarted(
        round=0, finalist=V, draft=2, system="Be long.", temperature=1.5, top_p=0.5
    )


PROMPT_REFUSALS = [
    (
        start("x" * 102_400),
        "The system prompt has 102,400 characters; 4,000 are allowed. Shorten it and generate "
        "again. Your text is kept.",
    ),
    (start(temperature=-0.1), "Temperature must be between 0 and 2."),
    (start(temperature=2.1), "Temperature must be between 0 and 2."),
    (start(temperature=math.nan), "Temperature must be between 0 and 2."),
    (start(temperature=math.inf), "Temperature must be between 0 and 2."),
    (start(top_p=0.0), "top_p must be above 0 and at most 1."),
    (start(top_p=1.01), "top_p must be above 0 and at most 1."),
    (start(top_p=math.nan), "top_p must be above 0 and at most 1."),
]


@pytest.mark.parametrize(("command", "sentence"), PROMPT_REFUSALS)
def test_start_refuses_a_prompt_that_the_rules_do_not_allow(
    tuning: Story, command: c.StartDraft, sentence: str
) -> None:
    assert tuning.refusal(command, V) == sentence


def test_start_takes_the_longest_prompt_allowed(tuning: Story) -> None:
    assert len(tuning.ask(start("x" * 4000), V)) == 1


@pytest.mark.parametrize(("temperature", "top_p"), [(0.0, 1.0), (2.0, 0.01), (1.01, 0.5)])
def test_start_takes_temperature_and_top_p_up_to_their_edges(
    tuning: Story, temperature: float, top_p: float
) -> None:
    [event] = tuning.ask(start(temperature=temperature, top_p=top_p), V)
    assert isinstance(event, DraftStarted)
    assert (event.temperature, event.top_p) == (temperature, top_p)


def test_start_refuses_a_second_draft_while_one_runs(tuning: Story) -> None:
    tuning.start(V)

    assert tuning.refusal(start(), V) == (
        "A draft is still running. Cancel it first, or wait for it."
    )


DRAFT_REFUSALS = [
    ("running", "Draft 1 is still running."),
    ("cancelled", "Draft 1 was not finished (cancelled)."),
    ("failed", "Draft 1 was not finished (failed)."),
    ("cut", "Draft 1 was not finished (cut)."),
]


@pytest.mark.parametrize("command", [SUBMIT, PIN])
@pytest.mark.parametrize(("outcome", "sentence"), DRAFT_REFUSALS)
def test_only_a_finished_draft_can_be_stood_by(
    tuning: Story, command: c.Command, outcome: c.Outcome, sentence: str
) -> None:
    tuning.start(V)
    if outcome in ("cancelled", "failed", "cut"):
        tuning.record(V, "Half an ans", outcome)

    assert tuning.refusal(command, V) == sentence


@pytest.mark.parametrize("draft", [0, 2, -1])
def test_a_draft_that_is_not_there_can_neither_be_pinned_nor_submitted(
    tuning: Story, draft: int
) -> None:
    tuning.draft(V, "An answer.")

    assert tuning.refusal(c.Submit(round=0, draft=draft), V) == f"There is no draft {draft}."
    assert tuning.refusal(c.PinDraft(round=0, draft=draft), V) == f"There is no draft {draft}."


def test_nobody_submits_the_draft_of_somebody_else(tuning: Story) -> None:
    tuning.draft(V, "An answer.")

    assert tuning.refusal(SUBMIT, W) == "There is no draft 1."


def test_pin_moves_until_the_buzzer_but_not_onto_itself(tuning: Story) -> None:
    tuning.draft(V, "One.")
    tuning.draft(V, "Two.")
    tuning.pin(V, 2)

    assert tuning.pin(V, 1) == [DraftPinned(round=0, finalist=V, draft=1)]
    assert tuning.refusal(PIN, V) == "Draft 1 is pinned already."


def test_a_second_submission_is_refused_and_so_is_all_that_follows(tuning: Story) -> None:
    tuning.draft(V, "One.")
    tuning.draft(V, "Two.")
    tuning.submit(V, 2)
    sentence = "You have submitted draft 2. That is final."

    assert [tuning.refusal(command, V) for command in (SUBMIT, PIN, start())] == [sentence] * 3
    assert tuning.state.round.submissions == {V: Submission(2, "submitted")}


BEFORE = "Tuning has not begun. The consoles open when the clock starts."


@pytest.mark.parametrize("command", [start(), SUBMIT, PIN])
def test_consoles_are_locked_outside_tuning(command: c.Command) -> None:
    story = Story()
    assert story.refusal(command, V) == "Round 1 has not begun."

    story.to(Phase.QUESTION)
    assert story.refusal(command, V) == BEFORE

    story.to_tuning()
    story.draft(V, "An answer.")
    story.buzzer()
    assert story.refusal(command, V) == OVER

    story.move_on()
    assert story.refusal(command, V) == OVER


@pytest.mark.parametrize("command", [start(), SUBMIT, PIN])
def test_hold_freezes_the_consoles(tuning: Story, command: c.Command) -> None:
    tuning.draft(V, "An answer.")
    tuning.ask(c.HoldShow())

    assert tuning.refusal(command, V) == "The show is on hold. Wait for the host."

    tuning.ask(c.ResumeShow())
    assert len(tuning.ask(command, V)) == 1


def test_submission_counts_up_to_750_ms_after_the_deadline(tuning: Story) -> None:
    tuning.draft(V, "An answer.")
    tuning.now = tuning.state.deadlines["phase"] + GRACE_S

    assert tuning.submit(V) == [Submitted(round=0, finalist=V, draft=1, how="submitted")]


@pytest.mark.parametrize(
    ("after_s", "sentence"),
    [
        (0.7511, "Too late: 752 ms after 0:00. The server’s clock decides."),
        (1.5, "Too late: 1,500 ms after 0:00. The server’s clock decides."),
    ],
)
def test_late_submission_is_refused_with_its_milliseconds(
    tuning: Story, after_s: float, sentence: str
) -> None:
    tuning.draft(V, "An answer.")
    tuning.now = tuning.state.deadlines["phase"] + after_s

    assert tuning.refusal(SUBMIT, V) == sentence
    assert tuning.refusal(PIN, V) == sentence


def test_generate_has_no_grace(tuning: Story) -> None:
    tuning.now = tuning.state.deadlines["phase"] + 0.25

    assert tuning.refusal(start(), V) == "Too late: 250 ms after 0:00. The server’s clock decides."


def test_commands_for_another_round_are_refused(tuning: Story) -> None:
    tuning.buzzer()
    tuning.move_on()
    tuning.to_tuning()

    assert tuning.refusal(SUBMIT, V) == "Round 1 is over."
    assert tuning.refusal(c.Submit(round=2, draft=1), V) == "Round 3 has not begun."


@pytest.mark.parametrize("by", ["finalist-q", "finalist", "finalist-"])
def test_an_unknown_seat_is_refused(tuning: Story, by: str) -> None:
    assert tuning.refusal(start(), by) == f"There is no seat “{by}” in this show."


@pytest.mark.parametrize("by", ["host", "panel-1", "crew", "", "stage"])
def test_nobody_but_finalists_plays(tuning: Story, by: str) -> None:
    assert tuning.refusal(start(), by) == "This is for the finalist."


def test_sudden_death_is_for_the_tied_alone() -> None:
    story = Story(rundown(finalists=3, rounds=1))
    v, w, x = story.finalists
    level = {"A": 9, "B": 9, "C": 3}
    story.play_round((v, x, w), level, {"A": 4.0, "B": 4.0, "C": 2.0}, level)
    story.to(Phase.SUDDEN_DEATH)
    story.to_tuning()

    assert story.state.round.finalists == (v, x)
    assert story.refusal(c.StartDraft(round=1, system="", temperature=1, top_p=1), w) == (
        "This round is played by the tied finalists alone."
    )
    assert story.start(x) == 1


def test_buzzer_takes_pinned_then_last_finished_then_the_running_one_then_nothing() -> None:
    story = Story(rundown(finalists=4))
    story.to_tuning()
    v, w, x, y = story.finalists
    for seat in (v, w):
        story.draft(seat, "One.")
        story.draft(seat, "Two.")
    story.pin(v, 1)
    story.start(w)
    story.record(w, "Thr", "cut")
    story.start(x)
    story.record(x, "Only half of", "cut")
    story.start(y)
    story.record(y, "   ", "cut")
    story.buzzer((x, v, w))

    assert story.state.round.submissions == {
        v: Submission(1, "pinned"),
        w: Submission(2, "last finished"),
        x: Submission(1, "running"),
        y: Submission(0, "none"),
    }
    assert story.state.round.letters == {"A": x, "B": v, "C": w}
    assert story.state.round.answer("A").text == "Only half of"


@pytest.mark.parametrize("outcome", ["cancelled", "failed"])
def test_buzzer_takes_no_cancelled_and_no_failed_draft(tuning: Story, outcome: c.Outcome) -> None:
    tuning.start(V)
    tuning.record(V, "Some text", outcome)

    assert at_buzzer(tuning.state.round, V) == Submission(0, "none")


def test_buzzer_leaves_a_submission_alone(tuning: Story) -> None:
    tuning.draft(V, "One.")
    tuning.draft(V, "Two.")
    tuning.pin(V, 2)
    tuning.submit(V, 1)
    events = tuning.buzzer()

    assert tuning.state.round.submissions[V] == Submission(1, "submitted")
    assert [e.finalist for e in events if isinstance(e, Submitted)] == list(tuning.finalists[1:])
