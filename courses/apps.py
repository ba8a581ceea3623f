from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Cursussen"

    def ready(self) -> None:
        """Listen to Wagtail's publications."""
        from wagtail.signals import page_published

        from courses.models import CourseIndexPage, CoursePage
        from courses.receivers import give_author_rights, make_version

        page_published.connect(make_version, sender=CoursePage, dispatch_uid="courses.make_version")
        page_published.connect(
            give_author_rights, sender=CourseIndexPage, dispatch_uid="courses.give_author_rights"
        )
