"""The copy of an answer that the judge reads: nothing hidden, no model's own marks, one length."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_ANSWER = 8_000
"""Characters of an answer that the judge reads, the same for all."""

_LOOK = 8
"""How many times the longest copy is looked through: more is padding, and costs the show time."""

_MOST_MARKS = 30
"""Accents in a row that are kept: bringing more into order takes the square of their number."""

_ROLES = "system|user|assistant|human|ai|bot|developer|judge|grader|evaluator"
_ROLE_HEADER = re.compile(rf"(?im)^(?P<head>[ \t>*_\-]*(?:{_ROLES})[*_]*)[ \t]*:")
_TEMPLATE_HEADER = re.compile(
    rf"(?im)^[ \t]*#{{1,6}}[ \t]*(?P<head>(?:{_ROLES}|instruction|response|input)s?)[ \t]*:"
)
_TOKENS = (
    (re.compile(r"<\|+"), "("),
    (re.compile(r"(?<!\|)\|++>"), ")"),
    (re.compile(r"(?i)\[(/?(?:INST|SYS|AVAILABLE_TOOLS|TOOL_CALLS))\]"), r"(\1)"),
    (re.compile(r"(?i)<<(/?SYS)>>"), r"(\1)"),
    (re.compile(r"(?i)<(/?s|/?(?:start|end)_of_turn|/?think(?:ing)?|bos|eos)>"), r"(\1)"),
)
_BLANKS = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_ORDINARY = frozenset("\u00ad\u200c\u200d\u200e\u200f\ufe0e\ufe0f\ufeff")
"""Hidden, but found in honest text: soft hyphens, joiners, marks of direction, emoji’s variants."""

# Each looks at every character a few times at most, whatever the text: who writes it may try.
_MARKDOWN = (
    (re.compile(r"(?m)^[ \t]*(?:```|~~~).*\n?"), ""),
    (re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+"), ""),
    (re.compile(r"(?m)^[ \t]*(?:[-*_][ \t]*){3,}$\n?"), ""),
    (re.compile(r"(?m)^[ \t]*+(?:\|[ \t]*+)?:?-{2,}+:?[ \t]*+(?:\|[ \t:|-]*+)?$\n?"), ""),
    (re.compile(r"(?m)^[ \t]*>[ \t]?"), ""),
    (re.compile(r"(?m)^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+"), ""),
    (re.compile(r"!?\[([^\[\]\n]*+)\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*\)"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ""),
    (re.compile(r"\*\*(?=\S)((?:[^*\n]|\*(?!\*))+)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"__(?=\S)((?:[^_\n]|_(?!_))+)(?<=\S)__"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`+"), ""),
    (re.compile(r"(?:(?<![ \t])[ \t]++)?\|[ \t]*"), " "),
)


@dataclass(frozen=True, slots=True)
class Copy:
    """What the judge reads of a text, and what was done to it.

    `hidden` counts characters that nobody can see and honest text has no use for, `disarmed` the
    role headers and special tokens of models.
    """

    text: str
    hidden: int = 0
    disarmed: int = 0
    is_cut: bool = False


def sanitised(text: str, *, longest: int = LONGEST_ANSWER, is_plain: bool = False) -> Copy:
    """The judge's copy of `text`, at most `longest` characters; `is_plain` takes markdown out.

    The stage shows the original.
    """
    visible, hidden = _visible(text[: _LOOK * longest])
    is_longer = len(text) > _LOOK * longest or len(visible) > _LOOK * longest
    calm, disarmed = _disarmed(visible[: _LOOK * longest])
    if is_plain:
        calm = unmarked(calm)
        # What stood between marks may read as a header without them.
        calm, more = _disarmed(calm)
        disarmed += more
    calm = _BLANKS.sub("\n\n", calm).strip()
    return Copy(calm[:longest], hidden, disarmed, is_longer or len(calm) > longest)


def visible(text: str) -> str:
    """The text with every character that can be seen, and no other: tabs and line ends stay."""
    return _visible(text)[0]


def unmarked(text: str) -> str:
    """The text without markdown: a style that the judge cannot see cannot please it."""
    for pattern, plain in _MARKDOWN:
        text = pattern.sub(plain, text)
    return text


def _visible(text: str) -> tuple[str, int]:
    lines = _LINE_ENDS.sub("\n", text)
    calm = _calm(lines)
    # Counted before composing, which drops some of them itself.
    odd = sum(_is_hidden(c) and c not in _ORDINARY for c in calm) + len(lines) - len(calm)
    kept = "".join(c for c in unicodedata.normalize("NFKC", calm) if not _is_hidden(c))
    # What stood apart may compose now.
    return unicodedata.normalize("NFKC", kept), odd


def _calm(text: str) -> str:
    """The text without the accents that nobody can tell apart any more."""
    kept, marks = [], 0
    for character in text:
        # What is hidden goes later, and then the accents around it are one row.
        if not _is_hidden(character):
            marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_hidden(character: str) -> bool:
    if character in "\n\t":
        return False
    is_odd = unicodedata.category(character) in _HIDDEN
    return is_odd or _INVISIBLE.match(character) is not None


def _disarmed(text: str) -> tuple[str, int]:
    done = 0
    for pattern, plain in _TOKENS:
        text, count = pattern.subn(plain, text)
        done += count
    for header in (_TEMPLATE_HEADER, _ROLE_HEADER):
        text, count = header.subn(r"\g<head> –", text)
        done += count
    return text, done
