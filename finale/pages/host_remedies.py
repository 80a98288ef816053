"""What the host can put right, and the command that each remedy makes."""

from typing import Final

from finale.pages.host_forms import Choice, Options, Picks, Remedy
from finale.pages.parts_scores import jury_name
from finale.show import commands_amend as c
from finale.show.commands import HostCommand, RuleAppeal
from finale.show.views.amends import Amends, CardMark, OfRound
from finale.show.views.host import HostView
from scoring.blend import COMPONENTS, Component
from scoring.rubric import PANEL_RUBRIC

# ---- a jury


def _rounds_of(juries: tuple[OfRound, ...]) -> Options:
    return {f"{number}": f"{number + 1}" for number, _ in juries}


def _juries(juries: tuple[OfRound, ...], picks: Picks) -> Options:
    return {part: jury_name(part) for number, part in juries if f"{number}" == picks["Round"]}


def _jury_of(picks: Picks) -> tuple[int, Component]:
    return int(picks["Round"]), next(part for part in COMPONENTS if part == picks["Jury"])


def _void(show: HostView, picks: Picks, why: str) -> HostCommand:
    number, part = _jury_of(picks)
    return c.VoidComponent(of_round=number, component=part, reason=why)


def _restore(show: HostView, picks: Picks, why: str) -> HostCommand:
    number, part = _jury_of(picks)
    return c.RestoreComponent(of_round=number, component=part, reason=why)


def _jury_deed(show: HostView, picks: Picks, verb: str) -> str:
    number, part = _jury_of(picks)
    return f"{verb}: {jury_name(part)}, round {number + 1}"


def _void_deed(show: HostView, picks: Picks) -> str:
    number, _ = _jury_of(picks)
    if [of_round for of_round, _ in show.amends.voidable].count(number) > 1:
        return _jury_deed(show, picks, "Void")
    return f"Void the last jury of round {number + 1}: 0 points for everybody"


# ---- a mark


def _cards(show: HostView, picks: Picks) -> tuple[CardMark, ...]:
    """The cards that what was chosen so far leaves."""
    said = (("Round", "round"), ("Expert", "panellist"), ("Answer", "letter"))
    asked = [(name, picks[label]) for label, name in said if label in picks]
    cards = show.amends.cards
    return tuple(card for card in cards if all(f"{getattr(card, n)}" == v for n, v in asked))


def _criteria(show: HostView, picks: Picks) -> Options:
    """Each criterion that was marked, with its mark."""
    marks = dict(_cards(show, picks)[0].marks)
    return {
        criterion.key: f"{criterion.label}: {marks[criterion.key]:g}"
        for criterion in PANEL_RUBRIC.criteria
        if criterion.key in marks
    }


def _correct(show: HostView, picks: Picks, why: str) -> HostCommand:
    return c.CorrectMark(
        of_round=int(picks["Round"]),
        panellist=picks["Expert"],
        letter=picks["Answer"],
        criterion=picks["Criterion"],
        mark=float(picks["Should be"]),
        reason=why,
    )


def _correct_deed(show: HostView, picks: Picks) -> str:
    before = dict(_cards(show, picks)[0].marks)[picks["Criterion"]]
    return f"Change {before:g} to {picks['Should be']}"


# ---- an appeal


def _rule(show: HostView, picks: Picks, why: str) -> HostCommand:
    return RuleAppeal(round=show.round, letter=picks["Answer"], reason=why)


# ---- people, questions, seats


def _finalists(show: HostView, picks: Picks) -> Options:
    return {seat: tag.name for seat, tag in show.amends.active}


def _experts(show: HostView, picks: Picks) -> Options:
    return dict(show.amends.experts)


def _seats(show: HostView, picks: Picks) -> Options:
    return {seat.id: seat.label for seat in (*show.finalists, *show.panel)}


def _rounds(show: HostView, picks: Picks) -> Options:
    return {f"{number}": f"{number + 1}" for number in show.amends.replaceable}


def _replace(show: HostView, picks: Picks, why: str) -> HostCommand:
    number = int(picks["Round"])
    return c.ReplaceQuestion(of_round=number, question=picks["New question"], reason=why)


def _is_recused(show: HostView, picks: Picks) -> bool:
    return (picks["Expert"], picks["Finalist"]) in show.amends.recusals


def _recuse(show: HostView, picks: Picks, why: str) -> HostCommand:
    return c.DeclareRecusal(
        panellist=picks["Expert"],
        finalist=picks["Finalist"],
        is_recused=not _is_recused(show, picks),
    )


def _recused_of(show: HostView, picks: Picks) -> Options:
    """Every finalist; said where a recusal is declared already."""
    declared = {finalist for expert, finalist in show.amends.recusals if expert == picks["Expert"]}
    return {
        seat: f"{tag.name} (declared)" if seat in declared else tag.name
        for seat, tag in show.amends.active
    }


