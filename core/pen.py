"""Django's signatures, for what is signed ten thousand times: the key is made ready once."""

from __future__ import annotations

import hmac
from functools import lru_cache

from django.core.signing import Signer, b64_encode
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes


class Pen(Signer):
    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        mine = _ready(force_bytes(self.salt) + b"signer", key or self.key, self.algorithm).copy()
        mine.update(force_bytes(value))
        return b64_encode(mine.digest()).decode()


@lru_cache(maxsize=16)
def _ready(salt: bytes, key: str | bytes, algorithm: str) -> hmac.HMAC:
    return salted_hmac(salt, b"", key, algorithm=algorithm)
