"""Judges that a show file names, asked over real connections to a stand-in on loopback."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from judging.scripted import Ear, brief, verdict
from show_file import bank
from standin import Seen, StandIn
from test_endpoints import plan

from finale.cast import Means, judge_entries, judges_seats, seated_comparer, seated_marker
from finale.clock import Clock
from finale.judging.llm_judge import LlmJudge
from finale.judging.pairwise import CHOICE_SCHEMA, Pair
from finale.judging.reply import VERDICT_SCHEMA
from finale.judging.understudy import UnderstudyJudge
from finale.llm.wire import Wire

KEY = "sk-a-key-of-the-judge"


@pytest.fixture
def show(tmp_path: Path) -> Path:
    (tmp_path / "bank.toml").write_text(bank(3))
    return tmp_path / "show.toml"


@pytest.fixture
async def means() -> AsyncIterator[Means]:
    async with Wire() as wire:
        yield Means(wire, Clock(speed=10), {"JUDGE_KEY": KEY})


def judged(seen: Seen) -> str:
    """A verdict for whatever is asked, in the right form; of two answers the first is chosen."""
    question = json.loads(seen.body)["messages"][-1]["content"]
    found = re.search(r'with "nonce" exactly (\S+):', question)
    assert found is not None
    if "BEGIN SECOND ANSWER" in question:
        choice = {"nonce": found[1], "reason": "Clearer.", "better": 1}
        return json.dumps({**choice, "manipulation_suspected": False})
    return f"Here it is:\n{verdict(found[1], 8)}"


def judges(base: str, first: str, spare: str) -> str:
    entry = f'kind = "openai"\nbase = "{base}/v1"\n'
    return f'[judge]\n{entry}model = "{first}"\n[spare_judge]\n{entry}model = "{spare}"\n'


def alone(base: str, more: str) -> str:
    return f'[judge]\nkind = "openai"\nbase = "{base}/v1"\nmodel = "plain"\n{more}\n'


async def test_a_judge_on_an_endpoint_marks_over_a_real_connection(
    show: Path, means: Means
) -> None:
    async with StandIn(reply=judged) as server:
        read = plan(show, judges(server.base, "plain", "seven-byte-parts"))
        seated, ear = seated_marker(read, read.rundown, means), Ear()
        marked = await seated.mark(brief("Five posts."), ear)

    assert isinstance(seated, LlmJudge)
    assert (marked.judge, read.rundown.judge) == ("openai: plain", "openai: plain")
    assert [given["depth"] for given in marked.passes] == [8, 8, 8]
    assert {reply.model for reply in ear.replies} == {"plain"}
    assert all((reply.tokens or 0) > 0 for reply in ear.replies)


@pytest.mark.parametrize("broken", ["no-access", "cut", "invalid-utf-8", "no-json", "empty"])
async def test_the_spare_marks_when_the_judge_is_broken(
    show: Path, means: Means, broken: str
) -> None:
    async with StandIn(reply=judged) as server:
        read = plan(show, judges(server.base, broken, "seven-byte-parts"))
        marked = await seated_marker(read, read.rundown, means).mark(brief("Five posts."), Ear())

    assert marked.judge == "openai: seven-byte-parts"
    assert marked.flags[0].startswith("The spare judge marked this answer. The first said: ")


async def test_without_a_judge_the_understudy_marks_and_compares_nothing(
    show: Path, means: Means
) -> None:
    read = plan(show, "")

    assert isinstance(seated_marker(read, read.rundown, means), UnderstudyJudge)
    assert (judge_entries(read), judges_seats(read, means)) == ([], [])
    assert seated_comparer(read, means) is None


@pytest.mark.parametrize("with_schema", [True, False])
async def test_a_schema_and_a_key_are_sent_only_where_the_file_says_so(
    show: Path, means: Means, with_schema: bool
) -> None:
    more = 'json_schema = true\nkey_env = "JUDGE_KEY"' if with_schema else ""
    async with StandIn(reply=judged) as server:
        read = plan(show, alone(server.base, more))
        await seated_marker(read, read.rundown, means).mark(brief("Five posts."), Ear())
        forms = [json.loads(seen.body).get("response_format") for seen in server.asks]
        keys = [seen.headers.get("authorization") for seen in server.asks]

    form = {"name": "verdict", "strict": True, "schema": VERDICT_SCHEMA}
    expected = {"type": "json_schema", "json_schema": form} if with_schema else None
    assert forms == [expected] * 3
    assert keys == [f"Bearer {KEY}" if with_schema else None] * 3


async def test_pairs_are_compared_in_the_form_of_a_choice(show: Path, means: Means) -> None:
    async with StandIn(reply=judged) as server:
        comparer = seated_comparer(plan(show, alone(server.base, "json_schema = true")), means)
        assert comparer is not None
        chosen = await comparer.choose(Pair("How many posts?", "Five.", "Four."), Ear())
        [form] = [json.loads(seen.body)["response_format"]["json_schema"] for seen in server.asks]

    assert (chosen, form["schema"]) == (1, CHOICE_SCHEMA)


async def test_a_judge_whose_key_is_missing_is_named(show: Path, means: Means) -> None:
    read = plan(show, alone("http://127.0.0.1:9", 'key_env = "JUDGE_KEY"'))

    with pytest.raises(ValueError, match=r"^The model of the judge needs a key"):
        judges_seats(read, replace(means, environment={}))
