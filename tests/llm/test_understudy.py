"""The embedded model: true temperature and top_p, manners, pace, and nothing given away."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from finale.config import ROOT
from finale.llm.base import Prompt
from finale.llm.understudy import Pace, Passage, Understudy, passages
from finale.llm.wording import sentences, terms, words
from finale.questions import read_banks
from finale.show.question import Question

QUESTION = "Should a secondary school ban phones during the whole school day?"
BANKS = [
    Path(__file__).with_name("bank.toml"),
    *sorted((Path(__file__).parents[2] / "questions").glob("*.toml")),
]
Twin = Callable[[int], Understudy]


async def say(understudy: Understudy, prompt: Prompt) -> str:
    return "".join([chunk.text async for chunk in understudy.stream(prompt)])


def asked(
    system: str = "", question: str = QUESTION, temperature: float = 0.7, top_p: float = 0.9
) -> Prompt:
    return Prompt(system, question, temperature, top_p)


async def test_understudy_at_zero_repeats_itself(understudy: Understudy, twin: Twin) -> None:
    answers = [await say(understudy, asked(temperature=0.0)) for _ in range(3)]
    assert answers == [answers[0]] * 3
    assert await say(twin(7), asked(temperature=0.0)) == answers[0]


async def test_understudy_when_hot_differs_between_takes(understudy: Understudy) -> None:
    answers = [await say(understudy, asked(temperature=1.5)) for _ in range(6)]
    assert len(set(answers)) == 6


async def test_understudy_does_not_mind_who_asks_first(twin: Twin) -> None:
    one, other = asked(question="Are fines wise?"), asked(question="Do trees cool a street?")
    first, second = twin(3), twin(3)
    there = [await say(first, prompt) for prompt in (one, one, other)]
    back = [await say(second, prompt) for prompt in (other, one, one)]
    assert there == [back[1], back[2], back[0]]


async def test_understudy_answers_by_its_seed(twin: Twin) -> None:
    answers = {await say(twin(seed), asked()) for seed in range(5)}
    assert len(answers) == 5


async def test_understudy_draws_by_its_seed(instant: Pace) -> None:
    prompt = asked(temperature=2.0, top_p=1.0)
    company = [Understudy("understudy 1", [], seed, instant) for seed in range(20)]
    assert len({await say(each, prompt) for each in company}) > 5


async def test_understudy_says_nothing_twice(
    questions: tuple[Question, ...], instant: Pace
) -> None:
    few = Understudy("understudy 1", passages(questions)[:3], seed=1, pace=instant)
    for _ in range(20):
        drawn = sentences(await say(few, asked(temperature=2.0, top_p=1.0)))
        assert len(drawn) == 5
        assert len(set(drawn)) == 5


async def test_understudy_puts_near_repeats_last(instant: Pace) -> None:
    told = [
        "A school that bans phones brings back talk and play.",
        "The school that bans phones brings back much talk and play.",
        "Phones may stay in locked boxes at the office.",
    ]
    known = [Passage("other", "What of noise?", sentence) for sentence in told]
    understudy = Understudy("understudy 1", known, seed=1, pace=instant)
    drawn = sentences(await say(understudy, asked(temperature=0.0)))[1:4]
    assert drawn[1] == told[2]


async def test_understudies_have_their_own_taste(twin: Twin) -> None:
    assert len({await say(twin(seed), asked(temperature=0.0)) for seed in range(5)}) > 1


async def test_understudy_top_p_narrows(understudy: Understudy) -> None:
    distinct = []
    for top_p in (0.05, 0.5, 1.0):
        prompt = asked(temperature=1.0, top_p=top_p)
        answers = [await say(understudy, prompt) for _ in range(10)]
        distinct.append(len({line for answer in answers for line in sentences(answer)}))
    assert distinct[0] < distinct[1] < distinct[2]


async def test_understudy_with_the_least_top_p_is_greedy(understudy: Understudy) -> None:
    greedy = await say(understudy, asked(temperature=0.0))
    assert await say(understudy, asked(temperature=1.0, top_p=0.01)) == greedy


async def test_understudy_temperature_widens(understudy: Understudy) -> None:
    distinct = []
    for temperature in (0.0, 0.2, 2.0):
        prompt = asked(temperature=temperature, top_p=1.0)
        answers = [await say(understudy, prompt) for _ in range(10)]
        distinct.append(len({line for answer in answers for line in sentences(answer)}))
    assert distinct[0] < distinct[1] < distinct[2]


async def test_understudy_clamps_settings_out_of_range(understudy: Understudy, twin: Twin) -> None:
    for wild, tame in (((9.0, 7.0), (2.0, 1.0)), ((-1.0, 0.0), (0.0, 0.01))):
        answer = await say(understudy, asked("", QUESTION, *wild))
        assert answer == await say(twin(7), asked("", QUESTION, *tame))


async def test_understudy_never_gives_away_the_reference(instant: Pace) -> None:
    questions = read_banks(BANKS).values()
    understudy = Understudy("understudy 1", passages(questions), seed=1, pace=instant)
    for question in questions:
        own = {tuple(words(sentence)) for sentence in sentences(question.reference)}
        for text in (question.text, f"Dear model,\n {question.text.upper()}  Thank you."):
            answer = await say(understudy, asked(question=text, temperature=0.0))
            assert own.isdisjoint(tuple(words(sentence)) for sentence in sentences(answer))


async def test_understudy_draws_on_what_fits(understudy: Understudy) -> None:
    question = "What do floods, a flood wall and meadows upstream mean to farmers?"
    answer = await say(understudy, asked(question=question, temperature=0.0))
    drawn = sentences(answer)[1]
    known = {passage.sentence: passage.question_id for passage in understudy.passages}
    assert known[drawn] == "river-wall"


async def test_understudy_hears_the_system_prompt(understudy: Understudy) -> None:
    prompt = asked("Saplings and trees die without water.", "What now?", temperature=0.0)
    known = {passage.sentence: passage.question_id for passage in understudy.passages}
    assert known[sentences(await say(understudy, prompt))[1]] == "street-trees"


@pytest.mark.parametrize("temperature", [0.0, 0.7, 2.0])
async def test_understudy_reads_like_an_answer(
    understudy: Understudy, questions: tuple[Question, ...], temperature: float
) -> None:
    for question in questions:
        answer = await say(understudy, asked(question=question.text, temperature=temperature))
        assert 70 <= len(answer.split()) <= 160
        assert 1 <= len(answer.split("\n\n")) <= 3
        assert set(terms(sentences(answer)[0])) & set(terms(question.text))
        assert len(sentences(answer)) == len(set(sentences(answer)))


async def test_understudy_answers_in_the_manner_asked_for(understudy: Understudy) -> None:
    usual = await say(understudy, asked())
    brief = await say(understudy, asked("Be brief."))
    kind = await say(understudy, asked("Be kind."))
    plain = await say(understudy, asked("Use plain, simple words."))
    listed = await say(understudy, asked("Use bullets."))
    headed = await say(understudy, asked("Use the headings Decision, Conditions and Why."))
    assert len(brief.split()) <= 60 < 70 <= len(usual.split())
    assert "thank" in sentences(kind)[0].casefold() or "kind" in sentences(kind)[0].casefold()
    assert "plain" in sentences(plain)[0].casefold() or "simple" in sentences(plain)[0].casefold()
    assert listed.count("\n- ") >= 3
    assert [block.split()[0] for block in headed.split("\n\n")] == [
        *("**Decision.**", "**Conditions.**", "**Why.**")
    ]


async def test_understudy_draws_shorter_sentences_when_plain(understudy: Understudy) -> None:
    def average(answer: str) -> float:
        return len(answer.split()) / len(sentences(answer))

    usual = await say(understudy, asked(temperature=0.0))
    plain = await say(understudy, asked("Use simple words.", temperature=0.0))
    assert average(plain) < average(usual)


@pytest.mark.parametrize("manner", ["", "Be kind.", "Use bullets.", "Use headings and bullets."])
async def test_understudy_keeps_to_the_word_limit(understudy: Understudy, manner: str) -> None:
    for limit in range(1, 170, 6):
        answer = await say(understudy, asked(f"{manner} Answer in under {limit + 1} words."))
        assert 1 <= len(answer.split()) <= limit


async def test_understudy_streams_words_at_its_pace(twin: Twin) -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    understudy = twin(7)
    understudy.pace = Pace(first_token_s=2.0, words_per_s=10.0, sleep=note)
    chunks = [chunk.text async for chunk in understudy.stream(asked())]
    assert "".join(chunks) == await say(twin(7), asked())
    assert [len(chunk.split()) for chunk in chunks] == [1] * len(chunks)
    assert len(waits) == len(chunks)
    assert 1.6 <= waits[0] <= 2.5
    assert all(0.05 <= wait <= 0.15 for wait in waits[1:])


class Stuck:
    """A clock that stops for good at the given wait."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.stuck = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.left -= 1
        if self.left < 0:
            self.stuck.set()
            await asyncio.Event().wait()


