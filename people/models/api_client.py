"""Partners' servers that may read more than the public."""

from django.db import models
from django.utils import timezone


class ApiClient(models.Model):
    """A partner's server; only the SHA-256 of its token is kept."""

    name = models.CharField(max_length=120, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
