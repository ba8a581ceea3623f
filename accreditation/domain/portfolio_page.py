"""The portfolio as its owner sees it all year round: every piece with what it serves and until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accreditation.domain.evidence_kinds import CRITERIA
from accreditation.domain.expectations import Expectation, expect
from accreditation.domain.labels import HeldLabel, labels_of
from accreditation.domain.portfolio import Portfolio, portfolio_of
from accreditation.domain.statement_requests import standing_of
from accreditation.enums import DossierStage, EvidenceKind, EvidenceStatus
from accreditation.models import (
    CriteriaVersion,
    Dossier,
    DossierRound,
    Evidence,
    Opinion,
    ProcedureRule,
    StatementRequest,
)
from people.api import employer_of

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Item:
    """One piece. `serves`: titles of criteria; `ends`: "soon", "over" or ""; `pk` is empty for what came by itself."""

    title: str
    kind: str
    status: str
    serves: tuple[str, ...]
    day: date | None
    until: date | None
    ends: str
    pk: int | None = None
    origin: str = ""
    has_file: bool = False


@dataclass(frozen=True)
class Underway:
    """A dossier that was handed in, or asks something: its newest round and what follows."""

    dossier: Dossier
    round_id: int | None
    number: int
    expectation: Expectation


@dataclass(frozen=True)
class PortfolioPage:
    """Everything on the page."""

    own: tuple[Item, ...]
    learned: tuple[Item, ...]
    requests: tuple[tuple[StatementRequest, str], ...]
    labels: tuple[HeldLabel, ...]
    employer: str
    underway: tuple[Underway, ...]
    next_end: Item | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


def portfolio_page(person_id: int, *, now: datetime, today: date) -> PortfolioPage:
    """The page, in a fixed number of queries however much there is."""
    portfolio = portfolio_of(person_id)
    titles = criterion_titles(today)
    own = tuple(_own_items(portfolio, titles, today))
    employer = employer_of(person_id)
    ending = sorted(
        (item for item in own if item.until and item.ends == "soon"), key=lambda i: i.until or today
    )
    requests = StatementRequest.objects.filter(person_id=person_id, cancelled_at=None).order_by(
        "-created_at"
    )[:20]
    return PortfolioPage(
        own=own,
        learned=tuple(_learned_items(portfolio, titles, today)),
        requests=tuple((row, standing_of(row, now=now)) for row in requests if row.answered_at is None),
        labels=labels_of(on=today, organisation_ids=[employer[0]]) if employer else (),
        employer=employer[1] if employer else "",
        underway=dossiers_underway(person_id, today=today, waiting=any(i.status == "waiting" for i in own)),
        next_end=ending[0] if ending else None,
        counts={
            "verified": sum(item.status == EvidenceStatus.VERIFIED for item in own),
            "waiting": sum(item.status == EvidenceStatus.WAITING for item in own),
            "asked": sum(item.status == EvidenceStatus.NEEDS_MORE for item in own),
        },
    )


def criterion_titles(today: date) -> dict[str, str]:
    """Titles of the criteria in force, by id. One query."""
    version = CriteriaVersion.objects.in_force(level="basic", on=today)
    rules = version.rules if version else {}
    return {str(one["id"]): str(one.get("title", one["id"])) for one in rules.get("criteria", [])}


def dossiers_underway(person_id: int, *, today: date, waiting: bool) -> tuple[Underway, ...]:
    """Open dossiers that were handed in at least once, with who acts next and when. Four queries at most."""
    open_ones = {
        row.pk: row
        for row in Dossier.objects.open().filter(person_id=person_id).exclude(stage=DossierStage.COLLECTING)
    }
    if not open_ones:
        return ()
    rounds: dict[int, DossierRound] = {}
    for frozen in DossierRound.objects.filter(dossier__in=open_ones).defer("snapshot").order_by("number"):
        rounds[frozen.dossier_id] = frozen
    opinions: dict[int, int] = {}
    for pk in Opinion.objects.filter(
        assignment__round__in=[frozen.pk for frozen in rounds.values()], assignment__released_at=None
    ).values_list("assignment__round_id", flat=True):
        opinions[pk] = opinions.get(pk, 0) + 1
    rule = ProcedureRule.objects.filter(valid_from__lte=today).first() or ProcedureRule(valid_from=today)
    found = []
    for pk, dossier in open_ones.items():
        last = rounds.get(pk)
        since = (last.submitted_at if last else dossier.stage_since).date()
        expectation = expect(
            stage=dossier.stage,
            since=since,
            today=today,
            reading_days=rule.reading_days,
            decision_days=rule.decision_days,
            waiting=waiting,
            opinions=opinions.get(last.pk, 0) if last else 0,
        )
        found.append(Underway(dossier, last.pk if last else None, last.number if last else 0, expectation))
    return tuple(found)


def _own_items(portfolio: Portfolio, titles: Mapping[str, str], today: date) -> list[Item]:
    parts: dict[int, list[Evidence]] = {}
    for row in portfolio.rows:
        if row.part_of_id is not None:
            parts.setdefault(row.part_of_id, []).append(row)
    return [
        Item(
            title=row.title,
            kind=row.kind,
            status=row.status,
            serves=_serves([row, *parts.get(row.pk, [])], titles),
            day=row.valid_from,
            until=row.valid_until,
            ends=_ends(row.kind, row.valid_until, today),
            pk=row.pk,
            origin=row.origin,
            has_file=row.file_id is not None,
        )
        for row in portfolio.rows
        if row.part_of_id is None
    ]


def _learned_items(portfolio: Portfolio, titles: Mapping[str, str], today: date) -> list[Item]:
    found = [
        Item(
            title=piece.title,
            kind=piece.kind,
            status=piece.status,
            serves=tuple(titles.get(one, one) for one in CRITERIA.get(piece.kind, ())),
            day=piece.valid_from,
            until=None,
            ends="",
            origin=piece.kind,
        )
        for piece in portfolio.pieces
        if piece.ref in portfolio.learned_facts
    ]
    return sorted(found, key=lambda item: item.day or today, reverse=True)


def _serves(rows: list[Evidence], titles: Mapping[str, str]) -> tuple[str, ...]:
    ids = dict.fromkeys(one for row in rows for one in row.criterion_ids)
    return tuple(titles.get(one, one) for one in ids)


def _ends(kind: str, until: date | None, today: date) -> str:
    """A statement about the past does not end; a policy does."""
    if until is None or kind in (EvidenceKind.STATEMENT, EvidenceKind.EXPERIENCE):
        return ""
    if until < today:
        return "over"
    return "soon" if until <= today + SOON else ""
