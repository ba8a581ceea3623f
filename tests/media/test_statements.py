"""Statements of a browser: form, bounds, and which one ends the activity."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.api import StatementError, ending_statement, validate_statement
from media.domain.statements.schema import MAX_STATEMENT_BYTES, read_score

ROOT = "https://nest.test/id/cursus/1/activiteit/a"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ADL = "http://adlnet.gov/expapi/verbs/"


def statement(verb="completed", **changes):
    return {"verb": {"id": ADL + verb}, "object": {"id": ROOT}, **changes}


def check(value):
    return validate_statement(value, activity=ROOT, received_at=NOW)


def deep(levels):
    node = {}
    for _level in range(levels):
        node = {"a": node}
    return node


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (b"{", "not_json"),
        (b"[]", "not_object"),
        (b'{"a": NaN}', "number_not_finite"),
        (b'{"a": Infinity}', "number_not_finite"),
        (b'{"a": 1e999}', "number_not_finite"),
        (b"[" * 30_000, "not_json"),
        (json.dumps({"a": "x" * 1_000_000}), "too_large"),
        (statement(extra=deep(10)), "too_deep"),
        (statement(extra=[1] * 3_000), "too_many_parts"),
        (statement(extra="x" * 30_000), "text_too_long"),
        ({"object": {"id": ROOT}}, "verb_missing"),
        ({"verb": {"id": "zomaar"}, "object": {"id": ROOT}}, "verb_unusable"),
        ({"verb": {"id": 7}, "object": {"id": ROOT}}, "verb_unusable"),
        ({"verb": {"id": ADL + "completed"}}, "object_missing"),
        (statement(object={"id": "https://nest.test/id/cursus/2/activiteit/a"}), "object_foreign"),
        (statement(object={"id": ROOT + "bc"}), "object_foreign"),
        (statement(object={"id": ROOT + "?subContent=1"}), "object_foreign"),
        (statement(id="7"), "id_unusable"),
        (statement(timestamp="gisteren"), "timestamp_unusable"),
        (statement(timestamp="2026-11-24T12:00:00"), "timestamp_unusable"),
        (statement(timestamp="2026-02-30T12:00:00Z"), "timestamp_unusable"),
        (statement(timestamp=(NOW + timedelta(hours=1)).isoformat()), "timestamp_future"),
        (statement(timestamp=(NOW - timedelta(days=31)).isoformat()), "timestamp_old"),
        (statement(result=[]), "result_unusable"),
        (statement(result={"success": "ja"}), "result_unusable"),
        (statement(result={"response": {}}), "result_unusable"),
        (statement(result={"duration": "drie uur"}), "duration_unusable"),
        (statement(result={"score": 5}), "score_unusable"),
        (statement(result={"score": {"raw": "5"}}), "score_unusable"),
        (statement(result={"score": {"raw": True}}), "score_unusable"),
        (statement(result={"score": {"raw": 99, "max": 1}}), "score_out_of_bounds"),
        (statement(result={"score": {"raw": -1, "max": 1}}), "score_out_of_bounds"),
        (statement(result={"score": {"raw": 1, "min": 2, "max": 1}}), "score_out_of_bounds"),
        (statement(result={"score": {"scaled": 1.5}}), "score_out_of_bounds"),
        (statement(result={"score": {"raw": 10**12}}), "score_out_of_bounds"),
    ],
)
def test_what_does_not_hold_is_refused(value, code):
    with pytest.raises(StatementError) as refusal:
        check(value)
    assert refusal.value.code == code
    assert refusal.value.message


def test_a_good_statement_keeps_what_matters_and_drops_what_we_set_ourselves():
    read = check(
        statement(
            id="5f0c7a1e-9d3b-4c55-8f55-1d3f1a0d0f11",
            timestamp="2026-11-24T11:59:00Z",
            actor={"mbox": "mailto:iemand@anders.test"},
            stored="2020-01-01T00:00:00Z",
            result={
                "score": {"raw": 3, "max": 4, "scaled": 1},
                "success": True,
                "completion": True,
                "duration": "PT1M2.5S",
            },
        )
    )
    assert (str(read.id), read.verb_name, read.is_root) == (
        "5f0c7a1e-9d3b-4c55-8f55-1d3f1a0d0f11",
        "completed",
        True,
    )
    assert (read.score.raw, read.score.max, read.score.scaled) == (3, 4, 0.75)
    assert read.timestamp == NOW - timedelta(minutes=1)
    assert set(read.payload) == {"id", "timestamp", "verb", "object", "result"}


@pytest.mark.parametrize(
    ("score", "scaled"),
    [
        ({"raw": 1, "min": 0, "max": 4}, 0.25),
        ({"raw": 0, "max": 0}, None),
        ({"raw": 3}, None),
        ({"scaled": 0.5}, 0.5),
        ({"scaled": -0.5}, 0.0),
        ({"raw": 6, "min": 4, "max": 8, "scaled": 0.9}, 0.5),
    ],
)
def test_scaled_is_computed_by_us(score, scaled):
    assert read_score(score).scaled == scaled


@given(
    st.dictionaries(st.sampled_from(["raw", "min", "max", "scaled"]), st.floats() | st.integers() | st.none())
)
def test_a_scaled_score_always_lies_between_nought_and_one(score):
    try:
        read = read_score(score)
    except StatementError:
        return
    assert read.scaled is None or 0 <= read.scaled <= 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda c: st.lists(c) | st.dictionaries(st.text(), c),
    )
)
def test_whatever_comes_in_the_answer_is_a_verdict(value):
    with pytest.raises(StatementError):
        check(json.dumps(value))


@pytest.mark.parametrize(
    ("verb", "target", "library", "ends"),
    [
        ("completed", ROOT, "H5P.QuestionSet 1.17", True),
        ("answered", ROOT, "H5P.QuestionSet 1.17", False),
        ("completed", ROOT + "?subContentId=x", "H5P.InteractiveBook 1.8", False),
        ("answered", ROOT, "H5P.MultiChoice 1.16", True),
        ("answered", ROOT + "?subContentId=x", "H5P.MultiChoice 1.16", False),
        ("attempted", ROOT, "H5P.MultiChoice 1.16", False),
        ("completed", ROOT, "Nestwerk.Sorteren 1.0", True),
        ("answered", ROOT, "Nestwerk.Sorteren 1.0", False),
        ("consumed", ROOT, "H5P.Accordion 1.0", True),
        ("consumed", ROOT, "H5P.MultiChoice 1.16", False),
        ("progressed", ROOT, "H5P.CoursePresentation 1.22", False),
    ],
)
def test_which_statement_ends_the_activity(verb, target, library, ends):
    read = check(statement(verb, object={"id": target}, result={"score": {"raw": 1, "max": 2}}))
    verdict = ending_statement(read, main_library=library)
    assert (verdict.ends, verdict.scaled) == (ends, 0.5 if ends else None)


def test_an_unfinished_completion_ends_nothing():
    assert not ending_statement(
        check(statement(result={"completion": False})), main_library="H5P.QuestionSet 1.17"
    ).ends


def test_the_size_bound_is_in_bytes():
    with pytest.raises(StatementError):
        check(json.dumps({"a": "é" * MAX_STATEMENT_BYTES}, ensure_ascii=False))
