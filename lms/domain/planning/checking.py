"""Whether a plan keeps every hard rule. Written apart from the solver, so that one may judge the other."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lms.domain.planning.plan import Plan, PlannedGroup, last_days
from lms.domain.planning.problem import Problem, add_months, days_of, slots_of


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One rule that a plan breaks: a code, a sentence, and the groups (keys) or team it is about."""

    code: str
    message: str
    about: tuple[str, ...] = ()


def broken_rules(problem: Problem, plan: Plan) -> tuple[BrokenRule, ...]:
    """Everything that is wrong with a plan; empty when it may be used."""
    return (
        *_broken_dates(problem, plan),
        *_broken_seats(problem, plan),
        *_broken_bookings(problem, plan),
        *_broken_teams(problem, plan),
        *_broken_order(problem, plan),
        *_broken_pins(problem, plan),
        *_broken_meetings(problem, plan),
    )


def _broken_dates(problem: Problem, plan: Plan) -> list[BrokenRule]:
    found = []
    opened = set(problem.days)
    for group in plan.groups:
        closed = [day for day in days_of(problem.part[group.part], group.start) if day not in opened]
        if closed:
            found.append(
                BrokenRule(
                    "closed_day",
                    _("%(group)s valt op %(day)s: een vrije dag, of buiten de periode.")
                    % {"group": group.key, "day": f"{closed[0]:%d/%m/%Y}"},
                    (group.key,),
                )
            )
    return found


def _broken_seats(problem: Problem, plan: Plan) -> list[BrokenRule]:
    found = []
    seated: Counter[tuple[str, str]] = Counter()
    for group in plan.groups:
        part = problem.part[group.part]
        seats = min(part.max_group, problem.room[group.room].capacity)
        if not part.min_group <= len(group.people) <= seats:
            text = _("%(group)s telt %(count)s mensen; tussen %(least)s en %(most)s kan.")
            values = {"group": group.key, "count": len(group.people), "least": part.min_group, "most": seats}
            found.append(BrokenRule("group_size", text % values, (group.key,)))
        if len(set(group.trainers)) != part.trainers:
            text = _("%(group)s heeft %(count)s trainers en vraagt er %(needed)s.")
            values = {"group": group.key, "count": len(set(group.trainers)), "needed": part.trainers}
            found.append(BrokenRule("trainer_count", text % values, (group.key,)))
        seated.update((group.part, person) for person in group.people)
    wanted = Counter((part, person.id) for person in problem.people for part in person.parts)
    for (part_id, person), count in (wanted - seated).items():
        text = _("Iemand van %(team)s heeft nog geen plaats voor %(part)s.")
        team = problem.team[problem.person[person].team].name
        found.append(BrokenRule("seat_missing", text % {"team": team, "part": part_id}, (person,) * count))
    for (part_id, person), _count in (seated - wanted).items():
        text = _("Iemand zit twee keer, of zonder reden, in %(part)s.")
        found.append(BrokenRule("seat_twice", text % {"part": part_id}, (person,)))
    return found


def _broken_bookings(problem: Problem, plan: Plan) -> list[BrokenRule]:
    """Trainers and rooms: available, able, and in one place at a time; within their load."""
    found = []
    taken: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    load: Counter[str] = Counter()
    for group in plan.groups:
        part = problem.part[group.part]
        room = problem.room[group.room]
        days = set(days_of(part, group.start))
        if days & room.unavailable:
            found.append(
                BrokenRule("room_away", _("%(room)s is dan niet vrij.") % {"room": room.name}, (group.key,))
            )
        for trainer_id in group.trainers:
            trainer = problem.trainer[trainer_id]
            load[trainer_id] += part.units
            if days & trainer.unavailable:
                text = _("%(trainer)s is niet beschikbaar voor %(group)s.")
                found.append(_about(group, "trainer_away", text, trainer=trainer.name))
            if not trainer.teaches(part):
                text = _("%(trainer)s geeft dit onderdeel niet (%(group)s).")
                found.append(_about(group, "trainer_part", text, trainer=trainer.name))
        for slot in slots_of(part, group.start, group.half):
            taken["room", group.room, slot].append(group.key)
            for trainer_id in set(group.trainers):
                taken["trainer", trainer_id, slot].append(group.key)
    doubles = {(kind, name, tuple(keys)) for (kind, name, _slot), keys in taken.items() if len(keys) > 1}
    for kind, name, keys in sorted(doubles):
        label = problem.room[name].name if kind == "room" else problem.trainer[name].name
        text = _("%(name)s is tegelijk geboekt voor %(groups)s.") % {"name": label, "groups": ", ".join(keys)}
        found.append(BrokenRule(f"{kind}_twice", text, keys))
    for trainer_id, units in load.items():
        most = problem.trainer[trainer_id].max_half_days
        if most is not None and units > most:
            text = _("%(name)s geeft %(days)s halve dagen; hoogstens %(most)s is afgesproken.")
            values = {"name": problem.trainer[trainer_id].name, "days": units, "most": most}
            found.append(BrokenRule("trainer_load", text % values))
    return found


