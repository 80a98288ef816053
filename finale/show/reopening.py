"""A show file that changed in the lobby: which of the lobby's doings the new plan takes over.

People are the same by name, chairs by seat. What is not taken over and would change who plays,
whose cards count or what is asked is said to the host in a sentence; nothing is lost silently.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from finale.show import events as e
from finale.show import events_amend as ea
from finale.show.commands_message import GROUPS
from finale.show.events_message import MessageDismissed, MessageSent
from finale.show.rundown import Finalist, Panellist, Rundown
from finale.show.state import ShowState


def reopened(state: ShowState, rundown: Rundown) -> list[e.Event]:
    """The events that open `rundown` in place of the plan of `state`, which is in the lobby."""
    before = state.rundown
    people = _same(before.finalists, rundown.finalists) | _same(before.panel, rundown.panel)
    dropped: list[str] = list(state.dropped)
    kept = [
        *_recusals(state, rundown, people, dropped),
        *_withdrawals(state, rundown, people, dropped),
        *_questions(state, rundown, dropped),
        *_practice(state, rundown, people),
        *(e.RobotSeated(seat=seat) for seat in sorted(state.robots & set(rundown.seats))),
        *_messages(state, rundown),
        *([e.StageBlacked(is_black=True)] if state.is_black else []),
        *([e.HoldSet(at=state.held_at)] if state.held_at is not None else []),
    ]
    told = tuple(dict.fromkeys(dropped))
    opened = e.ShowOpened(rundown=rundown, rules_hash=rundown.rules_hash(), dropped=told)
    return [opened, *kept]


def _same(
    before: Iterable[Finalist | Panellist], after: Iterable[Finalist | Panellist]
) -> dict[str, str]:
    """From the old seat to the new one, for every name that stands once in both plans."""
    old, new = _seats(before), _seats(after)
    return {seat: new[name] for name, seat in old.items() if name in new}


def _seats(people: Iterable[Finalist | Panellist]) -> dict[str, str]:
    """The seat of every name that only one of them has."""
    seats = [(person.name, person.id) for person in people]
    often = Counter(name for name, _ in seats)
    return {name: seat for name, seat in seats if often[name] == 1}


def _names(rundown: Rundown) -> dict[str, str]:
    names = {finalist.id: finalist.name for finalist in rundown.finalists}
    return names | {panellist.id: panellist.name for panellist in rundown.panel}


def _recusals(
    state: ShowState, rundown: Rundown, people: dict[str, str], dropped: list[str]
) -> Iterator[ea.RecusalDeclared]:
    """What the host declared or took back, as far as the file does not say the same by now."""
    was, names = _of_file(state.rundown), _names(state.rundown)
    now = _of_file(rundown)
    for panellist, finalist in sorted(was ^ state.recusals):
        is_recused = (panellist, finalist) in state.recusals
        if panellist not in people or finalist not in people:
            what = "recusal" if is_recused else "recusal taken back"
            dropped.append(f"the {what}: {names[panellist]} for {names[finalist]}")
            continue
        pair = (people[panellist], people[finalist])
        if (pair in now) != is_recused:
            yield ea.RecusalDeclared(panellist=pair[0], finalist=pair[1], is_recused=is_recused)


def _of_file(rundown: Rundown) -> frozenset[tuple[str, str]]:
    return frozenset((p.id, seat) for p in rundown.panel for seat in p.recused)


def _withdrawals(
    state: ShowState, rundown: Rundown, people: dict[str, str], dropped: list[str]
) -> Iterator[e.Event]:
    """Who has left stays away; of the finalists the last one cannot leave."""
    names, left = _names(state.rundown), len(rundown.finalists)
    for seat, reason in state.withdrawn.items():
        if seat in people and left > 1:
            left -= 1
            yield ea.FinalistWithdrawn(finalist=people[seat], from_round=0, reason=reason)
        else:
            dropped.append(f"the withdrawal of {names[seat]}")
    for seat, reason in state.withdrawn_panel.items():
        if seat in people:
            yield ea.PanellistWithdrawn(panellist=people[seat], reason=reason)
        else:
            dropped.append(f"the withdrawal of {names[seat]}")


def _questions(
    state: ShowState, rundown: Rundown, dropped: list[str]
) -> Iterator[ea.QuestionReplaced]:
    """A spare stays where the file still plans the question that it replaced."""
    spares, planned = {q.id for q in rundown.spares}, rundown.rounds
    for number, spare in sorted(state.replaced.items()):
        was = state.rundown.rounds[number].id
        is_planned = number < len(planned) and planned[number].id == was
        if is_planned and spare.id in spares:
            reason = f"Replaced “{was}” before the show file changed."
            yield ea.QuestionReplaced(of_round=number, question=spare.id, reason=reason)
        else:
            dropped.append(f"the spare question “{spare.id}” in round {number + 1}")


def _practice(
    state: ShowState, rundown: Rundown, people: dict[str, str]
) -> Iterator[ea.PracticeMarked]:
    """Another practice answer is marked anew."""
    if rundown.calibration != state.rundown.calibration:
        return
    for seat, marks in state.practice.items():
        for criterion, mark in marks.items():
            if seat in people:
                yield ea.PracticeMarked(panellist=people[seat], criterion=criterion, mark=mark)


def _messages(state: ShowState, rundown: Rundown) -> Iterator[e.Event]:
    """What stands goes on standing, and what was read of it stays read."""
    standing = [(m, to) for to, m in state.messages.items() if to in (*GROUPS, *rundown.seats)]
    for message, to in sorted(standing, key=lambda it: it[0].number):
        yield MessageSent(number=message.number, to=to, text=message.text, at=message.at)
    said = max((message.number for message, _ in standing), default=0)
    for seat, number in state.dismissed.items():
        if seat in rundown.seats and 0 < number <= said:
            yield MessageDismissed(seat=seat, number=number)
