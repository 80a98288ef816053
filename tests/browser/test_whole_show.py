"""Two rounds from doors to champion, played by clicking and typing in real browsers.

Host, stage, two finalists, one expert and three phones each have a browser of their own. The other
finalists and experts, and the judge, follow a script, so that the scores can be worked out by hand.
Answer A is lectern V, B is W, and so on.

Round 1        A      B      C      D      E
judge mark    90     70     50     50     30     span 60, middle 60
  points     100     80     60     60     40
panel mark    60    100     80     40     20     span 80, middle 60
  points      70    100     85     55     40
ballots        0      2      1      0      0     shares 0, 66.7, 33.3; span 66.7, middle 33.3
  points      40    100     70     40     40
score       76.0   92.0   72.0   54.0   40.0     0.4 judge + 0.4 panel + 0.2 audience

Round 2        A      B      C      D      E
judge mark    50     50     90     70     10     span 80, middle 50
  points      70     70    100     85     40
panel mark   100     20     60     40     80     span 80, middle 60
  points     100     40     70     55     85
ballots        0      0      3      0      0     span 100, middle 50
  points      40     40    100     40     40
score       76.0   52.0   88.0   64.0   58.0

Sum        152.0  144.0  160.0  118.0   98.0     Xenia, Vera, Wim, Yusuf, Zora
"""

from collections.abc import Callable, Sequence

from hall import PATIENCE_MS, SEATS, Hall, answer_of, open_hall, receipt
from in_browser import People, Served
from playwright.sync_api import Page, expect

JUDGE = [9, 7, 5, 5, 3, 5, 5, 9, 7, 1]
PANEL = ((3, 5, 4, 2, 1), (5, 1, 3, 2, 4))
VOTES = (("B", "B", "A"), ("C", "C", "C"))
SCORES = (("76.0", "92.0", "72.0", "54.0", "40.0"), ("76.0", "52.0", "88.0", "64.0", "58.0"))
LAST_NAMED = (("Vera", "Wim"), ("Vera", "Xenia"))
"""By round, who comes second and who has won."""
TABLE = (
    ("Xenia", "160.0"),
    ("Vera", "152.0"),
    ("Wim", "144.0"),
    ("Yusuf", "118.0"),
    ("Zora", "98.0"),
)
CRITERIA = ("generalization", "response_quality", "efficiency")


def tune(hall: Hall, round_: int) -> None:
    """Two finalists type, generate, pin and submit; the other three follow the script."""
    prompts = (f"Round {round_}: be short, use bullets.", f"Round {round_}: decide first, be kind.")
    for page, prompt in zip(hall.finalists, prompts, strict=True):
        page.get_by_label("System prompt").fill(prompt)
        page.get_by_role("button", name="Generate").click()
    expect(hall.stage.get_by_text("Generating").first).to_be_visible()
    hall.keep(f"{round_}-2-tuning", "stage", "host", "finalist")
    for page in hall.finalists:
        page.get_by_role("button", name="Pin").click(timeout=PATIENCE_MS)
        expect(page.get_by_text("At 0:00 your pinned draft is submitted.")).to_be_visible()
        page.get_by_role("button", name="Submit draft 1 now").click()
        page.get_by_role("button", name="Submit draft 1", exact=True).click()
    for seat in SEATS[2:]:
        answer_of(hall.served, seat, f"In round {round_} by nobody, {seat}.", round_)


def read(hall: Hall, round_: int) -> None:
    for letter in "ABCDE":
        hall.call(f"Show answer {letter}")
        if letter == "C":
            hall.keep(f"{round_}-3-reading", "stage", "phone")


def mark(hall: Hall, round_: int, marks: Sequence[int]) -> None:
    """The expert touches fifteen marks and locks; four others give the same."""
    for letter, value in zip("ABCDE", marks, strict=True):
        hall.expert.get_by_role("button", name=f"Answer {letter}").click()
        hall.expert.locator(f"[data-opens={letter}][aria-pressed=true]").wait_for()
        groups = hall.expert.get_by_role("radiogroup")
        for place in range(3):
            groups.nth(place).get_by_role("radio", name=str(value), exact=True).click()
        hall.expert.get_by_role("button", name=f"Answer {letter}, marked").wait_for()
    hall.keep(f"{round_}-4-marking", "panel")
    for number in range(2, 6):
        for letter, value in zip("ABCDE", marks, strict=True):
            for criterion in CRITERIA:
                values = {"letter": letter, "criterion": criterion, "mark": value}
                hall.served.command("MarkScorecard", f"panel-{number}", round=round_, **values)


