"""Text that every database and socket takes: what backends send is made so at the border."""

STATUS = 60
"""Characters of a backend's word for the state of a model."""


class Clean:
    """Makes text that every database and socket takes: no lone surrogate, no NUL.

    A pair of surrogates may come in two pieces, as servers in Java and JavaScript cut them.
    """

    def __init__(self) -> None:
        """Nothing held back."""
        self._half = ""

    def feed(self, text: str) -> str:
        """The text, without a half character at its end, which is kept for the next."""
        text, self._half = self._half + text, ""
        if "\ud800" <= text[-1:] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return cleaned(text)

    def end(self) -> str:
        """What was held back."""
        return cleaned(self._half)


def cleaned(text: str) -> str:
    """The text with a mark in place of each lone surrogate and NUL."""
    if text.isascii():
        return text.replace("\x00", "\ufffd")
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return paired.replace("\x00", "\ufffd")


def word_of(value: object, most: int) -> str:
    """A backend's own word, such as a status: at most that long, "" if it is none."""
    line = " ".join(cleaned(value).split()) if isinstance(value, str) else ""
    return "".join(c for c in line if c.isprintable())[:most]