def _why_no_replacing(now: Amends) -> str:
    if not now.spares:
        return "This show has no spare question left."
    return "" if now.replaceable else "No question is ahead."


RULE_NOW: Final = "End an appeal’s vote"

REMEDIES = (
    Remedy(
        "Void a jury",
        "Its weight goes to the others.",
        "It does not count in that round; its weight goes to the others, for all finalists. "
        "The stage says so.",
        lambda it: it.why_locked if not it.voidable else "",
        (
            Choice("Round", lambda show, picks: _rounds_of(show.amends.voidable)),
            Choice("Jury", lambda show, picks: _juries(show.amends.voidable, picks)),
        ),
        _void,
        _void_deed,
    ),
    Remedy(
        "Count a jury again",
        "Take back what you voided.",
        "What you voided in that round counts again, for all finalists.",
        lambda it: "" if it.voided else it.why_locked or "You have voided nothing.",
        (
            Choice("Round", lambda show, picks: _rounds_of(show.amends.voided)),
            Choice("Jury", lambda show, picks: _juries(show.amends.voided, picks)),
        ),
        _restore,
        lambda show, picks: _jury_deed(show, picks, "Count again"),
    ),
    Remedy(
        "Correct a mark",
        "A slip of the pen in an expert’s card.",
        "A slip of the pen in an expert’s card. Totals and places follow; both marks stay in the "
        "record.",
        lambda it: "" if it.cards else it.why_locked or "Once marks and vote are closed.",
        (
            Choice(
                "Round",
                lambda show, picks: {
                    f"{card.round}": f"{card.round + 1}" for card in show.amends.cards
                },
            ),
            Choice(
                "Expert",
                lambda show, picks: {card.panellist: card.name for card in _cards(show, picks)},
            ),
            Choice(
                "Answer",
                lambda show, picks: {card.letter: card.letter for card in _cards(show, picks)},
            ),
            Choice("Criterion", _criteria),
            Choice(
                "Should be",
                lambda show, picks: {f"{half / 2:g}": f"{half / 2:g}" for half in range(2, 11)},
            ),
        ),
        _correct,
        _correct_deed,
    ),
    Remedy(
        RULE_NOW,
        "The votes there are decide.",
        "Nobody waits for the votes that are missing. A majority of those who have voted upholds; "
        "a tie rejects, and so does no vote at all.",
        lambda it: "" if it.voted_on else "No appeal waits for votes.",
        (Choice("Answer", lambda show, picks: {it: it for it in show.amends.voted_on}),),
        _rule,
        lambda show, picks: f"Rule on answer {picks['Answer']}",
    ),
    Remedy(
        "Withdraw a finalist",
        "Past scores stay. No way back.",
        "Past scores stay and are marked; the places close up. There is no way back.",
        lambda it: it.why_nobody_leaves,
        (Choice("Finalist", _finalists),),
        lambda show, picks, why: c.WithdrawFinalist(finalist=picks["Finalist"], reason=why),
        lambda show, picks: f"Withdraw {_finalists(show, picks)[picks['Finalist']]}",
    ),
    Remedy(
        "Withdraw an expert",
        "Complete cards count. No way back.",
        "Complete cards stay and count; nobody waits for more. There is no way back.",
        lambda it: "" if it.experts else "No expert can be withdrawn any more.",
        (Choice("Expert", _experts),),
        lambda show, picks, why: c.WithdrawPanellist(panellist=picks["Expert"], reason=why),
        lambda show, picks: f"Withdraw {_experts(show, picks)[picks['Expert']]}",
    ),
    Remedy(
        "Replace a question",
        "A spare one comes instead.",
        "A spare question comes instead, before tuning. A question that is on screen begins anew.",
        _why_no_replacing,
        (
            Choice("Round", _rounds),
            Choice(
                "New question",
                lambda show, picks: {spare.id: spare.short for spare in show.amends.spares},
                is_long=True,
            ),
        ),
        _replace,
        lambda show, picks: f"Replace question {int(picks['Round']) + 1}",
    ),
    Remedy(
        "Recusal of an expert",
        "A card is left out silently.",
        "The expert marks every answer all the same; the card for this finalist does not count. "
        "Choose a declared pair to take it back.",
        lambda it: "" if it.can_recuse else "Before the first question only.",
        (
            Choice("Expert", _experts),
            Choice(
                "Finalist",
                _recused_of,
            ),
        ),
        _recuse,
        lambda show, picks: (
            "Take the recusal back" if _is_recused(show, picks) else "Declare the recusal"
        ),
        asks_why=False,
    ),
    Remedy(
        "New link for a seat",
        "For a spare laptop or tablet.",
        "The old link and every page of it die at once. On the new device text, drafts and marks "
        "are there again.",
        lambda it: "",
        (Choice("Seat", _seats),),
        lambda show, picks, why: c.HandSeat(seat=picks["Seat"]),
        lambda show, picks: f"New link for {_seats(show, picks)[picks['Seat']]}",
        asks_why=False,
    ),
)
