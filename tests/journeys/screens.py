"""Every screen of the demo, by the account that sees it. Addresses come from the rows of a loaded demo."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accreditation.enums import CertificateKind, DossierStage, EvidenceStatus
from accreditation.models import (
    Certificate,
    Dossier,
    DossierRound,
    Evidence,
    IssueBatch,
    Letter,
    OrganisationLabel,
    ReaderAssignment,
    Recognition,
    WebhookEndpoint,
)
from courses.api import get_outline
from courses.models import CoursePage
from demo.acts.people import by_account
from demo.acts.portfolio import newest_question
from lms.domain.queries.reports import REPORTS
from lms.domain.waiting import offer_token
from lms.enums import PlanRunState
from lms.models import (
    CheckAttempt,
    Cohort,
    CohortTemplate,
    Enrolment,
    IntervisionGroup,
    Location,
    Meeting,
    NetworkEvent,
    PlanRun,
    PlanVersion,
    ProgrammePlan,
    RegisterFile,
    Session,
    SessionApproval,
)
from media.models import LearningPackage
from people.models import ImportBatch, Team, User

COURSE = "kleine-signalen"


@dataclass(frozen=True)
class Screen:
    """One address as one person; `status` is what the server answers."""

    name: str
    path: str
    status: int = 200
    person: User | None = None
    dark: bool = False
    #: A page of Wagtail's own back office, with our own part inside.
    office: bool = False


def visitor_screens() -> Iterator[Screen]:
    """What everybody may see."""
    pages = {
        "home": "/",
        "catalogus": "/cursussen/",
        "catalogus-leeg": "/cursussen/?vorm=online&niveau=onbestaand",
        "handvatten": "/handvatten/",
        "handvat-signaal": "/handvatten/zie-je-een-signaal/",
        "handvat-huisartsen": "/handvatten/huisartsen/",
        "agenda": "/agenda/",
        "zorgaanbod": "/zorgaanbod/",
        "zorgaanbod-zoeken": "/zorgaanbod/?zoek=baby+huilt&laag=netwerk",
        "zorgaanbod-leeg": "/zorgaanbod/?regio=westhoek",
        "over": "/over/",
        "zo-werkt-erkenning": "/erkenning/",
        "privacy": "/privacy/",
        "toegankelijkheid": "/toegankelijkheid/",
        "contact": "/contact/",
        "nagaan": "/v/",
        "nagaan-frans": "/v/?taal=fr",
        "aanmelden": "/account/login/",
        "account-maken": "/account/signup/",
        "wachtwoord-vergeten": "/account/password/reset/",
    }
    dark = {"home", "catalogus", "zorgaanbod", "nagaan", "aanmelden"}
    for name, path in pages.items():
        yield Screen(name, path, dark=name in dark)
    for page in CoursePage.objects.live().order_by("pk"):
        yield Screen(f"cursus-{page.slug}", f"/cursussen/{page.slug}/", dark=page.slug == COURSE)
    held = Recognition.objects.filter(withdrawn_at=None).earliest("pk")
    gone = Recognition.objects.exclude(withdrawn_at=None).earliest("pk")
    for name, recognition in (("geldig", held), ("ingetrokken", gone)):
        code = _certificate(recognition.person, CertificateKind.RECOGNITION).code
        yield Screen(f"nagaan-{name}", f"/v/{code}/", dark=True)
    for kind in (CertificateKind.COURSE, CertificateKind.ATTENDANCE, CertificateKind.TRAINER):
        code = Certificate.objects.filter(kind=kind).earliest("pk").code
        yield Screen(f"nagaan-{kind}", f"/v/{code}/")
        yield Screen(f"nagaan-{kind}-frans", f"/v/{code}/?taal=fr")
    path = newest_question()
    yield Screen("verklaring", path, dark=True)
    yield Screen("verklaring-onbekend", "/verklaring/bestaat-niet/", status=404)
    yield Screen("nagaan-onbekend", "/v/AAAA-AAAA-AAAA-AAAA/", status=404)
    yield Screen("niet-gevonden", "/hier-is-niets/", status=404)


def learner_screens() -> Iterator[Screen]:
    """The professional on the way."""
    learner = by_account("deelnemer")
    for name, path in _learning(learner):
        yield Screen(name, path, person=learner, dark=name in {"les-een-plek-zoeken", "cursus-stand"})
    plain = {
        "bureau": "/mijn/",
        "profiel": "/mijn/profiel/",
        "vermelding-leeg": "/mijn/vermelding/",
        "vermelding-plek-nieuw": "/mijn/vermelding/plek/",
        "dossier": "/mijn/dossier/",
        "dossier-gespecialiseerd": "/mijn/dossier/?niveau=specialised",
        "dossier-route": "/mijn/dossier/route/",
        "bewijs-kiezen": "/mijn/dossier/bewijs/",
        "intervisie": "/mijn/intervisie/",
        "intervisie-kies": "/mijn/intervisie/kies/?over=zelf&wie=groep",
        "intervisie-zoeken": "/mijn/intervisie/zoeken/",
        "netwerkmomenten": "/netwerkmomenten/",
        "mijn-agenda": "/mijn/agenda/",
        "mijn-erkenning-nog-niet": "/mijn/erkenning/",
        "getuigschriften-leeg": "/mijn/getuigschriften/",
        "map": "/mijn/map/",
        "map-wie-keek": "/mijn/map/wie-keek/",
        "verklaringen": "/mijn/map/verklaringen/",
        "verklaring-vragen": "/mijn/map/verklaringen/vraag/statement/",
        "account-email": "/account/email/",
        "account-wachtwoord": "/account/password/change/",
        "account-tweede-stap": "/account/2fa/",
        "account-sessies": "/account/sessions/",
        "account-afmelden": "/account/logout/",
    }
    for name, path in plain.items():
        yield Screen(name, path, person=learner, dark=name in {"bureau", "dossier", "profiel"})
    for kind in (
        "diploma",
        "training",
        "statement",
        "insurance",
        "membership",
        "experience",
        "lived_experience",
    ):
        yield Screen(
            f"bewijs-nieuw-{kind}", reverse("accreditation:evidence_add", args=[kind]), person=learner
        )
    for number, piece in enumerate(
        Evidence.objects.filter(person=learner, file__isnull=False).order_by("pk")
    ):
        yield Screen(f"bewijs-{number}", reverse("accreditation:evidence", args=[piece.pk]), person=learner)
    replaced = Evidence.objects.filter(person=learner, kind="membership").earliest("pk")
    yield Screen(
        "bewijs-vervangen", reverse("accreditation:evidence_replace", args=[replaced.pk]), person=learner
    )
    meetings = Meeting.objects.filter(group__members__person=learner).order_by("starts_at")
    for number, meeting in enumerate(meetings):
        yield Screen(f"overleg-{number}", reverse("lms:meeting", args=[meeting.pk]), person=learner)
    yield Screen("verboden", "/commissie/", status=403, person=learner)
    stranger = Evidence.objects.exclude(person=learner).earliest("pk")
    address = reverse("accreditation:evidence", args=[stranger.pk])
    yield Screen("van-een-ander", address, status=404, person=learner)


def _learning(learner: User) -> Iterator[tuple[str, str]]:
    base = f"/mijn/leren/{COURSE}/"
    yield "cursus-stand", base
    yield "inschrijven", "/mijn/leren/basiskennis-ppimh/"
    outline = get_outline(Enrolment.objects.get(person=learner, course__slug=COURSE).version_id)
    checks = 0
    for place, lesson in enumerate(outline.lessons):
        # Every second lesson: together they show every block that a lesson can hold.
        if place % 2 == 0 or lesson.check_ids:
            yield f"les-{lesson.slug}", f"{base}{lesson.slug}/"
        if lesson.check_ids and checks < 5:
            checks += 1
            yield f"toets-{checks}", f"{base}{lesson.slug}/toets/{lesson.check_ids[0]}/"


def recognised_screens() -> Iterator[Screen]:
    """People further on: handed in, asked for more, refused, recognised, withdrawn, done with a course."""
    for stage in DossierStage.values:
        dossier = Dossier.objects.filter(stage=stage).order_by("pk").first()
        if dossier is not None:
            yield Screen(f"dossier-stand-{stage}", "/mijn/dossier/", person=dossier.person)
            yield Screen(f"erkenning-stand-{stage}", "/mijn/erkenning/", person=dossier.person)
    asked = Dossier.objects.get(stage=DossierStage.MORE_INFORMATION).person
    yield Screen("dossier-indienen", "/mijn/dossier/indienen/basic/", person=asked)
    gone = Recognition.objects.exclude(withdrawn_at=None).earliest("pk").person
    yield Screen("erkenning-ingetrokken", "/mijn/erkenning/", person=gone)
    yield Screen("getuigschriften-ingetrokken", "/mijn/getuigschriften/", person=gone)
    for number, letter in enumerate(Letter.objects.filter(person__in=[asked, gone]).order_by("pk")):
        path = reverse("accreditation:letter", args=[letter.pk])
        yield Screen(f"brief-{number}", path, person=letter.person)
    done = Certificate.objects.filter(kind=CertificateKind.COURSE).earliest("pk").person
    yield Screen("getuigschriften", "/mijn/getuigschriften/", person=done)
    yield Screen("bureau-klaar", "/mijn/", person=done)
    yield Screen("cursus-klaar", f"/mijn/leren/{COURSE}/", person=done)
    fresh = (
        Enrolment.objects.filter(course__slug=COURSE, last_lesson="", completed_at=None).earliest("pk").person
    )
    yield Screen("bureau-begin", "/mijn/", person=fresh)
    yield Screen("dossier-leeg", "/mijn/dossier/", person=fresh)
    yield Screen("intervisie-leeg", "/mijn/intervisie/", person=fresh)
    yield Screen("mijn-agenda-leeg", "/mijn/agenda/", person=fresh)
    midwife = Session.objects.get(cohort__name="Signalen samen lezen").attendance.earliest("pk").person
    yield Screen("mijn-punten", reverse("lms:points"), person=midwife, dark=True)
    yield Screen("mijn-periode", reverse("lms:points_cycle", args=["midwife"]), person=midwife)
    yield Screen("mijn-punten-leeg", reverse("lms:points"), person=by_account("netwerk"))
    moderator = IntervisionGroup.objects.earliest("pk").members.get(is_moderator=True)
    for name in ("agreement", "group_life"):
        path = reverse(f"lms:{name}", args=[moderator.group_id])
        yield Screen(f"groep-{name}", path, person=moderator.person)
    event = NetworkEvent.objects.exclude(minutes="").earliest("pk")
    yield Screen("netwerkmoment-verslag", reverse("lms:network_event", args=[event.pk]))
    coming = NetworkEvent.objects.filter(kind="cases").earliest("starts_at")
    yield Screen("netwerkmoment", reverse("lms:network_event", args=[coming.pk]), person=fresh)
    path = reverse("lms:meeting_create", args=[moderator.group_id])
    yield Screen("overleg-nieuw", path, person=moderator.person)


def trainer_screens() -> Iterator[Screen]:
    """Groups, lists and codes, and the team's coordinator."""
    trainer = by_account("trainer")
    cohort = Cohort.objects.get(name="Crisisteams, vandaag")
    past = Session.objects.filter(cohort__name="Basiskennis, reeks 1").earliest("starts_at")
    today, coming = Session.objects.get(cohort=cohort), Session.objects.latest("starts_at")
    absent = past.attendance.earliest("pk").person_id
    pages = {
        "begeleiding": "/begeleiding/",
        "gedeelde-reflecties": reverse("lms:shared_reflections"),
        "groep-nieuw": reverse("lms:cohort_create"),
        "groep": reverse("lms:cohort", args=[cohort.pk]),
        "groep-drie-dagen": reverse("lms:cohort", args=[past.cohort_id]),
        "groep-bewerken": reverse("lms:cohort_edit", args=[cohort.pk]),
        "sessie-nieuw": reverse("lms:session_create", args=[cohort.pk]),
        "lijst": reverse("lms:session", args=[today.pk]),
        "lijst-gesloten": reverse("lms:session", args=[past.pk]),
        "lijst-straks": reverse("lms:session", args=[coming.pk]),
        "lijst-verbeteren": reverse("lms:attendance_correct", args=[past.pk, absent]),
        "sessie-bewerken": reverse("lms:session_edit", args=[coming.pk]),
        "qr-afmelden": reverse("lms:session_qr", args=[today.pk]) + "?weg=1",
        "papieren-lijst": reverse("lms:paper", args=[today.pk]),
        "uren": reverse("lms:moments", args=[today.pk, today.cohort.enrolments.earliest("pk").person_id]),
        "code-typen": reverse("lms:check_in_code"),
        "qr": reverse("lms:session_qr", args=[today.pk]),
        "qr-nog-niet": reverse("lms:session_qr", args=[coming.pk]),
        "intervisiegroep-nieuw": reverse("lms:group_create"),
        "bureau-trainer": "/mijn/",
        **_around_cohorts(past),
    }
    for name, path in pages.items():
        # A group is managed by who made it or leads in it; the office manages all.
        yield Screen(name, path, person=trainer, dark=name in {"begeleiding", "lijst", "qr"})
    yield from _seats_of_learners()
    yield Screen("team", "/team/", person=by_account("teamcoordinator"), dark=True)
    for slug in ("mct-oever", "mct-jong-oever"):
        path = reverse("lms:team_desk", args=[Team.objects.get(slug=slug).pk])
        yield Screen(f"team-{slug}", path, person=by_account("teamcoordinator"), dark=slug == "mct-oever")
        yield Screen(f"team-{slug}-inschrijven", f"{path}inschrijven/", person=by_account("teamcoordinator"))
        yield Screen(f"team-{slug}-opleiden", f"{path}opleiden/", person=by_account("teamcoordinator"))
    yield Screen("beschikbaar", "/mijn/beschikbaar/", person=trainer)
    yield Screen("bureau-teamcoordinator", "/mijn/", person=by_account("teamcoordinator"))


