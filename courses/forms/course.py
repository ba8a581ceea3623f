"""The course in the back office: publishing is refused, in words, when no version can be made of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class CourseForm(WagtailAdminPageForm):
    """Saves drafts in any state; publishes only what a learner can finish."""

    def clean(self) -> dict[str, Any]:
        """Check dates always, and when publishing everything that the version needs."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reviewed, due = cleaned.get("reviewed_on"), cleaned.get("review_due")
        if reviewed and due and due <= reviewed:
            self.add_error("review_due", _("Kies een dag na de dag van het nazicht."))
        chosen = cleaned.get("prerequisites")
        if chosen and self.instance.pk:
            from courses.domain.queries.terms import would_be_circular

            circular = would_be_circular(self.instance.pk, [page.pk for page in chosen])
            if circular:
                said = _(
                    "Deze cursus komt zelf voor %(titles)s. Haal een van beide weg, anders begint niemand."
                )
                self.add_error("prerequisites", said % {"titles": ", ".join(circular)})
        if not self.is_deferred_validation and not self.errors:
            for problem in self._problems(cleaned):
                self.add_error(None, ValidationError(problem))
        return cleaned

    def _problems(self, cleaned: dict[str, Any]) -> tuple[str, ...]:
        """What would keep this course from becoming a version, with the rule as it stands in the form."""
        from courses.domain.facts import CompletionRule
        from courses.domain.publish import check_course

        rule = CompletionRule(
            lessons=bool(cleaned.get("complete_lessons")),
            checks=bool(cleaned.get("complete_checks")),
            activities=bool(cleaned.get("complete_activities")),
            attendance_share=cleaned.get("complete_attendance") or 0,
            reflections=cleaned.get("complete_reflections") or 0,
        )
        return check_course(course=self.instance, rule=rule)
