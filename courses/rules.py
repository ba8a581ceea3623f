"""What may be done with course pages beyond Wagtail's own permissions."""

from wagtail.models import Page

from courses.models import CourseVersion


def is_kept_for_good(page: Page) -> bool:
    """Whether a course at or below this page was ever published: people hold proof that points at its versions."""
    return CourseVersion.objects.filter(course__path__startswith=page.path).exists()
