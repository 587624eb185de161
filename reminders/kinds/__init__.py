"""The registry: every kind of reminder there is.

Each module of this package declares one. An app on a floor above declares its own and calls
register() when it is ready.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from django.db.models import Model

from reminders.kinds.declaration import Kind

_KINDS: dict[str, Kind] = {}
K = TypeVar("K", bound=type[Kind])


class DeclaredTwice(Exception):
    """Two kinds have one key, so a row could be about either."""


def register(declared: K) -> K:
    """Decorates the class of a kind."""
    known = _KINDS.get(declared.key)
    if known is not None and type(known) is not declared:
        raise DeclaredTwice(declared.key)
    _KINDS[declared.key] = declared()
    return declared


def discover() -> None:
    """Import every module of this package; called once, when the app is ready."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")


def every() -> list[Kind]:
    return list(_KINDS.values())


def get(key: str) -> Kind | None:
    """None for a row of a kind that this release no longer has."""
    return _KINDS.get(key)


def about(subject: Model) -> list[Kind]:
    """A request's user is a lazy object: its class says what it stands for, its type does not."""
    return [kind for kind in every() if kind.subject is subject.__class__]
