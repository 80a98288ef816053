"""The one renderer of people's and models' text: Markdown's calm part, and nothing that can act."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from typing import Any, Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from nicegui import ui

from finale.pages.language import tr_count, tr_many

_LINK: Final = re.compile(
    r"!?\[(?P<words>(?:[^\[\]\n\\]|\\.)*)\]"
    r"\([ \t]*+(?:<[^<>\n]*>|[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*)"
    r"(?:[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'))?[ \t]*+\)"
)

TAGS: Final = frozenset({"p", "strong", "em", "br", "ul", "ol", "li"})

# Overrides would let a name or an answer print its letters in another order than they are stored.
_DROPPED: Final[dict[int, str | None]] = {
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys(map(ord, "\x00\u202a\u202b\u202c\u202d\u202e")),
}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a text is drawn, in characters: so many as Markdown, then as typed, then no more."""

    rich: int
    shown: int


WHOLE = Reach(8_000, 32_000)
"""As Markdown as much as the judge reads: reading all that a model may send takes seconds."""

GROWING = Reach(3_000, 6_000)
"""Of a draft that is drawn anew a dozen times a second."""

LONGEST_LINE = 1_000
"""Characters of a text of which the words are shown in a line or two."""


def safe_html(text: str, reach: Reach = WHOLE) -> str:
    """HTML of `text` read as Markdown, holding only paragraphs, bold, italic, lists and breaks.

    Headings become bold paragraphs; of links, pictures and code only the words remain; HTML in the
    text is shown as typed. The only attributes are `dir="auto"` and the number a list starts at.
    What lies beyond the reach is said in a line of its own.
    """
    cut = _cut(text, reach.rich)
    html = _read(text[:cut]) + _as_typed(text[cut : reach.shown])
    more = len(text) - reach.shown
    if more <= 0:
        return html
    said = tr_many(
        "… and {count} more character", "… and {count} more characters", more, count=tr_count(more)
    )
    return f'{html}<p dir="auto">{escapeHtml(said)}</p>'


def _cut(text: str, most: int) -> int:
    """Where Markdown ends: at a line end or a blank, if there is one shortly before."""
    if len(text) <= most:
        return len(text)
    ends = (text.rfind(sign, most - most // 8, most) for sign in ("\n", " "))
    return next((end for end in ends if end > 0), most)


def _as_typed(text: str) -> str:
    parts = (part.strip() for part in escapeHtml(text.translate(_DROPPED)).split("\n\n"))
    return "".join(
        f'<p dir="auto">{"<br>".join(part.splitlines())}</p>\n' for part in parts if part
    )


@lru_cache(maxsize=128)
def _read(text: str) -> str:
    """Remembered: many screens draw the same answers, and the beginning of a growing one stays."""
    html = _markdown().render(text.translate(_DROPPED))
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"ol": {"start"}},
        set_tag_attribute_values={"p": {"dir": "auto"}, "li": {"dir": "auto"}},
        url_schemes=set(),
        link_rel=None,
    )


def rich(text: str, classes: str = "") -> ui.html:
    """Draw people's or models' text; the browser's DOMPurify looks at it once more."""
    return ui.html(safe_html(text), sanitize=True).classes(f"prose {classes}").props("dir=auto")


def plain(text: str) -> str:
    """The words of `text` in one line, without Markdown's signs; not HTML, so draw it as text."""
    bare = nh3.clean(safe_html(text[:LONGEST_LINE]).replace("<", " <"), tags=set())
    return " ".join(unescape(bare).split())


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
    rules = markdown.renderer.rules  # type: ignore[attr-defined]
    for name in ("link_open", "link_close", "hr", "blockquote_open", "blockquote_close"):
        rules[name] = _nothing
    rules["heading_open"] = lambda *_: "<p><strong>"
    rules["heading_close"] = lambda *_: "</strong></p>"
    rules["code_inline"] = _words
    rules["fence"] = rules["code_block"] = _paragraph
    # Its own rules look for the end of a link again from every bracket.
    markdown.disable(["image", "reference"])
    markdown.inline.ruler.at("link", _link)
    return markdown


def _link(state: StateInline, silent: bool) -> bool:
    """Of a link or a picture the words."""
    found = _LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        after, most = found.end(), state.posMax
        state.pos, state.posMax = found.span("words")
        state.md.inline.tokenize(state)
        state.posMax = most
        state.pos = after
    else:
        state.pos = found.end()
    return True


def _nothing(*_: Any) -> str:
    return ""


def _words(tokens: Sequence[Token], index: int, *_: Any) -> str:
    return escapeHtml(tokens[index].content)


def _paragraph(tokens: Sequence[Token], index: int, *_: Any) -> str:
    lines = escapeHtml(tokens[index].content).strip().splitlines()
    return f"<p>{'<br>'.join(lines)}</p>"
