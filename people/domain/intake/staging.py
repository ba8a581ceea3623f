"""Working out what every row of a list would do, in blocks: a long list needs no more memory than a short one."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, TypeVar

from allauth.account.models import EmailAddress
from django.db import models, transaction
from django.db.models import Count, Value
from django.db.models.functions import Concat, Lower

from ledger.api import record_audit, ref
from people.domain.intake.reading import CHUNK, rows_of, understand
from people.domain.intake.rows import CleanRow, clean_row
from people.enums import ImportFate
from people.models import (
    ImportBatch,
    ImportRow,
    Organisation,
    Profession,
    ProfessionalProfile,
    ReferenceRegion,
    Team,
    TeamMembership,
    User,
)

BLOCK = 1_000
#: Columns that fill an empty place in the profile, and never replace what somebody filled in.
FILLED = ("profession", "region", "employer")
TAKEN = (ImportFate.CREATE, ImportFate.UPDATE, ImportFate.UNCHANGED)
T = TypeVar("T")


@dataclass
class _Names:
    """What a cell may say, in small letters, and the number it stands for."""

    profession: dict[str, int] = field(default_factory=dict)
    region: dict[str, int] = field(default_factory=dict)
    employer: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "_Names":
        """All names that are known today. Three queries."""
        return cls(
            profession=_both(Profession.objects.values_list("pk", "name", "key")),
            region=_both(ReferenceRegion.objects.values_list("pk", "name", "slug")),
            employer=_both(Organisation.objects.values_list("pk", "name", "slug")),
        )


def stage_file(
    *, file: BinaryIO, file_name: str, actor: User | None, team: Team | None = None
) -> ImportBatch:
    """Read a list and note the fate of every row; nobody is changed yet. Raises IntakeError for a file as a whole."""
    reading = understand(file)
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            file_name=file_name[:200],
            sha256=digest.hexdigest(),
            team=team,
            created_by=actor,
            reading={
                "encoding": reading.encoding,
                "delimiter": reading.delimiter,
                "ignored": list(reading.ignored),
            },
        )
        names = _Names.load()
        rows = ((number, clean_row(cells)) for number, cells in rows_of(file, reading))
        for block in _blocks(rows, BLOCK):
            ImportRow.objects.bulk_create(_fates(batch, block, names))
        record_audit(
            verb="import.previewed", subject=ref(batch), actor=actor, data={"rows": batch.rows.count()}
        )
    return batch


def counts_of(batch: ImportBatch) -> dict[str, int]:
    """How many rows of each fate. One query."""
    found = dict(batch.rows.order_by().values_list("fate").annotate(number=Count("pk")))
    return {fate: found.get(fate, 0) for fate in ImportFate.values}


def _blocks(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while block := list(islice(items, size)):
        yield block


def _both(rows: "models.QuerySet[models.Model, tuple[int, str, str]]") -> dict[str, int]:
    return {word.lower(): pk for pk, name, key in rows for word in (name, key)}


def _fates(batch: ImportBatch, block: list[tuple[int, CleanRow]], names: _Names) -> list[ImportRow]:
    """The rows of one block. Six queries, whatever is in it."""
    emails = {row.values["email"].lower() for _number, row in block if not row.code}
    users = _users_by_email(emails)
    earlier = set(
        ImportRow.objects.filter(batch=batch, email_key__in=emails, fate__in=TAKEN).values_list(
            "email_key", flat=True
        )
    )
    fresh = {
        _name_key(row.values)
        for _number, row in block
        if not row.code and row.values["email"].lower() not in users
    }
    namesakes = _users_by_name(fresh)
    profiles = {
        profile.user_id: profile
        for profile in ProfessionalProfile.objects.filter(user__in=[user.pk for user in users.values()])
    }
    members = _members(batch.team, users)
    rows = []
    for number, clean in block:
        row = ImportRow(batch=batch, number=number, values=clean.values, field=clean.field, code=clean.code)
        rows.append(row)
        if clean.code:
            row.fate = ImportFate.REFUSED
            continue
        row.email_key = clean.values["email"].lower()
        ids = _known_ids(row, names)
        if row.code:
            row.fate = ImportFate.REFUSED
            continue
        if row.email_key in earlier:
            row.fate, row.field, row.code = ImportFate.DUPLICATE, "email", "email_twice"
            continue
        user = users.get(row.email_key)
        if user is None:
            _judge_new(row, namesakes)
        else:
            _judge_known(row, user, profiles.get(user.pk), ids, is_newcomer=user.pk not in members)
        if row.fate in TAKEN:
            earlier.add(row.email_key)
    return rows


def _judge_new(row: ImportRow, namesakes: dict[str, int]) -> None:
    twin = namesakes.get(_name_key(row.values))
    row.fate = ImportFate.CREATE
    if twin is not None:
        row.fate, row.field, row.code, row.person_id = ImportFate.DUPLICATE, "last_name", "same_name", twin


def _judge_known(
    row: ImportRow,
    user: User,
    profile: ProfessionalProfile | None,
    ids: dict[str, int],
    *,
    is_newcomer: bool,
) -> None:
    row.person_id = user.pk
    if not user.is_active:
        row.fate, row.field, row.code = ImportFate.REFUSED, "email", "account_closed"
        return
    row.before, row.after = changes_of(row.values, ids, user, profile)
    row.fate = ImportFate.UPDATE if row.after or (row.batch.team and is_newcomer) else ImportFate.UNCHANGED
    given = {name: row.values.get(name, "") for name in ("first_name", "last_name")}
    if any(word and getattr(user, name) and word != getattr(user, name) for name, word in given.items()):
        row.field, row.code = "last_name", "name_differs"


def changes_of(
    values: dict[str, str], ids: dict[str, int], user: User, profile: ProfessionalProfile | None
) -> tuple[dict[str, object], dict[str, object]]:
    """What a row fills in: before and after, only for places that are empty now."""
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    for name in ("first_name", "last_name"):
        if values.get(name) and not getattr(user, name):
            before[name], after[name] = "", values[name]
    for name, pk in ids.items():
        if profile is None or getattr(profile, f"{name}_id") is None:
            before[name], after[name] = None, pk
    return before, after


def ids_of(values: dict[str, str], names: _Names) -> tuple[dict[str, int], str]:
    """Numbers of the profession, region and organisation that a row names, and the first name that is unknown."""
    ids: dict[str, int] = {}
    for name in FILLED:
        word = values.get(name, "").lower()
        if not word:
            continue
        pk = getattr(names, name).get(word)
        if pk is None:
            return ids, name
        ids[name] = pk
    return ids, ""


def _known_ids(row: ImportRow, names: _Names) -> dict[str, int]:
    ids, unknown = ids_of(row.values, names)
    if unknown:
        row.field, row.code = unknown, f"{unknown}_unknown"
    return ids


def _name_key(values: dict[str, str]) -> str:
    return f"{values.get('first_name', '')} {values.get('last_name', '')}".lower()


def _users_by_email(emails: set[str]) -> dict[str, User]:
    """Accounts by address in small letters: the one to sign in with, or another confirmed one."""
    found = {user.low: user for user in User.objects.annotate(low=Lower("email")).filter(low__in=emails)}
    missing = emails - found.keys()
    extra = EmailAddress.objects.filter(email__in=missing, verified=True).select_related("user")
    return {**{address.email.lower(): address.user for address in extra}, **found}


def _users_by_name(keys: set[str]) -> dict[str, int]:
    full = Lower(Concat("first_name", Value(" "), "last_name"))
    rows = User.objects.filter(is_active=True).annotate(full=full).filter(full__in=keys - {" "})
    return dict(rows.order_by("-pk").values_list("full", "pk"))


def _members(team: Team | None, users: dict[str, User]) -> set[int]:
    if team is None:
        return set()
    rows = TeamMembership.objects.filter(
        team=team, valid_until=None, user__in=[user.pk for user in users.values()]
    )
    return set(rows.values_list("user_id", flat=True))


def load_names() -> _Names:
    """Names of professions, regions and organisations, for applying. Three queries."""
    return _Names.load()
