"""What must never stand in a log: secrets by name, by shape or by value, and people's texts."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from finale.logs.faults import described

GONE = "[redacted]"
SHORTEST_SECRET = 8
"""Shorter values would be found in every other word."""

LONGEST = 600
"""Characters of one value; more is a text that somebody wrote, or a dump."""

_SECRET_NAMES = re.compile(
    r"token|secret|passw|cookie|authori[sz]ation|credential|signature|api_?key|bearer|receipt"
    r"|(^|_)(key|pass|pass_id|link|links)$",
    re.IGNORECASE,
)
_TEXT_NAMES = re.compile(
    r"^(system|body|typed|contents?|(\w+_)?(prompts?|texts?|answers?|messages?|notes?|repl(y|ies)))$",
    re.IGNORECASE,
)
_SECRET_IN_ENVIRONMENT = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL", re.IGNORECASE)

_SHAPES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # A role link, whole or cut off, and whatever follows it in an access line.
        (r"/enter/[^\s\"'<>?#]+", f"/enter/{GONE}"),
        # A secret in a query, a header or a form.
        (
            r"(?i)\b((?:t|token|access_token|auth|code|key|api[-_]?key|password|passwd|secret"
            r"|signature|x-amz-(?:signature|credential|security-token))"
            r"(?:=|%3D))[^&#\s\"'<>;,]+",
            rf"\1{GONE}",
        ),
        (r"(?i)\b(bearer|basic)(\s+)[A-Za-z0-9+/=._~%-]{6,}", rf"\1\2{GONE}"),
        (r"(?i)\b((?:set-)?cookie\s*[:=]\s*)[^\r\n\"]+", rf"\1{GONE}"),
        # What services hand out: the shapes of their keys are public.
        (r"\b(?:AKIA|ASIA|ABSK)[A-Za-z0-9+/=]{12,}", GONE),
        (r"\b(?:sk|pk|rk)-[A-Za-z0-9_-]{8,}", GONE),
        (r"\b(?:sagemaker-api-key-|bedrock-api-key-|hf_|gh[pousr]_|github_pat_)[\w+/=-]{8,}", GONE),
        (r"\beyJ[\w-]{6,}(?:\.[\w-]{6,}\.[\w-]*)?", GONE),
        # What this program signs: cookies and phone passes.
        (r"\bfinale-[0-9a-f]{8}-[a-z-]+=[^\s;\"',]+", GONE),
        (r"(?<![\w.-])[\w-]{6,}\.[\w-]{27,}(?![\w-])", GONE),
        # The password in the address of a database.
        (r"(://[^\s:/@]*:)[^\s@/]+@", rf"\1{GONE}@"),
        # What databases and validators quote of the values they refuse.
        (r"(?s)\[parameters: .*?(?:\](?=\s|$)|\Z)", "[parameters]"),
        (r"(?s)input_value=.*?(?:, input_type|\Z)", "input_value=…, input_type"),
    )
)


class Redactor:
    """Cleans one line after another; the last step before anything is written."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """`secrets` must not be seen anywhere, whole or within another word."""
        self._secrets: set[str] = set()
        self._values: re.Pattern[str] | None = None
        self.know(secrets)

    def know(self, secrets: Iterable[str]) -> None:
        """Hide these values too, from now on."""
        self._secrets |= {secret for secret in secrets if len(secret) >= SHORTEST_SECRET}
        # The longest first: one secret may begin with another.
        longest_first = sorted(self._secrets, key=len, reverse=True)
        found = "|".join(re.escape(secret) for secret in longest_first)
        self._values = re.compile(found) if found else None

    def clean(self, text: str) -> str:
        """The text without a secret in it."""
        if self._values is not None:
            text = self._values.sub(GONE, text)
        for shape, replacement in _SHAPES:
            text = shape.sub(replacement, text)
        return text

    def __call__(self, _logger: Any, _method: str, line: Mapping[str, Any]) -> dict[str, Any]:
        """A processor of structlog: every name and value of the line, cleaned."""
        return {self.clean(str(name)): self._value(str(name), line[name]) for name in line}

    def _value(self, name: str, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        if _SECRET_NAMES.search(name):
            return GONE
        if isinstance(value, Mapping):
            return self("", "", value)
        if isinstance(value, list | tuple | set | frozenset):
            return [self._value(name, part) for part in value]
        if isinstance(value, bytes | bytearray):
            return f"[{len(value)} bytes]"
        if isinstance(value, BaseException):
            return self._cut(self.clean(described(value)))
        if _TEXT_NAMES.match(name):
            return f"[{len(str(value))} characters]"
        return self._cut(self.clean(str(value)))

    def _cut(self, text: str) -> str:
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}… [{len(text)} characters]"


def secrets_of(environment: Mapping[str, str]) -> list[str]:
    """The values of an environment whose names say that they are secret."""
    return [value for name, value in environment.items() if _SECRET_IN_ENVIRONMENT.search(name)]
