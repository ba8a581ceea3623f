"""The words around name and title: those of the template version that the certificate pins, else the built-in ones."""

import base64
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accreditation.enums import CertificateKind
from accreditation.models import Certificate

#: Language of a template, the tag in the file, Django's name.
LANGUAGES = {"nl": ("nl-BE", "nl-be"), "fr": ("fr-BE", "fr"), "en": ("en", "en")}
#: What may stand in a text; filled in from the certificate itself.
PLACEHOLDERS = ("naam", "titel", "nummer")


@dataclass(frozen=True)
class Signatory:
    """Who signs, with their function."""

    name: str
    function: str


@dataclass(frozen=True)
class PaperWords:
    """Every text of the paper that a template decides."""

    heading: str
    says: str
    does: str
    motto: str
    signatories: tuple[Signatory, ...] = ()
    logo: str = ""
    language: str = "nl-BE"
    django_language: str = "nl-be"


def words_of(certificate: Certificate) -> PaperWords:
    """The words of one certificate; reads its template version when it has one."""
    version = certificate.template_version
    if version is None:
        return built_in_words(certificate.kind)
    return words_from(
        version.words,
        {"naam": certificate.holder_name, "titel": certificate.title, "nummer": certificate.number},
    )


def words_from(words: dict[str, Any], values: dict[str, str]) -> PaperWords:
    """Words as a template version keeps them, with the placeholders filled in."""
    language, django_language = LANGUAGES[words["language"]]
    return PaperWords(
        heading=fill(words["heading"], values),
        says=fill(words["says"], values),
        does=fill(words["does"], values),
        motto=fill(words["motto"], values),
        signatories=tuple(Signatory(each["name"], each["function"]) for each in words["signatories"]),
        logo=words["logo"],
        language=language,
        django_language=django_language,
    )


def fill(text: str, values: dict[str, str]) -> str:
    """Put values in place of {naam}, {titel}, {nummer}; anything else stays as it is."""
    for name in PLACEHOLDERS:
        text = text.replace("{" + name + "}", values[name])
    return text


def built_in_words(kind: str) -> PaperWords:
    """What stands on the paper while nobody made a template."""
    does = {
        CertificateKind.COURSE: _("deze opleiding heeft afgerond:"),
        CertificateKind.ATTENDANCE: _("aanwezig was op:"),
        CertificateKind.INTERVISION: _("heeft deelgenomen aan:"),
        CertificateKind.TRAINER: _("deze opleiding mag geven:"),
        CertificateKind.RECOGNITION: _("erkend is als"),
    }
    headings = {
        CertificateKind.ATTENDANCE: _("Bewijs van aanwezigheid"),
        CertificateKind.TRAINER: _("Licentie van trainer"),
        CertificateKind.RECOGNITION: _("Erkenning"),
    }
    return PaperWords(
        heading=headings.get(CertificateKind(kind), _("Getuigschrift")),
        says=_("Nestwerk verklaart dat"),
        does=does[CertificateKind(kind)],
        motto=_("Mentale gezondheid van ouders en baby’s, samen gedragen."),
    )


def data_uri(png: bytes) -> str:
    """A picture that needs no file."""
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
