"""Anyone may check a code or a file: no account, no trace, one clear sentence, in Dutch, French or English."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accreditation.domain.badges import png_badge, svg_badge
from accreditation.domain.codes import MAX_INPUT, read_code
from accreditation.domain.credentials import standing_credential
from accreditation.domain.file_check import MAX_BYTES, FileVerdict, Outcome, check_file
from accreditation.domain.queries.verification import Verification, verify
from accreditation.models import Certificate, Credential
from accreditation.views.files import certificate_file
from accreditation.views.throttle import throttled
from accreditation.views.verification_words import FileNote, note_of, words_of

#: Value of `taal`, Django's name, the language tag of the page, how its speakers call it.
LANGUAGES = (
    ("nl", "nl-be", "nl-BE", "Nederlands"),
    ("fr", "fr", "fr", "Français"),
    ("en", "en", "en", "English"),
)
View = Callable[..., HttpResponseBase]


def chosen_language(request: HttpRequest) -> str:
    """`nl`, `fr` or `en`: what the visitor chose, else what the browser asks for first among these."""
    known = [short for short, _name, _tag, _own in LANGUAGES]
    if request.GET.get("taal") in known:
        return str(request.GET["taal"])
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wanted[:2] in known:
            return wanted[:2]
    return "nl"


def in_their_language(view: View) -> View:
    """Answer in the visitor's language, and let nobody search or keep the page."""

    @wraps(view)
    def translated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        short = chosen_language(request)
        name = next(row[1] for row in LANGUAGES if row[0] == short)
        with override(name):
            answer = view(request, *args, **kwargs)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        patch_vary_headers(answer, ["Accept-Language"])
        return answer

    return translated


@require_safe
@never_cache
@in_their_language
@throttled("verify")
def verify_form(request: HttpRequest) -> HttpResponseBase:
    """Type a code; what was typed stays in the field when it cannot be a code."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return _page(request, "form")
    if code := read_code(typed):
        return redirect(reverse("accreditation:verify", args=(code,)) + _suffix(request))
    return _page(request, "form", {"typed": typed[:MAX_INPUT], "is_unreadable": True}, status=404)


@require_safe
@never_cache
@in_their_language
@throttled("verify")
def verify_code(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the paper with this code is worth at this moment."""
    canonical = read_code(code)
    if canonical is not None and canonical != code:
        return redirect(reverse("accreditation:verify", args=(canonical,)) + _suffix(request))
    found = verify(code)
    if found is None:
        context = {"typed": code[:MAX_INPUT], "is_unreadable": canonical is None, "is_unknown": True}
        return _page(request, "form", context, status=404)
    return _answer(request, found)


# The form holds nothing of the visitor's and changes nothing: a stranger's page may send a file here too.
@csrf_exempt
@require_POST
@never_cache
@in_their_language
@throttled("verify_file")
def verify_upload(request: HttpRequest) -> HttpResponseBase:
    """Judge a file; nothing of it is kept."""
    upload = request.FILES.get("file")
    if upload is None:
        verdict = FileVerdict(Outcome.EMPTY)
    elif (upload.size or 0) > MAX_BYTES:
        verdict = FileVerdict(Outcome.TOO_BIG)
    else:
        verdict = check_file(upload.read())
    found = verify(verdict.code) if verdict.code else None
    if found is not None:
        return _answer(request, found, note=note_of(verdict))
    return _page(request, "form", {"file_problem": note_of(verdict)}, status=422)


@require_safe
@throttled("verify")
def verified_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The paper itself, for who holds its code; a withdrawn or replaced one sends to the answer instead."""
    found = verify(code)
    if found is None:
        raise Http404
    if not found.may_be_downloaded:
        return redirect("accreditation:verify", code=found.code)
    return certificate_file(Certificate.objects.get(code=found.code))


@require_safe
@throttled("verify")
def badge_png(request: HttpRequest, code: str) -> HttpResponseBase:
    """The badge as a picture with the credential baked in."""
    signed = _signed(code)
    content = png_badge(title=signed.certificate.title, document=signed.document)
    return _badge(HttpResponse(content, content_type="image/png"))


@require_safe
@throttled("verify")
def badge_svg(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same as SVG."""
    signed = _signed(code)
    content = svg_badge(title=signed.certificate.title, document=signed.document)
    return _badge(HttpResponse(content, content_type="image/svg+xml"))


def _signed(code: str) -> Credential:
    canonical = read_code(code)
    certificate = Certificate.objects.filter(code=canonical).first() if canonical else None
    signed = standing_credential(certificate) if certificate is not None else None
    if signed is None:
        raise Http404
    return signed


def _badge(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer


def _answer(request: HttpRequest, found: Verification, *, note: FileNote | None = None) -> HttpResponse:
    newer = reverse("accreditation:verify", args=(found.newer_code,)) if found.newer_code else ""
    context = {
        "answer": found,
        "words": words_of(found),
        "file_note": note,
        "newer_url": newer + _suffix(request),
        "form_url": reverse("accreditation:verify_form") + _suffix(request),
        "badge_url": settings.SITE_URL + reverse("accreditation:badge_png", args=(found.code,)),
        "share_path": reverse("accreditation:verify", args=(found.code,)),
    }
    return _page(request, "answer", context)


def _suffix(request: HttpRequest) -> str:
    """Keeps a chosen language in links."""
    chosen = request.GET.get("taal")
    return f"?taal={chosen}" if chosen in [row[0] for row in LANGUAGES] else ""


def _page(
    request: HttpRequest, name: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    short = chosen_language(request)
    path = (context or {}).get("share_path") or reverse("accreditation:verify_form")
    whole = {
        "page_lang": next(row[2] for row in LANGUAGES if row[0] == short),
        "languages": [
            {"code": each, "name": own, "current": each == short, "href": f"{path}?taal={each}"}
            for each, _name, _tag, own in LANGUAGES
        ],
        "taal": _suffix(request),
        **(context or {}),
    }
    return render(request, f"accreditation/verify/{name}.html", whole, status=status)
