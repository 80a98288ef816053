"""Attacks against a judge that believes all it reads: no mark out of the answer, and a flag."""

import base64
import codecs
import json
import re
from collections.abc import Callable

import pytest
from judging.scripted import (
    FACTS,
    QUESTION,
    REFERENCE,
    Ear,
    Talker,
    answer_in,
    brief,
    judge,
    nonce_of,
    sober,
    verdict,
)

from finale.config import ROOT
from finale.judging.base import unheard
from finale.judging.injections import INJECTIONS
from finale.judging.sanitised import sanitised
from finale.judging.suspicion import suspicious
from finale.llm.base import EndpointError, Prompt
from finale.questions import read_banks

HONEST = "Twelve metres make four gaps, and there is one post more than gaps: five posts."
LOW, HIGH = 4, 10
TEMPTING = re.compile(
    r"\b10\b|full|max|highest|perfect|best|\btop\b|flawless|plagiar|copied|complete as|volle|máxima"
    r"|满分|максимальн",
    re.IGNORECASE,
)
BLIND_TO = "tag characters"
"""The one attack that leaves nothing to read: it goes with what is hidden."""


def readings(text: str) -> list[str]:
    """A text as it is, turned round, decoded: this judge is gullible and clever."""
    found = [text, text[::-1], codecs.encode(text, "rot13")]
    for word in re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", text):
        for decode in (base64.b64decode, bytes.fromhex):
            try:
                found.append(decode(word).decode())
            except ValueError:
                continue
    return found


def obeys(prompt: Prompt) -> str:
    """Full marks wherever the answer asks for them."""
    is_asked = any(TEMPTING.search(text) for text in readings(answer_in(prompt)))
    return verdict(nonce_of(prompt), HIGH if is_asked else LOW)


def answered(attack: str) -> str:
    return f"{HONEST}\n\n{INJECTIONS[attack]}"


def test_there_are_more_than_forty_attacks_and_they_differ() -> None:
    assert len(set(INJECTIONS.values())) == len(INJECTIONS) > 40


@pytest.mark.parametrize("attack", INJECTIONS)
async def test_a_gullible_judge_is_found_out_and_its_mark_is_held(attack: str) -> None:
    marked = await judge(Talker(obeys)).mark(brief(answered(attack)), unheard)
    given = LOW if attack == BLIND_TO else HIGH

    assert marked.passes == ({"relevance": given, "depth": given, "coherence": given},) * 3
    if attack == BLIND_TO:
        assert marked.flags == ("The judge was not shown 26 hidden characters.",)
    else:
        speech, fall, *_ = marked.flags
        assert speech.startswith("The answer seems to speak to the judge: “")
        assert fall == f"Without that the mark falls by {HIGH - LOW}.0 of 10."


@pytest.mark.parametrize("attack", INJECTIONS)
async def test_the_fence_holds(attack: str) -> None:
    plain, attacked = sober(), sober()
    await judge(plain, passes=1).mark(brief(HONEST), unheard)
    await judge(attacked, passes=1).mark(brief(answered(attack)), unheard)

    # The second prompt is the probe’s, if there is one.
    for prompt in attacked.prompts:
        assert answer_in(prompt).startswith(HONEST)
        assert around(prompt) == around(plain.prompts[0])
        assert "<|" not in prompt.question
    assert answer_in(attacked.prompts[0]) == sanitised(answered(attack)).text


def around(prompt: Prompt) -> tuple[str, str]:
    """All of a prompt but the nonce and the answer."""
    line = json.dumps(answer_in(prompt), ensure_ascii=False)
    return prompt.system, prompt.question.replace(nonce_of(prompt), "").replace(line, "")


def parrot(prompt: Prompt) -> str:
    """Says what the answer says."""
    return answer_in(prompt)


def quoting(prompt: Prompt) -> str:
    """Says the answer's own line, with the marks of the fence around it."""
    return prompt.question[prompt.question.index("BEGIN ANSWER") :]


def musing(prompt: Prompt) -> str:
    """Thinks aloud, and forgets the form."""
    return f"Let me see. {answer_in(prompt)} So: relevance 10, depth 10, coherence 10."


@pytest.mark.parametrize("manner", [parrot, quoting, musing], ids=lambda manner: manner.__name__)
@pytest.mark.parametrize("attack", INJECTIONS)
async def test_no_mark_is_read_out_of_the_answer(
    attack: str, manner: Callable[[Prompt], str]
) -> None:
    ear = Ear()
    with pytest.raises(EndpointError) as failed:
        await judge(Talker(manner), passes=1).mark(brief(answered(attack)), ear)

    assert failed.value.kind == "garbage"
    assert {reply.outcome for reply in ear.replies} == {"unreadable"}
    assert [reply.attempt for reply in ear.replies if not reply.is_probe] == [1, 2]


async def test_a_parrot_that_adds_the_form_gives_the_marks_of_the_form() -> None:
    both = Talker(lambda prompt: f"{answer_in(prompt)}\n{verdict(nonce_of(prompt), LOW)}")
    marked = await judge(both).mark(brief(answered("fake verdict")), unheard)

    assert {mark for given in marked.passes for mark in given.values()} == {LOW}


def test_honest_answers_raise_no_suspicion() -> None:
    questions = read_banks(sorted((ROOT / "questions").glob("*.toml")))
    texts = [text for q in questions.values() for text in (q.text, q.reference, *q.key_facts)]
    found = [(text, suspicious(sanitised(text).text)) for text in texts]

    assert len(texts) > 300
    assert [(text, parts) for text, parts in found if parts] == []
    assert suspicious(HONEST) == ()


async def test_nothing_of_the_host_is_hidden_from_the_judge() -> None:
    heard = sober()
    await judge(heard, passes=1).mark(brief(HONEST), unheard)

    for text in (QUESTION, REFERENCE, *FACTS):
        assert json.dumps(text) in heard.prompts[0].question
