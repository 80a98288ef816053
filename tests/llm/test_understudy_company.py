"""Several understudies know different parts of the banks and speak at different paces."""

from collections import Counter

import pytest

from finale.llm.understudy import Pace, five_understudies, passages
from finale.show.question import Question

Questions = tuple[Question, ...]


def test_five_understudies_miss_different_parts(questions: Questions, instant: Pace) -> None:
    company = five_understudies(questions, seed=4, pace=instant)
    known = [frozenset(understudy.passages) for understudy in company]
    assert len(set(known)) == 5
    assert all(0 < len(part) < len(passages(questions)) for part in known)


@pytest.mark.parametrize("names", [2, 3, 5, 8])
def test_five_understudies_leave_no_passage_to_one_alone(
    questions: Questions, instant: Pace, names: int
) -> None:
    company = five_understudies(questions, seed=4, pace=instant, names=names)
    knowers = Counter(passage for understudy in company for passage in understudy.passages)
    assert set(knowers) == set(passages(questions))
    assert min(knowers.values()) >= 2


def test_five_understudies_are_named_and_paced_apart(questions: Questions, instant: Pace) -> None:
    company = five_understudies(questions, seed=4, pace=instant)
    assert [each.label for each in company] == [f"understudy {n}" for n in (1, 2, 3, 4, 5)]
    paces = {each.pace.words_per_s for each in company}
    assert len(paces) == 5
    assert all(25 / 1.2 <= pace <= 25 / 0.85 for pace in paces)


def test_five_understudies_follow_from_the_seed(questions: Questions, instant: Pace) -> None:
    def parts(seed: int) -> list[object]:
        return [each.passages for each in five_understudies(questions, seed, instant)]

    assert parts(4) == parts(4)
    assert parts(4) != parts(5)
