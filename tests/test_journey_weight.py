"""What a page of the journey weighs on its way to a phone, however many people one knows.

The goals are those of the design: a first visit of a hundred kilobytes, of it no more than so much
of each kind, in ten requests; and fifteen for the next page, which is its HTML alone.
"""

from __future__ import annotations

import re
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

from accounts.models import User
from tests.test_journey_queries import addresses, network  # noqa: F401 - a fixture

KB = 1000
MOST = {"html": 12 * KB, "js": 20 * KB, "css": 12 * KB, "woff2": 50 * KB}
MOST_IN_ALL, MOST_REQUESTS = 100 * KB, 10
ASSET = re.compile(r'(?:src|href)="/static/([^"?#]+\.(?:js|css|svg|png|woff2))[^"]*"')
FONT = re.compile(r"url\([\"']?([^\"')]+\.woff2)")


def packed(path: str) -> int:
    """As the server sends it: fonts are packed already."""
    content = Path(finders.find(path)).read_bytes()
    return len(content if path.endswith("woff2") else brotli.compress(content))


def assets_of(html: str) -> set[str]:
    """What the page asks for, and the fonts that its styles ask for."""
    found = {_plain(name) for name in ASSET.findall(html)}
    styles = [Path(finders.find(name)).read_text() for name in found if name.endswith(".css")]
    return found | {font.lstrip("./") for style in styles for font in FONT.findall(style)}


def _plain(name: str) -> str:
    """The name before the hash of its content was put into it."""
    return re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name)


def overweight(html: str, sent: int) -> list[str]:
    parts = {"html": sent, "js": 0, "css": 0, "woff2": 0, "svg": 0, "png": 0}
    assets = assets_of(html)
    for name in assets:
        parts[name.rpartition(".")[2]] += packed(name)
    heavy = [f"{kind}: {parts[kind]}" for kind, most in MOST.items() if parts[kind] > most]
    if sum(parts.values()) > MOST_IN_ALL:
        heavy.append(f"in all: {sum(parts.values())}")
    if len(assets) + 1 > MOST_REQUESTS:
        heavy.append(f"{len(assets) + 1} requests")
    return heavy


def test_every_page_keeps_to_its_weight(client, student: User, network):  # noqa: F811 - the fixture
    client.force_login(student)
    heavy = {}
    for url in addresses(network):
        response = client.get(url, headers={"accept-encoding": "gzip"})
        if response.status_code == 302:
            continue
        assert response["Content-Encoding"] == "gzip", url
        if found := overweight(client.get(url).content.decode(), len(response.content)):
            heavy[url] = found

    assert heavy == {}


def test_what_a_page_asks_for_is_weighed(client, student):
    client.force_login(student)

    kinds = [name.rpartition(".")[2] for name in assets_of(client.get("/").content.decode())]

    assert sorted(set(kinds)) == ["css", "js", "svg", "woff2"]
    assert kinds.count("woff2") == 2
    assert kinds.count("js") >= 2


def test_a_page_that_is_too_heavy_is_found():
    html = '<link href="/static/app.css"><script src="/static/app.js"></script>'

    assert overweight(html, 5 * KB) == []
    assert overweight(html, 13 * KB) == ["html: 13000"]
    assert overweight(html, 60 * KB)[1].startswith("in all: ")
