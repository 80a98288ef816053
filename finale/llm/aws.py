"""An AWS account: its credentials, signatures, bearer tokens, and what it tells of endpoints.

boto3 finds credentials and describes; it blocks, so it has threads, of which one account has no
more than two. Requests to models are signed here and sent by the wire, which can be cancelled.
"""

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import boto3
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials, RefreshableCredentials
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoRegionError,
    ProfileNotFound,
    RefreshWithMFAUnsupportedError,
)
from botocore.exceptions import ConnectionError as NoConnection

from finale.llm.aws_login import Login, asks_for_a_code, look_at, opened
from finale.llm.base import EndpointError, Lease
from finale.llm.border import border
from finale.llm.failures import refusal
from finale.llm.wire import Ask, Wire

T = TypeVar("T")

TOKEN_SECONDS = 43_200
READY_S = 15.0
"""How long credentials are waited for; whoever comes later waits for the same."""
DESCRIBED_S = 30.0
_TOKEN_HOST = "sagemaker.amazonaws.com"
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_SET = ("sso", "login", "env")
"""Ways to credentials that somebody has signed in for or set, who must do it again."""
_TEMPORARY = "ASIA"
"""How the names of temporary keys begin."""


class Account:
    """One login; sessions and clients are made once, credentials renew themselves.

    Credentials are looked up once at a time, for all who wait; nobody else's wait is longer for it.
    """

    def __init__(self, login: Login, wire: Wire, ready_s: float = READY_S) -> None:
        """Nothing is looked up yet."""
        self._login = login
        self._wire = wire
        self._ready_s = ready_s
        self._session: boto3.Session | None = None
        self._source: Any = None
        self._credentials: Any = None
        self._clients: dict[tuple[str, str], Any] = {}
        self._looking: asyncio.Future[tuple[ReadOnlyCredentials, str]] | None = None
        self._describing: asyncio.Future[Any] | None = None
        wire.at_close(self._close)

    def address(self, service: str, region: str) -> str:
        """Where a service of models answers, without a slash at its end."""
        return self._login.address or f"https://{service}.{region}.amazonaws.com"

    async def signed(self, service: str, host: str, ask: Ask) -> Ask:
        """`ask`, whose address is only a path, at `host` in the region, with its signature.

        Raises EndpointError.
        """
        credentials, region = await self._ready()
        with border():
            url = self.address(host, region) + ask.url
            request = AWSRequest(ask.method, url, data=ask.body, headers=dict(ask.headers))
            SigV4Auth(credentials, service, region).add_auth(request)
            return Ask(url, ask.body, dict(request.headers.items()), ask.method)

    async def token(self) -> tuple[str, str]:
        """A bearer token for SageMaker's OpenAI route, as short-lived as the credentials, and
        the region. Raises EndpointError.
        """
        credentials, region = await self._ready()
        with border():
            return bearer_token(credentials, region), region

    async def lease(self) -> Lease:
        """How long the credentials last. Raises EndpointError."""
        await self._ready()
        with border():
            given = lease_of(self._credentials)
            if self._credentials is self._source or not given.is_renewed:
                return given
            # A role is lent anew only as long as what it is borrowed with lasts.
            source = lease_of(self._source)
            return given if source.is_renewed or not source.is_temporary else source

    async def describe(self, service: str, look: Callable[[Any], T]) -> T:
        """What `look` finds with boto3's client for `service`. Raises EndpointError."""
        credentials, _ = await self._ready()
        with _boto():
            async with asyncio.timeout(DESCRIBED_S):
                while self._describing is not None and not self._describing.done():
                    await asyncio.wait([self._describing])
                work = self._wire.aside(lambda: look(self._client(service, credentials)))
                self._describing = work
                return await asyncio.shield(work)

    async def _ready(self) -> tuple[ReadOnlyCredentials, str]:
        if self._looking is None or self._looking.done():
            self._looking = self._wire.aside(self._look)
        with _boto():
            try:
                async with asyncio.timeout(self._ready_s):
                    return await asyncio.shield(self._looking)
            except TimeoutError as error:
                text = (
                    f"AWS credentials did not come within {self._ready_s:g} s. Check the network."
                )
                raise EndpointError("no access", text) from error

    def _look(self) -> tuple[ReadOnlyCredentials, str]:
        """Blocks; never called twice at a time."""
        if self._session is None:
            session = opened(self._login)
            if not _REGION.fullmatch(session.region_name or ""):
                raise NoRegionError
            self._session = session
        if self._credentials is None:
            with _in_time():
                self._credentials = self._found(self._session)
        if self._credentials is None:
            raise EndpointError("no access", "No AWS credentials are found on this machine.")
        with _in_time():
            return self._credentials.get_frozen_credentials(), self._session.region_name

    def _found(self, session: boto3.Session) -> Any:
        self._source = session.get_credentials()
        if not self._login.role_arn or self._source is None:
            return self._source
        look_at(self._login.address)
        sts = session.client("sts", endpoint_url=self._login.address or None)
        self._clients["sts", ""] = sts

        def assume() -> dict[str, str]:
            told = sts.assume_role(RoleArn=self._login.role_arn, RoleSessionName="finale")
            given = told["Credentials"]
            return {
                "access_key": given["AccessKeyId"],
                "secret_key": given["SecretAccessKey"],
                "token": given["SessionToken"],
                "expiry_time": given["Expiration"].isoformat(),
            }

        return RefreshableCredentials.create_from_metadata(assume(), assume, "assume-role")

    def _client(self, service: str, credentials: ReadOnlyCredentials) -> Any:
        """Blocks; never called twice at a time."""
        look_at(self._login.address)
        key = (service, credentials.access_key)
        if key not in self._clients:
            assert self._session is not None
            self._clients[key] = self._session.client(
                service,
                endpoint_url=self._login.address or None,
                aws_access_key_id=credentials.access_key,
                aws_secret_access_key=credentials.secret_key,
                aws_session_token=credentials.token,
            )
        return self._clients[key]

    def _close(self) -> None:
        for client in list(self._clients.values()):
            client.close()


