"""Facts that the network's documents give: degrees, professions, regions, networks. Loaded by a migration."""

import csv
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

DATA = Path(__file__).resolve().parent.parent / "data"


def load_reference_data(apps: Any) -> None:
    """Write the facts of people/data; rows that exist stay as they are, so it may run again."""
    profession = apps.get_model("people", "Profession")
    for order, row in enumerate(yaml.safe_load((DATA / "professions.yaml").read_text(encoding="utf-8"))):
        profession.objects.get_or_create(
            key=row["key"], defaults={"name": row["name"], "has_riziv": row["has_riziv"], "order": order}
        )
    degree = apps.get_model("people", "BaseDegree")
    with (DATA / "base_degrees.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            degree.objects.get_or_create(
                name=row["degree_nl"], defaults={"levels": row["levels_nl"], "priority": row["priority"]}
            )
    regions = yaml.safe_load((DATA / "regions.yaml").read_text(encoding="utf-8"))
    for name in regions["provinces"]:
        apps.get_model("people", "Province").objects.get_or_create(name=name)
    for name in regions["reference_regions"]:
        apps.get_model("people", "ReferenceRegion").objects.get_or_create(
            name=name, defaults={"slug": slugify(name)}
        )
    for name in regions["primary_care_zones_seen"]:
        apps.get_model("people", "PrimaryCareZone").objects.get_or_create(name=name)
    for target, names in regions["mental_health_networks"].items():
        for name in names:
            apps.get_model("people", "MentalHealthNetwork").objects.get_or_create(
                name=name, defaults={"target": target}
            )
