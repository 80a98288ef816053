"""What to do when something goes wrong: the desk's own faults, and what no desk can show."""

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
        "(a finalist)’s model failed and cost … s.",
        "Grant or decline; undecided at 0:00, they are given.",
    ),
    Fault("(a finalist): (what their model said)", "Ask them to generate again."),
    Fault(
        "0:00 for all but (a finalist): a credited clock runs on.",
        "Talk on and name nobody; the hall sees every console locked.",
    ),
    Fault(
        "The audience is void: …",
        "Open the vote again and call for ballots, or go on: it does not count.",
    ),
    Fault(
        "The experts are void: …",
        "Open the marks again, or go on: the experts do not count in this round.",
    ),
    Fault(
        "The audience is void: …, or the experts, when both gates are closed",
        "Go on: it does not count in this round; both gates are closed for good.",
    ),
    Fault(
        "The judge could not mark answer …",
        "Ask again, or go on: an unmarked answer takes its own panel points.",
    ),
    Fault(
        "The judge could not mark answer …: more than half of them",
        "Ask again, or go on: the judge does not count in this round, its weight goes to the "
        "others.",
    ),
    Fault(
        "The judge’s mark of answer … is flagged.",
        "Ask again before vote and marks are closed, or let it stand.",
    ),
    Fault(
        "The judge’s mark of answer … is flagged, once it was shown",
        "Read why below; the mark stands unless an appeal is upheld.",
    ),
    Fault(
        "The check calls answer … right, the judge marked it low.",
        "Offer the appeal on (the letter) now.",
    ),
    Fault(
        "The check calls answer … wrong, the judge marked it high.",
        "Say so if asked; an appeal can only lift a mark.",
    ),
    Fault(
        "… of … experts have not voted on ….",
        "Ask for the votes, or rule with those there are.",
    ),
    Fault(
        "The show file changed, and this no longer fits it: ….",
        "Put it right anew if it still holds; this line goes with the first question.",
    ),
    Fault(
        "The stage’s page is gone: nobody can say what the projector shows.",
        "Open the stage’s link on the projector’s machine again.",
    ),
    Fault("Not connected: (names).", "Help them open their link, or seat a robot."),
    Fault("Experts not connected: (names).", "Help them open their link, or seat a robot."),
)
"""The faults of `finale/show/views`, in the order in which a round meets them."""

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