def _about(group: PlannedGroup, code: str, text: str, **values: str) -> BrokenRule:
    return BrokenRule(code, text % {"group": group.key, **values}, (group.key,))


def _broken_teams(problem: Problem, plan: Plan) -> list[BrokenRule]:
    """No team loses more of its members on one day than was agreed."""
    away: dict[tuple[str, date], set[str]] = defaultdict(set)
    keys: dict[tuple[str, date], set[str]] = defaultdict(set)
    for group in plan.groups:
        for day in days_of(problem.part[group.part], group.start):
            for person in group.people:
                place = (problem.person[person].team, day)
                away[place].add(person)
                keys[place].add(group.key)
    found = []
    for (team_id, day), people in sorted(away.items()):
        team = problem.team[team_id]
        if len(people) > team.max_away:
            text = _("%(team)s mist op %(day)s %(count)s mensen; hoogstens %(most)s kan.")
            values = {
                "team": team.name,
                "day": f"{day:%d/%m/%Y}",
                "count": len(people),
                "most": team.max_away,
            }
            found.append(BrokenRule("team_away", text % values, tuple(sorted(keys[team_id, day]))))
    return found


def _broken_order(problem: Problem, plan: Plan) -> list[BrokenRule]:
    """Everybody follows a part after those it builds on, and is in one place at a time."""
    when: dict[tuple[str, str], tuple[date, date, str]] = {}
    for group in plan.groups:
        days = days_of(problem.part[group.part], group.start)
        for person in group.people:
            when[person, group.part] = (min(days), max(days), group.key)
    found: set[BrokenRule] = set()
    for (person, part_id), (first, _last, key) in when.items():
        for before in problem.part[part_id].after:
            other = when.get((person, before))
            if other and other[1] >= first:
                text = _("%(group)s begint voor iemand eer %(before)s klaar is.")
                found.add(BrokenRule("order", text % {"group": key, "before": other[2]}, (key, other[2])))
    slots: dict[tuple[str, int], str] = {}
    for group in plan.groups:
        for slot in slots_of(problem.part[group.part], group.start, group.half):
            for person in group.people:
                other_key = slots.setdefault((person, slot), group.key)
                if other_key != group.key:
                    text = _("Iemand moet tegelijk in %(one)s en %(other)s zijn.")
                    values = {"one": other_key, "other": group.key}
                    found.add(BrokenRule("person_twice", text % values, (other_key, group.key)))
    return sorted(found, key=lambda one: (one.code, one.about))


def _broken_pins(problem: Problem, plan: Plan) -> list[BrokenRule]:
    found = []
    groups = {(group.part, group.number): group for group in plan.groups}
    for pin in problem.pins:
        group = groups.get((pin.part, pin.group))
        kept = group is not None and (
            pin.start in (None, group.start)
            and pin.half in (None, group.half)
            and pin.room in (None, group.room)
            and set(pin.trainers) <= set(group.trainers)
            and set(pin.people) <= set(group.people)
        )
        if not kept:
            key = f"{pin.part}-{pin.group:02d}"
            text = _("%(group)s wijkt af van wat je vastzette.") % {"group": key}
            found.append(BrokenRule("pin", text, (key,)))
    return found


def _broken_meetings(problem: Problem, plan: Plan) -> list[BrokenRule]:
    found = []
    last = last_days(problem, plan)
    wanted = {(team, months) for team in last for months in problem.intervision.months}
    experts = {expert.id: expert for expert in problem.experts}
    load: Counter[str] = Counter()
    taken: Counter[tuple[str, date, int]] = Counter()
    for meeting in plan.meetings:
        team = problem.team[meeting.team]
        due = add_months(last[meeting.team], meeting.months) if meeting.team in last else None
        wanted.discard((meeting.team, meeting.months))
        late = due is None or abs((meeting.day - due).days) > problem.intervision.tolerance_days
        if late or not problem.is_open(meeting.day):
            text = _("De intervisie van %(team)s na %(months)s maanden valt op een dag die niet kan.")
            values = {"team": team.name, "months": meeting.months}
            found.append(BrokenRule("meeting_day", text % values, (meeting.team,)))
        expert = experts[meeting.expert]
        load[expert.id] += 1
        taken[expert.id, meeting.day, meeting.half] += 1
        if meeting.day in expert.unavailable or taken[expert.id, meeting.day, meeting.half] > 1:
            text = _("%(expert)s kan niet op %(day)s.")
            values = {"expert": expert.name, "day": f"{meeting.day:%d/%m/%Y}"}
            found.append(BrokenRule("expert_away", text % values, (meeting.team,)))
    for expert_id, count in load.items():
        most = experts[expert_id].max_meetings
        if most is not None and count > most:
            text = _("%(expert)s begeleidt %(count)s keer intervisie; hoogstens %(most)s is afgesproken.")
            values = {"expert": experts[expert_id].name, "count": count, "most": most}
            found.append(BrokenRule("expert_load", text % values))
    for team_id, months in sorted(wanted):
        text = _("De intervisie van %(team)s na %(months)s maanden heeft nog geen dag.")
        values = {"team": problem.team[team_id].name, "months": months}
        found.append(BrokenRule("meeting_missing", text % values, (team_id,)))
    return found
