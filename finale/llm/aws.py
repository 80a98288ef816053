"""An AWS account: its credentials, signatures, bearer tokens, and what it tells of endpoints.

boto3 finds credentials and describes; it blocks, so it has a thread. Requests to models are signed
here and sent by the wire, which can be cancelled.
"""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import boto3
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import ReadOnlyCredentials, RefreshableCredentials
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoRegionError,
    ProfileNotFound,
)
from botocore.exceptions import ConnectionError as NoConnection

from finale.llm.base import EndpointError
from finale.llm.failures import refusal
from finale.llm.wire import Ask, Wire

T = TypeVar("T")

TOKEN_SECONDS = 43_200
_TOKEN_HOST = "sagemaker.amazonaws.com"
_PATIENCE = Config(connect_timeout=3, read_timeout=8, retries={"total_max_attempts": 1})


@dataclass(frozen=True, slots=True)
class Login:
    """Whose credentials are used, and where; empty fields mean what AWS's own rules find.

    `address` stands in for every address of AWS, for a local stand-in.
    """

    region: str = ""
    profile: str = ""
    role_arn: str = field(default="", repr=False)
    address: str = ""


class Account:
    """One login; sessions and clients are made once, credentials renew themselves."""

    def __init__(self, login: Login, wire: Wire) -> None:
        """Nothing is looked up yet."""
        self._login = login
        self._wire = wire
        self._lock = threading.Lock()
        self._session: boto3.Session | None = None
        self._credentials: Any = None
        self._clients: dict[tuple[str, str], Any] = {}
        wire.at_close(self._close)

    def address(self, service: str, region: str) -> str:
        """Where a service of models answers, without a slash at its end."""
        return self._login.address or f"https://{service}.{region}.amazonaws.com"

    async def signed(self, service: str, host: str, ask: Ask) -> Ask:
        """`ask`, whose address is only a path, at `host` in the region, with its signature.

        Raises EndpointError.
        """

        def sign() -> Ask:
            credentials, region = self._ready()
            url = self.address(host, region) + ask.url
            request = AWSRequest(ask.method, url, data=ask.body, headers=dict(ask.headers))
            SigV4Auth(credentials, service, region).add_auth(request)
            return Ask(url, ask.body, dict(request.headers.items()), ask.method)

        return await self._aside(sign)

    async def token(self) -> tuple[str, str]:
        """A bearer token for SageMaker's OpenAI route, as short-lived as the credentials, and
        the region. Raises EndpointError.
        """

        def mint() -> tuple[str, str]:
            credentials, region = self._ready()
            return bearer_token(credentials, region), region

        return await self._aside(mint)

    async def expires_at(self) -> float | None:
        """When the credentials end, in epoch seconds, None if they do not. Raises EndpointError.

        Those that renew themselves end when what they are renewed with does, which nobody tells;
        it is when the present ones end.
        """

        def look() -> float | None:
            self._ready()
            expiry = getattr(self._credentials, "_expiry_time", None)
            return None if expiry is None else float(expiry.timestamp())

        return await self._aside(look)

    async def describe(self, service: str, look: Callable[[Any], T]) -> T:
        """What `look` finds with boto3's client for `service`. Raises EndpointError."""
        return await self._aside(lambda: look(self._client(service)))

    async def _aside(self, work: Callable[[], T]) -> T:
        try:
            return await self._wire.aside(work)
        except (BotoCoreError, ClientError) as error:
            raise failure_of(error) from error

    def _ready(self) -> tuple[ReadOnlyCredentials, str]:
        with self._lock:
            session = self._opened()
            if self._credentials is None:
                self._credentials = self._found(session)
            if self._credentials is None:
                raise EndpointError("no access", "No AWS credentials are found on this machine.")
            return self._credentials.get_frozen_credentials(), session.region_name

    def _opened(self) -> boto3.Session:
        if self._session is None:
            login = self._login
            session = boto3.Session(
                profile_name=login.profile or None, region_name=login.region or None
            )
            if not session.region_name:
                raise NoRegionError
            self._session = session
        return self._session

    def _found(self, session: boto3.Session) -> Any:
        if not self._login.role_arn:
            return session.get_credentials()
        address = self._login.address or None
        sts = session.client("sts", config=_PATIENCE, endpoint_url=address)
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

    def _client(self, service: str) -> Any:
        credentials, _ = self._ready()
        key = (service, credentials.access_key)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._opened().client(
                    service,
                    config=_PATIENCE,
                    endpoint_url=self._login.address or None,
                    aws_access_key_id=credentials.access_key,
                    aws_secret_access_key=credentials.secret_key,
                    aws_session_token=credentials.token,
                )
            return self._clients[key]

    def _close(self) -> None:
        for client in self._clients.values():
            client.close()


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
    if isinstance(error, NoRegionError):
        return EndpointError("not found", "No AWS region is named for this model.")
    if isinstance(error, NoConnection | HTTPClientError):
        return EndpointError("unreachable", "AWS cannot be reached. Check the network.")
    return EndpointError("no access", "AWS credentials cannot be had. Sign in again.")
