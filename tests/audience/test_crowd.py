import asyncio
import json
import sys
from collections.abc import Mapping

from audience.phone_house import ANSWERS, CODE, House

from finale.rehearsal.crowd import Plan, run
from finale.rehearsal.habits import Habits
from finale.show.phases import Phase

SHUFFLED = {"A": ANSWERS["C"], "B": ANSWERS["A"], "C": ANSWERS["B"]}


def test_favourite_comes_from_the_text_and_never_from_its_letter() -> None:
    for phone in range(200):
        habits = Habits(7, phone)
        chosen = [ANSWERS[letter] for letter in habits.votes(0, ANSWERS)]
        assert [SHUFFLED[letter] for letter in habits.votes(0, SHUFFLED)] == chosen


def test_habits_differ_by_seed_and_some_change_their_mind() -> None:
    plans = [[Habits(seed, n).votes(0, ANSWERS) for n in range(200)] for seed in (1, 2)]
    assert plans[0] != plans[1]
    assert {len(plan) for plan in plans[0]} == {1, 2}
    assert {plan[-1] for plan in plans[0]} == set(ANSWERS)


async def test_every_ballot_of_a_crowd_that_drops_and_returns_is_counted_once(
    show: House, host: str
) -> None:
    voted: list[Mapping[str, int]] = []
    is_done = asyncio.Event()

    def tell(said: Mapping[str, int]) -> None:
        voted.append(said)
        is_done.set()

    playing = asyncio.ensure_future(run(Plan(f"http://{host}/?{CODE}", phones=60, seed=3), tell))
    await is_done.wait()
    is_done.clear()
    for number in range(2):
        await show.open_vote()
        await is_done.wait()
        is_done.clear()
        await show.close_vote()
        assert show.showrunner.state.round.counts == expected(number, 60, 3)
        await show.finish_round()
    await show.cue()
    assert show.showrunner.state.phase is Phase.CHAMPION
    report = await playing
    changes = sum(len(Habits(3, n).votes(number, ANSWERS)) for n in range(60) for number in (0, 1))
    assert (report.joined, report.acked, report.refused, report.lost) == (60, changes, 0, 0)
    assert report.dropped > 0
    assert voted == [{"joined": 60}, {"voted": 0}, {"voted": 1}]


def expected(round_: int, phones: int, seed: int) -> dict[str, int]:
    chosen = [Habits(seed, n).votes(round_, ANSWERS)[-1] for n in range(phones)]
    return {letter: chosen.count(letter) for letter in "ABC"}


async def start(host: str, code: str = CODE) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "finale.rehearsal.crowd",
        f"http://{host}/?{code}",
        "--phones=3",
        "--seed=1",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_crowd_process_ends_when_its_input_closes(show: House, host: str) -> None:
    process = await start(host)
    are_here = asyncio.Event()
    show.showrunner.subscribe(lambda: show.gateway.phones == 3 and are_here.set())
    await are_here.wait()
    assert process.stdin is not None
    process.stdin.close()
    assert await process.wait() == 2


async def test_crowd_process_reports_as_json_after_the_champion(show: House, host: str) -> None:
    process = await start(host)
    assert process.stdout is not None
    assert json.loads(await process.stdout.readline()) == {"joined": 3}
    for number in range(2):
        await show.open_vote()
        assert json.loads(await process.stdout.readline()) == {"voted": number}
        await show.close_vote()
        await show.finish_round()
    await show.cue()
    report = json.loads(await process.stdout.readline())
    assert (report["joined"], report["refused"], report["lost"]) == (3, 0, 0)
    assert await process.wait() == 0


async def test_crowd_process_with_a_wrong_code_says_so_and_ends(host: str) -> None:
    process = await start(host, "FGHK")
    _, said = await process.communicate()
    assert said.decode() == "The room code in the address is missing or wrong.\n"
    assert process.returncode == 1
