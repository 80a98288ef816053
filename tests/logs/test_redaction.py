"""No secret and no text of anybody's in a line, by name, by shape and by value."""

from typing import Any

import pytest

from finale.access import Access
from finale.audience.passes import Passes
from finale.logs.redaction import GONE, LONGEST, Redactor, secrets_of

KEY = b"k" * 32
ACCESS = Access(KEY)
TOKEN, COOKIE = ACCESS.token("host"), ACCESS.cookie("finalist-v")
PASS_ID, PASS = Passes(KEY).issue()
# Put together here: a whole one would look like a leak to those who search for leaks.
AWS_ID, AWS_SECRET = "AKIA" + "IOSFODNN7EXAMPLE", "wJalrXUtnFEMI" + "K7MDENGbPxRfiCYEXAMPLEKEY"

SHAPES = [
    (f"GET /enter/{TOKEN} HTTP/1.1", f"GET /enter/{GONE} HTTP/1.1"),
    (f"http://hall:8080/enter/{TOKEN}", f"http://hall:8080/enter/{GONE}"),
    (f"/enter/{TOKEN[:9]}…", f"/enter/{GONE}"),
    (f"GET /host?t={TOKEN}&seat=host", f"GET /host?t={GONE}&seat=host"),
    ("POST /api?token=abc&round=1", f"POST /api?token={GONE}&round=1"),
    ("?api_key=abc#top", f"?api_key={GONE}#top"),
    ("?X-Amz-Signature=0a1b&X-Amz-Date=2", f"?X-Amz-Signature={GONE}&X-Amz-Date=2"),
    ("Authorization: Bearer abc.DEF-123", f"Authorization: Bearer {GONE}"),
    ("authorization: basic dXNlcjpwYXNz", f"authorization: basic {GONE}"),
    (f"Cookie: {ACCESS.cookie_name('host')}={COOKIE}; a=b", f"Cookie: {GONE}"),
    (f"sent {ACCESS.cookie_name('host')}={COOKIE}.", f"sent {GONE}"),
    (f"a cookie {COOKIE} came", f"a cookie {GONE} came"),
    (f"a phone with {PASS} came", f"a phone with {GONE} came"),
    (f"denied for {AWS_ID}.", f"denied for {GONE}."),
    ("key sk-proj-abcDEF123456 was refused", f"key {GONE} was refused"),
    ("hf_abcdefghijklmnop and ghp_abcdefghijklmnop", f"{GONE} and {GONE}"),
    ("sagemaker-api-key-YWJjZGVmZ2g=", GONE),
    ("postgresql://show:hunter2@db/finale", f"postgresql://show:{GONE}@db/finale"),
    ("bad\n[SQL: INSERT]\n[parameters: ('draft:v', 'Dear')]", "bad\n[SQL: INSERT]\n[parameters]"),
    (
        "1 error [type=x, input_value={'system': 'Dear'}, input_type=dict]",
        "1 error [type=x, input_value=…, input_type=dict]",
    ),
]

PLAIN = [
    "GET /finalist?seat=finalist-v HTTP/1.1",
    "finale/crew/drafter.py:157 _run",
    "database is locked (sqlite3.OperationalError)",
    "http://192.0.2.7:8080/stage",
    "round=2 phase=tuning why=host",
    "a" * 64,
    "The judge could not mark answer C.",
]


@pytest.mark.parametrize(("text", "clean"), SHAPES, ids=range(len(SHAPES)))
def test_a_secret_is_known_by_its_shape(text: str, clean: str) -> None:
    assert Redactor().clean(text) == clean


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    assert Redactor().clean(text) == text


def test_a_known_value_is_hidden_wherever_it_stands() -> None:
    redactor = Redactor([AWS_SECRET])
    redactor.know([KEY.hex(), TOKEN, TOKEN[:20], "short"])

    assert redactor.clean(f"x{AWS_SECRET}y {KEY.hex()} {TOKEN} short") == (
        f"x{GONE}y {GONE} {GONE} short"
    )


def test_the_longer_of_two_secrets_leaves_no_rest() -> None:
    assert Redactor(["secret-one", "secret-one-and-two"]).clean("secret-one-and-two") == GONE


NAMED: list[tuple[str, Any, Any]] = [
    ("token", "abc", GONE),
    ("pass_id", PASS_ID.id, GONE),
    ("api_key", "abc", GONE),
    ("AWS_SECRET_ACCESS_KEY", "abc", GONE),
    ("links", {"host": "http://hall"}, GONE),
    ("receipt", "2345CDFG", GONE),
    ("system", "Be kind.", "[8 characters]"),
    ("prompt", "Be kind.", "[8 characters]"),
    ("answer", "Offer cover.", "[12 characters]"),
    ("new_text", "Offer cover.", "[12 characters]"),
    ("blob", b"\x00\x01", "[2 bytes]"),
    ("round", 3, 3),
    ("is_held", False, False),
    ("seconds", 1.5, 1.5),
    ("seat", "finalist-v", "finalist-v"),
    ("headers", {"Cookie": "a=b", "Accept": "*/*"}, {"Cookie": GONE, "Accept": "*/*"}),
    ("rows", [("x", f"Bearer {AWS_ID}")], [["x", f"Bearer {GONE}"]]),
    ("error", ValueError("Be kind."), "ValueError"),
    ("dump", "x" * (LONGEST + 1), "x" * LONGEST + f"… [{LONGEST + 1} characters]"),
]


@pytest.mark.parametrize(("name", "value", "shown"), NAMED, ids=range(len(NAMED)))
def test_a_value_is_shown_by_what_its_name_says(name: str, value: Any, shown: Any) -> None:
    assert Redactor()("", "", {name: value}) == {name: shown}


def test_secrets_of_an_environment_are_those_that_its_names_admit() -> None:
    found = secrets_of({"AWS_SECRET_ACCESS_KEY": "a", "OPENAI_API_KEY": "b", "HOME": "c"})
    assert found == ["a", "b"]
