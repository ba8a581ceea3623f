"""Judge one person against the quality criteria of a level."""

import json
from argparse import RawDescriptionHelpFormatter
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from accreditation.domain.criteria_rules import Evaluation
from accreditation.domain.next_steps import handing_in, step_url
from accreditation.domain.path import path_for
from accreditation.domain.path_facts import Path, Step
from accreditation.enums import Level
from accreditation.exceptions import AccreditationError
from people.api import User


class Command(BaseCommand):
    """`manage.py assess PERSON [--level basic|specialised] [--on DATE] [--json]`; writes nothing."""

    help = (
        "Toetst een persoon aan de kwaliteitscriteria: per criterium een staat, een reden het bewijs en het pad.\n\n"
        "Voorbeeld: manage.py assess deelnemer@demo.nestwerk.test --level basic --on 2026-12-01 --json\n"
        "Einde: 0 getoetst, 1 geen persoon of geen criteria op die datum, 2 verkeerd gebruikt. Schrijft niets."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the lines of the help as they are."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("person", metavar="PERSON", help="e-mailadres of id")
        parser.add_argument("--level", choices=Level.values, default=Level.BASIC.value)
        parser.add_argument(
            "--on", type=_day, metavar="DATE", help="dag, als 2026-12-01 (standaard: vandaag)"
        )
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge and print."""
        on = options["on"] or timezone.localdate()
        person = _find(options["person"])
        if person is None:
            raise CommandError(f"Er is niemand met dit e-mailadres of id: {options['person']}", returncode=1)
        with translation.override("nl-be"):
            try:
                checklist, plan = path_for(person.pk, options["level"], on)
            except AccreditationError as error:
                raise CommandError(str(error), returncode=1) from error
            answer = as_answer(checklist.evaluation, plan)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        verdict = "in orde" if answer["met"] else "nog niet in orde"
        self.stdout.write(f"{answer['level']} op {answer['on']}: {verdict}")
        for each in answer["criteria"]:
            self.stdout.write(f"  {each['number']} {each['id']:<24} {each['state']:<9} {each['reason']}")
        for step in answer["path"]:
            self.stdout.write(f"  -> {step['label']}: {step['url']}")


def as_answer(evaluation: Evaluation, plan: Path) -> dict[str, Any]:
    """The evaluation and the plan as one document: level, met, criteria and path, with more beside it."""
    return {
        "level": evaluation.level,
        "met": evaluation.met,
        "ready": evaluation.ready,
        "route": evaluation.route,
        "on": evaluation.on.isoformat(),
        "criteria": [
            {
                "id": c.id,
                "number": c.number,
                "state": str(c.state),
                "needed": c.needed,
                "reason": c.reason,
                "evidence": [{"ref": use.ref, "title": use.title} for use in c.used],
                "unused": [{"ref": left.ref, "title": left.title, "why": left.why} for left in c.unused],
                "until": c.until.isoformat() if c.until and c.until != date.max else None,
            }
            for c in evaluation.criteria
        ],
        "path": _path(evaluation, plan),
    }


def _path(evaluation: Evaluation, plan: Path) -> list[dict[str, Any]]:
    """The soonest plan: what can be booked or shown, then what has no way yet or soon ends; handing in comes last."""
    steps = [_step(step, evaluation.level) for step in plan.steps]
    gaps = {gap.criterion_id for gap in plan.gaps}
    for c in evaluation.criteria:
        if c.needed and c.next_step is not None and (c.id in gaps or c.state == "expiring"):
            url = step_url(c.next_step, level=evaluation.level)
            kind = "gap" if c.id in gaps else "renew"
            steps.append({"criterion": c.id, "label": c.next_step.label, "url": url, "kind": kind})
    label, url = handing_in(evaluation.level)
    return [*steps, {"criterion": "", "label": label, "url": url, "kind": "hand_in"}]


def _step(step: Step, level: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "criterion": step.criterion_id,
        "label": step.title,
        "url": step_url(step.action, level=level) if step.action else step.url,
        "kind": step.kind,
    }
    if step.action is None:
        found |= {
            "ref": step.ref,
            "starts_on": step.starts_on.isoformat() if step.starts_on else None,
            "done_on": step.done_on.isoformat() if step.done_on else None,
            "price": str(step.price),
        }
    return found


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _find(text: str) -> User | None:
    if text.isascii() and text.isdigit() and len(text) < 19:
        return User.objects.filter(pk=int(text)).first()
    return User.objects.filter(email__iexact=text).first()
