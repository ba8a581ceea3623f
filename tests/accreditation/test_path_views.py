"""The path on real rows: what is bookable, one tap, and a word when there is a way at last."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accreditation.domain.path import path_for
from accreditation.domain.path_wishes import answer_wishes, wish_for
from accreditation.exceptions import DossierError
from accreditation.models import PathWish
from courses.api import latest_version_id
from courses.models import CoursePage
from ledger.api import drain
from lms.api import enrol
from lms.domain.joining import ask_to_join, give_voice, set_open
from lms.exceptions import EnrolmentError, IntervisionError
from lms.models import Enrolment, GroupJoinRequest, GroupMember
from people.models import ReferenceRegion
from tests.factories.accreditation import make_complete
from tests.factories.courses import make_published_course
from tests.factories.lms_cohorts import CohortFactory, GroupFactory, ensure_site
from tests.factories.people import ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def person(client):
    found = ProfileFactory(region=ReferenceRegion.objects.get(slug="regio-gent")).user
    client.force_login(found)
    return found


def a_course(slug, **fields):
    ensure_site()
    defaults = {"level": "basic", "continued_training_hours": Decimal(12), "form": "online", "minutes": 120}
    outline = make_published_course(slug, lessons=1, **{**defaults, **fields})
    return CoursePage.objects.get(pk=outline.course_page_id)


def a_cohort(page, *, days, **fields):
    start = TODAY() + timedelta(days=days)
    return CohortFactory(course=page, starts_on=start, ends_on=start, **fields)


def refs(path):
    return [step.ref for step in path.steps]


def test_courses_cohorts_and_prices_by_preference(person):
    make_complete(person, training="absent")
    page = a_course("samen", form="in_person", price=Decimal(80))
    region = ReferenceRegion.objects.get(slug="regio-gent")
    soon = a_cohort(page, days=3)
    near = a_cohort(page, days=20, region=region)
    cheap = a_cohort(page, days=40, price=Decimal("12.50"))
    full = a_cohort(page, days=1, capacity=1)
    Enrolment.objects.create(
        person=UserFactory(), course=page, version_id=latest_version_id(page.pk), cohort=full
    )
    found = {
        preference: path_for(person.pk, "basic", TODAY(), preference=preference)[1]
        for preference in ("soonest", "nearest", "cheapest")
    }
    assert {key: refs(path) for key, path in found.items()} == {
        "soonest": [f"cohort:{soon.pk}:samen"],
        "nearest": [f"cohort:{near.pk}:samen"],
        "cheapest": [f"cohort:{cheap.pk}:samen"],
    }
    assert found["soonest"].price == Decimal(80)
    assert found["cheapest"].ready_on == cheap.ends_on


def test_one_tap_enrols_and_twice_is_once(client, person):
    make_complete(person, training="absent")
    page = a_course("alleen")
    text = client.get("/mijn/dossier/pad/").content.decode()
    assert 'value="course:alleen"' in text and "Schrijf me in" in text and "gratis" in text
    for _ in range(2):
        answer = client.post("/mijn/dossier/pad/stap/?niveau=basic", {"ref": "course:alleen"}, follow=True)
    assert "Je bent ingeschreven" in answer.content.decode()
    assert Enrolment.objects.filter(person=person, course=page).count() == 1
    assert "Ga verder" in answer.content.decode()


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("", "Deze stap kennen we niet"),
        ("cohort:abc:x", "Deze stap kennen we niet"),
        ("cohort:9", "Deze stap kennen we niet"),
        ("course:bestaat-niet", "Deze cursus bestaat niet"),
        ("group:999999", "Deze groep bestaat niet"),
        ("group:99999999999999999999", "Deze stap kennen we niet"),
    ],
)
def test_a_step_that_is_not_there(client, person, ref, said):
    answer = client.post("/mijn/dossier/pad/stap/", {"ref": ref}, follow=True)
    assert said in answer.content.decode()


def test_a_prerequisite_stands_in_the_way_until_it_is_followed(client, person):
    make_complete(person, training="absent")
    first, second = a_course("eerst", continued_training_hours=0), a_course("dan")
    second.prerequisites.set([first])
    second.save()
    assert refs(path_for(person.pk, "basic", TODAY())[1]) == ["course:eerst", "course:dan"]
    answer = client.post("/mijn/dossier/pad/stap/", {"ref": "course:dan"}, follow=True)
    assert "Schrijf je eerst in voor Cursus eerst" in answer.content.decode()
    assert not Enrolment.objects.exists()
    for slug in ("eerst", "dan"):
        client.post("/mijn/dossier/pad/stap/", {"ref": f"course:{slug}"})
    assert Enrolment.objects.filter(person=person).count() == 2


def test_an_archived_prerequisite_is_asked_of_nobody(person):
    make_complete(person, training="absent")
    first, second = a_course("eerst"), a_course("dan")
    second.prerequisites.set([first])
    second.save()
    first.unpublish()
    assert refs(path_for(person.pk, "basic", TODAY())[1]) == ["course:dan"]
    assert enrol(person=person, course_slug="dan").course_id == second.pk


def test_the_editor_refuses_courses_that_wait_for_each_other():
    from courses.domain.queries.terms import would_be_circular

    a, b, c = a_course("a"), a_course("b"), a_course("c")
    for page, earlier in ((b, a), (c, b)):
        page.prerequisites.set([earlier])
        page.save()
    assert would_be_circular(a.pk, [c.pk]) == ("Cursus c",)
    assert would_be_circular(a.pk, [a.pk]) == ("Cursus a",)
    assert would_be_circular(c.pk, [a.pk, b.pk]) == ()


def a_group(**fields):
    members = [UserFactory() for _ in range(5)]
    return GroupFactory(people=members, **fields), members


def test_a_group_with_places_is_asked_and_answers(client, person):
    make_complete(person, statement="absent")
    group, members = a_group()
    moderator = GroupMember.objects.get(group=group, is_moderator=True).person
    assert path_for(person.pk, "basic", TODAY())[1].gaps[0].criterion_id == "permanent_education"
    set_open(group_id=group.pk, actor=moderator, is_open=True)
    assert refs(path_for(person.pk, "basic", TODAY())[1]) == [f"group:{group.pk}"]
    for _ in range(2):
        client.post("/mijn/dossier/pad/stap/", {"ref": f"group:{group.pk}"})
    asked = GroupJoinRequest.objects.get(group=group, person=person)
    assert "Je vroeg een plaats" in client.get("/mijn/dossier/pad/").content.decode()
    assert f"Je vroeg een plaats bij {group.name}" in client.get("/mijn/intervisie/").content.decode()
    for member in members[:3]:
        client.force_login(member)
        assert person.get_full_name() in client.get("/mijn/intervisie/").content.decode()
        for _ in range(2):
            client.post(f"/mijn/intervisie/vraag/{asked.pk}/", {"antwoord": "welkom"})
    assert GroupMember.objects.filter(group=group, person=person, left_on=None).count() == 1
    drain()
    assert [message.subject for message in mail.outbox] == [
        *[f"Iemand vraagt een plaats in {group.name}"] * 5,
        f"Welkom in {group.name}",
    ]


def test_who_may_open_a_group_and_answer(client, person):
    group, members = a_group()
    moderator = GroupMember.objects.get(group=group, is_moderator=True).person
    other = next(member for member in members if member != moderator)
    with pytest.raises(IntervisionError, match="zoekt nu geen nieuwe leden"):
        ask_to_join(group_id=group.pk, person=person)
    client.force_login(other)
    assert client.post(f"/mijn/intervisie/{group.pk}/nieuwe-leden/", {"open": "ja"}).status_code == 404
    client.force_login(moderator)
    client.post(f"/mijn/intervisie/{group.pk}/nieuwe-leden/", {"open": "ja"})
    asked = ask_to_join(group_id=group.pk, person=person)
    with pytest.raises(IntervisionError, match="al lid"):
        ask_to_join(group_id=group.pk, person=other)
    with pytest.raises(IntervisionError, match="De leden"):
        give_voice(request_id=asked.pk, actor=UserFactory(), welcome=True)
    more = [GroupMember.objects.create(group=group, person=UserFactory()).person for _ in range(3)]
    with pytest.raises(IntervisionError, match="volzet"):
        give_voice(request_id=asked.pk, actor=moderator, welcome=True)
    for member in more:
        assert give_voice(request_id=asked.pk, actor=member, welcome=False).decided_at is None
    assert give_voice(request_id=asked.pk, actor=other, welcome=False).accepted is False
    with pytest.raises(IntervisionError, match="antwoordde al"):
        give_voice(request_id=asked.pk, actor=moderator, welcome=True)
    with pytest.raises(IntervisionError, match="volzet"):
        ask_to_join(group_id=group.pk, person=UserFactory())


def test_no_way_says_so_and_tells_once_there_is_one(client, person):
    make_complete(person, training="absent")
    text = client.get("/mijn/dossier/pad/").content.decode()
    assert "Nog geen weg voor voortgezette opleiding" in text and "Laat het me weten" in text
    for _ in range(2):
        client.post("/mijn/dossier/pad/verwittig/?niveau=basic", {"criterion": "continued_training"})
    assert PathWish.objects.count() == 1
    assert "We laten het je weten" in client.get("/mijn/dossier/pad/").content.decode()
    assert answer_wishes(on=TODAY()) == 0
    a_course("eindelijk")
    assert [answer_wishes(on=TODAY()) for _ in range(2)] == [1, 0]
    drain()
    (message,) = mail.outbox
    assert message.subject == "Er is een weg voor Voortgezette opleiding"
    assert "/mijn/dossier/pad/?niveau=basic" in message.body
    with pytest.raises(DossierError, match="al een weg"):
        wish_for(person=person, level="basic", criterion_id="continued_training", on=TODAY())


def test_everything_there_leads_to_handing_in(client, person):
    make_complete(person)
    text = client.get("/mijn/dossier/pad/?niveau=basic&voorkeur=onbekend").content.decode()
    assert "Je bent er" in text and "/mijn/dossier/indienen/basic/" in text


@pytest.mark.parametrize("count", [1, 4])
def test_query_count_does_not_grow_with_offers(client, person, count, django_assert_num_queries):
    make_complete(person, training="absent", statement="absent")
    for number in range(count):
        a_cohort(a_course(f"cursus-{number}"), days=5 + number)
        group, _members = a_group()
        group.open_since = TODAY()
        group.save()
    client.get("/mijn/dossier/pad/")
    with django_assert_num_queries(22):
        assert client.get("/mijn/dossier/pad/").status_code == 200


def test_assess_gives_the_real_steps(person):
    make_complete(person, training="absent", insurance="absent")
    page = a_course("samen", form="in_person", price=Decimal("80.00"))
    cohort = a_cohort(page, days=3)
    out = StringIO()
    call_command("assess", person.email, "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["path"][0]["criterion"] == "liability_insurance"
    assert answer["path"][1] == {
        "criterion": "continued_training",
        "label": "Cursus samen",
        "url": "/cursussen/samen/",
        "kind": "cohort",
        "ref": f"cohort:{cohort.pk}:samen",
        "starts_on": cohort.starts_on.isoformat(),
        "done_on": cohort.ends_on.isoformat(),
        "price": "80.00",
    }
    assert answer["path"][-1]["label"] == "Dien je dossier in"


def test_enrolling_without_the_first_course_is_refused_by_the_verb(person):
    first, second = a_course("eerst"), a_course("dan")
    second.prerequisites.set([first])
    second.save()
    with pytest.raises(EnrolmentError) as caught:
        enrol(person=person, course_slug="dan")
    assert caught.value.code == "prerequisite_missing"
