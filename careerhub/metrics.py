"""The post in numbers, in the text that Prometheus reads.

Each is a gauge that is counted in the database when it is asked for: web processes and workers come
and go, and a counter in one of them would know of its own mails alone (docs/adr/0007).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.registry import Collector

from reminders.post import BOXES, FAILED, LATE_AFTER, SENT, WAITING, Post, kinds, post

__all__ = ["CONTENT_TYPE", "metrics_text"]

DAY = timedelta(days=1)


def metrics_text(*, at: datetime) -> bytes:
    registry = CollectorRegistry()
    registry.register(PostCollector(post(at=at, since=at - DAY)))
    return generate_latest(registry)


class PostCollector(Collector):
    def __init__(self, post: Post) -> None:
        self.post = post

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield self._counts("due", "Mails whose turn has come and that no server has taken", WAITING)
        yield self._counts("sent_24h", "Mails that a server took in the last 24 hours", SENT)
        yield self._counts("failed", "Mails that were given up and that staff see", FAILED)
        oldest = GaugeMetricFamily(
            "careerhub_mail_oldest_due_seconds",
            "For how long the mail that waits longest has been due",
            labels=["box"],
        )
        for box in BOXES:
            oldest.add_metric([box], self.post.age(self.post.oldest_in(box)).total_seconds())
        yield oldest
        yield GaugeMetricFamily(
            "careerhub_mail_late_after_seconds",
            "From which age on /readyz/ calls the mail late",
            value=LATE_AFTER.total_seconds(),
        )

    def _counts(self, name: str, words: str, state: str) -> GaugeMetricFamily:
        family = GaugeMetricFamily(f"careerhub_mail_{name}", words, labels=["box", "kind"])
        counts = {(box, kind): 0 for box, names in kinds().items() for kind in names}
        for pile in self.post.piles:
            if pile.state == state:
                key = (pile.box, pile.kind)
                counts[key] = counts.get(key, 0) + pile.number
        for (box, kind), count in sorted(counts.items()):
            family.add_metric([box, kind.lower()], count)
        return family
