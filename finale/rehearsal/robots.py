"""Robots on the chairs of finalists and experts.

What a robot does follows from the seed, its seat, the round and the texts, never from who was
first: the same seed plays the same show.
"""

from asyncio import Task
from random import Random

from finale.clock import Tasks
from finale.crew.drafter import Drafter
from finale.rehearsal.lines import OPENINGS, SYSTEM_PROMPTS
from finale.show.commands import LockScorecards, MarkScorecard, PinDraft, Submit, VoteAppeal
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.state import Draft, ShowState
from finale.show.views.panel import Card, PanelView, panel_view
from finale.showrunner import Showrunner
from finale.store.writer import StoreError
from scoring.rubric import PANEL_RUBRIC

DRAFTS = 2
THINK_S = (1.0, 4.0)


class Robots:
    """Keeps a robot running on every chair that the show has given to one."""

    def __init__(self, showrunner: Showrunner, drafter: Drafter, tasks: Tasks, seed: int) -> None:
        """Start watching the chairs."""
        self._showrunner = showrunner
        self._drafter = drafter
        self._tasks = tasks
        self._seed = seed
        self._running: dict[str, Task[None]] = {}
        showrunner.subscribe(self._look)
        self._look()

    def _look(self) -> None:
        robots = self._showrunner.state.robots
        for seat in robots - set(self._running):
            self._running[seat] = self._tasks.start(self._play(seat), f"robot on {seat}")
        for seat in set(self._running) - robots:
            self._running.pop(seat).cancel()

    async def _play(self, seat: str) -> None:
        play = self._finalist if seat.startswith("finalist") else self._panellist
        state = self._showrunner.state
        while state.phase is not Phase.CHAMPION:
            try:
                await play(seat)
            except (Refused, StoreError):
                # A clock was quicker, or the disk is full; the robot goes on with what stands now.
                await self._showrunner.clock.sleep(1)
            state = self._showrunner.state

    async def _finalist(self, seat: str) -> None:
        state = await self._showrunner.until(lambda s: _is_to_tune(s, seat))
        number = state.number
        random = Random(f"{self._seed} {seat} {number} {state.round.question.id}")
        for take in range(DRAFTS):
            prompt, temperature = _prompt(random), random.choice((0.0, 0.4, 0.7, 1.0))
            if len(state.round.drafts.get(seat, ())) > take:
                continue
            await self._showrunner.clock.sleep(random.uniform(*THINK_S))
            await self._drafter.generate(seat, number, prompt, temperature, 0.9)
            state = await self._showrunner.until(
                lambda s: s.number != number or not s.round.running(seat)
            )
        await self._stand_by(seat, number, random)

    async def _stand_by(self, seat: str, number: int, random: Random) -> None:
        state = self._showrunner.state
        finished = [d for d in state.round.drafts.get(seat, ()) if d.outcome == "finished"]
        if not finished:
            await self._drafter.generate(seat, number, _prompt(random), 0.7, 0.9)
            await self._showrunner.until(lambda s: s.number != number or not s.round.running(seat))
            return
        best = max(finished, key=_worth)
        if state.round.pins.get(seat) != best.number:
            await self._showrunner.do(PinDraft(round=number, draft=best.number), seat)
        await self._showrunner.clock.sleep(random.uniform(*THINK_S))
        await self._showrunner.do(Submit(round=number, draft=best.number), seat)

    async def _panellist(self, seat: str) -> None:
        state = await self._showrunner.until(lambda s: _is_to_mark(s, seat))
        view = panel_view(state, seat)
        if view.vote is not None:
            random = Random(f"{self._seed} {seat} {view.round} appeal {view.vote.answer}")
            await self._showrunner.clock.sleep(random.uniform(*THINK_S))
            vote = VoteAppeal(
                round=view.round, letter=view.vote.letter, is_upheld=random.random() < 0.5
            )
            await self._showrunner.do(vote, seat)
            return
        await self._mark(seat, view)

    async def _mark(self, seat: str, view: PanelView) -> None:
        for card in view.cards:
            random = Random(f"{self._seed} {seat} {view.round} {card.answer.text}")
            await self._showrunner.clock.sleep(random.uniform(*THINK_S))
            for criterion, mark in _marks(card, random).items():
                if criterion in card.marks:
                    continue
                command = MarkScorecard(
                    round=view.round, letter=card.answer.letter, criterion=criterion, mark=mark
                )
                await self._showrunner.do(command, seat)
        await self._showrunner.do(LockScorecards(round=view.round), seat)


def _is_to_tune(state: ShowState, seat: str) -> bool:
    return (
        state.phase is Phase.TUNING
        and not state.is_held
        and seat in state.round.finalists
        and seat not in state.round.submissions
    ) or state.phase is Phase.CHAMPION


def _is_to_mark(state: ShowState, seat: str) -> bool:
    if state.phase is Phase.CHAMPION:
        return True
    view = panel_view(state, seat)
    has_vote = view.vote is not None and view.vote.your_vote is None
    return (view.is_open and bool(view.cards)) or has_vote


def _prompt(random: Random) -> str:
    return f"{random.choice(OPENINGS)} {random.choice(SYSTEM_PROMPTS)}"


def _worth(draft: Draft) -> tuple[float, int]:
    """A robot likes some 120 words, and facts: figures and emphasised words."""
    length = len(draft.text.split())
    figures = sum(any(c.isdigit() for c in word) for word in draft.text.split())
    return figures + draft.text.count("**") - abs(length - 120) / 20, draft.number


def _marks(card: Card, random: Random) -> dict[str, float]:
    """Between 1 and 5 in half points: by length, and the expert's own taste.

    Measured times are left out, because they differ from one rehearsal to the next.
    """
    length = min(1.0, card.answer.words / 130)
    base = {"efficiency": 3.5 - 1.5 * length}
    marks = {}
    for key in PANEL_RUBRIC.keys:
        mark = base.get(key, 1.5 + 2.2 * length) + random.uniform(-1.0, 1.5)
        marks[key] = min(5.0, max(1.0, round(mark * 2) / 2))
    return marks
