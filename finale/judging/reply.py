"""Reads a judge's reply: one JSON object of one form, and no mark from anywhere else."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

from finale.judging.base import Opinion
from finale.judging.sanitised import visible
from finale.llm.base import EndpointError
from scoring.rubric import JUDGE_RUBRIC, Rubric

LONGEST_REASON = 600
"""Characters of a reason that are kept."""

MOST_OBJECTS = 50
"""Objects of one reply that are looked at."""

_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=lambda pairs: _once(pairs), parse_constant=lambda name: _no_constant(name)
)


class Unreadable(EndpointError):
    """A reply that is no verdict; the text is a sentence that also tells the judge what to mend."""

    def __init__(self, text: str) -> None:
        super().__init__("garbage", text)


def schema_of(rubric: Rubric) -> dict[str, Any]:
    """The JSON schema of a reply, for backends that can hold a model to one."""
    scale = list(range(int(rubric.low), int(rubric.high) + 1))
    marks = {key: {"type": "integer", "enum": scale} for key in rubric.keys}
    return _closed(
        {
            "nonce": {"type": "string"},
            "reason": {"type": "string"},
            "marks": _closed(marks),
            "manipulation_suspected": {"type": "boolean"},
        }
    )


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


VERDICT_SCHEMA: Final = schema_of(JUDGE_RUBRIC)
"""The schema of a verdict by the rubric of the finale."""


def read_opinion(text: str, nonce: str, rubric: Rubric) -> Opinion:
    """The pass that a reply holds. Raises Unreadable, and nothing else, if it holds none."""
    found = the_object(text, nonce)
    check_keys(found, ("nonce", "reason", "marks", "manipulation_suspected"), "The object")
    return Opinion(
        _marks(found["marks"], rubric),
        reason_of(found["reason"]),
        truth(found["manipulation_suspected"]),
    )


def the_object(text: str, nonce: str) -> dict[str, Any]:
    """The one JSON object of a reply that echoes the nonce. Raises Unreadable."""
    own = [found for found in _objects(text) if found.get("nonce") == nonce]
    if not own:
        raise Unreadable('There was no JSON object with the right "nonce".')
    if any(found != own[0] for found in own):
        raise Unreadable('There was more than one JSON object with the right "nonce".')
    return own[0]


def check_keys(found: Mapping[str, Any], keys: tuple[str, ...], what: str) -> None:
    """Raise Unreadable unless the object has these keys and no other."""
    missing = [key for key in keys if key not in found]
    if missing:
        raise Unreadable(f"{what} had no {', '.join(missing)}.")
    if len(found) > len(keys):
        raise Unreadable(f"{what} had more than {', '.join(keys)}.")


def reason_of(value: Any) -> str:
    """A reason fit for screens and log: visible characters on one line. Raises Unreadable."""
    if not isinstance(value, str) or not (line := " ".join(visible(value).split())):
        raise Unreadable('"reason" was no text.')
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"


def truth(value: Any) -> bool:
    """True or false. Raises Unreadable."""
    if not isinstance(value, bool):
        raise Unreadable('"manipulation_suspected" was neither true nor false.')
    return value


def _marks(value: Any, rubric: Rubric) -> dict[str, int]:
    if not isinstance(value, dict):
        raise Unreadable('"marks" was no object.')
    check_keys(value, rubric.keys, '"marks"')
    return {key: _mark(key, value[key], rubric) for key in rubric.keys}


def _mark(key: str, value: Any, rubric: Rubric) -> int:
    # In Python true is 1.
    if type(value) is not int or not rubric.low <= value <= rubric.high:
        raise Unreadable(f'"{key}" was no whole number from {rubric.low:g} to {rubric.high:g}.')
    return value


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Every outermost JSON object in a text, whatever stands around it."""
    place = text.find("{")
    for _ in range(MOST_OBJECTS):
        if place < 0:
            return
        try:
            found, end = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            yield found
        place = text.find("{", end)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
