"""Blindness on the wire: swap the owners of A and B, and nothing that a page is sent changes.

Two shows are played alike, letter by letter: the same texts, times, marks and votes. In the second
one lecterns V and W have each other's letters. Up to the moment before the first name, the frames
to stage, tablet, overlay, commentators and presenter, the DOM they make, and a stage that is
loaded afresh must be the same.
"""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from in_browser import SHOW, People, Served, free_port
from playwright.sync_api import expect
from reel import DOM, Reel
from websockets.sync.client import ClientConnection, connect

LOCKED_S, APPEAL_S = 30, 600
FILM = SHOW.replace("locked = 0", f"locked = {LOCKED_S}").replace(
    "appeal = 5", f"appeal = {APPEAL_S}"
)
SEATS = tuple(f"finalist-{lectern}" for lectern in "vwxyz")
EXPERTS = tuple(f"panel-{number}" for number in range(1, 6))
CRITERIA = ("generalization", "response_quality", "efficiency")
STRAIGHT, SWAPPED = (0, 1, 2, 3, 4), (1, 0, 2, 3, 4)

ROLES = ("stage", "panel-1", "overlay", "commentary", "prompter")

TEXTS = {
    "A": "Vera Example says: **accept**, at 1300 degrees.",
    "B": "No. I am Wim, and 48,000 is too much.\n\n- one reason\n- another",
    "C": "Perhaps; ask XENIA SPECIMEN.",
    "D": "Yes, with two conditions. " * 20,
    "E": "It depends on the tide.",
}
NAMES = re.compile("Vera Example|Wim|XENIA SPECIMEN")
TIMES = {"A": (0.31, 4.07), "B": (1.93, 11.4), "C": (0.5, 6.0), "D": (2.2, 8.21), "E": (0.7, 7.3)}
JUDGE = {"A": 6, "B": 9, "C": 5, "D": 4, "E": 2}
PANEL = {"A": 5, "B": 4, "C": 3, "D": 2, "E": 1}
VOTES = "ABB"


class Film:
    """A show with every screen open that must not tell, kept step by step."""

    def __init__(self, served: Served, people: People) -> None:
        self.served = served
        self.steps: dict[str, dict[str, str]] = {}
        self.reels = {role: Reel() for role in ROLES}
        self.stage = self.reels["stage"]
        for role, reel in self.reels.items():
            people.open(served.links[role], 1280, 800, reel.load)
            self._wait_for_line(reel)
        self.end("doors")

    def _wait_for_line(self, reel: Reel) -> None:
        reel.page.wait_for_function("() => window.did_handshake")

    def end(self, name: str) -> None:
        """Keep what every page was sent since the last step, and what it shows now."""
        number = len(self.steps) + 1
        is_end = re.compile(rf"window\.step = {number}\b")
        with ExitStack() as waiting:
            for reel in self.reels.values():
                waiting.enter_context(
                    reel.line.expect_event("framereceived", lambda f: is_end.search(str(f)))
                )
            self.served.order("end step", step=number)
        seen = self.steps[name] = {}
        for role, reel in self.reels.items():
            reel.page.wait_for_function(f"() => window.step === {number}")
            if frames := reel.cut():
                seen[f"frames to {role}"] = frames
                seen[f"DOM of {role}"] = reel.plain(reel.page.evaluate(DOM))

    def reload(self, name: str) -> None:
        """Load the stage afresh; its first HTML belongs to the step."""
        answer = self.stage.page.reload()
        assert answer is not None
        html = self.stage.plain(answer.text())
        self._wait_for_line(self.stage)
        self.end(name)
        self.steps[name]["HTML of stage"] = html

    def do(self, name: str, by: str, **values: Any) -> None:
        """A command of the first round that must not be refused."""
        answer = self.served.command(name, by, round=0, **values)
        assert "refused" not in answer, answer

    def next(self) -> str:
        """The host's Next, as a step; what its button said."""
        label = str(self.served.order("next")["label"])
        self.end(label)
        return label

    def host(self, name: str, **values: Any) -> None:
        """What the host may do beside Next, as a step."""
        assert "events" in self.served.command(name, "host", **values)
        self.end(f"{name} {values}")

    def skip(self, seconds: float, phase: str) -> None:
        """Let time pass until `phase`, as a step."""
        self.served.order("skip", seconds=seconds)
        self.served.order("wait for phase", phase=phase)
        self.end(phase)

    def wait_for_phase(self, phase: str) -> None:
        self.served.order("wait for phase", phase=phase)

    def join(self, number: int, lines: ExitStack) -> ClientConnection:
        """Phone `number`, which the stage has counted; `lines` closes it."""
        host = self.served.links["audience"].removeprefix("http:").strip("/")
        phone = lines.enter_context(connect(f"ws://{host}/ws", max_queue=None, proxy=None))
        join = {"kind": "join", "v": 1, "token": "", "code": self.served.code}
        phone.send(json.dumps(join))
        expect(self.stage.page.locator(".lobby-phones .stage-count")).to_have_text(str(number))
        self.end(f"phone {number}")
        return phone

    def vote(self, number: int, phone: ClientConnection, letter: str) -> None:
        """The ballot `number`, which the stage has counted."""
        ballot = {"kind": "vote", "id": letter, "round": 0, "letter": letter, "rev": 1}
        phone.send(json.dumps(ballot))
        count = self.stage.page.locator(".marking-count .stage-figure")
        expect(count).to_have_text(str(number))
        self.end(f"ballot {number}")


