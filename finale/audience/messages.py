"""Every message from and to a phone, as JSON text in one websocket frame."""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    TypeAdapter,
    WrapSerializer,
)

from finale.languages.texts import Texts, texts
from finale.show.views.phone import PhoneView

PROTOCOL = 1
"""Grows when an older phone page can no longer be understood."""

LARGEST = 1024
"""Bytes of the largest message that a phone may send."""

Id = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,40}$")]


class Frame(BaseModel):
    """A message in one websocket frame."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Join(Frame):
    """The first message of a connection; without a token it asks for a new pass.

    A new pass takes the room's code or its key, in capital or small letters.
    """

    kind: Literal["join"]
    v: int
    token: str = Field("", max_length=200)
    code: str = Field("", pattern="^[A-Za-z]{0,16}$")


class Vote(Frame):
    """One tap. `round` counts from 0; `rev` grows with each tap of that phone in that round."""

    kind: Literal["vote"]
    id: Id
    round: int = Field(ge=0, le=99)
    letter: str = Field(pattern="^[A-H]$")
    rev: int = Field(ge=1, le=1_000_000)


class Ask(Frame):
    """The phone missed a view and wants the newest."""

    kind: Literal["ask"]


class Ping(Frame):
    """Asks for the server's time; `at` is the phone's own, in milliseconds, and comes back."""

    kind: Literal["ping"]
    at: float = Field(allow_inf_nan=False)


FromPhone = Join | Vote | Ask | Ping
FROM_PHONE: TypeAdapter[FromPhone] = TypeAdapter(Annotated[FromPhone, Field(discriminator="kind")])


class CodeWanted(Frame):
    """The answer to a join that gets no pass: join again, with the code from the big screen.

    It says nothing of the show. `is_wrong` if there was a code, and it is not the room's.
    """

    kind: Literal["code_wanted"] = "code_wanted"
    is_wrong: bool


class ToPhone(Frame):
    """What every frame to a phone that is in carries: the epoch, and the newest view's version.

    A phone that holds an older version than a frame names has missed a view, and asks.
    """

    epoch: int
    version: int


class Own(Frame):
    """The phone's own counted ballot of a round; `at` is epoch seconds."""

    round: int
    letter: str
    rev: int
    receipt: str
    at: float


def _said(
    view: PhoneView, write: SerializerFunctionWrapHandler, info: SerializationInfo[Texts]
) -> dict[str, Any]:
    """The view with what it says in words as text, in the language of the context."""
    said = (info.context or texts("en")).phrase
    frame: dict[str, Any] = write(view)
    return frame | {
        "round_label": said(view.round_label),
        "notes": [said(note) for note in view.notes],
    }


Spoken = Annotated[PhoneView, WrapSerializer(_said)]


class Welcome(ToPhone):
    """The answer to a join: the pass to keep, the server's time, the view, the own ballots."""

    kind: Literal["welcome"] = "welcome"
    token: str
    now: float
    view: Spoken
    own: tuple[Own, ...]


class View(ToPhone):
    """What all phones of a language see now; whole, so that the newest replaces all before it."""

    kind: Literal["view"] = "view"
    view: Spoken


class Ack(ToPhone):
    """The vote `id` is safe; `own` is the ballot that counts for this phone now."""

    kind: Literal["ack"] = "ack"
    id: str
    own: Own


class NotCounted(ToPhone):
    """The vote `id` is refused, with the reason; what was counted before still counts.

    `is_too_late` if it would have counted earlier.
    """

    kind: Literal["refused"] = "refused"
    id: str
    text: str
    is_too_late: bool


class Pong(ToPhone):
    """The server's time in epoch seconds, and the phone's own as it was sent."""

    kind: Literal["pong"] = "pong"
    at: float
    now: float
