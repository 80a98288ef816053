"""An expert whose line is gone goes on: every answer, every sheet and every scale is there."""

from collections.abc import Callable

from hall import PATIENCE_MS, hold
from in_browser import People, Served
from playwright.sync_api import Locator, Page, expect
from tablet import CRITERIA, SEAT, Line, mark_all, marking, tab, touch, touch_all

AUTHORS = dict(zip("ABCDE", "vwxyz", strict=True))
LOCKED = {"events": ["ScorecardsLocked"]}


def offline(serve: Callable[..., Served], people: People) -> tuple[Served, Page, Line]:
    """A tablet with five answers whose line has been cut."""
    served, line = serve([9, 8, 7, 6, 5]), Line()
    tablet = marking(served, people, line.join)
    line.cut()
    return served, tablet, line


def way_on(tablet: Page) -> Locator:
    return tablet.locator(".panel-on")


def reads(tablet: Page, letter: str) -> None:
    """Answer `letter`, and nothing else, is in sight."""
    sheet = tablet.locator(".panel-text").filter(visible=True)
    expect(sheet).to_have_text(f"By nobody, finalist-{AUTHORS[letter]}.")
    expect(tablet.locator(".panel-answer-head .blind-tile").filter(visible=True)).to_have_text(
        letter
    )
    expect(tablet.locator(".kept-label").filter(visible=True)).to_have_text(
        f"Private note on {letter}"
    )
    assert tablet.locator(".panel-tab[aria-pressed=true]").inner_text() == letter


def mark_five(tablet: Page) -> None:
    """By the main button alone, one mark after the other, A with a 1 and E with a 5."""
    for place, letter in enumerate("ABCDE"):
        reads(tablet, letter)
        after = "ABCDE"[place + 1 : place + 2]
        expect(way_on(tablet)).to_have_text("Score generalization, then response quality")
        touch(tablet, "Generalization", place + 1)
        expect(way_on(tablet)).to_have_text("Score response quality, then efficiency")
        way_on(tablet).click()
        expect(tablet.locator(".mark.is-wanted .heading")).to_have_text("Response quality")
        touch(tablet, "Response quality", place + 1)
        last = f", then {after}" if after else ", the last one"
        expect(way_on(tablet)).to_have_text(f"Score efficiency{last}")
        touch(tablet, "Efficiency", place + 1)
        if after:
            expect(way_on(tablet)).to_have_text(f"Next: {after}")
            way_on(tablet).click()


def cards(marks: dict[str, float]) -> dict[str, dict[str, float]]:
    return {letter: dict.fromkeys(CRITERIA, mark) for letter, mark in marks.items()}


def saved(tablet: Page) -> None:
    """The server has said that it holds every mark."""
    tablet.wait_for_function(
        "() => Object.keys(sessionStorage).some(key => key.endsWith(':marks:panel-1') &&"
        " sessionStorage[key] === '{}')",
        timeout=PATIENCE_MS,
    )
    expect(waiting(tablet)).to_have_count(0)


def waiting(tablet: Page) -> Locator:
    return tablet.locator(".marks-late")


def test_every_answer_is_marked_while_the_line_is_cut(
    serve: Callable[..., Served], people: People
) -> None:
    served, tablet, line = offline(serve, people)
    mark_five(tablet)
    expect(waiting(tablet)).to_contain_text("15 marks wait on this tablet")
    expect(way_on(tablet)).to_have_text("All scored. Check when back online")
    expect(way_on(tablet)).to_be_disabled()
    tab(tablet, "B").click()
    reads(tablet, "B")
    touch_all(tablet, 5)
    assert waiting(tablet).inner_text().startswith("15 marks wait")
    assert served.order("cards", SEAT) == {}
    line.mend()
    saved(tablet)
    assert served.order("cards", SEAT) == cards({"A": 1, "B": 5, "C": 3, "D": 4, "E": 5})
    reads(tablet, "B")
    way_on(tablet).click()
    hold(tablet, "Hold to lock my scores")
    expect(tablet.get_by_text("Your cards are locked.")).to_be_visible()


