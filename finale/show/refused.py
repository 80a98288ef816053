"""The rules say no."""


class Refused(Exception):
    """Its text is a sentence fit for the screen of whoever asked."""
