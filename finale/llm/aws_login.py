"""Opens a session of boto3 that never asks a person, never waits without end, and has no proxy."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.credentials import (
    AssumeRoleProvider,
    CanonicalNameCredentialSourcer,
    ContainerProvider,
    EnvProvider,
    ProcessProvider,
    ProfileProviderBuilder,
)
from botocore.exceptions import NoRegionError
from botocore.session import Session

from finale.llm.base import EndpointError
from finale.llm.network import addresses

PROCESS_S = 8.0
"""Less than the time to a first token, so that the reason is told and not a slow model."""

_CONFIG = Config(connect_timeout=3, read_timeout=8, retries={"total_max_attempts": 1}, proxies={})


@dataclass(frozen=True, slots=True)
class Login:
    """Whose credentials are used, and where; empty fields mean what AWS's own rules find.

    `address` stands in for every address of AWS, for a local stand-in. `process_s` is how long a
    `credential_process` of the profile may take.
    """

    region: str = ""
    profile: str = ""
    role_arn: str = field(default="", repr=False)
    address: str = ""
    process_s: float = PROCESS_S


def opened(login: Login) -> boto3.Session:
    """The session of a login. Raises BotoCoreError, among them NoRegionError."""
    core = Session(profile=login.profile or None)
    core.set_default_client_config(_CONFIG)
    if not os.environ.get("AWS_CA_BUNDLE") and (file := os.environ.get("SSL_CERT_FILE")):
        core.set_config_variable("ca_bundle", file)
    session = boto3.Session(botocore_session=core, region_name=login.region or None)
    if not session.region_name:
        raise NoRegionError
    _bound(core, login, session.region_name)
    return session


def look_at(address: str) -> None:
    """Raises EndpointError if a stand-in of AWS is where nothing may be asked; blocks."""
    if not address:
        return
    url = urlsplit(address)
    try:
        addresses(url.hostname or "", url.port or 443)
    except OSError as error:
        text = "The model cannot be reached. Check address and network."
        raise EndpointError("unreachable", text) from error


def _bound(core: Session, login: Login, region: str) -> None:
    """Put ways to credentials that neither ask nor hang in the place of boto3's own."""
    resolver = core.get_component("credential_provider")
    builder = _Profiles(core, cache={}, region_name=region)
    builder.process_s = login.process_s
    profile = core.get_config_variable("profile") or "default"
    roles = AssumeRoleProvider(
        load_config=lambda: core.full_config,
        client_creator=lambda name, **kw: core.create_client(name, **{"region_name": region, **kw}),
        cache={},
        profile_name=profile,
        prompter=_refuse,
        credential_sourcer=CanonicalNameCredentialSourcer(
            [EnvProvider(), ContainerProvider(), resolver.get_provider("iam-role")]
        ),
        profile_provider_builder=builder,
    )
    ours = {roles.METHOD: roles, ProcessProvider.METHOD: builder.process(profile)}
    resolver.providers = [ours.get(each.METHOD, each) for each in resolver.providers]


class _Profiles(ProfileProviderBuilder):  # type: ignore[misc]
    """The profiles that others refer to, with bounded processes."""

    process_s = PROCESS_S

    def process(self, profile: str) -> ProcessProvider:
        """What runs the `credential_process` of a profile."""

        def popen(command: Sequence[str], **_: Any) -> "_Process":
            return _Process(command, self.process_s)

        return ProcessProvider(profile, lambda: self._session.full_config, popen)

    def _create_process_provider(self, profile_name: str) -> ProcessProvider:
        return self.process(profile_name)


class _Process:
    """A program that prints credentials, as botocore runs it, ended when it takes too long."""

    def __init__(self, command: Sequence[str], seconds: float) -> None:
        self._command = list(command)
        self._seconds = seconds
        self.returncode = 0

    def communicate(self) -> tuple[bytes, bytes]:
        """What it printed. Raises EndpointError if it took too long or could not be started."""
        try:
            done = subprocess.run(
                self._command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            text = (
                f"The credential_process of the AWS profile took longer than {self._seconds:g} s. "
                "Run it by hand to see why."
            )
            raise EndpointError("no access", text) from None
        except OSError:
            text = "The credential_process of the AWS profile cannot be started. Check its path."
            raise EndpointError("no access", text) from None
        self.returncode = done.returncode
        if not done.returncode and not _is_object(done.stdout):
            text = "The credential_process of the AWS profile prints no JSON. Run it by hand."
            raise EndpointError("no access", text)
        return done.stdout, done.stderr


def _is_object(printed: bytes) -> bool:
    try:
        return isinstance(json.loads(printed), dict)
    except (ValueError, RecursionError):
        return False


def asks_for_a_code() -> EndpointError:
    """The failure of a profile that nobody is there to sign in with."""
    return EndpointError(
        "no access",
        "The AWS profile asks for a one-time code (mfa_serial). "
        "Sign in with it in a terminal and name a profile that has the session’s keys.",
    )


def _refuse(prompt: str) -> str:
    """In the place of a question to whoever sits at the keyboard: there may be nobody."""
    raise asks_for_a_code()
