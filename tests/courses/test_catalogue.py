import datetime as dt
from decimal import Decimal

import pytest

from courses.api import CohortDate, PersonState, course_by_slug, courses_by_ids, list_courses
from courses.domain import extras
from courses.domain.catalogue_rules import CatalogueFilter, CourseCard, fits
from courses.domain.facts import CourseSummary
from people.models import Profession, ReferenceRegion
from tests.factories.courses import make_course, make_published_course
from tests.factories.people import UserFactory


@pytest.fixture(autouse=True)
def _no_page_cache(settings):
    settings.PUBLIC_PAGE_CACHE = False


@pytest.fixture
def sources(monkeypatch):
    """Registered sources of this test only."""
    monkeypatch.setattr(extras, "_extras", [])
    monkeypatch.setattr(extras, "_person_states", [])
    return extras


def card(form="online", region="", cohorts=(), professions=("midwife",), level="basic"):
    summary = CourseSummary(
        1, "a", "A", "", "", "/cursussen/a/", level, form, 30, Decimal(0), professions, 1, Decimal(0), ""
    )
    return CourseCard(summary, (), region, cohorts)


COHORT = CohortDate(5, "Najaar", dt.date(2030, 3, 4), region="regio-gent", region_name="Gent", places_left=3)


@pytest.mark.parametrize(
    ("one", "chosen", "expected"),
    [
        (card(), CatalogueFilter(), True),
        (card(), CatalogueFilter(profession="midwife"), True),
        (card(), CatalogueFilter(profession="nurse"), False),
        (card(), CatalogueFilter(level="specialised"), False),
        (card(), CatalogueFilter(form="online", level="basic"), True),
        (card(), CatalogueFilter(form="blended"), False),
        (card(), CatalogueFilter(region="regio-gent"), True),
        (card(form="in_person"), CatalogueFilter(region="regio-gent"), False),
        (card(form="in_person", region="regio-gent"), CatalogueFilter(region="regio-gent"), True),
        (card(form="in_person", cohorts=(COHORT,)), CatalogueFilter(region="regio-gent"), True),
        (card(form="in_person", cohorts=(COHORT,)), CatalogueFilter(region="regio-brugge"), False),
    ],
)
def test_fits(one, chosen, expected):
    assert fits(one, chosen) is expected


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_catalogue_queries_do_not_grow(count, client, sources, django_assert_num_queries):
    for number in range(count):
        make_published_course(f"cursus-{number}", professions=list(Profession.objects.all()[:3]))
    sources.register_course_extras(lambda ids: {course_id: [COHORT] for course_id in ids})
    client.get("/cursussen/")
    with django_assert_num_queries(8):
        response = client.get("/cursussen/")
    assert len(response.context["cards"]) == count


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_course_page_queries_do_not_grow(count, client, sources, django_assert_num_queries):
    make_published_course(lessons=count, professions=list(Profession.objects.all()[:count]))
    client.get("/cursussen/kleine-signalen/")
    with django_assert_num_queries(11):
        assert client.get("/cursussen/kleine-signalen/").status_code == 200


@pytest.mark.django_db
def test_catalogue_filters_by_what_was_chosen(client, sources):
    midwife, nurse = Profession.objects.get(key="midwife"), Profession.objects.get(key="nurse")
    make_published_course("vroed", professions=[midwife], level="basic")
    make_published_course("verpleeg", professions=[nurse, midwife], level="specialised")

    def found(query):
        return [one.course.slug for one in client.get(f"/cursussen/{query}").context["cards"]]

    assert found("") == ["vroed", "verpleeg"]
    assert found("?beroep=nurse") == ["verpleeg"]
    assert found("?beroep=midwife&niveau=basic") == ["vroed"]
    assert found("?niveau=specialised&vorm=online") == ["verpleeg"]
    assert found("?beroep=onbestaand&niveau=<script>") == ["vroed", "verpleeg"]


@pytest.mark.django_db
def test_catalogue_offers_only_what_there_is(client, sources):
    make_published_course(professions=[Profession.objects.get(key="midwife")])
    fields = {field.name: field.choices for field in client.get("/cursussen/").context["fields"]}
    assert fields == {
        "beroep": [("midwife", "vroedvrouw")],
        "niveau": [("orientation", "Oriëntatie")],
        "vorm": [("online", "Online")],
        "regio": [],
    }


@pytest.mark.django_db
def test_catalogue_offers_the_region_of_a_course_without_dates(client, sources):
    region = ReferenceRegion.objects.get(slug="regio-gent")
    make_published_course("gent", form="in_person", region=region)
    make_published_course("overal", form="in_person")
    response = client.get("/cursussen/?regio=regio-gent")
    assert [one.course.slug for one in response.context["cards"]] == ["gent"]


