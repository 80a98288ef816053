"""An answer put together from drawn sentences: how it opens, how it closes, how it is set out."""

from collections.abc import Sequence
from dataclasses import dataclass

from finale.llm.manner import Manner


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before and after the drawn sentences; the closing may be empty."""

    opener: str
    closing: str


def openers(manner: Manner, topic: str) -> tuple[str, ...]:
    """First sentences that take up the question's own key words, the likeliest first."""
    if manner.is_kind:
        return (
            f"Thank you for asking about {topic}; it is a good question.",
            f"It is kind of you to ask about {topic}, and you are not alone with it.",
            f"Thank you, let us look at {topic} gently and together.",
        )
    if manner.is_plain:
        return (
            f"Put plainly, this is about {topic}.",
            f"In plain words, it comes down to {topic}.",
            f"Here is the simple version for {topic}.",
        )
    return (
        f"On {topic}, here is where I stand.",
        f"The heart of this question is {topic}.",
        f"When it comes to {topic}, a few things decide the answer.",
        f"Whoever asks about {topic} deserves a straight answer.",
        f"I would begin with {topic}, because the rest follows from there.",
    )


def closings(manner: Manner, point: str) -> tuple[str, ...]:
    """Last sentences, the likeliest first."""
    if manner.is_brief:
        return ("",)
    if manner.is_kind:
        return (
            "I hope this helps, and please do ask again if any of it is unclear.",
            "Take your time with it, and be kind to yourself on the way.",
        )
    if manner.is_plain:
        return ("That is the whole of it.", f"So, first things first: {point}.")
    return (
        f"That is how I would answer, and {point} is the first thing I would check again.",
        f"So keep {point} in view, and change course when the facts do.",
        f"If one thing stays in mind, let it be {point}.",
    )


def fitted(frame: Frame, topic: str, manner: Manner) -> Frame:
    """The frame if it fills at most half of the answer, else its opener, else the bare topic."""
    if length(frame.opener) + length(frame.closing) <= manner.most // 2:
        return frame
    if length(frame.opener) <= manner.most:
        return Frame(frame.opener, "")
    bare = " ".join(topic.split()[: manner.most])
    return Frame(f"{bare[:1].upper()}{bare[1:]}.", "")


def cost(sentence: str, manner: Manner) -> int:
    """The words that a drawn sentence takes, with its bullet."""
    return length(sentence) + manner.has_bullets


def room(frame: Frame, manner: Manner) -> int:
    """The words left for drawn sentences."""
    return manner.most - length(frame.opener) - length(frame.closing) - len(manner.headings)


def length(text: str) -> int:
    """The words of a text, as split at white space."""
    return len(text.split())


def set_out(frame: Frame, drawn: Sequence[str], manner: Manner) -> str:
    """The answer as markdown: paragraphs, and where asked for, bold headings and lists."""
    if not manner.headings and not manner.has_bullets:
        return _paragraphs(frame, drawn, manner)
    heads = manner.headings or ("",)
    shares = _shares(drawn, len(heads))
    leads = (frame.opener, *[""] * (len(heads) - 1))
    tails = (*[""] * (len(heads) - 1), frame.closing)
    style = "{}." if manner.is_plain else "**{}.**"
    blocks = []
    for head, lead, share, tail in zip(heads, leads, shares, tails, strict=True):
        if lead or share or tail:
            top = _joined(style.format(head) if head else "", lead)
            blocks.append(
                _block(top, share, tail) if manner.has_bullets else _joined(top, *share, tail)
            )
    return "\n\n".join(blocks)


def _paragraphs(frame: Frame, drawn: Sequence[str], manner: Manner) -> str:
    parts = [part for part in (frame.opener, *drawn, frame.closing) if part]
    count = 1 if manner.is_brief else min(3, (len(parts) + 2) // 3)
    return "\n\n".join(_joined(*share) for share in _shares(parts, count))


def _block(top: str, share: Sequence[str], tail: str) -> str:
    bullets = "\n".join(f"- {sentence}" for sentence in share)
    return "\n\n".join(part for part in (top, bullets, tail) if part)


def _shares(parts: Sequence[str], count: int) -> list[Sequence[str]]:
    size = len(parts)
    return [parts[size * n // count : size * (n + 1) // count] for n in range(count)]


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
