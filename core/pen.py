"""Django's signatures, for what is signed ten thousand times: the key is made ready once."""

from __future__ import annotations

import hmac
from functools import lru_cache

from django.core.signing import Signer, b64_encode
from django.utils.crypto import salted_hmac


class Pen(Signer):
    def signature(self, value: str, key: str | bytes | None = None) -> str:
        mine = _ready(self.salt + "signer", key or self.key, self.algorithm).copy()
        mine.update(value.encode())
        return b64_encode(mine.digest()).decode()


@lru_cache(maxsize=16)
def _ready(salt: str, key: str | bytes, algorithm: str) -> hmac.HMAC:
    return salted_hmac(salt, b"", key, algorithm=algorithm)
