"""What is said of a next step, wherever it comes from."""

from __future__ import annotations

from typing import NamedTuple

from interviews.models import State


class Words(NamedTuple):
    """The lower the urgency, the sooner it comes; `to` is the move that the page's button makes."""

    headline: str
    lede: str
    label: str
    url_name: str
    icon: str
    urgency: int
    to: State | None = None
