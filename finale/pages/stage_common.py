"""What the stage's pictures share: the way in for phones, names, figures, the clock of a view."""

from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from typing import Final

from finale.pages.language import spoken, tr, tr_list, tr_number
from finale.pages.parts import box, understudy_mark, words
from finale.pages.parts_clock import ClockFace, clock_face
from finale.pages.parts_marks import icon, name_mark, round_rail, seat_class
from finale.show.phases import Phase
from finale.show.phrase import whole
from finale.show.views.common import ClockView, Tag

_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


_JOINER: Final = "\u2060"


@dataclass(frozen=True, slots=True)
class Join:
    """How a phone joins: the address in the QR code, the one to type, and the room's code."""

    address: str
    spoken: str
    code: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What the pictures need besides the view: the server's clock and the way in."""

    now: Callable[[], float]
    join: Callable[[], Join]

    def face(self, clock: ClockView | None) -> ClockFace:
        """The countdown of that clock, stamped now."""
        return clock_face(clock, self.now())


@dataclass(frozen=True, slots=True)
class Head:
    """The line on top of a canvas; `hue` is the lectern whose colour floods it."""

    title: str
    label: str
    rounds: int
    current: int | None
    played: int
    hue: str = ""
    is_held: bool = False


def current_round(phase: Phase, number: int, rounds: int) -> int | None:
    """The bar of the rail that is filled; None between rounds and in the sudden death."""
    between = (Phase.LOBBY, Phase.BREAK, Phase.SUDDEN_DEATH, Phase.CHAMPION)
    return None if phase in between or number > rounds else number


def draw_head(head: Head) -> None:
    """Name mark, title, where the show stands, and the rail of its rounds."""
    with box(f"stage-line {'on-hue ' + seat_class(head.hue) if head.hue else ''}"):
        name_mark()
        words(head.title, "stage-title quiet one-line")
        with box("stage-place"):
            if head.is_held:
                _draw_held()
            words(head.label, "stage-label")
            if not head.hue:
                round_rail(head.rounds, head.current, played=head.played)


def _draw_held() -> None:
    with box("stage-held on-paper", "span").props("role=status"):
        icon("pause")
        words(tr("Paused"))


def way_in(caption: str, join: Join) -> None:
    """The address that a phone opens, with `caption` over it, and the room's code."""
    _way(caption, join.spoken)
    if join.code:
        _way(tr("with the code"), join.code)


def _way(caption: str, text: str) -> None:
    with box("way"):
        words(caption, "quiet")
        words(text, "way-text").props("data-ladder=3")


def many(things: Sized) -> str:
    """The class of a group of finalists that needs smaller places: more than five."""
    return "is-many" if len(things) > 5 else ""


def in_words(number: int) -> str:
    """ "three", "20"; other languages than English have figures throughout."""
    has_word = spoken().language == "en" and number < len(_NUMBERS)
    return _NUMBERS[number] if has_word else str(number)


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


def figure(value: float) -> str:
    """A figure with a decimal only if it has one: "40", "33.3"."""
    return tr_number(value, 0 if isinstance(whole(value), int) else 1)


def is_understudy(label: str) -> bool:
    """Whether the label of a model or judge names the embedded stand-in."""
    return "understudy" in label.lower()


def short_names(tags: Iterable[Tag]) -> dict[str, str]:
    """What a narrow place calls each lectern: the short name, the whole one if two share it."""
    tags = tuple(tags)
    shorts = [tag.short_name for tag in tags]
    return {
        tag.lectern: tag.short_name if shorts.count(tag.short_name) == 1 else tag.name
        for tag in tags
    }


def stand_ins(tags: Iterable[Tag]) -> str:
    """One sentence that says whose models are understudies; empty if none is."""
    tags = tuple(tags)
    names = short_names(tags)
    those = [names[tag.lectern] for tag in tags if is_understudy(tag.endpoint)]
    if those and len(those) == len(tags):
        return tr("All models are understudies.")
    return tr("Understudy models: {names}.", names=tr_list(those)) if those else ""


def unbroken(name: str) -> str:
    """The name with its short double words ("Hsiao-Wen") kept on one line."""
    joined = (part.replace("-", f"-{_JOINER}") if len(part) < 15 else part for part in name.split())
    return " ".join(joined)


def name_box(name: str, endpoint: str = "", classes: str = "") -> None:
    """A name, shown whole: it narrows, then wraps, then shrinks to fit its box."""
    with box(f"stage-name {classes}").props("data-ladder=5"):
        words(unbroken(name))
        if is_understudy(endpoint):
            understudy_mark()
