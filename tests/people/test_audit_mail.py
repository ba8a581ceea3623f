"""The audit trail's last hash leaves the site once a day."""

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from ledger.api import drain, record_audit
from ledger.domain.append_only import install, remove
from ledger.models import AuditEntry
from people.enums import Role
from people.tasks import mail_audit_head
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


def test_each_administrator_gets_the_last_hash_once_a_day():
    first, second = user_with(Role.ADMINISTRATOR), user_with(Role.ADMINISTRATOR)
    user_with(Role.NETWORK_STAFF), user_with(Role.ADMINISTRATOR, is_active=False), UserFactory()
    record_audit(verb="thing.made", subject="thing:1")
    last = AuditEntry.objects.latest("number")
    assert (mail_audit_head(), mail_audit_head()) == (2, 2)
    drain()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([first.email, second.email])
    message = mail.outbox[0]
    assert message.subject == f"Logboek van {timezone.localdate():%d/%m/%Y}: in orde"
    line = f"{last.number}:{last.hash}"
    html = message.alternatives[0][0]
    assert f"verify_audit --known {line}" in message.body and line in html


def test_a_broken_trail_is_said_with_what_to_do():
    user_with(Role.ADMINISTRATOR)
    record_audit(verb="thing.made", subject="thing:1")
    number = record_audit(verb="thing.made", subject="thing:2")
    remove(connection, "ledger_auditentry")
    AuditEntry.objects.filter(number=number).update(data={"forged": True})
    install(connection, "ledger_auditentry")
    mail_audit_head()
    drain()
    (message,) = mail.outbox
    assert message.subject.endswith(": er klopt iets niet")
    assert f"vanaf regel {number}" in message.body
    assert "neem een kopie" in message.alternatives[0][0]


@pytest.mark.parametrize("administrators", [1, 6])
def test_one_write_for_each_who_gets_it(administrators, django_assert_num_queries):
    for _ in range(administrators):
        user_with(Role.ADMINISTRATOR)
    # the chain's end, its head, the chain, the administrators; and each mail into the outbox
    with django_assert_num_queries(4 + administrators):
        mail_audit_head()
