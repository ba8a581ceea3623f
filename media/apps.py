from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Leerpakketten en bestanden")

    def ready(self) -> None:
        from media import checks  # noqa: F401  (registers the system checks)
        from media.domain.erasing import erase_files
        from people.api import register_erasure_step

        register_erasure_step(erase_files)
