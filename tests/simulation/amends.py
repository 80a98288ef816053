"""What the host puts right: the same commands as the desk's, when the desk would offer them."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_message as cs
from finale.show.cues import place_of, undo_of
from finale.show.phases import Phase
from finale.show.result import contradictions
from finale.show.state import ShowState
from scoring.blend import COMPONENTS
from scoring.rubric import PANEL_RUBRIC

WHY = "A slip of the pen."
WORDS = ("Two minutes.", "Please speak up.", "The left door is open.")


@dataclass(frozen=True, slots=True)
class Amend:
    """How often the host thinks of it when it fits, and a maker; None when it does not fit."""

    share: float
    make: Callable[[Random, ShowState], c.Command | None]


def credit(random: Random, state: ShowState) -> c.Command | None:
    """Grant or decline what is on offer."""
    if state.phase is not Phase.TUNING:
        return None
    offered = [seat for seat, credit in sorted(state.round.credits.items()) if credit.pending]
    if not offered:
        return None
    return ca.DecideCredit(
        round=state.number, finalist=random.choice(offered), is_granted=random.random() < 0.6
    )


def void(random: Random, state: ShowState) -> c.Command | None:
    """Take a jury out of a round."""
    if not state.rounds:
        return None
    number, component = random.randrange(len(state.rounds)), random.choice(COMPONENTS)
    return ca.VoidComponent(of_round=number, component=component, reason=WHY)


def restore(random: Random, state: ShowState) -> c.Command | None:
    """Let a jury count again."""
    voided = [(n, jury) for n, round_ in enumerate(state.rounds) for jury in sorted(round_.voided)]
    if not voided:
        return None
    number, component = random.choice(voided)
    return ca.RestoreComponent(of_round=number, component=component, reason=WHY)


def correct(random: Random, state: ShowState) -> c.Command | None:
    """Put a mark right."""
    if not (state.rounds and state.rundown.panel and state.round.letters):
        return None
    return ca.CorrectMark(
        of_round=state.number,
        panellist=random.choice(state.rundown.panel).id,
        letter=random.choice(sorted(state.round.letters)),
        criterion=random.choice(PANEL_RUBRIC.keys),
        mark=random.randint(2, 10) / 2,
        reason=WHY,
    )


def withdraw(random: Random, state: ShowState) -> c.Command | None:
    """A finalist has to leave."""
    return ca.WithdrawFinalist(finalist=random.choice(state.active()), reason=WHY)


def dismiss(random: Random, state: ShowState) -> c.Command | None:
    """An expert has to leave."""
    experts = state.experts()
    return ca.WithdrawPanellist(panellist=random.choice(experts), reason=WHY) if experts else None


def replace(random: Random, state: ShowState) -> c.Command | None:
    """Another question for this round or the next."""
    number = max(0, state.number + (state.phase is not Phase.QUESTION))
    question = random.choice(state.rundown.spares).id
    return ca.ReplaceQuestion(of_round=number, question=question, reason=WHY)


def recuse(random: Random, state: ShowState) -> c.Command | None:
    """What an expert has said before the doors open."""
    if state.phase is not Phase.LOBBY or not state.rundown.panel:
        return None
    panellist, finalist = random.choice(state.rundown.panel), random.choice(state.rundown.finalists)
    return ca.DeclareRecusal(
        panellist=panellist.id, finalist=finalist.id, is_recused=random.random() < 0.8
    )


def hand(random: Random, state: ShowState) -> c.Command | None:
    """A tablet has fallen into the orchestra."""
    return ca.HandSeat(seat=random.choice(state.rundown.seats))


def offer(random: Random, state: ShowState) -> c.Command | None:
    """The check says that the judge is wrong."""
    if state.phase not in (Phase.JUDGE_REVEAL, Phase.APPEAL):
        return None
    wronged = [letter for letter, is_right in contradictions(state.round).items() if is_right]
    left = sorted(set(wronged) - state.round.offered)
    return ca.OfferAppeal(round=state.number, letter=random.choice(left)) if left else None


def undo(random: Random, state: ShowState) -> c.Command | None:
    """That was one step too far."""
    return None if undo_of(state) is None else ca.UndoCue(at=place_of(state))


def tell(random: Random, state: ShowState) -> c.Command | None:
    """A word to somebody, or the end of one."""
    if state.messages and random.random() < 0.5:
        return cs.ClearMessage(to=random.choice(sorted(state.messages)))
    to = random.choice((*cs.GROUPS, *state.rundown.seats))
    return cs.SendMessage(to=to, text=random.choice(WORDS))


AMENDS = (
    Amend(0.5, credit),
    Amend(0.1, void),
    Amend(0.2, restore),
    Amend(0.2, correct),
    Amend(0.02, withdraw),
    Amend(0.03, dismiss),
    Amend(0.3, replace),
    Amend(0.5, recuse),
    Amend(0.02, hand),
    Amend(0.7, offer),
    Amend(0.2, undo),
    Amend(0.1, tell),
)


def amend(random: Random, state: ShowState, zeal: float) -> c.Command | None:
    """Something that the host puts right now, or nothing; `zeal` from 0 to 1."""
    for thought in AMENDS:
        if random.random() < thought.share * zeal:
            command = thought.make(random, state)
            if command is not None:
                return command
    return None
