"""The office's pages of the criteria, as forms."""

import copy
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accreditation.domain.criteria_drafts import start_draft
from accreditation.forms.criteria import CriteriaEditor
from accreditation.forms.criteria_rules import Choices
from accreditation.models import CriteriaVersion
from people.api import Role, base_degree_names
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return [user_with(Role.NETWORK_STAFF) for _ in range(3)]


@pytest.fixture
def draft(staff, client):
    client.force_login(staff[0])
    return start_draft(level="basic", actor=staff[0])


def typed(draft, **changes):
    """What a browser sends for the page of a draft, with some fields changed; None leaves one out."""
    choices = Choices(degrees=base_degree_names(timezone.localdate()), courses=())
    editor = CriteriaEditor(level=draft.level, choices=choices, version=draft)
    data = QueryDict(mutable=True)
    data["revision"] = str(draft.revision)
    for block in editor.blocks:
        data.appendlist("criterion", block.key)
        for rule in block.rules:
            data.appendlist(f"rules-{block.key}", f"{rule.key}:{rule.kind}")
    for form in editor.forms:
        for field in form:
            value = field.value()
            if isinstance(value, list | tuple):
                data.setlist(field.html_name, value)
            elif value is not None:
                data[field.html_name] = str(value)
    for name, value in changes.items():
        name = name.replace("__", "-")
        if value is None:
            data.pop(name, None)
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value
    return data


def post(client, name, draft, data):
    return client.post(
        reverse(f"accreditation:{name}", args=[draft.pk]),
        data.urlencode(),
        content_type="application/x-www-form-urlencoded",
    )


def test_saving_unchanged_keeps_the_rules_as_they_were(client, draft):
    before = copy.deepcopy(draft.rules)
    answer = post(client, "criteria_edit", draft, typed(draft))
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.rules, draft.revision) == (before, 1)


def test_a_changed_figure_is_kept_and_shown_beside_the_version_before(client, draft):
    post(client, "criteria_edit", draft, typed(draft, **{"c2-r0__hours": "10,5", "note": "Meer samen."}))
    draft.refresh_from_db()
    assert draft.rules["criteria"][2]["rule"]["hours"] == "10.5"
    page = client.get(reverse("accreditation:criteria_version", args=[draft.pk])).content.decode()
    assert "<del>Je was minstens 8 uur bij intervisie" in page
    assert "<ins>Je was minstens 10,5 uur bij intervisie" in page
    assert "1 criterium verandert." in page


def test_adding_a_second_rule_and_an_alternative(client, draft):
    data = typed(draft, action="add:c1", **{"new-c1": "completed_courses", "c2-r0__hours": "veel"})
    page = client.post(
        reverse("accreditation:criteria_edit", args=[draft.pk]),
        data.urlencode(),
        content_type="application/x-www-form-urlencoded",
    )
    text = page.content.decode()
    assert page.status_code == 200
    # What was typed stays, and nobody complains yet.
    assert 'value="r1:completed_courses"' in text and 'value="veel"' in text
    assert "error-summary" not in text


