"""The product's settings for a benchmark: as in production, with a count of queries in each answer."""

import os

os.environ["NESTWERK_TESTING"] = "1"

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.bench.queries.QueryCountMiddleware", *MIDDLEWARE]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
