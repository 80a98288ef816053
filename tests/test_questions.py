"""The banks that come with Finale are whole, and a bad bank is named with its line."""

import re
from pathlib import Path

import pytest

from finale.questions import Question, read_bank, read_banks
from finale.toml_file import BadFile

BANKS = Path(__file__).parents[1] / "questions"
PATHS = sorted(BANKS.glob("*.toml"))
QUESTIONS = read_banks(PATHS)
TRAPS = read_bank(BANKS / "traps.toml").question

WRONG = {
    "letters-in-arrears": "irrecoverable has 3, arrears 2, register 2, so it is 7.",
    "days-over-a-leap-day": "From 20 February to 10 March 2028 it is 19.",
    "weekday-after-february": "February has four weeks. The hearing is on a Tuesday.",
    "litres-and-kilograms": "2,000 / 0.84 is 2,381.",
    "gusts-in-two-units": "45 times 1.6 is 72.0.",
    "flagged-claims": "The detector is right in 90 percent.",
    "fence-around-a-paddock": "120 / 8 makes 15 posts.",
    "up-and-down-again": "It is true: 8,000.",
    "tram-and-bus": "Six times eight is 48, so at 10:48.",
    "insurance-before-insure": "assure, ensure, insure, insurance, insured, insurer",
}
ANOTHER_RIGHT = {
    "letters-in-arrears": "Three, three and two: **eight**.",
    "days-over-a-leap-day": "Ten days in February and ten in March: 20 days.",
    "weekday-after-february": "29 days are four weeks and one day. So it is WEDNESDAY.",
    "litres-and-kilograms": "Yes, it may. The diesel weighs 1680 kg.",
    "gusts-in-two-units": "Work must stop: 72.41 km/h.",
    "flagged-claims": "About 10.2 %.",
    "fence-around-a-paddock": "Fifteen gaps, so sixteen posts.",
    "up-and-down-again": "No. 8,000 × 1.15 × 0.85 = $7,820.00",
    "tram-and-bus": "They meet at 10:24 and again at 10:48.",
    "insurance-before-insure": (
        "1. Assure\n2. Ensure\n3. Insurance\n4. Insure\n5. Insured\n6. Insurer"
    ),
}


def a_question(name: str, **changes: str) -> str:
    lines = {
        "id": f'"{name}"',
        "text": '"What do you offer?"',
        "short": '"What?"',
        "reference": f'"{"word " * 40}"',
        "key_facts": '["one", "two", "three"]',
    }
    body = "\n".join(f"{key} = {value}" for key, value in (lines | changes).items() if value)
    return f"\n[[question]]\n{body}\n"


def a_bank(path: Path, *questions: str) -> Path:
    head = 'title = "Bank"\ndomain = "property"\nlanguage = "en"\n'
    path.write_text(head + "".join(questions), encoding="utf-8")
    return path


