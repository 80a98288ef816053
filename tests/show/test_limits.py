"""The lowest and the highest value of everything that has limits: both are taken, no more is."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from story import question, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.question import Check, Question
from finale.show.rundown import Calibration, Rundown, Seconds, Settings, WeightSettings

SECONDS = [
    ("question", 20, 0, 600),
    ("tuning", 90, 10, 900),
    ("locked", 3, 0, 30),
    ("reading", 15, 1, 300),
    ("vote", 45, 5, 600),
    ("marks", 120, 5, 1800),
    ("appeal", 60, 5, 600),
]
RULES = [
    ("quorum", 5, 0, 100_000),
    ("longest_prompt", 4000, 100, 20_000),
    ("longest_copy", 12, 0, 100),
    ("drafts_at_once", 1, 1, 4),
    ("max_tokens", 512, 16, 4096),
]
NUMBERS = [(Seconds, *row) for row in SECONDS] + [(Settings, *row) for row in RULES]


def takes(model: type[BaseModel], values: dict[str, Any]) -> bool:
    try:
        model.model_validate(values)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("model", "name", "usual", "lowest", "highest"), NUMBERS)
def test_a_setting_has_its_default_and_its_limits(
    model: type[BaseModel], name: str, usual: int, lowest: int, highest: int
) -> None:
    tried = (lowest - 1, lowest, highest, highest + 1)

    assert getattr(model(), name) == usual
    assert [takes(model, {name: value}) for value in tried] == [False, True, True, False]


def test_the_limits_are_all_there_are() -> None:
    assert [row[0] for row in SECONDS] == list(Seconds.model_fields)
    switches = ("carry_over", "prompter_results", "publish_prompts", "style_neutral")
    fields = ["seconds", "weights", "scales", *(row[0] for row in RULES), *switches]
    assert sorted(Settings.model_fields) == sorted(fields)


def test_settings_that_are_no_numbers_have_their_defaults() -> None:
    plain = Settings()

    assert plain.weights.model_dump() == {"judge": 0.4, "panel": 0.4, "audience": 0.2}
    assert plain.scales.model_dump() == dict.fromkeys(("judge", "panel", "audience"), "spread")
    assert (plain.publish_prompts, plain.carry_over, plain.prompter_results) == (True, True, False)


@pytest.mark.parametrize("name", ["judge", "panel", "audience"])
def test_one_jury_may_weigh_everything_and_none_less_than_nothing(name: str) -> None:
    nothing = dict.fromkeys(("judge", "panel", "audience"), 0.0)
    other = "panel" if name == "judge" else "judge"

    assert takes(WeightSettings, nothing | {name: 1.0})
    assert not takes(WeightSettings, nothing | {name: 1.1, other: -0.1})


def test_weights_that_do_not_sum_to_one_are_refused_by_their_sum() -> None:
    with pytest.raises(ValidationError) as refused:
        WeightSettings(judge=0.4, panel=0.4, audience=0.2001)

    (error,) = refused.value.errors()
    assert str(error["ctx"]["error"]) == "expected weights that sum to 1, found 1.000"
    assert takes(WeightSettings, {"judge": 0.4, "panel": 0.4, "audience": 0.2 + 5e-10})


COUNTS = [("finalists", 2, 8), ("panel", 0, 12), ("rounds", 1, 12), ("spares", 0, 12)]


@pytest.mark.parametrize(("name", "fewest", "most"), COUNTS)
def test_a_show_has_between_the_fewest_and_the_most(name: str, fewest: int, most: int) -> None:
    plan = rundown(finalists=8, panel=12, rounds=12).model_dump()
    plan["spares"] = [question(n).model_dump() for n in range(51, 63)]
    longer = {**plan, name: [*plan[name], plan[name][0]]}
    shorter = {**plan, name: plan[name][: fewest - 1]} if fewest else None

    assert len(plan[name]) == most
    assert takes(Rundown, {**plan, name: plan[name][:fewest]})
    assert takes(Rundown, plan)
    assert not takes(Rundown, longer)
    assert shorter is None or not takes(Rundown, shorter)


def test_a_practice_answer_has_1_to_4000_characters_and_every_mark() -> None:
    marks = {"generalization": 3.0, "response_quality": 3.0, "efficiency": 3.0}
    whole = {"question": "Why?", "answer": "x", "marks": marks, "reason": "So."}
    lengths = [takes(Calibration, whole | {"answer": "x" * n}) for n in (0, 1, 4000, 4001)]
    with pytest.raises(ValidationError) as few:
        Calibration.model_validate(whole | {"marks": {"efficiency": 3.0}})
    with pytest.raises(ValidationError) as odd:
        Calibration.model_validate(whole | {"marks": marks | {"efficiency": 9.0}})

    assert lengths == [False, True, True, False]
    assert str(few.value.errors()[0]["ctx"]["error"]) == (
        "expected a mark for generalization, response_quality, efficiency, found fewer"
    )
    assert str(odd.value.errors()[0]["ctx"]["error"]).startswith(
        "expected marks of the experts’ rubric, found "
    )


TEXTS = [("text", 1, 600), ("short", 1, 140), ("domain", 1, 40), ("id", 1, 60), ("notes", 0, 600)]


@pytest.mark.parametrize(("name", "fewest", "most"), TEXTS)
def test_a_questions_texts_have_their_lengths(name: str, fewest: int, most: int) -> None:
    plain = question(1).model_dump()
    tried = (fewest, most, most + 1)

    assert [takes(Question, plain | {name: "x" * n}) for n in tried] == [True, True, False]
    assert fewest == 0 or not takes(Question, plain | {name: ""})


def test_a_question_has_three_to_eight_key_facts_of_2_to_120_characters() -> None:
    plain = question(1).model_dump()

    def with_facts(*facts: str) -> bool:
        return takes(Question, plain | {"key_facts": facts})

    numbers = [with_facts(*(f"fact {i}" for i in range(n))) for n in (2, 3, 8, 9)]
    lengths = [with_facts("one", "two", "x" * n) for n in (1, 2, 120, 121)]
    assert numbers == lengths == [False, True, True, False]


@pytest.mark.parametrize("tolerance", [0.0, 0.5])
def test_a_tolerance_is_nothing_or_more(tolerance: float) -> None:
    assert takes(Check, {"kind": "number", "expect": 1.0, "tolerance": tolerance})
    assert not takes(Check, {"kind": "number", "expect": 1.0, "tolerance": -tolerance - 0.1})


REASONED: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (ca.VoidComponent, {"of_round": 0, "component": "judge"}),
    (ca.RestoreComponent, {"of_round": 0, "component": "judge"}),
    (
        ca.CorrectMark,
        {"of_round": 0, "panellist": "p", "letter": "A", "criterion": "c", "mark": 1.0},
    ),
    (ca.WithdrawFinalist, {"finalist": "f"}),
    (ca.WithdrawPanellist, {"panellist": "p"}),
    (ca.ReplaceQuestion, {"of_round": 0, "question": "q"}),
]


@pytest.mark.parametrize(("model", "values"), REASONED)
def test_a_reason_has_500_characters_at_most(
    model: type[BaseModel], values: dict[str, Any]
) -> None:
    lengths = [takes(model, values | {"reason": "x" * n}) for n in (500, 501)]

    assert lengths == [True, False]
    assert not takes(model, values)


def test_times_of_a_command_are_nothing_or_more_and_finite() -> None:
    draft = {"round": 0, "finalist": "f", "draft": 1, "text": "", "outcome": "finished"}
    tried = (-0.1, 0.0, 1e6, float("inf"), float("nan"))

    for model, values, name in (
        (c.Compensate, {}, "seconds"),
        (c.RecordDraft, draft, "first_token_s"),
        (c.RecordDraft, draft, "total_s"),
    ):
        taken = [takes(model, {**values, name: value}) for value in tried]
        assert (name, taken) == (name, [False, True, True, False, False])


def test_a_requests_id_has_1_to_80_characters() -> None:
    plain = {"by": "host", "command": c.HoldShow()}

    taken = [takes(c.Request, {**plain, "id": "x" * n}) for n in (0, 1, 80, 81)]

    assert taken == [False, True, True, False]
