"""An appeal from a finalist's click to the stage's before and after; an expert who leaves.

The judge's marks are 30, 90, 70, 50 and 50 for A to E, so A's judge points are 40. The experts mark
A 100 and nobody below 20: A's panel points are 100. Nobody votes, so the judge counts one half: an
upheld appeal lifts A from 20.0 to 50.0.
"""

from collections.abc import Callable, Sequence

from hall import PATIENCE_MS, answer, hold, picture, put_right
from in_browser import SHOW, People, Served
from playwright.sync_api import Page, expect

JUDGE = [3, 9, 7, 5, 5]
PANEL = (5, 1, 3, 2, 4)
LONG = SHOW.replace("appeal = 5", "appeal = 600")
CRITERIA = ("generalization", "response_quality", "efficiency")
EXPERTS = tuple(f"panel-{number}" for number in range(1, 6))
GROUND = "factual error"


def to_marking(served: Served) -> None:
    """Everybody has answered, the vote and the marks are open."""
    served.order("next")
    served.order("next")
    answer(served)
    for _ in range(6):
        served.order("next")
    served.order("wait for verdicts")


def mark(served: Served, experts: Sequence[str]) -> None:
    """Complete cards of these experts."""
    for expert in experts:
        for letter, value in zip("ABCDE", PANEL, strict=True):
            for criterion in CRITERIA:
                values = {"letter": letter, "criterion": criterion, "mark": value}
                served.command("MarkScorecard", expert, round=0, **values)


def to_appeals(served: Served) -> None:
    """Both gates close with no ballot; the judge's marks are shown; the appeals open."""
    served.order("next")
    served.order("wait for tally")
    for _ in range(3):
        served.order("next")


def vote(served: Served, expert: str, *, is_upheld: bool) -> None:
    served.command("VoteAppeal", expert, round=0, letter="A", is_upheld=is_upheld)


def vote_by_click(tablet: Page, side: str) -> None:
    tablet.get_by_role("radio", name=f"{side} appeal").click(timeout=PATIENCE_MS)
    tablet.get_by_role("button", name=f"Send: {side.lower()}").click()


def test_an_appeal_from_a_finalists_click_to_before_and_after_on_stage(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve(JUDGE, show=LONG)
    stage = people.open(served.links["stage"], 1920, 1080)
    vera = people.open(served.links["finalist-v"], 1440, 900)
    tablets = [people.open(served.links[expert], 1024, 768) for expert in EXPERTS[:2]]
    to_marking(served)
    mark(served, EXPERTS)
    to_appeals(served)
    expect(stage.get_by_role("heading", name="Any appeals?")).to_be_visible(timeout=PATIENCE_MS)
    file_appeal(vera)
    expect(stage.get_by_role("heading", name="Was the AI judge wrong?")).to_be_visible()
    for tablet, side in zip(tablets, ("Uphold", "Reject"), strict=True):
        vote_by_click(tablet, side)
    expect(stage.get_by_text("2 of 5 experts have voted")).to_be_visible()
    picture(stage, "law-1-vote")
    expect(tablets[0].get_by_text("Your vote on A is in.")).to_be_visible()
    tablets[0].locator(".panel-tab", has_text="B").click()
    back = tablets[0].locator(".panel-backing")
    expect(back.get_by_role("button", name="Choose a ground")).to_be_visible()
    picture(tablets[0], "law-1-voted")
    for expert, is_upheld in zip(EXPERTS[2:], (True, True, False), strict=True):
        vote(served, expert, is_upheld=is_upheld)
    expect(stage.get_by_role("heading", name="The experts overrule the AI judge.")).to_be_visible()
    expect(stage.get_by_text("3 of 5 votes to uphold")).to_be_visible()
    expect(stage.locator(".appeal-change")).to_have_text(["20.050.0"])
    picture(stage, "law-2-upheld")
    assert "Vera" not in stage.locator("body").inner_text()
    expect(vera.get_by_text("You keep your appeal.")).to_be_visible()
    picture(vera, "law-3-finalist")
    assert people.complaints == []


def file_appeal(console: Page) -> None:
    """A ground, Appeal, and once more in the question that comes up."""
    console.get_by_role("button", name=GROUND).click(timeout=PATIENCE_MS)
    console.get_by_role("button", name="Appeal", exact=True).click()
    console.locator(".q-dialog").get_by_role("button", name="Appeal", exact=True).click()
    expect(console.get_by_text("Your appeal is filed.")).to_be_visible()


def withdraw(host: Page, name: str) -> None:
    """The host's clicks; the button is off until there is a reason."""
    put_right(host, "Withdraw an expert", {"Expert": name})
    expect(host.get_by_text("Say why: the reason stands in the record.")).to_be_visible()
    expect(host.get_by_role("button", name=f"Hold: Withdraw {name}")).to_be_disabled()
    host.get_by_label("Why (it stands in the record)").fill("Called away.")
    expect(host.get_by_role("button", name=f"Hold: Withdraw {name}")).to_be_enabled()
    picture(host, f"law-4-withdraw-{name[-1]}")
    hold(host, f"Hold: Withdraw {name}")


def test_nobody_waits_for_an_expert_who_has_left(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve(JUDGE, show=LONG)
    host = people.open(served.links["host"], 1440, 900)
    stage = people.open(served.links["stage"], 1920, 1080)
    to_marking(served)
    mark(served, EXPERTS[:4])
    served.command("CloseGate", "host", round=0, gate="vote")
    expect(host.get_by_text("5 cards are not complete.")).to_be_visible(timeout=PATIENCE_MS)
    withdraw(host, "Expert Five")
    expect(host.get_by_text("All cards are complete.")).to_be_visible()
    served.order("wait for tally")
    for _ in range(3):
        served.order("next")
    served.command("FileAppeal", "finalist-v", round=0, letter="A", ground=GROUND)
    for expert in EXPERTS[:3]:
        vote(served, expert, is_upheld=False)
    waits = "Waits for the experts’ vote on answer A."
    expect(host.get_by_text(waits)).to_be_visible(timeout=PATIENCE_MS)
    withdraw(host, "Expert Four")
    expect(stage.get_by_role("heading", name="The experts stand by the AI judge.")).to_be_visible()
    expect(host.get_by_text(waits)).to_be_hidden()
    expect(host.locator(".host-bank-panel").get_by_text("Withdrawn")).to_have_count(2)
    picture(host, "law-5-host")
    assert people.complaints == []
