"""The log of the add-in: what was asked, what was refused, and what went wrong, for whoever is asked to help."""

from __future__ import annotations

import logging
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

_SIZE, _FILES = 1_000_000, 3  # bytes of a log file, and how many older ones are kept


def log_file() -> Path:
    """Where the log is; the folder may not be there yet."""
    return platformdirs.user_log_path("phuluc", appauthor=False) / "phuluc.log"


@cache
def journal() -> logging.Logger:
    """The logger. Where no log can be written, it keeps silent: that must not stop anybody's work."""
    logger = logging.getLogger("phuluc")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    handler: logging.Handler = logging.NullHandler()
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_file(), maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8", delay=True)
    except OSError:
        pass
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger
