"""A finalist's own prompts, to take up again."""

from story import Story, rundown

from finale.show.phases import Phase
from finale.show.views.prompts import TriedPrompt, tried_prompts

SEAT = "finalist-v"


def draft(story: Story, seat: str, prompt: str) -> None:
    story.start(seat, prompt)
    story.record(seat, "An answer.")


def two_rounds(**settings: object) -> Story:
    story = Story(rundown(finalists=2, panel=1, rounds=2, **settings))  # type: ignore[arg-type]
    story.to_tuning()
    for prompt in ("Be kind.", "Be brief.", "Be kind."):
        draft(story, SEAT, prompt)
    story.submit(SEAT, 2)
    story.buzzer()
    while story.state.phase is not Phase.STANDINGS:
        story.step()
    story.to_tuning()
    draft(story, SEAT, "Be bold.")
    draft(story, "finalist-w", "Nobody else’s business.")
    return story


def tried(number: int, draft: int, system: str, is_submitted: bool = False) -> TriedPrompt:
    return TriedPrompt(number, draft, system, 0.7, 0.9, is_submitted)


def test_every_own_prompt_stands_there_once_the_newest_first() -> None:
    assert tried_prompts(two_rounds().state, SEAT) == (
        tried(2, 1, "Be bold."),
        tried(1, 3, "Be kind."),
        tried(1, 2, "Be brief.", is_submitted=True),
    )


def test_without_carry_over_only_those_of_this_round() -> None:
    story = two_rounds(carry_over=False)
    assert tried_prompts(story.state, SEAT) == (tried(2, 1, "Be bold."),)


def test_before_the_first_round_there_are_none() -> None:
    assert tried_prompts(Story().state, SEAT) == ()
