"""Digests of people who asked to be removed: enough to know them again when a list brings them.

Case and blanks make no difference. The purpose stands in front, so that the digest equals no other
program's digest of the same address.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from alumni.models import Alum, Removal

PURPOSE = "careerhub.alumni.removal"


def digest_of_email(email: str) -> str:
    return _digest("email", email)


def digest_of_number(external_id: str) -> str:
    return _digest("number", external_id)


def digests_of(*, email: str, external_id: str) -> set[str]:
    """None, one or two: for what is known of a person."""
    found = {digest_of_email(email)} if email.strip() else set()
    return found | ({digest_of_number(external_id)} if external_id.strip() else set())


def digests_of_alum(alum: Alum) -> set[str]:
    return digests_of(email=alum.email, external_id=alum.external_id)


def removed_among(digests: Iterable[str]) -> set[str]:
    """Which of these belong to somebody who asked to be removed."""
    return set(Removal.objects.filter(digest__in=list(digests)).values_list("digest", flat=True))


def _digest(kind: str, value: str) -> str:
    normal = "".join(unicodedata.normalize("NFKC", value).split()).casefold()
    return hashlib.sha256(f"{PURPOSE}:{kind}:{normal}".encode()).hexdigest()
