"""A remedy as data: what it asks for, what may be chosen now, what is missing yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from finale.show.commands import HostCommand
from finale.show.views.amends import Amends
from finale.show.views.host import HostView

Picks = Mapping[str, str]
Options = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: from value to what is read; `is_long` puts each on a line of its own.

    `options` is asked only when everything above it is chosen.
    """

    label: str
    options: Callable[[HostView, Picks], Options]
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that can be put right.

    `brief` and `effect` say what it does, in few words and in more; `why_not` why it cannot be
    done now, "" if it can; `deed` is what the held button says when everything is chosen.
    """

    name: str
    brief: str
    effect: str
    why_not: Callable[[Amends], str]
    choices: tuple[Choice, ...]
    command: Callable[[HostView, Picks, str], HostCommand]
    deed: Callable[[HostView, Picks], str]
    asks_why: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A choice as it stands: its options, none while one above is open, and what is chosen."""

    label: str
    options: tuple[tuple[str, str], ...]
    pick: str
    is_long: bool


def asked(show: HostView, remedy: Remedy, picks: Picks) -> tuple[Asked, ...]:
    """The choices from the top. What may not be chosen any more is open again; one option alone
    is chosen by itself.
    """
    found: list[Asked] = []
    for choice in remedy.choices:
        done = {it.label: it.pick for it in found if it.pick}
        options = choice.options(show, done) if len(done) == len(found) else {}
        pick = picks.get(choice.label, "")
        if pick not in options:
            pick = next(iter(options)) if len(options) == 1 else ""
        found.append(Asked(choice.label, tuple(options.items()), pick, choice.is_long))
    return tuple(found)


def missing(show: HostView, remedy: Remedy, picks: Picks, reason: str) -> str:
    """What has to be done before the button can be held; "" if nothing."""
    if why_not := remedy.why_not(show.amends):
        return why_not
    for choice in asked(show, remedy, picks):
        if not choice.pick:
            return f"Choose: {choice.label.lower()}."
    if remedy.asks_why and not reason.strip():
        return "Say why: the reason stands in the record."
    return ""
