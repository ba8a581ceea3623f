"""A plan as a workbook and as a calendar."""

import io
from datetime import UTC, datetime

import xlsxwriter
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lms.domain.plan_publishing import hours_of
from lms.domain.planning.plan import Plan
from lms.domain.planning.problem import Problem, days_of
from lms.domain.queries.plans import view_plan


def plan_workbook(problem: Problem, plan: Plan) -> bytes:
    """Groups and team meetings on two sheets. Cells are text or numbers: nothing that was typed becomes a formula."""
    view = view_plan(problem, plan)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        groups = book.add_worksheet(_("Groepen"))
        heads = [
            _("Groep"),
            _("Onderdeel"),
            _("Dagen"),
            _("Deel van de dag"),
            _("Zaal"),
            _("Regio"),
            _("Trainers"),
        ]
        groups.write_row(0, 0, [*heads, _("Mensen"), _("Teams")], bold)
        halves = {"": _("hele dag"), "0": _("voormiddag"), "1": _("namiddag")}
        for row, line in enumerate(view.groups, 1):
            days = ", ".join(f"{day:%d/%m/%Y}" for day in line.days)
            trainers = ", ".join(line.trainers)
            texts = [line.key, line.part, days, halves[line.half], line.room, line.region, trainers]
            for column, text in enumerate(texts):
                groups.write_string(row, column, text)
            groups.write_number(row, len(texts), line.size)
            groups.write_number(row, len(texts) + 1, line.teams)
        groups.autofit()
        meetings = book.add_worksheet(_("Intervisie"))
        meetings.write_row(
            0, 0, [_("Team"), _("Maanden erna"), _("Dag"), _("Deel van de dag"), _("Expert")], bold
        )
        for row, meeting in enumerate(view.meetings, 1):
            meetings.write_string(row, 0, meeting.team)
            meetings.write_number(row, 1, meeting.months)
            meetings.write_string(row, 2, f"{meeting.day:%d/%m/%Y}")
            meetings.write_string(row, 3, halves[str(meeting.half)])
            meetings.write_string(row, 4, meeting.expert)
        meetings.autofit()
    return out.getvalue()


def plan_calendar(problem: Problem, plan: Plan, *, plan_id: int, number: int) -> bytes:
    """Every day of every group as an appointment; times in UTC, identifiers stay the same from version to version."""
    calendar = Calendar()
    calendar.add("prodid", "-//Nestwerk//Planner//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", problem.name)
    for group in plan.groups:
        part, room = problem.part[group.part], problem.room[group.room]
        begins, ends = hours_of(part, group.half)
        for place, day in enumerate(days_of(part, group.start), 1):
            event = Event()
            event.add("uid", f"plan-{plan_id}-{group.key}-{place}@{settings.SITE_HOST}")
            event.add("sequence", number)
            event.add("dtstamp", timezone.now().astimezone(UTC))
            event.add("dtstart", timezone.make_aware(datetime.combine(day, begins)).astimezone(UTC))
            event.add("dtend", timezone.make_aware(datetime.combine(day, ends)).astimezone(UTC))
            event.add("summary", f"{part.name} {group.number}")
            event.add("location", f"{room.name}, {room.region}")
            event.add("description", ", ".join(problem.trainer[one].name for one in group.trainers))
            calendar.add_component(event)
    return bytes(calendar.to_ical())
