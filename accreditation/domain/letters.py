"""Letters in plain Dutch, drafted from reason codes: pure. The committee may edit the middle, never how to appeal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.enums import Level, Outcome, ReasonCode

#: What each reason tells the applicant, and what helps.
SENTENCES = {
    ReasonCode.ALL_CRITERIA_MET: gettext_lazy("Je dossier voldoet aan alle kwaliteitscriteria."),
    ReasonCode.EXPERIENCE_CONVINCES: gettext_lazy(
        "Je jaren ervaring in de zorg rond ouders en baby's overtuigen ons (criterium 6)."
    ),
    ReasonCode.DEGREE_NOT_LISTED: gettext_lazy(
        "Je diploma staat niet op de lijst van basisopleidingen (criterium 1). "
        "Werk je al jaren rond ouders en baby's? Dan kun je een dossier indienen op basis van je ervaring."
    ),
    ReasonCode.TRAINING_TOO_SHORT: gettext_lazy(
        "Je volgde nog niet genoeg uren voortgezette opleiding (criterium 2). "
        "Op Nestwerk vind je cursussen die meetellen."
    ),
    ReasonCode.TRAINING_OFF_TOPIC: gettext_lazy(
        "De opleiding die je volgde, gaat te weinig over de mentale gezondheid van ouders en baby's (criterium 2). "
        "Een cursus over dat thema vult dit aan."
    ),
    ReasonCode.EDUCATION_TOO_LITTLE: gettext_lazy(
        "We zien nog te weinig intervisie of supervisie in het voorbije jaar (criterium 3). "
        "Sluit aan bij een intervisiegroep, of voeg een ondertekende verklaring toe."
    ),
    ReasonCode.INSURANCE_LACKING: gettext_lazy(
        "We vinden geen verzekering die nu geldig is (criterium 4). "
        "Voeg het attest van je polis of van je werkgever toe."
    ),
    ReasonCode.MEMBERSHIP_LACKING: gettext_lazy(
        "We missen een bewijs dat je dit jaar lid bent van een beroepsvereniging (criterium 5)."
    ),
    ReasonCode.EXPERIENCE_TOO_LITTLE: gettext_lazy(
        "Je ervaring is nog niet genoeg aangetoond (criterium 6). "
        "Een verklaring van je werkgever met begin, einde en taken helpt ons."
    ),
    ReasonCode.DOCUMENT_UNREADABLE: gettext_lazy(
        "Een van je bewijsstukken kunnen we niet goed lezen. Maak een nieuwe scan of foto en voeg die toe."
    ),
    ReasonCode.DOCUMENT_INCOMPLETE: gettext_lazy(
        "Een van je bewijsstukken is niet volledig. Voeg alle bladzijden toe."
    ),
    ReasonCode.CONDITIONS_HELP: gettext_lazy(
        "Wat nog ontbreekt, kun je later in orde brengen. Daarom erkennen we je met een voorwaarde."
    ),
}


@dataclass(frozen=True)
class LetterDraft:
    """Title and text (paragraphs apart by an empty line)."""

    title: str
    body: str


def decision_letter(
    *,
    outcome: str,
    reason_codes: Sequence[str],
    level: str,
    first_name: str,
    text: str = "",
    valid_until: date | None = None,
    conditions: Sequence[tuple[str, date]] = (),
) -> LetterDraft:
    """Draft of the letter about a decision: what was decided, what it means, what the person can do.

    `conditions`: what must be in order by which day, for a recognition with conditions. `text` is the
    committee's own motivation and comes after the sentences of the reasons. How to appeal is not in it:
    see `appeal_paragraph`.
    """
    level_name = Level(level).label
    reasons = "\n".join(f"- {SENTENCES[ReasonCode(code)]}" for code in reason_codes)
    opening, next_step = {
        Outcome.GRANTED: (
            _("Goed nieuws: je bent erkend als %(level)s.") % {"level": level_name},
            _(
                "Je erkenning geldt tot en met %(until)s. Je getuigschrift staat klaar op Nestwerk. "
                "Wil je dat gezinnen je vinden in het zorgaanbod? Dat kies je zelf in je profiel."
            )
            % {"until": day_words(valid_until)},
        ),
        Outcome.CONDITIONAL: (
            _("Goed nieuws: je bent erkend als %(level)s, met een voorwaarde.") % {"level": level_name},
            _(
                "Je erkenning geldt tot en met %(until)s. Is een voorwaarde niet op tijd in orde? "
                "Dan wordt je erkenning onderbroken tot ze het wel is. Lukt een datum niet? Laat het ons op tijd weten."
            )
            % {"until": day_words(valid_until)},
        ),
        Outcome.REFUSED: (
            _("We hebben je dossier met zorg gelezen. We kunnen je nu niet erkennen als %(level)s.")
            % {"level": level_name},
            _("Je kunt later opnieuw een aanvraag indienen. Wat al in orde is, blijft bewaard."),
        ),
        Outcome.MORE_INFORMATION: (
            _("We hebben je dossier gelezen. Om te beslissen hebben we nog iets van je nodig."),
            _(
                "Vul je dossier aan op Nestwerk en dien het opnieuw in. Dezelfde lezers kijken er dan weer naar."
            ),
        ),
    }[Outcome(outcome)]
    parts = [greeting(first_name), opening, _("Waarom:") + "\n" + reasons, text.strip()]
    parts += [_condition_lines(conditions), next_step]
    parts.append(closing())
    return LetterDraft(title=_title(outcome), body="\n\n".join(part for part in parts if part))


def _condition_lines(conditions: Sequence[tuple[str, date]]) -> str:
    lines = [
        _("- %(what)s, ten laatste op %(day)s") % {"what": text.strip().rstrip("."), "day": day_words(due)}
        for text, due in conditions
    ]
    return "\n".join([_("Dit vragen we nog van je:"), *lines]) if lines else ""


def withdrawal_letter(
    *, first_name: str, level: str, reason: str, on: date, appeal_by: date | None
) -> LetterDraft:
    """The letter about a withdrawal; how to appeal included, unless the person asked for it (`appeal_by` None)."""
    parts = [
        greeting(first_name),
        _("Je erkenning als %(level)s is ingetrokken op %(on)s.")
        % {"level": Level(level).label, "on": day_words(on)},
        _("Waarom:") + "\n" + reason.strip(),
        _(
            "Vanaf nu mag je je niet meer voorstellen als erkend. Je getuigschrift zegt dat het ingetrokken is "
            "en je staat niet meer in het zorgaanbod. Je cursussen en bewijsstukken blijven van jou."
        ),
        objection_paragraph(appeal_by) if appeal_by is not None else "",
        closing(),
    ]
    return LetterDraft(
        title=_("Je erkenning is ingetrokken"), body="\n\n".join(part for part in parts if part)
    )


def appeal_paragraph(appeal_by: date) -> str:
    """How to appeal; stands under every decision and cannot be edited away."""
    return _(
        'Ben je het er niet mee eens? Dat mag. Open deze brief op Nestwerk, kies "Dien bezwaar in" ten laatste op '
        "%(day)s, en schrijf waarom. Dan bekijken andere leden van de commissie je dossier opnieuw. "
        "Dat kost je niets."
    ) % {"day": day_words(appeal_by)}


def objection_paragraph(by: date) -> str:
    """How to appeal against a withdrawal."""
    return _(
        'Ben je het er niet mee eens? Dat mag. Open deze brief op Nestwerk, kies "Dien bezwaar in" ten laatste op '
        "%(day)s, en schrijf waarom. Dan kijken leden van de commissie die er nog niet bij betrokken waren, je dossier "
        "opnieuw na. Dat kost je niets."
    ) % {"day": day_words(by)}


def appeal_received_letter(*, first_name: str, decide_by: date) -> LetterDraft:
    """An appeal came in."""
    parts = [
        greeting(first_name),
        _("We kregen je bezwaar goed aan."),
        _(
            "Andere leden van de commissie lezen je dossier helemaal opnieuw, samen met wat je schreef. "
            "Wie er de eerste keer over oordeelde, leest nu niet mee."
        ),
        _("Je hoort van ons ten laatste op %(day)s. Je hoeft intussen niets te doen.")
        % {"day": day_words(decide_by)},
        closing(),
    ]
    return LetterDraft(title=_("We kregen je bezwaar"), body="\n\n".join(parts))


def last_word_paragraph() -> str:
    """Under the decision on an appeal."""
    return _(
        "Dit is het antwoord op je bezwaar. Andere leden dan de eerste keer lazen je dossier helemaal opnieuw. "
        "Binnen het netwerk is dit de laatste stap. Heb je vragen? Antwoord op de mail bij deze brief."
    )


def _title(outcome: str) -> str:
    return {
        Outcome.GRANTED: _("Je bent erkend"),
        Outcome.CONDITIONAL: _("Je bent erkend, met een voorwaarde"),
        Outcome.REFUSED: _("Over je aanvraag tot erkenning"),
        Outcome.MORE_INFORMATION: _("We hebben nog iets van je nodig"),
    }[Outcome(outcome)]


def greeting(first_name: str) -> str:
    """The first line of every letter."""
    return _("Dag %(name)s,") % {"name": first_name} if first_name else _("Dag,")


def closing() -> str:
    """The last lines of every letter."""
    return _("Met warme groet,\nde commissie van experten")


def day_words(day: date | None) -> str:
    """A day in words; empty for none."""
    return date_format(day, "j F Y") if day else ""
