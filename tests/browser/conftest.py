"""Fixtures of the browser tests."""

from in_browser import browser, people, serve

__all__ = ["browser", "people", "serve"]
