"""The office issues together: looked at first, the number said back, nothing twice, in the language that was chosen."""

import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accreditation.domain.bulk_issue import plan_attendance, plan_hours, plan_licence
from accreditation.domain.certificate_paper import describe
from accreditation.domain.certificates import issue_certificate, reissue_certificate, revoke_certificates
from accreditation.domain.issue_batches import (
    PORTION,
    confirm_batch,
    deliver_portion,
    languages_for,
    stand_of,
)
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate, IssueBatch, IssueLine
from courses.models import CourseAccreditation
from ledger.api import OutboxMessage, drain
from ledger.models import AuditEntry, OutboxEvent
from lms.domain.attendance import close_list, record_by_list
from lms.enums import AttendanceState
from people.api import Role
from people.models import Profession, User
from tests.accreditation.test_bulk_issue import year
from tests.accreditation.test_certificate_templates import make_template, publish
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, enrolled, make_trainer
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db
__all__ = ["year"]
START = "/netwerk/getuigschriften/"
HOURS, GROUP, LICENCE = (f"{START}uitreiken/{what}/" for what in ("uren", "aanwezigheid", "licentie"))


@pytest.fixture
def office(client):
    user = user_with(Role.NETWORK_STAFF)
    client.force_login(user)
    return user


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text)[1]


def text_of(answer):
    return " ".join(answer.content.decode().split())


# --- two steps ------------------------------------------------------------------------------------------------------


def test_office_looks_first_says_the_number_back_and_hands_out(client, office, year):
    assert "Nog niets samen uitgereikt" in text_of(client.get(START))
    form = {"year": year, "language": "nl"}
    shown = text_of(client.post(HOURS, {**form, "actie": "toon"}))
    assert "Typ 2." in shown and Certificate.objects.count() == 0
    confirm = {**form, "actie": "reik-uit", "overzicht": hidden(shown, "overzicht")}
    for typed in ("3", "", "twee", "-2", "2.0", "9" * 30):
        wrong = client.post(HOURS, {**confirm, "aantal": typed})
        assert wrong.status_code == 422 and "Er is niets uitgereikt" in wrong.content.decode()
        assert f'value="{typed}"' in wrong.content.decode()
    assert not IssueBatch.objects.exists()
    went = client.post(HOURS, {**confirm, "aantal": " 2 "})
    batch = IssueBatch.objects.get()
    assert went.url == f"{START}reeks/{batch.pk}/"
    assert "0 van 2 uitgereikt" in text_of(client.get(went.url))
    busy = client.get(f"{went.url}stand/")
    assert "HX-Refresh" not in busy and "0 van 2" in text_of(busy)
    early = client.post(f"{went.url}alles.zip", follow=True)
    assert "nog geen enkel papier klaar" in text_of(early)
    drain()
    stand = stand_of(batch)
    assert (stand.total, stand.issued, stand.on_paper, stand.percent, stand.is_ready) == (2, 2, 2, 100, True)
    assert client.get(f"{went.url}stand/")["HX-Refresh"] == "true"
    page = text_of(client.get(went.url))
    for certificate in Certificate.objects.all():
        assert certificate.number in page and certificate.code in page and certificate.holder_name in page
    # The same confirmation again is the same batch.
    assert client.post(HOURS, {**confirm, "aantal": "2"}).url == went.url
    assert (IssueBatch.objects.count(), Certificate.objects.count()) == (1, 2)
    assert AuditEntry.objects.filter(verb="certificate_batch.confirmed").count() == 1
    again = text_of(client.post(HOURS, {**form, "actie": "toon"}))
    assert "niemand die dit papier nog moet krijgen" in again


