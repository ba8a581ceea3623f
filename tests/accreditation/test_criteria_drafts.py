"""A new version of the criteria: written, previewed, compared, approved by two others; and what is refused."""

import copy
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accreditation.domain.checklist import checklist_for
from accreditation.domain.criteria_checks import Begin, problems_of
from accreditation.domain.criteria_comparison import compare
from accreditation.domain.criteria_drafts import (
    DraftContent,
    approve_draft,
    closed_courses,
    discard_draft,
    save_draft,
    start_draft,
)
from accreditation.domain.criteria_rules import parse_rules
from accreditation.domain.criteria_words import spell_rules
from accreditation.domain.transition_rule import Running, holding_version
from accreditation.exceptions import CriteriaChangedError, CriteriaError
from accreditation.models import CriteriaVersion
from ledger.models import AuditEntry
from people.api import Role
from tests.accreditation.test_criteria_rules import STORED
from tests.factories.accreditation import DossierFactory, make_complete
from tests.factories.people import UserFactory, user_with

BASIC = STORED["basic"]


def changed(**parameters):
    """The basic rules with other figures for permanent education."""
    rules = copy.deepcopy(BASIC)
    rules["criteria"][2]["rule"].update(parameters)
    return rules


@pytest.fixture
def staff(db):
    return [user_with(Role.NETWORK_STAFF) for _ in range(4)]


def approved(staff, *, level="basic", rules=None, valid_from=None, **content):
    draft = start_draft(level=level, actor=staff[0])
    day = valid_from or timezone.localdate() + timedelta(days=30)
    draft = save_draft(
        version_id=draft.pk,
        revision=draft.revision,
        actor=staff[0],
        content=DraftContent(rules=rules or changed(hours="10"), valid_from=day, **content),
    )
    for person in staff[1:3]:
        draft = approve_draft(version_id=draft.pk, revision=draft.revision, actor=person)
    return draft


def test_two_others_approve_and_then_it_holds_from_its_day(staff):
    day = timezone.localdate() + timedelta(days=30)
    done = approved(staff, valid_from=day)
    assert (done.number, done.approved_by_first, done.approved_by_second) == (2, staff[1], staff[2])
    find = CriteriaVersion.objects.in_force
    assert find(level="basic", on=day - timedelta(days=1)).number == 1
    assert find(level="basic", on=day) == done
    verbs = list(
        AuditEntry.objects.filter(verb__startswith="criteria.")
        .order_by("number")
        .values_list("verb", flat=True)
    )
    assert verbs == ["criteria.drafted", "criteria.changed", "criteria.approved_first", "criteria.approved"]


def test_who_wrote_in_it_never_approves(staff):
    draft = start_draft(level="basic", actor=staff[0])
    content = DraftContent(rules=changed(hours="9"), valid_from=date(2099, 1, 1))
    draft = save_draft(version_id=draft.pk, revision=0, actor=staff[1], content=content)
    for writer in staff[:2]:
        with pytest.raises(CriteriaError, match="Jij schreef hieraan mee"):
            approve_draft(version_id=draft.pk, revision=1, actor=writer)
    approve_draft(version_id=draft.pk, revision=1, actor=staff[2])
    with pytest.raises(CriteriaError, match="Jij keurde deze versie al goed"):
        approve_draft(version_id=draft.pk, revision=1, actor=staff[2])