def test_any_of_two_rules_is_stored(client, draft):
    courses = {"c1-r1__courses": ["kleine-signalen"], "c1-r1__at_least": "1", "c1__combine": "any_of"}
    rules = ["r0:training", "r1:completed_courses"]
    draft.rules["criteria"][1]["rule"] = {
        "kind": "any_of",
        "rules": [
            draft.rules["criteria"][1]["rule"],
            {
                "kind": "completed_courses",
                "courses": [{"slug": "kleine-signalen", "title": "Kleine signalen"}],
                "at_least": 1,
            },
        ],
    }
    CriteriaVersion.objects.filter(pk=draft.pk).update(rules=draft.rules)
    answer = post(client, "criteria_edit", draft, typed(draft, **{"rules-c1": rules, **courses}))
    assert answer.status_code == 302
    draft.refresh_from_db()
    stored = draft.rules["criteria"][1]["rule"]
    assert (stored["kind"], [part["kind"] for part in stored["rules"]]) == (
        "any_of",
        ["training", "completed_courses"],
    )
    assert stored["rules"][1]["courses"] == [{"slug": "kleine-signalen", "title": "Kleine signalen"}]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"criterion": []}, "Criteria zonder regels kunnen niet"),
        ({"rules-c0": []}, "heeft nog geen regel"),
        ({"rules-c5": ["r0:years_of_experience", "r1:committee_judgement"]}, "staan altijd alleen"),
        ({"c1__number": "1"}, "hetzelfde nummer"),
        ({"valid_from": "2026-02-30"}, "Schrijf de datum als dag/maand/jaar"),
        ({"transition": "open_dossiers"}, "Tot wanneer geldt de overgang?"),
        ({"transition": "open_dossiers", "transition_until": "2020-02-29"}, "Kies een latere dag"),
        ({"c2-r0__supervision_hours": "40"}, "meer dan de uren samen"),
        ({"c1-r0__hours_0": "", "c1-r0__pieces_1": ""}, "minstens één minimum"),
        ({"c1-r0__levels_0": None}, "welke niveaus meetellen"),
        ({"c0-r0__degrees": ["Sterrenkunde"]}, "Sterrenkunde"),
        ({"c2-r0__hours": "veel"}, "error-summary"),
        ({"criterion": ["c0", "c5"]}, "error-summary"),
        ({"rules-c5": ["r0:verzonnen"]}, "heeft nog geen regel"),
    ],
)
def test_bad_input_says_what_to_do_and_keeps_what_was_typed(client, draft, changes, said):
    answer = post(client, "criteria_edit", draft, typed(draft, note="Bewaar mij", **changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text and "Bewaar mij" in text
    draft.refresh_from_db()
    assert draft.revision == 0


def test_preview_speaks_dutch_and_keeps_nothing(client, draft):
    good = post(client, "criteria_preview", draft, typed(draft, **{"c2-r0__hours": "99"})).content.decode()
    assert "Je was minstens 99 uur bij intervisie of supervisie" in good
    bad = post(client, "criteria_preview", draft, typed(draft, **{"c2-r0__hours": ""})).content.decode()
    assert "Nog niet alles is ingevuld" in bad
    draft.refresh_from_db()
    assert draft.rules["criteria"][2]["rule"]["hours"] == "8"


def test_the_whole_way_to_approval(client, staff, draft):
    post(client, "criteria_edit", draft, typed(draft))
    url = reverse("accreditation:criteria_approve", args=[draft.pk])
    for person, said in zip(
        staff, ("Jij schreef hieraan mee", "nog één collega", "ligt nu vast"), strict=True
    ):
        client.force_login(person)
        assert said in client.post(url, {"revision": "1"}, follow=True).content.decode()
    draft.refresh_from_db()
    assert draft.approved_at is not None
    answer = client.get(reverse("accreditation:criteria_edit", args=[draft.pk]), follow=True)
    assert "ligt vast" in answer.content.decode()


def test_somebody_else_saved_in_the_meantime(client, draft):
    post(client, "criteria_edit", draft, typed(draft))
    answer = post(client, "criteria_edit", draft, typed(draft, note="Van mij", revision="0"))
    assert answer.status_code == 409
    assert "veranderde deze versie ondertussen" in answer.content.decode()
    assert "Van mij" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count(client, staff, draft, rows, django_assert_num_queries):
    for number in range(rows):
        CriteriaVersion.objects.create(
            level="basic",
            number=10 + number,
            valid_from=timezone.localdate() + timedelta(days=100 + number),
            rules=draft.rules,
            author=staff[0],
            approved_by_first=staff[1],
            approved_by_second=staff[2],
            approved_at=timezone.now(),
        )
    # session, user, versions
    with django_assert_num_queries(3):
        text = client.get("/netwerk/criteria/").content.decode()
    assert text.count("Gaat nog in") == rows and "Geldt nu" in text and "In de maak" in text
