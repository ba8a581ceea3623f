"""Who is tied to whom, and who may be: pure. Source: the network's policy, "nobody judges a friend" (threat 16)."""

import re
import unicodedata
from dataclasses import dataclass

from accreditation.enums import ConflictGround
from accreditation.enums_committee import TieHint

#: Words in a family name that say nothing about the family.
PARTICLES = frozenset(
    ["van", "de", "den", "der", "des", "het", "ter", "ten", "le", "la", "du", "el", "al", "vd"]
)
SHORTEST_NAME = 4
SHORTEST_PHONE = 8


@dataclass(frozen=True)
class ApplicantTies:
    """What ties an applicant to others on one day; sets hold ids of users, `team_ids` of teams.

    `trainers`: who trained the applicant, and whom the applicant trained.
    """

    person_id: int
    employer_id: int | None = None
    team_ids: frozenset[int] = frozenset()
    cohort_mates: frozenset[int] = frozenset()
    intervision_mates: frozenset[int] = frozenset()
    trainers: frozenset[int] = frozenset()
    #: Who signed a statement about the applicant's supervision or experience, as `plain` names.
    signers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MemberFacts:
    """A committee member on one day."""

    person_id: int
    employer_id: int | None = None
    team_ids: frozenset[int] = frozenset()
    profession_id: int | None = None
    full_name: str = ""


def plain(text: str) -> str:
    """A name as it is compared: small letters, no accents, no marks, single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", kept).split())


def grounds_for(applicant: ApplicantTies, member: MemberFacts) -> tuple[ConflictGround, ...]:
    """All grounds on which the member is tied to the applicant, in a fixed order; empty when there are none.

    An unknown employer ties nobody. The applicant as member is not a ground here: nobody judges themselves at all.
    """
    if member.person_id == applicant.person_id:
        return ()
    found = {
        ConflictGround.EMPLOYER: applicant.employer_id is not None
        and applicant.employer_id == member.employer_id,
        ConflictGround.TEAM: bool(applicant.team_ids & member.team_ids),
        ConflictGround.COHORT: member.person_id in applicant.cohort_mates,
        ConflictGround.INTERVISION: member.person_id in applicant.intervision_mates,
        ConflictGround.TRAINER: member.person_id in applicant.trainers,
        ConflictGround.SUPERVISOR: bool(member.full_name) and plain(member.full_name) in applicant.signers,
    }
    return tuple(ground for ground in ConflictGround if found.get(ground, False))


@dataclass(frozen=True)
class Traces:
    """What may show that two people know one another: the name, and how families reach the practice."""

    last_name: str = ""
    phone: str = ""
    email: str = ""


def hints_for(applicant: Traces, member: Traces) -> tuple[TieHint, ...]:
    """What to ask the member about. A hint proves nothing: many people carry the same name."""
    found = []
    if _names(applicant.last_name) & _names(member.last_name):
        found.append(TieHint.FAMILY_NAME)
    same_phone = _digits(applicant.phone) and _digits(applicant.phone) == _digits(member.phone)
    same_mailbox = applicant.email and applicant.email.casefold() == member.email.casefold()
    if same_phone or same_mailbox:
        found.append(TieHint.ADDRESS)
    return tuple(found)


def _names(last_name: str) -> frozenset[str]:
    """The family name written as one and its parts: "Van de Velde-Maes" gives "vandevelde", "velde" and "maes"."""
    halves = [plain(half).split() for half in re.split(r"[-–/]", last_name)]
    joined = {"".join(words) for words in halves}
    cores = {word for words in halves for word in words if word not in PARTICLES}
    return frozenset(name for name in joined | cores if len(name) >= SHORTEST_NAME)


def _digits(phone: str) -> str:
    """The last eight digits, so that +32 and 0 make no difference."""
    digits = "".join(one for one in phone if one.isdigit())
    return digits[-SHORTEST_PHONE:] if len(digits) >= SHORTEST_PHONE else ""


@dataclass(frozen=True)
class Candidate:
    """A member who may read: no conflict, not the applicant, not sent away from this round before."""

    person_id: int
    load: int
    same_profession: bool = False
    knows_dossier: bool = False
    #: The mandate ends before the reading time does.
    leaves_soon: bool = False


def choose_readers(candidates: list[Candidate], *, wanted: int, has_peer: bool = False) -> tuple[int, ...]:
    """Ids of at most `wanted` readers.

    Whoever read an earlier round comes first, whose mandate ends before the reading is due comes last. One reader of
    the applicant's own profession is enough (`has_peer`: an earlier chosen one is); all else goes by the lowest load,
    then by the oldest account, so that it can be replayed.
    """
    chosen: list[int] = []
    left = list(candidates)
    while left and len(chosen) < wanted:
        peer_counts = not has_peer
        best = min(
            left,
            key=lambda one: (
                not one.knows_dossier,
                one.leaves_soon,
                not (peer_counts and one.same_profession),
                one.load,
                one.person_id,
            ),
        )
        left.remove(best)
        chosen.append(best.person_id)
        has_peer = has_peer or best.same_profession
    return tuple(chosen)