def vote(hall: Hall, round_: int, choices: Sequence[str]) -> None:
    for phone, letter in zip(hall.phones, choices, strict=True):
        phone.get_by_role("button", name=f"Vote for {letter}", exact=True).click()
        receipt(phone).wait_for(timeout=PATIENCE_MS)
    if round_ == 0:
        change_and_come_back(hall.phones[2])
    hall.keep(f"{round_}-5-voted", "stage", "phone", "host")


def change_and_come_back(phone: Page) -> None:
    """A changed vote, then a reload: the same pass, the same choice, the same receipt."""
    first = receipt(phone).inner_text()
    phone.get_by_role("button", name="Vote for C", exact=True).click()
    expect(receipt(phone)).not_to_have_text(first)
    second = receipt(phone).inner_text()
    phone.reload()
    expect(receipt(phone)).to_have_text(second, timeout=PATIENCE_MS)


def reveal(hall: Hall, round_: int) -> None:
    hall.call("Close the vote")
    hall.call("Close the marks")
    hall.call("Reveal the judge")
    hall.keep(f"{round_}-6-judge", "stage")
    hall.call("Open the appeals")
    hall.keep(f"{round_}-7-appeals", "finalist", "panel")
    for label in ("Reveal the experts", "Reveal the audience", "Reveal the totals"):
        hall.call(label)
    for place in (5, 4, 3, 2):
        hall.call(f"Name place {place}")
    second, winner = LAST_NAMED[round_]
    expect(hall.stage.locator("body")).to_contain_text(second)
    assert winner not in hall.stage.locator("body").inner_text()
    hall.call("Name the round’s winner")


def check_scores(hall: Hall, round_: int) -> None:
    """The scoreboard on stage, letter by letter, and on the phones."""
    body = hall.stage.locator("body")
    for score in SCORES[round_]:
        expect(body).to_contain_text(score)
        expect(hall.phones[1].locator("body")).to_contain_text(score)
    hall.keep(f"{round_}-8-reveal", "stage", "phone")


def test_two_rounds_from_doors_to_champion(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve(JUDGE)
    hall = open_hall(served, people)
    expect(hall.stage.get_by_text("Vera Example")).to_be_visible(timeout=PATIENCE_MS)
    expect(hall.stage.get_by_text("phones joined")).to_be_visible()
    hall.keep("0-lobby", "stage", "host", "finalist", "panel", "phone")
    for round_ in (0, 1):
        hall.call(f"Show question {round_ + 1}")
        hall.call("Start tuning")
        tune(hall, round_)
        read(hall, round_)
        hall.call("Open the vote")
        mark(hall, round_, PANEL[round_])
        vote(hall, round_, VOTES[round_])
        reveal(hall, round_)
        check_scores(hall, round_)
        hall.call("Show the standings")
        hall.keep(f"{round_}-9-standings", "stage", "phone")
        if round_ == 0:
            hall.host.get_by_role("button", name="Break").click()
            expect(hall.stage.get_by_text("Back in a moment")).to_be_visible()
            hall.keep("0-break", "stage")
    hall.call("Crown the champion")
    expect(hall.stage.get_by_text("Xenia Specimen").first).to_be_visible(timeout=PATIENCE_MS)
    hall.keep("2-champion", "stage", "host", "finalist", "panel", "phone")
    check_table(hall)
    assert people.complaints == []
    assert {url.split("/")[2] for url in people.requests if not url.startswith("data:")} == {
        served.links["stage"].split("/")[2]
    }


def check_table(hall: Hall) -> None:
    """The final table on the host's desk: names and sums in order."""
    text = hall.host.locator("body").inner_text()
    places = [text.index(f"{total}") for _, total in TABLE]
    assert places == sorted(places)
    phone = hall.phones[0].locator("body")
    for name, total in TABLE:
        expect(phone).to_contain_text(name)
        expect(phone).to_contain_text(total)
