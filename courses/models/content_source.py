"""Which content folders were loaded, so that a second run changes nothing that an author did since."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ContentSource(models.Model):
    """One folder of content files and the hash it had when it was loaded."""

    slug = models.SlugField(primary_key=True, max_length=255)
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("ingeladen inhoud")
        verbose_name_plural = _("ingeladen inhoud")

    def __str__(self) -> str:
        return self.slug