def _around_cohorts(past: Session) -> dict[str, str]:
    """Seats, messages, preparation, opinions, series and copies."""
    full, asked = (Cohort.objects.get(name=f"Crisisteams, {name}") for name in ("lente", "na overleg"))
    told = Session.objects.exclude(evaluation=None).earliest("pk")
    template = CohortTemplate.objects.earliest("pk")
    return {
        "groep-wachtlijst": reverse("lms:cohort", args=[full.pk]),
        "groep-vragen": reverse("lms:cohort", args=[asked.pk]),
        "bericht": reverse("lms:cohort_message", args=[full.pk]) + "?sjabloon=welkom",
        "voorbereiding": reverse("lms:prepare", args=[full.sessions.earliest("pk").pk]),
        "voorbereiding-leeg": reverse("lms:prepare", args=[past.pk]),
        "evaluatie": reverse("lms:evaluation", args=[told.pk]),
        "evaluaties": reverse("lms:evaluations_compare", args=[told.cohort.course.slug]),
        "reeks-nieuw": reverse("lms:series_create", args=[full.pk]),
        "kopie": reverse("lms:cohort_copy", args=[full.pk]),
        "van-sjabloon": reverse("lms:from_template", args=[template.pk]),
    }


def _seats_of_learners() -> Iterator[Screen]:
    """A group of mine, one I wait for, and the link of an offer."""
    full = Cohort.objects.get(name="Crisisteams, lente")
    member = full.enrolments.filter(withdrawn_at=None).earliest("pk").person
    yield Screen("mijn-groepen", "/mijn/groepen/", person=member)
    yield Screen("mijn-groep", reverse("lms:my_group", args=[full.pk]), person=member)
    entry = full.waiting_entries.filter(state="offered").earliest("pk")
    yield Screen("plaats-aangeboden", reverse("lms:seat_offer", args=[offer_token(entry)]))
    yield Screen("mijn-groepen-wacht", "/mijn/groepen/", person=entry.person)
    path = reverse("lms:choose_group", args=[full.course.slug])
    yield Screen("groep-kiezen", path, person=by_account("auteur"))
    yield Screen("mijn-berichten", "/mijn/berichten/", person=member)
    yield Screen("mijn-groepen-leeg", "/mijn/groepen/", person=by_account("auteur"))
    yield Screen("locatie", reverse("lms:location", args=["de-oever"]))


