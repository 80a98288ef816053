"""Fixtures of the browser tests."""

from doorway import house
from in_browser import browser, people, serve

__all__ = ["browser", "house", "people", "serve"]
