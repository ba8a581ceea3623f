"""The fairness report: time, outcomes by group, agreement and load over a period. Four queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.domain.fairness_rules import (
    SMALLEST_CELL,
    TableRow,
    cohens_kappa,
    histogram,
    outcome_table,
    share,
)
from accreditation.domain.procedure import procedure_rule
from accreditation.enums import DossierRoute, Outcome
from accreditation.models import Decision, Opinion
from people.api import User

EDGES = (14, 30, 60, 90)
COLUMNS = tuple(outcome.value for outcome in Outcome)
#: Outcomes as the heads of columns.
OUTCOME_WORDS = {
    Outcome.GRANTED: gettext_lazy("Toegekend"),
    Outcome.CONDITIONAL: gettext_lazy("Met voorwaarden"),
    Outcome.REFUSED: gettext_lazy("Niet toegekend"),
    Outcome.MORE_INFORMATION: gettext_lazy("Meer gevraagd"),
}


@dataclass(frozen=True)
class Segment:
    """A part of a bar in a picture, in the picture's own units. `kind`: an outcome, or "hidden"."""

    kind: str
    start: float
    length: float


@dataclass(frozen=True)
class DrawnRow:
    """A row of a table with its bar."""

    row: TableRow
    segments: tuple[Segment, ...]

    @property
    def labelled(self) -> list[tuple[str, str, int | None]]:
        """Outcome, its words, and the cell."""
        return [
            (key, str(OUTCOME_WORDS[Outcome(key)]), cell)
            for key, cell in zip(COLUMNS, self.row.cells, strict=True)
        ]


@dataclass(frozen=True)
class Group:
    """One table with its picture."""

    title: str
    rows: tuple[DrawnRow, ...]


@dataclass(frozen=True)
class Bin:
    """A bar of the histogram; `count` None: too few to show."""

    label: str
    count: int | None
    height: float
    place: int

    @property
    def top(self) -> float:
        """Where the bar begins, from above."""
        return round(42 - self.height, 1)

    @property
    def middle(self) -> int:
        """Where its label stands."""
        return self.place + 8


@dataclass(frozen=True)
class Load:
    """What one member did in the period."""

    name: str
    read: int
    decided: int
    median_days: int | None


@dataclass(frozen=True)
class FairnessReport:
    """Everything on the page. `kappa` None: too few pairs, or nothing but chance."""

    since: date
    until: date
    decisions: int
    enough: bool
    median_days: int | None
    slow_days: int | None
    target_days: int
    within_target: float | None
    bins: tuple[Bin, ...]
    groups: tuple[Group, ...]
    kappa: float | None
    pairs: int
    agreed: float | None
    loads: tuple[Load, ...]


def fairness_report(*, since: date, until: date) -> FairnessReport:
    """The report over decisions from one day to another, both included."""
    rows = list(
        Decision.objects.filter(decided_at__date__gte=since, decided_at__date__lte=until).values_list(
            "outcome",
            "decided_at",
            "round__submitted_at",
            "round__dossier__route",
            "round__dossier__person__profile__profession__name",
            "round__dossier__person__profile__region__name",
        )
    )
    days = [
        max(0, (timezone.localdate(decided) - timezone.localdate(submitted)).days)
        for _outcome, decided, submitted, *_rest in rows
    ]
    target = procedure_rule(timezone.localdate()).decision_days
    enough = len(rows) >= SMALLEST_CELL
    pairs = _pairs(since, until)
    routes = dict(DossierRoute.choices)
    return FairnessReport(
        since=since,
        until=until,
        decisions=len(rows),
        enough=enough,
        median_days=share(days, 0.5) if enough else None,
        slow_days=share(days, 0.9) if enough else None,
        target_days=target,
        within_target=sum(one <= target for one in days) / len(days) if enough else None,
        bins=_bins(days) if enough else (),
        groups=tuple(
            group
            for group in (
                _group(_("Per route"), [(str(routes[row[3]]).capitalize(), row[0]) for row in rows]),
                _group(_("Per beroepsgroep"), [(row[4] or _("Niet ingevuld"), row[0]) for row in rows]),
                _group(_("Per regio"), [(row[5] or _("Niet ingevuld"), row[0]) for row in rows]),
            )
            if group.rows
        ),
        kappa=cohens_kappa(pairs) if len(pairs) >= SMALLEST_CELL else None,
        pairs=len(pairs),
        agreed=sum(one == other for one, other in pairs) / len(pairs)
        if len(pairs) >= SMALLEST_CELL
        else None,
        loads=_loads(since, until),
    )


