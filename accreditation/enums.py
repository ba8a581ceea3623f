"""Words that the accreditation floor chooses from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """The two levels of recognition."""

    BASIC = "basic", _("perinatale mentale basiszorgverlener")
    SPECIALISED = "specialised", _("gespecialiseerde perinatale hulpverlener")


class DossierRoute(TextChoices):
    """How criterion 1 is met: by a degree from the table, or by years of experience (criterion 6)."""

    DEGREE = "degree", _("met een diploma uit de lijst")
    EXPERIENCE = "experience", _("via je ervaring")


class Transition(TextChoices):
    """What a new version of the criteria means for dossiers that are under way when it begins."""

    AT_ONCE = "at_once", _("De nieuwe criteria gelden meteen, ook voor wie bezig is.")
    HANDED_IN = "handed_in", _("Wie al indiende, houdt de vorige criteria tot de beslissing.")
    OPEN_DOSSIERS = (
        "open_dossiers",
        _("Wie al een dossier open had, mag nog een tijd met de vorige criteria."),
    )


class WhatIfStatus(TextChoices):
    """How far a run of a draft over everybody is."""

    WAITING = "waiting", _("begint zo")
    RUNNING = "running", _("is bezig")
    DONE = "done", _("is klaar")
    STOPPED = "stopped", _("is gestopt")
    FAILED = "failed", _("is mislukt")


class WhatIfVerdict(TextChoices):
    """What a draft would do to somebody."""

    GAINS = "gains", _("komt in orde")
    LOSES = "loses", _("is niet meer in orde")


class PathPreference(TextChoices):
    """What somebody looks for in a plan."""

    SOONEST = "soonest", _("Het snelst")
    NEAREST = "nearest", _("Het dichtst")
    CHEAPEST = "cheapest", _("Het goedkoopst")


class EvidenceKind(TextChoices):
    """What a piece of evidence is; decides which facts are asked and which criterion it serves."""

    DIPLOMA = "diploma", _("diploma")
    COURSE = "course", _("cursus op Nestwerk")
    TRAINING = "training", _("opleiding elders")
    MEETING = "meeting", _("intervisie of supervisie op Nestwerk")
    STATEMENT = "statement", _("intervisie of supervisie elders")
    INSURANCE = "insurance", _("beroepsaansprakelijkheid")
    MEMBERSHIP = "membership", _("lidmaatschap van een beroepsvereniging")
    EXPERIENCE = "experience", _("verklaring over je ervaring")
    LIVED_EXPERIENCE = "lived_experience", _("ervaringsdeskundigheid")
    REGISTER = "register", _("inschrijving in een ander register")
    LABEL = "label", _("kwaliteitslabel")


class EvidenceStatus(TextChoices):
    """What the network's office said about a piece of evidence."""

    WAITING = "waiting", _("wordt nagekeken")
    VERIFIED = "verified", _("nagekeken en goed")
    REFUSED = "refused", _("telt niet mee")
    NEEDS_MORE = "needs_more", _("we vragen nog iets")


class EvidenceOrigin(TextChoices):
    """How evidence came in."""

    UPLOAD = "upload", _("door jou toegevoegd")
    COURSE = "course", _("vanzelf, uit een cursus")
    MEETING = "meeting", _("vanzelf, uit intervisie of supervisie")
    #: By somebody outside, through a link.
    ATTESTED = "attested", _("bevestigd door iemand anders")


#: Rows of their own, with a file or a statement; the others come from courses and meetings.
OWN_ORIGINS = (EvidenceOrigin.UPLOAD, EvidenceOrigin.ATTESTED)


class CriterionState(TextChoices):
    """Where somebody stands on one criterion. Values are part of the interface of `assess`."""

    MET = "met", _("In orde")
    PENDING = "pending", _("Wordt nagekeken")
    MISSING = "missing", _("Nog nodig")
    EXPIRING = "expiring", _("Loopt af")


class DossierStage(TextChoices):
    """Where a dossier stands; who acts next follows from it."""

    COLLECTING = "collecting", _("je verzamelt")
    SUBMITTED = "submitted", _("ingediend")
    READING = "reading", _("wordt gelezen")
    MORE_INFORMATION = "more_information", _("we vragen nog iets")
    GRANTED = "granted", _("erkenning toegekend")
    REFUSED = "refused", _("erkenning niet toegekend")
    WITHDRAWN = "withdrawn", _("ingetrokken")


#: A dossier in one of these stages is finished; a new one may begin.
CLOSED_STAGES = (DossierStage.GRANTED, DossierStage.REFUSED, DossierStage.WITHDRAWN)
#: The professional may gather and submit.
EDITABLE_STAGES = (DossierStage.COLLECTING, DossierStage.MORE_INFORMATION)


class Outcome(TextChoices):
    """What the committee can say about a dossier round."""

    GRANTED = "granted", _("erkenning toekennen")
    CONDITIONAL = "conditional", _("erkenning toekennen met voorwaarden")
    REFUSED = "refused", _("erkenning niet toekennen")
    MORE_INFORMATION = "more_information", _("meer informatie vragen")


#: Outcomes after which the person is recognised.
GRANTING_OUTCOMES = (Outcome.GRANTED, Outcome.CONDITIONAL)


class CertificateKind(TextChoices):
    """What a certificate proves."""

    COURSE = "course", _("getuigschrift van een cursus")
    ATTENDANCE = "attendance", _("bewijs van aanwezigheid")
    INTERVISION = "intervision", _("uren intervisie en supervisie")
    TRAINER = "trainer", _("licentie van trainer")
    RECOGNITION = "recognition", _("erkenning")


