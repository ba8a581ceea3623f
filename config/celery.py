"""Celery application. Without REDIS_URL tasks run inside the web process (see settings)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("nestwerk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
