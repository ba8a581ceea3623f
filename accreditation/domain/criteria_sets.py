"""Criteria versions: the proposal that every installation starts with, and which version holds on a date."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.transition_rule import Running, holding_version
from accreditation.enums import CLOSED_STAGES, DossierStage, Level, Transition
from accreditation.exceptions import CriteriaError
from accreditation.models import CriteriaVersion, Dossier

PROPOSAL = Path(__file__).resolve().parent.parent / "data" / "criteria.yaml"
TABLE_OF_DEGREES = "table_of_base_degrees"


def load_proposal(apps: Any) -> int:
    """Write version 1 of each level unless it exists; returns how many were written. `apps`: an app registry."""
    data = yaml.safe_load(PROPOSAL.read_text(encoding="utf-8"))
    versions = apps.get_model("accreditation", "CriteriaVersion").objects
    degrees = list(
        apps.get_model("people", "BaseDegree").objects.order_by("id").values_list("name", flat=True)
    )
    written = 0
    for level in Level.values:
        __, created = versions.get_or_create(
            level=level,
            number=1,
            defaults={
                "valid_from": data["valid_from"],
                "rules": proposed_rules(data, level=level, degrees=degrees),
                "is_proposal": True,
                "approved_at": timezone.now(),
            },
        )
        written += created
    return written


def proposed_rules(data: dict[str, Any], *, level: str, degrees: list[str]) -> dict[str, Any]:
    """The rules of one level as stored: per-level parameters chosen, the table of degrees written out."""
    criteria = []
    for entry in data["criteria"]:
        rule = dict(entry["rule"].get(level, entry["rule"]))
        if rule.get("degrees") == TABLE_OF_DEGREES:
            rule["degrees"] = degrees
        criteria.append({**entry, "rule": rule})
    return {"level": level, "criteria": criteria}


def version_in_force(*, level: str, on: date) -> CriteriaVersion:
    """The criteria that hold for a level on a date.

    Raises CriteriaError when there are none (a date before the first version).
    """
    version = CriteriaVersion.objects.in_force(level=level, on=on)
    if version is None:
        raise CriteriaError(_("Voor die datum zijn er nog geen kwaliteitscriteria."))
    return version


def version_for(*, level: str, on: date, dossier: Dossier | None) -> CriteriaVersion:
    """The criteria by which a dossier of this level is judged on a day: its transition rule included. One query.

    Without a dossier it is the version in force. One query more where a version spares who handed in. Raises
    CriteriaError as `version_in_force` does.
    """
    begun = tuple(
        CriteriaVersion.objects.filter(level=level, approved_at__isnull=False, valid_from__lte=on).order_by(
            "-valid_from", "-number"
        )
    )
    if not begun:
        raise CriteriaError(_("Voor die datum zijn er nog geen kwaliteitscriteria."))
    if dossier is None or dossier.stage in CLOSED_STAGES:
        return begun[0]
    opened_on = timezone.localdate(dossier.created_at)
    newer = [v for v in begun if v.transition == Transition.HANDED_IN and v.valid_from > opened_on]
    running = Running(opened_on=opened_on, handed_in_on=_first_handed_in(dossier) if newer else None)
    return holding_version(begun, running=running, on=on)


def _first_handed_in(dossier: Dossier) -> date | None:
    if dossier.stage == DossierStage.COLLECTING:
        return None
    first = dossier.rounds.order_by("number").values_list("submitted_at", flat=True).first()
    return timezone.localdate(first) if first else None
