"""An expert taps faster than the server answers: no tap is lost, no mark lands elsewhere."""

import re
from collections.abc import Callable

from in_browser import People, Served
from playwright.sync_api import Page, WebSocketRoute, expect
from tablet import CRITERIA, SEAT, marking, tab, touch, touch_all


class SlowLine:
    """A page's connection whose messages can be kept back, one way at a time, and let go."""

    def __init__(self) -> None:
        self.is_up_held = False
        self.is_down_held = False
        self._kept: list[Callable[[], None]] = []
        self.held_up: list[str | bytes] = []

    def join(self, page: Page) -> None:
        """Stand between `page` and its server."""
        page.clock.install()
        page.route_web_socket("**/_nicegui_ws/**", self._join)

    def let_go(self) -> None:
        self.is_up_held = self.is_down_held = False
        kept, self._kept = self._kept, []
        for send in kept:
            send()

    def _join(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        page.on_message(lambda said: self._pass(server, said, self.is_up_held))
        server.on_message(lambda said: self._pass(page, said, self.is_down_held))

    def _pass(self, to: WebSocketRoute, said: str | bytes, is_held: bool) -> None:
        if is_held:
            self._kept.append(lambda: to.send(said))
            self.held_up += [said] * self.is_up_held
        else:
            to.send(said)


def slowly_marking(serve: Callable[..., Served], people: People) -> tuple[Served, Page, SlowLine]:
    served, line = serve([9, 8, 7, 6, 5]), SlowLine()
    return served, marking(served, people, line.join), line


def test_a_press_that_outlasts_the_drawing_of_a_full_card_counts(
    serve: Callable[..., Served], people: People
) -> None:
    _, tablet, line = slowly_marking(serve, people)
    for button, opens in (
        (tab(tablet, "B"), "B"),
        (tablet.locator(".panel-on"), "C"),
        (tablet.locator(".panel-back"), "B"),
    ):
        line.is_down_held = True
        touch_all(tablet, 4)
        button.hover()
        tablet.mouse.down()
        line.let_go()
        expect(tablet.locator(".panel-tab[data-done][aria-pressed=true]")).to_be_visible()
        tablet.mouse.up()
        expect(tab(tablet, opens)).to_have_attribute("aria-pressed", "true")
    assert people.complaints == []


def test_marks_are_of_the_answer_in_sight_however_slow_the_server_is(
    serve: Callable[..., Served], people: People
) -> None:
    served, tablet, line = slowly_marking(serve, people)
    touch_all(tablet, 4)
    line.is_up_held = True
    tab(tablet, "B").click()
    expect(tab(tablet, "B")).to_have_attribute("aria-pressed", "true")
    touch_all(tablet, 5)
    expect(tablet.locator(".panel-tab[data-done]")).to_have_count(2)
    tablet.clock.fast_forward(3_000)
    expect(tablet.locator(".marks-late")).to_contain_text("3 marks wait")
    line.let_go()
    expect(tablet.locator(".marks-late")).to_have_count(0)
    assert served.order("cards", SEAT) == {
        "A": dict.fromkeys(CRITERIA, 4.0),
        "B": dict.fromkeys(CRITERIA, 5.0),
    }
    assert people.complaints == []


def test_a_press_that_began_on_one_answer_never_marks_the_next(
    serve: Callable[..., Served], people: People
) -> None:
    served, tablet, line = slowly_marking(serve, people)
    tablet.get_by_role("radio", name="2", exact=True).first.hover()
    line.is_down_held = True
    tablet.mouse.down()
    tablet.evaluate("document.querySelector('.panel-tab[data-opens=B]').click()")
    line.let_go()
    expect(tab(tablet, "B")).to_have_attribute("aria-pressed", "true")
    tablet.mouse.up()
    touch(tablet, "Efficiency", 5)
    expect(tablet.locator(".panel-saved")).to_contain_text("Saved")
    assert served.order("cards", SEAT) == {"B": {"efficiency": 5.0}}


def test_of_one_scale_one_mark_is_under_way_and_the_last_one_stands(
    serve: Callable[..., Served], people: People
) -> None:
    served, tablet, line = slowly_marking(serve, people)
    line.is_up_held = True
    for mark in (2, 3, 5):
        touch(tablet, "Efficiency", mark)
    marks = [re.findall(r'"mark\W+([\d.]+)', str(said)) for said in line.held_up]
    assert [mark for said in marks for mark in said] == ["2"]
    line.let_go()
    expect(tablet.locator(".panel-saved")).to_contain_text("Saved")
    tablet.wait_for_function("Object.values({...sessionStorage}).includes('{}')")
    assert served.order("cards", SEAT) == {"A": {"efficiency": 5.0}}
    assert people.complaints == []
