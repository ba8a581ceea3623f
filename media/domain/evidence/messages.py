"""What we say about an evidence file: what happened and what the person can do."""

from django.utils.translation import gettext as _


def evidence_message(code: str) -> str:
    """The Dutch message of one finding."""
    messages = {
        "empty": _("Dit bestand is leeg (0 bytes). Kies het opnieuw, of maak een nieuwe scan of foto."),
        "too_large": _(
            "Dit bestand is groter dan 25 MB. Maak een foto met lagere kwaliteit, of scan in zwart-wit."
        ),
        "html": _(
            "Dit is een webpagina, ook al heet ze anders. Open ze, kies “Afdrukken” en bewaar als pdf."
        ),
        "svg": _("Een SVG-tekening nemen we niet aan. Bewaar ze als pdf of als foto (jpg, png)."),
        "office": _(
            "Dit is een tekstdocument (Word of zoiets) of een zip. Bewaar het als pdf en kies dan dat bestand."
        ),
        "unknown_type": _("Dit soort bestand kennen we niet. Kies een pdf of een foto (jpg, png, heic)."),
        "polyglot": _(
            "Dit bestand is twee dingen tegelijk. Open het, bewaar het opnieuw als pdf of foto, en kies dat bestand."
        ),
        "pdf_password": _(
            "Deze pdf is met een wachtwoord beveiligd. Bewaar ze zonder wachtwoord en kies ze opnieuw."
        ),
        "pdf_corrupt": _(
            "Deze pdf is beschadigd. Open ze, kies “Afdrukken”, bewaar als pdf en probeer opnieuw."
        ),
        "pdf_no_pages": _("In deze pdf zit geen enkele bladzijde. Kies een ander bestand."),
        "pdf_too_many_pages": _(
            "Deze pdf telt meer dan 300 bladzijden. Kies alleen de bladzijden die ertoe doen."
        ),
        "image_corrupt": _("Deze foto kunnen we niet openen. Maak een nieuwe foto en probeer opnieuw."),
        "image_too_many_pixels": _(
            "Deze foto heeft te veel beeldpunten (meer dan 50 miljoen). Bewaar ze kleiner en probeer opnieuw."
        ),
        "too_heavy": _(
            "Dit bestand is te zwaar om te openen. Bewaar het opnieuw als eenvoudige pdf of foto."
        ),
        "infected": _(
            "Onze virusscanner vond iets in dit bestand. We namen het niet aan. Laat je toestel nakijken en maak een "
            "nieuwe scan of foto van het papier."
        ),
        "scan_failed": _(
            "We konden dit bestand nu niet op virussen nakijken. Er is niets verloren: probeer het over "
            "enkele minuten nog eens."
        ),
        "redact_too_many_pages": _(
            "We kunnen hoogstens 40 bladen tegelijk afdekken. Duid aan welke bladen weg mogen, en probeer opnieuw."
        ),
        "too_many_photos": _("Hoogstens 40 foto's in één pdf. Haal er enkele weg."),
        "no_photos": _("Kies eerst een foto."),
        "name_differs": _("De naam zegt iets anders dan wat het bestand is. We bewaren het als wat het is."),
        "active_removed": _(
            "We haalden programmaatjes, bijlagen of formulieracties uit de pdf. De tekst bleef dezelfde."
        ),
        "signature_removed": _(
            "De pdf had een digitale handtekening. Door het opkuisen geldt die niet meer voor onze kopie."
        ),
        "location_removed": _("We haalden plaats en toestelgegevens uit de foto."),
        "scaled_down": _("We verkleinden de foto tot 4.000 beeldpunten. Ze blijft goed leesbaar."),
        "first_picture_only": _("In dit bestand zitten meer beelden. We bewaren het eerste."),
    }
    return messages.get(code, messages["unknown_type"])
