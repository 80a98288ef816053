"""How a show file names a model: the understudy, or a deployed endpoint of one of four kinds."""

import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from finale.destinations import host_fault, is_near
from finale.show.rundown import Frozen, Line

UNDERSTUDY: Literal["understudy"] = "understudy"


def _address(text: str) -> str:
    """An address that may be asked: nothing in it that is secret, nothing that leads astray."""
    if not re.fullmatch(r"[!-\[\]-~]+", text):
        raise ValueError(
            f"expected an address without spaces, backslashes and letters beyond a to z, "
            f"found “{text}”"
        )
    try:
        url = urlsplit(text)
        host, _ = url.hostname, url.port
    except ValueError:
        raise ValueError(
            f"expected an address with a port from 0 to 65535 or none, found “{text}”"
        ) from None
    if "@" in url.netloc:
        raise ValueError("expected an address without a name and a password, found one with them")
    if url.scheme not in ("http", "https") or not host:
        raise ValueError(
            f"expected an address that begins with https:// or http://, found “{text}”"
        )
    if url.query or url.fragment:
        raise ValueError("expected an address that ends with its path, found “?” or “#” in it")
    if fault := host_fault(host):
        # Clouds tell credentials there to whoever asks.
        raise ValueError(f"expected {fault}, found “{host}”")
    return text


def _private(text: str | None, info: ValidationInfo) -> str | None:
    """Prompts and keys go unencrypted over one's own network only, unless one says otherwise."""
    url = urlsplit(text or "")
    if url.scheme == "http" and not info.data.get("allow_http") and not is_near(url.hostname or ""):
        raise ValueError(
            "expected https://, or http:// to this machine or a private address written in "
            f"numbers, or allow_http = true above it, found “{text}”"
        )
    return text


def _header(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        raise ValueError("expected letters, digits and signs of ASCII, found others")
    return text


def _variable(text: str) -> str:
    if not re.fullmatch(r"[A-Z_][A-Z0-9_]*", text):
        # It may be the key itself: it is not said again.
        raise ValueError("expected the name of an environment variable, in capitals, found another")
    if text.startswith("AWS_") or text == "DATABASE_URL":
        raise ValueError(f"expected a variable made for this key, found “{text}”")
    return text


def _template(text: str) -> str:
    if text in ("llama3", "instruction") or ("{system}" in text and "{question}" in text):
        return text
    raise ValueError(
        "expected llama3, instruction, or a text with {system} and {question}, "
        f"found “{text[:40]}”"
    )


def _name(text: str) -> str:
    if "understudy" in text.lower():
        raise ValueError("expected a name of its own, found that of the understudy")
    return text


Address = Annotated[Line, Field(max_length=300), AfterValidator(_address), AfterValidator(_private)]
Header = Annotated[Line, Field(max_length=1024), AfterValidator(_header)]
Name = Annotated[Line, Field(min_length=1, max_length=150), AfterValidator(_name)]
Variable = Annotated[str, AfterValidator(_variable)]


class _Entry(Frozen):
    """What every kind may say: the ranges that are offered, and the family of its base model.

    `allow_http` lets `base` be an address that is asked without encryption beyond private networks.
    """

    allow_http: bool = False
    temperature: tuple[float, float] | None = None
    top_p: tuple[float, float] | None = None
    family: Line = Field("", max_length=60)

    @model_validator(mode="after")
    def _has_ranges(self) -> Self:
        for name, span, most in (("temperature", self.temperature, 2), ("top_p", self.top_p, 1)):
            if span is not None and not 0 <= span[0] <= span[1] <= most:
                found = f"[{span[0]:g}, {span[1]:g}]"
                raise ValueError(f"expected {name} from low to high in 0 to {most}, found {found}")
        return self


class OpenAIEntry(_Entry):
    """A server with chat completions; `base` is its address up to and with `/v1`.

    `key_env` names the environment variable that holds the key. `json_schema` says that the server
    can hold a judge's replies to a JSON schema.
    """

    kind: Literal["openai"]
    base: Address
    model: Name
    key_env: Variable | None = None
    json_schema: bool = False

    @property
    def label(self) -> str:
        """What screens and the log call it."""
        return f"openai: {self.model}"

    @property
    def model_id(self) -> str:
        """The model as the audit names it."""
        return self.model


class _AwsEntry(_Entry):
    """What an account of AWS adds; left out, AWS's own environment and files decide.

    `base` stands in for every address of AWS, for a stand-in or a proxy of one's own.
    """

    region: str = Field("", pattern=r"^([a-z]{2}(-[a-z]+)+-\d)?$")
    profile: Line = ""
    role_arn: str = Field("", pattern=r"^(arn:aws[a-z-]*:iam::\d{12}:role/\S+)?$", repr=False)
    base: Address | None = None


class SageMakerEntry(_AwsEntry):
    """A container that SageMaker serves, asked by InvokeEndpointWithResponseStream."""

    kind: Literal["sagemaker"]
    name: Name
    inference_component: Header = ""
    target_variant: Header = ""
    custom_attributes: Header = ""
    server: Literal["lmi", "tgi"] = "lmi"
    payload: Literal["messages", "inputs"] = "messages"
    template: Annotated[str, AfterValidator(_template)] = "llama3"

    @property
    def label(self) -> str:
        """What screens and the log call it."""
        return f"sagemaker: {self.model_id}"

    @property
    def model_id(self) -> str:
        """The model as the audit names it."""
        return self.inference_component or self.name


class SageMakerChatEntry(_AwsEntry):
    """A SageMaker endpoint asked by its own OpenAI route, with a token made for each call."""

    kind: Literal["sagemaker-openai"]
    name: Name
    inference_component: Line = ""
    model: Line = ""

    @property
    def label(self) -> str:
        """What screens and the log call it."""
        return f"sagemaker: {self.inference_component or self.name}"

    @property
    def model_id(self) -> str:
        """The model as the audit names it."""
        return self.model or self.inference_component or self.name


class BedrockEntry(_AwsEntry):
    """A model of Bedrock: an id, an inference profile, or the ARN of an imported model.

    `sends` is for models that refuse temperature and top_p together, as newer Claude models do.
    """

    kind: Literal["bedrock"]
    model: Name
    sends: Literal["both", "temperature", "top_p"] = "both"

    @property
    def label(self) -> str:
        """What screens and the log call it."""
        return f"bedrock: {self.model_id}"

    @property
    def model_id(self) -> str:
        """The model as the audit names it: of an ARN, which holds an account, only the end."""
        return self.model.rpartition(":")[2] if self.model.startswith("arn:") else self.model


EndpointEntry = Annotated[
    OpenAIEntry | SageMakerEntry | SageMakerChatEntry | BedrockEntry, Field(discriminator="kind")
]
SeatEntry = Literal["understudy"] | EndpointEntry
"""What a show file may say of a finalist's model or of the judge's."""
