"""Views of every scene of the stage, and a stage that shows them without a server."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from nicegui.element import Element
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation

from finale.pages.live import Live
from finale.pages.stage import draw_stage
from finale.pages.stage_common import Join, Stage
from finale.show.phases import Phase
from finale.show.phrase import NOTHING, Language, phrase
from finale.show.views.bars import Bar, BarPart, Row
from finale.show.views.common import Answer, ClockView, Tag
from finale.show.views.stage import AppealView, StageView, Tile

NOW = 1_700_000_000.0
NAMES = ("Vera Example", "Wim Placeholder", "Xenia Sample-Name")
TAGS = tuple(
    Tag(letter, name, name.split(" ")[0], "Somewhere", f"tuned-{letter.lower()}")
    for letter, name in zip("VWX", NAMES, strict=True)
)
LETTERS = "ABC"
ANSWERS = tuple(Answer(letter, f"**Offer** {letter}.", 2) for letter in LETTERS)
OWNERS = (TAGS[2], TAGS[0], TAGS[1])
PLACES = (2, 3, 1)
WEIGHTS: Any = {"judge": 0.4, "panel": 0.4, "audience": 0.2}


def view(scene: Phase, **fields: Any) -> StageView:
    base: dict[str, Any] = {
        "title": "The Cup",
        "round": 1,
        "rounds": 3,
        "round_label": phrase("Round {round} of {rounds}", round=2, rounds=3),
        "judge": "a judge",
        "is_held": False,
        "is_black": False,
        "clock": None,
        "finalists": TAGS,
        "weights": WEIGHTS,
    }
    return StageView(phase=scene, **{**base, **fields})


def bars(parts: int, named: int = 0) -> tuple[Bar, ...]:
    """Bars with that many parts shown, the last `named` places with their names."""
    drawn = []
    for letter, tag, place in zip(LETTERS, OWNERS, PLACES, strict=True):
        shown = tuple(
            BarPart(component, None, 80.0 - place, 32.0 - place, place == 1)
            for component in ("judge", "panel", "audience")[:parts]
        )
        is_named = place > len(PLACES) - named
        total = 96.0 - 3 * place if parts == 3 else None
        drawn.append(
            Bar(letter, shown, total, place if is_named else None, tag if is_named else None)
        )
    return tuple(drawn)


def rows(*places: tuple[int, ...]) -> tuple[Row, ...]:
    return tuple(
        Row(p[-1], tag, 200.0 - p[-1], p[-1] - 1.0, 70.0, None, False, "", p)
        for tag, p in zip(TAGS, places, strict=True)
    )


TILES = tuple(
    Tile(tag, status, drafts)
    for tag, status, drafts in zip(
        TAGS, ("tuning", "generating", "submitted"), (3, 1, 2), strict=True
    )
)
CLOCK = ClockView(NOW + 41, 90)
TABLE = rows((2, 1), (1, 2), (3, 3))

SCENES = {
    "lobby": view(
        Phase.LOBBY, round=-1, round_label=NOTHING, seated=(True, False, True), phones=341
    ),
    "question": view(Phase.QUESTION, question="What do you offer?", tiles=TILES, clock=CLOCK),
    "tuning": view(Phase.TUNING, short="The bakery", tiles=TILES, clock=CLOCK),
    "locked": view(Phase.LOCKED, answers=ANSWERS),
    "openings": view(Phase.READING, short="The bakery", answers=ANSWERS),
    "spotlight": view(Phase.READING, answers=ANSWERS, spotlight=2, clock=CLOCK),
    "vote": view(Phase.MARKING, answers=ANSWERS, is_vote_open=True, ballots=7, phones=9),
    "marks": view(Phase.MARKING, answers=ANSWERS, is_marking_open=True, ballots=7, phones=9),
    "judge": view(Phase.JUDGE_REVEAL, bars=bars(1), shown=("judge",)),
    "appeals": view(Phase.APPEAL, bars=bars(1), shown=("judge",), clock=CLOCK),
    "appeal": view(
        Phase.APPEAL, bars=bars(1), appeals=(AppealView("B", "factual error", 1, 5),)
    ),
    "panel": view(Phase.REVEAL, bars=bars(2), shown=("judge", "panel")),
    "totals": view(Phase.REVEAL, bars=bars(3), shown=("judge", "panel", "audience")),
    "standings": view(Phase.STANDINGS, standings=TABLE),
    "break": view(Phase.BREAK, standings=TABLE),
    "sudden death": view(Phase.SUDDEN_DEATH, champions=TAGS[:2]),
    "champion": view(Phase.CHAMPION, champions=TAGS[1:2], standings=rows((2, 2), (1, 1), (3, 3))),
}  # fmt: skip
BLIND = ("locked", "openings", "spotlight", "vote", "marks", "judge", "appeals", "appeal", "panel")


def texts_of(elements: Sequence[Element]) -> list[str | None]:
    return [element._text for element in elements]


class Screen:
    """A stage that shows one view after the other."""

    def __init__(self, language: Language = "en") -> None:
        self.language = language
        self.view = SCENES["lobby"]
        self.live: Live[StageView] | None = None
        self.user: User | None = None

    def build(self) -> None:
        join = Join("http://show/?FGHJ", "show", "FGHJ")
        self.live = draw_stage(lambda: self.view, Stage(lambda: NOW, lambda: join), self.language)
        self.live.refresh()

    def show(self, view: StageView) -> None:
        assert self.live is not None
        self.view = view
        self.live.refresh()

    @property
    def elements(self) -> list[Element]:
        assert self.user is not None
        assert self.user.client is not None
        return list(self.user.client.elements.values())

    @property
    def frame(self) -> str:
        """All that a browser is sent."""
        return json.dumps([element._to_dict() for element in self.elements], default=str)

    @property
    def words(self) -> list[str]:
        return [element._text for element in self.elements if element._text]

    def of_class(self, name: str) -> list[Element]:
        return [element for element in self.elements if name in element.classes]


@asynccontextmanager
async def screen(view: StageView, language: Language = "en") -> AsyncIterator[Screen]:
    stage = Screen(language)
    stage.view = view
    async with user_simulation(stage.build) as user:
        stage.user = user
        await user.open("/")
        yield stage
