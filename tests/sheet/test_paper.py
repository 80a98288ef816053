"""A PDF by a real Chromium, and clear words where there is none."""

import re

import pytest
from story import rundown

from finale.sheet.page import sheet_page
from finale.sheet.paper import CannotPrint, find_browser, pdf_of
from finale.sheet.plan import Plan

A4 = rb"/MediaBox \[0 0 59[45][.\d]* 84[12]"


def test_the_sheet_becomes_pages_of_a_pdf() -> None:
    browser = find_browser()
    if browser is None:
        pytest.skip("no Chromium here: install the package chromium, or run .ci/run")
    content = pdf_of(sheet_page(Plan(rundown(), "today", "A plan.")), browser)

    assert content.startswith(b"%PDF-")
    assert len(re.findall(A4, content)) == len(re.findall(rb"/Type\s*/Page\b", content)) == 6


def test_without_a_browser_the_words_say_what_to_do() -> None:
    with pytest.raises(CannotPrint) as refused:
        pdf_of("<p>Hello</p>", None)
    assert str(refused.value) == (
        "A PDF needs Chromium or Chrome, and none is installed here. Install one, or write "
        "the sheet as HTML (--out run-sheet.html) and print that from any browser."
    )


def test_a_browser_that_prints_nothing_is_told() -> None:
    with pytest.raises(CannotPrint) as refused:
        pdf_of("<p>Hello</p>", "/bin/true")
    assert str(refused.value) == "/bin/true printed nothing. Write the sheet as HTML instead."
