"""The judge of a rehearsal: it marks by words alone, with no model and no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from finale.judging.base import PASSES, Brief, Heard, Marked, Opinion, marked
from finale.llm.wording import is_figure, sentences, terms, words

READ_CHARACTERS = 8_000
SHORT_WORDS = 60
LONG_WORDS = 220
COVERED = 0.5
NAMED_WORDS = 8
WORDED_ALIKE = 0.5

_Places = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was found in an answer; every share is between 0 and 1, and 1 for the reference."""

    coverage: float
    topic: float
    order: float
    freshness: float
    length: float
    covered: tuple[str, ...]

    def share(self, criterion: str) -> float:
        """How much of the scale from lowest to highest mark a criterion has earned."""
        substance = 0.65 * self.coverage + 0.35 * self.topic
        body = 0.5 + 0.5 * self.length
        form = 0.35 * self.order + 0.35 * self.freshness + 0.3 * self.length
        shares = {
            "relevance": substance * (0.8 + 0.2 * self.length),
            "depth": (0.8 * self.coverage + 0.2 * self.topic) * body,
            "coherence": form * (0.4 + 0.6 * max(self.topic, self.coverage)),
        }
        return shares.get(criterion, substance * body)


class UnderstudyJudge:
    """Marks an answer by the reference's key facts, their order, repetition and length.

    It looks for stems, so it can be fooled, and it says what it is. Marks of several passes
    differ by chance, seeded by (seed, answer, take) alone, never by who was marked first.
    """

    def __init__(self, seed: int, label: str = "understudy judge") -> None:
        self.label = label
        self._seed = seed

    async def mark(self, brief: Brief, heard: Heard) -> Marked:
        """Three passes; there is no raw reply to tell of, because no model was asked."""
        takes = range(1, PASSES + 1)
        return marked([self.opinion(brief, take) for take in takes], self.label)

    def opinion(self, brief: Brief, take: int) -> Opinion:
        """Marks for every criterion within the rubric; an answer without words gets the lowest."""
        if not words(brief.answer):
            lowest = {key: int(brief.rubric.low) for key in brief.rubric.keys}
            return Opinion(lowest, "Understudy judge: there is no answer.")
        facts = _measurable(brief)
        reading = _read(brief, facts)
        marks = {key: self._mark(brief, reading.share(key), take, key) for key in brief.rubric.keys}
        unmeasured = [fact for fact in brief.key_facts if fact not in facts]
        return Opinion(marks, _reason(facts, reading.covered, unmeasured))

    def _mark(self, brief: Brief, share: float, take: int, key: str) -> int:
        low, high = int(brief.rubric.low), int(brief.rubric.high)
        random = Random(f"{self._seed} {take} {key} {brief.answer}")
        jitter = random.choice((-1, 0, 0, 1))
        return min(high, max(low, round(low + share * (high - low)) + jitter))


def _measurable(brief: Brief) -> tuple[str, ...]:
    """The key facts that the reference words alike, else its own sentences, else the question."""
    reference = _places(brief.reference)
    worded = tuple(fact for fact in brief.key_facts if _told(fact, reference) >= WORDED_ALIKE)
    return worded or tuple(sentences(brief.reference)) or (brief.question,)


def _read(brief: Brief, facts: Sequence[str]) -> _Reading:
    answer = brief.answer[:READ_CHARACTERS]
    places, reference = _places(answer), _places(brief.reference)
    credit = tuple(_fact_credit(fact, reference, places) for fact in facts)
    covered = tuple(fact for fact, part in zip(facts, credit, strict=True) if part >= COVERED)
    return _Reading(
        coverage=sum(credit) / len(credit),
        topic=_credit(brief.question, _whole(reference), _whole(places)),
        order=_order(covered, reference, places) if len(covered) > 1 else len(covered) / len(facts),
        freshness=_freshness(answer),
        length=_length(len(brief.answer.split()), len(brief.reference.split())),
        covered=covered,
    )


def _places(text: str) -> _Places:
    """The stems around each sentence, it and the next: a fact is not told in words strewn about."""
    found = [terms(sentence) for sentence in sentences(text)]
    return [frozenset(here + after) for here, after in zip(found, [*found, []][1:], strict=True)]


def _whole(places: _Places) -> _Places:
    return [frozenset().union(*places)]


def _told(text: str, places: _Places) -> float:
    """The share of a text's stems that stand together in the place that has most of them."""
    stems = frozenset(terms(text))
    return max((len(stems & place) / len(stems) for place in places if stems), default=0.0)


def _credit(text: str, reference: _Places, places: _Places) -> float:
    """How far an answer says what the reference says of a text; a stray word counts for nothing."""
    share = _told(text, places) / (_told(text, reference) or 1.0)
    return min(1.0, max(0.0, (share - 0.3) / 0.5))


def _fact_credit(fact: str, reference: _Places, places: _Places) -> float:
    """The credit for a fact: none where a figure is missing that the reference gives for it."""
    figures = frozenset(term for term in terms(fact) if is_figure(term))
    needed = max((figures & place for place in reference), key=len, default=frozenset())
    told = [place for place in reference if needed <= place]
    return _credit(fact, told, [place for place in places if needed <= place])


def _order(facts: Sequence[str], reference: _Places, places: _Places) -> float:
    """The share of pairs of facts that stand in the answer in the reference's order."""
    pairs = list(combinations(sorted(facts, key=lambda fact: _place(fact, reference)), 2))
    kept = sum(_place(one, places) <= _place(other, places) for one, other in pairs)
    return kept / len(pairs)


def _place(fact: str, places: _Places) -> int:
    stems = frozenset(terms(fact))
    return max(range(len(places)), key=lambda index: len(stems & places[index]))


def _freshness(answer: str) -> float:
    """The share of sentences that say something not yet said."""
    said = [frozenset(terms(sentence)) for sentence in sentences(answer)]
    return len(set(said)) / len(said) if said else 0.0


def _length(count: int, reference_count: int) -> float:
    """1 from SHORT_WORDS to LONG_WORDS, or the reference's length beyond; less on either side."""
    least, most = min(SHORT_WORDS, reference_count), max(LONG_WORDS, reference_count)
    if count < least:
        return count / least
    return max(0.0, 1.0 - 2.0 * max(0, count - most) / most)


def _reason(facts: Sequence[str], covered: Sequence[str], unmeasured: Sequence[str]) -> str:
    missed = [fact for fact in facts if fact not in covered]
    told = (
        f"Understudy judge: covers {_listed(covered) or 'none of the key facts'}; "
        f"misses {_listed(missed) or 'nothing'}."
    )
    return f"{told} It cannot tell of {_listed(unmeasured)}." if unmeasured else told


def _listed(facts: Sequence[str]) -> str:
    return ", ".join(f"“{_short(fact)}”" for fact in facts)


def _short(fact: str) -> str:
    parts = fact.replace(". ", ", ").rstrip(".!?;: ").split()
    return " ".join(parts[:NAMED_WORDS]) + ("…" if len(parts) > NAMED_WORDS else "")
