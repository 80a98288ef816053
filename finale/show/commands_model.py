"""What the crew reports of the finalists' models besides their drafts."""

from typing import Literal

from pydantic import Field

from finale.show.rundown import Frozen


class RecordBaseline(Frozen):
    """What a finalist's model says untuned: no system prompt, temperature 0. Times in seconds."""

    round: int
    finalist: str
    text: str
    outcome: Literal["finished", "failed"]
    reason: str = ""
    first_token_s: float | None = Field(None, ge=0, allow_inf_nan=False)
    total_s: float | None = Field(None, ge=0, allow_inf_nan=False)
    tokens: int | None = Field(None, ge=0)


class RecordFingerprint(Frozen):
    """Which model answers at a finalist's endpoint: its name, and a digest of what it runs on.

    `of_round` counts from 0, −1 is before the first.
    """

    of_round: int
    finalist: str
    model: str = Field(max_length=200)
    digest: str = Field(max_length=128)


ModelCommand = RecordBaseline | RecordFingerprint
