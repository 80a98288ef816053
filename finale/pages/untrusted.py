"""The one renderer of people's and models' text: Markdown's calm part, and nothing that can act."""

from collections.abc import Sequence
from html import unescape
from typing import Any, Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from nicegui import ui

TAGS: Final = frozenset({"p", "strong", "em", "br", "ul", "ol", "li"})

# Overrides would let a name or an answer print its letters in another order than they are stored.
_DROPPED: Final = {ord(mark): None for mark in "\x00\u202a\u202b\u202c\u202d\u202e"}


def safe_html(text: str) -> str:
    """HTML of `text` read as Markdown, holding only paragraphs, bold, italic, lists and breaks.

    Headings become bold paragraphs; of links, pictures and code only the words remain; HTML in the
    text is shown as typed. The only attributes are `dir="auto"` and the number a list starts at.
    """
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
    bare = nh3.clean(safe_html(text).replace("<", " <"), tags=set())
    return " ".join(unescape(bare).split())


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
    rules = markdown.renderer.rules  # type: ignore[attr-defined]
    for name in ("link_open", "link_close", "hr", "blockquote_open", "blockquote_close"):
        rules[name] = _nothing
    rules["heading_open"] = lambda *_: "<p><strong>"
    rules["heading_close"] = lambda *_: "</strong></p>"
    rules["image"] = rules["code_inline"] = _words
    rules["fence"] = rules["code_block"] = _paragraph
    return markdown


def _nothing(*_: Any) -> str:
    return ""


def _words(tokens: Sequence[Token], index: int, *_: Any) -> str:
    return escapeHtml(tokens[index].content)


def _paragraph(tokens: Sequence[Token], index: int, *_: Any) -> str:
    lines = escapeHtml(tokens[index].content).strip().splitlines()
    return f"<p>{'<br>'.join(lines)}</p>"
