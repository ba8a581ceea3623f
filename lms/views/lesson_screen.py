"""What the lesson page shows: the lesson's blocks with the learner's own part in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from courses.api import BlockKind, LessonBlock, LessonContent, Outline, get_check, get_lesson
from lms.domain.activities import launch_activity
from lms.domain.completion_rules import Verdict
from lms.domain.lessons import neighbours
from lms.domain.polls import PollCount, poll_counts
from lms.domain.queries.units import UnitLine, lines_of
from lms.domain.queries.work import EnrolmentWork
from lms.domain.records import registration_of
from lms.domain.sharing import TrainerName, trainers_of
from lms.models import Enrolment
from lms.views.screens import CheckCard, check_state, course_url
from media.api import PackageNotPlayableError, PlayerLaunch


@dataclass(frozen=True, slots=True)
class ReflectionForm:
    """A private text field. `error` says why the last save was refused; `other` is what another device wrote."""

    id: str
    url: str
    prompt: str
    help: str
    text: str
    revision: int
    error: str = ""
    other: str = ""
    is_shared: bool = False


#: Under this name the lesson's own note travels among the drafts; no reflection can be called like this.
NOTE = "-notities"


@dataclass(frozen=True, slots=True)
class PollOption:
    """One answer of a poll; `percent` is the group's, once there are enough voices."""

    id: str
    text: str
    chosen: bool
    percent: int


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll; `count` is there once the learner gave a voice."""

    question: str
    multiple: bool
    url: str
    options: tuple[PollOption, ...]
    count: PollCount | None
    closing_html: str


@dataclass(frozen=True, slots=True)
class Position:
    """A film or recording with the second where the learner stopped."""

    url: str
    second: int


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block on the page; `kind` decides which of the others is filled."""

    kind: str
    id: str
    html: str
    title: str = ""
    check: CheckCard | None = None
    reflection: ReflectionForm | None = None
    launch: PlayerLaunch | None = None
    units: tuple[UnitLine, ...] = ()
    ended: bool = False
    problem: str = ""
    poll: PollView | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class LessonScreen:
    """One lesson for one learner."""

    content: LessonContent
    blocks: tuple[BlockView, ...]
    module_title: str
    number: int
    total: int
    percent: int
    minutes_left: int
    is_done: bool
    base: str
    previous_url: str
    next_url: str
    open_check_url: str
    open_label: str
    note: ReflectionForm
    trainers: tuple[TrainerName, ...]


def lesson_screen(
    *,
    enrolment: Enrolment,
    outline: Outline,
    slug: str,
    lesson_slug: str,
    found: EnrolmentWork,
    verdict: Verdict,
    drafts: Mapping[str, ReflectionForm],
    is_copy: bool = False,
) -> LessonScreen:
    """Assemble the page. Queries: the launch of a package, the counts of polls, the trainers of a group.

    `drafts` are refused reflections as typed.
    """
    content = get_lesson(enrolment.version_id, lesson_slug)
    base = course_url(slug)
    before, after = neighbours(outline, lesson_slug)
    module = next(module for module in outline.modules if module.id == content.lesson.module_id)
    open_checks = [check for check in content.lesson.check_ids if check not in found.work.passed_checks]
    voted = [poll for poll in content.lesson.poll_ids if poll in found.votes]
    counts = poll_counts(enrolment=enrolment, poll_ids=voted) if voted else {}
    here = f"{base}{lesson_slug}/"
    builder = _Blocks(enrolment, outline, lesson_slug, here, found, drafts, counts, is_copy)
    return LessonScreen(
        content=content,
        blocks=tuple(builder.view(block) for block in content.blocks),
        module_title=module.title,
        number=outline.lessons.index(content.lesson) + 1,
        total=len(outline.lessons),
        percent=verdict.percent,
        minutes_left=verdict.minutes_left,
        is_done=lesson_slug in verdict.done,
        base=base,
        previous_url=f"{base}{before.slug}/" if before else "",
        next_url=f"{base}{after.slug}/" if after else base,
        open_check_url=builder.check_url(open_checks[0]) if open_checks else "",
        open_label=_("Maak de casus")
        if open_checks and open_checks[0] in content.lesson.case_ids
        else _("Maak de toets"),
        note=_note(f"{here}notities/", found, drafts),
        trainers=trainers_of(enrolment) if content.lesson.reflection_ids else (),
    )


def _note(url: str, found: EnrolmentWork, drafts: Mapping[str, ReflectionForm]) -> ReflectionForm:
    draft = drafts.get(NOTE)
    kept = draft or found.note
    return ReflectionForm(
        id="notities",
        url=url,
        prompt="",
        help="",
        text=kept.text,
        revision=kept.revision,
        error=draft.error if draft else "",
        other=draft.other if draft else "",
    )


