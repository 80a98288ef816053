"""How a show file names a model: the understudy, or a deployed endpoint of one of four kinds."""

import ipaddress
import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from finale.show.rundown import Frozen, Line

UNDERSTUDY: Literal["understudy"] = "understudy"


def _address(text: str) -> str:
    """An address that may be asked: nothing in it that is secret, nothing that leads astray."""
    url = urlsplit(text)
    if "@" in url.netloc:
        raise ValueError("expected an address without a name and a password, found one with them")
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError(
            f"expected an address that begins with https:// or http://, found “{text}”"
        )
    if url.query or url.fragment:
        raise ValueError("expected an address that ends with its path, found “?” or “#” in it")
    if _is_link_local(url.hostname):
        # Clouds tell credentials there to whoever asks.
        raise ValueError(f"expected the address of a model, found “{url.hostname}”")
    return text


def _is_link_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_link_local
    except ValueError:
        return False


def _variable(text: str) -> str:
    if not re.fullmatch(r"[A-Z_][A-Z0-9_]*", text):
        # It may be the key itself: it is not said again.
        raise ValueError("expected the name of an environment variable, in capitals, found another")
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


Address = Annotated[Line, Field(max_length=300), AfterValidator(_address)]
Name = Annotated[Line, Field(min_length=1, max_length=150), AfterValidator(_name)]
Variable = Annotated[str, AfterValidator(_variable)]


class _Entry(Frozen):
    """What every kind may say: the ranges that are offered, and the family of its base model."""

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


class _AwsEntry(_Entry):
    """What an account of AWS adds; left out, AWS's own environment and files decide.

    `base` stands in for every address of AWS, for a stand-in or a proxy of one's own.
    """

    region: Line = ""
    profile: Line = ""
    role_arn: str = Field("", pattern=r"^(arn:aws[a-z-]*:iam::\d{12}:role/\S+)?$", repr=False)
    base: Address | None = None


class SageMakerEntry(_AwsEntry):
    """A container that SageMaker serves, asked by InvokeEndpointWithResponseStream."""

    kind: Literal["sagemaker"]
    name: Name
    inference_component: Line = ""
    target_variant: Line = ""
    custom_attributes: Line = ""
    server: Literal["lmi", "tgi"] = "lmi"
    payload: Literal["messages", "inputs"] = "messages"
    template: Annotated[str, AfterValidator(_template)] = "llama3"

    @property
    def label(self) -> str:
        """What screens and the log call it."""
        return f"sagemaker: {self.inference_component or self.name}"


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


class BedrockEntry(_AwsEntry):
    """A model of Bedrock: an id, an inference profile, or the ARN of an imported model."""

    kind: Literal["bedrock"]
    model: Name

    @property
    def label(self) -> str:
        """What screens and the log call it; of an ARN, which holds an account, only the end."""
        return f"bedrock: {self.model.rpartition(':')[2] if _is_arn(self.model) else self.model}"


def _is_arn(model: str) -> bool:
    return model.startswith("arn:")


EndpointEntry = Annotated[
    OpenAIEntry | SageMakerEntry | SageMakerChatEntry | BedrockEntry, Field(discriminator="kind")
]
SeatEntry = Literal["understudy"] | EndpointEntry
"""What a show file may say of a finalist's model or of the judge's."""
