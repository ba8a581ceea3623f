"""Act 5: dossiers in every state, from gathering to withdrawn."""

from datetime import date, timedelta
from decimal import Decimal

from accreditation.domain.conflicts import committee, is_tied
from accreditation.domain.decisions import decide
from accreditation.domain.dossiers import open_dossier, submit_dossier, withdraw_dossier
from accreditation.domain.opinions import give_opinion
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.domain.tie_questions import answer_no_tie
from accreditation.enums import Outcome, ReasonCode
from accreditation.models import DossierRound, ListingCard, ReaderAssignment, Recognition
from demo.acts.papers import add, diploma, insurance, membership
from demo.acts.people import by_account, crowd, today
from demo.acts.social_map import fill_listing
from demo.clock import at, moment
from people.domain.profiles import profile_of, update_profile
from people.models import User

BASIC = "basic"


def apply_for_recognition() -> None:
    """One dossier per state; everybody but the demo's learner has all that the criteria ask."""
    midwives, nurses, psychologists = crowd("midwife"), crowd("nurse"), crowd("psychologist")
    _granted(midwives[2], submitted=-160, listed=True)
    _granted(midwives[3], submitted=-120, listed=True)
    _granted(psychologists[1], submitted=-75, listed=True, degree="Klinische psychologie")
    _granted(nurses[1], submitted=-60, listed=False, degree="Verpleegkunde")
    withdrawn = _granted(midwives[4], submitted=-140, listed=True)
    with at(moment(-15)):
        withdraw_recognition(
            recognition_id=withdrawn.pk,
            withdrawn_by=by_account("netwerk"),
            reason="Op eigen vraag: stopt met werken in de zorg.",
        )
    _waiting_for_readers(crowd("maternity_carer")[0])
    _half_read(psychologists[0])
    _ripe(midwives[5])
    _refused(crowd("maternity_carer")[1])
    _asked_for_more(nurses[0])
    _taken_back(nurses[2])
    _learner()


def _papers(person: User, *, degree: str, statement: bool = False) -> None:
    """What a full portfolio needs, dated around the present moment of the act."""
    now = today()
    diploma(person, degree, 2015)
    insurance(person, date(now.year, 1, 1), date(now.year + 1, 12, 31))
    for year in sorted({now.year, moment(0).year}):
        membership(person, year)
    add(
        person,
        "training",
        name="Basispad perinatale zorg",
        provider="Opleidingshuis De Haag",
        hours=Decimal("14"),
        level="basic",
        completed_on=now,
    )
    if statement:
        add(
            person,
            "statement",
            form="intervision",
            meetings=5,
            hours=Decimal("10"),
            signed_by="Coördinator van de groep",
            valid_from=now - timedelta(days=350),
            valid_until=now,
        )


def submit(person: User, *, days: int, degree: str = "Vroedkunde", statement: bool = False) -> DossierRound:
    with at(moment(days - 3)):
        _papers(person, degree=degree, statement=statement)
    with at(moment(days)):
        open_dossier(person=person, level=BASIC)
        return submit_dossier(person=person, level=BASIC)


def advise(
    frozen: DossierRound, *, days: int, outcome: str, codes: list[str], text: str, count: int = 2
) -> None:
    assignments = ReaderAssignment.objects.active().filter(round=frozen).order_by("id")[:count]
    for place, assignment in enumerate(assignments):
        with at(moment(days + place, 20)):
            # Crowded names: many applicants share a family name with a reader by chance.
            answer_no_tie(dossier=frozen.dossier, member=assignment.reader)
            give_opinion(
                assignment_id=assignment.pk,
                reader=assignment.reader,
                outcome=outcome,
                reason_codes=codes,
                text=text,
            )


