"""The cache in Redis keeps one client, and still gives each thread's cache its own connections."""

import os

import pytest

from config.redis_cache import PatientRedisCache


@pytest.fixture
def cache():
    address = os.environ.get("REDIS_URL")
    if not address:
        pytest.skip("a cache in Redis needs Redis: set REDIS_URL")
    return PatientRedisCache(address, {"KEY_PREFIX": "one-client"})


def test_one_client_for_all_keys_and_another_for_another_cache(cache):
    cache.set("a", 1)
    client = cache._cache.get_client("a")
    assert cache._cache.get_client("b", write=True) is client
    assert (cache.get("a"), cache.get("b", "none")) == (1, "none")
    assert PatientRedisCache(os.environ["REDIS_URL"], {})._cache.get_client() is not client
    cache.delete("a")
    assert cache.get("a") is None