def test_banks_hold_as_many_questions_as_the_readme_says() -> None:
    readme = (BANKS / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+\.toml)` \| (\d+) \|", readme, re.MULTILINE)
    assert {name: int(count) for name, count in told} == {
        path.name: len(read_bank(path).question) for path in PATHS
    }


def test_banks_hold_enough_for_several_shows() -> None:
    counts = {path.stem: len(read_bank(path).question) for path in PATHS}
    assert counts == {"public_services": 14, "traps": 10, "underwriting": 15}


def test_ids_are_unique_over_all_banks() -> None:
    assert len(QUESTIONS) == 39


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_question_suits_the_stage(question: Question) -> None:
    words = {field: len(getattr(question, field).split()) for field in ("text", "reference")}
    assert 30 <= words["text"] <= 70
    assert 100 <= words["reference"] <= 180
    assert 4 <= len(question.key_facts) <= 7
    assert 100 <= len(question.notes) <= 300
    assert not re.search(r"\w- \w", question.text + question.reference + question.notes)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_key_fact_shares_a_word_with_its_reference(question: Question) -> None:
    said = set(re.findall(r"\w{4,}|\d+", question.reference.lower()))
    silent = [
        fact
        for fact in question.key_facts
        if not said & set(re.findall(r"\w{4,}|\d+", fact.lower()))
    ]
    assert silent == []


def test_traps_alone_carry_checks() -> None:
    checked = [question.id for question in QUESTIONS.values() if question.check]
    assert checked == [question.id for question in TRAPS]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_trap_tells_right_from_wrong(trap: Question) -> None:
    assert trap.check is not None
    answers = (trap.reference, ANOTHER_RIGHT[trap.id], WRONG[trap.id], trap.text)
    assert [trap.check.passes(answer) for answer in answers] == [True, True, False, False]


def test_readme_example_is_a_bank(tmp_path: Path) -> None:
    readme = (BANKS / "README.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    path = tmp_path / "example.toml"
    path.write_text(example, encoding="utf-8")
    [question] = read_bank(path).question
    assert question.check is not None
    assert question.check.passes(question.reference)


def test_question_has_its_banks_domain_unless_it_names_one(tmp_path: Path) -> None:
    path = a_bank(tmp_path / "bank.toml", a_question("a"), a_question("b", domain='"marine"'))
    assert [question.domain for question in read_bank(path).question] == ["property", "marine"]


def test_banks_are_read_in_order(tmp_path: Path) -> None:
    late = a_bank(tmp_path / "a.toml", a_question("z"), a_question("y"))
    early = a_bank(tmp_path / "b.toml", a_question("x"))
    assert list(read_banks([early, late])) == ["x", "z", "y"]


def test_id_used_in_two_banks_names_both(tmp_path: Path) -> None:
    first = a_bank(tmp_path / "a.toml", a_question("x"), a_question("y"))
    second = a_bank(tmp_path / "b.toml", a_question("y"))
    with pytest.raises(BadFile) as bad:
        read_banks([first, second])
    assert str(bad.value) == (
        f"{second}, line 6, question[1].id: expected an id that no other question has, "
        f'found "y", used in {first}, line 13. Rename one of the two.'
    )


FAULTS = {
    "key_facts is a number": (
        a_question("a") + a_question("b", key_facts="7"),
        "line 17, question[2].key_facts: expected a list of strings, found a number (7). "
        "Write it in square brackets.",
    ),
    "a key fact is a number": (
        a_question("a", key_facts='[\n  "one",\n  2,\n  "three",\n]'),
        "line 10, question[1].key_facts[2]: expected a string, found a number (2). "
        "Write it between quotation marks.",
    ),
    "a key is missing": (
        a_question("a") + a_question("b", short=""),
        "line 12, question[2].short: expected this key, found nothing. Add it.",
    ),
    "a key is misspelt": (
        a_question("a", short="", shrot='"What?"'),
        'line 10, question[1].shrot: expected a known key, found "shrot". Did you mean "short"?',
    ),
    "a reference is too short": (
        a_question("a", reference='"""\ntoo\nshort\n"""'),
        "line 9, question[1].reference: expected 40 to 260 words, found 2. "
        "Correct it and start again.",
    ),
    "an id has capitals": (
        a_question("Bakery"),
        "line 6, question[1].id: expected a string that matches ^[a-z0-9]+(-[a-z0-9]+)*$, "
        'found a string ("Bakery"). Rewrite it.',
    ),
    "a check has a wrong kind": (
        a_question("a", check='{ kind = "regex", expect = "a" }'),
        "line 11, question[1].check.kind: expected 'number', 'word', 'pattern' or 'set', "
        'found a string ("regex"). Choose one of these.',
    ),
    "a check does not fit its kind": (
        a_question("a") + "[question.check]\nkind = 'number'\nexpect = 'eight'\n",
        "line 13, question[1].check.expect: expected a number, because kind is number, "
        'found a string ("eight"). Correct it and start again.',
    ),
    "a key fact alone": (
        a_question("a", key_facts='["one"]'),
        "line 10, question[1].key_facts: expected 3 or more entries, found 1 entry. Add some.",
    ),
    "an empty text": (
        a_question("a", text='""'),
        "line 7, question[1].text: expected 1 or more characters, found 0 characters. Lengthen it.",
    ),
    "no question at all": (
        "",
        "line 1, question: expected this key, found nothing. Add it.",
    ),
}


@pytest.mark.parametrize(("questions", "message"), FAULTS.values(), ids=list(FAULTS))
def test_bad_bank_is_told_in_one_sentence(tmp_path: Path, questions: str, message: str) -> None:
    path = a_bank(tmp_path / "bank.toml", questions)
    with pytest.raises(BadFile) as bad:
        read_bank(path)
    assert str(bad.value) == f"{path}, {message}"
