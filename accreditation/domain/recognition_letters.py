"""Letters about the life of a recognition, in plain Dutch: pure. Each says what, why, what it means and what helps."""

from datetime import date

from django.utils.translation import gettext as _

from accreditation.domain.letters import LetterDraft, closing, day_words, greeting
from accreditation.enums import Level


def _letter(title: str, *parts: str) -> LetterDraft:
    return LetterDraft(title=title, body="\n\n".join(part for part in (*parts, closing()) if part))


def _why(reason: str, text: str) -> str:
    words = "\n".join(part for part in (reason, text.strip()) if part)
    return f"{_('Waarom:')}\n{words}" if words else ""


def deferral_letter(
    *, first_name: str, level: str, reason: str, text: str, until: date, grace_until: date
) -> LetterDraft:
    """Renewing may wait."""
    return _letter(
        _("Je krijgt uitstel"),
        greeting(first_name),
        _("Je vroeg meer tijd om je erkenning als %(level)s te verlengen. Die tijd krijg je.")
        % {"level": Level(level).label},
        _why(reason, text),
        _(
            "Je erkenning geldt nu tot en met %(until)s. Verlengen kan tot en met %(grace)s. "
            "Op je getuigschrift staat de nieuwe datum."
        )
        % {"until": day_words(until), "grace": day_words(grace_until)},
        _("Je hoeft nu niets te doen. We sturen je een mail als de tijd van verlengen begint."),
    )


def suspension_letter(
    *, first_name: str, level: str, reason: str, text: str, since: date, until: date | None
) -> LetterDraft:
    """The recognition rests."""
    end = (
        _("De schorsing duurt tot en met %(until)s en stopt daarna vanzelf.") % {"until": day_words(until)}
        if until
        else _("De schorsing duurt tot we je schrijven dat ze stopt.")
    )
    return _letter(
        _("Je erkenning is geschorst"),
        greeting(first_name),
        _("Je erkenning als %(level)s is geschorst vanaf %(since)s.")
        % {"level": Level(level).label, "since": day_words(since)},
        _why(reason, text),
        end,
        _(
            "Een schorsing is geen oordeel. Zolang ze duurt, stel je je niet voor als erkend en sta je niet in "
            "het zorgaanbod. Wie je getuigschrift controleert, leest dat het onderbroken is. "
            "Je erkenning zelf blijft bestaan."
        ),
        _("Wil je iets uitleggen of rechtzetten? Antwoord op de mail bij deze brief."),
    )


def lifting_letter(*, first_name: str, level: str, text: str) -> LetterDraft:
    """The suspension ended."""
    return _letter(
        _("De schorsing is voorbij"),
        greeting(first_name),
        _("De schorsing van je erkenning als %(level)s is opgeheven. Je mag je weer voorstellen als erkend.")
        % {"level": Level(level).label},
        text.strip(),
        _("Koos je ervoor om in het zorgaanbod te staan? Dan sta je er vanaf nu weer in."),
    )


def hearing_letter(*, first_name: str, level: str, ground: str, reason: str, respond_by: date) -> LetterDraft:
    """A withdrawal is intended; the person is heard first."""
    return _letter(
        _("We willen eerst jouw verhaal horen"),
        greeting(first_name),
        _("We overwegen om je erkenning als %(level)s in te trekken. Er is nog niets beslist.")
        % {"level": Level(level).label},
        _why(ground, reason),
        _(
            'Je hebt het recht om gehoord te worden. Schrijf je antwoord op Nestwerk, bij "Mijn erkenning", '
            "ten laatste op %(day)s. Wil je liever praten? Schrijf dat dan in je antwoord, dan maken we een afspraak."
        )
        % {"day": day_words(respond_by)},
        _("Je erkenning geldt intussen gewoon verder. We lezen je antwoord voor we iets beslissen."),
    )


def kept_letter(*, first_name: str, level: str, text: str) -> LetterDraft:
    """The recognition stays."""
    return _letter(
        _("Je erkenning blijft"),
        greeting(first_name),
        _("Dank je voor je tijd. We trekken je erkenning als %(level)s niet in. Ze geldt gewoon verder.")
        % {"level": Level(level).label},
        text.strip(),
    )


def condition_letter(*, first_name: str, level: str, condition: str) -> LetterDraft:
    """One condition is in order."""
    return _letter(
        _("Een voorwaarde is in orde"),
        greeting(first_name),
        _("Bij je erkenning als %(level)s stond deze voorwaarde:") % {"level": Level(level).label},
        condition,
        _("Ze is in orde. Dank je wel."),
    )
