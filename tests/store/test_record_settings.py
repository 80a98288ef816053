"""What the record owes to the settings: their hash, and what they keep private."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from store.test_record import logged
from story import Story, rundown

from finale.show.commands_message import SendMessage
from finale.store.record import write_record
from finale.store.verify import verify_record

LINE = "Vera, the second question is the long one."


def exported(folder: Path, **settings: Any) -> dict[str, str]:
    """The files of the record of a short show, by name."""
    story = Story(rundown(finalists=2, panel=1, rounds=1, **settings))
    story.ask(SendMessage(to="finalist-v", text=LINE))
    story.to_tuning()
    story.start("finalist-v", "A prompt.")
    write_record(folder, logged(story.log), [])
    verify_record(folder)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("quorum", [5, 6])
def test_the_hash_of_the_settings_stands_in_the_export_and_is_theirs(
    tmp_path: Path, quorum: int
) -> None:
    files = exported(tmp_path / "record", quorum=quorum)
    results = json.loads(files["results.json"])
    text = json.dumps(results["settings"], sort_keys=True, separators=(",", ":"))
    opened = json.loads(files["events.jsonl"].splitlines()[0])["event"]

    assert results["settings"]["quorum"] == quorum
    assert results["rules_hash"] == hashlib.sha256(text.encode()).hexdigest()
    assert opened["rules_hash"] == results["rules_hash"]


@pytest.mark.parametrize("is_public", [True, False])
def test_messages_of_the_host_stand_in_every_record(tmp_path: Path, is_public: bool) -> None:
    """They are no finalist's work, and what one finalist was told concerns all the others."""
    files = exported(tmp_path / "record", publish_prompts=is_public)

    assert LINE in files["events.jsonl"]
    assert ("A prompt." in files["events.jsonl"]) is is_public
