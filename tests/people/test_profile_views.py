import pytest
from django.db import connection
from django.urls import reverse

from ledger.models import AuditEntry
from people.models import BaseDegree, Organisation, Profession, ProfessionalProfile, ReferenceRegion
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/mijn/profiel/"


def payload(**changes):
    base = {
        "first_name": "Noor",
        "last_name": "Twijgje",
        "profession": Profession.objects.get(key="midwife").pk,
        "base_degrees": [BaseDegree.objects.get(name="Vroedkunde").pk],
        "employer": "",
        "region": ReferenceRegion.objects.get(slug="kempen").pk,
        "zone": "",
        "riziv_number": "",
        "languages": ["nl", "fr"],
        "offer": "Gesprekken thuis",
        "phone": "",
        "public_email": "",
    }
    return {**base, **changes}


def test_anonymous_goes_to_sign_in_and_back(client):
    response = client.get(URL)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={URL}"


def test_profile_is_stored(client):
    user = UserFactory()
    client.force_login(user)
    employer = OrganisationFactory()
    response = client.post(URL, payload(employer=employer.pk, riziv_number="1-00000-07-003"))
    assert response.status_code == 302, response.context["form"].errors
    profile = ProfessionalProfile.objects.get(user=user)
    assert profile.languages == ["nl", "fr"]
    assert profile.employer == employer
    assert [degree.name for degree in profile.base_degrees.all()] == ["Vroedkunde"]
    entry = AuditEntry.objects.get(verb="profile.changed")
    assert "1000000" not in str(entry.data)


def test_riziv_number_is_unreadable_in_the_database(client):
    user = UserFactory()
    client.force_login(user)
    base = 123456
    number = f"{base}{97 - base % 97:02d}003"
    assert client.post(URL, payload(riziv_number=number)).status_code == 302
    assert ProfessionalProfile.objects.get(user=user).riziv_number == number
    with connection.cursor() as cursor:
        cursor.execute("SELECT riziv_number FROM people_professionalprofile")
        assert number not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"riziv_number": "12345"}, "riziv_number"),
        ({"first_name": ""}, "first_name"),
        ({"profession": 999999}, "profession"),
        ({"public_contact": "on"}, "public_contact"),
        ({"base_degrees": [999999]}, "base_degrees"),
    ],
)
def test_bad_input_keeps_what_was_typed(client, changes, field):
    client.force_login(UserFactory())
    response = client.post(URL, payload(offer="Mijn zorgvuldige tekst", **changes))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Mijn zorgvuldige tekst" in response.content.decode()


def test_mass_assignment_changes_nothing_else(client):
    user = UserFactory()
    client.force_login(user)
    client.post(URL, payload(user=1, is_superuser="on", is_staff="on", email="ander@voorbeeld.test"))
    user.refresh_from_db()
    assert (user.is_superuser, user.is_staff) == (False, False)
    assert user.email != "ander@voorbeeld.test"


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_grow_with_the_organisations(client, rows, django_assert_num_queries):
    for _ in range(rows):
        OrganisationFactory()
    assert Organisation.objects.count() == rows
    user = UserFactory()
    ProfessionalProfile.objects.create(user=user)
    client.force_login(user)
    # session, user, profile, five choices lists, chosen degrees, roles
    with django_assert_num_queries(10):
        assert client.get(URL).status_code == 200
