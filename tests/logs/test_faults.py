"""An exception in the log: its kind and its place, never what somebody typed."""

import pytest
from pydantic import ValidationError
from sqlalchemy import create_engine
from sqlalchemy.exc import StatementError

from finale.llm.base import EndpointError
from finale.logs.faults import described, traced, without_quotes
from finale.show.commands import Submit
from finale.store.writer import StoreError

PROMPT = "Write as if the underwriter were my grandmother."


def invalid() -> Exception:
    with pytest.raises(ValidationError) as caught:
        Submit.model_validate({"round": PROMPT, "draft": 1})
    return caught.value


def unwritten() -> Exception:
    engine = create_engine("sqlite://")
    with engine.connect() as connection, pytest.raises(StatementError) as caught:
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", (PROMPT,))
    engine.dispose()
    return caught.value


@pytest.mark.parametrize(
    "error", [ValueError(PROMPT), KeyError(PROMPT), invalid(), unwritten()], ids=lambda e: type(e)
)
def test_an_exception_that_may_quote_people_says_its_kind_alone(error: Exception) -> None:
    kind = type(error)
    place = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    assert described(error) == f"{place}{kind.__name__}"


SAFE = [
    (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
    (TypeError("not callable"), "TypeError: not callable"),
    (StoreError("The disk is full."), "finale.store.writer.StoreError: The disk is full."),
    (ConnectionResetError("gone"), "ConnectionResetError: gone"),
    (
        ExceptionGroup("phones", [ValueError("Be kind."), OSError("gone")]),
        "ExceptionGroup: ValueError; OSError: gone",
    ),
    (
        EndpointError("refused", f"The model refused: “{PROMPT}”"),
        f"finale.llm.base.EndpointError: The model refused: [{len(PROMPT)} characters]",
    ),
]


@pytest.mark.parametrize(("error", "said"), SAFE)
def test_an_exception_with_words_of_its_own_says_them(error: Exception, said: str) -> None:
    assert described(error) == said


def test_a_traceback_is_places_and_causes_without_values() -> None:
    try:
        try:
            int(PROMPT)
        except ValueError as wrong:
            raise RuntimeError("a page broke") from wrong
    except RuntimeError as error:
        found = traced(error)

    assert found["error"] == "RuntimeError: a page broke"
    assert found["after"] == ["ValueError"]
    [place] = found["trace"]  # type: ignore[misc]
    assert place.startswith("tests/logs/test_faults.py:")
    assert place.endswith(" test_a_traceback_is_places_and_causes_without_values")


def test_short_quotations_stay() -> None:
    assert without_quotes("no column 'letter'") == "no column 'letter'"
