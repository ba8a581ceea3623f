"""The evaluation: exact answers on known cases, and what must hold for every case."""

import json
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.domain.criteria_rules import evaluate, lacking, parse_rules
from accreditation.domain.evidence_facts import in_order
from accreditation.exceptions import CriteriaError
from tests.accreditation.criteria_cases import (
    DEGREES,
    ON,
    RANK,
    RULES,
    STORED,
    complete,
    course,
    diploma,
    diploma_two,
    experience,
    meetings,
    membership,
    one,
    piece,
    policy,
    states,
)


def test_everything_in_order_is_met():
    result = evaluate(RULES["basic"], complete(), ON)
    assert result.met and result.ready
    assert set(states(result).values()) == {"met"}
    assert result.met_count == 6
    assert one(result, "clinical_experience").needed is False
    assert one(result, "liability_insurance").reason == "Je bent verzekerd tot en met 31 december 2026."


def test_without_evidence_everything_is_missing_and_has_a_next_step():
    result = evaluate(RULES["basic"], [], ON)
    assert set(states(result).values()) == {"missing"}
    assert not result.ready
    assert [c.next_step.label for c in result.criteria] == [
        "Voeg je diploma toe",
        "Kies een cursus",
        "Bekijk je intervisie",
        "Voeg je polis toe",
        "Voeg je lidmaatschap toe",
        "Kies de ervaringsroute",
    ]


def test_degree_outside_the_table_says_why():
    result = one(evaluate(RULES["basic"], [diploma(name="Rechten", title="Rechten")], ON), "base_degree")
    assert result.state == "missing"
    assert result.unused[0].why == "Dit diploma staat niet op de lijst van basisopleidingen."


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "met"),
        ({"status": "waiting"}, "pending"),
        ({"status": "refused", "note": "De scan is onleesbaar."}, "missing"),
        ({"status": "needs_more", "note": "De achterkant ontbreekt."}, "missing"),
        ({"valid_until": date(2026, 6, 14)}, "missing"),
        ({"valid_until": date(2026, 6, 15)}, "expiring"),
        ({"valid_until": date(2026, 8, 14)}, "expiring"),
        ({"valid_until": date(2026, 8, 15)}, "met"),
        ({"valid_until": None}, "met"),
        ({"valid_from": date(2026, 6, 16)}, "missing"),
        ({"valid_from": None, "valid_until": None, "status": "waiting"}, "pending"),
    ],
)
def test_insurance_state(fields, state):
    assert states(evaluate(RULES["basic"], [policy(**fields)], ON))["liability_insurance"] == state


def test_next_policy_that_follows_without_a_gap_keeps_it_met():
    now = policy(valid_until=date(2026, 6, 30))
    following = piece("evidence:9", "insurance", valid_from=date(2026, 7, 1), valid_until=date(2027, 6, 30))
    late = piece("evidence:9", "insurance", valid_from=date(2026, 7, 2), valid_until=date(2027, 6, 30))
    assert states(evaluate(RULES["basic"], [now, following], ON))["liability_insurance"] == "met"
    assert states(evaluate(RULES["basic"], [now, late], ON))["liability_insurance"] == "expiring"


def test_piece_that_waits_beside_a_verified_one_is_named():
    pieces = [diploma(), diploma_two()]
    result = one(evaluate(RULES["basic"], pieces, ON), "base_degree")
    assert [(e.ref, e.why) for e in result.unused] == [
        ("evidence:2", "Wordt nog nagekeken. Je bent ook zonder in orde.")
    ]


def test_what_the_office_asked_leads_back_to_the_same_piece():
    result = one(
        evaluate(RULES["basic"], [policy(status="needs_more", note="Blad 2.")], ON), "liability_insurance"
    )
    assert (result.next_step.label, result.next_step.argument) == ("Vul aan", "4")
    assert result.unused[0].why == "We vragen je nog iets. Blad 2."


def test_hours_of_training_count_up_and_say_what_is_left():
    result = one(evaluate(RULES["basic"], [course(hours="2.5")], ON), "continued_training")
    assert result.state == "missing"
    assert result.reason == "Je hebt 2,5 van de 12 uur opleiding. Nog 9,5 uur te gaan."
    assert (result.measure.have, result.measure.want) == (Decimal("2.5"), Decimal("12"))


def test_specialised_needs_eighteen_hours_on_top_of_basic():
    basic, special = course(), course("course:2", hours="18", level="specialised")
    assert states(evaluate(RULES["specialised"], [basic], ON))["continued_training"] == "missing"
    assert states(evaluate(RULES["specialised"], [special], ON))["continued_training"] == "missing"
    assert states(evaluate(RULES["specialised"], [basic, special], ON))["continued_training"] == "met"


