"""Who may still read: an old sign-in, no second factor, a mandate that ended."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from django.utils import timezone

from accreditation.models import (
    Opinion,
    ReaderAssignment,
    ReadingDraft,
)
from accreditation.rules import can_read_evidence
from people.models import RoleGrant
from tests.factories.committee import (
    REASONED,
    handed_in,
    members,
)

pytestmark = pytest.mark.django_db


def task_of(reader):
    return ReaderAssignment.objects.active().get(reader=reader)


def signed_in(client, user, *, minutes_ago):
    """A session in which the person showed a while ago who they are."""
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time() - 60 * minutes_ago},
        {"method": "mfa", "type": "totp", "id": 1, "at": time.time() - 60 * minutes_ago},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def test_old_session_reads_and_decides_nothing_and_loses_nothing(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    first, _second = members(2)
    round = handed_in()
    TOTP.activate(first, "JBSWY3DPEHPK3PXP")
    url = reverse("accreditation:reading", args=[task_of(first).pk])
    signed_in(client, first, minutes_ago=59)
    assert client.get(url).status_code == 200
    for minutes_ago in (61, -5):
        signed_in(client, first, minutes_ago=minutes_ago)
        for closed in (
            url,
            reverse("accreditation:deciding", args=[round.pk]),
            "/commissie/samen-beslissen/",
        ):
            answer = client.get(closed)
            assert (answer.status_code, answer["Location"]) == (
                302,
                f"/account/reauthenticate/?next={closed.replace('/', '%2F')}",
            )
    answer = client.post(url, {**REASONED, "note_base_degree": "Bijna klaar."})
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert Opinion.objects.count() == 0
    assert ReadingDraft.objects.get().notes == {"base_degree": "Bijna klaar."}
    signed_in(client, first, minutes_ago=0)
    page = client.get(url).content.decode()
    assert "Bijna klaar." in page and REASONED["text"] in page


def test_reader_without_a_second_factor_is_sent_to_set_one_up(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    first, _second = members(2)
    handed_in()
    client.force_login(first)
    answer = client.get(reverse("accreditation:reading", args=[task_of(first).pk]))
    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")


def test_access_ends_on_the_day_after_the_mandate(client):
    first, _second = members(2)
    round = handed_in()
    (diploma,) = round.dossier.person.evidence.filter(kind="diploma")
    RoleGrant.objects.filter(user=first).update(valid_until=timezone.localdate())
    url = reverse("accreditation:reading", args=[task_of(first).pk])
    client.force_login(first)
    assert client.get(url).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        client.force_login(first)
        assert client.get(url).status_code == 403
        later = type(first).objects.get(pk=first.pk)
        assert not can_read_evidence(later, diploma)
