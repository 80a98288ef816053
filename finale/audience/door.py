"""Who comes in: a phone with a pass of this show, or one that knows the room code."""

from secrets import compare_digest

from finale.audience.passes import Passes


class Door:
    """Asks for the room code only when a new pass is to be issued."""

    def __init__(self, passes: Passes, code: str) -> None:
        """`code` is what the big screen shows, in capital letters."""
        self._passes = passes
        self._code = code

    def admit(self, token: str, code: str) -> tuple[str, str] | None:
        """The phone's pass and its token, its own or new ones; None if the code is wanted."""
        pass_id = self._passes.read(token)
        if pass_id is not None:
            return pass_id, token
        return self._passes.issue() if compare_digest(code.upper(), self._code) else None