def lease_of(credentials: Any) -> Lease:
    """How long credentials of botocore last, which were used already."""
    if isinstance(credentials, RefreshableCredentials):
        expiry = getattr(credentials, "_expiry_time", None)
        ends_at = None if expiry is None else float(expiry.timestamp())
        return Lease(ends_at, is_renewed=credentials.method not in _SET, is_temporary=True)
    known = credentials.get_frozen_credentials()
    return Lease(None, is_temporary=bool(known.token) or known.access_key.startswith(_TEMPORARY))


@contextmanager
def _in_time() -> Iterator[None]:
    """What botocore raises beside its own errors, if credentials are too old or their date none."""
    try:
        yield
    except RuntimeError as error:
        if type(error) is not RuntimeError:
            raise
        text = "The AWS credentials have expired. Sign in again."
        raise EndpointError("no access", text) from error
    except (ValueError, TypeError, OverflowError) as error:
        text = "The AWS credentials or the date of their end cannot be read. Sign in again."
        raise EndpointError("no access", text) from error


@contextmanager
def _boto() -> Iterator[None]:
    """What boto3 raises, as EndpointError."""
    with border():
        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise failure_of(error) from error
        except TimeoutError as error:
            raise EndpointError("unreachable", "AWS does not answer. Check the network.") from error


def bearer_token(credentials: ReadOnlyCredentials, region: str) -> str:
    """What SageMaker's OpenAI route takes as a key: a presigned request, in base 64."""
    url = f"https://{_TOKEN_HOST}/?Action=CallWithBearerToken"
    request = AWSRequest("POST", url, headers={"host": _TOKEN_HOST})
    SigV4QueryAuth(credentials, "sagemaker", region, expires=TOKEN_SECONDS).add_auth(request)
    presigned = f"{request.url.removeprefix('https://')}&Version=1"
    return f"sagemaker-api-key-{base64.b64encode(presigned.encode()).decode()}"


def digest_of(told: Mapping[str, Any]) -> str:
    """SHA-256 over what AWS tells, without what differs from one answer to the next."""
    kept = {key: value for key, value in told.items() if key != "ResponseMetadata"}
    text = json.dumps(kept, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def failure_of(error: BotoCoreError | ClientError) -> EndpointError:
    """What an exception of boto3 means to the host."""
    if isinstance(error, ClientError):
        told = error.response
        name = str(told.get("Error", {}).get("Code", ""))
        status = int(told.get("ResponseMetadata", {}).get("HTTPStatusCode", 400))
        words = str(told.get("Error", {}).get("Message", ""))
        return refusal(status, name, words.encode())
    if isinstance(error, ProfileNotFound):
        return EndpointError("no access", "The AWS profile is not in this machine’s configuration.")
    if isinstance(error, RefreshWithMFAUnsupportedError):
        # What boto3 says from the second time on.
        return asks_for_a_code()
    if isinstance(error, NoRegionError):
        return EndpointError("not found", "No AWS region is named for this model.")
    if isinstance(error, NoConnection | HTTPClientError):
        return EndpointError("unreachable", "AWS cannot be reached. Check the network.")
    return EndpointError("no access", "AWS credentials cannot be had. Sign in again.")
