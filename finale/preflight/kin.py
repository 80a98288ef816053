"""Which families of models an entry of the show file tells of, however it spells them."""

import re
import unicodedata

from finale.endpoints import SeatEntry

_NAMED = {
    "llama": r"(?<!\bo)llama|vicuna|alpaca",
    "mistral": r"mistral|mixtral|ministral|codestral|devstral|magistral|pixtral|mathstral|zephyr",
    "qwen": r"qwen|qwq",
    "gemma": r"gemma",
    "gemini": r"gemini",
    "claude": r"claude",
    "deepseek": r"deepseek",
    "falcon": r"falcon",
    "granite": r"granite",
    "jamba": r"jamba",
    "olmo": r"olmo",
    **{
        family: rf"(?<![a-z0-9])(?:{words})(?![a-z])"
        for family, words in (
            ("nova", "nova"),
            ("titan", "titan"),
            ("gpt", "gpt|chatgpt|o[134](?![0-9])"),
            ("phi", "phi"),
            ("command", "command|aya"),
        )
    },
}
"""What in a name tells a family; short words only where they stand alone, as in phi, not delphi."""

_MADE_BY = {
    **dict.fromkeys(("meta", "facebook"), ("llama",)),
    **dict.fromkeys(("alibaba", "tongyi"), ("qwen",)),
    **dict.fromkeys(("allenai",), ("olmo",)),
    "google": ("gemma", "gemini"),
    "amazon": ("nova", "titan"),
    "anthropic": ("claude",),
    "openai": ("gpt",),
    "microsoft": ("phi",),
    "cohere": ("command",),
    "ibm": ("granite",),
    "tii": ("falcon",),
}
_EMPTY_WORDS = frozenset({"ai", "b", "base", "chat", "family", "instruct", "model", "the", "v"})


def families_of(entry: SeatEntry) -> frozenset[str]:
    """The families that an entry says and that its model's name tells; none if none is known.

    Case, spaces, makers and versions make no difference: “Meta Llama 3.1” is llama, mixtral is
    mistral. A model of two parents has both.
    """
    if isinstance(entry, str):
        return frozenset()
    # The label begins with the kind of endpoint, “openai: …”, which tells no family.
    named = _plain(f"{entry.model_id} {entry.label.partition(': ')[2]}")
    return _known(named) | _said(_plain(entry.family))


def maker_of(family: str) -> str:
    """Who makes that family; "" if that is not known."""
    return next((maker for maker, theirs in _MADE_BY.items() if family in theirs), "")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _known(text: str) -> frozenset[str]:
    return frozenset(family for family, words in _NAMED.items() if re.search(words, text))


def _said(text: str) -> frozenset[str]:
    """A family in the organiser's words: a known one, else all of its maker, else the words."""
    if known := _known(text):
        return known
    words = frozenset(re.findall(r"[^\W\d_]+", text)) - _EMPTY_WORDS
    made = frozenset(family for word in words for family in _MADE_BY.get(word, ()))
    return made or words
