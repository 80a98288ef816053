"""A whole rehearsal on deployed models and a deployed judge, one throttled and one hanging."""

import json
import re
from pathlib import Path

import pytest
from standin import StandIn
from standin.http import Seen

from finale import app, server
from finale.clock import Clock, Tasks
from finale.commands.record import read_record
from finale.config import ROOT
from finale.rehearsal.play import Crowd, play, seeded_shuffle
from finale.show.commands import Outcome
from finale.show.events import DraftRecorded, Event
from finale.show.events_amend import CreditOffered
from finale.show.events_judge import VerdictRecorded
from finale.show.events_model import BaselineRecorded, FingerprintTaken
from finale.show.phases import Phase
from finale.store.record import write_record
from finale.store.verify import verify_record

V, W, X, Y, Z = (f"finalist-{letter}" for letter in "vwxyz")
KEY = "sk-a-key-that-nobody-may-see"
MARKS = {"lmi-red": 10, "tgi-blue": 8, "green": 6, "gold": 4, "grey": 2}
OWNERS = dict(zip(MARKS, (V, W, X, Y, Z), strict=True))

SHOW = """
title = "The Deployed Cup"
banks = ["{questions}/underwriting.toml"]
rounds = ["wildfire-frame-house", "bakery-timber-roof", "lapsed-sprinkler-contract"]
reserve = "delivery-van-fleet"
panel = ["Expert One", "Expert Two", "Expert Three"]
finalist = [
    {{ name = "Vera Example", endpoint = {{ kind = "sagemaker", name = "lmi-red", server = "lmi", \
payload = "inputs", region = "eu-west-1", base = "{base}" }} }},
    {{ name = "Wim Placeholder", endpoint = {{ kind = "sagemaker", name = "tgi-blue", \
server = "tgi", region = "eu-west-1", base = "{base}" }} }},
    {{ name = "Xenia Specimen", endpoint = {{ kind = "bedrock", model = "green", \
region = "eu-west-1", base = "{base}" }} }},
    {{ name = "Yusuf Sample", endpoint = {{ kind = "openai", model = "gold", \
base = "{base}/v1", key_env = "FINALE_TEST_KEY" }} }},
    {{ name = "Zora Standin", endpoint = {{ kind = "openai", model = "grey", \
base = "{base}/v1" }} }},
]
[judge]
kind = "openai"
model = "judge"
base = "{base}/v1"
json_schema = true
[settings]
quorum = 2
[settings.seconds]
question = 2
appeal = 6
"""


def said(seen: Seen) -> str:
    """What a finalist's model answers; of the judge, the mark that belongs to the answer."""
    body = seen.body.decode()
    if '"model":"judge"' not in body.replace(" ", ""):
        name = next(name for name in MARKS if name in f"{seen.target} {body[:200]}")
        return f"A frame house asks for a survey first, says the model called {name}. Then terms."
    asked = json.loads(body)
    turn = asked["messages"][-1]["content"]
    nonce = re.search(r"END ANSWER (\w+)", turn)
    assert nonce is not None
    answer = turn.split("BEGIN ANSWER")[1]
    mark = next(mark for name, mark in MARKS.items() if name in answer)
    verdict = {
        "nonce": nonce[1],
        "reason": f"Worth {mark}.",
        "marks": dict.fromkeys(("relevance", "depth", "coherence"), mark),
        "manipulation_suspected": False,
    }
    return json.dumps(verdict)


async def played(folder: Path, place: StandIn) -> tuple[app.Show, list[Event]]:
    """The show, and all that happened in it; its record is in the folder's `record`."""
    path = folder / "show.toml"
    text = SHOW.format(questions=ROOT / "questions", base=place.base)
    path.write_text(text, encoding="utf-8")
    listener = server.listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    settings = app.Settings(
        path, folder / "data", port=port, clock=Clock(10.0), shuffle=seeded_shuffle(7)
    )
    tasks = Tasks()
    async with app.opened(settings) as show:

        def turn() -> None:
            state = show.showrunner.state
            if state.number == 2 and state.phase is Phase.QUESTION:
                place.plays |= {"green": "stall-before", "gold": "throttled"}

        serving = tasks.start(server.serve(show.front, listener), "server")
        # Doors that open and close at once leave no time for what is asked before the show.
        await show.showrunner.until(lambda state: {V, W, X} <= set(state.fingerprints))
        crowd = Crowd(show.backstage.join_url, 4, 7)
        await play(show.showrunner, settings.clock, crowd, turn)
        record = await show.writer.run(read_record)
        write_record(folder / "record", *record)
        serving.cancel()
        await tasks.stop()
    return show, [entry.event for entry in record[0]]


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials, as an organiser has them in the environment."""
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000"),
        ("AWS_SECRET_ACCESS_KEY", KEY),
        ("FINALE_TEST_KEY", KEY),
    ):
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("account")
async def test_a_show_on_deployed_models_ends_right_whatever_two_of_them_do(tmp_path: Path) -> None:
    plays = dict.fromkeys([*MARKS, "judge"], "plain")
    async with StandIn(plays=plays, reply=said) as place:
        show, events = await played(tmp_path, place)

    state = show.showrunner.state
    assert state.phase is Phase.CHAMPION
    assert verify_record(tmp_path / "record").phase is Phase.CHAMPION

    judged = {
        (e.round, state.rounds[e.round].letters[e.letter]): {
            m for p in e.passes for m in p.values()
        }
        for e in events
        if isinstance(e, VerdictRecorded)
    }
    marks = {owner: {MARKS[name]} for name, owner in OWNERS.items()}
    in_full = {(round_, seat): marks[seat] for round_ in (0, 1) for seat in OWNERS.values()}
    assert judged == in_full | {(2, seat): marks[seat] for seat in (V, W, Z)}

    ended = [(e.round, e.finalist, e.outcome) for e in events if isinstance(e, DraftRecorded)]
    broken: set[tuple[int, str, Outcome]] = {row for row in ended if row[2] == "failed"}
    assert broken == {(2, X, "failed"), (2, Y, "failed")}
    assert {state.rounds[2].submissions[seat].draft for seat in (X, Y)} == {0}
    offered = {(e.round, e.finalist) for e in events if isinstance(e, CreditOffered)}
    assert (2, X) in offered
    assert {round_ for round_, _ in offered} == {2}

    untuned = [e for e in events if isinstance(e, BaselineRecorded) and e.round < 2]
    assert {(e.round, e.finalist, e.outcome) for e in untuned} == {
        (round_, seat, "finished") for round_ in (0, 1) for seat in OWNERS.values()
    }
    sealed = {e.finalist for e in events if isinstance(e, FingerprintTaken) and e.of_round == -1}
    assert sealed == {V, W, X}

    for path in tmp_path.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()
