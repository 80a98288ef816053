"""What to do when something goes wrong: the desk's own alerts, and what no desk can show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One line to recognise it by, and one action."""

    line: str
    action: str


ON_THE_DESK: tuple[Fault, ...] = (
    Fault(
        "The show's database cannot be written …",
        "Press the button again when that is done; the show waits.",
    ),
    Fault(
        "The judge could not mark answer …",
        "Go on: an unmarked answer takes its own panel points.",
    ),
    Fault("(a finalist): (what their model said)", "Ask them to generate again."),
    Fault("Not connected: (names).", "Help them open their link, or seat a robot."),
)
"""The alerts of `finale/show/views`, in the order in which the desk puts them."""

OFF_THE_DESK: tuple[Fault, ...] = (
    Fault(
        "The desk itself does not answer: the server is gone.",
        "Start it again with the same command: the show goes on where it was, and the clock "
        "gets the lost seconds back.",
    ),
    Fault(
        "The laptop is gone.",
        "Start the newest backup on another one, with the same address; what was typed or voted "
        "after the backup is lost.",
    ),
    Fault("The projector shows nothing.", "Reload its page; it comes back where the show is."),
    Fault(
        "A finalist’s or an expert’s device is gone.",
        "Open their link on another device; what they typed and marked is there.",
    ),
    Fault(
        "Phones cannot get in.",
        "Say the room code and the address aloud; those who are in stay in.",
    ),
    Fault(
        "Nobody answered in a round.",
        "The round is void by itself: “Void round”. Go on from the standings.",
    ),
    Fault("You need time to think.", "Hold: every clock stands. Resume goes on where it stood."),
    Fault("Something must not be seen.", "Blackout: the stage goes dark, the show goes on."),
)
"""What the desk cannot say of itself, and what the host can always do."""

FAULTS = (*ON_THE_DESK, *OFF_THE_DESK)