def test_every_answer_is_marked_while_the_server_is_away(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([9, 8, 7, 6, 5])
    tablet = marking(served, people)
    touch(tablet, "Efficiency", 2)
    expect(tablet.locator(".panel-saved")).to_contain_text("Saved")
    served.stop()
    expect(tablet.locator(".panel-page[data-offline]")).to_be_visible(timeout=PATIENCE_MS)
    tab(tablet, "C").click()
    touch_all(tablet, 4)
    tab(tablet, "A").click()
    touch(tablet, "Efficiency", 5)
    tab(tablet, "D").click()
    expect(waiting(tablet)).to_contain_text("4 marks wait")
    tablet.get_by_role("button", name="Reference").click()
    served.start()
    expect(tablet.locator(".panel-page:not([data-offline])")).to_be_visible(timeout=PATIENCE_MS)
    saved(tablet)
    assert served.order("cards", SEAT) == {"A": {"efficiency": 5.0}, **cards({"C": 4})}
    expect(tab(tablet, "D")).to_have_attribute("aria-pressed", "true")
    expect(tablet.get_by_role("heading", name="Key facts")).to_be_visible()


def test_every_sheet_is_read_while_the_line_is_cut(
    serve: Callable[..., Served], people: People
) -> None:
    _, tablet, _ = offline(serve, people)
    heading = tablet.get_by_role("heading", name="Reference answer")
    question = tablet.locator(".panel-full").filter(visible=True)
    seen = []
    for sheet in ("Reference", "Question", "Answer"):
        button = tablet.get_by_role("button", name=sheet, exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        seen.append((heading.is_visible(), question.is_visible()))
    assert seen == [(True, False), (False, True), (False, False)]
    reads(tablet, "A")


def test_nothing_is_locked_while_the_line_is_cut(
    serve: Callable[..., Served], people: People
) -> None:
    served, line = serve([9, 8, 7, 6, 5]), Line()
    tablet = marking(served, people, line.join)
    mark_all(served, dict.fromkeys("ABCDE", 4))
    way_on(tablet).get_by_text("Check your five answers").click()
    lock = tablet.get_by_role("button", name="Hold to lock my scores")
    expect(lock).to_be_visible()
    line.cut()
    expect(tablet.get_by_text("Offline: you can lock when the line is back.")).to_be_visible()
    expect(tablet.locator(".overview-hold")).to_have_attribute("inert", "")
    tablet.locator(".overview-hold").dispatch_event("held")
    tablet.locator(".overview-row").get_by_role("button", name="Change").nth(2).click()
    reads(tablet, "C")
    touch(tablet, "Efficiency", 1)
    line.mend()
    saved(tablet)
    assert served.order("cards", SEAT)["C"]["efficiency"] == 1.0
    assert served.command("LockScorecards", SEAT, round=0) == LOCKED


def test_marks_that_wait_hold_the_lock_back_and_are_named_beside_it(
    serve: Callable[..., Served], people: People
) -> None:
    served, line = serve([9, 8, 7, 6, 5]), Line()
    tablet = marking(served, people, line.join)
    mark_all(served, dict.fromkeys("ABCDE", 4))
    expect(way_on(tablet)).to_have_text("Check your five answers")
    line.hold_up()
    touch(tablet, "Efficiency", 2)
    way_on(tablet).click()
    expect(tablet.locator(".overview-hold")).to_have_attribute("inert", "")
    expect(tablet.locator(".marks-waiting")).to_contain_text("1 mark waits on this tablet")
    line.let_up()
    expect(tablet.locator(".overview-hold:not([inert])")).to_be_visible(timeout=PATIENCE_MS)
    expect(tablet.locator(".marks-waiting")).to_have_text("")
    assert served.order("cards", SEAT)["A"]["efficiency"] == 2.0


def test_an_appeal_is_of_the_answer_in_sight_when_the_line_is_back(
    serve: Callable[..., Served], people: People
) -> None:
    served, line = serve([9, 8, 7, 6, 5]), Line()
    tablet = marking(served, people, line.join)
    for _ in range(6):
        served.order("next")
    served.order("wait for verdicts")
    served.order("next")
    served.order("next")
    served.order("wait for tally")
    served.order("next")
    served.order("next")
    expect(tablet.get_by_text("The judge on A")).to_be_visible(timeout=PATIENCE_MS)
    line.cut()
    tab(tablet, "B").click()
    expect(tablet.locator(".panel-text").filter(visible=True)).to_contain_text("finalist-w")
    expect(tablet.get_by_text("Offline: appeals wait until the line is back.")).to_be_visible()
    assert tablet.get_by_text("The judge on").filter(visible=True).count() == 0
    line.mend()
    expect(tablet.get_by_text("The judge on B")).to_be_visible(timeout=PATIENCE_MS)
