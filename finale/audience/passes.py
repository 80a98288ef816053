"""Who a phone is: a signed random pass, and the receipts of its ballots."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer

RECEIPT_LETTERS = "23456789CDFGHJKMNPQRTVWXYZ"
"""No 0 or O, no 1, I or L, and nothing that makes a word or is taken for another."""

RECEIPT_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Pass:
    """One phone: its id, and the first round, counted from 0, in which it may vote."""

    id: str
    first_round: int = 0


class Passes:
    """Issues and reads passes, and derives receipts, all from one key, so that they outlive it."""

    def __init__(self, key: bytes) -> None:
        """`key` is the signing key of the data folder, 32 bytes."""
        self._key = key
        self._signer = Signer(key, salt="finale pass", digest_method=hashlib.sha256)

    def issue(self, first_round: int = 0) -> tuple[Pass, str]:
        """A new pass of 128 random bits, and the signed token that the phone keeps.

        The first round is signed with it: neither a reload nor a restart opens an earlier vote.
        """
        new = Pass(secrets.token_urlsafe(16), first_round)
        return new, self._signer.sign(f"{new.id}-{first_round}").decode()

    def read(self, token: str) -> Pass | None:
        """The pass of a token, or None if this show did not sign it."""
        try:
            pass_id, _, first_round = self._signer.unsign(token).decode().rpartition("-")
            return Pass(pass_id, int(first_round))
        except (BadSignature, ValueError):
            return None

    def receipt(self, pass_id: str, round: int, letter: str, rev: int) -> str:  # noqa: A002
        """Eight characters for one ballot; without the key they lead back to no pass."""
        said = f"receipt {pass_id} {round} {letter} {rev}".encode()
        rest = int.from_bytes(hmac.digest(self._key, said, "sha256")[:16])
        code = ""
        for _ in range(RECEIPT_LENGTH):
            rest, place = divmod(rest, len(RECEIPT_LETTERS))
            code += RECEIPT_LETTERS[place]
        return code
