"""Django's signatures, for what is signed ten thousand times: the key is made ready once."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.core.signing import Signer, b64_encode
from django.utils.encoding import force_bytes


class Pen(Signer):
    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        salted = _salted(self.salt, key or self.key, self.algorithm)
        return b64_encode(hmac.digest(salted, force_bytes(value), self.algorithm)).decode()


@lru_cache(maxsize=16)
def _salted(salt: str, key: str | bytes, algorithm: str) -> bytes:
    """As django.utils.crypto.salted_hmac() makes it."""
    return hashlib.new(algorithm, force_bytes(salt) + b"signer" + force_bytes(key)).digest()
