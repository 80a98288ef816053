"""What a system prompt may hold, and what of it the host should know."""

import re

from finale.show.refused import Refused
from finale.show.seen import seen
from finale.show.state import ShowState

_WORD = re.compile(r"[^\W_]+")

KEPT = "Your text is kept."


def check_prompt(state: ShowState, seat: str, system: str) -> None:
    """Refuse a prompt that `prompt_fault` finds a fault with."""
    if fault := prompt_fault(state, seat, system):
        raise Refused(fault)


def prompt_fault(state: ShowState, seat: str, system: str) -> str:
    """Why that finalist may not generate with this system prompt now, "" if nothing is wrong."""
    settings = state.rundown.settings
    if len(system) > settings.longest_prompt:
        return (
            f"The system prompt has {len(system):,} characters; {settings.longest_prompt:,} are "
            f"allowed. Shorten it and generate again. {KEPT}"
        )
    if not state.rounds or not settings.longest_copy:
        return ""
    if has_copied(system, state.round.question.reference, settings.longest_copy):
        return (
            f"More than {settings.longest_copy} words in a row are those of a finished answer. "
            f"Tell the model how to answer, not what. {KEPT}"
        )
    if settings.carry_over:
        return ""
    for number, round_ in enumerate(state.rounds[:-1], 1):
        for draft in round_.drafts.get(seat, ()):
            if has_copied(system, draft.system, settings.longest_copy):
                return (
                    f"More than {settings.longest_copy} words in a row are those of your prompt "
                    f"in round {number}. Each round begins anew. {KEPT}"
                )
    return ""


def has_copied(text: str, source: str, most: int) -> bool:
    """Whether more than `most` words in a row stand in both, whatever the case and the signs."""
    return not _runs(text, most + 1).isdisjoint(_runs(source, most + 1))


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = _WORD.findall(seen(text).casefold())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}
