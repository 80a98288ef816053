"""Why a jury does not count: what scoring writes is said in every language."""

import pytest

from finale.show.phrase import Phrase
from finale.show.views.reasons import reason
from scoring.ballot import Tally
from scoring.blend import RoundMarks, Scales, Weights, score_round
from scoring.rubric import JUDGE_RUBRIC, PANEL_RUBRIC
from scoring.scorecard import Scorecard
from scoring.verdict import Verdict

SEATS = ("v", "w", "x")
CARD = dict.fromkeys(PANEL_RUBRIC.keys, 3.0)
PASSES = (dict.fromkeys(JUDGE_RUBRIC.keys, 5),) * 3
VERDICTS = {"v": Verdict(PASSES)}
CARDS = (Scorecard("p", "v", CARD),)

REASONS = {
    "void by the host": RoundMarks(
        SEATS, frozenset(SEATS), {}, (), None, void=frozenset({"judge"})
    ),
    "no answers": RoundMarks(SEATS, frozenset(), {}, (), None),
    "no verdict for 2 of 3 answers": RoundMarks(SEATS, frozenset(SEATS), VERDICTS, (), None),
    "no verdict for 1 of 2 answers, and no panel points to stand in": RoundMarks(
        SEATS, frozenset("vw"), VERDICTS, (), None
    ),
    "no scorecards": RoundMarks(SEATS, frozenset(SEATS), {}, (), None),
    "no scorecard for 2 of 3 answers": RoundMarks(SEATS, frozenset(SEATS), {}, CARDS, None),
    "no ballots": RoundMarks(SEATS, frozenset(SEATS), {}, (), Tally({})),
    "1 ballot, quorum 5": RoundMarks(SEATS, frozenset(SEATS), {}, (), Tally({"v": 1})),
    "2 ballots, quorum 5": RoundMarks(SEATS, frozenset(SEATS), {}, (), Tally({"v": 2})),
}


@pytest.mark.parametrize("written", REASONS)
def test_a_reason_of_scoring_is_a_phrase_of_the_same_words(written: str) -> None:
    void = score_round(REASONS[written], Weights(), Scales()).void.values()
    assert written in void
    read = reason(written)
    assert str(read) == written
    assert read.text != "{reason}"


def test_other_words_stay_as_they_are() -> None:
    assert reason("struck by {lightning}") == Phrase(
        "{reason}", {"reason": "struck by {lightning}"}
    )
    assert str(reason("struck by {lightning}")) == "struck by {lightning}"