def _office_of_cohorts(staff: User) -> Iterator[Screen]:
    """Lists of people, locations and forms."""
    batch = ImportBatch.objects.earliest("pk")
    pages = {
        "lijsten": reverse("people:intakes"),
        "lijst-mensen": reverse("people:intake", args=[batch.pk]),
        "locaties": reverse("lms:locations"),
        "locatie-bewerken": reverse("lms:location_edit", args=[Location.objects.earliest("pk").pk]),
        "evaluatieformulieren": reverse("lms:evaluation_forms"),
    }
    for name, path in pages.items():
        yield Screen(name, path, person=staff)


def committee_screens() -> Iterator[Screen]:
    """Readers and deciders."""
    for local in ("lezer1", "lezer2", "commissie"):
        yield Screen(f"commissie-{local}", "/commissie/", person=by_account(local), dark=local == "lezer1")
    unread = ReaderAssignment.objects.active().filter(opinion=None).earliest("pk")
    given = ReaderAssignment.objects.active().filter(round__dossier__stage=DossierStage.READING)
    half = given.exclude(opinion=None).earliest("pk")
    for name, one in (("lezen", unread), ("lezen-gegeven", half)):
        path = reverse("accreditation:reading", args=[one.pk])
        yield Screen(name, path, person=one.reader, dark=name == "lezen")
    rounds = DossierRound.objects.filter(dossier__stage=DossierStage.READING)
    ripe = next(found for found in rounds if not found.assignments.active().filter(opinion=None).exists())
    readers = set(ripe.assignments.values_list("reader_id", flat=True))
    members = [by_account(local) for local in ("commissie", "lezer1", "lezer2")]
    decider = next(member for member in members if member.pk not in readers)
    yield Screen("beslissen", reverse("accreditation:deciding", args=[ripe.pk]), person=decider, dark=True)
    decided = DossierRound.objects.filter(dossier__stage=DossierStage.GRANTED).earliest("pk")
    path = reverse("accreditation:deciding", args=[decided.pk])
    yield Screen("beslist", path, person=decided.decision.decided_by)


