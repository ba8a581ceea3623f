from django import forms
from django.utils.translation import gettext_lazy as _

from media.domain.packages.limits import MAX_UPLOAD
from media.models import LearningPackage


class PackageUploadForm(forms.Form):
    """One package file, as a new package or as a new version of one that exists."""

    file = forms.FileField(
        label=_("Pakket (.h5p of .zip)"),
        help_text=_("Hoogstens 250 MB. We kijken het eerst na; bewaren doe je in de volgende stap."),
        widget=forms.ClearableFileInput(attrs={"accept": ".h5p,.zip"}),
        # An empty file gets a message of our own, from the check.
        allow_empty_file=True,
    )
    package = forms.ModelChoiceField(
        label=_("Nieuwe versie van"),
        queryset=LearningPackage.objects.all(),
        required=False,
        empty_label=_("— geen, dit is een nieuw pakket —"),
        help_text=_("Wie al bezig is met een oudere versie, houdt die."),
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise forms.ValidationError(
                _("Dit bestand is groter dan 250 MB. Verklein de video’s en probeer opnieuw.")
            )
        return file


class PackageConfirmForm(forms.Form):
    """The second step: keep what was checked."""

    token = forms.CharField(widget=forms.HiddenInput)
    package = forms.ModelChoiceField(
        queryset=LearningPackage.objects.all(), required=False, widget=forms.HiddenInput
    )


class LibraryDecisionForm(forms.Form):
    """An administrator's word on one library."""

    decision = forms.ChoiceField(choices=[("approve", _("Keur goed")), ("refuse", _("Weiger"))])
    reason = forms.CharField(label=_("Reden"), required=False, max_length=500)
