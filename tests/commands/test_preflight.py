"""`preflight` as a program: its table, its JSON, its exit code."""

import json
import subprocess
from pathlib import Path

import pytest
from command_line import complaint, finale
from in_browser import free_port

SHOW = """
title = "The Cup"
banks = ["{questions}/underwriting.toml"]
rounds = ["wildfire-frame-house"]
reserve = "delivery-van-fleet"
panel = ["Expert One"]
[[finalist]]
name = "Vera Example"
[[finalist]]
name = "Wim Placeholder"
[finalist.endpoint]
kind = "openai"
base = "http://127.0.0.1:9/v1"
model = "tuned"
{more}
"""


def show(folder: Path, more: str = "") -> str:
    """A show file whose second finalist's model is not there."""
    questions = Path(__file__).parents[2] / "questions"
    path = folder / "show.toml"
    path.write_text(SHOW.format(questions=questions, more=more), encoding="utf-8")
    return str(path)


def test_the_example_show_is_go(tmp_path: Path) -> None:
    done = finale("preflight", "--data", str(tmp_path / "data"), "--port", str(free_port()))

    assert (done.returncode, "NO-GO" in done.stdout) == (0, False)
    assert "Vera Example’s model" in done.stdout
    assert "An understudy, no model" in done.stdout


def test_a_model_that_cannot_be_reached_is_no_go_in_table_and_json(tmp_path: Path) -> None:
    where = ("--show", show(tmp_path), "--data", str(tmp_path), "--port", str(free_port()))
    table, told = finale("preflight", *where), finale("preflight", *where, "--json")
    found = json.loads(told.stdout)
    bad = [f for f in found["findings"] if f["subject"] == "Wim Placeholder’s model"]

    assert (table.returncode, told.returncode, found["go"]) == (1, 1, False)
    assert "NO-GO, 1 to put right" in table.stdout
    assert [f["action"] for f in bad if f["check"] == "reply"] == [
        "Is it deployed, and is this machine online?"
    ]


def test_a_missing_key_is_told_by_name_and_nothing_is_asked(tmp_path: Path) -> None:
    said = complaint("preflight", "--show", show(tmp_path, 'key_env = "FINALE_TEST_KEY"'))

    assert "Wim Placeholder needs a key in the environment variable FINALE_TEST_KEY" in said


ENDED = {
    "AWS_ACCESS_KEY_ID": "ASIASTANDINEXAMPLE00",
    "AWS_SECRET_ACCESS_KEY": "planted-secret-of-nobody",
    "AWS_SESSION_TOKEN": "t",
    "AWS_CREDENTIAL_EXPIRATION": "2020-01-01T00:00:00Z",
}


def bedrock_checked(
    folder: Path, more: dict[str, str]
) -> tuple[subprocess.CompletedProcess[str], list[tuple[str, str]]]:
    """What comes of checking a model of Bedrock in that environment, and of its credentials."""
    path = Path(show(folder))
    text = path.read_text(encoding="utf-8").partition('kind = "openai"')[0]
    text += 'kind = "bedrock"\nmodel = "tuned"\nregion = "eu-west-1"\nbase = "http://127.0.0.1:9"\n'
    path.write_text(text, encoding="utf-8")
    where = ("--show", str(path), "--data", str(folder), "--port", str(free_port()))
    done = finale("preflight", *where, "--json", more=more)
    found = json.loads(done.stdout)["findings"]
    return done, [(f["grade"], f["text"]) for f in found if f["check"] == "credentials"]


def test_keys_that_have_ended_are_no_go_in_words(tmp_path: Path) -> None:
    done, said = bedrock_checked(tmp_path, ENDED)

    assert said == [("no-go", "The AWS credentials have expired. Sign in again.")]
    assert done.returncode == 1
    assert all(raw not in done.stderr for raw in ("{", "Traceback", "RuntimeError"))


def test_what_nobody_foresaw_is_a_line_to_read_and_no_raw_values(tmp_path: Path) -> None:
    done, said = bedrock_checked(tmp_path, ENDED | {"AWS_METADATA_SERVICE_TIMEOUT": "soon"})

    assert [grade for grade, _ in said] == ["no-go"]
    assert "error    a model was not handled  fault=ValueError" in done.stderr
    assert all(raw not in done.stderr for raw in ("{", "Traceback", "\x1b[1;31merror"))
    assert "planted-secret" not in done.stderr


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "AWS_CA_BUNDLE"])
@pytest.mark.parametrize("command", ["serve", "preflight", "rehearse", "judge-check"])
def test_certificates_that_are_not_there_end_every_command_in_one_line(
    command: str, name: str, tmp_path: Path
) -> None:
    missing, pairs = tmp_path / "missing.pem", tmp_path / "pairs.json"
    pairs.write_text('[{"input": "q", "output_1": "a", "output_2": "b", "label": 1}]')
    data = ("--data", str(tmp_path / "data"), "--port", str(free_port()))
    words = {"rehearse": ("--fast",), "judge-check": (str(pairs),)}.get(command, data)
    said = complaint(command, *words, more={name: str(missing)})

    assert said == (
        f"Error {name}={missing}: expected a file of certificates (PEM), but no such file or "
        "directory. Correct the variable, or unset it for the usual certificates."
    )


def test_two_finalists_on_one_endpoint_are_named_together(tmp_path: Path) -> None:
    path = Path(show(tmp_path))
    text = path.read_text(encoding="utf-8")
    entry = text.partition("[finalist.endpoint]")[2]
    text = text.replace(
        'name = "Vera Example"\n', f'name = "Vera Example"\n[finalist.endpoint]{entry}'
    )
    path.write_text(text, encoding="utf-8")
    where = ("--show", str(path), "--data", str(tmp_path), "--port", str(free_port()))
    found = json.loads(finale("preflight", *where, "--json").stdout)["findings"]

    assert [(f["subject"], f["grade"], f["text"]) for f in found if f["check"] == "endpoint"] == [
        (
            "Vera Example’s model",
            "watch",
            "Vera Example and Wim Placeholder play with the very same endpoint.",
        )
    ]
