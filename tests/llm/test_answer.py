"""How drawn sentences are set out."""

from finale.llm.answer import Frame, cost, fitted, room, set_out
from finale.llm.manner import HEADINGS, Manner

FRAME = Frame("On trees, here I stand.", "So keep trees in view.")
DRAWN = ["Shade cools.", "Roots need soil.", "Water saplings."]


def test_answer_is_set_out_in_paragraphs() -> None:
    assert set_out(FRAME, DRAWN, Manner()) == (
        "On trees, here I stand. Shade cools.\n\n"
        "Roots need soil. Water saplings. So keep trees in view."
    )


def test_answer_is_one_paragraph_when_brief() -> None:
    assert "\n" not in set_out(FRAME, DRAWN, Manner(is_brief=True))


def test_answer_is_set_out_in_bullets() -> None:
    assert set_out(FRAME, DRAWN, Manner(has_bullets=True)) == (
        "On trees, here I stand.\n\n"
        "- Shade cools.\n- Roots need soil.\n- Water saplings.\n\n"
        "So keep trees in view."
    )


def test_answer_is_set_out_under_headings() -> None:
    assert set_out(FRAME, DRAWN, Manner(headings=HEADINGS)) == (
        "**Decision.** On trees, here I stand. Shade cools.\n\n"
        "**Conditions.** Roots need soil.\n\n"
        "**Why.** Water saplings. So keep trees in view."
    )


def test_answer_leaves_out_a_heading_without_text_and_bold_when_plain() -> None:
    manner = Manner(is_plain=True, headings=HEADINGS)
    assert set_out(FRAME, [], manner) == (
        "Decision. On trees, here I stand.\n\nWhy. So keep trees in view."
    )


def test_room_and_costs_add_up_to_the_words_set_out() -> None:
    for manner in (Manner(has_bullets=True), Manner(headings=HEADINGS)):
        left = room(FRAME, manner) - sum(cost(sentence, manner) for sentence in DRAWN)
        assert manner.most - left == len(set_out(FRAME, DRAWN, manner).split())


def test_frame_shrinks_with_the_limit() -> None:
    shrunk = [fitted(FRAME, "old trees", Manner(limit=limit)) for limit in (20, 19, 5, 4, 1)]
    opener_alone = Frame(FRAME.opener, "")
    assert shrunk == [
        *(FRAME, opener_alone, opener_alone, Frame("Old trees.", ""), Frame("Old.", ""))
    ]
