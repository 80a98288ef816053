"""The prompts that a finalist has tried, to take up again."""

from dataclasses import dataclass

from finale.show.state import Draft, ShowState


@dataclass(frozen=True, slots=True)
class TriedPrompt:
    """One of the own prompts with its settings; `draft` is the last draft made with them.

    `round` counts from 1; `is_submitted` says that its answer was the one that counted.
    """

    round: int
    draft: int
    system: str
    temperature: float
    top_p: float
    is_submitted: bool


def tried_prompts(state: ShowState, seat: str) -> tuple[TriedPrompt, ...]:
    """Every prompt of that seat once, the newest first.

    Those of earlier rounds are there only where prompts may be carried over.
    """
    found: dict[tuple[int, str, float, float], TriedPrompt] = {}
    first = 0 if state.rundown.settings.carry_over else state.number
    for number in range(len(state.rounds) - 1, first - 1, -1):
        round_ = state.rounds[number]
        kept = round_.submissions.get(seat)
        for draft in reversed(round_.drafts.get(seat, ())):
            is_submitted = kept is not None and kept.draft == draft.number
            tried = _tried(number + 1, draft, is_submitted)
            key = (number, draft.system, draft.temperature, draft.top_p)
            if is_submitted or key not in found:
                found[key] = tried
    return tuple(found.values())


def _tried(number: int, draft: Draft, is_submitted: bool) -> TriedPrompt:
    return TriedPrompt(
        number, draft.number, draft.system, draft.temperature, draft.top_p, is_submitted
    )
