"""What has happened to the finalists' models besides their drafts."""

from typing import Literal

from finale.show.rundown import Frozen


class BaselineRecorded(Frozen):
    """The uncounted answer of a finalist's model, untuned. Times in seconds."""

    kind: Literal["BaselineRecorded"] = "BaselineRecorded"
    round: int
    finalist: str
    text: str
    outcome: Literal["finished", "failed"]
    reason: str = ""
    first_token_s: float | None = None
    total_s: float | None = None
    tokens: int | None = None


class FingerprintTaken(Frozen):
    """Which model a finalist plays with; `of_round` counts from 0, −1 is before the first."""

    kind: Literal["FingerprintTaken"] = "FingerprintTaken"
    of_round: int
    finalist: str
    model: str
    digest: str


ModelEvent = BaselineRecorded | FingerprintTaken
