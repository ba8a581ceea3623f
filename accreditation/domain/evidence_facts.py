"""Evidence as plain facts, and what a rule found in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation.enums import EvidenceStatus

NOTHING = Decimal(0)


@dataclass(frozen=True)
class EvidencePiece:
    """One piece of evidence as the rules see it.

    `ref` is unique: "evidence:12", "course:5" (enrolment), "meeting:9" (presence). `valid_from` and `valid_until`:
    period of validity; for a course or meeting `valid_from` is its day. `hours` and `meetings` are what it counts
    for, `level` the level of a training, `form` intervision or supervision, `name` the degree, association or
    course, `note` what the office or the group still says about it.
    """

    ref: str
    kind: str
    title: str
    status: str = EvidenceStatus.VERIFIED
    valid_from: date | None = None
    valid_until: date | None = None
    hours: Decimal = NOTHING
    meetings: int = 0
    level: str = ""
    form: str = ""
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class UsedEvidence:
    """A piece on which a state rests."""

    ref: str
    title: str


@dataclass(frozen=True)
class UnusedEvidence:
    """A piece that was looked at and does not count, with why."""

    ref: str
    title: str
    why: str


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now: words for a button, a URL name (or a path that starts with /) and its argument."""

    label: str
    url_name: str
    argument: str = ""


@dataclass(frozen=True)
class Measure:
    """How far somebody is, where that can be counted. `unit`: "hours" or "years"."""

    have: Decimal
    want: Decimal
    unit: str


@dataclass(frozen=True)
class Finding:
    """What one rule found: the state, in words, on which evidence."""

    state: str
    reason: str
    used: tuple[UsedEvidence, ...] = ()
    unused: tuple[UnusedEvidence, ...] = ()
    next_step: NextStep | None = None
    until: date | None = None
    measure: Measure | None = None


@dataclass(frozen=True)
class Sorted:
    """Pieces of some kinds, by what they are worth on a day."""

    verified: tuple[EvidencePiece, ...]
    waiting: tuple[EvidencePiece, ...]
    unused: tuple[UnusedEvidence, ...]
    #: The piece about which the office asked something, if any.
    asked: EvidencePiece | None


def in_order(evidence: Iterable[EvidencePiece]) -> tuple[EvidencePiece, ...]:
    """The pieces in one fixed order, each reference once."""
    unique: dict[str, EvidencePiece] = {}
    for piece in evidence:
        known = unique.setdefault(piece.ref, piece)
        # Two different pieces under one reference: which one counts must not depend on their order.
        if known is not piece and known != piece:
            unique[piece.ref] = min(known, piece, key=repr)
    return tuple(sorted(unique.values(), key=lambda p: (p.valid_from or date.min, p.ref)))


def sort_out(pieces: Iterable[EvidencePiece], *, kinds: tuple[str, ...], on: date) -> Sorted:
    """Set apart what was verified, what still waits, and what cannot count on the day."""
    verified, waiting, unused, asked = [], [], [], None
    for piece in pieces:
        if piece.kind not in kinds:
            continue
        if piece.status == EvidenceStatus.REFUSED:
            unused.append(
                left_out(piece, _("Nagekeken, en het telt niet mee. %(note)s") % {"note": piece.note})
            )
        elif piece.status == EvidenceStatus.NEEDS_MORE:
            asked = piece
            unused.append(left_out(piece, _("We vragen je nog iets. %(note)s") % {"note": piece.note}))
        elif piece.valid_from and piece.valid_until and piece.valid_until < piece.valid_from:
            unused.append(left_out(piece, _("Het einde ligt voor het begin. Kijk de data na.")))
        elif piece.valid_from is not None and piece.valid_from > on:
            unused.append(left_out(piece, _("Begint pas op %(day)s.") % {"day": spell_day(piece.valid_from)}))
        elif piece.status == EvidenceStatus.VERIFIED:
            verified.append(piece)
        else:
            waiting.append(piece)
    return Sorted(tuple(verified), tuple(waiting), tuple(unused), asked)


def use(pieces: Iterable[EvidencePiece]) -> tuple[UsedEvidence, ...]:
    """The pieces as evidence that counts."""
    return tuple(UsedEvidence(piece.ref, piece.title) for piece in pieces)


def left_out(piece: EvidencePiece, why: str) -> UnusedEvidence:
    """A piece that does not count."""
    return UnusedEvidence(piece.ref, piece.title, why.strip())


def not_yet(pieces: Iterable[EvidencePiece]) -> tuple[UnusedEvidence, ...]:
    """Pieces that still wait while the criterion holds without them."""
    return tuple(left_out(piece, _("Wordt nog nagekeken. Je bent ook zonder in orde.")) for piece in pieces)


def spell_day(day: date) -> str:
    """A day in words: 12 maart 2027."""
    return date_format(day, "j F Y")


def spell_number(value: Decimal) -> str:
    """A number as people write it here: 9,5."""
    rounded = value.quantize(Decimal("0.1")).normalize()
    return f"{rounded:f}".replace(".", ",")
