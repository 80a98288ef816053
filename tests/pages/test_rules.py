"""The rules in plain words, for shows of any size."""

from story import rundown

from finale.pages.rules import rules_page


def test_one_of_a_thing_is_told_as_one() -> None:
    page = rules_page(rundown(finalists=2, panel=1, rounds=1, quorum=1))
    assert "2 finalists play 1 round, one question a round." in page
    assert "The panel of 1 expert gives 1 to 5" in page
    assert "With no vote at all the audience" in page


def test_more_of_a_thing_are_told_as_more() -> None:
    page = rules_page(rundown(finalists=5, panel=5, rounds=3, quorum=5))
    assert "5 finalists play 3 rounds, one question a round." in page
    assert "The panel of 5 experts gives 1 to 5" in page
    assert "With fewer than 5 votes the audience" in page


def test_a_presenter_who_sees_results_early_is_told_to_the_hall() -> None:
    told = "The presenter alone sees the results of a round before the names are revealed."
    assert told not in rules_page(rundown())
    assert told in rules_page(rundown(prompter_results=True))


def test_what_is_missing_or_lost_is_told_to_the_hall() -> None:
    page = rules_page(rundown())
    for told in (
        "the host may give the lost seconds back to that finalist alone, up to 30 a round.",
        "with one or two their mean.",
        "that expert’s card for that finalist does not count.",
        "for the judge if more than half of the answers have no mark",
        "for the experts if an answer has no card",
        "for a jury that the host declares void",
        "A round in which nobody has an answer counts for nobody.",
        "Who withdraws keeps what was scored",
    ):
        assert told in page
