"""The first rules of presence and of registers, for the migration that makes their tables."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

REGISTERS = Path(__file__).resolve().parent.parent / "data" / "registers.yaml"
FIRST_DAY = date(2020, 1, 1)


def load_first_rules(apps: Any) -> None:
    """Load what is missing: a rule for each kind of session (a proposal) and the registers of the data file."""
    rules = apps.get_model("lms", "AttendanceRule")
    for kind in ("in_person", "online", "mixed"):
        rules.objects.get_or_create(kind=kind, valid_from=FIRST_DAY)
    registers = apps.get_model("lms", "RegisterRule")
    professions = dict(apps.get_model("people", "Profession").objects.values_list("key", "pk"))
    for row in yaml.safe_load(REGISTERS.read_text(encoding="utf-8")):
        facts = dict(row)
        facts["profession_id"] = professions[facts.pop("profession")]
        registers.objects.get_or_create(
            key=facts.pop("key"), valid_from=facts.pop("valid_from"), defaults=facts
        )
