"""Replies are read strictly: a verdict in the right form, or a sentence and no mark."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging.scripted import NONCE, Ear, Talker, brief, judge, nonce_of, verdict

from finale.judging.base import Opinion
from finale.judging.reply import LONGEST_REASON, VERDICT_SCHEMA, Unreadable, read_opinion
from finale.llm.base import EndpointError
from scoring.rubric import JUDGE_RUBRIC

MARKS = {"relevance": 7, "depth": 5, "coherence": 9}
SOUND = {"nonce": NONCE, "reason": "Right.", "marks": MARKS, "manipulation_suspected": False}
OPINION = Opinion(MARKS, "Right.")
TEXT = json.dumps(SOUND)


def read(text: str) -> Opinion:
    return read_opinion(text, NONCE, JUDGE_RUBRIC)


def changed(**changes: object) -> str:
    return json.dumps(SOUND | changes)


AROUND = [
    TEXT,
    f"\n\n  {TEXT}\n",
    f"```json\n{TEXT}\n```",
    f"~~~\n{json.dumps(SOUND, indent=2)}\n~~~",
    f"Here is my verdict: {TEXT} I hope it helps.",
    f"<think>Well, {{not JSON}} and {{}}.</think>{TEXT}",
    f'The answer says {{"relevance": 10}}. {TEXT}',
    f"It has {verdict('0123456789abcdef', 10)} in it. {TEXT}",
    f"{TEXT}\n{TEXT}",
    f"[{TEXT}]",
]


@pytest.mark.parametrize("text", AROUND)
def test_a_verdict_is_found_whatever_stands_around_it(text: str) -> None:
    assert read(text) == OPINION


FAULTS = [
    ("", 'There was no JSON object with the right "nonce".'),
    ("relevance 7, depth 5, coherence 9", 'There was no JSON object with the right "nonce".'),
    (verdict("0123456789abcdef"), 'There was no JSON object with the right "nonce".'),
    (changed(nonce=None), 'There was no JSON object with the right "nonce".'),
    (TEXT[:-1], 'There was no JSON object with the right "nonce".'),
    (TEXT.replace("7", "NaN"), 'There was no JSON object with the right "nonce".'),
    (TEXT.replace("7", "Infinity"), 'There was no JSON object with the right "nonce".'),
    (TEXT.replace("7", "9" * 5000), 'There was no JSON object with the right "nonce".'),
    (TEXT.replace('"depth": 5', '"depth": 5, "depth": 6'), "no JSON object"),
    (json.dumps({"verdict": SOUND}), 'There was no JSON object with the right "nonce".'),
    ("{" * 30_000, 'There was no JSON object with the right "nonce".'),
    ('{"a":' * 5_000, 'There was no JSON object with the right "nonce".'),
    (
        f"{TEXT} No: {changed(marks=MARKS | {'depth': 6})}",
        'There was more than one JSON object with the right "nonce".',
    ),
    (changed(marks=MARKS | {"depth": 0}), '"depth" was no whole number from 1 to 10.'),
    (changed(marks=MARKS | {"depth": 11}), '"depth" was no whole number from 1 to 10.'),
    (changed(marks=MARKS | {"depth": -7}), '"depth" was no whole number from 1 to 10.'),
    (changed(marks=MARKS | {"depth": 7.0}), '"depth" was no whole number from 1 to 10.'),
    (changed(marks=MARKS | {"depth": 7.5}), '"depth" was no whole number from 1 to 10.'),
    (changed(marks=MARKS | {"depth": "7"}), '"depth" was no whole number from 1 to 10.'),
    (changed(marks=MARKS | {"depth": True}), '"depth" was no whole number from 1 to 10.'),
    (changed(marks=MARKS | {"depth": None}), '"depth" was no whole number from 1 to 10.'),
    (changed(marks=MARKS | {"depth": [7]}), '"depth" was no whole number from 1 to 10.'),
    (changed(marks={"depth": 7}), '"marks" had no relevance, coherence.'),
    (changed(marks=MARKS | {"style": 7}), '"marks" had more than relevance, depth, coherence.'),
    (changed(marks=[7, 5, 9]), '"marks" was no object.'),
    (changed(manipulation_suspected="no"), '"manipulation_suspected" was neither true nor false.'),
    (changed(manipulation_suspected=0), '"manipulation_suspected" was neither true nor false.'),
    (changed(reason=""), '"reason" was no text.'),
    (changed(reason=" \u200b\n"), '"reason" was no text.'),
    (changed(reason=7), '"reason" was no text.'),
    (
        changed(note="!"),
        "The object had more than nonce, reason, marks, manipulation_suspected.",
    ),
    (
        json.dumps({"nonce": NONCE, **MARKS}),
        "The object had no reason, marks, manipulation_suspected.",
    ),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_what_is_not_in_the_form_is_unreadable_and_says_why(text: str, fault: str) -> None:
    with pytest.raises(Unreadable) as unread:
        read(text)

    assert str(unread.value).endswith(fault) or fault in str(unread.value)
    assert unread.value.kind == "garbage"


def test_a_reason_is_one_line_of_visible_characters_and_not_too_long() -> None:
    long = read(changed(reason="So\u202e it\n\nis.\x1b[31m " + "on " * 500)).reason

    assert long.startswith("So it is.[31m on on ")
    assert (len(long), long[-1]) == (LONGEST_REASON, "…")


def test_suspicion_is_read() -> None:
    assert read(changed(manipulation_suspected=True)).is_suspicious is True


def test_the_schema_asks_for_what_is_read() -> None:
    scale = {"type": "integer", "enum": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}

    assert VERDICT_SCHEMA["required"] == list(VERDICT_SCHEMA["properties"]) == list(SOUND)
    assert VERDICT_SCHEMA["properties"]["marks"]["properties"] == dict.fromkeys(MARKS, scale)
    assert VERDICT_SCHEMA["properties"]["marks"]["required"] == list(MARKS)
    assert VERDICT_SCHEMA["additionalProperties"] is False
    assert VERDICT_SCHEMA["properties"]["marks"]["additionalProperties"] is False


# ---- two thousand malformed replies

VALUES: list[Any] = [
    *(0, 11, -1, 10**30, 1.5, 7.0, 1e308, True, False, None, "7", "ten", "", [], [7], {}, {"a": 1}),
]


def broken_value(random: Random) -> str:
    """One value that is of no use."""
    place = random.choice([*MARKS, "marks", "nonce", "manipulation_suspected", "reason"])
    bad = random.choice(VALUES)
    if place in MARKS:
        return changed(marks=MARKS | {place: bad})
    if place == "reason":
        return changed(reason=random.choice([7, None, "", [], True]))
    if place == "manipulation_suspected":
        return changed(manipulation_suspected=random.choice([0, 1, None, "false", []]))
    return changed(**{place: bad})


def missing_or_extra(random: Random) -> str:
    """A key too few, or one too many."""
    whole: dict[str, Any] = {**SOUND, "marks": dict(MARKS)}
    inner = random.choice([whole, whole["marks"]])
    if random.random() < 0.5:
        del inner[random.choice(list(inner))]
    else:
        inner[random.choice(["score", "total", "Depth", "", "marks "])] = random.randint(1, 10)
    return json.dumps(whole)


def cut(random: Random) -> str:
    """The connection ended early."""
    return TEXT[: random.randrange(len(TEXT))]


def misspelt(random: Random) -> str:
    """One character of the form is another one."""
    places = [at for at, c in enumerate(TEXT) if c in '{}":,']
    at = random.choice(places)
    return TEXT[:at] + random.choice("([;'#") + TEXT[at + 1 :]


def prose(random: Random) -> str:
    """Marks in words."""
    given = [f"{key}{random.choice((':', ' =', ' is'))} {random.randint(1, 10)}" for key in MARKS]
    return f"{random.choice(('My marks:', '**Verdict**', NONCE))} {'; '.join(given)}."


def other_code(random: Random) -> str:
    """The form, with the code of another call."""
    return changed(nonce=f"{random.getrandbits(64):016x}")


def two_minds(random: Random) -> str:
    """Two verdicts that differ."""
    return f"{TEXT}{random.choice(('', ' or '))}{changed(reason=str(random.random()))}"


def noise(random: Random) -> str:
    """Anything."""
    return "".join(
        chr(random.choice((random.randrange(1, 128), random.randrange(1, 0xD800))))
        for _ in range(60)
    )


KINDS: list[Callable[[Random], str]] = [
    *(broken_value, missing_or_extra, cut, misspelt, prose, other_code, two_minds, noise),
]


async def test_two_thousand_malformed_replies_give_no_mark_and_no_surprise() -> None:
    random = Random(4)
    malformed = [KINDS[number % len(KINDS)](random) for number in range(2_000)]
    turns = iter(malformed)
    endless = Talker(lambda prompt: next(turns).replace(NONCE, nonce_of(prompt)))
    several, ear = judge(endless, passes=1), Ear()
    for number in range(len(malformed) // 2):
        with pytest.raises(EndpointError) as failed:
            await several.mark(brief(f"Answer {number}."), ear)
        assert failed.value.kind == "garbage"

    assert [reply.outcome for reply in ear.replies] == ["unreadable"] * 2_000
    assert len(set(malformed)) > 1_200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=300)
@given(changes=st.dictionaries(st.sampled_from([*SOUND, "x"]), JSON, min_size=1, max_size=3))
def test_any_json_is_a_verdict_in_the_form_or_unreadable(changes: dict[str, Any]) -> None:
    try:
        opinion = read(json.dumps(SOUND | changes))
    except Unreadable:
        return
    # Only what is within the form comes through.
    assert set(changes) <= {"nonce", "reason", "marks", "manipulation_suspected"}
    JUDGE_RUBRIC.check(opinion.marks)
    assert JUDGE_RUBRIC.is_complete(opinion.marks)
    assert all(type(mark) is int for mark in opinion.marks.values())


@settings(max_examples=300)
@given(text=st.text(max_size=200))
def test_any_text_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)
