"""What is wrong with a question, a pool or a case, as sentences for its author. Pure: no database."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from courses.enums import CaseEnd, QuestionKind

Json = Mapping[str, Any]


def question_problems(public: Json, key: Json) -> list[str]:
    """Every problem of one question, judged on its two halves."""
    return list(_CHECKS[key["kind"]](public, key))


def _choice(public: Json, key: Json) -> Iterable[str]:
    if len(key["options"]) < 2:
        yield _("Geef minstens twee antwoorden.")
    if twice(key["options"]):
        yield _("Twee antwoorden hebben dezelfde vaste naam.")
    right = len(key["correct"])
    if key["kind"] == QuestionKind.SINGLE and right != 1:
        yield _("Duid precies één juist antwoord aan.")
    if key["kind"] == QuestionKind.MULTIPLE and right < 1:
        yield _("Duid minstens één juist antwoord aan.")


def _order(public: Json, key: Json) -> Iterable[str]:
    if len(key["options"]) < 3:
        yield _("Geef minstens drie dingen om te ordenen.")
    if twice(key["options"]):
        yield _("Twee dingen om te ordenen zijn precies gelijk. Maak ze verschillend.")


def _match(public: Json, key: Json) -> Iterable[str]:
    if len(key["options"]) < 2:
        yield _("Geef minstens twee paren.")
    if twice(text for _id, text in public["options"]):
        yield _("Twee paren hebben links dezelfde tekst. Maak ze verschillend.")


def _fill_in(public: Json, key: Json) -> Iterable[str]:
    named, known = key["options"], set(key["gaps"])
    if not named:
        yield _("Zet minstens één vak in de tekst, tussen accolades, zoals {week}.")
    for gap in twice(named):
        yield _("Vak '%(gap)s' staat twee keer in de tekst.") % {"gap": gap}
    for gap in sorted(set(named) - known):
        yield _("Vak '%(gap)s' staat in de tekst, maar je gaf er geen antwoord voor.") % {"gap": gap}
    for gap in sorted(known - set(named)):
        yield _("Vak '%(gap)s' heeft een antwoord, maar staat niet in de tekst.") % {"gap": gap}
    for gap, fits in sorted(key["gaps"].items()):
        if not fits["accept"] and fits["number"] is None:
            yield _("Geef voor vak '%(gap)s' een antwoord of een getal.") % {"gap": gap}


def _hotspot(public: Json, key: Json) -> Iterable[str]:
    if len(key["options"]) < 2:
        yield _("Duid minstens twee plekken op het beeld aan.")
    if twice(key["options"]):
        yield _("Twee plekken hebben dezelfde vaste naam.")
    right = len(key["correct"])
    if not key["multiple"] and right != 1:
        yield _("Duid precies één juiste plek aan.")
    if key["multiple"] and right < 1:
        yield _("Duid minstens één juiste plek aan.")


_CHECKS = {
    QuestionKind.SINGLE: _choice,
    QuestionKind.MULTIPLE: _choice,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _match,
    QuestionKind.FILL_IN: _fill_in,
    QuestionKind.HOTSPOT: _hotspot,
}


def pool_problems(pools: Sequence[tuple[str, int]], used: Sequence[str]) -> list[str]:
    """`pools` are (name, how many are drawn); `used` is the pool of each question that names one."""
    sizes, problems = Counter(used), []
    for name in twice(name for name, _draw in pools):
        problems.append(_("Reeks '%(pool)s' staat er twee keer.") % {"pool": name})
    for name, draw in pools:
        if sizes[name] < draw:
            problems.append(
                _("Reeks '%(pool)s' trekt %(draw)s vragen, maar telt er maar %(size)s.")
                % {"pool": name, "draw": draw, "size": sizes[name]}
            )
    for name in sorted(set(used) - {name for name, _draw in pools}):
        problems.append(
            _("Een vraag noemt reeks '%(pool)s', maar die reeks staat niet bij de toets.") % {"pool": name}
        )
    return problems


def case_problems(steps: Mapping[str, Json], order: Sequence[str], *, counts: bool) -> list[str]:
    """What keeps a case with decision points from leading everybody to an ending. The first step is the start."""
    problems = [_("Twee stappen heten '%(step)s'.") % {"step": step} for step in twice(order)]
    if not order:
        return [_("De casus heeft nog geen stappen.")]
    for name in dict.fromkeys(order):
        step = steps[name]
        place = {"step": name}
        if step["end"] and step["choices"]:
            problems.append(_("Stap '%(step)s' is een einde en heeft toch keuzes.") % place)
        if not step["end"] and len(step["choices"]) < 2:
            problems.append(
                _("Stap '%(step)s' heeft geen einde: geef minstens twee keuzes, of zeg hoe het afloopt.")
                % place
            )
        problems += [
            _("Stap '%(step)s': een keuze leidt naar '%(to)s', maar die stap is er niet.")
            % {**place, "to": choice["to"]}
            for choice in step["choices"]
            if choice["to"] not in steps
        ]
    return problems or [*_way_problems(steps, order[0], counts=counts)]


def _way_problems(steps: Mapping[str, Json], start: str, *, counts: bool) -> Iterable[str]:
    """Circles, steps that nobody reaches, and a case that counts but cannot be passed."""
    reached: set[str] = set()
    circle = _circle(steps, start, (), reached)
    if circle:
        yield _("Stap '%(step)s' leidt in een kring terug naar zichzelf. Geef die weg een einde.") % {
            "step": circle
        }
        return
    for name in steps:
        if name not in reached:
            yield _("Naar stap '%(step)s' leidt geen enkele keuze.") % {"step": name}
    if counts and not any(steps[name]["end"] in (CaseEnd.GOOD, CaseEnd.FAIR) for name in reached):
        yield _("Deze casus telt mee, maar geen enkel einde is goed genoeg om te slagen.")


def _circle(steps: Mapping[str, Json], name: str, before: tuple[str, ...], reached: set[str]) -> str:
    """The first step that leads back to itself, or "". Fills `reached`; looks at each step once."""
    if name in before:
        return name
    if name in reached:
        return ""
    reached.add(name)
    for choice in steps[name]["choices"]:
        if found := _circle(steps, choice["to"], (*before, name), reached):
            return found
    return ""


def twice(values: Iterable[str]) -> list[str]:
    """What occurs more than once, in order of appearance."""
    return [value for value, count in Counter(values).items() if count > 1]
