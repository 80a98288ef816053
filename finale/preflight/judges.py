"""The judge and the spare judge: that each gives a verdict that can be read, and is no relative."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

from finale.clock import Clock
from finale.endpoints import EndpointEntry, SeatEntry
from finale.judging.base import Brief, Marker, unheard
from finale.llm.base import EndpointError
from finale.preflight.base import Finding
from finale.preflight.kin import families_of, maker_of
from finale.preflight.models import failure
from finale.show.question import Question
from scoring.rubric import JUDGE_RUBRIC
from scoring.verdict import Verdict

SLOW_S = 20.0
SAY_IT = 'Say it: family = "…".'

Families = frozenset[str]


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
    theirs = {name: families_of(e) for name, e in finalists.items() if not isinstance(e, str)}
    for subject, entry in judges.items():
        yield _family(subject, families_of(entry), theirs)


def _family(subject: str, own: Families, theirs: Mapping[str, Families]) -> Finding:
    if not own:
        text = "Its family is not known."
        return Finding(subject, "family", "watch", text, SAY_IT)
    if kin := [name for name, families in theirs.items() if families & own]:
        shared = own & frozenset[str]().union(*(theirs[name] for name in kin))
        text = f"It is of the family of {_listed(kin)}: {_either(shared)}."
        action = "Judges favour their own family: name a judge of another."
        return Finding(subject, "family", "watch", text, action)
    makers = {maker for family in own if (maker := maker_of(family))}
    if near := [n for n, families in theirs.items() if makers & set(map(maker_of, families))]:
        text = f"Its family is {_either(own)}; {_listed(near)} may be of the same maker."
        action = "Judges may favour what is near to them: name a judge of another maker."
        return Finding(subject, "family", "watch", text, action)
    if unknown := [name for name, families in theirs.items() if not families]:
        text = f"Its family is {_either(own)}; that of {_listed(unknown)} is not known."
        return Finding(subject, "family", "watch", text, SAY_IT)
    return Finding(subject, "family", "go", f"Its family is {_either(own)}, no finalist’s.")


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"{names[0]}’s model"
    return f"the models of {', '.join(names[:-1])} and {names[-1]}"


def _either(families: Families) -> str:
    return " or ".join(sorted(families))
