"""Act: life around cohorts: a building, a full edition, one that approves, notes, opinions, a list of people."""

import io
import uuid

from demo.acts.people import by_account, crowd
from demo.clock import at, moment
from lms.domain import seats
from lms.domain.cohorts import CohortPlan, create_cohort
from lms.domain.editions import save_as_template
from lms.domain.evaluations import ask_opinion, give_opinion
from lms.domain.materials import add_material
from lms.domain.messages import send_message, text_of
from lms.domain.session_notes import write_note
from lms.domain.sessions import SessionPlan, plan_session
from lms.enums import EnrolmentWay, NoteTopic
from lms.models import Cohort, Location, Session
from people.domain.intake.staging import stage_file

#: Invented people; the list shows a new one, a known one, a namesake, a wrong address and a formula.
LIST = """e-mail;voornaam;achternaam;beroep;regio
fenna.wilg@demo.nestwerk.test;Fenna;Wilg;vroedvrouw;
{known};{first};{last};;
ander.adres@demo.nestwerk.test;{first};{last};;
geen adres;Sofie;Beuk;;
joris.es@demo.nestwerk.test;=Joris;Es;;
"""


def live_around_cohorts() -> None:
    """Everything that staff, trainers and learners meet around a group."""
    place = _building()
    full = _full_edition(place)
    _ask_for_approval(place)
    _prepare(full)
    _opinions()
    _list_of_people()


def _building() -> Location:
    place = Location.objects.create(
        name="Vormingszaal De Oever",
        slug="de-oever",
        street="Rietkaai 12",
        postcode="9000",
        municipality="Gent",
        map_url="https://www.openstreetmap.org/search?query=Gent",
        step_free=True,
        accessible_toilet=True,
        lactation_room=True,
        accessibility="De ingang is vlak. Een lift brengt je naar de zaal op de eerste verdieping. "
        "Laat het weten als je een plaats vooraan nodig hebt.",
        public_transport="Tram 1, halte Rietkaai. Van daar is het vijf minuten stappen, zonder trappen.",
        parking="Je fiets staat binnen in de koer. Voor auto's zijn er drie plaatsen, ook een voorbehouden.",
    )
    Session.objects.filter(place="Vormingszaal De Oever").update(location=place)
    return place


def _edition(name: str, *, like: Cohort, days: int, hour: int, place: Location, **facts: object) -> Cohort:
    cohort = create_cohort(
        actor=by_account("trainer"),
        plan=CohortPlan(
            course_id=like.course_id,
            name=name,
            starts_on=moment(days).date(),
            ends_on=moment(days).date(),
            region_id=like.region_id,
            **facts,  # type: ignore[arg-type]
        ),
    )
    plan_session(
        cohort_id=cohort.pk,
        actor=by_account("trainer"),
        plan=SessionPlan(
            title="Halve dag crisisteams",
            starts_at=moment(days, hour),
            ends_at=moment(days, hour + 4),
            trainer_ids=(by_account("trainer").pk,),
            place=f"{place.name}, {place.municipality}",
            location_id=place.pk,
            preparation="Neem een situatie uit je werk in gedachten mee. Schrijf ze niet op.",
        ),
    )
    return cohort


def _full_edition(place: Location) -> Cohort:
    like = Cohort.objects.get(name="Crisisteams, winter")
    with at(moment(-9)):
        cohort = _edition(
            "Crisisteams, lente",
            like=like,
            days=59,
            hour=13,
            place=place,
            capacity=3,
            costs="Koffie en kaartjes",
        )
        people = crowd("nurse")[:3]
        for person in people:
            seats.add_member(cohort_id=cohort.pk, person=person, actor=by_account("netwerk"))
    waiting = [person for person in crowd("midwife") if person not in people][:3]
    for days, person in zip((-8, -6, -5), waiting, strict=False):
        with at(moment(days)):
            seats.join_waiting_list(person=person, cohort_id=cohort.pk)
    with at(moment(-1)):
        seats.leave_cohort(person=people[0], cohort_id=cohort.pk)
    save_as_template(cohort_id=cohort.pk, actor=by_account("trainer"), name="Halve dag")
    return cohort


def _ask_for_approval(place: Location) -> None:
    like = Cohort.objects.get(name="Crisisteams, winter")
    with at(moment(-4)):
        cohort = _edition(
            "Crisisteams, na overleg",
            like=like,
            days=73,
            hour=9,
            place=place,
            capacity=12,
            way=EnrolmentWay.APPROVAL,
        )
        for person in crowd("psychologist")[:2]:
            seats.ask_for_seat(person=person, cohort_id=cohort.pk)


def _prepare(cohort: Cohort) -> None:
    session = cohort.sessions.get()
    trainer = by_account("trainer")
    with at(moment(-3)):
        add_material(
            session_id=session.pk, actor=trainer, title="Breng je eigen beker mee", url="", for_trainers=False
        )
        add_material(
            session_id=session.pk, actor=trainer, title="Kaartjes voor de oefening", url="", for_trainers=True
        )
        write_note(
            session_id=session.pk,
            author=trainer,
            topic=NoteTopic.TIMING,
            text="De oefening met de stoelen vraagt een kwartier meer dan het draaiboek zegt.",
        )
        subject, body = text_of("welkom") or ("", "")
        send_message(cohort_id=cohort.pk, actor=trainer, subject=subject, body=body, key=uuid.uuid4())


def _opinions() -> None:
    session = Session.objects.filter(cohort__name="Crisisteams, voorjaar").earliest("starts_at")
    with at(moment(-112)):
        evaluation = ask_opinion(session_id=session.pk, actor=by_account("trainer"))
    texts = ("Meer tijd voor de oefening.", "", "De zaal was wat warm.", "", "", "")
    present = [row.person for row in session.cohort.enrolments.select_related("person").order_by("pk")[1:]]
    for number, person in enumerate(present[:6]):
        with at(moment(-109 + number)):
            give_opinion(
                evaluation_id=evaluation.pk,
                person=person,
                given={
                    "nut": 5 - number % 2,
                    "helder": 4 + number % 2,
                    "veilig": 5 - number % 3,
                    "aanrader": 10 - number % 4,
                    "mee": "Eerst vertragen, dan pas vragen stellen." if number == 1 else "",
                    "beter": texts[number],
                },
            )


def _list_of_people() -> None:
    known = crowd("nurse")[0]
    text = LIST.format(known=known.email, first=known.first_name, last=known.last_name)
    with at(moment(-1, 15)):
        stage_file(
            file=io.BytesIO(text.encode()), file_name="nieuwe collega's.csv", actor=by_account("netwerk")
        )
