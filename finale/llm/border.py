"""The border of the room: nothing but EndpointError leaves it, whatever breaks inside."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb

from finale.llm.base import EndpointError
from finale.logs.logger import logger

log = logger(__name__)

BROKE = "The model’s answer could not be handled; the log says where. Generate again."


@contextmanager
def border() -> Iterator[None]:
    """Turns what is neither EndpointError nor a cancellation into EndpointError, and logs it.

    Of the exception its kind and its place are told, never its text, which may quote a backend.
    """
    try:
        yield
    except EndpointError:
        raise
    except Exception as error:  # noqa: BLE001
        frames = extract_tb(error.__traceback__)[-4:]
        at = " ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
        log.error("a model was not handled", fault=type(error).__name__, at=at)
        raise EndpointError("failed", BROKE) from None
