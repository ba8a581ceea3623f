"""Words that the courses floor chooses from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """How deep a course goes; basic and specialised are the two levels of continued training."""

    ORIENTATION = "orientation", _("oriëntatie")
    BASIC = "basic", _("basis")
    SPECIALISED = "specialised", _("gespecialiseerd")


class CourseForm(TextChoices):
    """Where the learning happens."""

    ONLINE = "online", _("online")
    BLENDED = "blended", _("online en samen")
    IN_PERSON = "in_person", _("samen op een plek")


class QuestionKind(TextChoices):
    """How a question of a knowledge check is answered."""

    SINGLE = "single", _("één antwoord klopt")
    MULTIPLE = "multiple", _("meer antwoorden kunnen kloppen")
    ORDER = "order", _("in de juiste volgorde zetten")
    MATCH = "match", _("bij elkaar zoeken")
    FILL_IN = "fill_in", _("invullen")
    HOTSPOT = "hotspot", _("aanduiden op een beeld")


class CaseEnd(TextChoices):
    """How a way through a case ends; good and fair pass where the case counts."""

    GOOD = "good", _("dit loopt goed af")
    FAIR = "fair", _("dit kan nog beter")
    POOR = "poor", _("hier blijft iemand alleen achter")


class CalloutTone(TextChoices):
    """What a callout asks of the reader."""

    TIP = "tip", _("tip")
    CAREFUL = "careful", _("let op")
    CORE = "core", _("kern")


class Speaker(TextChoices):
    """Who speaks in a dialogue of a lesson; always invented people."""

    PARENT = "ouder", _("ouder")
    CARER = "begeleider", _("begeleider")
    COLLEAGUE = "collega", _("collega")
    MANAGER = "leidinggevende", _("leidinggevende")
    PHYSICIAN = "huisarts", _("huisarts")
    PROFESSIONAL = "zorgverlener", _("zorgverlener")


class BlockKind(TextChoices):
    """What a learner's page has to do with a prepared block; everything static is `html`."""

    HTML = "html", "html"
    CHECK = "check", "check"
    REFLECTION = "reflection", "reflection"
    H5P = "h5p", "h5p"
    CASE = "decision_case", "decision_case"
    POLL = "poll", "poll"
    MEDIA = "media", "media"


class SheetKind(TextChoices):
    """What a sheet for trainers is for."""

    SCRIPT = "script", _("voor de begeleiders")
    MATERIAL = "material", _("om af te drukken")
