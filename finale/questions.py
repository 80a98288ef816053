"""Reads the question banks: one TOML file each, ids unique over all of them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from finale.show.question import Check, Question
from finale.toml_file import BadFile, line_of, read_toml

__all__ = ["Bank", "Check", "Question", "read_bank", "read_banks"]


class Bank(BaseModel):
    """One file of questions; a question without a `domain` has its bank's."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    domain: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    question: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _questions_inherit_the_domain(cls, bank: object) -> object:
        if not isinstance(bank, dict) or "domain" not in bank:
            return bank
        questions = bank.get("question")
        if not isinstance(questions, list | tuple):
            return bank
        domain = {"domain": bank["domain"]}
        return bank | {"question": [domain | q if isinstance(q, dict) else q for q in questions]}


def read_bank(path: Path) -> Bank:
    """Read one bank. Raises BadFile, which names file, line, field and what was expected."""
    return read_toml(path, Bank)


def read_banks(paths: Iterable[Path]) -> dict[str, Question]:
    """Read all banks into one mapping by question id, in the order of files and questions.

    Raises BadFile for the first bank that cannot be read, and for an id used twice.
    """
    questions: dict[str, Question] = {}
    homes: dict[str, tuple[Path, int]] = {}
    for path in paths:
        for index, question in enumerate(read_bank(path).question):
            if question.id in homes:
                raise _used_twice(question.id, homes[question.id], (path, index))
            homes[question.id] = (path, index)
            questions[question.id] = question
    return questions


def _used_twice(name: str, first: tuple[Path, int], second: tuple[Path, int]) -> BadFile:
    path, index = second
    return BadFile(
        path=path,
        line=_id_line(second),
        field=f"question[{index + 1}].id",
        expected="an id that no other question has",
        found=f'"{name}", used in {first[0]}, line {_id_line(first)}',
        advice="Rename one of the two.",
    )


def _id_line(home: tuple[Path, int]) -> int:
    path, index = home
    return line_of(path, ("question", index, "id"))
