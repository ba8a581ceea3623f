"""Words that the people floor chooses from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody may do here. Everybody with an account is a learner."""

    LEARNER = "learner", _("deelnemer")
    TRAINER = "trainer", _("trainer")
    TEAM_COORDINATOR = "team_coordinator", _("teamcoördinator")
    AUTHOR = "author", _("auteur")
    COMMITTEE_MEMBER = "committee_member", _("commissielid")
    NETWORK_STAFF = "network_staff", _("netwerkmedewerker")
    ADMINISTRATOR = "administrator", _("beheerder")
    API_CLIENT = "api_client", _("API-klant")


SECOND_FACTOR_ROLES = frozenset({Role.COMMITTEE_MEMBER, Role.NETWORK_STAFF, Role.ADMINISTRATOR})


class OrganisationKind(TextChoices):
    """What kind of organisation employs professionals."""

    CHILDCARE = "childcare", _("kinderopvang")
    HOSPITAL = "hospital", _("ziekenhuis")
    PRIMARY_CARE = "primary_care", _("eerstelijnspraktijk")
    MENTAL_HEALTH = "mental_health", _("geestelijke gezondheidszorg")
    WELFARE = "welfare", _("welzijnswerk")
    EDUCATION = "education", _("onderwijs")
    OTHER = "other", _("andere")


class TeamKind(TextChoices):
    """What kind of team works together."""

    MOBILE_CRISIS = "mobile_crisis", _("mobiel crisisteam")
    CHILDCARE = "childcare", _("team kinderopvang")
    OTHER = "other", _("ander team")


class NetworkTarget(TextChoices):
    """Whom a mental-health network serves."""

    ADULT = "adult", _("volwassenen")
    CHILDREN = "children_young_people", _("kinderen en jongeren")


class DegreePriority(TextChoices):
    """Whether a base degree's profession is addressed first or later."""

    SHORT_TERM = "short_term", _("korte termijn")
    LONG_TERM = "long_term", _("lange termijn")


class NoticeWay(TextChoices):
    """How somebody hears of something."""

    MAIL = "mail", _("meteen, in een eigen mail")
    DIGEST = "digest", _("in de mail van de dag")
    NONE = "none", _("niet")


class ImportState(TextChoices):
    """How far a list of people is."""

    PREVIEW = "preview", _("nog niet ingelezen")
    DONE = "done", _("ingelezen")
    UNDONE = "undone", _("teruggedraaid")


class ImportFate(TextChoices):
    """What a row of a list does."""

    CREATE = "create", _("nieuw account")
    UPDATE = "update", _("vult iets aan")
    UNCHANGED = "unchanged", _("niets te doen")
    DUPLICATE = "duplicate", _("staat er al, of lijkt erop")
    REFUSED = "refused", _("kan niet")


#: Languages in which families can be helped: code and name.
LANGUAGES = [
    ("nl", _("Nederlands")),
    ("fr", _("Frans")),
    ("en", _("Engels")),
    ("de", _("Duits")),
    ("ar", _("Arabisch")),
    ("tr", _("Turks")),
    ("pl", _("Pools")),
    ("es", _("Spaans")),
    ("vgt", _("Vlaamse Gebarentaal")),
]


def language_name(code: str) -> str:
    """The name of a language in words; an unknown code stays as it is."""
    return str(dict(LANGUAGES).get(code, code))
