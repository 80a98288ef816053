"""A page that is opened anew shows what it showed, in hold and out of it."""

from collections.abc import Callable, Mapping

from hall import PATIENCE_MS, SEATS
from in_browser import SHOW, People, Served
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooLate

TIMED = SHOW.replace("locked = 0", "locked = 30").replace("appeal = 5", "appeal = 600")
LETTERS = "ABCDE"
SENT = "() => !Object.keys(sessionStorage).some(key => key.includes('prompt'))"
"""The server holds the prompt as it is typed."""

# Every text in sight and every field, but for clocks and for who is connected in this second.
SHOWN = r"""() => [...document.querySelectorAll("main *, body > div *, footer *")]
    .filter(part => part.checkVisibility() && !part.closest(
        "[data-form], [aria-live], .host-seats, .host-fault"))
    .flatMap(part => [part.value ?? "", ...[...part.childNodes]
        .filter(node => node.nodeType === 3).map(node => node.data.trim())])
    .filter(text => text && !/^[\d:]+( s)?$/.test(text)).join("\n")"""


def mark_all(served: Served) -> None:
    for expert in range(1, 6):
        for letter, mark in zip(LETTERS, (5, 4, 4, 3, 2), strict=True):
            for criterion in ("generalization", "response_quality", "efficiency"):
                values = {"letter": letter, "criterion": criterion, "mark": mark}
                served.command("MarkScorecard", f"panel-{expert}", round=0, **values)


def open_all(served: Served, people: People) -> dict[str, Page]:
    phone = f"{served.links['audience']}?{served.code}"
    return {
        "host": people.open(served.links["host"], 1440, 900),
        "stage": people.open(served.links["stage"], 1920, 1080),
        "finalist": people.open(served.links["finalist-v"], 1440, 900),
        "panel": people.open(served.links["panel-1"], 1024, 768),
        "phone": people.open(phone, 390, 844),
    }


def come_back(pages: Mapping[str, Page], **words: str) -> None:
    """Open every page anew once it shows its word; wait until it shows what it showed."""
    for role, page in pages.items():
        page.get_by_text(words[role]).filter(visible=True).first.wait_for(timeout=PATIENCE_MS)
        before = page.evaluate(SHOWN)
        page.reload()
        try:
            page.wait_for_function(f"was => ({SHOWN})() === was", arg=before, timeout=PATIENCE_MS)
        except TooLate:
            assert (role, page.evaluate(SHOWN)) == (role, before)


def submit_all(served: Served) -> None:
    for seat in SEATS:
        served.command("StartDraft", seat, round=0, system="", temperature=0.0, top_p=1.0)
        done = {"text": f"By nobody, {seat}.", "outcome": "finished", "finalist": seat}
        served.command("RecordDraft", "crew", round=0, draft=1, **done)
        served.command("Submit", seat, round=0, draft=1)
    served.order("wait for phase", phase="locked")


def to_marking(served: Served) -> None:
    served.order("skip", seconds=31)
    served.order("wait for phase", phase="reading")
    for _ in (*LETTERS, "the vote"):
        served.order("next")


def to_appeals(served: Served) -> None:
    mark_all(served)
    served.order("wait for verdicts")
    served.order("next")
    served.order("wait for tally")
    for _ in ("close the marks", "reveal the judge", "open the appeals"):
        if served.order("state")["phase"] != "appeal":
            served.order("next")


def test_every_page_comes_back_as_it_was_before_the_answers(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([], show=TIMED)
    pages = open_all(served, people)
    pages["phone"].get_by_role("heading", name="You are in.").wait_for(timeout=PATIENCE_MS)
    served.order("next")
    served.order("next")
    pages["finalist"].get_by_label("System prompt").fill("Half a thought")
    pages["finalist"].wait_for_function(SENT)
    served.command("HoldShow", "host")
    stopped = "The host has stopped the show"
    come_back(pages, host="Resume", stage="Paused", finalist=stopped, panel=stopped, phone=stopped)
    assert pages["finalist"].get_by_label("System prompt").input_value() == "Half a thought"
    served.command("ResumeShow", "host")
    submit_all(served)
    served.command("HoldShow", "host")
    locked = {"finalist": "Locked.", "panel": stopped, "phone": "The answers are locked"}
    come_back(pages, host="Resume", stage="Answers locked.", **locked)
    assert people.complaints == []


def test_every_page_comes_back_as_it_was_after_the_answers(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([9, 8, 7, 7, 5], show=TIMED, reason="It forgets the road.")
    pages = open_all(served, people)
    pages["phone"].get_by_role("heading", name="You are in.").wait_for(timeout=PATIENCE_MS)
    served.order("next")
    served.order("next")
    submit_all(served)
    to_marking(served)
    pages["phone"].get_by_role("button", name="Vote for B", exact=True).click()
    # The desk hears of a ballot a moment after the phone has its receipt.
    pages["host"].get_by_text("ballot from 1 phone").wait_for(timeout=PATIENCE_MS)
    voted = {"finalist": "Marking.", "panel": "Private note on A", "phone": "Your vote for B is in"}
    come_back(pages, host="Close the vote", stage="Which answer", **voted)
    to_appeals(served)
    served.command("HoldShow", "host")
    appeals = {"finalist": "Was the judge wrong?", "panel": "The judge on A", "phone": "stopped"}
    come_back(pages, host="Resume", stage="Any appeals?", **appeals)
    served.command("ResumeShow", "host")
    served.order("skip", seconds=601)
    served.order("wait for phase", phase="reveal")
    for _ in range(3 + len(LETTERS)):
        served.order("next")
    named = {
        "finalist": "The reveal.",
        "panel": "The scores are on stage.",
        "phone": "takes round 1",
    }
    come_back(pages, host="Show the standings", stage="Answer A was Vera", **named)
    assert people.complaints == []