def office_screens() -> Iterator[Screen]:
    """The network's office, the administrator and the author."""
    drawn = PlanVersion.objects.latest("pk")
    staff, admin, author = by_account("netwerk"), by_account("beheer"), by_account("auteur")
    learner = by_account("deelnemer")
    waiting = Evidence.objects.filter(status=EvidenceStatus.WAITING, origin="upload").earliest("pk")
    held = Recognition.objects.filter(withdrawn_at=None).earliest("pk")
    pages = {
        "netwerk": "/netwerk/",
        "bewijsstukken": "/netwerk/bewijsstukken/",
        "bewijsstuk": reverse("accreditation:evidence_verify", args=[waiting.pk]),
        "erkenningen": "/netwerk/erkenningen/",
        "intrekken": reverse("accreditation:withdraw", args=[held.pk]),
        "wachtende-dossiers": "/netwerk/wachtende-dossiers/",
        "mensen": "/netwerk/mensen/",
        "teams": reverse("lms:network_teams"),
        "steekproef": reverse("lms:network_intervision"),
        "regels-samen": reverse("lms:exchange_rules"),
        "pool": reverse("lms:pool"),
        "momenten": reverse("lms:network_events_desk"),
        "moment": reverse(
            "lms:network_event_manage", args=[NetworkEvent.objects.exclude(minutes="").earliest("pk").pk]
        ),
        "registers": reverse("lms:registers"),
        "register-bestand": reverse("lms:register_file", args=[RegisterFile.objects.earliest("pk").pk]),
        "punten-van-sessie": reverse(
            "lms:session_approvals", args=[SessionApproval.objects.earliest("pk").session_id]
        ),
        "aanwezigheidsregels": reverse("lms:presence_rules"),
        "rapporten": reverse("lms:reports"),
        **{f"rapport-{slug}": reverse("lms:report", args=[slug]) for slug in REPORTS},
        "plannen": reverse("lms:plans"),
        "plan-vergelijken": reverse("lms:plan_compare", args=[drawn.plan_id]) + "?van=1&met=2",
        "plan-gelijk": reverse("lms:plan_compare", args=[drawn.plan_id]) + "?van=1&met=1",
        "plan-rekent": reverse("lms:plan", args=[_searching(drawn).plan_id]),
        "plan-nieuw": reverse("lms:plan_create"),
        "plan": reverse("lms:plan", args=[drawn.plan_id]),
        "plan-groep": reverse("lms:plan_group", args=[drawn.plan_id, "deel-1-01"]),
        "plan-publiceren": reverse("lms:plan_publish", args=[drawn.plan_id]),
        "mensen-niemand": "/netwerk/mensen/?q=zzzz",
        "getuigschriften-bureau": reverse("accreditation:issuing"),
        "getuigschriften-uren": reverse("accreditation:issue_prepare", args=["uren"]),
        "getuigschriften-aanwezigheid": reverse("accreditation:issue_prepare", args=["aanwezigheid"]),
        "getuigschriften-licentie": reverse("accreditation:issue_prepare", args=["licentie"]),
        "getuigschriften-reeks": reverse(
            "accreditation:issue_batch", args=[IssueBatch.objects.latest("pk").pk]
        ),
        "samenvoegen": reverse("people:merge", args=[learner.pk]),
        "samengevoegd-leeg": reverse("people:merges"),
        "labels": reverse("accreditation:labels"),
        "label-stoppen": reverse(
            "accreditation:label_end", args=[OrganisationLabel.objects.earliest("pk").pk]
        ),
        "webhooks": "/netwerk/webhooks/",
        "webhook": reverse("accreditation:webhook", args=[WebhookEndpoint.objects.earliest("pk").pk]),
        "webhook-bewerken": reverse(
            "accreditation:webhook_edit", args=[WebhookEndpoint.objects.earliest("pk").pk]
        ),
        "begeleiding-bureau": "/begeleiding/",
        "bureau-netwerk": "/mijn/",
    }
    for name, path in pages.items():
        yield Screen(name, path, person=staff, dark=name in {"netwerk", "bewijsstuk", "plan", "plan-rekent"})
    yield Screen("vermelding", "/mijn/vermelding/", person=held.person, dark=True)
    yield Screen("mens", reverse("people:person", args=[learner.pk]), person=admin)
    yield Screen("stijl", "/beheer/stijl/", person=admin)
    yield from _office_of_cohorts(staff)
    package = LearningPackage.objects.earliest("pk")
    office = {
        "beheer-pakketten": reverse("media_packages"),
        "beheer-pakket-nieuw": reverse("media_package_upload"),
        "beheer-pakket": reverse("media_package", args=[package.pk]),
        "beheer-pakket-gebruik": reverse("lms_package_uses", args=[package.pk]),
        "beheer-toetsen": reverse("lms_item_checks"),
        "beheer-toets": _analysed(),
    }
    for name, path in office.items():
        yield Screen(name, path, person=author, office=True)
    # The editor of a template is looked at in tests/accreditation/test_issuing_browser.py.
    snippet = "wagtailsnippets_accreditation_certificatetemplate"
    yield Screen("beheer-sjablonen", reverse(f"{snippet}:list"), person=admin, office=True)
    yield Screen("beheer-bibliotheken", reverse("media_libraries"), person=admin, office=True)