def test_specialised_hours_alone_lack_a_basic_training():
    result = evaluate(RULES["basic"], [course(hours="18", level="specialised")], ON)
    assert (
        one(result, "continued_training").reason
        == "Je hebt genoeg uren. Volg nog 1 opleiding op basisniveau."
    )


def test_the_same_course_twice_counts_once():
    twice = [
        course("course:1", hours="6", name="kleine-signalen"),
        course("course:2", hours="6", name="kleine-signalen"),
    ]
    result = one(evaluate(RULES["basic"], twice, ON), "continued_training")
    assert (result.state, result.measure.have) == ("missing", Decimal("6"))
    assert [e.why for e in result.unused] == ["Deze cursus telt één keer mee."]


def test_meetings_count_within_twelve_months():
    held = meetings(start=date(2025, 6, 15))
    assert states(evaluate(RULES["basic"], held, ON))["permanent_education"] == "missing"
    assert (
        states(evaluate(RULES["basic"], meetings(start=date(2025, 6, 16)), ON))["permanent_education"]
        == "expiring"
    )
    assert states(evaluate(RULES["basic"], meetings(), ON))["permanent_education"] == "met"


def test_unconfirmed_meetings_are_pending():
    assert (
        states(evaluate(RULES["basic"], meetings(status="waiting"), ON))["permanent_education"] == "pending"
    )


def test_specialised_needs_supervision():
    intervision = meetings(6)
    supervision = meetings(2, form="supervision", start=date(2026, 2, 1))
    assert states(evaluate(RULES["specialised"], intervision, ON))["permanent_education"] == "missing"
    assert (
        states(evaluate(RULES["specialised"], intervision + supervision, ON))["permanent_education"] == "met"
    )


def test_leap_day_leaves_the_window_on_the_first_of_march():
    held = meetings(1, hours="8", start=date(2024, 2, 29))
    held += meetings(3, hours="2", form="supervision", start=date(2024, 6, 1))
    rules = RULES["basic"]
    assert states(evaluate(rules, held, date(2025, 2, 28)))["permanent_education"] == "expiring"
    assert one(evaluate(rules, held, date(2025, 2, 28)), "permanent_education").until == date(2025, 2, 28)
    assert states(evaluate(rules, held, date(2025, 3, 1)))["permanent_education"] == "missing"


def test_experience_replaces_the_degree_only_and_is_left_to_the_committee():
    pieces = [experience(), course(), *meetings(), policy()]
    result = evaluate(RULES["basic"], pieces, ON, route="experience")
    assert states(result) == {
        "base_degree": "pending",
        "continued_training": "met",
        "permanent_education": "met",
        "liability_insurance": "met",
        "professional_association": "met",
        "clinical_experience": "pending",
    }
    assert result.ready and not result.met
    assert [c.id for c in result.criteria if not c.needed] == ["base_degree", "professional_association"]


@pytest.mark.parametrize("left_out", ["course:1", "evidence:4", "meeting:intervision0"])
def test_experience_needs_criteria_two_three_and_four(left_out):
    pieces = [p for p in [experience(), course(), *meetings(), policy()] if p.ref != left_out]
    result = evaluate(RULES["basic"], pieces, ON, route="experience")
    assert one(result, "clinical_experience").state == "missing"
    assert one(result, "clinical_experience").reason.startswith(
        "Je ervaring is genoeg. Eerst moet nog in orde zijn"
    )
    assert not result.ready


def test_experience_does_not_count_on_the_degree_route():
    result = evaluate(RULES["basic"], [experience(), course(), *meetings(), policy(), membership()], ON)
    assert one(result, "base_degree").state == "missing"
    assert not result.ready


@pytest.mark.parametrize(
    ("end", "state"), [(date(2023, 12, 30), "missing"), (date(2023, 12, 31), "pending"), (None, "pending")]
)
def test_years_of_experience(end, state):
    pieces = [experience(start=date(2019, 1, 1), end=end), course(), *meetings(), policy()]
    assert states(evaluate(RULES["basic"], pieces, ON, route="experience"))["clinical_experience"] == state


def test_overlapping_experience_counts_once():
    first = experience(start=date(2021, 1, 1), end=date(2023, 12, 31))
    second = piece("evidence:7", "experience", valid_from=date(2021, 1, 1), valid_until=date(2023, 12, 31))
    result = one(evaluate(RULES["basic"], [first, second], ON, route="experience"), "clinical_experience")
    assert (result.state, result.measure.have) == ("missing", Decimal("3.0"))


