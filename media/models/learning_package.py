from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LearningPackage(models.Model):
    """A learning package as an author knows it: one name, one or more versions."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("titel"), max_length=255)
    created = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("leerpakket")
        verbose_name_plural = _("leerpakketten")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title
