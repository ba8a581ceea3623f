"""Anyone can check a code, and the answer is true at that moment."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accreditation.domain.certificate_rules import CertificateTerm, status_on
from accreditation.domain.certificates import reissue_certificate, revoke_certificates
from accreditation.domain.codes import new_code
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.domain.rendering import render_certificate
from accreditation.enums import CertificateStatus
from people.api import Role
from tests.factories.people import UserFactory, user_with
from tests.factories.proof import make_course_certificate, make_professional, make_recognition

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def page(client, code):
    return client.get(f"/v/{code}/")


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("term", "status"),
    [
        ({}, "valid"),
        ({"valid_until": 0}, "valid"),
        ({"valid_until": -1}, "expired"),
        ({"valid_from": 1}, "not_yet"),
        ({"valid_from": 0, "valid_until": 9}, "valid"),
        ({"interrupted": True, "valid_until": 9}, "interrupted"),
        ({"interrupted": True, "valid_until": -1}, "expired"),
        ({"superseded": True, "valid_until": -1}, "superseded"),
        ({"withdrawn": True, "superseded": True}, "withdrawn"),
    ],
)
def test_status_follows_from_facts_and_day(term, status):
    day = TODAY()
    facts = {
        key: day + timedelta(days=value) if key.startswith("valid") else value for key, value in term.items()
    }
    assert status_on(CertificateTerm(**facts), day=day) == CertificateStatus(status)


def test_course_certificate_says_yes(client):
    certificate = make_course_certificate(UserFactory(first_name="Noor", last_name="Twijg"))
    answer = page(client, certificate.code)
    assert answer.status_code == 200
    text = text_of(answer)
    assert "Ja, dit klopt. Noor Twijg heeft “Kleine signalen” afgerond." in text
    assert certificate.number in text
    assert "2,5 uur" in text
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in text


def test_answer_costs_at_most_four_queries(client, django_assert_num_queries):
    course = make_course_certificate()
    recognition = make_recognition().person.certificates.get()
    with django_assert_num_queries(1):
        page(client, course.code)
    with django_assert_num_queries(4):
        page(client, recognition.code)
    # Two of these are Wagtail looking for a redirect before it lets a 404 out.
    with django_assert_num_queries(3):
        page(client, new_code())


def test_recognition_says_yes_until_its_last_day_and_then_no(client):
    recognition = make_recognition(make_professional(first_name="Noor", last_name="Twijg"))
    certificate = recognition.person.certificates.get()
    assert "Noor Twijg is vandaag erkend als perinatale mentale basiszorgverlener." in text_of(
        page(client, certificate.code)
    )
    last = recognition.valid_until
    with time_machine.travel(f"{last}T12:00:00+01:00"):
        assert "Ja, dit klopt." in text_of(page(client, certificate.code))
    with time_machine.travel(f"{last + timedelta(days=1)}T12:00:00+01:00"):
        assert "Let op: de erkenning van Noor Twijg is verlopen." in text_of(page(client, certificate.code))


def test_lapsed_insurance_interrupts_at_once(client):
    recognition = make_recognition()
    recognition.person.evidence.update(valid_until=TODAY() - timedelta(days=1))
    certificate = recognition.person.certificates.get()
    assert "is onderbroken" in text_of(page(client, certificate.code))


def test_withdrawal_is_seen_at_once_without_the_private_reason(client):
    recognition = make_recognition()
    certificate = recognition.person.certificates.get()
    withdraw_recognition(
        recognition_id=recognition.pk, withdrawn_by=user_with(Role.NETWORK_STAFF), reason="Geheime reden."
    )
    text = text_of(page(client, certificate.code))
    assert "geldt niet meer" in text
    assert "Ja, dit klopt" not in text
    assert "Geheime reden" not in text


def test_replaced_paper_points_to_the_new_one(client):
    person = UserFactory(first_name="Noor", last_name="Twijg")
    old = make_course_certificate(person)
    person.last_name = "Takje"
    person.save()
    new = reissue_certificate(certificate_id=old.pk)
    text = text_of(page(client, old.code))
    assert "Dit papier is vervangen door een nieuwer." in text
    assert reverse("accreditation:verify", args=(new.code,)) in text
    assert "Ja, dit klopt" not in text
    assert "Noor Takje" in text_of(page(client, new.code))
    revoke_certificates(entitlement_key="enrolment:1", public_reason="Fout uitgereikt.")
    text = text_of(page(client, old.code))
    assert "Fout uitgereikt." in text
    assert new.code not in text


def test_unknown_and_unreadable_codes_are_told_apart(client):
    unknown = page(client, new_code())
    assert unknown.status_code == 404
    assert "We kennen deze code niet." in text_of(unknown)
    half = page(client, "7K3M-9PQA")
    assert half.status_code == 404
    assert "nog geen volledige code" in text_of(half)
    assert page(client, "A" * 3000).status_code == 404


def test_typed_code_with_look_alikes_finds_the_page(client):
    certificate = make_course_certificate()
    typed = certificate.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    answer = client.get("/v/", {"code": typed}, follow=True)
    assert answer.redirect_chain == [(f"/v/{certificate.code}/", 302)]
    assert "Ja, dit klopt." in text_of(answer)
    assert page(client, certificate.code.lower()).url == f"/v/{certificate.code}/"


def test_typed_nonsense_is_kept_and_escaped(client):
    answer = client.get("/v/", {"code": '"><script>alert(1)</script>'})
    assert answer.status_code == 404
    assert "<script>alert" not in text_of(answer)
    assert "&lt;script&gt;alert(1)" in text_of(answer)
    assert client.get("/v/").status_code == 200


def test_page_shows_neither_address_nor_riziv_nor_other_certificates(client):
    person = make_professional(email="noor@voorbeeld.test")
    person.profile.riziv_number = "12345678901"
    person.profile.save()
    other = make_course_certificate(person, key="enrolment:7")
    certificate = make_recognition(person).person.certificates.get(kind="recognition")
    text = text_of(page(client, certificate.code))
    assert person.email not in text
    assert "12345678901" not in text
    assert other.code not in text


def test_html_in_a_name_is_shown_as_text(client):
    certificate = make_course_certificate(UserFactory(first_name="<b>Noor</b>", last_name="<script>"))
    text = text_of(page(client, certificate.code))
    assert "<b>Noor" not in text
    assert "&lt;b&gt;Noor&lt;/b&gt;" in text


def test_sixty_questions_a_minute_then_wait(client):
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        codes = [client.get("/v/", REMOTE_ADDR="192.0.2.7").status_code for _ in range(60)]
        assert set(codes) == {200}
        blocked = client.get(f"/v/{new_code()}/", REMOTE_ADDR="192.0.2.7")
        assert (blocked.status_code, blocked["Retry-After"]) == (429, "60")
        assert "Even geduld" in text_of(blocked)
        assert client.get(f"/v/{new_code()}/certificaat.pdf", REMOTE_ADDR="192.0.2.7").status_code == 429
        assert client.get("/v/", REMOTE_ADDR="192.0.2.8").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.7"),
        (1, "2001:db8:1:2:3::9", "2001:db8:1:2::/64"),
        (1, "rommel", "unknown"),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, proxies, forwarded, expected):
    from accreditation.views.throttle import client_address

    settings.TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/v/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected


def test_broken_cache_still_answers(client, settings):
    certificate = make_course_certificate()
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }
    assert page(client, certificate.code).status_code == 200


def test_paper_is_handed_out_by_code_while_it_counts(client):
    certificate = make_course_certificate()
    address = f"/v/{certificate.code}/certificaat.pdf"
    assert client.get(address).url == f"/v/{certificate.code}/"
    render_certificate(certificate_id=certificate.pk)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    revoke_certificates(entitlement_key="enrolment:1")
    assert client.get(address).url == f"/v/{certificate.code}/"
    assert client.get(f"/v/{new_code()}/certificaat.pdf").status_code == 404


def test_posting_is_refused(client):
    assert client.post("/v/").status_code == 405
