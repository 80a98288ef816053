"""A place that scrolls fades while there is more below; what is being typed never does."""

from collections.abc import Callable

from hall import SEATS, answer_of
from in_browser import People, Served

FADE = "node => getComputedStyle(node).maskImage.includes('36px')"
TO_THE_TOP = """node => new Promise(done => {
    node.scrollTop = 0; requestAnimationFrame(() => requestAnimationFrame(done)); })"""
LONG = "A line that goes on for a while, and then a little. " * 80


def test_more_below_is_seen_and_typing_stays_clear(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([])
    page = people.open(served.links[SEATS[0]], 1440, 900)
    served.order("next")
    served.order("next")
    answer_of(served, SEATS[1], "Short.")
    editor = page.get_by_label("System prompt")
    editor.fill(LONG[:3900])
    assert editor.evaluate("node => node.scrollHeight > node.clientHeight")
    editor.evaluate(TO_THE_TOP)
    assert not editor.evaluate(FADE)
    served.command("StartDraft", SEATS[0], round=0, system="", temperature=0.0, top_p=1.0)
    done = {"text": LONG, "outcome": "finished", "finalist": SEATS[0]}
    served.command("RecordDraft", "crew", round=0, draft=1, **done)
    text = page.locator(".stream-text")
    page.wait_for_function(
        "() => { const it = document.querySelector('.stream-text'); "
        "return it && it.scrollHeight > it.clientHeight; }"
    )
    assert text.evaluate(FADE)
    text.evaluate("node => { node.scrollTop = node.scrollHeight; }")
    page.wait_for_function(f"() => !({FADE})(document.querySelector('.stream-text'))")
