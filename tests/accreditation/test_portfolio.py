"""The portfolio all year round: one page, parts of one document, reminders, labels, the log of who looked."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accreditation.domain.checklist import checklist_for
from accreditation.domain.dossiers import submit_dossier
from accreditation.domain.evidence import add_evidence, keep_file, verify_evidence, withdraw_evidence
from accreditation.domain.evidence_also import check_also
from accreditation.domain.evidence_kinds import check_facts
from accreditation.domain.evidence_registers import has_national_number
from accreditation.domain.expectations import expect
from accreditation.domain.labels import end_label, labels_of, record_label
from accreditation.domain.queries.since_submit import changes_since
from accreditation.domain.reminders import remind_of_ends, steps_due
from accreditation.exceptions import EvidenceError, LabelError
from accreditation.models import Evidence, EvidenceAccess, LabelScheme, OrganisationLabel
from people.api import Role
from people.models import DigestItem
from tests.factories.accreditation import EvidenceFactory, make_complete, make_stored_file
from tests.factories.people import OrganisationFactory, ProfileFactory, UserFactory, user_with
from tests.factories.uploads import pdf_upload

TODAY = timezone.localdate()
YEAR = {"valid_from": TODAY - timedelta(days=30), "valid_until": TODAY + timedelta(days=300)}


def membership(**also):
    data = {"association": "De Kring", "year": TODAY.year, **also}
    main = check_facts(kind="membership", data=data, degrees=(), today=TODAY)
    return main, check_also(main=main, data=data, today=TODAY)


def insured(**more):
    return {
        "also_insurance": True,
        "also_insurance_valid_from": YEAR["valid_from"],
        "also_insurance_valid_until": YEAR["valid_until"],
        **more,
    }


def with_part(person):
    main, also = membership(**insured())
    kept = keep_file(person=person, upload=pdf_upload())
    return add_evidence(person=person, checked=main, token="a", file_id=kept.id, also=also)


# --- one piece, several criteria ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_document_serves_two_criteria_and_is_looked_at_once():
    person, office = UserFactory(), user_with(Role.NETWORK_STAFF)
    row = with_part(person)
    part = row.parts.get()
    assert (part.kind, part.file_id, part.status) == ("insurance", row.file_id, "waiting")
    with pytest.raises(EvidenceError):
        verify_evidence(evidence_id=part.pk, by=office, status="verified")
    verify_evidence(evidence_id=row.pk, by=office, status="verified")
    states = {c.id: c.state for c in checklist_for(person.pk, "basic", TODAY).evaluation.criteria}
    assert states["liability_insurance"] == "met"
    assert states["professional_association"] in ("met", "expiring")
    with pytest.raises(EvidenceError):
        withdraw_evidence(person=person, evidence_id=part.pk)
    withdraw_evidence(person=person, evidence_id=row.pk)
    assert not Evidence.objects.in_portfolio().exists()


@pytest.mark.django_db
def test_replacing_takes_the_parts_along(client):
    person = UserFactory()
    client.force_login(person)
    old = with_part(person)
    page = client.get(f"/mijn/dossier/bewijs/{old.parts.get().pk}/vervangen/", follow=True)
    assert page.redirect_chain[-1][0] == f"/mijn/dossier/bewijs/{old.pk}/vervangen/"
    assert "checked" in page.content.decode()
    main, _none = membership()
    new = add_evidence(person=person, checked=main, token="b", replaces=old)
    assert list(Evidence.objects.in_portfolio()) == [new]


@pytest.mark.django_db
def test_form_with_a_part_and_a_mistake_in_it(client):
    client.force_login(UserFactory())
    sent = {
        "token": "t1",
        "association": "De Kring",
        "year": TODAY.year,
        "also_insurance": "on",
        "file": pdf_upload(),
    }
    path = "/mijn/dossier/bewijs/nieuw/membership/"
    assert client.post(path, sent).status_code == 422
    del sent["file"]
    sent |= {"also_insurance_valid_from": "2026-01-01", "also_insurance_valid_until": "2030-01-01"}
    assert client.post(path, sent).status_code == 302
    assert sorted(Evidence.objects.values_list("kind", flat=True)) == ["insurance", "membership"]


def test_register_proves_nothing_by_itself_but_what_is_ticked():
    data = {
        "register": "Register van vroedvrouwen",
        "holder": "De overheid",
        "number": "V-12",
        **YEAR,
        "also_training": True,
        "also_training_name": "Nascholing",
        "also_training_completed_on": TODAY,
        "also_training_hours": Decimal("6"),
        "also_training_level": "basic",
    }
    main = check_facts(kind="register", data=data, degrees=(), today=TODAY)
    (part,) = check_also(main=main, data=data, today=TODAY)
    assert (main.criterion_ids, part.criterion_ids) == ([], ["continued_training"])
    assert part.facts["provider"] == "Register van vroedvrouwen"
    with pytest.raises(EvidenceError) as caught:
        check_also(main=main, data={**data, "also_training_hours": None}, today=TODAY)
    assert caught.value.field == "also_training_hours"


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (TODAY + timedelta(days=1), TODAY + timedelta(days=2), "valid_from"),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), "valid_until"),
        (TODAY, TODAY - timedelta(days=1), "valid_until"),
        (TODAY, TODAY + timedelta(days=4000), "valid_until"),
        (None, TODAY, "valid_from"),
    ],
)
def test_impossible_period_of_a_register_is_refused_at_its_field(start, end, field):
    data = {"register": "R", "holder": "H", "valid_from": start, "valid_until": end}
    with pytest.raises(EvidenceError) as caught:
        check_facts(kind="register", data=data, degrees=(), today=TODAY)
    assert caught.value.field == field


@given(
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(1, 997),
    st.sampled_from(["{}{}{}", "{}.{}-{}"]),
)
def test_national_number_is_recognised_however_it_is_written(born, order, form):
    base = int(f"{born:%y%m%d}{order:03d}")
    check = 97 - (base if born.year < 2000 else 2_000_000_000 + base) % 97
    assert has_national_number("nr " + form.format(f"{born:%y%m%d}", f"{order:03d}", f"{check:02d}"))


@pytest.mark.parametrize("text", ["V-12", "2026", "0470 12 34 56", "BE 0403 170 701", "12345678901"])
def test_other_numbers_are_no_national_number(text):
    assert not has_national_number(text)


def test_national_number_is_never_kept():
    data = {"register": "R", "holder": "H", "number": "85.07.30-033 28", **YEAR}
    with pytest.raises(EvidenceError) as caught:
        check_facts(kind="register", data=data, degrees=(), today=TODAY)
    assert caught.value.field == "number"


# --- the page -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_page_shows_all_in_the_same_queries_for_one_and_two_hundred(client, django_assert_num_queries):
    person = UserFactory()
    ProfileFactory(user=person)
    client.force_login(person)
    make_complete(person)
    submit_dossier(person=person, level="basic")
    client.get("/mijn/map/")
    with django_assert_num_queries(13):
        client.get("/mijn/map/")
    for number in range(200):
        EvidenceFactory(person=person, title=f"Stuk {number}")
    with django_assert_num_queries(13):
        page = client.get("/mijn/map/")
    assert page.content.decode().count("list__item") >= 205


@pytest.mark.django_db
def test_round_is_shown_as_it_was_with_what_changed_beside_it(client):
    person, office = UserFactory(), user_with(Role.NETWORK_STAFF)
    client.force_login(person)
    rows = make_complete(person, insurance="waiting")
    frozen = submit_dossier(person=person, level="basic")
    assert changes_since(frozen) == ()
    verify_evidence(evidence_id=rows["insurance"].pk, by=office, status="verified")
    degree = {"degree": "Vroedkunde", "institution": "Andere school", "year": 2016}
    checked = check_facts(kind="diploma", data=degree, degrees=("Vroedkunde",), today=TODAY)
    kept = keep_file(person=person, upload=pdf_upload())
    newer = add_evidence(person=person, checked=checked, token="n", file_id=kept.id, replaces=rows["diploma"])
    withdraw_evidence(person=person, evidence_id=rows["statement"].pk)
    added = EvidenceFactory(person=person, title="Nieuw")
    what = {(one.what, one.evidence_id) for one in changes_since(frozen)}
    assert what == {
        ("status", rows["insurance"].pk),
        ("replaced", newer.pk),
        ("withdrawn", rows["statement"].pk),
        ("added", added.pk),
    }
    page = client.get(f"/mijn/map/ingediend/{frozen.pk}/").content.decode()
    assert "Andere school" in page and frozen.snapshot_hash in page
    client.force_login(UserFactory())
    assert client.get(f"/mijn/map/ingediend/{frozen.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("stage", "waiting", "opinions", "actor", "by"),
    [
        ("submitted", False, 0, "de commissie, die twee lezers zoekt", date(2027, 1, 22)),
        ("reading", False, 1, "twee lezers van de commissie", date(2027, 1, 22)),
        ("reading", True, 0, "het bureau van het netwerk", date(2027, 1, 11)),
        ("reading", False, 2, "de commissie, die beslist", date(2027, 3, 2)),
        ("more_information", False, 2, "jij", None),
    ],
)
def test_who_acts_next_and_when(stage, waiting, opinions, actor, by):
    found = expect(
        stage=stage,
        since=date(2027, 1, 1),
        today=date(2027, 1, 12),
        reading_days=21,
        decision_days=60,
        waiting=waiting,
        opinions=opinions,
    )
    assert (str(found.actor), found.by, found.is_late) == (actor, by, waiting)


# --- reminders and labels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "step"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-15, None)],
)
def test_reminder_is_due_in_steps(left, step):
    assert steps_due(valid_until=TODAY + timedelta(days=left), today=TODAY) == step


@pytest.mark.django_db
def test_end_is_told_once_per_step_and_not_when_the_next_piece_is_there(django_assert_num_queries):
    person, renewed = UserFactory(), UserFactory()
    ends = {"kind": "insurance", "title": "Polis", "valid_from": date(2020, 1, 1)}
    row = EvidenceFactory(person=person, valid_until=TODAY + timedelta(days=20), **ends)
    EvidenceFactory(person=renewed, valid_until=TODAY + timedelta(days=20), **ends)
    EvidenceFactory(person=renewed, status="waiting", valid_until=TODAY + timedelta(days=400), **ends)
    assert remind_of_ends(today=TODAY) == 1
    remind_of_ends(today=TODAY)
    remind_of_ends(today=TODAY + timedelta(days=14))
    keys = list(DigestItem.objects.order_by("pk").values_list("person_id", "key"))
    assert keys == [(person.pk, f"evidence-ends:{row.pk}:30"), (person.pk, f"evidence-ends:{row.pk}:7")]


@pytest.mark.django_db
def test_label_of_an_organisation_by_date_and_reason(client):
    office, organisation = user_with(Role.NETWORK_STAFF), OrganisationFactory()
    bfhi = LabelScheme.objects.get(key="bfhi")
    dates = {"valid_from": TODAY - timedelta(days=10), "valid_until": TODAY + timedelta(days=10)}
    held = {"scheme": bfhi, "organisation_id": organisation.pk, "by": office}
    row = record_label(**held, **dates)
    assert record_label(**held, **dates) == row
    with pytest.raises(LabelError):
        record_label(**held, valid_from=dates["valid_from"], valid_until=TODAY)
    with pytest.raises(LabelError):
        record_label(**{**held, "scheme": LabelScheme.objects.get(key="imh-e")}, **dates)
    assert [one.name for one in labels_of(on=TODAY, organisation_ids=[organisation.pk])] == [bfhi.name]
    assert labels_of(on=TODAY + timedelta(days=11), organisation_ids=[organisation.pk]) == ()
    client.force_login(office)
    assert client.post(f"/netwerk/labels/{row.pk}/stop/", {"reason": ""}).status_code == 422
    client.post(f"/netwerk/labels/{row.pk}/stop/", {"reason": "Niet verlengd."})
    assert labels_of(on=TODAY, organisation_ids=[organisation.pk]) == ()
    with pytest.raises(LabelError):
        end_label(label_id=row.pk, reason=" ", by=office)
    wrong = {
        "organisation": organisation.pk,
        "scheme": bfhi.pk,
        "valid_from": "2027-02-01",
        "valid_until": "2027-01-01",
    }
    assert client.post("/netwerk/labels/", wrong).status_code == 422
    assert client.post("/netwerk/labels/", {**wrong, "valid_until": "2028-01-01"}).status_code == 302
    assert OrganisationLabel.objects.count() == 2


@pytest.mark.django_db
def test_label_of_a_professional_is_verified_evidence(client):
    person = UserFactory()
    client.force_login(person)
    sent = {
        "token": "t",
        "scheme": "imh-e",
        "valid_from": YEAR["valid_from"].isoformat(),
        "valid_until": YEAR["valid_until"].isoformat(),
        "file": pdf_upload(),
    }
    assert client.post("/mijn/dossier/bewijs/nieuw/label/", {**sent, "scheme": "bfhi"}).status_code == 422
    sent["file"].seek(0)
    assert client.post("/mijn/dossier/bewijs/nieuw/label/", sent).status_code == 302
    assert labels_of(on=TODAY, person_ids=[person.pk]) == ()
    verify_evidence(
        evidence_id=Evidence.objects.get().pk, by=user_with(Role.NETWORK_STAFF), status="verified"
    )
    assert [one.name for one in labels_of(on=TODAY, person_ids=[person.pk])] == [
        "Infant Mental Health Endorsement (IMH-E)"
    ]


# --- who looked ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_owner_sees_who_opened_what_by_role(client):
    person, office = UserFactory(), user_with(Role.NETWORK_STAFF, last_name="Geheim")
    row = EvidenceFactory(
        person=person, title="Mijn diploma", file=make_stored_file(person), status="waiting"
    )
    client.force_login(person)
    client.get(f"/mijn/dossier/bewijs/{row.pk}/bestand/")
    assert not EvidenceAccess.objects.exists()
    client.force_login(office)
    for _again in range(2):
        client.get(f"/netwerk/bewijsstukken/{row.pk}/")
        client.get(f"/mijn/dossier/bewijs/{row.pk}/bestand/")
    assert sorted(EvidenceAccess.objects.values_list("thing", "role")) == [
        ("facts", "office"),
        ("file", "office"),
    ]
    client.force_login(person)
    page = client.get("/mijn/map/wie-keek/").content.decode()
    assert "het bureau van het netwerk opende het bestand, gedownload" in page
    assert "Geheim" not in page


@pytest.mark.django_db
def test_reader_sees_cover_and_validity_of_a_policy_and_never_the_policy(client):
    from accreditation.domain.queries.reading import reading_dossier
    from tests.factories.committee import members, readers_of

    members(4)
    person = UserFactory()
    rows = make_complete(person)
    for row in rows.values():
        Evidence.objects.filter(pk=row.pk).update(file=make_stored_file(person, content=str(row.pk).encode()))
    frozen = submit_dossier(person=person, level="basic")
    shown = {piece.evidence_id: piece for piece in reading_dossier(frozen).pieces}
    assert shown[rows["insurance"].pk].has_file is False
    assert ("Dekking", "eigen polis") in shown[rows["insurance"].pk].facts
    assert shown[rows["diploma"].pk].has_file is True
    client.force_login(readers_of(frozen)[0])
    answers = [client.get(f"/mijn/dossier/bewijs/{rows[kind].pk}/bestand/").status_code for kind in rows]
    assert dict(zip(rows, answers, strict=True)) == {
        "diploma": 200,
        "training": 200,
        "statement": 200,
        "insurance": 404,
        "membership": 200,
    }
