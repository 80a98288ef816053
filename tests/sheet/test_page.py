"""The sheet as a file: whole, alone, and with nobody's words as markup."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from story import question, rundown

from finale.sheet.page import sheet_page
from finale.sheet.plan import Plan, links_of
from finale.show.rundown import Rundown

LINKS = {
    "host": "http://192.0.2.7:8080/enter/host-token",
    "finalist-v": "http://192.0.2.7:8080/enter/v-token",
    "panel-1": "http://192.0.2.7:8080/enter/one-token",
    "prompter": "http://192.0.2.7:8080/enter/prompter-token",
    "commentary": "http://192.0.2.7:8080/enter/commentary-token",
    "stage": "http://192.0.2.7:8080/stage",
    "overlay": "http://192.0.2.7:8080/overlay",
    "testcard": "http://192.0.2.7:8080/testcard",
    "audience": "http://192.0.2.7:8080/",
}
HOSTILE = "<script>alert(1)</script><img src=http://192.0.2.9/x onerror='x'>"


class Outline(HTMLParser):
    """Every tag and its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def sheet(plan: Rundown, **values: object) -> str:
    return sheet_page(Plan(plan, "21 November 2026, 14:10", "The plan in show.toml.", **values))  # type: ignore[arg-type]


def words(html: str) -> str:
    body = html.split("</style>")[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_everything_that_a_caller_needs_is_on_it() -> None:
    plan = rundown(3, 2)
    text = words(sheet(plan, date="Sat 21 November, doors 19:00"))

    for name in ("Ada Byron", "Bao Ling", "Cleo Marsh", "Expert 1", "Expert 2"):
        assert name in text
    for number in (1, 2, 99):
        assert f"What is question {number}?" in text
        assert f"Notes for question {number}." in text
    assert plan.rounds[0].reference in text
    assert plan.rules_hash() in text
    assert "Sat 21 November, doors 19:00" in text
    assert "Printed 21 November 2026, 14:10" in text
    assert "tuning 90" in text
    assert "Role links" not in text


def test_a_check_is_told_with_its_tolerance() -> None:
    check = {"kind": "number", "expect": 1680, "tolerance": 0.5}
    plan = rundown().model_copy(update={"rounds": (question(1, check=check),)})
    assert "Check number: 1680 ± 0.5" in words(sheet(plan))


def test_names_that_nobody_has_spelled_out_get_a_line_to_write_on() -> None:
    plan = rundown(2, 1)
    said = plan.finalists[0].model_copy(update={"say": "AY-da"})
    plan = plan.model_copy(update={"finalists": (said, plan.finalists[1])})
    html = sheet(plan)

    assert "<em>AY-da</em>" in html
    assert html.count('<i class="line"></i>') == 2


def test_the_file_asks_nobody_for_anything() -> None:
    outline = Outline(sheet(rundown(), links=links_of(rundown(), LINKS, ("FGHJ", "FGHJKEY"))))

    assert outline.addresses == []
    assert not {"script", "img", "link", "iframe"} & set(outline.tags)
    assert set(re.findall(r"url\(\"?([a-z]+:)", sheet(rundown()))) == {"data:"}


@pytest.mark.parametrize("place", ["title", "name", "notes", "text", "date", "judge"])
def test_nobodys_words_become_markup(place: str) -> None:
    plan = rundown(2, 1)
    if place in ("title", "judge"):
        plan = plan.model_copy(update={place: HOSTILE})
    if place == "name":
        named = [one.model_copy(update={"name": HOSTILE, "say": HOSTILE}) for one in plan.finalists]
        plan = plan.model_copy(update={"finalists": tuple(named)})
    if place in ("notes", "text"):
        plan = plan.model_copy(update={"rounds": (question(1, **{place: HOSTILE}),)})
    html = sheet(plan, date=HOSTILE if place == "date" else "")
    outline = Outline(html)

    assert not {"script", "img"} & set(outline.tags)
    assert HOSTILE in unescape(html)


def test_each_seat_has_a_card_and_the_phones_a_page() -> None:
    links = links_of(rundown(), LINKS, ("FGHJ", "FGHJKEY"))
    html = sheet(rundown(), links=links)
    text = words(html)

    crew = ["Stage", "Test card", "Overlay", "Host", "Prompter", "Commentary"]
    assert [link.name for link in links] == ["Phones", *crew, "Ada Byron", "Expert 1"]
    assert html.count("class='card'") == 8
    assert html.count("class='qr'") == 9
    assert links[0].address == "http://192.0.2.7:8080/?FGHJKEY"
    for address in LINKS.values():
        assert address in text.replace("/enter/ ", "/enter/")
    assert "Room code FGHJ" in text
    assert "KEY" not in text


def test_a_warning_stands_at_the_codes() -> None:
    links = links_of(rundown(), LINKS, ("FGHJ", "FGHJKEY"))
    assert words(sheet(rundown(), links=links, warning="Here alone.")).count("Here alone.") == 2
