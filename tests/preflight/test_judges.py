"""What the preflight finds about judges: that they tell good from bad, and whose kin they are."""

import pytest
from backstage import HandClock
from story import question

from finale.endpoints import BedrockEntry, OpenAIEntry
from finale.judging.base import Brief, Heard, Marked
from finale.judging.understudy import UnderstudyJudge
from finale.llm.base import EndpointError
from finale.preflight.base import Finding
from finale.preflight.judges import families, judge
from finale.preflight.kin import families_of
from scoring.rubric import JUDGE_RUBRIC


class Marker:
    """A judge that gives one mark to the reference answer and another to the rest, or fails."""

    label = "scripted judge"

    def __init__(self, good: int, poor: int, clock: HandClock, seconds: float = 1.0) -> None:
        self.marks = {True: good, False: poor}
        self.clock = clock
        self.seconds = seconds

    async def mark(self, brief: Brief, heard: Heard) -> Marked:
        """Three equal passes."""
        self.clock.at += self.seconds
        mark = self.marks[brief.answer == brief.reference]
        if not mark:
            raise EndpointError("throttled", "Too many requests.")
        return Marked((dict.fromkeys(JUDGE_RUBRIC.keys, mark),) * 3, "Because.", self.label)


async def found(good: int, poor: int, seconds: float = 1.0) -> Finding:
    """About a judge that marks so."""
    clock = HandClock()
    marker = Marker(good, poor, clock, seconds)
    [finding] = [f async for f in judge("The judge", marker, question(1), clock)]
    return finding


async def test_a_judge_that_tells_good_from_bad_is_go() -> None:
    assert await found(9, 2) == Finding(
        "The judge",
        "verdict",
        "go",
        "3 passes in 1.0 s; the reference answer gets 90, an answer beside the point 20.",
    )


async def test_a_judge_that_cannot_tell_is_no_go_and_a_slow_one_is_to_watch() -> None:
    equal, slow = await found(7, 7), await found(9, 2, 30)

    assert (equal.grade, equal.action) == ("no-go", "This model cannot judge: name another.")
    assert slow.grade == "watch"


async def test_a_judge_that_does_not_answer_is_no_go() -> None:
    said = await found(0, 2)

    assert (said.grade, said.text) == ("no-go", "Too many requests.")


async def test_the_understudy_judge_passes() -> None:
    findings = judge("The judge", UnderstudyJudge(1), question(1), HandClock())

    assert [f.grade async for f in findings] == ["go"]


def openai(model: str, family: str = "") -> OpenAIEntry:
    """A model of that name."""
    return OpenAIEntry(kind="openai", base="http://127.0.0.1:1/v1", model=model, family=family)


def test_families_are_told_by_the_entry_or_by_the_name() -> None:
    imported = BedrockEntry(kind="bedrock", model="us.meta.llama3-3-70b-instruct-v1:0")

    assert [
        set(families_of(e)) for e in (imported, openai("tuned", "Qwen"), openai("m"), "understudy")
    ] == [{"llama"}, {"qwen"}, set(), set()]


def test_a_judge_of_a_finalists_family_is_to_watch() -> None:
    finalists = {"Ada Byron": openai("llama-3b-tuned"), "Bao Ling": "understudy"}
    said = {
        name: next(iter(families({"The judge": entry}, finalists)))
        for name, entry in (
            ("kin", openai("Llama-70b")),
            ("none", openai("x")),
            ("far", openai("gpt")),
        )
    }

    assert {name: finding.grade for name, finding in said.items()} == {
        "kin": "watch",
        "none": "watch",
        "far": "go",
    }
    assert said["kin"].text == "It is of the family of Ada Byron’s model: llama."


def test_a_finalist_of_unknown_family_is_to_watch() -> None:
    finalists = {"Ada Byron": openai("tuned"), "Bao Ling": "understudy", "Cem Ay": openai("mine")}
    [finding] = families({"The judge": openai("gpt")}, finalists)

    assert (finding.grade, finding.text, finding.action) == (
        "watch",
        "Its family is gpt; that of the models of Ada Byron and Cem Ay is not known.",
        'Say it: family = "…".',
    )


KIN = [
    (openai("llama-3-70b"), openai("tuned", "Llama 3.1")),
    (openai("judge", "Meta Llama"), openai("llama-3.2-3b")),
    (openai("judge", "llama "), openai("llama-3.2-3b")),
    (openai("judge", "Ｌｌａｍａ"), openai("llama-3.2-3b")),
    (openai("judge", "Meta"), openai("codellama-7b")),
    (openai("mixtral-8x7b"), openai("tuned", "Mistral AI 7B v0.3")),
    (openai("codestral"), openai("ministral-8b")),
    (openai("llama-3-70b"), openai("deepseek-r1-distill-llama-8b")),
    (openai("llama-3-70b"), openai("llama-3-8b-acme", "Acme")),
    (openai("judge", "Quill 2"), openai("tuned", "the QUILL family")),
]


@pytest.mark.parametrize(("judged_by", "played_with"), KIN)
def test_a_family_is_the_same_however_it_is_spelled(
    judged_by: OpenAIEntry, played_with: OpenAIEntry
) -> None:
    [finding] = families({"The judge": judged_by}, {"Ada Byron": played_with})

    assert (finding.grade, finding.text.partition(":")[0]) == (
        "watch",
        "It is of the family of Ada Byron’s model",
    )


FAR = [
    (openai("judge", "Quill"), openai("tuned", "Acme")),
    (openai("gpt-4o"), openai("Llama-3-8B-GPTQ")),
    (openai("phi-4"), openai("delphi", "Qwen 2.5")),
    (openai("ollama/qwen3"), openai("llama-3")),
]


@pytest.mark.parametrize(("judged_by", "played_with"), FAR)
def test_families_that_only_look_alike_are_two(
    judged_by: OpenAIEntry, played_with: OpenAIEntry
) -> None:
    [finding] = families({"The judge": judged_by}, {"Ada Byron": played_with})

    assert finding.grade == "go"


def test_a_judge_of_a_finalists_maker_and_a_family_without_a_name_are_to_watch() -> None:
    [near] = families({"The judge": openai("gemini-pro")}, {"Ada Byron": openai("gemma-3")})
    [version] = families({"The judge": openai("judge", "3.1")}, {"Ada Byron": openai("gemma-3")})

    assert (near.grade, near.text) == (
        "watch",
        "Its family is gemini; Ada Byron’s model may be of the same maker.",
    )
    assert (version.grade, version.text) == ("watch", "Its family is not known.")
