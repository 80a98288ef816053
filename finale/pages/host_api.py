"""The HTTP API among the links: its token, an example to copy, a new token for the old."""

from nicegui import ui

from finale.access import API
from finale.addresses import API_PATH
from finale.pages.backstage import Backstage
from finale.pages.parts import box, button, hold_button, words
from finale.store.writer import StoreError

CONFIRM_MS = 1200


class ApiDoor:
    """What the host hands to a button panel or a script."""

    def __init__(self, backstage: Backstage) -> None:
        """Nothing is shown before `draw`."""
        self._backstage = backstage

    def draw(self, place: ui.element, said: str = "") -> None:
        """The token and what can be done with it, in `place`; `said` is what has just happened."""
        token, base = self._backstage.api_token(), f"{self._backstage.public_url}{API_PATH}"
        place.clear()
        with place:
            words("HTTP API", "title")
            words("For a Stream Deck or a script. Whoever has the token moves the show.", "quiet")
            with box("line snug"):
                words("Token", "bold grow")
                _copy_button("Copy token", token)
            words(token, "code small host-link-address")
            with box("line snug"):
                words("Example", "bold grow")
                _copy_button("Copy example", example(base, token))
            words(example(base, token), "code small host-link-address")
            docs = f"{API_PATH}/docs"
            ui.link("Every cue and read-out", docs, new_tab=True).classes("host-api-docs")
            renew = hold_button(
                "Hold: new token", lambda: self._renew(place), "outline", ms=CONFIRM_MS
            )
            renew.classes("is-wide")
            words(said or "The old token is dead at once.", "bold small" if said else "quiet small")

    def _renew(self, place: ui.element) -> None:
        try:
            self._backstage.renew(API)
        except StoreError as error:
            self.draw(place, f"The old token still lives. {error}")
        else:
            self.draw(place, "This is the new token; the old one is dead.")


def example(base: str, token: str) -> str:
    """A read-out for a terminal."""
    return f'curl -H "Authorization: Bearer {token}" {base}/show'


def copied(pressed: ui.button, text: str) -> None:
    """Put `text` on the clipboard; the button says so."""
    ui.clipboard.write(text)
    pressed.clear()
    with pressed:
        words("Copied")


def _copy_button(name: str, text: str) -> None:
    element = button("Copy", None, "outline").classes("host-small")
    element.props["aria-label"] = name
    element.on_click(lambda: copied(element, text))
