"""The link to an alum's desk: signed, for ninety days, and useless once the office says so.

In the signed words stand the alum's key, the version of their links, the minute of signing and, in
a mail about a request, the request. Nothing is kept of a link, and nothing can be read from it that
a name or an address could be found by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from alumni.models import Alum, AlumMerge, Request

LIFETIME = timedelta(days=90)


def _signer() -> Signer:
    return Signer(sep=".", salt="alumni.desk")


@dataclass(frozen=True)
class Link:
    """What a signed link says, and whether it may still be used."""

    alum: Alum
    request: Request | None
    is_current: bool


def sign(alum: Alum, *, at: datetime, request: Request | None = None) -> str:
    parts = [str(alum.pk), str(alum.desk_version), str(int(at.timestamp()) // 60)]
    if request is not None:
        parts.append(request.pk.hex)
    return _signer().sign("-".join(parts))


def address(
    alum: Alum, *, at: datetime, request: Request | None = None, page: str = "desk:home"
) -> str:
    """For a mail: where CareerHub is known from outside."""
    return settings.SITE_URL + reverse(page, args=[sign(alum, at=at, request=request)])


def read(token: str, *, at: datetime) -> Link | None:
    """Nothing for a link that nobody signed, or about somebody who is gone."""
    try:
        parts = _signer().unsign(token).split("-")
    except BadSignature:
        return None
    pk, version, minute, *rest = parts
    alum, holds = _whom(int(pk), int(version))
    if alum is None:
        return None
    of_alum = Request.objects.filter(alum=alum).select_related("student__profile")
    request = of_alum.filter(pk=UUID(rest[0])).first() if rest else None
    signed_at = datetime.fromtimestamp(int(minute) * 60, tz=UTC)
    is_current = holds and at < signed_at + LIFETIME
    return Link(alum, request, is_current and not (rest and request is None))


def _whom(pk: int, version: int) -> tuple[Alum | None, bool]:
    """Whose desk it is, and whether the office has not revoked it.

    A link that went out to a record which was merged leads to the one that was kept.
    """
    alum = Alum.objects.without_search().filter(pk=pk).first()
    if alum is not None:
        return alum, version == alum.desk_version
    merges = AlumMerge.objects.standing().filter(merged_pk=pk, merged_version=version)
    merge = merges.select_related("kept").defer("before", "kept__search").first()
    if merge is None:
        return None, False
    return merge.kept, merge.kept_version == merge.kept.desk_version