def _group(title: str, facts: list[tuple[str, str]]) -> Group:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for label, outcome in facts:
        counts[label][outcome] += 1
    rows = outcome_table(counts, columns=COLUMNS, rest_label=_("Kleine groepen samen"))
    return Group(title=title, rows=tuple(DrawnRow(row=row, segments=_segments(row)) for row in rows))


def _segments(row: TableRow) -> tuple[Segment, ...]:
    """Shares of a bar of length 100; what is hidden is one piece."""
    found, start = [], 0.0
    pieces = [(kind, cell) for kind, cell in zip(COLUMNS, row.cells, strict=True) if cell]
    for kind, value in [*pieces, ("hidden", row.hidden)]:
        if value:
            length = round(100 * value / row.total, 2)
            found.append(Segment(kind=kind, start=round(start, 2), length=length))
            start += length
    return tuple(found)


def _bins(days: list[int]) -> tuple[Bin, ...]:
    counts = histogram(days, EDGES)
    small = any(0 < count < SMALLEST_CELL for count in counts)
    # One hidden bar would follow from the total: the picture then shows its shape in steps of five only.
    step = SMALLEST_CELL if small else 1
    highest = max(-(-count // step) for count in counts) or 1
    labels = [_("tot %s") % edge for edge in EDGES] + [_("meer dan %s") % EDGES[-1]]
    return tuple(
        Bin(
            label=label,
            count=None if 0 < count < SMALLEST_CELL else count // step * step,
            height=round(40 * -(-count // step) / highest, 1),
            place=place * 20,
        )
        for place, (label, count) in enumerate(zip(labels, counts, strict=True))
    )


def _pairs(since: date, until: date) -> list[tuple[str, str]]:
    """What the first two readers of each decided round proposed, before they knew of one another."""
    given: dict[int, list[str]] = defaultdict(list)
    opinions = Opinion.objects.filter(
        assignment__released_at=None,
        assignment__round__decision__decided_at__date__gte=since,
        assignment__round__decision__decided_at__date__lte=until,
    ).order_by("assignment_id")
    for round_id, outcome in opinions.values_list("assignment__round_id", "outcome"):
        given[round_id].append(outcome)
    return [(found[0], found[1]) for found in given.values() if len(found) > 1]


def _loads(since: date, until: date) -> tuple[Load, ...]:
    """Per member: opinions, decisions, and days from task to opinion."""
    waits: dict[int, list[int]] = defaultdict(list)
    rows = Opinion.objects.filter(given_at__date__gte=since, given_at__date__lte=until)
    for reader_id, assigned, given in rows.values_list(
        "assignment__reader_id", "assignment__assigned_at", "given_at"
    ):
        waits[reader_id].append(max(0, (given - assigned) // timedelta(days=1)))
    period = Q(decisions__decided_at__date__gte=since, decisions__decided_at__date__lte=until)
    members = User.objects.annotate(made=Count("decisions", filter=period)).filter(
        Q(made__gt=0) | Q(pk__in=waits)
    )
    return tuple(
        Load(
            name=one.full_name or one.email,
            read=len(waits[one.pk]),
            decided=one.made,
            median_days=share(waits[one.pk], 0.5),
        )
        for one in members.order_by("last_name", "first_name", "pk")
    )
