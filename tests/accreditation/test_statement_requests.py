"""Third persons: a link without account, proven by a code, used once; and everything that must not work."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accreditation.domain.statement_requests import (
    Asked,
    ask_again,
    ask_statement,
    cancel_statement,
    confirm_statement,
    forget_addresses,
)
from accreditation.exceptions import StatementError
from accreditation.models import Evidence, StatementRequest
from ledger.api import drain
from ledger.models import AuditEntry, OutboxEvent
from people.models import DigestItem
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
POLICY = {"cover": "employer", "valid_from": TODAY, "valid_until": TODAY + timedelta(days=300)}
ANSWER = {
    "actie": "bevestig",
    "valid_from": TODAY.isoformat(),
    "valid_until": (TODAY + timedelta(days=200)).isoformat(),
    "name": "Kaat Zonnedauw",
    "function": "Personeelsdienst",
    "sure": "on",
}


@pytest.fixture
def person():
    return UserFactory(first_name="Noor", last_name="Twijgje")


def asked(**more):
    return Asked(
        **{"kind": "insurance", "data": POLICY, "name": "Kaat", "email": "kaat@werkgever.test", **more}
    )


def asked_by(person, **more):
    row = ask_statement(person=person, asked=asked(**more))
    return row, link()


def link():
    drain()
    return re.search(r"/verklaring/[\w-]+/", mail.outbox[-1].body)[0]


def code():
    drain()
    return re.search(r"\b(\d{3}) (\d{3})\b", mail.outbox[-1].body).expand(r"\1\2")


def test_employer_confirms_insurance_by_link_and_code(client, person):
    row, path = asked_by(person)
    assert mail.outbox[-1].to == ["kaat@werkgever.test"]
    page = client.get(path)
    assert page.status_code == 200 and "Noor Twijgje" in page.content.decode()
    assert "Je bevestigt dat Noor Twijgje bij jullie verzekerd is" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin" and page["Cache-Control"] == "private, no-store"
    assert client.post(path, ANSWER).status_code == 200
    assert not Evidence.objects.exists()
    wrong = client.post(path, {"actie": "code", "code": "00 00 00"})
    assert wrong.status_code == 422
    done = client.post(path, {"actie": "code", "code": code()})
    assert "Bedankt" in done.content.decode()
    piece = Evidence.objects.get()
    assert (piece.person, piece.kind, piece.status, piece.origin) == (
        person,
        "insurance",
        "waiting",
        "attested",
    )
    assert piece.valid_until == TODAY + timedelta(days=200)
    assert piece.facts == {
        "cover": "employer",
        "attested_by": "Kaat Zonnedauw",
        "attested_function": "Personeelsdienst",
        "attested_at": "werkgever.test",
    }
    assert DigestItem.objects.get(person=person).key == f"statement-answered:{row.pk}"
    used_twice = client.get(path)
    assert used_twice.status_code == 200 and "al op geantwoord" in used_twice.content.decode()
    assert client.post(path, ANSWER).status_code == 200 and Evidence.objects.count() == 1


def test_forwarded_link_proves_nothing_without_the_mailbox(client, person):
    _row, path = asked_by(person)
    client.post(path, ANSWER)
    for _try in range(5):
        assert client.post(path, {"actie": "code", "code": "123456x"}).status_code == 422
    right = code()
    after = client.post(path, {"actie": "code", "code": right})
    assert "Te veel pogingen" in after.content.decode() and not Evidence.objects.exists()
    client.post(path, {"actie": "nieuwe-code"})
    assert client.post(path, {"actie": "code", "code": code()}).status_code == 200
    assert Evidence.objects.count() == 1


def test_code_of_an_hour_ago_is_refused(client, person):
    _row, path = asked_by(person)
    client.post(path, ANSWER)
    StatementRequest.objects.update(code_until=timezone.now() - timedelta(minutes=1))
    assert "verlopen" in client.post(path, {"actie": "code", "code": code()}).content.decode()
    assert not Evidence.objects.exists()


def test_link_after_its_end_taken_back_and_replaced(client, person):
    row, path = asked_by(person)
    StatementRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 410
    fresh = ask_again(person=person, request_id=row.pk)
    newer = link()
    assert newer != path and client.get(path).status_code == 404 and client.get(newer).status_code == 200
    cancel_statement(person=person, request_id=fresh.pk)
    cancel_statement(person=person, request_id=fresh.pk)
    assert client.get(newer).status_code == 410
    fresh.refresh_from_db()
    assert (fresh.recipient_email, AuditEntry.objects.filter(verb="statement.cancelled").count()) == ("", 1)
    with pytest.raises(StatementError):
        ask_again(person=person, request_id=row.pk)


def test_unknown_link_and_closed_account_tell_nothing(client, person):
    _row, path = asked_by(person)
    person.is_active = False
    person.save()
    assert client.get(path).status_code == 404
    assert "Noor" not in client.get(path).content.decode()


def test_who_cannot_confirm_says_so_and_the_professional_hears_it(client, person):
    _row, path = asked_by(person)
    assert client.post(path, {"actie": "niet"}).status_code == 200
    assert client.get(path).status_code == 410
    assert "kan je vraag" in DigestItem.objects.get(person=person).text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": "Bekijk https://x.test"}, "recipient_name"),
        ({"name": " "}, "recipient_name"),
        ({"kind": "diploma"}, None),
        ({"data": {**POLICY, "valid_until": TODAY - timedelta(days=1)}}, "valid_until"),
    ],
)
def test_question_that_cannot_be_asked_is_refused_and_mails_nobody(person, more, field):
    from accreditation.exceptions import EvidenceError

    with pytest.raises(EvidenceError) as caught:
        ask_statement(person=person, asked=asked(**more))
    assert caught.value.field == field
    assert not OutboxEvent.objects.exists()


def test_nobody_asks_themselves_and_no_mailbox_is_filled(person):
    with pytest.raises(StatementError):
        ask_statement(person=person, asked=asked(email=person.email.upper()))
    for _number in range(5):
        ask_statement(person=person, asked=asked())
    with pytest.raises(StatementError) as caught:
        ask_statement(person=UserFactory(), asked=asked(email="KAAT@werkgever.test"))
    assert caught.value.field == "recipient_email"
    for number in range(3):
        ask_statement(person=person, asked=asked(email=f"ander{number}@werkgever.test"))
    with pytest.raises(StatementError):
        ask_statement(person=person, asked=asked(email="nog@werkgever.test"))


def test_form_asks_and_typed_answers_survive_a_mistake(client, person):
    client.force_login(person)
    asking = {
        "form": "supervision",
        "valid_from": (TODAY - timedelta(days=90)).isoformat(),
        "valid_until": TODAY.isoformat(),
        "meetings": "4",
        "hours": "7,5",
        "recipient_name": "Wout Zandpad",
        "recipient_email": "geen adres",
    }
    page = client.post("/mijn/map/verklaringen/vraag/statement/", asking)
    assert page.status_code == 422 and "Wout Zandpad" in page.content.decode()
    page = client.post(
        "/mijn/map/verklaringen/vraag/statement/",
        {**asking, "recipient_email": "wout@praktijk.test"},
        follow=True,
    )
    assert "Wacht op antwoord" in page.content.decode()
    client.logout()
    path = link()
    shown = client.get(path).content.decode()
    assert "7.5" in shown and "Wout Zandpad" in shown
    bad = client.post(path, {**asking, "actie": "bevestig", "name": "Wout", "function": "", "sure": "on"})
    assert bad.status_code == 422 and 'value="Wout"' in bad.content.decode()
    client.post(path, {**asking, "actie": "bevestig", "name": "Wout", "function": "Supervisor", "sure": "on"})
    client.post(path, {"actie": "code", "code": code()})
    assert Evidence.objects.get().facts["signed_by"] == "Wout"


def test_confirming_twice_gives_the_same_piece(client, person):
    _row, path = asked_by(person)
    client.post(path, ANSWER)
    token, right = path.split("/")[2], code()
    assert confirm_statement(token=token, code=right) == confirm_statement(token=token, code="")


def test_address_is_blanked_long_after_the_end(person):
    row, _path = asked_by(person)
    assert forget_addresses(now=timezone.now() + timedelta(days=80)) == 0
    assert forget_addresses(now=timezone.now() + timedelta(days=91)) == 1
    row.refresh_from_db()
    assert row.recipient_email == ""
