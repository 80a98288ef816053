"""Time that never steps back, and tasks that are kept."""

import asyncio

import pytest
from logged import lines

from finale.clock import Clock, Tasks


def test_time_never_steps_back() -> None:
    clock = Clock()
    times = [clock.now() for _ in range(1000)]

    assert times == sorted(times)


async def test_a_fast_clock_lets_a_show_pass_faster() -> None:
    slow, fast = Clock(), Clock(speed=500.0)
    begun = slow.now(), fast.now()
    await fast.sleep(30)
    passed = slow.now() - begun[0], fast.now() - begun[1]

    assert passed[1] >= 30
    # 30 seconds of the show are 60 real milliseconds; far below 30 even on a busy machine.
    assert 0.05 <= passed[0] < 10


async def test_sleep_until_ends_when_the_time_has_come_and_not_before() -> None:
    clock = Clock(speed=500.0)
    at = clock.now() + 20
    await clock.sleep_until(at)
    assert clock.now() >= at

    before = clock.now()
    await clock.sleep_until(before - 100)
    await clock.sleep(-5)
    assert clock.now() < before + 1000


@pytest.mark.parametrize("speed", [0.0, -1.0])
def test_a_clock_that_stands_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match=f"speed must be positive, not {speed}"):
        Clock(speed)


async def test_tasks_are_kept_until_they_end() -> None:
    tasks, go = Tasks(), asyncio.Event()
    task = tasks.start(go.wait(), "waiting")
    assert (len(tasks), task.get_name()) == (1, "waiting")

    go.set()
    await task
    await asyncio.sleep(0)
    assert len(tasks) == 0


async def test_a_failing_task_is_reported_with_its_name(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise KeyError("lost")

    tasks = Tasks()
    task = tasks.start(fail(), "the tally")
    await asyncio.wait([task])
    await asyncio.sleep(0)

    said = [(line["event"], line["task"]) for line in lines(caplog)]
    assert said == [("task failed", "the tally")]
    assert len(tasks) == 0


async def test_stop_ends_all_and_waits_for_their_last_words() -> None:
    tasks, words = Tasks(), []

    async def speak(name: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            words.append(name)

    for name in ("one", "two"):
        tasks.start(speak(name), name)
    await asyncio.sleep(0)
    await tasks.stop()

    assert (sorted(words), len(tasks)) == (["one", "two"], 0)
