"""The bare project with wagtail-lms in it."""

from tests.bench.bare.settings import *  # noqa: F403
from tests.bench.bare.settings import INSTALLED_APPS as BARE_APPS

ROOT_URLCONF = "tests.bench.peer.urls"
INSTALLED_APPS = ["wagtail_lms", *BARE_APPS]
