"""The plan of a show: who plays, who marks, which questions, under which settings."""

import hashlib
import json
import unicodedata
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from finale.show.phrase import Language
from finale.show.question import Question
from scoring.blend import Scales, Weights
from scoring.rubric import PANEL_RUBRIC

LECTERNS = "VWXYZSTU"
"""Names of the lecterns, left to right; far from A to H, which number blind answers."""

LETTERS = "ABCDEFGH"

LONGEST_ALONE, LONGEST_SHORT = 32, 28
"""Characters of a name that needs no short one beside it, and of a short one."""

_JOINERS = "\u200c\u200d"
"""Persian and Indic names need them within a word, and emoji to make one picture of several."""


def _without_hidden(text: str) -> str:
    for place, character in enumerate(text):
        is_joining = character in _JOINERS and not text[:place][-1:].isascii()
        if _is_hidden(character) and not is_joining:
            name = unicodedata.name(character, "CONTROL CHARACTER")
            raise ValueError(
                "expected letters and signs that can be seen, "
                f"found U+{ord(character):04X} {name} as character {place + 1}"
            )
    return text


def _is_hidden(character: str) -> bool:
    """Whether it is a control or format character, among them those that turn text around."""
    is_reserved = character == "\u2065"
    return is_reserved or unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")


def without_hidden(text: str) -> str:
    """The text without the characters that cannot be seen; joiners stay."""
    return "".join(c for c in text if c in _JOINERS or not _is_hidden(c))


Line = Annotated[str, AfterValidator(_without_hidden)]
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_without_hidden)]
Title = Annotated[Text, Field(max_length=80)]
Name = Annotated[Text, Field(max_length=60)]
ShortName = Annotated[Line, Field(max_length=LONGEST_SHORT)]
Said = Annotated[Line, Field(max_length=120)]
ScaleName = Literal["spread", "raw", "rank"]


class Frozen(BaseModel):
    """A value that is logged or crosses a wire."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Finalist(Frozen):
    """One who plays. `id` is the seat, `lectern` the letter on stage.

    `short` is what a narrow place shows; a name is never cut by a rule, for no rule knows which
    part of it people are called by.
    """

    id: str
    lectern: str
    name: Name
    short: ShortName = ""
    say: Said = ""
    affiliation: Said = ""
    endpoint: Text = "understudy"

    @property
    def short_name(self) -> str:
        """`short`, else the whole name."""
        return self.short or self.name


class Panellist(Frozen):
    """One of the experts; `recused` are the finalists whose cards of this expert never count."""

    id: str
    name: Name
    recused: tuple[str, ...] = ()


class Calibration(Frozen):
    """A practice answer whose marks are shown to every expert who has marked it."""

    question: Text
    answer: str = Field(min_length=1, max_length=4000)
    marks: dict[str, float]
    reason: Text

    @model_validator(mode="after")
    def _is_marked_in_full(self) -> Self:
        try:
            PANEL_RUBRIC.check(self.marks)
        except ValueError as error:
            raise ValueError(f"expected marks of the experts’ rubric, found {error}") from error
        if not PANEL_RUBRIC.is_complete(self.marks):
            raise ValueError(f"expected a mark for {', '.join(PANEL_RUBRIC.keys)}, found fewer")
        return self


class Seconds(Frozen):
    """Lengths of the timed phases, in seconds."""

    question: int = Field(20, ge=0, le=600)
    tuning: int = Field(90, ge=10, le=900)
    locked: int = Field(3, ge=0, le=30)
    reading: int = Field(15, ge=1, le=300)
    vote: int = Field(45, ge=5, le=600)
    marks: int = Field(120, ge=5, le=1800)
    appeal: int = Field(60, ge=5, le=600)


class WeightSettings(Frozen):
    """Nominal weights of the three components; they sum to 1."""

    judge: float = Field(0.40, ge=0, le=1)
    panel: float = Field(0.40, ge=0, le=1)
    audience: float = Field(0.20, ge=0, le=1)

    @model_validator(mode="after")
    def _sums_to_one(self) -> Self:
        total = self.judge + self.panel + self.audience
        if abs(total - 1) > 1e-9:
            raise ValueError(f"expected weights that sum to 1, found {total:.3f}")
        return self


class ScaleSettings(Frozen):
    """How marks become points, per component."""

    judge: ScaleName = "spread"
    panel: ScaleName = "spread"
    audience: ScaleName = "spread"


class Settings(Frozen):
    """Every rule of the show that can be changed, with its default.

    `longest_prompt` is in characters; `longest_copy` in words in a row that a system prompt may
    share with the reference answer or, without `carry_over`, with its finalist’s prompts of
    earlier rounds; 0 sets no limit. `drafts_at_once` run for one finalist at a time.
    `style_neutral` has the judge read answers without their markdown. `prompter_results` shows the
    presenter who is ahead in a round once the judge’s marks are on stage, before the names.
    """

    seconds: Seconds = Seconds()
    weights: WeightSettings = WeightSettings()
    scales: ScaleSettings = ScaleSettings()
    quorum: int = Field(5, ge=0, le=100_000)
    longest_prompt: int = Field(4000, ge=100, le=20_000)
    longest_copy: int = Field(12, ge=0, le=100)
    carry_over: bool = True
    drafts_at_once: int = Field(1, ge=1, le=4)
    max_tokens: int = Field(512, ge=16, le=4096)
    style_neutral: bool = False
    publish_prompts: bool = True
    prompter_results: bool = False

    def blend_weights(self) -> Weights:
        """The weights as scoring takes them."""
        return Weights(self.weights.judge, self.weights.panel, self.weights.audience)

    def blend_scales(self) -> Scales:
        """The scales as scoring takes them."""
        return Scales(self.scales.judge, self.scales.panel, self.scales.audience)


class Rundown(Frozen):
    """The whole plan of one show, frozen when the doors open."""

    title: Title
    finalists: tuple[Finalist, ...] = Field(min_length=2, max_length=8)
    panel: tuple[Panellist, ...] = Field(max_length=12)
    judge: Text
    language: Language = "en"
    rounds: tuple[Question, ...] = Field(min_length=1, max_length=12)
    reserve: Question
    spares: tuple[Question, ...] = Field((), max_length=12)
    practice: Question | None = None
    calibration: Calibration | None = None
    settings: Settings = Settings()

    def finalist(self, finalist_id: str) -> Finalist:
        """The finalist of that id; KeyError if there is none."""
        for finalist in self.finalists:
            if finalist.id == finalist_id:
                return finalist
        raise KeyError(finalist_id)

    @property
    def seats(self) -> tuple[str, ...]:
        """Every chair that a person or a robot can take: finalists, then panellists."""
        return tuple(f.id for f in self.finalists) + tuple(p.id for p in self.panel)

    def rules_hash(self) -> str:
        """SHA-256 over the settings as canonical JSON: printed on screen and in every export."""
        text = json.dumps(self.settings.model_dump(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
