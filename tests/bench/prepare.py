"""Fill one of the two benchmark databases and print what the runner needs as JSON. Run in a process of its own.

Examples: DJANGO_SETTINGS_MODULE=tests.bench.settings python -m tests.bench.prepare ours
          DJANGO_SETTINGS_MODULE=tests.bench.bare.settings python -m tests.bench.prepare bare 30000 18000
"""

import importlib
import json
import os
import sys
from typing import Any

import django

from tests.bench.packages import our_bodies, peer

PEOPLE = 40
#: Pieces of evidence in each portfolio that is looked at.
PIECES = 30


def ours() -> dict[str, Any]:
    """The real content and forty learners who are half-way the childcare course."""
    from django.core.management import call_command
    from django.test import Client

    call_command("load_site", stderr=sys.stderr)
    call_command("load_content", stdout=sys.stderr)
    from courses.api import get_check, get_outline
    from lms.domain.enrolment import enrol
    from lms.domain.progress import mark_lesson
    from lms.views.check_screen import field_name
    from tests.factories.people import ProfileFactory

    people = [ProfileFactory().user for _ in range(PEOPLE)]
    cookies, enrolment = [], None
    for person in people:
        for slug in ("kleine-signalen", "crisisteams-halve-dag"):
            enrolment = enrol(person=person, course_slug=slug)
        client = Client()
        client.force_login(person)
        cookies.append(client.cookies["sessionid"].value)
    enrolment = enrol(person=people[0], course_slug="kleine-signalen")
    outline = get_outline(enrolment.version_id)
    for person in people:
        for lesson in outline.lessons[:6]:
            mark_lesson(person=person, course_slug="kleine-signalen", lesson_slug=lesson.slug)
    collectors = [_collector() for _ in range(8)]
    claims = {verb: our_bodies(people, verb) for verb in ("answered", "completed")}
    tested = next(lesson for lesson in outline.lessons if lesson.check_ids)
    check = get_check(outline.version_id, tested.check_ids[0])
    question = check.questions[0]
    return {
        "cookies": cookies,
        "collectors": collectors,
        "lesson": f"/mijn/leren/kleine-signalen/{outline.lessons[4].slug}/",
        "answer": f"/mijn/leren/kleine-signalen/{tested.slug}/toets/{tested.check_ids[0]}/antwoord/",
        "claims": claims,
        "form": {field_name(question.id): question.options[0][0]},
    }


def _collector() -> str:
    """Somebody with a full portfolio; returns the key of their session."""
    from django.test import Client

    from tests.factories.accreditation import EvidenceFactory
    from tests.factories.people import ProfileFactory

    person, client = ProfileFactory().user, Client()
    EvidenceFactory.create_batch(PIECES, person=person)
    client.force_login(person)
    return client.cookies["sessionid"].value


def bare(sizes: list[int]) -> dict[str, Any]:
    """Pages of given sizes in bytes, and forty people."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from wagtail.models import Page, Site

    BarePage = importlib.import_module("tests.bench.bare.models").BarePage
    root = Page.get_first_root_node()
    home = root.add_child(instance=BarePage(title="Bare", slug="bare"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost", "port": 80}
    )
    sentence = "<p>Een zin van gewone lengte, zodat de bladzijde even groot is als de onze.</p>\n"
    for size in sizes:
        body = (sentence * (size // len(sentence) + 1))[: max(size - 180, 0)]
        Page.objects.get(pk=home.pk).add_child(
            instance=BarePage(title=f"Bare {size}", slug=f"p{size}", body=body)
        )
    cookies = []
    for number in range(PEOPLE):
        user = get_user_model().objects.create(username=f"u{number}")
        client = Client()
        client.force_login(user)
        cookies.append(client.cookies["sessionid"].value)
    return {"cookies": cookies}


if __name__ == "__main__":
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    call_command("migrate", verbosity=0)
    makers = {"ours": ours, "peer": peer, "bare": lambda: bare([int(size) for size in sys.argv[2:]])}
    facts = makers[sys.argv[1]]()
    print(json.dumps(facts))
