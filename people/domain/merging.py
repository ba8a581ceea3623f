"""Putting two accounts of one person together, with a look beforehand and a way back."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from people.domain.data_classes import DataClass, data_classes
from people.domain.roles import cut_sessions
from people.exceptions import MergeError
from people.models import AccountMerge, User


@dataclass(frozen=True)
class MergeLine:
    """Rows of one kind: how many change hands and how many stay behind, because the other account has one or they
    never change."""

    label: str
    name: str
    moving: int
    staying: int


class _RehearsalError(Exception):
    """Ends a rehearsal; carries what was found out of the transaction that is rolled back."""

    def __init__(self, lines: tuple[MergeLine, ...]) -> None:
        super().__init__()
        self.lines = lines


def preview_merge(*, kept_id: int, merged_id: int) -> tuple[MergeLine, ...]:
    """What a merge would do, found out by doing it and rolling back. Raises MergeError for accounts that cannot be."""
    try:
        with transaction.atomic():
            kept, merged = _locked_pair(kept_id, merged_id)
            moved, stayed = _move_all(kept, merged)
            raise _RehearsalError(_lines(moved, stayed))
    except _RehearsalError as rehearsal:
        return rehearsal.lines


@transaction.atomic
def merge_accounts(*, kept_id: int, merged_id: int, by: User) -> AccountMerge:
    """Hand everything of the duplicate to the account that stays, and close the duplicate. Twice is once.

    Roles stay behind: nobody gains a right by a merge. Raises MergeError.
    """
    known = AccountMerge.objects.filter(kept_id=kept_id, merged_id=merged_id, undone_at=None).first()
    if known is not None:
        return known
    kept, merged = _locked_pair(kept_id, merged_id)
    if by.pk in (kept_id, merged_id):
        raise MergeError(_("Je eigen account voegt een collega samen."))
    moved, stayed = _move_all(kept, merged)
    cut_sessions(merged)
    _say_so(merged, is_active=False)
    _say_so(kept, is_active=True)
    row = AccountMerge.objects.create(kept=kept, merged=merged, by=by, moved=moved, stayed=stayed)
    record_audit(verb="accounts.merged", subject=ref(kept), actor=by, data={"merged": ref(merged)})
    return row


@transaction.atomic
def unmerge_accounts(*, merge_id: int, by: User) -> tuple[MergeLine, ...]:
    """Give back what changed hands and open the duplicate again. What was added since stays where it is.

    Raises MergeError for a merge that was undone before.
    """
    row = AccountMerge.objects.select_for_update().select_related("kept", "merged").get(pk=merge_id)
    if row.undone_at is not None:
        raise MergeError(_("Deze samenvoeging is al ongedaan gemaakt."))
    returned: list[dict[str, Any]] = []
    lost: list[dict[str, Any]] = []
    for entry in row.moved:
        model = apps.get_model(entry["model"])
        for pk in entry["ids"]:
            is_back = _hand_over(model, entry["field"], [pk], row.merged_id, only_from=row.kept_id)
            (returned if is_back else lost).append({**entry, "ids": [pk]})
    _say_so(row.merged, is_active=True)
    _say_so(row.kept, is_active=True)
    row.undone_at, row.undone_by = timezone.now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    record_audit(verb="accounts.unmerged", subject=ref(row.kept), actor=by, data={"merged": ref(row.merged)})
    return _lines(returned, lost)


def possible_duplicates(user: User) -> list[User]:
    """Other active accounts under the same name, as people write it. At most twenty."""
    if not user.first_name.strip() or not user.last_name.strip():
        return []
    same = User.objects.filter(
        is_active=True,
        first_name__iexact=user.first_name.strip(),
        last_name__iexact=user.last_name.strip(),
    )
    return list(same.exclude(pk=user.pk).order_by("pk")[:20])


def _locked_pair(kept_id: int, merged_id: int) -> tuple[User, User]:
    found = User.objects.select_for_update().in_bulk([kept_id, merged_id])
    if kept_id == merged_id or len(found) != 2:
        raise MergeError(_("Kies twee verschillende accounts."))
    kept, merged = found[kept_id], found[merged_id]
    if not kept.is_active or not merged.is_active:
        raise MergeError(_("Een van beide accounts is al gesloten."))
    if AccountMerge.objects.filter(Q(merged__in=(kept, merged)) | Q(kept=merged), undone_at=None).exists():
        raise MergeError(_("Een van beide accounts is al samengevoegd. Maak dat eerst ongedaan."))
    return kept, merged


def _move_all(kept: User, merged: User) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows whose own field names the person, model by model; each that cannot move stays behind."""
    moved, stayed = [], []
    for one in data_classes():
        if one.model is User or "__" in one.data.subject:
            continue
        ids = list(one.rows_of(merged.pk).order_by("pk").values_list("pk", flat=True))
        if not ids:
            continue
        entry = {"model": one.label, "field": one.data.subject}
        gone = _movable(one, ids, kept.pk)
        if gone:
            moved.append({**entry, "ids": [_plain(pk) for pk in gone]})
        left = [pk for pk in ids if pk not in set(gone)]
        if left:
            stayed.append({**entry, "ids": [_plain(pk) for pk in left]})
    return moved, stayed


def _movable(one: DataClass, ids: list[Any], to_id: int) -> list[Any]:
    """Move all at once where that works, else one by one; what the database refuses stays."""
    if not one.data.moves:
        return []
    if _hand_over(one.model, one.data.subject, ids, to_id):
        return ids
    return [pk for pk in ids if _hand_over(one.model, one.data.subject, [pk], to_id)]


def _hand_over(
    model: type[models.Model], name: str, ids: list[Any], to_id: int, *, only_from: int | None = None
) -> bool:
    rows = model._default_manager.filter(pk__in=ids)
    if only_from is not None:
        rows = rows.filter(**{name: only_from})
    try:
        with transaction.atomic():
            return rows.update(**{name: to_id}) > 0
    except DatabaseError:
        # A constraint or a table that never changes: this row stays where it is.
        return False


def _say_so(user: User, *, is_active: bool) -> None:
    """Saved rather than updated: higher floors hear it and correct what the public sees."""
    user.is_active = is_active
    user.save(update_fields=["is_active"])


def _plain(pk: Any) -> Any:
    return pk if isinstance(pk, int) else str(pk)


def _lines(moved: list[dict[str, Any]], stayed: list[dict[str, Any]]) -> tuple[MergeLine, ...]:
    counts: dict[str, list[int]] = {}
    for place, entries in enumerate((moved, stayed)):
        for entry in entries:
            counts.setdefault(entry["model"], [0, 0])[place] += len(entry["ids"])
    # In words that people know: what the rows are for.
    purposes = {one.label: one.data.purpose for one in data_classes()}
    return tuple(
        MergeLine(label, purposes.get(label, label), moving, staying)
        for label, (moving, staying) in counts.items()
    )
