"""How often something may be tried: counters in the cache, which may be away."""

from __future__ import annotations

import logging

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def is_too_often(key: str, *, most: int, seconds: int) -> bool:
    """Counts this try. Without a cache nobody is turned away: the pages work without Redis."""
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key) > most
    except ValueError:
        # It ran out between the two.
        return False
    except RedisError:
        logger.warning("No cache to count tries in.")
        return False