class CertificateStatus(TextChoices):
    """Where a certificate stands on a day; worked out from dates when somebody asks, never stored."""

    VALID = "valid", _("geldig")
    NOT_YET = "not_yet", _("nog niet geldig")
    INTERRUPTED = "interrupted", _("onderbroken")
    EXPIRED = "expired", _("verlopen")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    SUPERSEDED = "superseded", _("vervangen")


class ConflictGround(TextChoices):
    """Why a committee member must not judge a dossier. All but the last are computed from relations."""

    EMPLOYER = "employer", _("dezelfde organisatie")
    TEAM = "team", _("hetzelfde team")
    COHORT = "cohort", _("samen een cursus gevolgd")
    INTERVISION = "intervision", _("dezelfde intervisiegroep")
    TRAINER = "trainer", _("trainer en deelnemer van een cursus")
    SUPERVISOR = "supervisor", _("supervisor of ondertekenaar van een verklaring")
    DECLARED = "declared", _("door het commissielid gemeld")


class ReleaseReason(TextChoices):
    """Why a reader no longer reads a round."""

    CONFLICT = "conflict", _("belangenconflict")
    MANDATE = "mandate", _("mandaat is afgelopen")
    WITHDRAWN = "withdrawn", _("dossier is ingetrokken")


class ReasonCode(TextChoices):
    """Why an opinion or decision says what it says; the letter is drafted from these."""

    ALL_CRITERIA_MET = "all_criteria_met", _("Alle criteria zijn in orde")
    EXPERIENCE_CONVINCES = "experience_convinces", _("De ervaring overtuigt (criterium 6)")
    DEGREE_NOT_LISTED = "degree_not_listed", _("Het diploma staat niet op de lijst (criterium 1)")
    TRAINING_TOO_SHORT = "training_too_short", _("Te weinig uren opleiding (criterium 2)")
    TRAINING_OFF_TOPIC = "training_off_topic", _("De opleiding gaat niet over ouders en baby's (criterium 2)")
    EDUCATION_TOO_LITTLE = "education_too_little", _("Te weinig intervisie of supervisie (criterium 3)")
    INSURANCE_LACKING = "insurance_lacking", _("Geen geldige beroepsaansprakelijkheid (criterium 4)")
    MEMBERSHIP_LACKING = "membership_lacking", _("Geen lidmaatschap van een beroepsvereniging (criterium 5)")
    EXPERIENCE_TOO_LITTLE = "experience_too_little", _("Te weinig ervaring aangetoond (criterium 6)")
    DOCUMENT_UNREADABLE = "document_unreadable", _("Een bewijsstuk is niet leesbaar")
    DOCUMENT_INCOMPLETE = "document_incomplete", _("Een bewijsstuk is onvolledig")
    CONDITIONS_HELP = "conditions_help", _("Met een voorwaarde komt het in orde")


#: Reasons for a positive outcome; all others go with refusing or asking more.
POSITIVE_REASONS = (ReasonCode.ALL_CRITERIA_MET, ReasonCode.EXPERIENCE_CONVINCES)


class LetterKind(TextChoices):
    """What a letter is about."""

    DECISION = "decision", _("beslissing over je aanvraag")
    WITHDRAWAL = "withdrawal", _("intrekking van je erkenning")
    DEFERRAL = "deferral", _("uitstel van je verlenging")
    SUSPENSION = "suspension", _("schorsing van je erkenning")
    LIFTING = "lifting", _("einde van een schorsing")
    HEARING = "hearing", _("voornemen om je erkenning in te trekken")
    HEARING_END = "hearing_end", _("je erkenning blijft")
    CONDITION = "condition", _("voorwaarde in orde")
    APPEAL = "appeal", _("ontvangst van je bezwaar")


class RecognitionStatus(TextChoices):
    """What a recognition is worth on a day; worked out from dates when somebody asks, never stored."""

    UPCOMING = "upcoming", _("gaat nog in")
    VALID = "valid", _("geldig")
    EXPIRING = "expiring", _("geldig, verlengen kan")
    INTERRUPTED = "interrupted", _("onderbroken")
    SUSPENDED = "suspended", _("geschorst")
    GRACE = "grace", _("verlopen, verlengen kan nog")
    EXPIRED = "expired", _("verlopen")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    REPLACED = "replaced", _("vervangen door een nieuwe")


#: The holder may be shown as recognised.
HOLDING_STATUSES = (RecognitionStatus.VALID, RecognitionStatus.EXPIRING)


class FeedStatus(TextChoices):
    """What a version in the public stream says about a recognition. Values are part of the interface."""

    VALID = "valid", _("erkend")
    #: Something that must hold every day, such as the insurance, does not at this moment.
    INTERRUPTED = "interrupted", _("onderbroken")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    EXPIRED = "expired", _("verlopen")
    REPLACED = "replaced", _("vervangen door een nieuwe erkenning")
    #: The person no longer wants to be listed; says nothing about the recognition itself.
    UNLISTED = "unlisted", _("niet langer op de lijst")


class ReceiptOutcome(TextChoices):
    """What came of one attempt to tell a partner."""

    DELIVERED = "delivered", _("aangekomen")
    REFUSED = "refused", _("geweigerd")
    NO_ANSWER = "no_answer", _("geen antwoord")
    BLOCKED = "blocked", _("adres niet toegelaten")
