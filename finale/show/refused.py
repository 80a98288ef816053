"""The rules say no."""


class Refused(Exception):
    """Its text is a sentence fit for the screen of whoever asked."""


def check_reason(reason: str) -> None:
    """Refuse what changes a result without a word of why."""
    if not reason.strip():
        raise Refused("Say why: the reason stands in the record.")
