"""Words that the lms floor chooses from."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class AttestedBy(TextChoices):
    """Who says that something happened. A course decides which kind its completion needs."""

    BROWSER = "browser", _("gemeld door de browser")
    SERVER = "server", _("vastgesteld door de server")
    PERSON = "person", _("bevestigd door een persoon")


class RecordKind(TextChoices):
    """What a learning record is about."""

    ACTIVITY = "activity", _("activiteit")
    CHECK = "check", _("kennistoets")
    COURSE = "course", _("cursus")
    PRESENCE = "presence", _("aanwezigheid")
    VOID = "void", _("intrekking")


class DocumentKind(TextChoices):
    """What a stored document belongs to."""

    STATE = "state", _("stand van een onderdeel")
    ACTIVITY = "activity", _("profiel van een onderdeel")
    AGENT = "agent", _("voorkeuren van een persoon")


class SessionKind(TextChoices):
    """How a session of a cohort is held."""

    IN_PERSON = "in_person", _("ter plaatse")
    ONLINE = "online", _("online")
    MIXED = "mixed", _("ter plaatse en online")


class EnrolmentWay(TextChoices):
    """How one gets a seat in a cohort."""

    OPEN = "open", _("vrij: wie eerst komt, heeft een plaats")
    CODE = "code", _("met een code")
    APPROVAL = "approval", _("na goedkeuring")
    TEAM = "team", _("voor één team")


class SeatRequestState(TextChoices):
    """What became of a request for a seat."""

    WAITING = "waiting", _("wacht op antwoord")
    APPROVED = "approved", _("goedgekeurd")
    DECLINED = "declined", _("geen plaats")
    TAKEN_BACK = "taken_back", _("teruggenomen")


class WaitingState(TextChoices):
    """How far somebody is on a waiting list."""

    WAITING = "waiting", _("wacht")
    OFFERED = "offered", _("kreeg een plaats aangeboden")
    ACCEPTED = "accepted", _("nam de plaats")
    DECLINED = "declined", _("nam de plaats niet")
    EXPIRED = "expired", _("antwoordde niet op tijd")
    LEFT = "left", _("ging van de lijst")
    STOPPED = "stopped", _("de groep begon")


class InvitationNews(TextChoices):
    """What a calendar hears about a session."""

    NEW = "new", _("nieuw")
    CHANGED = "changed", _("gewijzigd")
    OFF = "off", _("afgelast")


class NoteTopic(TextChoices):
    """What a trainer's practical note is about. A choice, so that it stays practical."""

    ROOM = "room", _("zaal en materiaal")
    TIMING = "timing", _("tijd en ritme")
    CONTENT = "content", _("oefeningen en uitleg")
    ONLINE = "online", _("techniek online")
    NEXT = "next", _("voor de volgende keer")


class AttendanceState(TextChoices):
    """What an attendance row says."""

    PRESENT = "present", _("aanwezig")
    ABSENT = "absent", _("afwezig")


class AttendanceMethod(TextChoices):
    """How an attendance row came about."""

    LIST = "list", _("lijst van de trainer")
    QR = "qr", _("QR-code")
    CODE = "code", _("code van het scherm")
    PAPER = "paper", _("papieren lijst")
    OFFLINE = "offline", _("toestel van de trainer, zonder verbinding")
    CORRECTION = "correction", _("verbetering na afsluiten")


class MeetingKind(TextChoices):
    """What kind of meeting was held. Which kinds count as permanent education is a dated rule (`IntervisionRule`)."""

    INTERVISION = "intervision", _("intervisie")
    SUPERVISION = "supervision", _("supervisie")
    CASE = "case", _("casusoverleg")
    MDO = "mdo", _("MDO")


class MeetingMethod(TextChoices):
    """How a meeting was led. A choice, so that no case slips into a text."""

    INCIDENT = "incident", _("incidentmethode")
    GOSSIP = "gossip", _("roddelmethode")
    BALINT = "balint", _("balintmethode")
    SOLUTION = "solution", _("oplossingsgericht")
    THEME = "theme", _("rond een thema")
    VIDEO = "video", _("met beeldmateriaal")
    FREE = "free", _("vrij gesprek")


