"""A page that plays a package, and the two addresses it reports to: the lms in miniature, for the player's tests."""

import json

from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from media.api import launch_package, read_launch_token, validate_statement

PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Les</title></head>
<body><main>{% include "media/player.html" %}<a href="/weg/">Verder</a></main></body></html>"""

STATEMENTS: list[dict] = []
STATES: list[str] = []
DOWN = {"now": False}
ACTIVITY = "http://localhost/id/cursus/1/activiteit/oefening"


def lesson(request, version_id):
    launch = launch_package(
        version_id=version_id,
        person_id=7,
        activity=ACTIVITY,
        enrolment_ref="enrolment:1",
        state_json=STATES[-1] if STATES else None,
    )
    context = {"launch": launch, "statement_url": "/resultaat/", "state_url": "/stand/"}
    response = HttpResponse(engines["django"].from_string(PAGE).render(context, request))
    response.set_cookie("geheim", "van-de-site")
    return response


def statement(request):
    if DOWN["now"]:
        return HttpResponse(status=503)
    body = json.loads(request.body)
    claims = read_launch_token(body["token"])
    checked = validate_statement(body["statement"], activity=claims.activity, received_at=timezone.now())
    if not any(known["id"] == str(checked.id) for known in STATEMENTS):
        STATEMENTS.append(body["statement"])
    return JsonResponse({"ok": True})


def state(request):
    if DOWN["now"]:
        return HttpResponse(status=503)
    body = json.loads(request.body)
    read_launch_token(body["token"])
    STATES.append(body["state"])
    return HttpResponse(status=204)


def elsewhere(request):
    return HttpResponse("<!doctype html><html lang=nl><title>Weg</title><p>Weg</p></html>")


urlpatterns = [
    path("les/<int:version_id>/", lesson),
    path("resultaat/", statement),
    path("stand/", state),
    path("weg/", elsewhere),
]