@pytest.mark.django_db
def test_catalogue_says_when_nothing_fits_and_when_there_is_nothing(client, sources):
    from courses.api import ensure_course_index

    ensure_course_index()
    assert "De eerste cursus wordt nog gemaakt" in client.get("/cursussen/").content.decode()
    midwife = Profession.objects.get(key="midwife")
    make_published_course("a", professions=[midwife])
    make_published_course("b", level="specialised")
    page = client.get("/cursussen/?beroep=midwife&niveau=specialised").content.decode()
    assert "Geen cursus past bij al je keuzes" in page
    assert 'href="/cursussen/"' in page


@pytest.mark.django_db
def test_anonymous_pages_can_be_kept_whole(client, sources):
    make_published_course()
    for path in ("/cursussen/", "/cursussen/kleine-signalen/"):
        response = client.get(path)
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.django_db
def test_anonymous_visitor_is_led_to_sign_in_and_back(client, sources):
    make_published_course()
    page = client.get("/cursussen/kleine-signalen/").content.decode()
    assert "/account/login/?next=%2Fcursussen%2Fkleine-signalen%2F" in page


@pytest.mark.django_db
def test_signed_in_person_posts_to_enrol(client, sources):
    make_published_course()
    client.force_login(UserFactory())
    page = client.get("/cursussen/kleine-signalen/").content.decode()
    assert 'action="/cursussen/kleine-signalen/inschrijven/"' in page
    assert "Schrijf je in en begin" in page


@pytest.mark.django_db
def test_person_who_started_goes_on(client, sources):
    make_published_course()
    sources.register_person_state(
        lambda person_id, course_id: PersonState("Ga verder", "/mijn/leren/kleine-signalen/")
    )
    client.force_login(UserFactory())
    page = client.get("/cursussen/kleine-signalen/").content.decode()
    assert 'href="/mijn/leren/kleine-signalen/"' in page
    assert "inschrijven" not in page


@pytest.mark.django_db
def test_course_page_tells_what_counts_before_the_start(client, sources):
    make_published_course(
        made_by="Redactie",
        reviewed_on=dt.date(2026, 10, 15),
        review_due=dt.date(2020, 1, 1),
        continued_training_hours=3,
        goals=[{"type": "goal", "value": "Na deze cursus kun je kijken."}],
    )
    page = client.get("/cursussen/kleine-signalen/").content.decode()
    for words in (
        "Je doorloopt alle lessen, in je eigen tempo.",
        "Je slaagt voor elke toets.",
        "Kijken.",
        "Redactie",
        "donderdag 15 oktober 2026",
        "We kijken deze cursus binnenkort opnieuw na.",
        "3 uur voortgezette opleiding",
        "1 module, 2 lessen",
    ):
        assert words in page


@pytest.mark.django_db
def test_course_with_dates_enrols_per_date(client, sources):
    full = CohortDate(6, "Volle groep", dt.date(2030, 5, 6), places_left=0)
    sources.register_course_extras(lambda ids: {course_id: [full, COHORT] for course_id in ids})
    make_published_course(form="in_person", days=3)
    client.force_login(UserFactory())
    page = client.get("/cursussen/kleine-signalen/").content.decode()
    assert page.index("Najaar") < page.index("Volle groep")
    assert "Nog 3 plaatsen" in page
    assert "Volzet" in page
    assert page.count('name="groep"') == 1
    assert 'name="groep" value="5"' in page


@pytest.mark.django_db
def test_course_without_a_version_is_not_open(client, sources):
    make_course()
    page = client.get("/cursussen/kleine-signalen/").content.decode()
    assert "Deze cursus is nog niet open" in page
    assert "inschrijven" not in page


@pytest.mark.django_db
def test_summaries(django_assert_num_queries):
    outline = make_published_course(professions=list(Profession.objects.filter(key="midwife")))
    make_published_course("tweede", minutes=0)
    with django_assert_num_queries(3):
        found = course_by_slug("kleine-signalen")
    assert (found.url, found.version_id, found.profession_keys) == (
        "/cursussen/kleine-signalen/", outline.version_id, ("midwife",),
    )  # fmt: skip
    with django_assert_num_queries(3):
        assert [(course.slug, course.minutes) for course in list_courses()] == [
            ("kleine-signalen", 30),
            ("tweede", 10),
        ]
    with django_assert_num_queries(2):
        assert courses_by_ids([found.page_id]) == {found.page_id: found}
    assert course_by_slug("onbekend") is None
