"""The show file becomes a plan, or a sentence that names file, line and field."""

from pathlib import Path

import pytest
from show_file import bank

from finale.config import DEFAULT_SHOW, read_show
from finale.toml_file import BadFile

SHOW = """title = "The Finale"
banks = ["bank.toml"]
rounds = ["q-1", "q-2"]
reserve = "q-4"
panel = ["Expert One", "Expert Two"]

[[finalist]]
name = "Ada Byron"
short = "Ada"
affiliation = "Analytical Engines"

[[finalist]]
name = "Bao Ling"
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    (tmp_path / "bank.toml").write_text(bank(6))
    (tmp_path / "show.toml").write_text(SHOW)
    return tmp_path / "show.toml"


def test_plan_has_seats_lecterns_questions_and_the_defaults(show: Path) -> None:
    read = read_show(show)
    plan, questions = read.rundown, read.questions

    assert plan.seats == ("finalist-v", "finalist-w", "panel-1", "panel-2")
    told = [(f.lectern, f.name, f.short, f.affiliation, f.endpoint) for f in plan.finalists]
    assert told == [
        ("V", "Ada Byron", "Ada", "Analytical Engines", "understudy 1"),
        ("W", "Bao Ling", "", "", "understudy 2"),
    ]
    assert [q.id for q in plan.rounds] == ["q-1", "q-2"]
    assert (plan.reserve.id, plan.judge) == ("q-4", "understudy judge")
    assert list(questions) == ["q-1", "q-2", "q-3", "q-4", "q-5", "q-6"]
    seconds = plan.settings.seconds.model_dump()
    assert seconds == {
        "question": 20,
        "tuning": 90,
        "locked": 3,
        "reading": 15,
        "vote": 45,
        "marks": 120,
        "appeal": 60,
    }
    assert plan.settings.weights.model_dump() == {"judge": 0.4, "panel": 0.4, "audience": 0.2}


def test_settings_change_the_hash_and_names_do_not(show: Path) -> None:
    plain = read_show(show).rundown.rules_hash()
    show.write_text(SHOW.replace("Ada", "Eda"))
    renamed = read_show(show).rundown.rules_hash()
    show.write_text(SHOW + "\n[settings]\nquorum = 6\n")
    changed = read_show(show).rundown.rules_hash()

    assert plain == renamed
    assert plain != changed
    assert len(plain) == 64


def test_the_show_that_comes_along_is_for_five_and_five(tmp_path: Path) -> None:
    plan = read_show(DEFAULT_SHOW).rundown

    assert (len(plan.finalists), len(plan.panel), len(plan.rounds)) == (5, 5, 5)


EXTRAS = (
    SHOW.replace('reserve = "q-4"', 'reserve = "q-4"\nspares = ["q-5", "q-3"]\npractice = "q-6"')
    + """
[[recusal]]
expert = "Expert Two"
finalist = "Bao Ling"

