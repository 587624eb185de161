"""What a page weighs on the wire, from the real server: hashed, compressed, with a cold cache.

The budget: at most 100 kB on a first visit (scripts 20, styles 12, fonts 50, the page 12), in at
most 10 requests and none of them elsewhere; at most 15 kB for the page that follows.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from tests.story.test_story import STUDENT, log_in

pytestmark = pytest.mark.browser

# Shown by --log-cli-level=INFO.
log = logging.getLogger(__name__)

FIRST_VISIT = {"Document": 12, "Script": 20, "Stylesheet": 12, "Font": 50, "all": 100}
NEXT_PAGE = 15
MOST_REQUESTS = 10
A_KILOBYTE = 1000
NO_PAGE = re.compile(r"\.(pdf|ics|csv|vcf|zip|txt)$|/file/$|^/mail/|^/accounts/logout/|^/admin/")


class Scale:
    """Weighs what goes over the wire, by the kind of thing that was asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.send("Network.enable")
        # The page of a talk keeps a copy of itself; here it comes over the wire.
        self.cdp.send("Network.setBypassServiceWorker", {"bypass": True})
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, int] = defaultdict(int)
        self.hosts: set[str] = set()
        self.cdp.on("Network.responseReceived", self._begins)
        self.cdp.on("Network.loadingFinished", self._ends)

    def weigh(self, url: str, *, cold: bool) -> dict[str, float]:
        if cold:
            self.cdp.send("Network.clearBrowserCache")
        self.kinds, self.bytes, self.hosts = {}, defaultdict(int), set()
        self.requests = 0
        self.page.goto(url, wait_until="networkidle")
        weights = {kind: size / A_KILOBYTE for kind, size in self.bytes.items()}
        return {**weights, "all": sum(weights.values())}

    def _begins(self, event) -> None:
        self.kinds[event["requestId"]] = event["type"]
        address = urlsplit(event["response"]["url"])
        if address.scheme != "data":
            self.hosts.add(address.netloc)

    def _ends(self, event) -> None:
        kind = self.kinds.get(event["requestId"], "Other")
        self.bytes[kind] += event["encodedDataLength"]
        # What comes out of the browser's own cache is no trip: the worker of a talk's page
        # takes its copies from there.
        self.requests += event["encodedDataLength"] > 0


def pages_of(page: Page, start: str) -> dict[str, str]:
    """One address for each kind of page that can be reached by links, numbers aside."""
    found: dict[str, str] = {}
    waiting = [start]
    while waiting:
        url = waiting.pop(0)
        path = urlsplit(url).path
        kind = re.sub(r"\d+", "N", path)
        if kind in found or NO_PAGE.search(path):
            continue
        found[kind] = url
        page.goto(url, wait_until="domcontentloaded")
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
        here = [urljoin(url, link) for link in links if not link.startswith("#")]
        waiting += [link for link in here if urlsplit(link).netloc == urlsplit(start).netloc]
    return found


def test_every_page_of_the_journey_keeps_the_budget(college, new_context):
    page = log_in(new_context(), college, STUDENT)
    pages = pages_of(page, f"{college.url}/")
    assert len(pages) > 35

    scale = Scale(page)
    too_heavy = []
    for kind, url in sorted(pages.items()):
        weights = scale.weigh(url, cold=True)
        assert scale.hosts == {urlsplit(college.url).netloc}
        if scale.requests > MOST_REQUESTS:
            too_heavy.append((kind, f"{scale.requests} requests"))
        for what, most in FIRST_VISIT.items():
            if weights.get(what, 0) > most:
                too_heavy.append((kind, f"{what}: {weights[what]:.1f} kB"))
        again = scale.weigh(url, cold=False)["all"]
        log.info("%6.1f kB, then %5.1f kB  %s", weights["all"], again, kind)
        if again > NEXT_PAGE:
            too_heavy.append((kind, f"the next page: {again:.1f} kB"))

    assert too_heavy == []
