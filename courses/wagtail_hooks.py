"""What the courses floor adds to the Wagtail admin."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.models import CoursePage
from courses.rules import is_kept_for_good


@hooks.register("before_delete_page")
def keep_published_courses(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A course that was ever published goes offline, never away."""
    if not is_kept_for_good(page):
        return None
    return _refuse(request, page)


@hooks.register("before_bulk_action")
def keep_published_courses_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """The same when several pages are picked at once."""
    if action_type != "delete":
        return None
    for page in objects:
        if isinstance(page, Page) and is_kept_for_good(page):
            return _refuse(request, page)
    return None


def _refuse(request: HttpRequest, page: Page) -> HttpResponse:
    messages.error(
        request,
        _(
            "'%(title)s' blijft bestaan: deelnemers hebben er een bewijs van. Haal de cursus offline, "
            "dan staat ze niet meer in het overzicht."
        )
        % {"title": page.get_admin_display_title()},
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


class OwnCourses(Component):
    """On the first page of the back office: the courses that somebody may edit, the last changed first."""

    name = "own_courses"
    template_name = "courses/admin/own_courses.html"
    order = 150
    AT_MOST = 8

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Courses with a way to their editor; one query for the rows, Wagtail's own for the permissions."""
        user = parent_context["request"].user
        editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        courses = CoursePage.objects.filter(pk__in=editable.values("pk"))
        return {"courses": courses.order_by("-latest_revision_created_at", "title")[: self.AT_MOST]}


@hooks.register("construct_homepage_panels")
def show_own_courses(request: HttpRequest, panels: list[Component]) -> None:
    """An author begins with the courses, not with a search."""
    panels.append(OwnCourses())