@pytest.mark.parametrize("second", [0, 1])
def test_the_database_refuses_the_author_and_the_same_person_twice(staff, second):
    draft = start_draft(level="basic", actor=staff[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        CriteriaVersion.objects.filter(pk=draft.pk).update(
            approved_by_first=staff[1], approved_by_second=staff[second], approved_at=timezone.now()
        )


def test_approved_rules_stay_frozen_after_the_table_was_rebuilt(staff):
    done = approved(staff)
    with pytest.raises(DatabaseError), transaction.atomic():
        CriteriaVersion.objects.filter(pk=done.pk).update(note="anders")


def test_a_change_takes_the_first_approval_away_and_an_old_page_is_refused(staff):
    draft = start_draft(level="basic", actor=staff[0])
    content = DraftContent(rules=changed(hours="9"), valid_from=date(2099, 1, 1))
    approve_draft(version_id=draft.pk, revision=0, actor=staff[1])
    draft = save_draft(version_id=draft.pk, revision=0, actor=staff[0], content=content)
    assert draft.approved_by_first is None
    for step in (
        lambda: approve_draft(version_id=draft.pk, revision=0, actor=staff[2]),
        lambda: save_draft(version_id=draft.pk, revision=0, actor=staff[2], content=content),
        lambda: discard_draft(version_id=draft.pk, revision=0, actor=staff[2]),
    ):
        with pytest.raises(CriteriaChangedError):
            step()


def test_starting_twice_is_once_and_a_discarded_draft_is_gone(staff):
    draft = start_draft(level="basic", actor=staff[0])
    assert start_draft(level="basic", actor=staff[1]) == draft
    discard_draft(version_id=draft.pk, revision=0, actor=staff[1])
    with pytest.raises(CriteriaChangedError, match="is er niet meer"):
        discard_draft(version_id=draft.pk, revision=0, actor=staff[1])
    with pytest.raises(CriteriaError, match="Kies een niveau"):
        start_draft(level="hoogste", actor=staff[0])


def test_versions_on_the_same_day_and_in_the_past_are_refused(staff):
    first = approved(staff)
    draft = start_draft(level="basic", actor=staff[0])
    for day, said in ((first.valid_from, "een andere goedgekeurde versie"), (timezone.localdate(), "morgen")):
        content = DraftContent(rules=changed(hours="9"), valid_from=day)
        draft = save_draft(version_id=draft.pk, revision=draft.revision, actor=staff[0], content=content)
        with pytest.raises(CriteriaError, match=said):
            approve_draft(version_id=draft.pk, revision=draft.revision, actor=staff[1])


def test_rules_without_criteria_are_never_kept(staff):
    draft = start_draft(level="basic", actor=staff[0])
    content = DraftContent(rules={"level": "basic", "criteria": []}, valid_from=date(2099, 1, 1))
    with pytest.raises(CriteriaError, match="minstens één criterium"):
        save_draft(version_id=draft.pk, revision=0, actor=staff[0], content=content)
    draft.refresh_from_db()
    assert draft.revision == 0


def course_rules(*slugs, beside=None):
    rules = copy.deepcopy(BASIC)
    rule = {"kind": "completed_courses", "courses": [{"slug": s, "title": s.title()} for s in slugs]}
    rules["criteria"][1]["rule"] = {"kind": "any_of", "rules": [rule, beside]} if beside else rule
    return rules


def test_a_course_that_was_archived_stands_in_the_way_unless_something_else_will_do(staff):
    begin = Begin(valid_from=date(2030, 1, 1), today=date(2029, 1, 1), taken=frozenset())
    asked = parse_rules(course_rules("oud", "nieuw"))
    assert problems_of(asked, begin, open_courses={"oud", "nieuw"}) == ()
    (problem,) = problems_of(asked, begin, open_courses={"nieuw"})
    assert problem.startswith("Voortgezette opleiding vraagt een cursus die niet meer te volgen is: Oud.")
    eased = parse_rules(course_rules("oud", beside=BASIC["criteria"][1]["rule"]))
    assert problems_of(eased, begin, open_courses=set()) == ()
    draft = start_draft(level="basic", actor=staff[0])
    content = DraftContent(rules=course_rules("bestaat-niet"), valid_from=date(2099, 1, 1))
    draft = save_draft(version_id=draft.pk, revision=0, actor=staff[0], content=content)
    with pytest.raises(CriteriaError, match="niet meer te volgen"):
        approve_draft(version_id=draft.pk, revision=1, actor=staff[1])
    assert len(closed_courses(draft)) == 1


def test_words_of_the_proposal_and_a_comparison():
    before = spell_rules(parse_rules(BASIC))
    assert before[2].lines == (
        "Je was minstens 8 uur bij intervisie of supervisie in de laatste 12 maanden.",
        "Dat was over minstens 4 bijeenkomsten gespreid.",
        "We waarschuwen 60 dagen vooraf.",
    )
    assert before[5].lines[1] == "Dit komt alleen in de plaats van: basisopleiding."
    rules = course_rules("kleine-signalen", beside=BASIC["criteria"][1]["rule"])
    rules["criteria"][0]["rule"]["degrees"].append("Logopedie")
    rules["criteria"][2]["rule"]["hours"] = "10.50"
    del rules["criteria"][4]
    rules["criteria"][4]["rule"]["not_required"] = []
    after = spell_rules(parse_rules(rules))
    assert after[1].lead == "Een van deze volstaat:"
    assert after[1].lines[0] == "Je rondde deze cursus af: Kleine-Signalen."
    rows = {row.id: row for row in compare(before, after)}
    assert {key: row.verdict for key, row in rows.items()} == {
        "base_degree": "changed",
        "continued_training": "changed",
        "permanent_education": "changed",
        "liability_insurance": "same",
        "clinical_experience": "changed",
        "professional_association": "gone",
    }
    assert [line.text for line in rows["permanent_education"].after if line.differs] == [
        "Je was minstens 10,5 uur bij intervisie of supervisie in de laatste 12 maanden."
    ]
    assert [line.text for line in rows["base_degree"].after if line.differs] == [
        "Je hebt een diploma van de lijst, met 3 opleidingen.",
        "Logopedie",
    ]


# --- who is under way when a version begins ------------------------------------------------------------------------


class V:
    def __init__(self, number, valid_from, transition="at_once", until=None):
        self.number, self.valid_from = number, valid_from
        self.transition, self.transition_until = transition, until


@pytest.mark.parametrize(
    ("transition", "until", "running", "on", "number"),
    [
        ("at_once", None, Running(date(2027, 1, 1), date(2027, 2, 1)), date(2028, 2, 29), 2),
        ("handed_in", None, Running(date(2027, 1, 1), date(2028, 2, 28)), date(2029, 1, 1), 1),
        ("handed_in", None, Running(date(2027, 1, 1), date(2028, 2, 29)), date(2029, 1, 1), 2),
        ("handed_in", None, Running(date(2027, 1, 1)), date(2028, 3, 1), 2),
        ("open_dossiers", date(2028, 8, 31), Running(date(2028, 2, 28)), date(2028, 8, 31), 1),
        ("open_dossiers", date(2028, 8, 31), Running(date(2028, 2, 28)), date(2028, 9, 1), 2),
        ("open_dossiers", date(2028, 8, 31), Running(date(2028, 2, 29)), date(2028, 3, 1), 2),
        ("open_dossiers", date(2028, 8, 31), None, date(2028, 3, 1), 2),
    ],
)
def test_transition(transition, until, running, on, number):
    begun = [V(2, date(2028, 2, 29), transition, until), V(1, date(2024, 1, 1))]
    assert holding_version(begun, running=running, on=on).number == number


def test_two_changes_in_a_row_pass_the_question_on():
    begun = [
        V(3, date(2028, 3, 1), "open_dossiers", date(2028, 12, 31)),
        V(2, date(2028, 2, 1), "open_dossiers", date(2028, 6, 30)),
        V(1, date(2024, 1, 1)),
    ]
    running = Running(date(2028, 1, 1))
    answers = [
        holding_version(begun, running=running, on=day).number
        for day in (date(2028, 6, 30), date(2028, 7, 1), date(2029, 1, 1))
    ]
    assert answers == [1, 2, 3]


def test_a_dossier_that_was_open_keeps_the_criteria_of_before(staff, django_assert_num_queries):
    person, newcomer = UserFactory(), UserFactory()
    for one in (person, newcomer):
        make_complete(one)
    today = timezone.localdate()
    dossier = DossierFactory(person=person, created_at=timezone.now() - timedelta(days=40))
    rules = changed(hours="60", meetings=30)
    done = approved(
        staff,
        rules=rules,
        valid_from=today + timedelta(days=1),
        transition="open_dossiers",
        transition_until=today + timedelta(days=90),
    )
    later = done.valid_from + timedelta(days=1)
    with django_assert_num_queries(4):
        kept = checklist_for(person.pk, "basic", later, dossiers=(dossier,))
    assert (kept.version.number, kept.evaluation.met) == (1, True)
    fresh = checklist_for(newcomer.pk, "basic", later, dossiers=())
    assert (fresh.version, fresh.evaluation.met) == (done, False)


def test_the_checklist_says_what_comes_and_what_is_kept(staff, client):
    person = UserFactory()
    make_complete(person)
    dossier = DossierFactory(person=person, created_at=timezone.now() - timedelta(days=40))
    done = approved(
        staff,
        valid_from=timezone.localdate() + timedelta(days=20),
        transition="open_dossiers",
        transition_until=timezone.localdate() + timedelta(days=90),
    )
    client.force_login(person)
    text = client.get("/mijn/dossier/?niveau=basic").content.decode()
    assert "De criteria veranderen" in text and "minstens 10 uur bij intervisie" in text
    later = done.valid_from + timedelta(days=3)
    with time_machine.travel(timezone.make_aware(datetime.combine(later, time(12)))):
        client.force_login(person)
        text = client.get("/mijn/dossier/?niveau=basic").content.decode()
    assert "Jij volgt nog de vorige criteria" in text
    assert dossier.pk