@pytest.mark.parametrize("words_before", [0, 1, 20])
async def test_understudy_stops_at_once_when_its_reader_is_cancelled(
    twin: Twin, words_before: int
) -> None:
    clock, heard = Stuck(words_before), []
    understudy = twin(7)
    understudy.pace = Pace(1.0, 10.0, clock.sleep)

    async def listen() -> None:
        async for chunk in understudy.stream(asked()):
            heard.append(chunk)

    reader = asyncio.get_running_loop().create_task(listen())
    await clock.stuck.wait()
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    assert len(heard) == words_before
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_understudy_stops_when_closed(understudy: Understudy) -> None:
    stream = understudy.stream(asked())
    await anext(stream)
    await stream.aclose()
    assert [chunk async for chunk in stream] == []


async def test_understudy_without_passages_still_takes_up_the_question(instant: Pace) -> None:
    alone = Understudy("understudy 1", [], seed=1, pace=instant)
    assert (await say(alone, asked(temperature=0.0))).startswith("On secondary school ban and")


def test_understudy_must_say_what_it_is(instant: Pace) -> None:
    with pytest.raises(ValueError, match='must say "understudy"'):
        Understudy("endpoint 1", [], seed=1, pace=instant)


async def test_sentences_are_of_the_domain_that_the_question_seems_to_be_of(instant: Pace) -> None:
    banks = sorted((ROOT / "questions").glob("*.toml"))
    known = list(read_banks(banks).values())
    home = {passage.sentence: passage.domain for passage in passages(known)}
    found = {}
    for asked in known:
        understudy = Understudy("understudy 1", passages(known), seed=1, pace=instant)
        prompt = Prompt("", asked.text, 0.7, 0.9)
        text = "".join([chunk.text async for chunk in understudy.stream(prompt)])
        found[asked.id] = {domain for sentence, domain in home.items() if sentence in text}

    strays = [q.id for q in known if found[q.id] != {q.domain}]
    assert strays == []
