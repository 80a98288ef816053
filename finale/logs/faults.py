"""An exception as values for the log: its kind and place, and its words where they are safe."""

import re
import traceback
from pathlib import Path

_SPEAKS = (
    *(TypeError, AttributeError, RuntimeError, ImportError, MemoryError),
    *(NotImplementedError, RecursionError),
)
"""Exceptions of Python whose words never quote what somebody typed; a ValueError's may."""

_QUOTED = re.compile(r"(?s)'[^']{41,}'|\"[^\"]{41,}\"|“[^”]{41,}(?:”|\Z)|`[^`]{41,}`")
_OWN = "finale."
_CHAIN = 4


def described(error: BaseException) -> str:
    """The exception in one line; of one that may quote people's texts only the kind."""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    if isinstance(error, BaseExceptionGroup):
        return f"{name}: {'; '.join(described(part) for part in error.exceptions)}"
    words = " ".join(str(error).split()) if _may_speak(error) else ""
    return f"{name}: {without_quotes(words)}" if words else name


def without_quotes(words: str) -> str:
    """Long quotations replaced by their length: they may be anybody's text."""
    return _QUOTED.sub(lambda quoted: f"[{len(quoted.group()) - 2} characters]", words)


def _may_speak(error: BaseException) -> bool:
    kind = type(error)
    is_systems = issubclass(kind, OSError) and kind.__module__ == "builtins"
    # Not by isinstance: a library's own subclass may quote anything.
    return kind.__module__.startswith(_OWN) or kind in _SPEAKS or is_systems


def traced(error: BaseException) -> dict[str, object]:
    """What is logged of an exception: `error`, what it came from, and the frames it went through.

    Frames are file, line and function: no values, which could be anybody's text.
    """
    causes: list[str] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and len(causes) < _CHAIN:
        causes.append(described(cause))
        cause = cause.__cause__ or cause.__context__
    frames = [_place(frame) for frame in traceback.extract_tb(error.__traceback__)]
    values: dict[str, object] = {"error": described(error), "trace": frames}
    return {**values, "after": causes} if causes else values


def _place(frame: traceback.FrameSummary) -> str:
    # Three parts name a file of the project or of a package; more would name somebody's home.
    return f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
