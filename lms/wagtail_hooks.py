"""Pages of the lms floor in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from lms.rules import can_see_item_analysis
from lms.views import items, package_uses


class ChecksMenuItem(MenuItem):
    """Shown to those who write checks."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_item_analysis(request.user)


@hooks.register("register_admin_urls")
def item_urls() -> list[URLPattern]:
    """Wagtail asks for admin access on every address registered here; the views ask for the role."""
    return [
        path("toetsen/", items.index, name="lms_item_checks"),
        path("toetsen/<int:course_id>/<slug:check_id>/", items.detail, name="lms_item_analysis"),
    ]


@hooks.register("register_admin_menu_item")
def checks_menu_item() -> MenuItem:
    """A way to the checks in the side menu."""
    return ChecksMenuItem(_("Toetsen"), reverse_lazy("lms_item_checks"), icon_name="tasks", order=310)


@hooks.register("register_admin_urls")
def package_use_urls() -> list[URLPattern]:
    """Wagtail asks for admin access on every address registered here; the view asks for the role."""
    return [path("pakketten/<int:package_id>/gebruik/", package_uses.uses, name="lms_package_uses")]
