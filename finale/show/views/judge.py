"""What the judge may see of one answer: no name, no letter, no settings, no prompt."""

from dataclasses import dataclass

from finale.show.state import ShowState
from finale.show.views.masking import masked


@dataclass(frozen=True, slots=True)
class JudgeView:
    """One answer beside its question, reference answer and key facts."""

    question: str
    reference: str
    key_facts: tuple[str, ...]
    answer: str


def judge_view(state: ShowState, letter: str) -> JudgeView:
    """The brief for the answer behind `letter`; KeyError if there is none."""
    question = state.round.question
    text = masked(state.round.answer(letter).text, state.rundown)
    return JudgeView(question.text, question.reference, tuple(question.key_facts), text)
