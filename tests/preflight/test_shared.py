"""Finalists who play with one and the same model are named together, before the doors."""

import pytest

from finale.endpoints import BedrockEntry, EndpointEntry, OpenAIEntry, SageMakerChatEntry
from finale.endpoints import SageMakerEntry as Container
from finale.preflight.base import Finding
from finale.preflight.shared import shared

SUBJECTS = {name: f"{name}’s model" for name in ("Ada Byron", "Bao Ling", "Cem Ay")}


def openai(model: str, base: str = "https://models.example/v1", family: str = "") -> OpenAIEntry:
    """A model of that name."""
    return OpenAIEntry(kind="openai", base=base, model=model, family=family)


def bedrock(model: str, region: str = "eu-west-1") -> BedrockEntry:
    """A model of that name."""
    return BedrockEntry(kind="bedrock", model=model, region=region)


CONTAINER = Container(kind="sagemaker", name="tuned")
SAME: list[tuple[EndpointEntry, EndpointEntry]] = [
    (openai("tuned"), openai("tuned", "https://Models.example:443/v1/", "Qwen")),
    (bedrock("tuned"), bedrock("tuned")),
    (CONTAINER, CONTAINER.model_copy(update={"payload": "inputs"})),
    (CONTAINER, SageMakerChatEntry(kind="sagemaker-openai", name="tuned")),
]
TWO: list[tuple[EndpointEntry, EndpointEntry]] = [
    (openai("tuned"), openai("tuned-2")),
    (openai("tuned"), openai("tuned", "https://models.example:8443/v1")),
    (bedrock("tuned"), bedrock("tuned", "us-east-1")),
    (CONTAINER, CONTAINER.model_copy(update={"inference_component": "of-bao"})),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_two_on_the_very_same_endpoint_are_to_watch_and_both_are_named(
    first: EndpointEntry, second: EndpointEntry
) -> None:
    played = {"Ada Byron": first, "Cem Ay": openai("other"), "Bao Ling": second}

    assert list(shared(played, SUBJECTS)) == [
        Finding(
            "Ada Byron’s model",
            "endpoint",
            "watch",
            "Ada Byron and Bao Ling play with the very same endpoint.",
            "If each has a model of their own, correct the show file.",
        )
    ]


@pytest.mark.parametrize(("first", "second"), TWO)
def test_two_endpoints_of_one_place_are_nothing_to_tell(
    first: EndpointEntry, second: EndpointEntry
) -> None:
    assert not list(shared({"Ada Byron": first, "Bao Ling": second}, SUBJECTS))


def test_understudies_share_nothing() -> None:
    assert not list(shared({"Ada Byron": "understudy", "Bao Ling": "understudy"}, SUBJECTS))
