"""A message to a cohort."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.domain.messages import check_text
from lms.exceptions import CohortError


class MessageForm(forms.Form):
    """Subject and text with placeholders; `key` makes a second click send nothing."""

    subject = forms.CharField(
        label=_("Onderwerp"),
        max_length=120,
        error_messages={"required": _("Geef je bericht een onderwerp.")},
    )
    body = forms.CharField(
        label=_("Je bericht"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Schrijf niets over een gezin, een kind of iemands gezondheid."),
        error_messages={"required": _("Schrijf nog je bericht.")},
    )
    keep_as = forms.CharField(
        label=_("Bewaar ook als sjabloon, met deze naam"), max_length=80, required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_subject(self) -> str:
        """Known placeholders only."""
        return self._checked("subject")

    def clean_body(self) -> str:
        """Known placeholders only."""
        return self._checked("body")

    def _checked(self, name: str) -> str:
        text: Any = self.cleaned_data[name]
        try:
            check_text(text)
        except CohortError as error:
            raise forms.ValidationError(error.message) from error
        return str(text)
