"""Reads what the boxes of the talk's page were sent as. Any text is taken; odd names are not."""

from __future__ import annotations

import re

from django.http import QueryDict

from interviews.live import Typed, plain

BOX = re.compile(r"[aq]\d{1,18}|notes|interest")
MOST_BOXES = 200


def typed_in(posted: QueryDict) -> dict[str, Typed]:
    """By the name of the box. Each comes with a `.was`: an open tick is sent by that alone."""
    names = [key.removesuffix(".was") for key in posted if key.endswith(".was")]
    return {
        name: Typed(plain(posted.get(name, "")), _marks(posted.get(f"{name}.was", "")))
        for name in names[:MOST_BOXES]
        if BOX.fullmatch(name)
    }


def seconds_ago(posted: QueryDict) -> int | None:
    """How long ago a phone started the clock, where it did; see static/live.js."""
    ago = posted.get("started", "") if "started.was" in posted else ""
    return int(ago) if re.fullmatch(r"[0-9]{1,6}", ago) else None


def _marks(was: str) -> frozenset[str]:
    return frozenset(filter(None, was.split(",")))