def test_zip_holds_the_sealed_files_and_the_print_holds_every_page(client, office, year):
    plan = plan_hours(year=year)
    batch = confirm_batch(plan=plan, digest=plan.digest, confirmed=2, about="2026", by=office)
    drain()
    answer = client.post(f"{START}reeks/{batch.pk}/alles.zip")
    assert answer["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
        assert len(names) == 2 and all(name.endswith(".pdf") for name in names)
        for certificate in Certificate.objects.all():
            name = next(each for each in names if each.startswith(certificate.number))
            assert certificate.holder_name.split()[0] in name
            assert b"/Type /Sig" in archive.read(name) or b"/Type/Sig" in archive.read(name)
    printed = client.post(f"{START}reeks/{batch.pk}/afdruk.pdf")
    with pikepdf.open(io.BytesIO(b"".join(printed.streaming_content))) as pdf:
        assert len(pdf.pages) == 2
    revoke_certificates(entitlement_key=Certificate.objects.earliest("pk").entitlement_key)
    rest = client.post(f"{START}reeks/{batch.pk}/afdruk.pdf")
    with pikepdf.open(io.BytesIO(b"".join(rest.streaming_content))) as pdf:
        assert len(pdf.pages) == 1
    assert AuditEntry.objects.filter(verb="certificate_batch.handed_out").count() == 3


def test_something_changed_since_the_preview(client, office, year):
    plan = plan_hours(year=year)
    User.objects.filter(pk=plan.due[0].person_id).update(first_name="Anders")
    with pytest.raises(CertificateError, match="veranderde iets"):
        confirm_batch(plan=plan_hours(year=year), digest=plan.digest, confirmed=2, about="2026", by=office)
    assert not IssueBatch.objects.exists()


def test_nobody_to_issue_to_is_refused(office):
    plan = plan_hours(year=2020)
    with pytest.raises(CertificateError, match="niemand"):
        confirm_batch(plan=plan, digest=plan.digest, confirmed=0, about="2020", by=office)


def test_who_lost_their_name_meanwhile_is_told_and_the_others_go_on(client, office, year):
    plan = plan_hours(year=year)
    batch = confirm_batch(plan=plan, digest=plan.digest, confirmed=2, about="2026", by=office)
    User.objects.filter(pk=plan.due[0].person_id).update(first_name="", last_name="")
    drain()
    stand = stand_of(batch)
    assert (stand.issued, stand.refused, stand.is_ready) == (1, 1, True)
    assert "voornaam of achternaam" in text_of(client.get(f"{START}reeks/{batch.pk}/"))


def test_many_go_in_portions_and_a_repeated_delivery_issues_nothing_twice(office):
    people = UserFactory.create_batch(PORTION * 2 + 3)
    day = timezone.localdate()
    plans = [plan_licence(person=person, title="Basis", valid_from=day, valid_until=day) for person in people]
    plan = plans[0].__class__(plans[0].kind, tuple(each.due[0] for each in plans), 0, ())
    batch = confirm_batch(plan=plan, digest=plan.digest, confirmed=len(people), about="Basis", by=office)
    event = OutboxEvent.objects.get(topic="certificate.issue")
    message = OutboxMessage(
        event_id=event.event_id, topic=event.topic, subject=event.subject, key=event.key,
        payload=event.payload, created_at=event.created_at, attempt=1,
    )  # fmt: skip
    deliver_portion(message)
    assert stand_of(batch).issued == PORTION
    # The process died before it could say that it was done: the same order comes again.
    deliver_portion(message)
    assert stand_of(batch).issued == 2 * PORTION
    for waiting in OutboxEvent.objects.waiting().filter(topic="certificate.issue"):
        deliver_portion(message.__class__(**{**message.__dict__, "payload": waiting.payload}))
    assert stand_of(batch).is_issued
    batch.refresh_from_db()
    assert batch.finished_at and Certificate.objects.count() == len(people)


# --- attendance -----------------------------------------------------------------------------------------------------


@pytest.fixture
def group():
    """Two days; one person came to both, another to one, a third to none."""
    trainer = make_trainer()
    cohort = CohortFactory(name="Groep met een heel lange naam in de regio Vlaamse Ardennen")
    first, second = (
        SessionFactory(
            cohort=cohort,
            trainers=[trainer],
            starts_at=timezone.now() - timedelta(hours=hours),
            ends_at=timezone.now() - timedelta(hours=hours - 3),
        )
        for hours in (8, 4)
    )
    people = [enrolled(cohort).person for _ in range(3)]
    for session, there in ((first, people[:2]), (second, people[:1])):
        for person in there:
            record_by_list(
                session_id=session.pk, person_id=person.pk, state=AttendanceState.PRESENT, trainer=trainer
            )
    for profession, points in (("midwife", "2"), ("psychologist", "1.5")):
        CourseAccreditation.objects.create(
            course=cohort.course,
            profession=Profession.objects.get(key=profession),
            scheme="Accreditering",
            points=Decimal(points),
            valid_from=timezone.localdate() - timedelta(days=10),
        )
    return cohort, (first, second), people, trainer


def test_attendance_waits_for_closed_lists_and_carries_points(client, office, group):
    cohort, sessions, people, trainer = group
    close_list(session_id=sessions[0].pk, actor=trainer)
    early = client.post(GROUP, {"group": cohort.pk, "language": "nl", "actie": "toon"})
    assert early.status_code == 422 and "nog open" in early.content.decode()
    close_list(session_id=sessions[1].pk, actor=trainer)
    plan = plan_attendance(group_id=cohort.pk)
    assert [each.person_id for each in plan.due] == [people[0].pk]
    assert plan.partial == (people[1].pk,)
    assert plan.due[0].facts["hours"] == Decimal(6)
    assert [each["points"] for each in plan.due[0].facts["points"]] in (["1.5", "2"], ["2", "1.5"])
    shown = text_of(client.post(GROUP, {"group": cohort.pk, "language": "nl", "actie": "toon"}))
    assert people[0].get_full_name() in shown and people[1].get_full_name() in shown
    confirm = {"group": cohort.pk, "language": "nl", "actie": "reik-uit", "aantal": "1"}
    client.post(GROUP, {**confirm, "overzicht": hidden(shown, "overzicht")})
    drain()
    certificate = Certificate.objects.get()
    facts = {fact.label: fact.value for fact in describe(certificate).facts}
    assert facts["Duur"] == "6 uur" and "1,5" in facts["Accreditatiepunten"]
    page = text_of(client.get(f"/v/{certificate.code}/"))
    assert "was aanwezig op" in page and "Aanwezig op" in page
    assert plan_attendance(group_id=cohort.pk).standing == 1


@pytest.mark.parametrize("value", ["", "999999", "x", "1 OR 1=1"])
def test_group_that_is_not_there_gets_a_message(client, office, value):
    answer = client.post(GROUP, {"group": value, "language": "nl", "actie": "toon"})
    assert answer.status_code == 422
    with pytest.raises(CertificateError):
        plan_attendance(group_id=999_999)


# --- licences -------------------------------------------------------------------------------------------------------


def licence(**more):
    day = timezone.localdate()
    return {
        "email": "trainer@voorbeeld.test",
        "course": CohortFactory().course.title,
        "valid_from": day.isoformat(),
        "valid_until": (day + timedelta(days=1825)).isoformat(),
        "language": "nl",
        "actie": "toon",
        **more,
    }


def test_licence_is_given_once_and_holds_from_a_day_to_a_day(client, office):
    trainer = make_trainer(email="trainer@voorbeeld.test", first_name="Bo", last_name="Van den Langenberghe")
    form = licence()
    shown = text_of(client.post(LICENCE, form))
    assert "Bo Van den Langenberghe" in shown
    confirm = {**form, "actie": "reik-uit", "aantal": "1", "overzicht": hidden(shown, "overzicht")}
    client.post(LICENCE, confirm)
    drain()
    certificate = Certificate.objects.get()
    assert (certificate.person, certificate.kind) == (trainer, "trainer")
    assert "mag vandaag" in text_of(client.get(f"/v/{certificate.code}/"))
    assert "Hebben het al" in text_of(client.post(LICENCE, form))
    client.post(LICENCE, confirm)
    assert Certificate.objects.count() == 1
    assert "trainer@voorbeeld.test" not in str(list(AuditEntry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "niemand@voorbeeld.test"}, "geen account"),
        ({"email": "gewoon@voorbeeld.test"}, "nog geen trainer"),
        ({"email": "geen adres"}, ""),
        ({"valid_until": "2020-01-01"}, "komt voor de eerste"),
        ({"valid_from": "31/02/2026"}, ""),
        ({"course": "Bestaat niet"}, ""),
        ({"language": "de"}, ""),
    ],
)
def test_impossible_licence_gets_a_message_and_keeps_what_was_typed(client, office, change, words):
    make_trainer(email="trainer@voorbeeld.test")
    UserFactory(email="gewoon@voorbeeld.test")
    answer = client.post(LICENCE, licence(**change))
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text and "field__error" in text
    assert change.get("email", "trainer@voorbeeld.test") in text
    assert not Certificate.objects.exists()


