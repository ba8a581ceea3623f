"""Django's own password rules, told in the voice of the house."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class NotLikeYourself(password_validation.UserAttributeSimilarityValidator):
    """Not too much like one's name or address."""

    def get_help_text(self) -> str:
        return _("Laat het niet op je naam of je e-mailadres lijken.")


class LongEnough(password_validation.MinimumLengthValidator):
    """A least number of characters."""

    def get_help_text(self) -> str:
        text = ngettext("Neem minstens %(count)d teken.", "Neem minstens %(count)d tekens.", self.min_length)
        return text % {"count": self.min_length}


class NotWellKnown(password_validation.CommonPasswordValidator):
    """Not one of the passwords that everybody uses."""

    def get_help_text(self) -> str:
        return _("Kies er geen dat veel mensen gebruiken.")


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    """More than digits."""

    def get_help_text(self) -> str:
        return _("Neem niet alleen cijfers. Enkele gewone woorden na elkaar werken goed.")
