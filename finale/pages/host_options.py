"""A group of buttons under one name, of which one or several are chosen."""

from collections.abc import Callable
from functools import partial

from finale.pages.parts import Rank, box, button, words

Options = tuple[tuple[str, str, bool], ...]
"""What can be chosen: its key, what is read, whether it is chosen."""


def draw_options(
    head: str, options: Options, take: Callable[[str], object], *, is_long: bool = False
) -> None:
    """The name and the buttons, for a grid of "host-choices"; `take` is given the key.

    `is_long` puts each on a line of its own.
    """
    words(head, "quiet")
    with box(f"host-options {'is-long scrolls' if is_long else ''}") as group:
        for key, text, is_chosen in options:
            rank: Rank = "primary" if is_chosen else "outline"
            option = button(text, partial(take, key), rank).classes("is-small")
            option.props["aria-pressed"] = "true" if is_chosen else "false"
        if not options:
            words("–", "quiet")
    group.props("role=group").props["aria-label"] = head
