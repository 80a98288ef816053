"""Scripts and styles of a page: texts are said, and what only readers need is left out."""

import json
import re
from collections.abc import Iterator
from typing import Final

from finale.languages.templates import form_of, forms, template
from finale.languages.texts import Texts

_LITERAL: Final = r"'((?:[^'\\\n]|\\.)*)'"
_TEXT: Final = re.compile(rf"\b_\({_LITERAL}(\))?")
_MANY: Final = re.compile(rf"\b_n\({_LITERAL},\s*{_LITERAL}")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")

_TOKEN: Final = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)
    |(?P<space>\s+)
    |(?P<word>[\w$]+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_PATTERN: Final = re.compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/")
_WORD: Final = re.compile(r"[\w$]+")
_OPENS: Final = frozenset("{([,;=:?&|.<>*")
_CLOSES: Final = frozenset("})],;=:?&|.<>*")


def said(script: str, texts: Texts) -> str:
    """The script in that language.

    `_('…')` becomes the bare literal, `_('… {0}', value)` keeps its call, and `_n` gets a list of
    the language's forms for PLURAL_FORM to choose from.
    """

    def many(found: re.Match[str]) -> str:
        return f"_n({_written(list(forms(texts.language, _read(found[1]), _read(found[2]))))}"

    def text(found: re.Match[str]) -> str:
        literal = _written(template(texts.language, _read(found[1])))
        return literal if found[2] else f"_({literal}"

    script = _TEXT.sub(text, _MANY.sub(many, script))
    script = script.replace("PLURAL_FORM", form_of(texts.language))
    return script.replace("DECIMAL_POINT", _written(texts.number(0.5)[1]))


def tokens(script: str) -> Iterator[str]:
    """The script piece by piece: words, literals, signs, and space without the comments."""
    at, before = 0, ""
    while at < len(script):
        found = _token(script, at, before)
        at = found.end()
        if found.lastgroup != "comment":
            yield found[0]
        if found.lastgroup not in ("comment", "space"):
            before = found[0][-1]


def is_word(token: str) -> bool:
    """Whether it is a name, a keyword or a number."""
    return bool(_WORD.fullmatch(token))


def smaller(script: str) -> str:
    """The script without its comments, and with space only where words or statements need it."""
    kept: list[str] = []
    space, before = "", ""
    for token in tokens(script):
        if token.isspace():
            space += token
        else:
            kept += (_between(before, space, token[0]), token)
            space, before = "", token[-1]
    return "".join(kept)


def _token(script: str, at: int, before: str) -> re.Match[str]:
    found = _TOKEN.match(script, at)
    assert found is not None, "every character is a token"
    may_divide = before and (is_word(before) or before in ")]}")
    is_pattern = found[0] == "/" and not may_divide
    return (is_pattern and _PATTERN.match(script, at)) or found


def smaller_style(style: str) -> str:
    """The style sheet without its comments and line breaks."""
    return re.sub(r"/\*.*?\*/|\n", "", style, flags=re.DOTALL).replace(";}", "}")


def _between(before: str, space: str, after: str) -> str:
    if not space or not before or before in _OPENS or after in _CLOSES:
        return ""
    if "\n" in space:
        return "\n"
    is_needed = (is_word(before) and is_word(after)) or before == after
    return " " if is_needed else ""


def _read(literal: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], literal)


def _written(value: str | list[str]) -> str:
    """A literal of JavaScript that may stand in a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", "<\\/")
