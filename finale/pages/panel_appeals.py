"""Appeals on the tablet: back one on an answer, and vote blind on the one that is open."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from finale.pages.appeal_parts import GROUNDS, OFFERED, draw_ruling, ground_choice, judged_marks
from finale.pages.panel_tablet import Tablet, TabletView
from finale.pages.parts import banner, box, button, heading, words
from finale.pages.parts_marks import blind_tile, icon
from finale.pages.untrusted import rich
from finale.show.commands import Ground
from finale.show.views.panel import AppealVote, JudgedAnswer
from finale.show.views.stage import AppealView

Side = tuple[str, str, bool]

SIDES: Final[tuple[Side, Side]] = (
    ("Uphold", "The judge was wrong. Its points rise to the experts’ if those are higher.", True),
    ("Reject", "The judge was fair. Its points stay as they are.", False),
)


OFFLINE: Final = "Offline: appeals wait until the line is back."


@dataclass(frozen=True, slots=True)
class BackingSlice:
    """What the sheet beside an answer is drawn from while appeals are open."""

    judged: JudgedAnswer | None
    check: bool | None
    judge: str
    letter: str
    ground: Ground | None
    said: str
    is_over: bool
    ruled: tuple[AppealView, ...]
    offered: tuple[str, ...]
    voted: str
    is_alone: bool


def backing_slice(view: TabletView) -> BackingSlice | None:
    """The sheet's part of the view; None when no appeal can be backed now."""
    if view.scene != "appeal":
        return None
    show = view.show
    ruled = tuple(judged.ruled for judged in show.judged if judged.ruled is not None)
    is_over = show.clock is None
    return BackingSlice(
        judged=view.judged,
        check=view.card.check if view.card else None,
        judge=show.judge,
        letter=view.letter,
        ground=view.ground,
        said=view.said,
        is_over=is_over,
        ruled=ruled,
        offered=show.offered,
        voted=show.vote.letter if show.vote else "",
        is_alone=show.is_alone,
    )


def draw_backing(tablet: Tablet, slice_: BackingSlice | None) -> None:
    """The judge's marks of the answer in sight, and an appeal to be backed."""
    if slice_ is None:
        return
    for appeal in slice_.ruled:
        draw_ruling(appeal, f"Appeal on {appeal.letter}")
    for offered in slice_.offered:
        banner(f"Answer {offered}.", OFFERED, "strong")
    if slice_.voted:
        waits = "While the others vote, you may back an appeal on another answer."
        banner(f"Your vote on {slice_.voted} is in.", waits, "strong")
    words(OFFLINE, "when-offline bold", "p")
    with box("panel-judged") as part:
        _draw_judged(tablet, slice_)
    part.props["data-of"] = slice_.letter


def _draw_judged(tablet: Tablet, slice_: BackingSlice) -> None:
    judged = slice_.judged
    heading(f"The judge on {slice_.letter}", "title")
    _draw_check(slice_.check)
    if judged is None:
        words("The judge gave no marks for this answer.", "quiet", "p")
        return
    judged_marks(judged, slice_.judge)
    if judged.can_appeal:
        _draw_choice(tablet, slice_)
    elif judged.ruled is None:
        _say_why_not(judged, is_over=slice_.is_over, is_alone=slice_.is_alone)


def _draw_check(check: bool | None) -> None:
    """What a checkable question's own check says of the answer: for experts alone."""
    if check is None:
        return
    with box("line snug"):
        icon("check" if check else "cross")
        words(f"{'Right' if check else 'Wrong'}, by the automatic check of the fact", "bold", "p")


def _say_why_not(judged: JudgedAnswer, *, is_over: bool, is_alone: bool) -> None:
    """Why there is nothing to choose for an answer that was not ruled on."""
    if is_over:
        banner("Appeals are closed.", "", "plain")
    elif is_alone:
        banner("It takes two experts to appeal.", "You are the only one on the panel.", "plain")
    elif judged.is_backed_by_you:
        second = "With a second expert behind it, all of you vote."
        banner("You back an appeal on this answer.", second, "strong")
    else:
        banner("This answer is under appeal already.", "", "plain")


def _draw_choice(tablet: Tablet, slice_: BackingSlice) -> None:
    with box("stack snug sink") as part:
        part.props["data-live"] = ""
        heading("Was it wrong? On what ground?", level=3)
        for ground in GROUNDS:
            choice = ground_choice(ground, is_chosen=ground == slice_.ground)
            choice.on_click(partial(tablet.choose_ground, ground))
        text = f"Back an appeal on {slice_.letter}" if slice_.ground else "Choose a ground"
        back = button(text, tablet.back_appeal, "primary").classes("is-wide is-tall")
        back.set_enabled(slice_.ground is not None)
        words("It takes two experts. When a second one backs it, all of you vote.", "quiet", "p")
        words(slice_.said, "alarm bold", "p").props("role=alert")


VoteSlice = tuple[AppealVote | None, bool | None, str, str]


def vote_slice(view: TabletView) -> VoteSlice:
    """The open vote, the choice before it is sent, the last refusal, who judges."""
    return view.show.vote, view.leaning, view.said, view.show.judge


def draw_vote(tablet: Tablet, slice_: VoteSlice) -> None:
    """Two choices of equal weight, filled only after choosing."""
    vote, leaning, said, judge = slice_
    if vote is None:
        return
    chosen = vote.your_vote if vote.your_vote is not None else leaning
    with box("line vote-head"):
        blind_tile(vote.letter, "strong", "xl")
        with box("stack tight"):
            heading("Was the AI judge wrong?", "display", 1)
            asked = f"Appeal on answer {vote.letter}: {vote.ground}. Vote on this one point."
            words(asked, "quiet large", "p")
    with box("vote-halves"):
        with box("panel stack vote-card"):
            _draw_check(vote.check)
            judged_marks(vote.judged, judge)
        with box("panel stack vote-card"):
            words(f"Answer {vote.letter}", "quiet", "p")
            with box("vote-text scrolls"):
                rich(vote.answer)
    with box("vote-halves vote-choices").props("role=radiogroup data-live"):
        for side in SIDES:
            _draw_side(tablet, side, chosen, vote)
    _draw_send(tablet, vote, leaning, said)


def _draw_side(tablet: Tablet, side: Side, chosen: bool | None, vote: AppealVote) -> None:
    name, meaning, is_upheld = side
    is_chosen = chosen is is_upheld
    choice = button("", partial(tablet.lean, vote.letter, is_upheld), "outline")
    choice.classes(f"vote-side {'is-chosen' if is_chosen else ''}")
    choice.set_enabled(vote.your_vote is None)
    choice.props("role=radio")
    choice.props["aria-checked"] = "true" if is_chosen else "false"
    with choice, box("stack snug"):
        words(f"{name} appeal", "display")
        words(meaning, "large")


def _draw_send(tablet: Tablet, vote: AppealVote, leaning: bool | None, said: str) -> None:
    with box("line vote-send"):
        with box("grow stack tight"):
            rule = "A majority of those voting decides; a tie rejects. Votes stay hidden."
            words(rule, "quiet", "p")
            words(said, "alarm bold", "p").props("role=alert")
            words(OFFLINE, "when-offline bold", "p")
        if vote.your_vote is not None:
            with box("line snug large"):
                icon("check")
                words("Your vote is in.", "bold")
            return
        names = {True: "Send: uphold", False: "Send: reject", None: "Choose one"}
        send = button(names[leaning], tablet.vote, "primary").classes("overview-hold is-tall")
        send.set_enabled(leaning is not None)
        send.props["data-live"] = ""
