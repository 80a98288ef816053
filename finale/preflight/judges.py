"""The judge and the spare judge: that each gives a verdict that can be read, and is no relative."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

from finale.clock import Clock
from finale.endpoints import EndpointEntry, SeatEntry
from finale.judging.base import Brief, Marker, unheard
from finale.llm.base import EndpointError
from finale.preflight.base import Finding
from finale.preflight.models import failure
from finale.show.question import Question
from scoring.rubric import JUDGE_RUBRIC
from scoring.verdict import Verdict

SLOW_S = 20.0
FAMILIES = (
    *("llama", "mistral", "mixtral", "qwen", "gemma", "gemini", "claude", "nova", "titan"),
    *("gpt", "phi", "deepseek", "command", "falcon", "granite", "jamba", "olmo"),
)


async def judge(
    subject: str, marker: Marker, question: Question, clock: Clock
) -> AsyncIterator[Finding]:
    """One good answer and one that says nothing are marked; the good one must come out ahead."""
    began = clock.now()
    try:
        good = await marker.mark(_brief(question, question.reference), unheard)
        poor = await marker.mark(_brief(question, "I like trains."), unheard)
    except EndpointError as error:
        yield failure(subject, "verdict", error)
        return
    seconds = (clock.now() - began) / 2
    high, low = Verdict(good.passes).mark, Verdict(poor.passes).mark
    text = (
        f"{len(good.passes)} passes in {seconds:.1f} s; the reference answer gets {high:.0f}, "
        f"an answer beside the point {low:.0f}."
    )
    if high <= low:
        action = "This model cannot judge: name another."
        yield Finding(subject, "verdict", "no-go", text, action)
    elif seconds > SLOW_S:
        action = "Slow, but nobody waits for it before marking ends."
        yield Finding(subject, "verdict", "watch", text, action)
    else:
        yield Finding(subject, "verdict", "go", text)


def _brief(question: Question, answer: str) -> Brief:
    return Brief(question.text, question.reference, question.key_facts, answer, JUDGE_RUBRIC)


def families(
    judges: Mapping[str, EndpointEntry], finalists: Mapping[str, SeatEntry]
) -> Iterator[Finding]:
    """A judge likes its own family's answers: it should be of another than every finalist's model.

    Both by what to call them in messages.
    """
    theirs = {family_of(entry): name for name, entry in finalists.items() if family_of(entry)}
    trained = {name: entry for name, entry in finalists.items() if not isinstance(entry, str)}
    unknown = [name for name, entry in trained.items() if not family_of(entry)]
    for subject, entry in judges.items():
        family = family_of(entry)
        if not family:
            text = "Its family is not known."
            yield Finding(subject, "family", "watch", text, 'Say it: family = "…".')
        elif family in theirs:
            text = f"It is of the family of {theirs[family]}’s model: {family}."
            action = "Judges favour their own family: name a judge of another."
            yield Finding(subject, "family", "watch", text, action)
        elif unknown:
            text = f"Its family is {family}; that of {_listed(unknown)} is not known."
            yield Finding(subject, "family", "watch", text, 'Say it: family = "…".')
        else:
            yield Finding(subject, "family", "go", f"Its family is {family}, no finalist’s.")


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"{names[0]}’s model"
    return f"the models of {', '.join(names[:-1])} and {names[-1]}"


def family_of(entry: SeatEntry) -> str:
    """The family that an entry says, else the one that its model's name tells; "" if none."""
    if isinstance(entry, str):
        return ""
    if entry.family:
        return entry.family.casefold()
    named = f"{entry.model_id} {entry.label}".casefold()
    return next((family for family in FAMILIES if family in named), "")
