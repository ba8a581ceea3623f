"""Hints of a tie are asked about before a member judges; the answer is kept. A hint never decides by itself."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accreditation.domain.conflict_rules import Traces, hints_for
from accreditation.enums_committee import TieHint
from accreditation.models import Dossier, TieQuestion
from ledger.api import record_audit, ref, wait_for_turn
from people.api import User


def traces(person_ids: Iterable[int]) -> dict[int, Traces]:
    """What may show that people know one another, in one query."""
    rows = User.objects.filter(pk__in=set(person_ids)).values_list(
        "pk", "last_name", "profile__phone", "profile__public_email"
    )
    return {
        pk: Traces(last_name=name, phone=phone or "", email=email or "") for pk, name, phone, email in rows
    }


def open_questions(*, dossier: Dossier, member_id: int) -> tuple[TieHint, ...]:
    """What this member must still answer before judging this dossier. Two queries."""
    known = dict(
        TieQuestion.objects.filter(dossier=dossier, member_id=member_id).values_list("hint", "answered_at")
    )
    found = traces([dossier.person_id, member_id])
    today = hints_for(found[dossier.person_id], found[member_id])
    asked = {TieHint(hint) for hint, answered in known.items() if answered is None}
    return tuple(hint for hint in TieHint if hint in asked or (hint in today and hint not in known))


def ask(*, dossier: Dossier, member_ids: Iterable[int]) -> int:
    """Write down what new readers will be asked; returns how many questions are new or stood already."""
    ids = list(member_ids)
    found = traces([dossier.person_id, *ids])
    rows = [
        TieQuestion(dossier=dossier, member_id=member_id, hint=hint)
        for member_id in ids
        for hint in hints_for(found[dossier.person_id], found[member_id])
    ]
    TieQuestion.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def answer_no_tie(*, dossier: Dossier, member: User) -> int:
    """The member says not to know the applicant; returns how many questions this answers. Twice is once."""
    wait_for_turn()
    hints = open_questions(dossier=dossier, member_id=member.pk)
    if not hints:
        return 0
    ask_rows = [TieQuestion(dossier=dossier, member=member, hint=hint) for hint in hints]
    TieQuestion.objects.bulk_create(ask_rows, ignore_conflicts=True)
    TieQuestion.objects.filter(dossier=dossier, member=member, answered_at=None).update(
        answered_at=timezone.now()
    )
    record_audit(
        verb="conflict.denied",
        subject=ref(dossier),
        actor=member,
        data={"hints": [str(hint) for hint in hints]},
    )
    return len(hints)
