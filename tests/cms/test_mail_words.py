"""Mails greet and end alike, whoever wrote their template."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("accreditation", "cms", "courses", "lms", "media", "people")
MAILS = sorted(path for floor in FLOORS for path in ROOT.glob(f"{floor}/templates/**/email/*.txt"))


def test_there_are_mails():
    assert len(MAILS) > 10


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_ends_with_a_warm_greeting_and_calls_people_by_their_short_name(path):
    text = path.read_text(encoding="utf-8")
    assert "user.first_name" not in text
    assert "Hartelijke groet" not in text
    # A trainer's own message to a group ends as the trainer ends it.
    own_words = path.stem == "cohort_message"
    is_part = "{% extends" in text or "{% include" in text or path.stem.endswith("_subject")
    if not (is_part or own_words):
        ending = text.split("Warme groet,")
        assert len(ending) == 2, "ends with 'Warme groet,' and the name below it"
        assert ending[1].replace('" %}', "").strip().startswith("Nestwerk")