# --- languages ------------------------------------------------------------------------------------------------------


def test_french_paper_is_issued_with_a_french_template_and_stays_french(client, office):
    person = make_trainer(email="trainer@voorbeeld.test", first_name="Élodie", last_name="Dubois")
    assert languages_for("trainer") == ("nl",)
    refused = client.post(LICENCE, licence(language="fr"))
    assert refused.status_code == 422
    with pytest.raises(CertificateError, match="sjabloon"):
        issue_certificate(
            person_id=person.pk, kind="trainer", entitlement_key="x", title="T", language="fr",
            facts={"valid_from": timezone.localdate(), "valid_until": timezone.localdate()},
        )  # fmt: skip
    template = publish(
        make_template(
            kind="trainer",
            language="fr",
            heading="Licence de formateur",
            says="Nestwerk certifie que",
            does="peut donner la formation :",
        )
    )
    assert languages_for("trainer") == ("nl", "fr")
    shown = text_of(client.post(LICENCE, licence(language="fr")))
    confirm = {**licence(language="fr"), "actie": "reik-uit", "aantal": "1"}
    client.post(LICENCE, {**confirm, "overzicht": hidden(shown, "overzicht")})
    drain()
    certificate = Certificate.objects.get()
    assert certificate.has_file
    with override("fr"):
        paper = describe(certificate)
    assert (paper.heading, paper.lang) == ("Licence de formateur", "fr-BE")
    assert [fact.label for fact in paper.facts] == ["Valable à partir du", "Valable jusqu’au (inclus)"]
    person.last_name = "Dupont"
    person.save()
    template.heading = "Licence"
    publish(template)
    new = reissue_certificate(certificate_id=certificate.pk)
    assert new.template_version.template.language == "fr" and new.template_version.number == 2


