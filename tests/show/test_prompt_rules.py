"""What a system prompt may hold: how long, how much of a finished answer, of earlier rounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from story import Story, rundown

from finale.show import commands as c
from finale.show.prompt_rules import has_copied, prompt_fault

V, W = "finalist-v", "finalist-w"
WORDS = [f"word{i}" for i in range(45)]
"""The reference answer of every question of these stories."""


def test_a_dozen_words_of_the_reference_are_allowed_and_one_more_is_not() -> None:
    story = Story(rundown(finalists=2))
    story.to_tuning()
    dozen, more = " ".join(WORDS[5:17]), " ".join(WORDS[5:18])

    assert prompt_fault(story.state, V, f"Say: {dozen}. Be brief.") == ""
    assert story.refusal(start(f"Say: {more}. Be brief."), V) == (
        "More than 12 words in a row are those of a finished answer. "
        "Tell the model how to answer, not what. Your text is kept."
    )
    assert story.state.round.drafts == {}


@pytest.mark.parametrize("text", ["WORD3, word4 -- Word5!", "word3\n\nword4\tword5"])
def test_case_and_signs_hide_no_copy(text: str) -> None:
    story = Story(rundown(finalists=2, longest_copy=2))
    story.to_tuning()

    assert prompt_fault(story.state, V, text) != ""


def test_nothing_is_compared_where_the_limit_is_off_or_no_question_is_asked() -> None:
    everything = " ".join(WORDS)
    free = Story(rundown(finalists=2, longest_copy=0, carry_over=False))
    free.to_tuning()

    assert prompt_fault(free.state, V, everything) == ""
    assert prompt_fault(Story().state, V, everything) == ""


def test_prompts_of_earlier_rounds_may_come_again_unless_the_show_says_no() -> None:
    own, other = "Answer as an old sailor would.", "Count to three first."
    for carry_over, fault in (
        (True, ""),
        (
            False,
            "More than 4 words in a row are those of your prompt in round 1. "
            "Each round begins anew. Your text is kept.",
        ),
    ):
        story = Story(rundown(finalists=2, longest_copy=4, carry_over=carry_over))
        story.to_tuning()
        story.start(V, own)
        story.record(V, "An answer, by nobody.")
        story.start(W, other)
        story.record(W, "Another, by nobody.")
        story.play_round()
        story.to_tuning()

        assert prompt_fault(story.state, V, own) == fault
        assert prompt_fault(story.state, V, other) == ""
        assert prompt_fault(story.state, V, "Answer as an old pirate would.") == ""


def test_what_was_tried_in_this_round_may_be_tried_again() -> None:
    story = Story(rundown(finalists=2, longest_copy=4, carry_over=False))
    story.to_tuning()
    story.draft(V, "An answer, by nobody.")

    assert prompt_fault(story.state, V, "Be kind. Be kind. Be kind.") == ""


@given(
    st.lists(st.sampled_from("abc"), max_size=12),
    st.lists(st.sampled_from("abc"), max_size=12),
    st.integers(0, 4),
)
def test_a_copy_is_a_run_that_stands_in_both(here: list[str], there: list[str], most: int) -> None:
    length = most + 1
    runs = [here[i : i + length] for i in range(len(here) - length + 1)]
    found = any(there[i : i + length] in runs for i in range(len(there) - length + 1))

    assert has_copied(" ".join(here), " ".join(there), most) is found


def start(system: str) -> c.StartDraft:
    """Generate with that prompt, in the first round."""
    return c.StartDraft(round=0, system=system, temperature=0.7, top_p=0.9)
