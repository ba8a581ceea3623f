"""What the office issues together: hours of a year, attendance of a group, one licence."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.domain.bulk_issue import BulkPlan, plan_attendance, plan_hours, plan_licence
from accreditation.domain.certificates import DUTCH
from accreditation.domain.issue_batches import languages_for
from accreditation.enums import CertificateKind
from accreditation.models.certificate_template import TEMPLATE_LANGUAGES
from courses.api import list_courses
from lms.api import attended_groups
from people.api import Role, User

FIRST_YEAR = 2020


class IssueForm(forms.Form):
    """Base: the language of the paper, among those with a published template."""

    kind: ClassVar[str]
    language = forms.ChoiceField(label=_("Taal van het papier"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = languages_for(self.kind)
        field: Any = self.fields["language"]
        field.choices = [(key, name) for key, name in TEMPLATE_LANGUAGES if key in known]
        field.initial = DUTCH
        if len(known) == 1:
            field.help_text = _("Voor een andere taal maak je eerst een sjabloon bij Beheer.")
        self.order_fields([name for name in self.fields if name != "language"])

    def plan(self) -> BulkPlan:
        """What would happen: nothing, for a form that chooses nothing. Raises CertificateError."""
        return BulkPlan(self.kind, (), 0, ())

    def about(self) -> str:
        """In words, without names."""
        return str(CertificateKind(self.kind).label)


class HoursForm(IssueForm):
    """Confirmed hours of intervision and supervision of a calendar year."""

    kind = CertificateKind.INTERVISION
    year = forms.IntegerField(label=_("Jaar"), min_value=FIRST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        self.fields["year"].initial = this
        self.fields["year"].widget.attrs["max"] = this

    def clean_year(self) -> int:
        """A year that began."""
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("Dit jaar is nog niet begonnen."))
        return year

    def plan(self) -> BulkPlan:
        """Everybody with confirmed hours in the year."""
        return plan_hours(year=self.cleaned_data["year"])

    def about(self) -> str:
        """The year."""
        return str(_("Intervisie en supervisie in %s") % self.cleaned_data["year"])


class AttendanceForm(IssueForm):
    """Who was at every session of a group."""

    kind = CertificateKind.ATTENDANCE
    group = forms.ChoiceField(
        label=_("Groep"), help_text=_("Groepen van het voorbije jaar met een afgesloten aanwezigheidslijst.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["group"]
        field.choices = [("", _("Kies de groep")), *((str(pk), name) for pk, name in attended_groups())]

    def plan(self) -> BulkPlan:
        """Everybody who was there from first to last."""
        return plan_attendance(group_id=int(self.cleaned_data["group"]))

    def about(self) -> str:
        """Course and group."""
        field: Any = self.fields["group"]
        return str(dict(field.choices)[self.cleaned_data["group"]])


class LicenceForm(IssueForm):
    """One trainer, one course, from a day to a day."""

    kind = CertificateKind.TRAINER
    email = forms.EmailField(label=_("E-mailadres van de trainer"))
    course = forms.ChoiceField(label=_("Welke opleiding mag die geven?"))
    valid_from = forms.DateField(
        label=_("Geldig vanaf"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=_("Geldig tot en met"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["course"]
        field.choices = [("", _("Kies de opleiding")), *((each.title, each.title) for each in list_courses())]

    def clean_email(self) -> str:
        """Somebody with an open account who may teach."""
        email: str = self.cleaned_data["email"]
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("We kennen geen account met dit adres. Kijk het nog eens na."))
        if not person.has_role(Role.TRAINER):
            raise forms.ValidationError(
                _("Deze persoon is nog geen trainer. Geef eerst de rol van trainer, bij Mensen.")
            )
        self.person = person
        return email

    def clean(self) -> dict[str, Any]:
        """Days in the right order."""
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("De laatste dag komt voor de eerste."))
        return data

    def plan(self) -> BulkPlan:
        """One licence."""
        data = self.cleaned_data
        return plan_licence(
            person=self.person,
            title=data["course"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )

    def about(self) -> str:
        """The course, not the person."""
        return str(_("Licentie van trainer: %s") % self.cleaned_data["course"])


FORMS: dict[str, type[IssueForm]] = {
    "uren": HoursForm,
    "aanwezigheid": AttendanceForm,
    "licentie": LicenceForm,
}
