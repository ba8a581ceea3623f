"""What a person hears of, and how: floors name kinds of messages, people choose among the ways each kind allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ledger.api import record_audit, ref
from people.domain.digest import add_to_digest
from people.domain.mail import queue_mail
from people.enums import NoticeWay
from people.models import NoticeChoice, User


@dataclass(frozen=True)
class NoticeKind:
    """A kind of message. `label` and `help` are lazy Dutch; the first of `ways` holds until somebody chooses."""

    key: str
    label: Any
    help: Any
    ways: tuple[NoticeWay, ...]

    @property
    def default(self) -> NoticeWay:
        """What holds without a choice."""
        return self.ways[0]


_kinds: dict[str, NoticeKind] = {}


def register_notice_kind(kind: NoticeKind) -> None:
    """Name a kind of message; called from an AppConfig.ready."""
    _kinds[kind.key] = kind


def notice_kinds() -> Sequence[NoticeKind]:
    """Every kind, in the order in which they were named."""
    return tuple(_kinds.values())


def ways_of(kind: str, person_ids: Sequence[int]) -> dict[int, NoticeWay]:
    """How each of these people hears of a kind. One query."""
    known = _kinds[kind]
    chosen = dict(
        NoticeChoice.objects.filter(kind=kind, person__in=person_ids).values_list("person_id", "way")
    )
    return {pk: NoticeWay(chosen[pk]) if chosen.get(pk) in known.ways else known.default for pk in person_ids}


def choices_of(person_id: int) -> dict[str, NoticeWay]:
    """The way that holds for each kind. One query."""
    chosen = dict(NoticeChoice.objects.filter(person=person_id).values_list("kind", "way"))
    return {
        key: NoticeWay(chosen[key]) if chosen.get(key) in kind.ways else kind.default
        for key, kind in _kinds.items()
    }


@transaction.atomic
def set_choices(*, person: User, choices: Mapping[str, str]) -> None:
    """Store what somebody chose; a way that a kind does not allow is passed over. Twice is once."""
    changed = []
    held = choices_of(person.pk)
    for key, way in choices.items():
        kind = _kinds.get(key)
        if kind is None or way not in kind.ways or held[key] == way:
            continue
        NoticeChoice.objects.update_or_create(person=person, kind=key, defaults={"way": way})
        changed.append(key)
    if changed:
        record_audit(
            verb="notices.chosen", subject=ref(person), actor=person, data={"kinds": sorted(changed)}
        )


def notify(
    *,
    kind: str,
    to: Sequence[int],
    text: str,
    path: str,
    key: str,
    template: str,
    context: dict[str, Any],
    maker: str = "",
    until: date | None = None,
    mail_until: datetime | None = None,
) -> None:
    """Tell people the way they chose: a mail of its own, a line in the mail of the day, or nothing.

    `key` gets the person's number behind it; written twice is told once. `text` and `until` are of the line;
    `template`, `context` and `maker` of the mail.
    """
    for person_id, way in ways_of(kind, to).items():
        if way == NoticeWay.MAIL:
            queue_mail(
                to_user_id=person_id,
                template=template,
                context=context,
                key=f"{key}:{person_id}",
                maker=maker,
                until=mail_until,
            )
        elif way == NoticeWay.DIGEST:
            add_to_digest(to_user_id=person_id, text=text, path=path, key=f"{key}:{person_id}", until=until)
