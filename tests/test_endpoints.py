"""Models as a show file names them."""

from pathlib import Path

import pytest
from show_file import bank

from finale.config import ShowPlan, read_show
from finale.endpoints import BedrockEntry, OpenAIEntry, SageMakerChatEntry, SageMakerEntry
from finale.toml_file import BadFile

SHOW = """title = "The Finale"
banks = ["bank.toml"]
rounds = ["q-1"]
reserve = "q-2"

[[finalist]]
name = "Ada Byron"

[[finalist]]
name = "Bao Ling"
"""
TABLE = "\n[finalist.endpoint]\n"
OPENAI = TABLE + 'kind = "openai"\nbase = "https://example.org/v1"\nmodel = "m"\n'
ARN = "arn:aws:bedrock:eu-west-1:123456789012:imported-model/abc"


@pytest.fixture
def show(tmp_path: Path) -> Path:
    (tmp_path / "bank.toml").write_text(bank(3))
    return tmp_path / "show.toml"


def plan(show: Path, more: str) -> ShowPlan:
    show.write_text(SHOW + more, encoding="utf-8")
    return read_show(show)


KINDS = [
    (OPENAI, OpenAIEntry, "openai: m"),
    (TABLE + 'kind = "sagemaker"\nname = "tuned"\n', SageMakerEntry, "sagemaker: tuned"),
    (
        TABLE + 'kind = "sagemaker"\nname = "tuned"\ninference_component = "part"\n',
        SageMakerEntry,
        "sagemaker: part",
    ),
    (
        TABLE + 'kind = "sagemaker-openai"\nname = "tuned"\n',
        SageMakerChatEntry,
        "sagemaker: tuned",
    ),
    (TABLE + f'kind = "bedrock"\nmodel = "{ARN}"\n', BedrockEntry, "bedrock: imported-model/abc"),
]


@pytest.mark.parametrize(("table", "kind", "label"), KINDS)
def test_a_finalists_model_is_read_and_only_its_label_is_in_the_plan(
    show: Path, table: str, kind: type, label: str
) -> None:
    read = plan(show, table)
    labels = [finalist.endpoint for finalist in read.rundown.finalists]

    assert labels == ["understudy 1", label]
    assert read.endpoints["finalist-v"] == "understudy"
    assert isinstance(read.endpoints["finalist-w"], kind)


MODEL_IDS = {
    "openai: m": "m",
    "sagemaker: tuned": "tuned",
    "sagemaker: part": "part",
    "bedrock: imported-model/abc": "imported-model/abc",
}


@pytest.mark.parametrize(("table", "kind", "label"), KINDS)
def test_the_audit_names_a_model_without_the_account_that_owns_it(
    show: Path, table: str, kind: type, label: str
) -> None:
    entry = plan(show, table).endpoints["finalist-w"]
    assert isinstance(entry, kind)
    assert entry.model_id == MODEL_IDS[label]


SECRETIVE = """
[finalist.endpoint]
kind = "sagemaker"
name = "tuned"
region = "eu-west-1"
profile = "team-w"
role_arn = "arn:aws:iam::123456789012:role/show"
base = "http://192.0.2.7:8099"
"""


def test_no_account_and_no_address_is_in_the_plan(show: Path) -> None:
    logged = plan(show, SECRETIVE).rundown.model_dump_json()

    assert [word for word in ("123456789012", "team-w", "192.0.2.7") if word in logged] == []


JUDGES = """
[judge]
kind = "openai"
base = "https://example.org/v1"
model = "big"
key_env = "JUDGE_KEY"
family = "Quill"
[spare_judge]
kind = "bedrock"
model = "us.meta.llama3-3-70b-instruct-v1:0"
family = "Llama"
"""


def test_judge_and_spare_judge_are_read_with_their_families(show: Path) -> None:
    read = plan(show, JUDGES)

    assert isinstance(read.judge, OpenAIEntry)
    assert (read.judge.key_env, read.judge.family) == ("JUDGE_KEY", "Quill")
    assert read.spare_judge is not None
    assert read.spare_judge.family == "Llama"
    assert read.rundown.judge == "openai: big"


def test_left_out_all_of_them_are_understudies(show: Path) -> None:
    read = plan(show, "")

    assert (dict(read.endpoints), read.judge, read.spare_judge, read.rundown.judge) == (
        {"finalist-v": "understudy", "finalist-w": "understudy"},
        "understudy",
        None,
        "understudy judge",
    )


FIRST = SHOW.count("\n") + 3
"""The line after a table's head."""

SAGEMAKER = TABLE + 'kind = "sagemaker"\nname = "tuned"\n'