@pytest.mark.parametrize("route", ["degree", "experience"])
def test_lived_experience_is_recorded_and_never_enough(route):
    lived = piece("evidence:8", "lived_experience", valid_from=date(2000, 1, 1))
    result = evaluate(RULES["basic"], [lived, course(), *meetings(), policy(), membership()], ON, route=route)
    assert not result.ready
    assert "meerwaarde" in one(result, "clinical_experience").unused[0].why


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"level": "basic", "criteria": []},
        {
            "level": "basic",
            "criteria": [{"id": "a", "number": 1, "title": "A", "rule": {"kind": "onbekend"}}],
        },
        {"level": "basic", "criteria": [{"id": "a", "number": 1, "title": "A"}]},
        {"level": "basic", "criteria": [STORED["basic"]["criteria"][0]] * 2},
        {"level": "basic", "criteria": STORED["basic"]["criteria"][-1:]},
        {"level": "basic", "criteria": "abc"},
        *(
            {"level": "basic", "criteria": [{"id": "a", "number": 1, "title": "A", "rule": rule}]}
            for rule in (
                {"kind": "completed_courses", "courses": []},
                {"kind": "completed_courses", "courses": [{"slug": "a"}], "at_least": 2},
                {"kind": "all_of", "rules": [{"kind": "membership", "evidence": "membership"}]},
                {
                    "kind": "any_of",
                    "rules": [{"kind": "years_of_experience", "years": 5, "replaces": "b"}] * 2,
                },
                {"kind": "committee_judgement", "evidence": "lived_experience"},
            )
        ),
        {
            "level": "basic",
            "criteria": [
                {
                    "id": "a",
                    "number": 1,
                    "title": "A",
                    "rule": {"kind": "degree_in_table", "degrees": "Vroedkunde"},
                }
            ],
        },
    ],
)
def test_unreadable_rules_are_refused(broken):
    with pytest.raises(CriteriaError):
        parse_rules(broken)


def test_named_courses_count_each_once_and_say_which_are_left():
    courses = [{"slug": s, "title": s.title()} for s in ("een", "twee", "drie")]
    rules = json.loads(json.dumps(STORED["basic"]))
    rules["criteria"][1]["rule"] = {"kind": "completed_courses", "courses": courses, "at_least": 2}
    twice = [course("course:1", name="een"), course("course:2", name="een"), course("course:3", name="vier")]
    result = one(evaluate(parse_rules(rules), twice, ON), "continued_training")
    assert (result.state, result.reason) == ("missing", "Volg nog 1 van deze cursussen: Twee, Drie.")
    assert [use.ref for use in result.used] == ["course:2"]
    assert {left.ref: left.why for left in result.unused} == {
        "course:1": "Deze cursus telt één keer mee.",
        "course:3": "Deze cursus wordt hier niet gevraagd.",
    }
    done = one(
        evaluate(parse_rules(rules), [*twice, course("course:4", name="twee")], ON), "continued_training"
    )
    assert done.state == "met"


def test_one_of_two_rules_is_enough_and_all_of_two_is_not():
    kleine = course(hours="2", name="kleine-signalen", title="Kleine signalen")
    combined = RULES["combined"]
    any_of = one(evaluate(combined, [kleine], ON), "continued_training")
    assert (any_of.state, any_of.reason) == ("met", "Je volgde Kleine signalen.")
    all_of = one(evaluate(combined, meetings(), ON), "permanent_education")
    assert (all_of.state, all_of.next_step.argument) == ("missing", "statement")
    statement = piece("evidence:7", "statement", valid_from=date(2026, 5, 1))
    assert one(evaluate(combined, [*meetings(), statement], ON), "permanent_education").state == "pending"


def test_evidence_that_ends_before_it_begins_counts_for_nothing():
    broken = policy(valid_from=date(2026, 7, 1), valid_until=date(2026, 6, 1))
    result = one(evaluate(RULES["basic"], [broken], ON), "liability_insurance")
    assert result.state == "missing"
    assert result.unused[0].why == "Het einde ligt voor het begin. Kijk de data na."


def test_two_versions_share_what_they_have_in_common():
    found = {}
    evaluate(RULES["basic"], complete(), ON, found=found)
    before = dict(found)
    assert evaluate(RULES["combined"], complete(), ON, found=found) == evaluate(
        RULES["combined"], complete(), ON
    )
    assert (len(before), len(found)) == (6, 8)


