"""Two drafts side by side, by keyboard alone: compare, turn, pin, go back, submit."""

from collections.abc import Callable

from hall import PATIENCE_MS, picture
from in_browser import People, Served
from playwright.sync_api import Page, expect

SEAT = "finalist-v"
PROMPTS = (
    "You are a senior underwriter. Be complete and structured.",
    "You are a senior underwriter. Use euro amounts. Be complete and structured.",
    "You are a senior underwriter. Use euro amounts. Keep it under 160 words, in plain words.",
)
ANSWER = "**Offer cover**, subject to conditions.\n\n" + "\n\n".join(
    f"Paragraph {n} says in plain words what the owner must do before the policy begins, and why."
    for n in range(1, 7)
)


def tuned(served: Served, *, begins: bool = True) -> None:
    """Three drafts, the second one hotter; the tuning begins first, if it has not."""
    for _ in range(2 * begins):
        served.order("next")
    for number, prompt in enumerate(PROMPTS, 1):
        heat = 0.2 + 0.3 * (number == 2)
        served.command("StartDraft", SEAT, round=0, system=prompt, temperature=heat, top_p=0.9)
        end = {"text": ANSWER, "outcome": "finished", "first_token_s": 0.6, "total_s": 5.4}
        served.command("RecordDraft", "crew", round=0, finalist=SEAT, draft=number, **end)


def sides(page: Page) -> list[str]:
    return page.locator(".compare-side h2").all_inner_texts()


def marked(page: Page) -> list[list[str]]:
    """What is struck through on the left and filled on the right."""
    return [page.locator(tag).all_inner_texts() for tag in ("del", "ins")]


def test_drafts_are_compared_pinned_and_submitted_by_keyboard(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([])
    tuned(served)
    page = people.open(served.links[SEAT], 1440, 900)
    editor = page.get_by_label("System prompt")
    editor.fill("Not sent yet.")
    page.keyboard.press("Alt+c")
    expect(page.locator(".compare-side")).to_have_count(2, timeout=PATIENCE_MS)
    assert sides(page) == ["Draft 2", "Draft 3"]
    assert marked(page) == [
        ["Be complete and structured"],
        ["Keep it under 160 words, in plain words"],
    ]
    assert page.locator(".is-changed .quiet").all_inner_texts() == ["Temperature"] * 2
    picture(page, "compare-1-finalist")

    page.keyboard.press("Alt+ArrowLeft")
    expect(page.get_by_role("heading", name="Drafts 1 and 3")).to_be_visible()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.get_by_role("heading", name="Drafts 2 and 3")).to_be_visible()
    page.keyboard.press("Alt+3")
    expect(page.locator(".compare-bar")).to_contain_text("your pinned draft is submitted.")
    expect(page.locator(".compare-side.is-pinned h2")).to_have_text("Draft 3")
    picture(page, "compare-2-finalist")

    page.keyboard.press("Escape")
    expect(editor).to_be_visible()
    expect(editor).to_have_value("Not sent yet.")
    page.keyboard.press("Alt+c")
    expect(page.get_by_role("heading", name="Drafts 2 and 3")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Submit draft 3?")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Submitted.", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    assert served.order("state")["submitted"] == {SEAT: "submitted"}
    assert people.complaints == []


def test_compared_drafts_fit_a_small_laptop(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([])
    tuned(served)
    page = people.open(served.links[SEAT], 1024, 768)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".compare-side")).to_have_count(2, timeout=PATIENCE_MS)
    picture(page, "compare-3-finalist")
    wide = page.evaluate("document.documentElement.scrollWidth")
    tall = page.evaluate("document.documentElement.scrollHeight")
    assert (wide, tall) == (1024, 768)
    cut = "es => es.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
    assert page.eval_on_selector_all(".compare-figures .stat", cut) == []
    for name in ("Back to tuning", "Submit draft 3 now", "Pin draft 3"):
        place = page.get_by_role("button", name=name).bounding_box()
        assert place is not None
        assert (place["x"] >= 0, place["x"] + place["width"] <= 1024) == (True, True)
        assert place["y"] + place["height"] <= 768


def test_an_earlier_prompt_is_taken_up_with_its_settings(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([])
    tuned(served)
    page = people.open(served.links[SEAT], 1440, 900)
    editor = page.get_by_label("System prompt")
    editor.fill("Something else.")
    page.keyboard.press("Alt+p")
    expect(page.get_by_role("heading", name="Your prompts so far")).to_be_visible()
    picture(page, "earlier-finalist")
    page.get_by_role("button", name="Use the prompt of round 1, draft 2").click()
    expect(editor).to_have_value(PROMPTS[1])
    expect(page.locator(".dial-value").first).to_have_text("0.50")
    expect(page.locator(".q-dialog")).to_have_count(0)
    page.keyboard.press("Alt+g")
    expect(page.get_by_role("heading", name="Draft 4").first).to_be_visible()
    page.reload()
    expect(editor).to_have_value(PROMPTS[1])