def _searching(drawn: PlanVersion) -> PlanRun:
    """A search that goes on as long as the walk, with the plan that was drawn as its best so far."""
    plan = ProgrammePlan.objects.create(
        name="Een programma met een lange naam voor heel Vlaanderen, dat nog aan het rekenen is",
        question=drawn.question,
    )
    return PlanRun.objects.create(
        plan=plan,
        state=PlanRunState.RUNNING,
        step="times",
        seconds=600,
        best=drawn.result,
        better=1,
        cost=drawn.result["cost"],
        bound=drawn.result["bound"],
        seen_at=timezone.now() + timedelta(hours=2),
    )


def _analysed() -> str:
    """The check of the childcare course with the most first attempts."""
    most = (
        CheckAttempt.objects.filter(enrolment__course__slug=COURSE, number=1)
        .values("enrolment__course_id", "check_id")
        .annotate(people=Count("pk"))
        .order_by("-people", "check_id")
        .first()
    )
    assert most is not None
    return reverse("lms_item_analysis", args=[most["enrolment__course_id"], most["check_id"]])


def _certificate(person: User, kind: str) -> Certificate:
    return Certificate.objects.filter(person=person, kind=kind, superseded_by=None).latest("pk")


WALKS = {
    "bezoeker": visitor_screens,
    "deelnemer": learner_screens,
    "professionals": recognised_screens,
    "begeleiding": trainer_screens,
    "commissie": committee_screens,
    "bureau": office_screens,
}
