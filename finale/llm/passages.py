"""What an understudy can know: single sentences of the question banks' reference answers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from finale.llm.wording import sentences, words
from finale.show.question import Question

SENTENCE_WORDS = range(5, 46)
_LEANS_BACK = """
also and another but either finally first he her here his however instead it its next nor or
otherwise second she so such that their then there these they third this those thus
"""
LEANS_BACK = frozenset(_LEANS_BACK.split())
"""First words of a sentence that needs the one before it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of the reference answer to a question of that domain."""

    question_id: str
    question_text: str
    sentence: str
    domain: str = ""


def passages(questions: Iterable[Question]) -> list[Passage]:
    """The sentences that stand on their own, of every reference answer, in order.

    A sentence that two reference answers share is left out, for whoever is asked one of these
    questions would find it under the other.
    """
    found = [
        Passage(question.id, question.text, sentence, question.domain)
        for question in questions
        for sentence in dict.fromkeys(sentences(question.reference))
        if _stands_alone(sentence)
    ]
    uses = Counter(" ".join(words(passage.sentence)) for passage in found)
    return [passage for passage in found if uses[" ".join(words(passage.sentence))] == 1]


def _stands_alone(sentence: str) -> bool:
    found = words(sentence)
    return len(found) in SENTENCE_WORDS and found[0] not in LEANS_BACK and sentence[-1] in ".!?"
