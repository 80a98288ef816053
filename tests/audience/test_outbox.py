from finale.audience.outbox import MOST_ANSWERS, Outbox


async def test_only_the_newest_view_is_kept() -> None:
    outbox = Outbox()
    for version in range(50):
        outbox.show(f"view {version}")
    outbox.tell("ack")
    assert [await outbox.next(), await outbox.next()] == ["view 49", "ack"]


async def test_every_answer_is_kept_in_order() -> None:
    outbox = Outbox()
    for number in range(MOST_ANSWERS):
        assert outbox.tell(f"ack {number}") is True
    said = [await outbox.next() for _ in range(MOST_ANSWERS)]
    assert said == [f"ack {number}" for number in range(MOST_ANSWERS)]


async def test_one_answer_too_many_is_not_taken() -> None:
    outbox = Outbox()
    taken = [outbox.tell("ack") for _ in range(MOST_ANSWERS + 1)]
    assert taken == [True] * MOST_ANSWERS + [False]
