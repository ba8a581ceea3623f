"""What the committee's start page shows, in a fixed number of queries however many dossiers there are."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from accreditation.domain.assignment import IN_PROCEDURE
from accreditation.domain.conflicts import untied_dossiers
from accreditation.domain.panel import READERS, is_appeal
from accreditation.domain.procedure import procedure_rule
from accreditation.enums import DossierStage, Level
from accreditation.enums_committee import DisagreementWay
from accreditation.models import Decision, Dossier, DossierRound, ReaderAssignment

PAGE_SIZE = 25
RIPE_SHOWN = 12


@dataclass(frozen=True)
class QueueRow:
    """One open round. `days`: whole days since it was handed in; `late`: past the target."""

    round_id: int
    number: int
    applicant: str
    level_name: str
    route: str
    submitted_at: datetime
    days: int
    late: bool
    readers: int
    opinions: int
    reading: bool = True
    way: str = ""
    appeal: bool = False
    assignment_id: int | None = None
    due_days: int | None = None

    @property
    def complete(self) -> bool:
        """Whether all opinions are in."""
        return self.reading and READERS <= self.opinions == self.readers

    @property
    def for_meeting(self) -> bool:
        """Whether only a meeting can decide."""
        return self.complete and self.way == DisagreementWay.MEETING

    @property
    def ripe(self) -> bool:
        """Whether a member can decide now."""
        return self.complete and not self.for_meeting


@dataclass(frozen=True)
class CommitteeDesk:
    """The start page of one member. Nothing in it speaks of a dossier that the member is tied to."""

    own: tuple[QueueRow, ...]
    ripe: tuple[QueueRow, ...]
    for_meeting: tuple[QueueRow, ...]
    page: Page[DossierRound]
    rows: tuple[QueueRow, ...]
    total: int
    late: int
    target_days: int
    reading_days: int


class CountedPaginator(Paginator[DossierRound]):
    """A paginator that was told how many there are, which saves a query."""

    def __init__(self, rows: QuerySet[DossierRound], per_page: int, *, total: int) -> None:
        super().__init__(rows, per_page)
        self.count = total


def open_rounds(member_id: int) -> QuerySet[DossierRound]:
    """Undecided rounds that a member may know of; an appeal is not shown to who spoke about the dossier before."""
    visible = untied_dossiers(Dossier.objects.filter(stage__in=IN_PROCEDURE), member_id=member_id)
    rounds = DossierRound.objects.filter(dossier__in=visible, decision=None)
    advised = ReaderAssignment.objects.filter(
        reader_id=member_id, opinion__isnull=False, round__decision__isnull=False
    )
    decided = Decision.objects.filter(decided_by_id=member_id)
    return rounds.exclude(
        Q(dossier__in=advised.values("round__dossier")) | Q(dossier__in=decided.values("round__dossier")),
        appeal__isnull=False,
    )


def counted(rounds: QuerySet[DossierRound], *, complete: bool = False) -> QuerySet[DossierRound]:
    """Rounds with `readers` and `opinions` counted (`complete`: all opinions in), the longest waiting first."""
    active = Q(assignments__released_at=None)
    found = rounds.annotate(
        readers=Count("assignments", filter=active),
        opinions=Count("assignments__opinion", filter=active),
    )
    if complete:
        found = found.filter(
            opinions__gte=READERS, opinions=F("readers"), dossier__stage=DossierStage.READING
        )
    return (
        found.select_related("dossier__person", "appeal", "disagreement")
        .defer("snapshot")
        .order_by("submitted_at", "id")
    )


def committee_desk(*, member_id: int, page_number: str | int = 1) -> CommitteeDesk:
    """Everything that the start page of a member shows today."""
    today = timezone.localdate()
    rule = procedure_rule(today)
    visible = open_rounds(member_id)
    rounds = counted(visible)
    latest = timezone.now() - timedelta(days=rule.decision_days + 1)
    numbers = visible.aggregate(total=Count("pk"), late=Count("pk", filter=Q(submitted_at__lt=latest)))
    mine = list(
        ReaderAssignment.objects.active()
        .filter(reader_id=member_id, opinion=None, round__in=visible.values("pk"))
        .select_related("round__dossier__person", "round__appeal", "round__disagreement")
        .defer("round__snapshot")
        .order_by("round__submitted_at", "id")
    )
    page = CountedPaginator(rounds, PAGE_SIZE, total=numbers["total"]).get_page(page_number)

    def row(one: DossierRound, assignment: ReaderAssignment | None = None) -> QueueRow:
        days = max(0, (today - timezone.localdate(one.submitted_at)).days)
        due = None
        if assignment is not None:
            due = rule.reading_days - (today - timezone.localdate(assignment.assigned_at)).days
        return QueueRow(
            round_id=one.pk,
            number=one.number,
            applicant=one.dossier.person.full_name,
            level_name=str(Level(one.dossier.level).label),
            route=one.dossier.get_route_display(),
            submitted_at=one.submitted_at,
            days=days,
            late=days > rule.decision_days,
            readers=getattr(one, "readers", 0),
            opinions=getattr(one, "opinions", 0),
            reading=one.dossier.stage == DossierStage.READING,
            way=one.disagreement.way if hasattr(one, "disagreement") else "",
            appeal=is_appeal(one),
            assignment_id=assignment.pk if assignment else None,
            due_days=due,
        )

    tasks = {one.round_id: one for one in mine}
    complete = [row(one) for one in counted(visible, complete=True)[: 2 * RIPE_SHOWN]]
    return CommitteeDesk(
        own=tuple(row(one.round, one) for one in mine),
        ripe=tuple(one for one in complete if one.ripe)[:RIPE_SHOWN],
        for_meeting=tuple(one for one in complete if one.for_meeting),
        page=page,
        rows=tuple(row(one, tasks.get(one.pk)) for one in page.object_list),
        total=numbers["total"],
        late=numbers["late"],
        target_days=rule.decision_days,
        reading_days=rule.reading_days,
    )
