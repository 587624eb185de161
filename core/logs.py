"""What a log may say: when, where, what kind of trouble, and numbers. Never what people wrote.

The words of an exception quote what it choked on: a database names the address that is taken, a
parser the line it could not read. So a log gets the classes and the lines of our code, and not the
words. What else looks like an address, and a link that opens something, is masked on the way out.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from core.masking import masked

# Of the request that this thread answers; lines that belong together have it in common.
request_id: ContextVar[str] = ContextVar("request_id", default="")

ADDRESS = re.compile(r"[^\s<>\"'(),;:=]+@[^\s<>\"'(),;:=]+")
# Celery hands these to its lines; they hold the words of an exception, or what a task was given.
WORDS_OF_CELERY = ("exc", "traceback", "args", "kwargs", "return_value")
# What a line of ours may carry beside its sentence, by `extra=`.
NUMBERS = ("method", "route", "status", "ms", "user", "task")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class WordlessFormatter(logging.Formatter):
    """A line for people, as in a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        lines = [f"{self.formatTime(record)} {record.levelname} {record.name} {sentence(record)}"]
        lines += [f"{key}={value}" for key, value in _numbers(record)]
        line = " ".join(lines)
        return "\n".join([line, *_trouble(record)]) if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """A line for machines: one JSON object each."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": sentence(record),
            **dict(_numbers(record)),
        }
        if record.exc_info:
            said["trouble"] = list(_trouble(record))
        return json.dumps(said, ensure_ascii=False)


def sentence(record: logging.LogRecord) -> str:
    args = record.args
    if isinstance(args, Mapping):
        given: Any = {key: _without_words(key, value) for key, value in args.items()}
    else:
        given = tuple(_class_of(_without_path(each, record)) for each in args or ())
    text = str(record.msg) if not isinstance(record.msg, BaseException) else _class_of(record.msg)
    return ADDRESS.sub("…@…", masked(text % given if given else text))


def _without_words(key: str, value: Any) -> Any:
    return "…" if key in WORDS_OF_CELERY else _class_of(value)


def _without_path(value: Any, record: logging.LogRecord) -> Any:
    """Django names the address of what went wrong, and anything can be typed into one."""
    if not record.name.startswith("django.") or not str(value).startswith("/"):
        return value
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return match.view_name if match else "no page"


def _class_of(value: Any) -> Any:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _numbers(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    # Django writes its own line when the middleware is through.
    number = request_id.get() or getattr(getattr(record, "request", None), "log_id", "")
    if number:
        yield "request", number
    for key in NUMBERS:
        value = getattr(record, key, None)
        if value not in (None, ""):
            yield key, value


def _trouble(record: logging.LogRecord) -> Iterator[str]:
    """From the first cause to the last consequence: a class, and the lines that led to it."""
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for one in reversed(chain):
        yield type(one).__name__
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