REFUSED = [
    (OPENAI.replace("openai", "opnai"), FIRST - 1, "", "one of 'openai', 'sagemaker', "),
    (OPENAI.replace('kind = "openai"\n', ""), FIRST - 1, "", "the key 'kind' in it, found a table"),
    (OPENAI.replace('model = "m"\n', ""), FIRST - 1, ".model", "this key, found nothing"),
    (OPENAI.replace("https", "ftp"), FIRST + 1, ".base", "https:// or http://"),
    (OPENAI.replace("//", "//me:hush@"), FIRST + 1, ".base", "without a name and a password"),
    (OPENAI.replace("/v1", "/v1?key=hush"), FIRST + 1, ".base", "ends with its path"),
    (
        OPENAI.replace("example.org", "169.254.169.254"),
        FIRST + 1,
        ".base",
        "the address of a model",
    ),
    (OPENAI.replace("example.org", "[fe80::1]"), FIRST + 1, ".base", "the address of a model"),
    (OPENAI.replace("example.org", "2852039166"), FIRST + 1, ".base", "as four plain numbers"),
    (OPENAI.replace("example.org", "metadata.goog."), FIRST + 1, ".base", "address of a model"),
    (OPENAI.replace("example.org", "a b"), FIRST + 1, ".base", "an address without spaces"),
    (OPENAI.replace("example.org", "a:99999"), FIRST + 1, ".base", "with a port from 0 to 65535"),
    (OPENAI.replace("https", "http"), FIRST + 1, ".base", "or allow_http = true above it"),
    (OPENAI + 'key_env = "AWS_SECRET_ACCESS_KEY"\n', FIRST + 3, ".key_env", "made for this key"),
    (SAGEMAKER + 'base = "http://a b"\n', FIRST + 2, ".base", "an address without spaces"),
    (SAGEMAKER + 'region = "evil.example/x"\n', FIRST + 2, ".region", "a string that matches"),
    (SAGEMAKER + 'custom_attributes = "é"\n', FIRST + 2, ".custom_attributes", "of ASCII"),
    (SAGEMAKER + 'target_variant = "é"\n', FIRST + 2, ".target_variant", "of ASCII"),
    (OPENAI.replace('"m"', '"Understudy"'), FIRST + 2, ".model", "a name of its own"),
    (OPENAI + 'region = "eu-west-1"\n', FIRST + 3, ".region", "It belongs to another kind"),
    (OPENAI + 'modle = "m"\n', FIRST + 3, ".modle", 'Did you mean "model"?'),
    (OPENAI + 'key = "hush"\n', FIRST + 3, ".key", 'found "key". Did you mean "key_env"?'),
    (
        OPENAI + 'key_env = "sk-hush"\n',
        FIRST + 3,
        ".key_env",
        "the name of an environment variable",
    ),
    (OPENAI + "temperature = [1, 3]\n", FIRST - 1, "", "temperature from low to high in 0 to 2"),
    (OPENAI + "top_p = [0.9, 0.1]\n", FIRST - 1, "", "top_p from low to high in 0 to 1"),
    (OPENAI + "top_p = 1\n", FIRST + 3, ".top_p", "a list of numbers"),
    (KINDS[1][0] + 'template = "x"\n', FIRST + 2, ".template", "llama3, instruction, or"),
    (KINDS[1][0] + 'payload = "x"\n', FIRST + 2, ".payload", "'messages' or 'inputs'"),
]


@pytest.mark.parametrize(("table", "line", "field", "words"), REFUSED)
def test_a_model_that_cannot_be_asked_is_named_with_its_line(
    show: Path, table: str, line: int, field: str, words: str
) -> None:
    with pytest.raises(BadFile) as refused:
        plan(show, table)
    told = str(refused.value)

    assert (refused.value.line, refused.value.field) == (line, f"finalist[2].endpoint{field}")
    assert words in told
    assert "hush" not in told


NEAR = ("http://127.0.0.1:8000/v1", "http://localhost:8000/v1", "http://10.0.0.7:8000/v1")


@pytest.mark.parametrize("base", NEAR)
def test_what_is_near_may_be_asked_without_encryption(show: Path, base: str) -> None:
    read = plan(show, OPENAI.replace("https://example.org/v1", base)).endpoints["finalist-w"]

    assert isinstance(read, OpenAIEntry)
    assert read.base == base


def test_what_is_far_may_be_asked_without_encryption_if_the_show_file_says_so(show: Path) -> None:
    far = OPENAI.replace("https://", "http://").replace("base", "allow_http = true\nbase")
    read = plan(show, far).endpoints["finalist-w"]

    assert isinstance(read, OpenAIEntry)
    assert read.base == "http://example.org/v1"
