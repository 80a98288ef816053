"""When an endpoint that keeps failing may be asked again."""

from pathlib import Path

import pytest
from crew.booth import V, W, booth

from finale.crew.breaker import Breaker
from finale.llm.base import EndpointError
from finale.show.refused import Refused


def test_three_failures_in_a_row_ask_for_a_pause_of_five_seconds() -> None:
    breaker = Breaker()
    pauses = []
    for at in (100.0, 101.0, 102.0):
        breaker.failed(at)
        pauses.append(breaker.pause(at))

    assert pauses == [0, 0, 5]
    assert (breaker.pause(106.5), breaker.pause(107.0), breaker.pause(900.0)) == (0.5, 0, 0)


def test_after_the_pause_one_more_failure_opens_it_again_and_an_answer_closes_it() -> None:
    breaker = Breaker()
    for at in (100.0, 101.0, 102.0, 110.0):
        breaker.failed(at)
    again = breaker.pause(110.0)
    breaker.worked()
    breaker.failed(111.0)

    assert (again, breaker.pause(111.0)) == (5, 0)


async def test_a_dying_endpoint_is_left_alone_for_a_while_and_nobody_elses(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = (EndpointError("throttled", "Too many requests."),)
        for number in (1, 2, 3):
            await b.generate(V)
            await b.ended(V, number)

        with pytest.raises(Refused) as refused:
            await b.generate(V)
        assert str(refused.value) == (
            "Your model has failed 3 times in a row. Generate again in 5 s; the host knows."
        )
        await b.generate(W)
        assert (await b.ended(W)).outcome == "finished"

        await b.show.clock.sleep(5)
        b.v.steps = ("Well again.",)
        await b.generate(V)
        assert (await b.ended(V, 4)).outcome == "finished"
        assert len(b.v.prompts) == 4
