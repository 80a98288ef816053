"""The plain parts of every screen: words, boxes, buttons, badges, banners, figures."""

from collections.abc import Callable
from typing import Any, Final, Literal

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from finale.pages.language import tr
from finale.pages.parts_marks import icon

Rank = Literal["primary", "secondary", "outline", "danger", "alarm"]
Tone = Literal["plain", "strong", "calm", "alarm"]

SETTLE_MS: Final = 400
"""Two quick presses mean one: for so long after a press, or after it was drawn, a button that is
given this as "data-settle-ms" takes none."""


def words(text: str, classes: str = "", tag: str = "span") -> TextElement:
    """Text as it is, never read as HTML: safe for names and questions."""
    element = TextElement(tag=tag, text=text).classes(classes)
    element.props["dir"] = "auto"
    return element


def box(classes: str = "", tag: str = "div") -> ui.element:
    """A container; `with box("panel stack"): ...`. One that scrolls can be reached by keyboard."""
    element = ui.element(tag).classes(classes)
    if "scrolls" in classes.split():
        element.props("tabindex=0")
    return element


def heading(text: str, classes: str = "heading", level: int = 2) -> TextElement:
    """A heading of rank `level`, 1 to 4, for the eye and for screen readers."""
    return words(text, classes, f"h{level}")


def rule() -> ui.element:
    """A hairline across its container."""
    return ui.element("hr").classes("rule")


def button(
    text: str, on_click: Callable[[], Any] | None, rank: Rank = "secondary", *, key: str = ""
) -> ui.button:
    """A button; with `key` ("Space", "Alt+G", "ArrowLeft") it answers to that key and shows it."""
    element = ui.button(color=None).classes(f"button button-{rank}")
    element.props("no-caps unelevated :ripple=false")
    with element:
        words(text)
        if key:
            element.props["data-key"] = key
            keycap(key)
    if on_click is not None:
        element.on_click(on_click)
    return element


def hold_button(
    text: str, on_held: Callable[[], Any], rank: Rank = "primary", *, ms: int = 700
) -> ui.button:
    """A button that acts only when held for `ms` milliseconds, by pointer or by key."""
    element = button(text, None, rank)
    element.props["data-hold-ms"] = ms
    element.style(f"--hold: {ms}ms")
    element.on("held", lambda _: on_held(), [])
    return element


def keycap(key: str) -> TextElement:
    """The name of a key ("Alt+G", "ArrowLeft"), drawn as a key."""
    text = key.replace("+", " ").replace("ArrowLeft", "←").replace("ArrowRight", "→")
    return words(text, "keycap", "kbd")


def badge(text: str, tone: Tone = "plain") -> TextElement:
    """A short state word in a frame."""
    return words(text, f"badge badge-{tone}")


def understudy_mark() -> TextElement:
    """Says that a model or judge is the embedded stand-in; stands wherever one is named."""
    return words(tr("understudy"), "understudy")


def banner(text: str, detail: str = "", tone: Tone = "alarm") -> ui.element:
    """What happened and what to do; actions go inside: `with banner(...): button(...)`."""
    element = box(f"banner banner-{tone}").props(f"role={'alert' if tone == 'alarm' else 'status'}")
    with element:
        icon("alert" if tone == "alarm" else "info")
        with box("banner-words"):
            words(text, "bold")
            words(detail)
    return element


def stat_block(value: str, caption: str, *, is_alarm: bool = False) -> ui.element:
    """A figure with its caption under it."""
    with box(f"stat {'is-alarm' if is_alarm else ''}") as element:
        words(value, "figure")
        words(caption, "quiet")
    return element


def empty_state(text: str, detail: str) -> ui.element:
    """What will come here, and what happens if nothing is done."""
    with box("empty") as element:
        words(text, "bold")
        words(detail, "quiet")
    return element


def field(label: str) -> ui.element:
    """A label over the input that is put inside: `with field("Reason"): ui.textarea(...)`."""
    with box("field", "label") as element:
        words(label, "field-label")
    return element


def counted(number: int, thing: str) -> str:
    """ "152 words", "1 word", for the screens of the crew, which are in English."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
