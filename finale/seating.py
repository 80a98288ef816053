"""From an entry of the show file to a model that can be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from finale.config import ShowPlan
from finale.endpoints import (
    UNDERSTUDY,
    BedrockEntry,
    EndpointEntry,
    OpenAIEntry,
    SageMakerChatEntry,
    SageMakerEntry,
    SeatEntry,
)
from finale.llm.base import UNSENT, Described, Endpoint, Limits, Range
from finale.llm.openai_compatible import TEMPERATURE, TOP_P, Chat, OpenAICompatible
from finale.llm.wire import Wire
from finale.show.rundown import Rundown


class SeatedEndpoint(Endpoint, Described, Protocol):
    """A model that can be asked, and that says which one it is."""


@dataclass(frozen=True, slots=True)
class Outfit:
    """What every model is built with. `environment` is where the keys are."""

    wire: Wire
    limits: Limits
    environment: Mapping[str, str] = field(repr=False)
    extra: Mapping[str, object] = field(default_factory=dict)


def build(entry: EndpointEntry, outfit: Outfit, who: str) -> SeatedEndpoint:
    """The model of `entry`, which is that of `who`, a name for messages. Nothing is asked yet.

    `outfit.extra` goes into the body of every OpenAI request; other kinds have no use for it.
    Raises ValueError if a key is not in the environment.
    """
    if isinstance(entry, OpenAIEntry):
        key = _key(entry, outfit.environment, who)
        return OpenAICompatible(_chat(entry, entry.model, outfit), entry.base, key, outfit.wire)
    return _on_aws(entry, outfit)


def seated(
    rundown: Rundown, plan: ShowPlan, understudies: Iterable[Endpoint], outfit: Outfit
) -> dict[str, Endpoint]:
    """The model of every finalist of `rundown`, by seat; `understudies` has one for each.

    A show that goes on takes them from the show file as it is now, where a finalist is found by
    name, else by seat. Raises ValueError if a key is missing, or if the file no longer has a
    model where one has played.
    """
    named = {finalist.name: plan.endpoints[finalist.id] for finalist in plan.rundown.finalists}
    models: dict[str, Endpoint] = {}
    for finalist, understudy in zip(rundown.finalists, understudies, strict=True):
        entry = named.get(finalist.name, plan.endpoints.get(finalist.id, UNDERSTUDY))
        if entry != UNDERSTUDY:
            models[finalist.id] = build(entry, outfit, finalist.name)
        elif UNDERSTUDY in finalist.endpoint:
            models[finalist.id] = understudy
        else:
            raise ValueError(
                f"The show began with {finalist.endpoint} for {finalist.name}, and the show file "
                "no longer names it. Put it back, or begin anew with reset."
            )
    return models


def check_keys(plan: ShowPlan, environment: Mapping[str, str]) -> None:
    """Raises ValueError for the first key that the show file asks for and nobody has set."""
    entries = {finalist.name: plan.endpoints[finalist.id] for finalist in plan.rundown.finalists}
    judges = {"the judge": plan.judge, "the spare judge": plan.spare_judge}
    for who, entry in (entries | judges).items():
        if isinstance(entry, OpenAIEntry):
            _key(entry, environment, who)


def secrets(entries: Iterable[SeatEntry | None], environment: Mapping[str, str]) -> list[str]:
    """The keys that the entries take from the environment: what no log may say."""
    names = {e.key_env for e in entries if isinstance(e, OpenAIEntry) and e.key_env}
    return [environment[name] for name in sorted(names) if environment.get(name)]


def _key(entry: OpenAIEntry, environment: Mapping[str, str], who: str) -> str:
    if entry.key_env is None:
        return ""
    key = environment.get(entry.key_env, "").strip()
    if not key:
        raise ValueError(
            f"The model of {who} needs a key in the environment variable {entry.key_env}, "
            "which is not set. Set it and start again."
        )
    if not (key.isascii() and key.isprintable()):
        raise ValueError(
            f"The key of {who} in the environment variable {entry.key_env} has characters "
            "that no key has. Set it anew and start again."
        )
    return key


def _on_aws(
    entry: SageMakerEntry | SageMakerChatEntry | BedrockEntry, outfit: Outfit
) -> SeatedEndpoint:
    # boto3 takes half a second to load, and a rehearsal needs none of it.
    from finale.llm.aws import Account
    from finale.llm.aws_login import Login
    from finale.llm.bedrock import TEMPERATURE as BEDROCK_TEMPERATURE
    from finale.llm.bedrock import Bedrock, Converse
    from finale.llm.sagemaker import Container, SageMaker, SageMakerChat

    login = Login(entry.region, entry.profile, entry.role_arn, (entry.base or "").rstrip("/"))
    account, wire = Account(login, outfit.wire), outfit.wire
    if isinstance(entry, SageMakerChatEntry):
        chat = _chat(entry, entry.model, outfit)
        return SageMakerChat(chat, entry.name, entry.inference_component, account, wire)
    if isinstance(entry, BedrockEntry):
        temperature, top_p = _ranges(entry, BEDROCK_TEMPERATURE)
        converse = Converse(
            entry.label,
            entry.model,
            UNSENT if entry.sends == "top_p" else temperature,
            UNSENT if entry.sends == "temperature" else top_p,
            outfit.limits,
        )
        return Bedrock(converse, account, wire)
    temperature, top_p = _ranges(entry, TEMPERATURE)
    container = Container(
        label=entry.label,
        name=entry.name,
        server=entry.server,
        payload=entry.payload,
        template=entry.template,
        component=entry.inference_component,
        variant=entry.target_variant,
        attributes=entry.custom_attributes,
        temperature=temperature,
        top_p=top_p,
        limits=outfit.limits,
    )
    return SageMaker(container, account, wire)


def _chat(entry: OpenAIEntry | SageMakerChatEntry, model: str, outfit: Outfit) -> Chat:
    ranges = _ranges(entry, TEMPERATURE)
    return Chat(entry.label, model, *ranges, outfit.limits, outfit.extra)


def _ranges(entry: EndpointEntry, temperature: Range) -> tuple[Range, Range]:
    """The backend's ranges, or those that the entry says; no backend takes 0 as a top_p."""
    low_high = entry.top_p
    return (
        Range(*entry.temperature) if entry.temperature else temperature,
        Range(*low_high, is_low_open=low_high[0] == 0) if low_high else TOP_P,
    )
