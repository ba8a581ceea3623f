"""Short addresses for paper: where they lead, what they never do, and their code."""

import pytest
import segno
from django.db import IntegrityError, transaction
from django.utils.translation import override
from wagtail.models import Site

from cms.models import ShortLink, TextPage
from people.api import Role
from tests.factories.courses import make_published_course
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_LIST = 8


@pytest.fixture
def page():
    root = Site.objects.get(is_default_site=True).root_page
    return root.add_child(instance=TextPage(title="Open deur", slug="open-deur"))


@pytest.mark.parametrize("path", ["/q/opendeur-2027", "/q/opendeur-2027/", "/q/OpenDeur-2027"])
def test_a_link_leads_to_its_page_wherever_that_stands(client, page, path, django_assert_num_queries):
    ShortLink.objects.create(slug="opendeur-2027", page=page)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/open-deur/")
    page.slug = "kom-binnen"
    page.save()
    with django_assert_num_queries(1):
        assert client.get(path)["Location"] == "/kom-binnen/"
    assert client.post(path).status_code == 405
    page.unpublish()
    assert client.get(path).status_code == 404


def test_a_link_leads_to_an_address_of_the_site(client):
    ShortLink.objects.create(slug="kalender", address="/agenda/?maand=2027-01")
    assert client.get("/q/kalender")["Location"] == "/agenda/?maand=2027-01"


def test_every_course_has_one_and_a_link_of_that_name_goes_before(client, page):
    course = make_published_course("kleine-signalen")
    assert client.get("/q/kleine-signalen")["Location"] == f"/cursussen/{course.slug}/"
    ShortLink.objects.create(slug="kleine-signalen", page=page)
    assert client.get("/q/kleine-signalen")["Location"] == "/open-deur/"
    assert client.get("/q/geen-cursus").status_code == 404


@pytest.mark.parametrize("slug", ["..", "a b", "%2e%2e", "a" * 300])
def test_odd_addresses_are_not_there(client, slug):
    assert client.get(f"/q/{slug}").status_code == 404


def test_the_code_carries_the_whole_address(client, settings, page, monkeypatch):
    ShortLink.objects.create(slug="opendeur", page=page)
    answer = client.get("/q/opendeur/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"] == 'attachment; filename="qr-opendeur.svg"'
    assert answer.content.startswith(b"<svg") and b"#fff" in answer.content
    said, draw = [], segno.make
    monkeypatch.setattr(segno, "make", lambda text, **how: said.append(text) or draw(text, **how))
    assert client.get("/q/opendeur/qr.svg").content == answer.content
    assert said == [f"{settings.SITE_URL}/q/opendeur"]
    assert client.get("/q/nergens/qr.svg").status_code == 404


def test_the_database_knows_one_place(page):
    for fields in ({}, {"page": page, "address": "/agenda/"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ShortLink.objects.create(slug="x", **fields)


def office(client, role=Role.ADMINISTRATOR, **fields):
    client.force_login(user_with(role, **fields))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"slug": "open-deur", "address": ""}, "niet geen van beide"),
        ({"slug": "Open deur", "address": "/agenda/"}, "Gebruik kleine letters"),
        ({"slug": "weg", "address": "https://elders.test/"}, "één schuine streep"),
        ({"slug": "weg", "address": "//elders.test/"}, "één schuine streep"),
        ({"slug": "weg", "address": "/\\\\elders.test/"}, "één schuine streep"),
    ],
)
def test_the_form_says_how_to_mend_and_keeps_what_was_typed(client, settings, typed, said):
    settings.SECOND_FACTOR_REQUIRED = False
    office(client, is_staff=True, is_superuser=True)
    with override("nl"):
        answer = client.post("/beheer/snippets/cms/shortlink/add/", {**typed, "page": ""})
    html = answer.content.decode()
    assert answer.status_code == 200 and said in html
    assert f'value="{typed["slug"]}"' in html
    assert not ShortLink.objects.exists()


def test_administrators_make_a_link_and_see_its_code(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    office(client, is_staff=True, is_superuser=True)
    made = client.post(
        "/beheer/snippets/cms/shortlink/add/", {"slug": "kalender", "page": "", "address": "/agenda/"}
    )
    assert made.status_code == 302
    link = ShortLink.objects.get()
    html = client.get(f"/beheer/snippets/cms/shortlink/edit/{link.pk}/").content.decode()
    assert "/q/kalender/qr.svg" in html and "Download de QR-code" in html
    assert "kalender" in client.get("/beheer/snippets/cms/shortlink/").content.decode()


@pytest.mark.parametrize(
    "role", [Role.LEARNER, Role.TRAINER, Role.AUTHOR, Role.COMMITTEE_MEMBER, Role.NETWORK_STAFF]
)
def test_nobody_else_makes_one(client, settings, role):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory() if role is Role.LEARNER else user_with(role))
    client.post(
        "/beheer/snippets/cms/shortlink/add/", {"slug": "kalender", "page": "", "address": "/agenda/"}
    )
    assert not ShortLink.objects.exists()


@pytest.mark.parametrize("links", [1, 6])
def test_the_list_costs_the_same_whatever_its_length(
    client, settings, page, links, django_assert_num_queries
):
    settings.SECOND_FACTOR_REQUIRED = False
    office(client, is_staff=True, is_superuser=True)
    for number in range(links):
        ShortLink.objects.create(slug=f"link-{number}", page=page)
    client.get("/beheer/snippets/cms/shortlink/")
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        html = client.get("/beheer/snippets/cms/shortlink/").content.decode()
    assert html.count("Open deur") >= links
