import pytest

from people.api import Role
from people.models import RoleGrant
from tests.factories.people import ProfileFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


def test_staff_find_people_by_part_of_the_name(client):
    client.force_login(user_with(Role.NETWORK_STAFF))
    UserFactory(first_name="Zonneke", last_name="Vanderboomkruin")
    page = client.get("/netwerk/mensen/?q=boomkr").content.decode()
    assert "Vanderboomkruin" in page
    assert "Niemand gevonden" in client.get("/netwerk/mensen/?q=bestaatniet").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count(client, rows, django_assert_num_queries):
    client.force_login(user_with(Role.NETWORK_STAFF))
    for _ in range(rows):
        ProfileFactory(user=user_with(Role.TRAINER))
    # session and user, roles, count, page, grants
    with django_assert_num_queries(5):
        client.get("/netwerk/mensen/")


def test_administrator_gives_and_ends_a_role(client):
    admin, user = user_with(Role.ADMINISTRATOR), UserFactory()
    client.force_login(admin)
    data = {"role": "trainer", "valid_from": "2026-01-01", "valid_until": ""}
    assert client.post(f"/netwerk/mensen/{user.pk}/", data).status_code == 302
    assert client.post(f"/netwerk/mensen/{user.pk}/", data).status_code == 302
    assert RoleGrant.objects.filter(user=user, role="trainer").count() == 1
    assert client.post(f"/netwerk/mensen/{user.pk}/rol/trainer/stop/").status_code == 302
    assert RoleGrant.objects.in_force().filter(user=user).count() == 0


def test_staff_see_roles_but_cannot_give_them(client):
    user = UserFactory()
    client.force_login(user_with(Role.NETWORK_STAFF))
    response = client.post(
        f"/netwerk/mensen/{user.pk}/", {"role": "administrator", "valid_from": "2026-01-01"}
    )
    assert response.status_code == 200
    assert not RoleGrant.objects.filter(user=user).exists()
    assert client.post(f"/netwerk/mensen/{user.pk}/rol/trainer/stop/").status_code == 403


def test_wrong_dates_keep_the_form(client):
    user = UserFactory()
    client.force_login(user_with(Role.ADMINISTRATOR))
    data = {"role": "trainer", "valid_from": "2026-02-01", "valid_until": "2026-01-01"}
    response = client.post(f"/netwerk/mensen/{user.pk}/", data)
    assert response.status_code == 422
    assert "einddatum" in response.content.decode()


def test_own_administrator_role_stays(client):
    admin = user_with(Role.ADMINISTRATOR)
    client.force_login(admin)
    client.post(f"/netwerk/mensen/{admin.pk}/rol/administrator/stop/")
    assert RoleGrant.objects.in_force().filter(user=admin, role="administrator").exists()
