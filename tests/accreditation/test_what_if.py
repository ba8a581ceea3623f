"""What a draft would do, over everybody."""

import copy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation.domain import what_if as work
from accreditation.domain.criteria_drafts import DraftContent, approve_draft, save_draft, start_draft
from accreditation.domain.what_if import run_what_if, start_what_if, stop_what_if
from accreditation.exceptions import CriteriaError
from accreditation.models import WhatIfChange, WhatIfRun
from people.api import Role
from people.models import Profession
from tests.factories.accreditation import DossierFactory, EvidenceFactory, make_complete
from tests.factories.people import ProfileFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return user_with(Role.NETWORK_STAFF)


def draft_with(office, **education):
    draft = start_draft(level="basic", actor=office)
    rules = copy.deepcopy(draft.rules)
    rules["criteria"][2]["rule"].update(education)
    rules["criteria"][4:5] = [] if education.get("meetings") == 0 else rules["criteria"][4:5]
    rules["criteria"][-1]["rule"]["not_required"] = []
    content = DraftContent(rules=rules, valid_from=timezone.localdate() + timedelta(days=60))
    return save_draft(version_id=draft.pk, revision=0, actor=office, content=content)


def people(profession="midwife", **statuses):
    person = ProfileFactory(profession=Profession.objects.get(key=profession)).user
    make_complete(person, **statuses)
    return person


def run(draft, office):
    return run_what_if(start_what_if(version_id=draft.pk, actor=office).pk)


def test_who_loses_and_who_gains_and_by_what(office, monkeypatch):
    monkeypatch.setattr(work, "SLICE", 2)
    # 8 hours: not enough any more.
    loser = people()
    DossierFactory(person=loser)
    # 12 hours, but no member of an association: in order once that is no longer asked.
    gainer = people("nurse", membership="absent", statement="absent")
    year_ago = timezone.localdate() - timedelta(days=20)
    EvidenceFactory(
        person=gainer, kind="statement", facts={"form": "intervision", "hours": "12"}, valid_from=year_ago
    )
    nobody = ProfileFactory().user
    done = run(draft_with(office, hours="10", meetings=0), office)
    assert done.status == "done" and done.done == done.total == 4
    summary = done.summary
    assert {
        key: summary[key] for key in ("people", "before", "after", "gains", "loses", "dossiers_lose")
    } == {
        "people": 4,
        "before": 1,
        "after": 1,
        "gains": 1,
        "loses": 1,
        "dossiers_lose": 1,
    }
    found = {
        change.person_id: (change.verdict, change.criterion_ids, change.has_dossier)
        for change in WhatIfChange.objects.filter(run=done)
    }
    assert found == {
        loser.pk: ("loses", ["permanent_education"], True),
        gainer.pk: ("gains", ["permanent_education", "professional_association"], False),
    }
    assert nobody.pk not in found
    by_name = {row["name"]: (row["gains"], row["loses"]) for row in summary["professions"]}
    assert sum(gains for gains, _loses in by_name.values()) == 1
    assert summary["professions"][-1]["name"] == ""


def test_a_repeat_gives_the_same_and_leaves_one_run(office):
    people()
    draft = draft_with(office, hours="10")
    first = run(draft, office)
    second = run(draft, office)
    assert (first.summary, WhatIfRun.objects.count()) == (second.summary, 1)
    assert WhatIfChange.objects.count() == 1
    assert run_what_if(second.pk) is None


def test_one_at_a_time_and_a_silent_one_is_replaced(office):
    draft = draft_with(office, hours="10")
    first = start_what_if(version_id=draft.pk, actor=office)
    assert start_what_if(version_id=draft.pk, actor=office) == first
    WhatIfRun.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    assert start_what_if(version_id=draft.pk, actor=office) != first


def test_stopped_between_two_slices(office, monkeypatch):
    for _ in range(3):
        people()
    monkeypatch.setattr(work, "SLICE", 1)
    draft = draft_with(office, hours="10")
    started = start_what_if(version_id=draft.pk, actor=office)
    original = work._judge

    def judge(*arguments):
        stop_what_if(run_id=started.pk, actor=office)
        return original(*arguments)

    monkeypatch.setattr(work, "_judge", judge)
    assert run_what_if(started.pk) is None
    started.refresh_from_db()
    assert (started.status, started.summary) == ("stopped", {})


def test_an_approved_version_is_not_worked_out(office):
    draft = draft_with(office, hours="10")
    for _ in range(2):
        approve_draft(version_id=draft.pk, revision=1, actor=user_with(Role.NETWORK_STAFF))
    with pytest.raises(CriteriaError, match="versie in de maak"):
        start_what_if(version_id=draft.pk, actor=office)


@pytest.mark.parametrize("count", [1, 4])
def test_queries_do_not_grow_with_people(office, count, django_assert_num_queries):
    for _ in range(count):
        people()
    started = start_what_if(version_id=draft_with(office, hours="10").pk, actor=office)
    # run, changes, people, completions, presences, evidence, dossiers, recognitions, insert, step, next slice,
    # professions, regions, end, run
    with django_assert_num_queries(15):
        run_what_if(started.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_page_shows_the_picture_and_the_list(office, client, count, django_assert_num_queries):
    names = {people().get_full_name() for _ in range(count)}
    draft = draft_with(office, hours="10")
    client.force_login(office)
    url = reverse("accreditation:what_if", args=[draft.pk])
    assert "Reken deze versie door" in client.get(url).content.decode()
    run(draft, office)
    # session, user, version, run, count, page
    with django_assert_num_queries(6):
        text = client.get(url + "?wie=loses&regio=abc").content.decode()
    assert all(name in text for name in names)
    assert f"{count} mis" in text and "bars__loses" in text
    assert "Voor niemand van deze keuze" in client.get(url + "?wie=gains").content.decode()


def test_progress_page_and_stop(office, client, django_capture_on_commit_callbacks):
    people()
    draft = draft_with(office, hours="10")
    client.force_login(office)
    with django_capture_on_commit_callbacks(execute=False) as launched:
        client.post(reverse("accreditation:what_if_start", args=[draft.pk]))
    assert len(launched) == 1
    busy = WhatIfRun.objects.get()
    WhatIfRun.objects.update(status="running", done=1, total=4)
    answer = client.get(reverse("accreditation:what_if_progress", args=[draft.pk]))
    assert "1 van 4 professionals" in answer.content.decode() and "HX-Refresh" not in answer
    client.post(reverse("accreditation:what_if_stop", args=[draft.pk]), {"run": busy.pk})
    assert client.get(reverse("accreditation:what_if_progress", args=[draft.pk]))["HX-Refresh"] == "true"