def decide_as_member(frozen: DossierRound, *, days: int, outcome: str, codes: list[str], text: str) -> None:
    readers = set(frozen.assignments.values_list("reader_id", flat=True))
    members = [*(by_account(name) for name in ("commissie", "lezer1", "lezer2")), *committee()]
    # Who sat in a group or a team with the applicant does not decide, in the demo either.
    decider = next(
        member
        for member in members
        if member.pk not in readers and not is_tied(dossier=frozen.dossier, member_id=member.pk)
    )
    with at(moment(days, 19)):
        answer_no_tie(dossier=frozen.dossier, member=decider)
        decide(round_id=frozen.pk, decider=decider, outcome=outcome, reason_codes=codes, text=text)


def _granted(person: User, *, submitted: int, listed: bool, degree: str = "Vroedkunde") -> Recognition:
    frozen = submit(person, days=submitted, degree=degree, statement=True)
    fine = [ReasonCode.ALL_CRITERIA_MET.value]
    advise(
        frozen, days=submitted + 9, outcome=Outcome.GRANTED, codes=fine, text="Alles is helder aangetoond."
    )
    decide_as_member(
        frozen, days=submitted + 20, outcome=Outcome.GRANTED, codes=fine, text="Alle criteria zijn in orde."
    )
    if listed:
        with at(moment(submitted + 22)):
            _list(person)
    return Recognition.objects.filter(person=person).latest("id")


def _list(person: User) -> None:
    profile = profile_of(person)
    update_profile(
        user=person,
        names={},
        fields={
            "offer": "Gesprekken thuis of in de praktijk, van zwangerschap tot de eerste verjaardag.",
            "public_email": f"praktijk{person.pk}@voorbeeld.test",
            "public_listing": True,
            "public_feed": True,
            "public_region": True,
            "public_employer": profile.employer_id is not None,
            "public_languages": True,
            "public_contact": True,
        },
    )
    fill_listing(person, number=ListingCard.objects.count())


def _waiting_for_readers(person: User) -> None:
    submit(person, days=-4, degree="Zorgkundige (kraamverzorgende, kinderverzorgende)", statement=True)


def _half_read(person: User) -> None:
    frozen = submit(person, days=-12, degree="Klinische psychologie", statement=True)
    fine = [ReasonCode.ALL_CRITERIA_MET.value]
    advise(frozen, days=-5, outcome=Outcome.GRANTED, codes=fine, text="Een volledig dossier.", count=1)


def _ripe(person: User) -> None:
    frozen = submit(person, days=-18)
    fine = [ReasonCode.ALL_CRITERIA_MET.value]
    advise(frozen, days=-9, outcome=Outcome.GRANTED, codes=fine, text="De zes criteria kloppen, met bewijs.")


def _refused(person: User) -> None:
    frozen = submit(
        person, days=-70, degree="Zorgkundige (kraamverzorgende, kinderverzorgende)", statement=True
    )
    codes = [ReasonCode.TRAINING_OFF_TOPIC.value]
    words = (
        "De opleiding ging over lichamelijke kraamzorg, niet over de mentale gezondheid van ouders en baby."
    )
    advise(frozen, days=-60, outcome=Outcome.REFUSED, codes=codes, text=words)
    decide_as_member(frozen, days=-50, outcome=Outcome.REFUSED, codes=codes, text=words)


def _asked_for_more(person: User) -> None:
    frozen = submit(person, days=-40, degree="Verpleegkunde", statement=True)
    codes = [ReasonCode.DOCUMENT_UNREADABLE.value]
    words = "Het attest van de opleiding is te vaag om te lezen."
    advise(frozen, days=-30, outcome=Outcome.MORE_INFORMATION, codes=codes, text=words)
    decide_as_member(frozen, days=-22, outcome=Outcome.MORE_INFORMATION, codes=codes, text=words)


def _taken_back(person: User) -> None:
    submit(person, days=-33, degree="Verpleegkunde", statement=True)
    with at(moment(-31)):
        withdraw_dossier(person=person, level=BASIC)


def _learner() -> None:
    """The demo's learner is on the way: a diploma that counts, a membership that waits, no policy yet."""
    learner = by_account("deelnemer")
    with at(moment(-25)):
        diploma(learner, "Vroedkunde", 2017)
        open_dossier(person=learner, level=BASIC)
    with at(moment(-2)):
        membership(learner, today().year, verified=None)
