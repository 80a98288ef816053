"""The forms of “Put right”: lists to choose from, a reason, and the command they make."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from nicegui import ui

from finale.pages.host_desk import Desk
from finale.pages.parts import field as labelled
from finale.pages.parts_scores import JURIES
from finale.show import commands_amend as c
from finale.show.commands import HostCommand
from finale.show.views.amends import Amends, CardMark
from scoring.blend import Component
from scoring.rubric import PANEL_RUBRIC

HALF_POINTS = {n / 2: f"{n / 2:g}" for n in range(2, 11)}


async def _nothing() -> None:
    return None


@dataclass(slots=True)
class Form:
    """Lists by label, each from value to what is read; `make` turns what was chosen to a command.

    `done` runs after the command was taken.
    """

    lists: Mapping[str, Mapping[str, str]]
    make: Callable[[Mapping[str, str], str], HostCommand]
    asks_why: bool = True
    done: Callable[[], Awaitable[None]] = _nothing
    chosen: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    def draw(self) -> None:
        """The lists and the reason."""
        for label, options in self.lists.items():
            self.chosen[label] = next(iter(options))
            with labelled(label):
                self._draw_list(label, options)
        if self.asks_why:
            with labelled("Why (it stands in the record)"):
                ui.textarea(on_change=self._say).props("outlined dense rows=2 maxlength=500")

    def command(self) -> HostCommand:
        """What was chosen, as a command."""
        return self.make(self.chosen, self.reason)

    def _draw_list(self, label: str, options: Mapping[str, str]) -> None:
        def choose(event: object) -> None:
            self.chosen[label] = str(getattr(event, "value", ""))

        element = ui.select(dict(options), value=self.chosen[label], on_change=choose)
        element.props("outlined dense options-dense").props["aria-label"] = label

    def _say(self, event: object) -> None:
        self.reason = str(getattr(event, "value", "") or "")


def void_form(desk: Desk, now: Amends) -> Form:
    """Which jury of the running round does not count."""
    juries: dict[str, str] = {component: JURIES[component] for component in now.voidable}
    number = desk.view().show.round - 1
    return Form(
        {"Jury": juries},
        lambda it, why: c.VoidComponent(
            of_round=number, component=_component(it["Jury"]), reason=why
        ),
    )


def restore_form(desk: Desk, now: Amends) -> Form:
    """Which of the voided juries counts again."""
    juries: dict[str, str] = {part: f"{JURIES[part]}: {reason}" for part, reason in now.voided}
    number = desk.view().show.round - 1
    return Form(
        {"Jury": juries},
        lambda it, why: c.RestoreComponent(
            of_round=number, component=_component(it["Jury"]), reason=why
        ),
    )


def _component(name: str) -> Component:
    found: dict[str, Component] = {"judge": "judge", "panel": "panel", "audience": "audience"}
    return found[name]


def correct_form(desk: Desk, now: Amends) -> Form:
    """Which mark of which card, and what it should have been."""
    cards = {str(index): _card_label(card) for index, card in enumerate(now.cards)}

    def make(it: Mapping[str, str], why: str) -> c.CorrectMark:
        card = now.cards[int(it["Card"])]
        return c.CorrectMark(
            of_round=card.round,
            panellist=card.panellist,
            letter=card.letter,
            criterion=it["Criterion"],
            mark=float(it["Should be"]),
            reason=why,
        )

    criteria = {criterion.key: criterion.label for criterion in PANEL_RUBRIC.criteria}
    marks = {f"{mark:g}": text for mark, text in HALF_POINTS.items()}
    return Form({"Card": cards, "Criterion": criteria, "Should be": marks}, make)


def _card_label(card: CardMark) -> str:
    marks = ", ".join(f"{mark:g}" for _, mark in card.marks)
    return f"Round {card.round + 1}, {card.name}, answer {card.letter} ({marks})"


def withdraw_form(desk: Desk, now: Amends) -> Form:
    """Who leaves."""
    return Form(
        {"Finalist": {seat: tag.name for seat, tag in now.active}},
        lambda it, why: c.WithdrawFinalist(finalist=it["Finalist"], reason=why),
    )


def replace_form(desk: Desk, now: Amends) -> Form:
    """Which round gets which spare question."""
    rounds = {str(number): f"Round {number + 1}" for number in now.replaceable}
    return Form(
        {"Round": rounds, "New question": {spare.id: spare.short for spare in now.spares}},
        lambda it, why: c.ReplaceQuestion(
            of_round=int(it["Round"]), question=it["New question"], reason=why
        ),
    )


def recusal_form(desk: Desk, now: Amends) -> Form:
    """Which expert does not count for which finalist; choosing a declared pair takes it back."""
    show = desk.view().show

    def make(it: Mapping[str, str], why: str) -> c.DeclareRecusal:
        pair = (it["Expert"], it["Finalist"])
        return c.DeclareRecusal(
            panellist=pair[0], finalist=pair[1], is_recused=pair not in now.recusals
        )

    experts = {seat.id: seat.label for seat in show.panel}
    finalists = {seat: tag.name for seat, tag in now.active}
    return Form({"Expert": experts, "Finalist": finalists}, make, asks_why=False)


def seat_form(desk: Desk, now: Amends) -> Form:
    """Which chair moves to another device."""
    show = desk.view().show
    seats = {seat.id: seat.label for seat in (*show.finalists, *show.panel)}
    form = Form({"Seat": seats}, lambda it, why: c.HandSeat(seat=it["Seat"]), asks_why=False)

    async def renew() -> None:
        desk.backstage.renew(form.chosen["Seat"])

    form.done = renew
    return form