def play(film: Film, order: tuple[int, ...]) -> None:
    """One round up to the last name; the letters belong to the lecterns in `order`."""
    with ExitStack() as lines:
        phones = [film.join(number, lines) for number in range(1, len(VOTES) + 1)]
        film.next()
        film.next()
        tune(film, order)
        film.reload("the stage in reading")
        read(film)
        mark(film, phones)
        film.next()
        film.reload("the stage in the judge’s reveal")
        appeal(film, order)
        for _ in ("experts", "audience", "totals", *SEATS):
            film.next()


def tune(film: Film, order: tuple[int, ...]) -> None:
    """Every lectern in its turn makes two drafts and submits one: alike as far as tiles show it."""
    for lectern, seat in enumerate(SEATS):
        letter = "ABCDE"[order.index(lectern)]
        times = dict(zip(("first_token_s", "total_s"), TIMES[letter], strict=True))
        for draft, text in ((1, TEXTS[letter]), (2, "Not this one.")):
            film.do("StartDraft", seat, system=f"For {letter}.", temperature=0.3, top_p=0.9)
            film.end(f"{seat} runs draft {draft}")
            values = {"finalist": seat, "draft": draft, "text": text, "outcome": "finished"}
            film.do("RecordDraft", "crew", **values, **times)
            film.end(f"{seat} has draft {draft}")
        film.do("PinDraft", seat, draft=2)
        film.do("Submit", seat, draft=1)
        if lectern == len(SEATS) - 1:
            film.wait_for_phase("locked")
        film.end(f"{seat} submits")
    film.skip(LOCKED_S, "reading")


def read(film: Film) -> None:
    """One answer after the other; a hold and a blackout over the first."""
    film.next()
    film.host("HoldShow")
    film.host("ResumeShow")
    film.host("BlackOut", is_black=True)
    film.host("BlackOut", is_black=False)
    for _ in "BCDE":
        film.next()


def mark(film: Film, phones: Sequence[ClientConnection]) -> None:
    """The judge, the experts and three phones give what the letter gets."""
    film.served.order("wait for verdicts")
    film.next()
    for number, (phone, letter) in enumerate(zip(phones, VOTES, strict=True), 1):
        film.vote(number, phone, letter)
    for expert in EXPERTS:
        for letter, value in PANEL.items():
            for criterion in CRITERIA:
                film.do("MarkScorecard", expert, letter=letter, criterion=criterion, mark=value)
        film.end(f"{expert} marks")
        film.do("LockScorecards", expert)
        film.end(f"{expert} locks")
    film.next()
    film.served.order("wait for tally")
    film.next()


def appeal(film: Film, order: tuple[int, ...]) -> None:
    """Two experts appeal for C and lose; the owner of A appeals and wins."""
    film.next()
    film.do("FileAppeal", "panel-1", letter="C", ground="factual error")
    film.end("one expert backs C")
    film.do("FileAppeal", "panel-3", letter="C", ground="factual error")
    film.end("two experts back C")
    film.do("FileAppeal", SEATS[order[0]], letter="A", ground="rubric misread")
    film.end("the owner of A appeals")
    for letter, is_upheld in (("C", False), ("A", True)):
        for expert in EXPERTS:
            film.do("VoteAppeal", expert, letter=letter, is_upheld=is_upheld)
            film.end(f"{expert} votes on {letter}")
    film.served.order("skip", seconds=APPEAL_S)
    film.served.order("wait for no clock")
    film.end("appeals closed")
    film.next()


def parting(one: str, other: str) -> str:
    """What stands around the first place where two texts differ; "" if they are the same."""
    if one == other:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), -1)
    around = slice(max(0, at - 120), at + 120)
    return f"{one[around]}\n<>\n{other[around]}"


def partings(one: Film, other: Film, names: Sequence[str]) -> dict[tuple[str, str], str]:
    """Step and kind of everything that differs in those steps."""
    found = {
        (name, what): parting(one.steps[name].get(what, ""), other.steps[name].get(what, ""))
        for name in names
        for what in one.steps[name] | other.steps[name]
    }
    return {where: text for where, text in found.items() if text}


def test_swapping_two_owners_changes_nothing_before_the_names(
    serve: Callable[..., Served], people: People, tmp_path: Path
) -> None:
    given = {NAMES.sub("[name]", text): JUDGE[letter] for letter, text in TEXTS.items()}
    port = free_port()
    films = []
    for order in (STRAIGHT, SWAPPED):
        data = tmp_path / f"data-{order[0]}"
        data.mkdir()
        (data / "key").write_text("5c" * 32)
        served = serve([], show=FILM, data=str(data), port=port, order=order, given=given)
        films.append(Film(served, people))
        play(films[-1], order)
        people.close()
        served.stop()
    here, there = films
    steps = list(here.steps)
    # In the lobby each tablet measures its own line, and no letter has been drawn yet.
    blind = steps[steps.index("Show question 1") : -len(SEATS)]

    assert list(there.steps) == list(here.steps)
    assert partings(here, there, blind) == {}
    # The swap is real: the names tell.
    named = partings(here, there, list(here.steps)[-len(SEATS) :])
    assert ("Name the round’s winner (2 of 2)", "frames to stage") in named
