"""What the learning pages show, worked out from an outline and a verdict. No queries here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import get_template
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses.api import Outline, OutlineLesson, OutlineModule
from lms.domain.completion_rules import Missing, Need, Verdict, Work
from lms.domain.lessons import continue_with
from lms.domain.queries.work import CheckLine


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One module: its head, ready to show, and its lessons, each ready to show."""

    is_open: bool
    head: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One part of the completion rule and how far the learner is."""

    text: str
    standing: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class CourseScreen:
    """The course page of one learner."""

    percent: int
    text: str
    minutes_left: int
    is_started: bool
    next_title: str
    next_url: str
    modules: tuple[ModuleRow, ...]
    rules: tuple[RuleRow, ...]
    owner: str


def course_url(slug: str) -> str:
    """Where a learner follows the course."""
    return reverse("lms:course", kwargs={"slug": slug})


def course_screen(
    outline: Outline, verdict: Verdict, work: Work, *, slug: str, last_lesson: str, person_id: int
) -> CourseScreen:
    """Modules, next step and what the rule still asks."""
    base = course_url(slug)
    goal = continue_with(outline, verdict.done, last_lesson)
    return CourseScreen(
        percent=verdict.percent,
        text=lessons_done(len(verdict.done), verdict.total),
        minutes_left=verdict.minutes_left,
        is_started=bool(work.marked or last_lesson),
        next_title=goal.title if goal else "",
        next_url=f"{base}{goal.slug}/" if goal else "",
        modules=tuple(
            _module_row(number, module, verdict, work, base, goal)
            for number, module in enumerate(outline.modules, start=1)
        ),
        rules=rule_rows(outline, verdict),
        # Tells one account from another on a shared device, and nothing else.
        owner=salted_hmac("lms.offline", str(person_id)).hexdigest()[:16],
    )


def lessons_done(done: int, total: int) -> str:
    """ "3 van 15 lessen"."""
    return ngettext("%(done)s van %(total)s les", "%(done)s van %(total)s lessen", total) % {
        "done": done,
        "total": total,
    }


def _module_row(
    number: int,
    module: OutlineModule,
    verdict: Verdict,
    work: Work,
    base: str,
    goal: OutlineLesson | None,
) -> ModuleRow:
    done = sum(lesson.slug in verdict.done for lesson in module.lessons)
    total = len(module.lessons)
    return ModuleRow(
        is_open=goal is not None and goal in module.lessons,
        head=_module_head(number, module.title, module.goal, done, total, get_language()),
        rows=tuple(_lesson_row(lesson, verdict, work, base, goal) for lesson in module.lessons),
    )


def _lesson_row(
    lesson: OutlineLesson, verdict: Verdict, work: Work, base: str, goal: OutlineLesson | None
) -> str:
    is_done = lesson.slug in verdict.done
    state = "done" if is_done else "current" if lesson is goal else "todo"
    waits = lesson.slug in work.marked and not is_done
    has_check = bool(lesson.check_ids) and not is_done
    return _lesson_html(
        lesson.title, lesson.minutes, f"{base}{lesson.slug}/", state, waits, has_check, get_language()
    )


# A row only depends on these few words, and thousands of learners share them: drawing each once saves a third of the
# course page's time.
@lru_cache(maxsize=4096)
def _lesson_html(
    title: str, minutes: int, url: str, state: str, waits: bool, has_check: bool, language: str | None
) -> str:
    context = {
        "title": title,
        "minutes": minutes,
        "url": url,
        "state": state,
        "waits": waits,
        "has_check": has_check,
    }
    return get_template("lms/learning/lesson_row.html").render(context)


@lru_cache(maxsize=1024)
def _module_head(number: int, title: str, goal: str, done: int, total: int, language: str | None) -> str:
    context = {
        "number": number,
        "title": title,
        "goal": goal,
        "percent": done * 100 // total if total else 0,
        "text": lessons_done(done, total),
    }
    return get_template("lms/learning/module_head.html").render(context)


def rule_rows(outline: Outline, verdict: Verdict) -> tuple[RuleRow, ...]:
    """The completion rule of this version, each part with where the learner stands."""
    rule = outline.rule
    missing: Mapping[Need, Missing] = {item.need: item for item in verdict.missing}
    rows: list[RuleRow] = []
    if rule.lessons and outline.lessons:
        rows.append(_counted(_("Lees alle lessen"), missing.get(Need.LESSON), len(outline.lessons)))
    if rule.checks and outline.check_ids:
        rows.append(_counted(_("Slaag voor elke toets"), missing.get(Need.CHECK), len(outline.check_ids)))
    if rule.activities:
        rows.append(
            _counted(_("Werk alle oefeningen af"), missing.get(Need.ACTIVITY), len(outline.activity_ids))
        )
    if rule.reflections:
        text = ngettext(
            "Schrijf minstens %(count)s reflectie", "Schrijf minstens %(count)s reflecties", rule.reflections
        ) % {"count": rule.reflections}
        rows.append(_counted(text, missing.get(Need.REFLECTIONS), rule.reflections))
    if rule.attendance_share:
        item = missing.get(Need.ATTENDANCE)
        text = (
            _("Wees bij alle bijeenkomsten")
            if rule.attendance_share >= 100
            else _("Wees bij minstens %(share)s %% van de bijeenkomsten") % {"share": rule.attendance_share}
        )
        standing = _("nu %(have)s %%") % {"have": item.have} if item else _("in orde")
        rows.append(RuleRow(text, standing, item is None))
    return tuple(rows)


def _counted(text: str, item: Missing | None, total: int) -> RuleRow:
    if item is None:
        return RuleRow(text, _("in orde"), True)
    return RuleRow(
        text, _("%(have)s van %(total)s") % {"have": item.have, "total": item.required or total}, False
    )


@dataclass(frozen=True, slots=True)
class CheckCard:
    """A knowledge check as it stands in its lesson: a way in, never its answers."""

    title: str
    intro_html: str
    questions: int
    pass_mark: int
    url: str
    state: str  # new, open, failed or passed
    percent: int | None
    is_case: bool = False
    counts: bool = True
    has_limit: bool = False
    time_limit: int = 0


def check_state(line: CheckLine | None) -> str:
    """Where somebody is in a check, in one word."""
    if line is None:
        return "new"
    if line.passed:
        return "passed"
    if line.is_open:
        return "open"
    return "failed"