[calibration]
question = "What is asked?"
answer = "What is answered."
reason = "It is thin."
[calibration.marks]
generalization = 2.0
response_quality = 2.5
efficiency = 4.0
"""
)


def test_spares_practice_recusal_and_calibration_are_read(show: Path) -> None:
    show.write_text(EXTRAS)
    plan = read_show(show).rundown

    assert [question.id for question in plan.spares] == ["q-5", "q-3"]
    assert plan.practice is not None
    assert plan.practice.id == "q-6"
    assert [(expert.name, expert.recused) for expert in plan.panel] == [
        ("Expert One", ()),
        ("Expert Two", ("finalist-w",)),
    ]
    assert plan.calibration is not None
    assert plan.calibration.marks == {
        "generalization": 2.0,
        "response_quality": 2.5,
        "efficiency": 4.0,
    }


EXTRA_REFUSALS = [
    ('expert = "Expert Two"', 'expert = "Expert Tow"', "recusal[1].expert", "“Expert Tow”"),
    ('finalist = "Bao Ling"', 'finalist = "Bao"', "recusal[1].finalist", "“Bao”"),
    ('"q-5", "q-3"', '"q-5", "q-9"', "spares[2]", "“q-9”"),
    ('"q-5", "q-3"', '"q-5", "q-1"', "spares[2]", "“q-1” again"),
    ('practice = "q-6"', 'practice = "q-4"', "practice", "“q-4” again"),
    ("efficiency = 4.0\n", "", "calibration", "fewer"),
    ("= 2.5", "= 2.4", "calibration", "2.4"),
]


@pytest.mark.parametrize(("old", "new", "field", "found"), EXTRA_REFUSALS)
def test_an_extra_that_cannot_be_used_is_named(
    show: Path, old: str, new: str, field: str, found: str
) -> None:
    show.write_text(EXTRAS.replace(old, new))

    with pytest.raises(BadFile) as refused:
        read_show(show)
    assert (refused.value.path, refused.value.field) == (show, field)
    assert found in refused.value.found


def test_nobody_has_the_name_of_another(show: Path) -> None:
    found = {}
    for old, new in (
        ('name = "Bao Ling"', 'name = "ada BYRON"'),
        ('name = "Bao Ling"', 'name = "Bao Ling"\nshort = "ada byron"'),
        ('"Expert Two"', '"Expert One"'),
    ):
        show.write_text(SHOW.replace(old, new))
        with pytest.raises(BadFile) as refused:
            read_show(show)
        found[refused.value.field] = refused.value.found, refused.value.advice

    advice = "Tell the two apart, by a second name or an initial."
    assert found == {
        "finalist[2].name": ("“ada BYRON” again", advice),
        "finalist[2].short": ("“ada byron” again", advice),
        "panel[2]": ("“Expert One” again", advice),
    }


REFUSALS = [
    ('rounds = ["q-1", "q-2"]', 'rounds = ["q-1", "q-9"]', 3, "rounds[2]", "“q-9”"),
    ('reserve = "q-4"', 'reserve = "q-9"', 4, "reserve", "“q-9”"),
    ('rounds = ["q-1", "q-2"]', 'rounds = ["q-1", "q-1"]', 3, "rounds[2]", "“q-1” again"),
    ('reserve = "q-4"', 'reserve = "q-2"', 4, "reserve", "“q-2” again"),
]


@pytest.mark.parametrize(("old", "new", "line", "field", "found"), REFUSALS)
def test_a_question_that_cannot_be_asked_is_named_with_its_line(
    show: Path, old: str, new: str, line: int, field: str, found: str
) -> None:
    show.write_text(SHOW.replace(old, new))

    with pytest.raises(BadFile) as refused:
        read_show(show)
    bad = refused.value
    assert (bad.path, bad.line, bad.field, bad.found) == (show, line, field, found)


FIELDS = [
    ('name = "Bao Ling"', 'name = ""', "finalist[2].name"),
    ('title = "The Finale"', 'title = "The Finale"\ncolour = "red"', "colour"),
    ('panel = ["Expert One"', 'panel = [7, "Expert One"', "panel[1]"),
    ('[[finalist]]\nname = "Bao Ling"\n', "", "finalist"),
    ('title = "The Finale"', f'title = "{"T" * 81}"', "title"),
    ('name = "Bao Ling"', f'name = "{"B" * 61}"\nshort = "Bao"', "finalist[2].name"),
    ('name = "Bao Ling"', f'name = "{"B" * 33}"', "finalist[2]"),
    ('name = "Bao Ling"', f'name = "Bao Ling"\nshort = "{"B" * 29}"', "finalist[2].short"),
    ('panel = ["Expert One"', f'panel = ["{"E" * 61}"', "panel[1]"),
]


@pytest.mark.parametrize(("old", "new", "field"), FIELDS)
def test_a_field_that_does_not_fit_is_named(show: Path, old: str, new: str, field: str) -> None:
    show.write_text(SHOW.replace(old, new))

    with pytest.raises(BadFile) as refused:
        read_show(show)
    assert (refused.value.path, refused.value.field) == (show, field)


HIDDEN = [
    ('title = "The Finale"', 'title = "The\\u202eFinale"', 1, "title"),
    ('name = "Bao Ling"', 'name = "Bao\\u202eLing"', 13, "finalist[2].name"),
    ('"Analytical Engines"', '"The\\u202eEngines"', 10, "finalist[1].affiliation"),
    ('"Expert Two"', '"Two\u202e"', 5, "panel[2]"),
]


@pytest.mark.parametrize(("old", "new", "line", "field"), HIDDEN)
def test_a_hidden_character_is_named_with_its_line(
    show: Path, old: str, new: str, line: int, field: str
) -> None:
    show.write_text(SHOW.replace(old, new), encoding="utf-8")

    with pytest.raises(BadFile) as refused:
        read_show(show)
    assert str(refused.value) == (
        f"{show}, line {line}, {field}: expected letters and signs that can be seen, found "
        "U+202E RIGHT-TO-LEFT OVERRIDE as character 4. Correct it and start again."
    )


def test_weights_must_sum_to_one(show: Path) -> None:
    show.write_text(SHOW + "\n[settings.weights]\njudge = 0.5\n")

    with pytest.raises(BadFile, match=r"expected weights that sum to 1, found 1\.100"):
        read_show(show)


def test_a_missing_show_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        read_show(tmp_path / "none.toml")
    assert refused.value.path == tmp_path / "none.toml"
