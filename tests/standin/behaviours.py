"""How a stand-in behaves: one line for each way, good or bad, by the name it is asked under."""

from dataclasses import dataclass
from typing import Literal

Then = Literal[
    "",
    "stall",
    "cut",
    "exception",
    "endless",
    "invalid utf-8",
    "long line",
    "no json",
    "comments",
    "torn",
    "bad frame",
    "torn frame",
]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What happens before the reply, how it is cut and worded, and what happens in it.

    `times` is how many requests it lasts, 0 for all; after that the stand-in is plain.
    """

    before: Literal["", "stall", "stall after head", "cut"] = ""
    refusal: str = ""
    size: int = 0
    is_cut_in_characters: bool = False
    words: tuple[str, ...] | None = None
    after: int = 4
    then: Then = ""
    times: int = 0
    has_role: bool = True
    has_finish: bool = True
    has_usage: bool = True
    has_done: bool = True
    is_whole: bool = False
    is_pretty: bool = False
    is_framed: bool = True
    is_open_at_end: bool = False
    line_end: str = "\n"
    has_last_line_end: bool = True
    has_takes: bool = False


BEHAVIOURS: dict[str, Behaviour] = {
    "plain": Behaviour(),
    "sampled": Behaviour(has_takes=True),
    "one-byte-parts": Behaviour(size=1),
    "seven-byte-parts": Behaviour(size=7),
    "split-characters": Behaviour(is_cut_in_characters=True),
    "windows-lines": Behaviour(line_end="\r\n"),
    "no-last-line-end": Behaviour(has_last_line_end=False),
    "no-role": Behaviour(has_role=False),
    "no-done": Behaviour(has_done=False),
    "no-usage": Behaviour(has_usage=False),
    "no-finish": Behaviour(has_finish=False, has_usage=False),
    "bare": Behaviour(has_role=False, has_finish=False, has_usage=False, has_done=False),
    "open-at-end": Behaviour(is_open_at_end=True),
    "not-streamed": Behaviour(is_whole=True),
    "not-streamed-pretty": Behaviour(is_whole=True, is_pretty=True),
    "unframed": Behaviour(is_framed=False),
    "unframed-cut": Behaviour(
        is_framed=False, has_finish=False, has_usage=False, has_done=False, then="cut"
    ),
    "surrogates": Behaviour(words=("A \ud83d", "\ude42 and \udc00", " one\x00.")),
    "throttled": Behaviour(refusal="throttled"),
    "throttled-once": Behaviour(refusal="throttled", times=1),
    "not-ready": Behaviour(refusal="not ready"),
    "not-ready-once": Behaviour(refusal="not ready", times=1),
    "no-access": Behaviour(refusal="no access"),
    "refused": Behaviour(refusal="refused"),
    "refused-with-500": Behaviour(refusal="refused with 500"),
    "model-error": Behaviour(refusal="model error"),
    "nested-error": Behaviour(refusal="nested"),
    "moved": Behaviour(refusal="moved"),
    "error-in-200": Behaviour(words=(), after=0, then="exception"),
    "stall-before": Behaviour(before="stall"),
    "stall-after-head": Behaviour(before="stall after head"),
    "comments-only": Behaviour(words=(), after=0, then="comments"),
    "stall-after": Behaviour(then="stall"),
    "cut-before": Behaviour(before="cut"),
    "cut-before-once": Behaviour(before="cut", times=1),
    "cut": Behaviour(then="cut"),
    "torn": Behaviour(then="torn"),
    "exception-amid": Behaviour(then="exception"),
    "endless": Behaviour(then="endless"),
    "invalid-utf-8": Behaviour(then="invalid utf-8"),
    "long-line": Behaviour(then="long line"),
    "no-json": Behaviour(then="no json"),
    "web-page": Behaviour(refusal="web page"),
    "bad-frame": Behaviour(then="bad frame"),
    "torn-frame": Behaviour(then="torn frame"),
    "empty": Behaviour(words=()),
    "blank": Behaviour(words=(" ", "\n")),
    "nothing": Behaviour(
        words=(), has_role=False, has_finish=False, has_usage=False, has_done=False
    ),
}