@dataclass(frozen=True, slots=True)
class _Blocks:
    enrolment: Enrolment
    outline: Outline
    lesson_slug: str
    url: str
    found: EnrolmentWork
    drafts: Mapping[str, ReflectionForm]
    counts: Mapping[str, PollCount]
    is_copy: bool

    def view(self, block: LessonBlock) -> BlockView:
        if block.kind in (BlockKind.CHECK, BlockKind.CASE):
            return BlockView(block.kind, block.id, "", check=self._check(block.id))
        if block.kind == BlockKind.POLL:
            return BlockView(block.kind, block.id, "", poll=self._poll(block.id, block.data))
        if block.kind == BlockKind.MEDIA:
            second = self.found.positions.get(block.id, 0)
            return BlockView(
                block.kind, block.id, block.html, position=Position(f"{self.url}fragment/{block.id}/", second)
            )
        if block.kind == BlockKind.REFLECTION:
            return BlockView(block.kind, block.id, "", reflection=self._reflection(block.id, block.data))
        if block.kind == BlockKind.H5P:
            return self._activity(block)
        return BlockView(BlockKind.HTML, block.id, block.html)

    def _check(self, check_id: str) -> CheckCard:
        check = get_check(self.enrolment.version_id, check_id)
        line = self.found.checks.get(check_id)
        return CheckCard(
            title=check.title,
            intro_html=check.intro_html,
            questions=check.length,
            pass_mark=check.pass_mark,
            url=self.check_url(check_id),
            state=check_state(line),
            percent=line.percent if line else None,
            is_case=check.is_case,
            counts=check_id in self.outline.check_ids,
            has_limit=bool(check.attempts or check.wait_minutes),
            time_limit=check.time_limit,
        )

    def check_url(self, check_id: str) -> str:
        """Where a check or case is done."""
        kind = "casus" if get_check(self.enrolment.version_id, check_id).is_case else "toets"
        return f"{self.url}{kind}/{check_id}/"

    def _poll(self, poll_id: str, data: Mapping[str, Any]) -> PollView:
        chosen, count = self.found.votes.get(poll_id, ()), self.counts.get(poll_id)
        return PollView(
            question=data["question"],
            multiple=data["multiple"],
            url=f"{self.url}peiling/{poll_id}/",
            options=tuple(
                PollOption(option_id, text, option_id in chosen, count.percent(option_id) if count else 0)
                for option_id, text in data["options"]
            ),
            count=count,
            closing_html=mark_safe(data["closing_html"]),  # allow-listed at publication
        )

    def _reflection(self, reflection_id: str, data: Mapping[str, Any]) -> ReflectionForm:
        draft = self.drafts.get(reflection_id)
        line = self.found.reflections.get(reflection_id)
        return ReflectionForm(
            id=reflection_id,
            url=f"{self.url}reflectie/{reflection_id}/",
            prompt=data["prompt"],
            help=data.get("help", ""),
            text=draft.text if draft else line.text if line else "",
            revision=draft.revision if draft else line.revision if line else 0,
            error=draft.error if draft else "",
            other=draft.other if draft else "",
            is_shared=reflection_id in self.found.shared,
        )

    def _activity(self, block: LessonBlock) -> BlockView:
        title = block.data.get("title", "")
        version_id = block.data.get("package_version_id")
        state = self.found.states.get(block.id)
        launch, problem = None, ""
        if self.is_copy:
            problem = _("Deze oefening doet weer mee zodra je verbinding hebt.")
        elif version_id is None:
            problem = _("Deze oefening is er nu niet. Je kunt gewoon verder met de les.")
        else:
            try:
                launch = launch_activity(
                    enrolment=self.enrolment,
                    outline=self.outline,
                    lesson_slug=self.lesson_slug,
                    activity_id=block.id,
                    package_version_id=version_id,
                    state=state,
                )
            except PackageNotPlayableError as error:
                problem = error.message
        intro = mark_safe(block.data.get("intro_html") or "")  # allow-listed at publication
        return BlockView(
            kind=block.kind,
            id=block.id,
            html=intro,
            title=title,
            launch=launch,
            units=self._units(launch, block.id, state.attempt if state else 1),
            ended=state is not None and state.ended,
            problem=problem,
        )

    def _units(self, launch: PlayerLaunch | None, activity_id: str, attempt: int) -> tuple[UnitLine, ...]:
        """The units of a cmi5 package with how far the learner is; one query, and none for other packages."""
        if launch is None or launch.units is None:
            return ()
        return lines_of(launch.units, registration_of(self.enrolment.pk, activity_id, attempt))
