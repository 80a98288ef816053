"""What the host reads: the question, the reference answer and the notes."""

from dataclasses import dataclass

from finale.pages.host_desk import Desk, DeskView
from finale.pages.parts import box, heading, words


@dataclass(frozen=True, slots=True)
class Texts:
    """The three texts of a round; empty ones are left out."""

    question: str
    reference: str
    notes: str


def build_texts(desk: Desk) -> None:
    """The texts, until the scores take their place."""
    desk.region(_texts, _draw_texts, "host-texts-place")


def _texts(view: DeskView) -> Texts | None:
    show = view.show
    return None if show.scores else Texts(show.question, show.reference, show.notes)


def _draw_texts(texts: Texts | None) -> None:
    if texts is None:
        return
    with box("host-texts scrolls") as place:
        place.props["data-ladder"] = 2
        with box("stack"):
            _draw_text("Question", texts.question)
            _draw_text("Notes for you", texts.notes or "There are none for this question.")
        with box("stack"):
            _draw_text("Reference answer", texts.reference)


def _draw_text(title: str, text: str) -> None:
    if not text:
        return
    with box("stack tight"):
        heading(title)
        for paragraph in text.split("\n\n"):
            words(paragraph, "host-paragraph", "p")
