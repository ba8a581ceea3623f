"""Short addresses on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cms.domain.short_links import code_of, target_of


@require_safe
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """To where the link leads today; not for ever, since it may lead elsewhere tomorrow."""
    target = target_of(slug.lower())
    if target is None:
        raise Http404
    return redirect(target)


@require_safe
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """The code to print."""
    if target_of(slug) is None:
        raise Http404
    answer = HttpResponse(code_of(slug), content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="qr-{slug}.svg"'
    return answer
