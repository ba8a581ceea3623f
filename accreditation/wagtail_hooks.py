"""What this floor adds to the back office: the templates of certificates."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from accreditation.models import CertificateTemplate


class CertificateTemplateViewSet(SnippetViewSet):
    """List, editor with live preview, history and draft."""

    model = CertificateTemplate
    icon = "doc-full-inverse"
    menu_label = _("Sjablonen van getuigschriften")
    menu_order = 400
    add_to_admin_menu = True
    list_display = ["kind", "language", "heading"]
    list_filter = ["kind", "language"]


register_snippet(CertificateTemplateViewSet)
