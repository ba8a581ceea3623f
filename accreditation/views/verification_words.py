"""The sentences of the verification page, per kind of certificate and in the language of the page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accreditation.domain.file_check import FileVerdict, Outcome
from accreditation.domain.queries.verification import Verification
from accreditation.enums import CertificateKind, Level


@dataclass(frozen=True)
class Words:
    """What stands large on the page; `kind` names the certificate in the list of facts."""

    kind: str
    title: str
    says_yes: str
    expired: str
    interrupted: str
    not_yet: str
    withdrawn: str


@dataclass(frozen=True)
class FileNote:
    """What the file itself is: a tone of the alert component, a title and what to do."""

    tone: str
    title: str
    text: str


def words_of(answer: Verification) -> Words:
    """The sentences for one certificate."""
    of = {"name": answer.holder_name, "title": title_of(answer)}
    if answer.kind == CertificateKind.RECOGNITION:
        return Words(
            kind=_("Erkenning"),
            title=of["title"],
            says_yes=_("%(name)s is vandaag erkend als %(title)s.")
            % {**of, "title": of["title"][:1].lower() + of["title"][1:]},
            expired=_("Let op: de erkenning van %(name)s is verlopen.") % of,
            interrupted=_("Let op: de erkenning van %(name)s is onderbroken.") % of,
            not_yet=_("De erkenning van %(name)s is nog niet begonnen.") % of,
            withdrawn=_("Nee, de erkenning van %(name)s geldt niet meer.") % of,
        )
    return Words(
        kind=KIND_NAMES().get(answer.kind, _("Opleiding")),
        title=of["title"],
        says_yes=_says_yes(answer.kind) % {**of, "hours": answer.hours},
        expired=_("Let op: dit getuigschrift van %(name)s is verlopen.") % of,
        interrupted=_("Let op: dit getuigschrift van %(name)s is onderbroken.") % of,
        not_yet=_("Dit getuigschrift van %(name)s is nog niet begonnen.") % of,
        withdrawn=_("Nee, dit getuigschrift van %(name)s geldt niet meer.") % of,
    )


def KIND_NAMES() -> dict[str, str]:
    """The label before the title."""
    return {
        CertificateKind.COURSE: _("Opleiding"),
        CertificateKind.ATTENDANCE: _("Aanwezigheid"),
        CertificateKind.INTERVISION: _("Intervisie en supervisie"),
        CertificateKind.TRAINER: _("Licentie van trainer"),
    }


def _says_yes(kind: str) -> str:
    return {
        CertificateKind.ATTENDANCE: _("%(name)s was aanwezig op “%(title)s”."),
        CertificateKind.INTERVISION: _("%(name)s nam deel aan %(title)s."),
        CertificateKind.TRAINER: _("%(name)s mag vandaag “%(title)s” geven."),
    }.get(CertificateKind(kind), _("%(name)s heeft “%(title)s” afgerond."))


def title_of(answer: Verification) -> str:
    """The title; that of a recognition in the language of the page, others as they were printed."""
    if answer.kind == CertificateKind.RECOGNITION and answer.level in Level.values:
        label = str(Level(answer.level).label)
        return label[:1].upper() + label[1:]
    return answer.title


def note_of(verdict: FileVerdict) -> FileNote:
    """What to say of a file."""
    return {
        Outcome.GENUINE: FileNote(
            "success",
            _("Dit bestand is echt."),
            _("Het is precies zoals wij het uitreikten. Hieronder lees je of het vandaag nog geldt."),
        ),
        Outcome.CHANGED: FileNote(
            "danger",
            _("Aan dit bestand is iets veranderd."),
            _("Het draagt onze naam, maar het is niet meer zoals wij het uitreikten. Reken er niet op."),
        ),
        Outcome.OTHER_ISSUER: FileNote(
            "warning",
            _("Dit bestand komt niet van ons."),
            _("Iemand anders gaf het uit. Vraag het na bij wie er als uitgever op staat."),
        ),
        Outcome.UNSEALED: FileNote(
            "warning",
            _("Er zit geen zegel van ons in deze pdf."),
            _("Het kan een afdruk of een scan zijn. Typ de code van het papier, dan weet je het zeker."),
        ),
        Outcome.REVOKED_KEY: FileNote(
            "danger",
            _("Dit bestand is met een ingetrokken sleutel ondertekend."),
            _("Vraag de houder om een nieuw bestand, of typ de code van het papier."),
        ),
        Outcome.NOT_YET: FileNote(
            "warning",
            _("Dit bestand is echt, maar het begint pas later te gelden."),
            _("Hieronder lees je vanaf wanneer."),
        ),
        Outcome.UNREADABLE: FileNote(
            "warning",
            _("We kunnen dit bestand niet lezen."),
            _("Kies de pdf van het getuigschrift, de badge (png of svg) of het credential (json)."),
        ),
        Outcome.EMPTY: FileNote(
            "warning",
            _("Er zit niets in dit bestand."),
            _("Kies het bestand opnieuw; misschien is het niet heel."),
        ),
        Outcome.TOO_BIG: FileNote(
            "warning",
            _("Dit bestand is te groot."),
            _("Onze bestanden zijn kleiner dan 5 MB. Kies het bestand zelf, geen scan of foto."),
        ),
    }[verdict.outcome]
