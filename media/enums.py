from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PackageKind(TextChoices):
    H5P = "h5p", "H5P"
    SCORM12 = "scorm12", "SCORM 1.2"
    SCORM2004 = "scorm2004", "SCORM 2004"
    CMI5 = "cmi5", "cmi5"


#: Kinds that are web sites of their own: played on a subdomain per package, with an origin.
SITE_KINDS = frozenset({PackageKind.SCORM12, PackageKind.SCORM2004, PackageKind.CMI5})


class VersionState(TextChoices):
    WAITING = "waiting", _("Wacht op goedkeuring")
    READY = "ready", _("Klaar om te gebruiken")
    REFUSED = "refused", _("Geweigerd")


class LibraryState(TextChoices):
    WAITING = "waiting", _("Wacht op goedkeuring")
    APPROVED = "approved", _("Goedgekeurd")
    REFUSED = "refused", _("Geweigerd")


class CspRelaxation(TextChoices):
    UNSAFE_INLINE = "unsafe-inline", _("programma in de bladzijden zelf")
    UNSAFE_EVAL = "unsafe-eval", _("oude code die tekst als programma uitvoert (eval)")


class FilePurpose(TextChoices):
    """What a private file is for; decides who may ask for it (the higher floor knows the rule)."""

    EVIDENCE = "evidence", _("Bewijsstuk")
    LETTER = "letter", _("Brief")
    CERTIFICATE = "certificate", _("Attest")
    MATERIAL = "material", _("Materiaal bij een bijeenkomst")
