"""Learning packages in the Wagtail admin, at /beheer/pakketten/."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from media.rules import can_upload_packages
from media.views import packages


class PackagesMenuItem(MenuItem):
    """Shown to those who may upload."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_upload_packages(request.user)


@hooks.register("register_admin_urls")
def package_urls() -> list[URLPattern]:
    """Wagtail asks for admin access on every address registered here; the views ask for the role."""
    return [
        path("pakketten/", packages.index, name="media_packages"),
        path("pakketten/nieuw/", packages.upload, name="media_package_upload"),
        path("pakketten/bewaar/", packages.confirm, name="media_package_confirm"),
        path("pakketten/bibliotheken/", packages.libraries, name="media_libraries"),
        path("pakketten/bibliotheken/<int:library_id>/", packages.decide, name="media_library_decide"),
        path("pakketten/<int:package_id>/", packages.detail, name="media_package"),
    ]


@hooks.register("register_admin_menu_item")
def packages_menu_item() -> MenuItem:
    """A way to the packages in the side menu."""
    return PackagesMenuItem(_("Leerpakketten"), reverse_lazy("media_packages"), icon_name="media", order=300)
