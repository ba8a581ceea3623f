"""What the site adds to the Wagtail admin."""

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.views.style import style


@hooks.register("register_admin_urls")
def style_urls() -> list[URLPattern]:
    """The living style page; Wagtail asks for admin access on every address registered here."""
    return [path("stijl/", style, name="cms_style")]


@hooks.register("register_help_menu_item")
def style_menu_item() -> MenuItem:
    """A way to the style page, in the help menu."""
    return MenuItem(_("Stijl en componenten"), reverse_lazy("cms_style"), icon_name="view", order=900)