def test_every_word_of_the_paper_is_in_the_catalogues():
    """What the code puts on paper, in both languages; a template brings its own words."""
    import ast
    from pathlib import Path

    import polib
    from django.conf import settings

    words = set()
    for name in ("paper_facts", "certificate_paper"):
        path = Path(settings.BASE_DIR) / "accreditation" / "domain" / f"{name}.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                words.add(node.args[0].value)
    # Errors for the office are not on the paper.
    words -= {word for word in words if "letter" in word or "te lang" in word}
    for language in ("fr", "en"):
        catalogue = polib.pofile(str(Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES/django.po"))
        known = {entry.msgid for entry in catalogue if entry.msgstr}
        assert words - known == set(), language


# --- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_few_and_many(client, office, count, django_assert_num_queries):
    day = timezone.localdate()
    for _ in range(count):
        plans = [
            plan_licence(person=person, title="Basis", valid_from=day, valid_until=day)
            for person in UserFactory.create_batch(count)
        ]
        plan = plans[0].__class__(plans[0].kind, tuple(each.due[0] for each in plans), 0, ())
        batch = confirm_batch(plan=plan, digest=plan.digest, confirmed=count, about="Basis", by=office)
    assert IssueLine.objects.count() == count * count
    client.get(START)
    # session, user, number of papers that failed, batches, their number
    with django_assert_num_queries(5):
        client.get(START)
    # session, user, batch, how far, lines, their number
    with django_assert_num_queries(6):
        client.get(reverse("accreditation:issue_batch", args=[batch.pk]))


def test_paper_that_failed_shows_at_the_office(client, office):
    certificate = issue_certificate(
        person_id=UserFactory().pk, kind="course", entitlement_key="e:1", title="T",
        facts={"completed_on": timezone.localdate(), "hours": "2"},
    )  # fmt: skip
    Certificate.objects.filter(pk=certificate.pk).update(render_error="Onze letters missen deze tekens: 漢")
    text = text_of(client.get(START))
    assert certificate.number in text and "1 papier lukte nog niet" in text and "漢" in text
