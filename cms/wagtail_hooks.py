"""What the site adds to the Wagtail admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import ShortLink
from cms.views.style import style


@hooks.register("register_admin_urls")
def style_urls() -> list[URLPattern]:
    """The living style page; Wagtail asks for admin access on every address registered here."""
    return [path("stijl/", style, name="cms_style")]


@hooks.register("register_help_menu_item")
def style_menu_item() -> MenuItem:
    """A way to the style page, in the help menu."""
    return MenuItem(_("Stijl en componenten"), reverse_lazy("cms_style"), icon_name="view", order=900)


class ShortLinkViewSet(SnippetViewSet):
    """Short addresses for paper, with their QR code."""

    model = ShortLink
    icon = "link"
    menu_label = _("QR-links")
    menu_order = 450
    add_to_admin_menu = True
    list_display = ["__str__", "leads_to"]
    search_fields = ["slug", "address"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ShortLink]:
        """With the pages, whose titles the list names."""
        return ShortLink.objects.select_related("page")


register_snippet(ShortLinkViewSet)