class GroupMode(TextChoices):
    """How a group of peers usually meets."""

    IN_PERSON = "in_person", _("ter plaatse")
    ONLINE = "online", _("online")
    BOTH = "both", _("afwisselend ter plaatse en online")


class GroupLanguage(TextChoices):
    """The language a group of peers speaks."""

    DUTCH = "nl", _("Nederlands")
    FRENCH = "fr", _("Frans")
    ENGLISH = "en", _("Engels")
    GERMAN = "de", _("Duits")
    SIGNS = "vgt", _("Vlaamse Gebarentaal")


class Frequency(TextChoices):
    """How often a group of peers meets."""

    MONTHLY = "monthly", _("elke maand")
    SIX_WEEKS = "six_weeks", _("om de zes weken")
    TWO_MONTHS = "two_months", _("om de twee maanden")
    QUARTERLY = "quarterly", _("elk kwartaal")


class CheckOutcome(TextChoices):
    """What staff found when they asked about a meeting of the sample."""

    IN_ORDER = "in_order", _("in orde")
    EXPLAINED = "explained", _("uitgelegd en in orde")
    NOT_HELD = "not_held", _("kan niet worden bevestigd")


class LicenceKind(TextChoices):
    """What somebody may do for the network over a period."""

    SUPERVISOR = "supervisor", _("supervisor")
    EXPERT = "expert", _("expert intervisie")
    IN_HOUSE = "in_house", _("trainer in het eigen team")


class Half(IntegerChoices):
    """The half of a day."""

    MORNING = 0, _("voormiddag")
    AFTERNOON = 1, _("namiddag")


class NetworkEventKind(TextChoices):
    """What a day of the network is."""

    MEETING = "meeting", _("netwerkontmoeting")
    CASES = "cases", _("reeks casusbespreking")


class MeetingForm(TextChoices):
    """How a meeting of a group is held."""

    IN_PERSON = "in_person", _("ter plaatse")
    ONLINE = "online", _("online")


class LateReason(TextChoices):
    """Why a meeting is entered long after its date. A choice, so that no case slips into a text."""

    FORGOTTEN = "forgotten", _("we vergaten het in te geven")
    ILLNESS = "illness", _("de moderator was ziek of afwezig")
    NO_ACCESS = "no_access", _("de groep had nog geen toegang tot Nestwerk")
    TAKEN_OVER = "taken_over", _("overgenomen uit een ander register")


class PlanOrigin(TextChoices):
    """How a version of a plan came about."""

    SEARCH = "search", _("berekend")
    REPLAN = "replan", _("herplande versie")
    HAND = "hand", _("met de hand verplaatst")
    BACK = "back", _("teruggezet")


class PlanRunState(TextChoices):
    """How far a search is."""

    WAITING = "waiting", _("start zo")
    RUNNING = "running", _("bezig")
    DONE = "done", _("klaar")
    STOPPED = "stopped", _("gestopt")
    FAILED = "failed", _("mislukt")


class RegisterUnit(TextChoices):
    """What a professional register counts."""

    HOURS = "hours", _("uren")
    POINTS = "points", _("punten")
    UNITS = "units", _("eenheden")


class RegisterLayout(TextChoices):
    """How the attendance file of a register is laid out."""

    RIZIV = "riziv", _("RIZIV")
    PLAIN = "plain", _("gewone lijst")
    NONE = "none", _("geen bestand")


class ReceiptKind(TextChoices):
    """What happened to a file for a register."""

    MADE = "made", _("gemaakt")
    FETCHED = "fetched", _("opgehaald")
    SENT = "sent", _("verstuurd")
    RECEIVED = "received", _("ontvangen door het register")
    REFUSED = "refused", _("geweigerd door het register")
