"""How the understudies read: sentences, words, stems, key phrases, and the fit of two texts."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from finale.show.question import NUMBER_WORDS

# Separators of thousands are the ones that the check of a question reads.
_FIGURE = r"(?P<grouped>\d{1,3}(?:[,'’ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?)|\d+(?:[.,:]\d+)*"
WORD = re.compile(rf"{_FIGURE}|[^\W_]+(?:['’][^\W_]+)*")
_HYPHENED = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LINE_MARK = re.compile(r"^\s*(?:[-*+•]|#+|\d+[.)])\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bDr\.)\s+(?=[\"“'(A-Z0-9])")
_PHRASE_END = re.compile(r"[^\w\s'’-]+")
_SUFFIXES = (
    *("ations", "ation", "ments", "ment", "ingly", "ings", "ing", "edly", "ies", "ied"),
    *("ed", "es", "ly", "s", "y"),
)
_STOP_WORDS = """
a about above after again all also although always am among an and any anyone anything are
around as ask asked at away be because been before being below between both but by can cannot
choose come could day describe did do does doing done don't down each either else enough even
every everyone explain few for from get give given go going good had has have having he her
here hers him his how i if in into is isn't it it's its itself just keep kind know let like
long look lot made make makes many may me might mine more most much must my name need needs
neither never new next no nobody none nor not nothing now of off often old on once one only
onto or other our out over own people per please put rather really reason right same say says
she should show since so some someone something still such take tell than that the their them
then there these they thing things think this those through time to together too under until up
upon us use used using very want wants was way we well were what when where whether which while
who whom whose why will with within without won't word words would write yet you your yours
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
_DIGITS = {word: str(number) for number, word in enumerate(NUMBER_WORDS)}
_ASKING_VERBS = {"weigh", "consider", "decide", "deciding", "compare", "argue", "happen", "happens"}
_BEFORE_VERBS = {"to", "who", "which", "i", "you", "we", "they", "he", "she", "it"}


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the marks of markdown."""
    lines = (_LINE_MARK.sub("", line) for line in re.sub(r"[*`]|__", "", text).splitlines())
    return [
        " ".join(sentence.split())
        for line in lines
        for sentence in _SENTENCE_END.split(line)
        if sentence.strip()
    ]


def words(text: str) -> list[str]:
    """The words of a text, in lower case; a figure is one word, "1680" for 1,680."""
    return [_word(match) for match in WORD.finditer(text.casefold())]


def _word(match: re.Match[str]) -> str:
    if match["grouped"]:
        return re.sub(r"[^\d.]", "", match[0])
    return match[0].replace("’", "'")


def is_figure(term: str) -> bool:
    """Whether a word or a stem is a figure."""
    return term[0].isdigit()


def stem(word: str) -> str:
    """A word without its ending; crude on purpose, it need only be the same for related forms."""
    if is_figure(word):
        return word
    bare = word.removesuffix("'s")
    for suffix in _SUFFIXES:
        if bare.endswith(suffix) and len(bare) - len(suffix) >= 3:
            bare = bare.removesuffix(suffix)
            break
    if len(bare) > 3 and (bare[-1] == "e" or bare[-1] == bare[-2]):
        return bare[:-1]
    return bare


def terms(text: str) -> list[str]:
    """The stems of a text's content words; the number words to twenty are figures, too."""
    return [stem(_DIGITS.get(word, word)) for word in words(text) if word not in STOP_WORDS]


class Fit:
    """How well each of a fixed set of texts fits another: the cosine of their TF-IDF vectors.

    Term weights are (1 + ln tf) · ln(1 + N/df) (Salton and Buckley, 1988); computed once.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        found = [terms(text) for text in texts]
        document_counts = Counter(term for each in found for term in set(each))
        self._rarest = math.log(2 + len(texts))
        self._rarity = {t: math.log(1 + len(texts) / n) for t, n in document_counts.items()}
        self._vectors = [self._vector(each) for each in found]

    def rarity(self, term: str) -> float:
        """How much a stem tells: 0.7 if every text has it, ln(2 + N) if none has."""
        return self._rarity.get(term, self._rarest)

    def cosines(self, text: str) -> list[float]:
        """The fit of each text of the set to `text`, from 0 to 1, in the order of the set."""
        asked = self._vector(terms(text))
        return [
            sum(weight * vector.get(term, 0.0) for term, weight in asked.items())
            for vector in self._vectors
        ]

    def _vector(self, found: Sequence[str]) -> dict[str, float]:
        weights = {t: (1 + math.log(n)) * self.rarity(t) for t, n in Counter(found).items()}
        length = math.hypot(*weights.values())
        return {term: weight / length for term, weight in weights.items()}


def key_phrases(question: str, fit: Fit, most: int) -> list[str]:
    """The phrases that say what a question is about, at most `most`, in their order in it.

    A phrase is a run of up to three content words; the rarest stems tell most (after RAKE: Rose
    et al., 2010).
    """
    asked = ". ".join(line[:1].lower() + line[1:] for line in sentences(question))
    runs = [run for part in _PHRASE_END.split(asked) for run in _content_runs(part)]
    phrases = list({" ".join(run[:3]).casefold(): " ".join(run[:3]) for run in runs}.values())
    places = sorted(range(len(phrases)), key=lambda place: -_told(phrases[place], fit))[:most]
    return [phrases[place] for place in sorted(places)]


def _told(phrase: str, fit: Fit) -> float:
    return sum(fit.rarity(term) for term in terms(phrase))


def _content_runs(part: str) -> list[list[str]]:
    """The runs of words between stop words, without the verb that a subject or "to" announces."""
    runs: list[list[str]] = [[]]
    is_verb_next = False
    for word in _HYPHENED.findall(part):
        plain = word.casefold()
        if plain in STOP_WORDS or plain in _ASKING_VERBS or plain.isdigit():
            runs.append([])
            is_verb_next = plain in _BEFORE_VERBS
        elif is_verb_next:
            is_verb_next = False
        else:
            runs[-1].append(word)
    return [run for run in runs if run]
