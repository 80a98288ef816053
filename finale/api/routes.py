"""The API as one application: its paths, its errors, its documentation, its guard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import FastAPI, Security
from fastapi.security import HTTPBearer
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from finale.access import Access
from finale.addresses import API_PATH
from finale.api.cues import Cues
from finale.api.docs import docs_page
from finale.api.guard import Guard
from finale.api.reading import Reading
from finale.show.refused import Refused
from finale.show.rundown import Frozen
from finale.show.views.common import Hall
from finale.showrunner import Showrunner
from finale.store.writer import StoreError

_ABOUT = (
    "Every cue and every read-out of the show, for button panels and scripts. "
    "Times are epoch seconds by the server’s clock, which is `now`.\n\n"
    "Each request carries the token that the host finds under Links, in the header "
    "`Authorization: Bearer …`. Cookies are of no use here.\n\n"
    "A cue may carry a name of its own in the header `Idempotency-Key`: sent again, it gets the "
    "same answer and changes nothing more.\n\n"
    "What is refused by the rules is answered by 409 and one sentence, a log that cannot be "
    "written by 503, a missing or wrong token by 401, the link of a seat by 403, what is not "
    "in form by 422, too many requests by 429."
)
_NOT_DONE = "Not done: the log cannot be written. Try again."


class Problem(Frozen):
    """Why not, in one sentence."""

    detail: str


_PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": text}
    for status, text in (
        (401, "No token, or a wrong one"),
        (403, "The link of a seat"),
        (409, "The rules say no"),
        (429, "Too many requests"),
        (503, "The log cannot be written"),
    )
}


@dataclass(frozen=True, slots=True)
class House:
    """What the API needs of a show; `seats` are those whose links are no tokens here."""

    showrunner: Showrunner
    access: Access
    seats: tuple[str, ...]
    hall: Callable[[], Hall]


def open_api(app: FastAPI, house: House) -> None:
    """Serve the API on `app`, under `API_PATH`."""
    api = FastAPI(
        title="Finale’s HTTP API",
        version="1",
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        responses=dict(_PROBLEMS),
        # For the schema alone: the guard has looked at the token before.
        dependencies=[Security(HTTPBearer(auto_error=False, description="The API’s token"))],
    )
    api.include_router(Reading(house.showrunner, house.hall).router())
    api.include_router(Cues(house.showrunner).router())
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(StoreError, _not_written)

    @cache
    def page() -> str:
        return docs_page(api.openapi(), API_PATH)

    async def docs(request: Request) -> Response:
        return HTMLResponse(page())

    api.add_route("/docs", docs, include_in_schema=False)
    app.mount(API_PATH, Guard(api, house.access, house.seats, house.showrunner.clock), name="api")


async def _refused(request: Request, error: Exception) -> Response:
    return JSONResponse({"detail": str(error)}, 409)


async def _not_written(request: Request, error: Exception) -> Response:
    return JSONResponse({"detail": _NOT_DONE}, 503)
