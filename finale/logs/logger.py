"""A logger for a module: `log.info("event name", seat=…)`."""

import logging
from typing import cast

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter


def logger(name: str) -> BoundLogger:
    """The logger of the module `name`; `keeping.kept` says where its lines go."""
    wrapped = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[structlog.stdlib.filter_by_level, ProcessorFormatter.wrap_for_formatter],
        wrapper_class=BoundLogger,
    )
    return cast(BoundLogger, wrapped)