# --- what holds for every case ------------------------------------------------------------------------------------

days = st.dates(min_value=date(2018, 1, 1), max_value=date(2028, 12, 31))
hours = st.integers(min_value=0, max_value=40).map(lambda n: Decimal(n) / 2)


@st.composite
def pieces(draw, *, statuses=("verified", "waiting", "refused", "needs_more"), latest=None):
    kind = draw(
        st.sampled_from(
            [
                "diploma",
                "course",
                "training",
                "meeting",
                "statement",
                "insurance",
                "membership",
                "experience",
                "lived_experience",
            ]
        )
    )
    start = draw(st.none() | (days if latest is None else st.dates(date(2018, 1, 1), latest)))
    end = draw(st.none() | days)
    if start and end and end < start:
        end = start
    if kind in ("statement", "meeting") and latest is not None and end is not None:
        end = min(end, latest)
        start = min(start, end) if start else None
    return piece(
        f"evidence:{draw(st.integers(min_value=1, max_value=10**6))}",
        kind,
        status=draw(st.sampled_from(statuses)),
        valid_from=start,
        valid_until=end,
        hours=draw(hours),
        meetings=draw(st.integers(0, 4)),
        level=draw(st.sampled_from(["basic", "specialised", "orientation", ""])),
        form=draw(st.sampled_from(["intervision", "supervision", ""])),
        name=draw(st.sampled_from([*DEGREES, "vroedkunde ", "Rechten", "kleine-signalen", ""])),
    )


routes = st.sampled_from(["degree", "experience"])
levels = st.sampled_from(["basic", "specialised", "combined"])


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces(), max_size=25), days, routes, levels, st.randoms())
def test_order_does_not_matter(evidence, on, route, level, rng: random.Random):
    unique = list({p.ref: p for p in evidence}.values())
    shuffled = unique[:]
    rng.shuffle(shuffled)
    assert evaluate(RULES[level], unique, on, route=route) == evaluate(
        RULES[level], shuffled + shuffled[:3], on, route=route
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces(), max_size=15), pieces(statuses=("verified",)), days, routes, levels)
def test_adding_verified_evidence_never_worsens(evidence, extra, on, route, level):
    evidence = [p for p in evidence if p.ref != extra.ref]
    before = states(evaluate(RULES[level], evidence, on, route=route))
    after = states(evaluate(RULES[level], [*evidence, extra], on, route=route))
    assert all(RANK[after[key]] >= RANK[before[key]] for key in before)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(pieces(latest=date(2023, 1, 1)), max_size=15),
    st.dates(date(2023, 1, 1), date(2027, 1, 1)),
    st.integers(0, 1500),
    levels,
)
def test_time_alone_only_expires(evidence, on, later, level):
    """Everything had begun; waiting longer never mends anything (experience that runs on may grow: degree route)."""
    before = states(evaluate(RULES[level], evidence, on))
    after = states(evaluate(RULES[level], evidence, on + timedelta(days=later)))
    assert all(RANK[after[key]] <= RANK[before[key]] for key in before)


@settings(max_examples=250, deadline=None)
@given(st.lists(pieces(), max_size=25), days, routes, levels)
def test_every_piece_is_explained_and_replay_gives_the_same(evidence, on, route, level):
    result = evaluate(RULES[level], evidence, on, route=route)
    assert [c.number for c in result.criteria] == [1, 2, 3, 4, 5, 6]
    assert all(c.reason for c in result.criteria)
    seen = {e.ref for c in result.criteria for e in (*c.used, *c.unused)}
    assert seen == {p.ref for p in evidence}
    replayed = evaluate(parse_rules(json.loads(json.dumps(STORED[level]))), evidence, on, route=route)
    assert replayed == result


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces(), max_size=20), days, routes, levels)
def test_what_everybody_lacks_is_what_an_evaluation_says(evidence, on, route, level):
    result = evaluate(RULES[level], evidence, on, route=route)
    assert lacking(RULES[level], in_order(evidence), on, route=route) == {c.id for c in result.missing}
    assert result.ready == (not result.missing)


def test_replay_with_its_own_version_ignores_newer_rules():
    stricter = json.loads(json.dumps(STORED["basic"]))
    stricter["criteria"][1]["rule"]["minimums"][0]["hours"] = "40"
    assert states(evaluate(parse_rules(stricter), complete(), ON))["continued_training"] == "missing"
    assert states(evaluate(RULES["basic"], complete(), ON))["continued_training"] == "met"
