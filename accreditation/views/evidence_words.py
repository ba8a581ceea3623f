"""How each kind of evidence is introduced to the person who adds it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accreditation.enums import EvidenceKind

THANKS = _("Bedankt, we hebben het. Het bureau van het netwerk kijkt het na.")


@dataclass(frozen=True)
class KindWords:
    """`title` heads the form, `short` names it in a list, `intro` says what we look for, `thanks` what comes next."""

    kind: str
    short: str | Promise
    title: str | Promise
    intro: str | Promise
    icon: str
    thanks: str | Promise = THANKS


KIND_WORDS: Mapping[EvidenceKind, KindWords] = {
    EvidenceKind.DIPLOMA: KindWords(
        "diploma",
        _("Diploma"),
        _("Je diploma"),
        _("We kijken één keer na of je opleiding op de lijst staat. Daarna hoeft het niet meer."),
        "graduation-cap",
    ),
    EvidenceKind.TRAINING: KindWords(
        "training",
        _("Opleiding elders"),
        _("Een opleiding die je elders volgde"),
        _("Cursussen op Nestwerk komen vanzelf in je map. Volgde je elders iets? Voeg dan je attest toe."),
        "book-open-check",
    ),
    EvidenceKind.STATEMENT: KindWords(
        "statement",
        _("Intervisie of supervisie elders"),
        _("Intervisie of supervisie buiten Nestwerk"),
        _("Vraag wie de groep begeleidde om een ondertekende verklaring met de datums en het aantal uren."),
        "users-round",
    ),
    EvidenceKind.INSURANCE: KindWords(
        "insurance",
        _("Verzekering"),
        _("Je verzekering"),
        _(
            "Je beroepsaansprakelijkheid, van jezelf of van je werkgever. We kijken alleen of je verzekerd bent en tot "
            "wanneer. Wat je betaalt, mag je afdekken."
        ),
        "shield-check",
    ),
    EvidenceKind.MEMBERSHIP: KindWords(
        "membership",
        _("Beroepsvereniging"),
        _("Je lidmaatschap"),
        _("Een bewijs van lidmaatschap voor dit jaar, bijvoorbeeld je lidkaart of een betaalbewijs."),
        "id-card",
    ),
    EvidenceKind.EXPERIENCE: KindWords(
        "experience",
        _("Verklaring over ervaring"),
        _("Een verklaring over je ervaring"),
        _("Voor wie geen diploma uit de lijst heeft. Vraag je werkgever of een partner om een verklaring."),
        "briefcase",
    ),
    EvidenceKind.LIVED_EXPERIENCE: KindWords(
        "lived_experience",
        _("Ervaringsdeskundigheid"),
        _("Je ervarings\u00addeskundigheid"),
        _(
            "Fijn dat je dit wilt delen. We noteren alleen dát je ervaringsdeskundige bent, je verhaal hoef je "
            "niet te vertellen. Het is een meerwaarde; op zich volstaat het niet voor een erkenning."
        ),
        "heart-handshake",
        _("Bedankt. We hebben het genoteerd."),
    ),
    EvidenceKind.REGISTER: KindWords(
        "register",
        _("Ander register"),
        _("Je inschrijving in een ander register"),
        _(
            "Sta je ingeschreven bij een andere erkenning of vereniging? Eén bewijs kan voor meer criteria tellen."
        ),
        "library",
    ),
    EvidenceKind.LABEL: KindWords(
        "label",
        _("Kwaliteitslabel"),
        _("Je kwaliteitslabel"),
        _("Een label dat jij persoonlijk haalde. Labels van je organisatie voegt het bureau toe."),
        "award",
    ),
    EvidenceKind.COURSE: KindWords("course", _("Cursus op Nestwerk"), _("Cursus"), "", "book-open"),
    EvidenceKind.MEETING: KindWords(
        "meeting", _("Intervisie op Nestwerk"), _("Intervisie"), "", "users-round"
    ),
}
