import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core import mail
from django.test import Client

from people.api import Role
from people.models import User
from people.second_factor import remember_set_up, used_second_factor
from tests.factories.people import PASSWORD, UserFactory, user_with

pytestmark = pytest.mark.django_db

SIGNUP = {
    "email": "Nieuw.Iemand@voorbeeld.test",
    "first_name": "Wilg",
    "last_name": "Vandentak",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def code_of(secret):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_up(client, capture, **changes):
    with capture(execute=True):
        return client.post("/account/signup/", {**SIGNUP, **changes})


def test_sign_up_confirms_and_signs_in(client, settings, django_capture_on_commit_callbacks):
    settings.SITE_URL = "https://nest.example"
    response = sign_up(client, django_capture_on_commit_callbacks)
    assert response.status_code == 302
    user = User.objects.get(email__iexact=SIGNUP["email"])
    assert user.full_name == "Wilg Vandentak"
    assert len(mail.outbox) == 1
    link = re.search(r"https://nest\.example(/account/confirm-email/\S+?/)", mail.outbox[0].body)
    assert link, mail.outbox[0].body
    assert client.post(link.group(1)).status_code == 302
    assert EmailAddress.objects.get(user=user).verified is True
    fresh = Client()
    fresh.post("/account/login/", {"login": SIGNUP["email"].lower(), "password": PASSWORD})
    assert fresh.get("/mijn/profiel/").status_code == 200


def test_unconfirmed_address_cannot_sign_in(client):
    user = UserFactory(confirmed=False)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert client.get("/mijn/profiel/").status_code == 302


def test_sign_up_with_a_known_address_looks_the_same(client, django_capture_on_commit_callbacks):
    first = sign_up(client, django_capture_on_commit_callbacks, email="ander@voorbeeld.test")
    known = UserFactory(email="bekend@voorbeeld.test")
    mail.outbox.clear()
    second = sign_up(Client(), django_capture_on_commit_callbacks, email="BEKEND@voorbeeld.test")
    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])
    assert User.objects.filter(email__iexact=known.email).count() == 1
    assert [message.to for message in mail.outbox] == [[known.email]]


def test_wrong_password_and_unknown_address_say_the_same(client):
    user = UserFactory()
    wrong = client.post("/account/login/", {"login": user.email, "password": "helemaal-niet-juist"})
    unknown = client.post(
        "/account/login/", {"login": "niemand@voorbeeld.test", "password": "helemaal-niet-juist"}
    )
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert wrong.status_code == unknown.status_code == 200


def test_reset_mail_uses_the_sites_own_address(client, settings, django_capture_on_commit_callbacks):
    settings.SITE_URL = "https://nest.example"
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            "/account/password/reset/", {"email": user.email}, headers={"x-forwarded-host": "kwaad.example"}
        )
    link = re.search(r"https://nest\.example(/account/password/reset/key/\S+?/)", mail.outbox[0].body)
    assert link, mail.outbox[0].body
    page = client.get(link.group(1), follow=True)
    assert page.status_code == 200
    assert "password1" in page.content.decode()


def test_unknown_host_is_refused(client):
    assert client.get("/account/login/", headers={"host": "kwaad.example"}).status_code == 400


@pytest.mark.parametrize("target", ["https://kwaad.example/", "//kwaad.example/", "javascript:alert(1)"])
def test_no_open_redirect_after_sign_in(client, target):
    user = UserFactory()
    response = client.post("/account/login/", {"login": user.email, "password": PASSWORD, "next": target})
    assert response.status_code == 302
    assert response["Location"] == "/mijn/"


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.NETWORK_STAFF, Role.ADMINISTRATOR])
def test_second_factor_is_needed_for_those_who_decide(client, settings, role):
    settings.SECOND_FACTOR_REQUIRED = True
    user = user_with(role)
    client.force_login(user)
    response = client.get("/mijn/profiel/")
    assert (response.status_code, response["Location"]) == (302, "/account/2fa/")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    response = client.get("/mijn/profiel/?van=menu")
    asked = "/account/2fa/reauthenticate/?next=%2Fmijn%2Fprofiel%2F%3Fvan%3Dmenu"
    assert (response.status_code, response["Location"]) == (302, asked)
    assert "Bevestig eerst met je tweede stap" in client.get(asked).content.decode()
    response = client.post(asked, {"code": code_of("JBSWY3DPEHPK3PXP")})
    assert (response.status_code, response["Location"]) == (302, "/mijn/profiel/?van=menu")
    assert client.get("/mijn/profiel/").status_code == 200
    other = Client()
    other.force_login(user)  # another session of the same person proved nothing yet
    assert other.get("/mijn/profiel/").status_code == 302


@pytest.mark.django_db(transaction=True)  # the session is told when the set-up is committed
def test_setting_up_a_first_second_factor_counts_for_this_session(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = user_with(Role.NETWORK_STAFF)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/?next=/account/2fa/totp/activate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    code = code_of(page.context["form"].secret)
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert client.get("/mijn/profiel/").status_code == 200
    other = Client()
    other.force_login(user)
    request = other.get("/mijn/profiel/").wsgi_request
    remember_set_up(request, user, WebAuthn.add(user, "sleutel", {}).instance)
    assert not used_second_factor(request, user)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AUTHOR, Role.TEAM_COORDINATOR])
def test_second_factor_is_free_for_others(client, settings, role):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(user_with(role))
    assert client.get("/mijn/profiel/").status_code == 200


@pytest.mark.parametrize(
    "url", ["/account/2fa/", "/account/sessions/", "/account/password/change/", "/account/email/"]
)
def test_account_pages_are_in_dutch(client, url):
    client.force_login(UserFactory())
    page = client.get(url, follow=True)
    assert page.status_code == 200
    text = page.content.decode()
    for english in (
        "Sign Out",
        "Security Key",
        "Change Password",
        "E-mail Addresses",
        "Authenticator App",
        "Started",
    ):
        assert english not in text
