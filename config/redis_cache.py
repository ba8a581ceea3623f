"""Django's Redis cache for a site that goes on while Redis is away."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends import redis as backend
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

logger = logging.getLogger("nestwerk.cache")

#: Seconds in which Redis is not asked again after it did not answer: a page asks several times and must wait once.
PAUSE = 2.0
#: As many keys as one process remembers to throw away; beyond it, what is old ends by its own time.
MOST_OWED = 10_000


class OneClient(backend.RedisCacheClient):
    """Keeps the client that Django makes anew for every key: making one costs more than asking."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._made: Any = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The client of our one server; it may be shared, its connections come from a pool."""
        if self._made is None:
            self._made = super().get_client(key, write=write)
        return self._made


class PatientRedisCache(backend.RedisCache):
    """An absent Redis is an empty cache: nothing is found, nothing is kept, nothing can be added.

    "Cannot be added" is what limits on tries rest on: without a count they refuse (fail closed). What could not be
    written would be out of date in a Redis that comes back with its memory (a session that was ended meanwhile), so
    those keys are thrown away first.
    """

    # One cache object per thread; what is owed and when to ask again belongs to the process.
    _ask_from = 0.0
    _owed: set[str] = set()

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient

    def _try(self, verb: Callable[..., Any], otherwise: Any, *, spoils: tuple[str, ...] = ()) -> Any:
        kind = PatientRedisCache
        if time.monotonic() >= kind._ask_from:
            try:
                self._settle()
                return verb()
            except (NoConnection, NoAnswer) as error:
                kind._ask_from = time.monotonic() + PAUSE
                logger.warning("Redis does not answer (%s); the site goes on without", type(error).__name__)
        if len(kind._owed) < MOST_OWED:
            kind._owed.update(spoils)
        return otherwise

    def _settle(self) -> None:
        owed = list(PatientRedisCache._owed)
        if owed:
            self._cache.delete_many(owed)
            PatientRedisCache._owed.difference_update(owed)

    def _key(self, key: str, version: int | None) -> str:
        return str(self.make_and_validate_key(key, version=version))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(
            self._try(lambda: super(PatientRedisCache, self).add(key, value, timeout, version), False)
        )

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(PatientRedisCache, self).get(key, default, version), default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._try(
            lambda: super(PatientRedisCache, self).set(key, value, timeout, version),
            None,
            spoils=(self._key(key, version),),
        )

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(
            self._try(
                lambda: super(PatientRedisCache, self).delete(key, version),
                False,
                spoils=(self._key(key, version),),
            )
        )

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(self._try(lambda: super(PatientRedisCache, self).has_key(key, version), False))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError where nothing can be counted, as for a key that is not there."""
        found = self._try(
            lambda: super(PatientRedisCache, self).incr(key, delta, version),
            None,
            spoils=(self._key(key, version),),
        )
        if found is None:
            raise ValueError(key)
        return int(found)
