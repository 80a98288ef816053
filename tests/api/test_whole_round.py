"""A round driven by the HTTP API alone, as a button panel or a script does it.

Finalists, experts and the judge follow a script; nobody in the hall votes, so the audience is void
and its weight goes to the others in equal parts. Answer A is lectern V, B is W, and so on.

               A      B      C      D      E
judge mark    90     70     50     50     30     span 60, middle 60
  points     100     80     60     60     40
panel mark    60    100     80     40     20     span 80, middle 60
  points      70    100     85     55     40
score       85.0   90.0   72.5   57.5   40.0     0.5 judge + 0.5 panel
"""

from collections.abc import Callable
from typing import Any

import httpx
from in_browser import Served

from scoring.rubric import PANEL_RUBRIC

PANEL = (3, 5, 4, 2, 1)
FINALISTS = tuple(f"finalist-{lectern}" for lectern in "vwxyz")
TABLE = [("Wim", 90.0), ("Vera", 85.0), ("Xenia", 72.5), ("Yusuf", 57.5), ("Zora", 40.0)]


class Script:
    """Knows an address and a token, and nothing else of the show."""

    def __init__(self, client: httpx.Client, token: str, others: list[str]) -> None:
        """`others` are tokens that open nothing here."""
        self._client = client
        self._token = token
        self._others = others
        self.refused: set[tuple[str, int]] = set()

    def ask(self, method: str, path: str, **rest: Any) -> Any:
        """What the API answers; first the same without the token and with wrong ones."""
        for token in self._others:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            answer = self._client.request(method, path, headers=headers, **rest)
            self.refused.add((token, answer.status_code))
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = self._client.request(method, path, headers=headers, timeout=40, **rest)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def press(self, path: str, **values: Any) -> list[str]:
        """A cue; what happened."""
        events: list[str] = self.ask("POST", path, json=values)["events"]
        return events

    def until(self, is_so: Callable[[Any], bool]) -> Any:
        """Wait by long polls."""
        show = self.ask("GET", "/show")
        while not is_so(show):
            show = self.ask("GET", "/show", params={"after": show["version"], "seconds": 5})
        return show

    def next(self, label: str) -> None:
        """Take the next step when it says `label` and waits for nothing."""
        show = self.until(lambda s: label in s["next"]["label"] and not s["next"]["waits_for"])
        self.press("/next", cue=show["next"]["id"])


def mark(served: Served) -> None:
    for number in range(1, 6):
        for letter, value in zip("ABCDE", PANEL, strict=True):
            for criterion in PANEL_RUBRIC.keys:
                values = {"letter": letter, "criterion": criterion, "mark": value}
                served.command("MarkScorecard", f"panel-{number}", round=0, **values)


def tune(script: Script, served: Served) -> None:
    """Hold, go on, give time, take it back; everybody answers."""
    script.next("Start tuning")
    assert script.press("/hold") == ["HoldSet"]
    assert script.press("/resume") == ["HoldLifted"]
    assert script.press("/nudge", seconds=15) == ["DeadlinesMoved"]
    assert script.press("/nudge", seconds=-15) == ["DeadlinesMoved"]
    served.order("generate", seats=list(FINALISTS))
    for seat in FINALISTS:
        served.command("Submit", seat, round=0, draft=1)


def judge(script: Script, served: Served) -> None:
    """Marks come in; no read-out has one before both gates are closed."""
    script.next("Open the vote")
    mark(served)
    script.until(lambda _: script.ask("GET", "/marking")["judge_done"] == 5)
    assert script.ask("GET", "/marking")["cards_missing"] == 0
    assert script.ask("GET", "/scores") == []
    assert script.press("/gates/close", round=0, gate="vote") == ["GateClosed"]
    script.next("Close the marks")
    script.next("Reveal the judge")
    script.next("Open the appeals")
    served.order("skip", seconds=6)


def test_a_script_plays_a_whole_round(serve: Callable[[list[int]], Served]) -> None:
    served = serve([9, 7, 5, 5, 3])
    base, host = served.links["stage"].removesuffix("/stage"), served.links["host"].split("/")[-1]
    with httpx.Client(base_url=f"{base}/api/v1", trust_env=False) as client:
        script = Script(client, served.token, ["", "x" * 32, host])
        play(script, served)

    assert script.refused == {("", 401), ("x" * 32, 401), (host, 403)}


def play(script: Script, served: Served) -> None:
    """From the first question to the break after the standings."""
    script.next("Show question 1")
    tune(script, served)
    for letter in "ABCDE":
        script.next(f"Show answer {letter}")
    assert script.press("/blackout", is_black=True) == ["StageBlacked"]
    assert script.press("/blackout", is_black=False) == ["StageBlacked"]
    judge(script, served)
    for label in ("experts", "audience", "totals", "place 5", "place 4", "place 3", "place 2"):
        script.next(label)
    script.next("Name the round’s winner")
    script.next("Show the standings")
    table = script.ask("GET", "/standings")
    assert [(row["name"].split()[0], row["total"]) for row in table] == TABLE
    assert script.press("/break") == ["PhaseEntered"]
    assert script.until(lambda show: show["phase"] == "break")["round"] == 1
