"""Sign-in through another organisation, against a real OpenID provider (npm `oidc-provider`) on this machine."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from people.models import User
from tests.conftest import missing_part
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
LOGIN = "/account/oidc/werkgever/login/"
CALLBACK = f"http://testserver{LOGIN}callback/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that runs as long as this file's tests."""
    if shutil.which("node") is None or not (ROOT / "node_modules" / "oidc-provider").is_dir():
        missing_part("Node or the npm package oidc-provider is missing: run `make setup-dev`")
    script = Path(__file__).with_name("oidc_provider.mjs")
    with subprocess.Popen(
        ["node", str(script), CALLBACK],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def organisation(provider, settings):
    """The provider as an operator sets it up with OIDC_SERVER_URL and its kin."""
    app = {
        "provider_id": "werkgever",
        "name": "Werkgever",
        "client_id": "nestwerk",
        "secret": "geheim-van-de-test-geheim-van-de-test",
        "settings": {"server_url": provider},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return provider


def sign_in(client, who):
    """Go to the organisation, sign in there, agree, and come back; the answer of our callback."""
    asked = client.post(LOGIN)
    assert asked.status_code == 302
    browser = requests.Session()
    answer = browser.get(asked["Location"], allow_redirects=False)
    for _step in range(12):
        if answer.is_redirect:
            target = urljoin(answer.url, answer.headers["Location"])
            if target.startswith(CALLBACK):
                return client.get(f"{LOGIN}callback/?{urlsplit(target).query}")
            answer = browser.get(target, allow_redirects=False)
            continue
        action = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
        assert action and prompt, answer.text[:500]
        fields = {"prompt": prompt.group(1), "login": who, "password": "om het even"}
        answer = browser.post(
            urljoin(answer.url, unescape(action.group(1))), data=fields, allow_redirects=False
        )
    raise AssertionError("the provider kept asking")


def test_somebody_new_comes_in_and_finds_the_same_account_again(client, organisation):
    assert "Werkgever" in client.get("/account/login/").content.decode()
    answer = sign_in(client, "linde@werkgever.test")
    assert (answer.status_code, answer["Location"]) == (302, "/mijn/")
    assert client.get("/mijn/").status_code == 200
    user = User.objects.get(email="linde@werkgever.test")
    assert (user.full_name, user.has_usable_password()) == ("Linde Vandenbos", False)
    assert EmailAddress.objects.get(user=user).verified is True
    kept = SocialAccount.objects.get(user=user).extra_data
    assert kept == {
        "sub": "linde@werkgever.test",
        "email": "linde@werkgever.test",
        "email_verified": True,
        "given_name": "Linde",
        "family_name": "Vandenbos",
    }
    again = Client()
    assert sign_in(again, "linde@werkgever.test")["Location"] == "/mijn/"
    assert User.objects.filter(email="linde@werkgever.test").count() == 1


@pytest.mark.parametrize("who", ["bestaat@werkgever.test", "onbevestigd@werkgever.test"])
def test_an_account_that_exists_is_not_taken_over(client, organisation, who):
    owner = UserFactory(email=who)
    sign_in(client, who)
    assert client.get("/mijn/").status_code == 302
    assert not SocialAccount.objects.filter(user=owner).exists()


def test_an_answer_that_nobody_asked_for_is_refused_in_dutch(client, organisation):
    answer = client.get(f"{LOGIN}callback/?code=verzonnen&state=verzonnen")
    text = answer.content.decode()
    assert answer.status_code in (200, 401, 403)
    assert "Third-Party" not in text
    assert client.get("/mijn/").status_code == 302
