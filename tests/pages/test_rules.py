"""The rules in plain words, for shows of any size."""

from story import rundown

from finale.pages.rules import rules_page


def test_one_of_a_thing_is_told_as_one() -> None:
    page = rules_page(rundown(finalists=2, panel=1, rounds=1, quorum=1))
    assert "2 finalists play 1 round, one question a round." in page
    assert "The panel of 1 expert gives 1 to 5" in page
    assert "With fewer than 1 vote the audience" in page


def test_more_of_a_thing_are_told_as_more() -> None:
    page = rules_page(rundown(finalists=5, panel=5, rounds=3, quorum=5))
    assert "5 finalists play 3 rounds, one question a round." in page
    assert "The panel of 5 experts gives 1 to 5" in page
    assert "With fewer than 5 votes the audience" in page


def test_a_presenter_who_sees_results_early_is_told_to_the_hall() -> None:
    told = "The presenter alone sees the results of a round before the names are revealed."
    assert told not in rules_page(rundown())
    assert told in rules_page(rundown(prompter_results=True))
