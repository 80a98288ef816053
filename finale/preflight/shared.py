"""Finalists whose entries lead to the very same model: as a rule one was copied from the other."""

from collections.abc import Hashable, Iterator, Mapping
from urllib.parse import urlsplit

from finale.endpoints import BedrockEntry, EndpointEntry, OpenAIEntry, SageMakerEntry, SeatEntry
from finale.preflight.base import Finding


def shared(finalists: Mapping[str, SeatEntry], subjects: Mapping[str, str]) -> Iterator[Finding]:
    """One finding for each model that several play with, about the first of them.

    Finalists by name; `subjects` is what findings about their models go by.
    """
    players: dict[Hashable, list[str]] = {}
    for name, entry in finalists.items():
        if not isinstance(entry, str):
            players.setdefault(_place_of(entry), []).append(name)
    for names in players.values():
        if len(names) > 1:
            *others, last = names
            text = f"{', '.join(others)} and {last} play with the very same endpoint."
            action = "If each has a model of their own, correct the show file."
            yield Finding(subjects[names[0]], "endpoint", "watch", text, action)


def _place_of(entry: EndpointEntry) -> Hashable:
    """Where the model is and what it is called there: the same for two ways to ask it."""
    if isinstance(entry, OpenAIEntry):
        return ("openai", _address(entry.base), entry.model)
    account = (entry.region, entry.profile, entry.role_arn, _address(entry.base or ""))
    if isinstance(entry, BedrockEntry):
        return ("bedrock", *account, entry.model)
    named = ("sagemaker", *account, entry.name, entry.inference_component)
    if isinstance(entry, SageMakerEntry):
        return (*named, entry.target_variant, entry.custom_attributes)
    return (*named, entry.model, "")


def _address(text: str) -> Hashable:
    """An address without what makes no difference: case of the host, a usual port, a last slash."""
    url = urlsplit(text)
    port = url.port or {"https": 443, "http": 80}.get(url.scheme)
    return (url.scheme, url.hostname, port, url.path.rstrip("/"))
