"""Where a short address leads, and its drawing."""

import io

import segno
from django.conf import settings
from django.urls import reverse

from cms.models import ShortLink
from courses.api import course_by_slug


def target_of(slug: str) -> str | None:
    """The path that `/q/<slug>` leads to, or None. At most two queries.

    Every published course has one of its own; a link that was made with the same name goes before it.
    """
    link = ShortLink.objects.select_related("page").filter(slug=slug).first()
    if link is not None:
        if link.page is None:
            return link.address
        return str(link.page.url) if link.page.live and link.page.url else None
    course = course_by_slug(slug)
    return course.url if course is not None else None


def code_of(slug: str) -> bytes:
    """The QR code of the short address as SVG, dark on white, with the quiet edge that scanners need."""
    address = f"{settings.SITE_URL}{reverse('cms:short_link', args=[slug])}"
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=8, border=4, dark="#14191d", light="#ffffff", xmldecl=False
    )
    return drawing.getvalue()
