"""Why a jury does not count, as `scoring` writes it, read back as a phrase of the catalogues."""

import re
from typing import Final

from finale.show.phrase import Phrase, phrase, phrase_many

_PLAIN: Final = {
    str(reason): reason
    for reason in (
        phrase("void by the host"),
        phrase("no answers"),
        phrase("no scorecards"),
        phrase("no ballots"),
    )
}
_QUORUM: Final = re.compile(r"(\d+) ballots?, quorum (\d+)")
_CARDS: Final = re.compile(r"no scorecard for (\d+) of (\d+) answers")
_VERDICTS: Final = re.compile(r"no verdict for (\d+) of (\d+) answers")
_NO_STAND_IN: Final = re.compile(rf"{_VERDICTS.pattern}, and no panel points to stand in")


def reason(void: str) -> Phrase:
    """The phrase of that reason; words that `scoring` does not write stay as they are."""
    if void in _PLAIN:
        return _PLAIN[void]
    if found := _QUORUM.fullmatch(void):
        ballots, quorum = map(int, found.groups())
        return phrase_many(
            "{n} ballot, quorum {quorum}", "{n} ballots, quorum {quorum}", ballots, quorum=quorum
        )
    if found := _CARDS.fullmatch(void):
        return phrase("no scorecard for {missing} of {all} answers", **_counts(found))
    if found := _NO_STAND_IN.fullmatch(void):
        return phrase(
            "no verdict for {missing} of {all} answers, and no panel points to stand in",
            **_counts(found),
        )
    if found := _VERDICTS.fullmatch(void):
        return phrase("no verdict for {missing} of {all} answers", **_counts(found))
    return Phrase("{reason}", {"reason": void})


def _counts(found: re.Match[str]) -> dict[str, int]:
    missing, all_ = map(int, found.groups())
    return {"missing": missing, "all": all_}
