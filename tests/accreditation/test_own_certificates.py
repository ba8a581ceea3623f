"""The owner's list and files: nobody else's."""

import pytest

from accreditation.api import certificates_of
from accreditation.domain.certificates import reissue_certificate, revoke_certificates
from accreditation.domain.rendering import render_certificate
from people.api import Role
from tests.factories.people import UserFactory, user_with
from tests.factories.proof import make_course_certificate, make_professional, make_recognition

pytestmark = pytest.mark.django_db


def test_list_shows_own_certificates_with_status_and_waiting_file(client):
    person = UserFactory()
    mine = make_course_certificate(person)
    other = make_course_certificate(key="enrolment:2")
    client.force_login(person)
    text = client.get("/mijn/getuigschriften/").content.decode()
    assert mine.number in text
    assert other.number not in text
    assert "Je getuigschrift wordt gemaakt" in text
    assert "Open het papier" not in text
    type(mine).objects.filter(pk=mine.pk).update(render_error="stuk")
    assert "We proberen het vanzelf opnieuw" in client.get("/mijn/getuigschriften/").content.decode()
    render_certificate(certificate_id=mine.pk)
    text = client.get("/mijn/getuigschriften/").content.decode()
    assert f"/mijn/getuigschriften/{mine.pk}/certificaat.pdf" in text
    assert "wordt gemaakt" not in text


def test_empty_list_says_what_to_do(client):
    client.force_login(UserFactory())
    assert "Nog geen getuigschriften" in client.get("/mijn/getuigschriften/").content.decode()


def test_owner_reads_the_file_and_nobody_else_does(client):
    certificate = make_course_certificate()
    render_certificate(certificate_id=certificate.pk)
    address = f"/mijn/getuigschriften/{certificate.pk}/certificaat.pdf"
    assert client.get(address).status_code == 302
    for role in Role:
        client.force_login(user_with(role))
        assert client.get(address).status_code == 404, role
        assert client.get("/mijn/getuigschriften/").status_code == 200, role
    client.force_login(certificate.person)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert client.get("/mijn/getuigschriften/999999/certificaat.pdf").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(rows, django_assert_num_queries):
    person = make_professional()
    make_recognition(person)
    for number in range(rows - 1):
        make_course_certificate(person, key=f"enrolment:{number}")
    with django_assert_num_queries(4):
        assert len(certificates_of(person.pk)) == rows


def test_list_has_only_the_newest_version(client):
    person = UserFactory(first_name="Noor", last_name="Twijg")
    old = make_course_certificate(person)
    person.last_name = "Takje"
    person.save()
    new = reissue_certificate(certificate_id=old.pk)
    assert [row.number for row in certificates_of(person.pk)] == [new.number]


def test_withdrawn_paper_says_so_before_it_opens(client):
    certificate = make_course_certificate()
    render_certificate(certificate_id=certificate.pk)
    client.force_login(certificate.person)
    assert "Open het papier" in client.get("/mijn/getuigschriften/").content.decode()
    revoke_certificates(entitlement_key=certificate.entitlement_key)
    text = client.get("/mijn/getuigschriften/").content.decode()
    assert "Dit papier is ingetrokken" in text and "Open het ingetrokken papier" in text
    assert "Open het papier" not in text and "Deel of bewaar als badge" not in text
