"""AWS's signature version 4, worked out by hand: whether a request is signed with a known key."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit


def is_signed(
    method: str, target: str, headers: Mapping[str, str], body: bytes, keys: Mapping[str, str]
) -> bool:
    """Whether the request as it arrived carries a signature of one of `keys` (id to secret)."""
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    if scheme != "AWS4-HMAC-SHA256":
        return False
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    names = parts["SignedHeaders"].split(";")
    signed = "".join(f"{name}:{' '.join(headers[name].split())}\n" for name in names)
    url = urlsplit(target)
    query = "&".join(sorted(url.query.split("&"))) if url.query else ""
    canonical = "\n".join(
        # Every service but S3 has its path quoted twice.
        (method, quote(url.path, safe="/~"), query, signed, ";".join(names), _hash(body))
    )
    return _matches(canonical, headers["x-amz-date"], parts["Credential"], keys, parts["Signature"])


def is_token(token: str, keys: Mapping[str, str]) -> bool:
    """Whether a bearer token of SageMaker's OpenAI route is signed with one of `keys`."""
    prefix = "sagemaker-api-key-"
    if not token.startswith(prefix):
        return False
    url = urlsplit("https://" + base64.b64decode(token.removeprefix(prefix)).decode())
    values = dict(parse_qsl(url.query))
    signature = values.pop("X-Amz-Signature")
    # The version is appended after the signing.
    is_asked = (values.pop("Version"), values["Action"]) == ("1", "CallWithBearerToken")
    query = "&".join(
        f"{quote(k, safe='-_.~')}={quote(values[k], safe='-_.~')}" for k in sorted(values)
    )
    canonical = "\n".join(("POST", url.path, query, f"host:{url.netloc}\n", "host", _hash(b"")))
    matches = _matches(canonical, values["X-Amz-Date"], values["X-Amz-Credential"], keys, signature)
    return is_asked and url.netloc == "sagemaker.amazonaws.com" and matches


def _matches(
    canonical: str, date: str, credential: str, keys: Mapping[str, str], signature: str
) -> bool:
    key_id, *scope = unquote(credential).split("/")
    key = f"AWS4{keys.get(key_id, '')}".encode()
    for part in scope:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    text = "\n".join(("AWS4-HMAC-SHA256", date, "/".join(scope), _hash(canonical.encode())))
    return hmac.compare_digest(hmac.new(key, text.encode(), hashlib.sha256).hexdigest(), signature)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
