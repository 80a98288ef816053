"""What is recorded of the finalists' models besides their drafts."""

from story import Story, rundown

from finale.show import commands_model as cm
from finale.show.events_model import BaselineRecorded, FingerprintTaken
from finale.show.phases import Phase
from finale.show.views.common import Hall
from finale.show.views.faults import faults

V, W = "finalist-v", "finalist-w"
UNTUNED = cm.RecordBaseline(
    round=0, finalist=V, text="Untuned.", outcome="finished", first_token_s=0.5, total_s=3.0
)


def pair(**settings: object) -> Story:
    """A show of two finalists."""
    return Story(rundown(finalists=2, panel=1, **settings))


def test_an_untuned_answer_is_recorded_once_and_only_after_tuning() -> None:
    story = pair()
    story.to_tuning()

    assert story.refusal(UNTUNED, "crew") == "The untuned answer comes after tuning."
    story.to_marking()
    assert story.ask(UNTUNED, "crew") == [
        BaselineRecorded(
            round=0, finalist=V, text="Untuned.", outcome="finished", first_token_s=0.5, total_s=3.0
        )
    ]
    assert story.state.round.baselines == {V}
    assert story.refusal(UNTUNED, "crew") == "The untuned answer of this round is there."
    stranger = UNTUNED.model_copy(update={"finalist": "finalist-z"})
    assert story.refusal(stranger, "crew") == "That finalist does not play in this round."


def test_an_untuned_answer_changes_nothing_but_that_it_is_there() -> None:
    story = pair()
    story.to_marking()
    before = story.state
    story.ask(UNTUNED, "crew")

    assert story.state.round.baselines == {V}
    assert story.state.round.drafts == before.round.drafts
    assert story.state.round.submissions == before.round.submissions


def fingerprint(
    digest: str, model: str = "llama", seat: str = V, of_round: int = 0
) -> cm.RecordFingerprint:
    """That model at the finalist's endpoint."""
    return cm.RecordFingerprint(of_round=of_round, finalist=seat, model=model, digest=digest)


def test_a_fingerprint_is_taken_once_before_the_show_and_once_a_round() -> None:
    story = pair()
    story.ask(fingerprint("aa", of_round=-1), "crew")

    assert (
        story.refusal(fingerprint("aa", of_round=-1), "crew")
        == "The fingerprint of this round is taken."
    )
    story.to_tuning()
    assert story.ask(fingerprint("aa"), "crew") == [
        FingerprintTaken(of_round=0, finalist=V, model="llama", digest="aa")
    ]
    assert story.state.fingerprints == {V: ((-1, "llama", "aa"), (0, "llama", "aa"))}
    late = fingerprint("aa", of_round=-1, seat=W)
    assert story.refusal(late, "crew") == "The show has gone on to another round."
    assert story.refusal(fingerprint("aa", seat="finalist-z"), "crew") == (
        "That finalist does not play."
    )


def told(story: Story) -> list[str]:
    """The faults as the host reads them."""
    return [fault.line for fault in faults(story.state, Hall(seats=frozenset({V, W, "panel-1"})))]


def test_a_changed_endpoint_is_told_to_the_host_until_it_is_as_it_was() -> None:
    story = pair(seconds={"tuning": 90})
    for seat in (V, W):
        story.ask(fingerprint("aa", seat=seat, of_round=-1), "crew")
    story.to_tuning()
    story.ask(fingerprint("bb"), "crew")
    story.ask(fingerprint("bb", "mistral", W), "crew")

    assert told(story) == [
        "Ada Byron’s endpoint has changed since the line-up was sealed: its set-up.",
        "Bao Ling’s endpoint has changed since the line-up was sealed: llama is now mistral.",
    ]
    story.play_round()
    story.to_tuning()
    story.ask(fingerprint("aa", of_round=1), "crew")
    assert told(story) == [
        "Bao Ling’s endpoint has changed since the line-up was sealed: llama is now mistral.",
    ]


def test_an_endpoint_that_could_tell_only_its_name_has_not_changed() -> None:
    story = pair(seconds={"tuning": 90})
    story.ask(fingerprint("aa", of_round=-1), "crew")
    story.ask(fingerprint("", seat=W, of_round=-1), "crew")
    story.to_tuning()
    story.ask(fingerprint(""), "crew")
    story.ask(fingerprint("aa", seat=W), "crew")
    assert told(story) == []


def test_nothing_is_added_to_the_record_of_a_show_that_is_over() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.play_round()
    story.to(Phase.CHAMPION)

    for report in (UNTUNED, fingerprint("aa")):
        assert story.refusal(report, "crew") == "The show is over; its record is closed."
