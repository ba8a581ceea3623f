"""Act 6: the portfolio between applications: statements by others, a document for two criteria, labels, lookalikes."""

import json
import re
from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation.domain.access_log import note_access
from accreditation.domain.evidence import add_evidence, keep_file
from accreditation.domain.evidence_also import check_also
from accreditation.domain.evidence_kinds import check_facts
from accreditation.domain.labels import record_label
from accreditation.domain.reminders import remind_of_ends, remind_of_statements
from accreditation.domain.statement_requests import (
    Asked,
    answer_statement,
    ask_again,
    ask_statement,
    confirm_statement,
)
from accreditation.models import Evidence, EvidenceAccess, LabelScheme, StatementRequest
from demo.acts.papers import add, paper
from demo.acts.people import by_account, crowd, today
from demo.clock import at, moment
from ledger.api import hold_deliveries
from ledger.models import OutboxEvent
from people.models import Organisation, User
from people.sealing import unseal


def keep_portfolios() -> None:
    """What happens all year round, for the demo's learner and the office's queue."""
    learner = by_account("deelnemer")
    _statements(learner)
    with at(moment(-3)):
        _register(learner)
    _labels()
    with at(moment(-2, 15)):
        _lookalikes(crowd("midwife")[0], crowd("midwife")[1])
    _looked_at(learner)
    remind_of_ends(today=today())
    remind_of_statements(today=today())


def _statements(learner: User) -> None:
    now = moment(0).date()
    hours = {
        "form": "supervision",
        "valid_from": now - timedelta(days=200),
        "valid_until": now - timedelta(days=20),
        "meetings": 4,
        "hours": "6",
    }
    with at(moment(-18)):
        ask_statement(
            person=learner,
            asked=Asked("statement", _decimal(hours), "Berk Avondster", "berk@supervisie.voorbeeld.test"),
        )
        token = _from_mail(r"/verklaring/([\w-]+)/")
    with at(moment(-16)):
        answer_statement(token=token, data=_decimal(hours), name="Berk Avondster", function="Supervisor")
        confirm_statement(token=token, code=_from_mail(r"Je code: (\d{3} \d{3})"))
    policy = {"cover": "employer", "valid_from": now, "valid_until": now + timedelta(days=365)}
    with at(moment(-9)):
        ask_statement(
            person=learner,
            asked=Asked("insurance", policy, "Personeelsdienst Takkennest", "werk@takkennest.voorbeeld.test"),
        )


def _register(learner: User) -> None:
    """One entry in another register that also shows an insurance."""
    now = today()
    data = {
        "register": "Register van Vroedkundigen De Kring",
        "holder": "Beroepsvereniging De Kring",
        "number": "K-2041",
        "valid_from": now - timedelta(days=90),
        "valid_until": now + timedelta(days=275),
        "also_membership": True,
        "also_membership_year": now.year,
    }
    main = check_facts(kind="register", data=data, degrees=(), today=now)
    upload = SimpleUploadedFile("register.pdf", paper(main.title, [learner.full_name, "Nummer K-2041"]))
    kept = keep_file(person=learner, upload=upload)
    also = check_also(main=main, data=data, today=now)
    add_evidence(
        person=learner, checked=main, token=f"demo-register-{learner.pk}", file_id=kept.id, also=also
    )


def _labels() -> None:
    office, now = by_account("netwerk"), today()
    record_label(
        scheme=LabelScheme.objects.get(key="bfhi"),
        organisation_id=Organisation.objects.get(slug="ziekenhuis-de-brug").pk,
        valid_from=now - timedelta(days=300),
        valid_until=now + timedelta(days=430),
        by=office,
    )
    add(
        crowd("psychologist")[1],
        "label",
        scheme="imh-e",
        label="Infant Mental Health Endorsement (IMH-E)",
        valid_from=now - timedelta(days=100),
        valid_until=now + timedelta(days=900),
    )


def _lookalikes(one: User, other: User) -> None:
    """The same attestation, handed in by two people: the office is warned."""
    facts = {"name": "Nascholing stille signalen", "provider": "De Haag", "hours": "6", "level": "basic"}
    data = _decimal({**facts, "completed_on": today() - timedelta(days=40)})
    content = paper(
        "Attest van aanwezigheid", ["Nascholing stille signalen", "Zes uur", "Opleidingshuis De Haag"]
    )
    for person in (one, other):
        kept = keep_file(person=person, upload=SimpleUploadedFile("attest.pdf", content))
        checked = check_facts(kind="training", data=data, degrees=(), today=today())
        add_evidence(person=person, checked=checked, token=f"demo-lookalike-{person.pk}", file_id=kept.id)


def _looked_at(learner: User) -> None:
    row = Evidence.objects.filter(person=learner, kind="diploma").latest("pk")
    with at(moment(-24, 9)):
        for thing in (EvidenceAccess.Thing.FACTS, EvidenceAccess.Thing.PAGES):
            note_access(evidence=row, reader=by_account("netwerk"), thing=thing)


def newest_question() -> str:
    """The page of the third person who was asked last and did not answer: their link, asked for anew."""
    row = StatementRequest.objects.filter(answered_at=None, cancelled_at=None).latest("pk")
    with hold_deliveries():
        ask_again(person=row.person, request_id=row.pk)
        return _from_mail(r"(/verklaring/[\w-]+/)")


def _decimal(data: dict[str, object]) -> dict[str, object]:

    return {**data, "hours": Decimal(str(data["hours"]))}


def _from_mail(pattern: str) -> str:
    """What the third person reads in the newest mail that lies sealed in the outbox."""
    event = OutboxEvent.objects.filter(topic="account_mail").latest("pk")
    letter = json.loads(unseal(event.payload["sealed"]))
    found = re.search(pattern, f"{letter['subject']}\n{letter['text']}")
    assert found, pattern  # noqa: S101 - a demo that cannot read its own mail must not go on
    return found[1]
