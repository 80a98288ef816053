"""What the understudies are given to know."""

from finale.llm.passages import Passage, passages
from finale.show.question import Question

STARTS = "One answer begins with a sentence that belongs to it alone."
SHARED = "Staff must be told before the change is made, in person and in good time."
LEANING = "This is why nobody who was asked about it ever said so in public before."


def question(number: int, reference: str) -> Question:
    filler = (
        f"Number {number} goes on about matter {number} " + "with words and words " * 6 + "on end."
    )
    return Question(
        id=f"q{number}",
        text=f"What about matter {number}?",
        short="What?",
        domain="tests",
        reference=f"{reference} {filler}",
        key_facts=("one", "two", "three"),
    )


def test_passages_are_sentences_that_stand_alone() -> None:
    found = passages([question(1, f"{STARTS} {LEANING} Too short.")])
    assert found[0] == Passage("q1", "What about matter 1?", STARTS, "tests")
    assert [passage.sentence.split()[0] for passage in found] == ["One", "Number"]


def test_passages_leave_out_what_two_questions_share() -> None:
    found = passages([question(1, f"{STARTS} {SHARED}"), question(2, SHARED.upper())])
    assert [passage.question_id for passage in found] == ["q1", "q1", "q2"]
