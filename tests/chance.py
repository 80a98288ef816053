"""A show that chance plays: how it begins, asks and goes on; the rules of chance build on it."""

from always import Watched
from anything import role_of
from hypothesis.stateful import RuleBasedStateMachine
from ordinary import go_on
from story import Story, question, rundown

from finale.show import commands as c
from finale.show.events import Event
from finale.show.phases import Phase
from finale.show.question import Check
from finale.show.refused import Refused
from finale.show.rundown import Rundown

STEPS_OF_A_ROUND = 30


def plan_of(size: tuple[int, int, int]) -> Rundown:
    """A plan of that size; the answer to its first question is 1, to be checked."""
    plan = rundown(*size)
    checked = question(1, check=Check(kind="number", expect=1))
    return plan.model_copy(update={"rounds": (checked, *plan.rounds[1:])})


class Chance(Watched, RuleBasedStateMachine):
    """A watched show of some size, in which some finalists never answer."""

    size: tuple[int, int, int] = (3, 3, 2)
    silent: frozenset[str] = frozenset()

    def begin(self) -> None:
        """A new show."""
        self.watch(Story(plan_of(self.size)))

    def try_to(self, command: c.Command, by: str) -> list[Event]:
        """Ask; what is refused is refused by a sentence, and nothing else is ever raised."""
        try:
            events = self.story.ask(command, by)
        except Refused as refused:
            self.sentences.append(str(refused))
            return []
        if isinstance(command, c.MoveDeadline):
            self.given_s += max(0, command.seconds)
        if isinstance(command, c.Compensate):
            self.given_s += command.seconds
        return events

    def on_to(self, phase: Phase) -> None:
        """The show goes on until that phase; after the champion another one begins."""
        if self.story.state.phase is Phase.CHAMPION:
            self.begin()
        for _ in range(STEPS_OF_A_ROUND):
            if self.story.state.phase is not phase:
                go_on(self.story, self.silent)

    def a_draft_ends(self, seat: str, ends: c.Outcome) -> None:
        self.on_to(Phase.TUNING)
        number = self.story.number
        start = c.StartDraft(round=number, system="Be kind.", temperature=0.7, top_p=0.9)
        self.try_to(start, seat)
        running = self.story.state.round.running(seat) if self.story.state.rounds else ()
        if running and self.story.state.phase is Phase.TUNING:
            self.story.record(seat, f"Answer {running[-1].number}, by Ada.", ends)

    def in_this_round(self, command: c.Command) -> None:
        """Somebody who may asks that of the running round."""
        if "round" in type(command).model_fields:
            command = command.model_copy(update={"round": self.story.number})
        self.try_to(command, role_of(command))
