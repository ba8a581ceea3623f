"""What a draft would do: start a run, work through everybody in slices, stop it."""

import logging
import subprocess
import sys
import threading
from datetime import date

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accreditation.domain.criteria_rules import Rules, lacking, parse_rules
from accreditation.domain.criterion_kinds import Rule
from accreditation.domain.evidence_facts import Finding, in_order
from accreditation.domain.portfolio_bulk import pieces_of
from accreditation.domain.queries.criteria import version_before
from accreditation.domain.what_if_counts import Tally, difference
from accreditation.enums import DossierRoute, WhatIfStatus
from accreditation.exceptions import CriteriaError
from accreditation.models import CriteriaVersion, Dossier, Recognition, WhatIfChange, WhatIfRun
from ledger.api import hand_over, record_audit, ref
from people.api import (
    ProfessionalFact,
    User,
    count_professionals,
    profession_names,
    professionals_after,
    region_names,
)

logger = logging.getLogger("nestwerk.accreditation")
#: People per slice: what is held in memory at once.
SLICE = 1000
BUSY = (WhatIfStatus.WAITING, WhatIfStatus.RUNNING)


@transaction.atomic
def start_what_if(*, version_id: int, actor: User) -> WhatIfRun:
    """Begin a run over everybody; the one that is busy already is handed back. Older runs of the draft are removed.

    Raises CriteriaError when the version is approved, gone, or the first of its level.
    """
    version = CriteriaVersion.objects.select_for_update().filter(pk=version_id, approved_at=None).first()
    base = version_before(version) if version else None
    if version is None or base is None:
        raise CriteriaError(_("Alleen een versie in de maak kan doorgerekend worden."))
    parse_rules(version.rules)
    for run in WhatIfRun.objects.filter(version=version, status__in=BUSY):
        if run.is_busy:
            return run
    WhatIfRun.objects.filter(version=version).delete()
    try:
        with transaction.atomic():
            run = WhatIfRun.objects.create(
                version=version,
                revision=version.revision,
                base=base,
                on=timezone.localdate(),
                started_by=actor,
                total=count_professionals(),
            )
    except IntegrityError:
        return WhatIfRun.objects.get(version=version, status__in=BUSY)
    record_audit(verb="criteria.what_if", subject=ref(version), actor=actor, data={"run": run.pk})
    transaction.on_commit(lambda: launch(run.pk))
    return run


def launch(run_id: int) -> None:
    """Hand the work to a worker; without one, or without a broker, to a process of its own: no page waits for it."""
    if not settings.CELERY_TASK_ALWAYS_EAGER:
        from accreditation.tasks import run_what_if as task

        if hand_over(task, run_id):
            return
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        # Nobody else can see a database in memory.
        run_what_if(run_id)
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "what_if", str(run_id)]
    child = subprocess.Popen(  # noqa: S603  # our own interpreter and command, a number as argument
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    threading.Thread(target=child.wait, daemon=True).start()


def stop_what_if(*, run_id: int, actor: User) -> None:
    """Stop a run; its process notices at the next slice. Harmless when it is over."""
    stopped = WhatIfRun.objects.filter(pk=run_id, status__in=BUSY)
    if stopped.update(status=WhatIfStatus.STOPPED, finished_at=timezone.now()):
        record_audit(verb="criteria.what_if_stopped", subject=f"what_if:{run_id}", actor=actor)


def run_what_if(run_id: int) -> WhatIfRun | None:
    """Work through everybody. Memory stays the same however many there are; a repeat starts anew.

    Gives the finished run, or None when there is nothing (more) to do.
    """
    run = WhatIfRun.objects.select_related("version", "base").filter(pk=run_id, status__in=BUSY).first()
    if run is None:
        return None
    WhatIfChange.objects.filter(run=run).delete()
    try:
        # Only states are counted: without a language nothing is looked up in catalogues.
        with translation.override(None):
            tally = _work(run)
    except Exception:
        logger.exception("what-if run %s failed", run_id)
        _running(run).update(status=WhatIfStatus.FAILED, finished_at=timezone.now())
        raise
    if tally is None:
        return None
    rules = parse_rules(run.version.rules), parse_rules(run.base.rules)
    summary = tally.as_summary(
        professions=profession_names(),
        regions=region_names(),
        criteria={c.id: c.title for both in rules for c in both.criteria},
    )
    now = timezone.now()
    _running(run).update(
        status=WhatIfStatus.DONE, summary=summary, done=tally.people, beat_at=now, finished_at=now
    )
    run.refresh_from_db()
    return run


def _work(run: WhatIfRun) -> Tally | None:
    """All slices; None when somebody stopped the run."""
    old, new = parse_rules(run.base.rules), parse_rules(run.version.rules)
    tally, last = Tally(), 0
    while True:
        slice_ = professionals_after(last, limit=SLICE)
        if not slice_:
            return tally
        WhatIfChange.objects.bulk_create(_judge(run, slice_, old, new, tally))
        last = slice_[-1].person_id
        moved = _running(run).update(status=WhatIfStatus.RUNNING, done=tally.people, beat_at=timezone.now())
        if not moved:
            return None


def _judge(
    run: WhatIfRun, people: tuple[ProfessionalFact, ...], old: Rules, new: Rules, tally: Tally
) -> list[WhatIfChange]:
    """One slice: count everybody, and give a row for each for whom something changes."""
    ids = [person.person_id for person in people]
    pieces = pieces_of(ids)
    dossiers = dict(
        Dossier.objects.open()
        .filter(person_id__in=ids, level=run.version.level)
        .order_by()
        .values_list("person_id", "route")
    )
    recognised = _recognised(ids, level=run.version.level, on=run.on)
    changes = []
    for person in people:
        person_id = person.person_id
        route = dossiers.get(person_id, DossierRoute.DEGREE)
        found: dict[Rule, Finding] = {}
        shown = in_order(pieces[person_id])
        before = lacking(old, shown, run.on, route=route, found=found)
        after = lacking(new, shown, run.on, route=route, found=found)
        what = difference(before, after)
        facts = {"is_recognised": person_id in recognised, "has_dossier": person_id in dossiers}
        tally.add(
            profession_id=person.profession_id,
            region_id=person.region_id,
            ready_before=not before,
            ready_after=not after,
            found=what,
            **facts,
        )
        if what is not None:
            changes.append(
                WhatIfChange(
                    run=run,
                    person_id=person_id,
                    verdict=what.verdict,
                    profession_id=person.profession_id,
                    region_id=person.region_id,
                    criterion_ids=list(what.criterion_ids),
                    **facts,
                )
            )
    return changes


def _recognised(ids: list[int], *, level: str, on: date) -> frozenset[int]:
    held = Recognition.objects.holding_on(on).filter(person_id__in=ids)
    return frozenset(row.person_id for row in held if row.level == level)


def _running(run: WhatIfRun):  # type: ignore[no-untyped-def]
    """The run while nobody stopped it."""
    return WhatIfRun.objects.filter(pk=run.pk, status__in=BUSY)
