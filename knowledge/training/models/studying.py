"""How far a learner is with modules and their lessons, and where to go on.

Asked for pages and for lists alike: a fixed number of queries, however many modules.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest
from django.utils import timezone

from knowledge.training import policies
from knowledge.training.models.attempts import Draft
from knowledge.training.models.attendance import CountingEvent
from knowledge.training.models.certificates import Certificate
from knowledge.training.models.enrolments import Enrolment
from knowledge.training.models.reads import LessonRead
from knowledge.training.policies import Visitor
from knowledge.training.standing import DONE, EXPIRING_DAYS, state_of
from network.events.models import Event
from network.events.workflow import State
from portal.accounts.models import User
from portal.pages.visibility import can_read_path, inside_q

if TYPE_CHECKING:
    from knowledge.training.models import CoursePage, LessonPage, ModulePage

EVENTS_SHOWN = 5
MOST = 100  # modules of a course, and lessons of a module, that a page shows


@dataclass(frozen=True)
class Step:
    """One lesson, and whether this learner read it as it is now."""

    lesson: "LessonPage"
    state: str

    @property
    def is_read(self) -> bool:
        """Whether it was read, and did not change since."""
        return self.state == "read"


@dataclass(frozen=True)
class Row:
    """One module as a learner sees it: where I am, and what comes next."""

    module: "ModulePage"
    state: str
    enrolment: Enrolment | None = None
    certificate: Certificate | None = None
    answered: int = 0
    asked: int = 0
    steps: Sequence[Step] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether it is passed and still valid."""
        return self.state in DONE

    @property
    def read(self) -> int:
        """How many lessons are read."""
        return sum(step.is_read for step in self.steps)

    @property
    def may_skip_to_test(self) -> bool:
        """Whether the test is open while lessons are left."""
        return bool(
            self.next_lesson
            and not self.asked
            and not self.module.must_read
            and self.module.has_test
        )

    @property
    def next_lesson(self) -> "LessonPage | None":
        """The first lesson that is not read."""
        return next((step.lesson for step in self.steps if not step.is_read), None)


@dataclass(frozen=True)
class Group:
    """The modules of one course, or those that stand by themselves."""

    course: "CoursePage | None"
    rows: list[Row]

    @property
    def done(self) -> int:
        """How many of them are passed and valid."""
        return sum(row.is_done for row in self.rows)

    @property
    def is_done(self) -> bool:
        """Whether the course is done: each of its modules is."""
        return self.done == len(self.rows)


def grouped(rows: Iterable[Row], courses: Iterable["CoursePage"]) -> list[Group]:
    """The rows by course, in the order of the courses; what stands by itself comes last."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.module.path[: -row.module.steplen]].append(row)
    groups = [Group(one, found.pop(one.path)) for one in courses if one.path in found]
    alone = [row for rest in found.values() for row in rest]
    return groups + ([Group(None, alone)] if alone else [])


def lessons_below(modules: Iterable["ModulePage"], user: Visitor) -> dict[str, list["LessonPage"]]:
    """The lessons that this visitor may read, by the path of their module. One query."""
    found: dict[str, list[LessonPage]] = defaultdict(list)
    paths = [module.path for module in modules]
    if not paths:
        return found
    lessons = (
        apps.get_model("knowledge_training", "LessonPage")
        .objects.visible_to(user)
        .filter(inside_q(paths))
        .select_related("article")
        .only(
            "title", "url_path", "path", "depth", "locale", "minutes", "content_changed_on",
            "article__path", "article__live", "article__content_changed_on",
        )
        .order_by("path")
    )  # fmt: skip
    for lesson in lessons:
        found[lesson.module_path].append(lesson)
    return found


def steps_of(
    lessons: Iterable["LessonPage"],
    reads: dict[int, date],
    enrolment: Enrolment | None = None,
    *,
    today: date | None = None,
) -> list[Step]:
    """Each lesson with ``new``, ``read``, or ``changed`` since it was read.

    When a certificate has to be renewed, what was read for the old one is new again.
    """
    since = renewal_of(enrolment, today or timezone.localdate())
    steps = []
    for lesson in lessons:
        read_on, changed_on = reads.get(lesson.pk), lesson.changed_on
        if read_on is None or (since and read_on < since):
            steps.append(Step(lesson, "new"))
        else:
            is_old = changed_on is not None and read_on < changed_on
            steps.append(Step(lesson, "changed" if is_old else "read"))
    return steps


def renewal_of(enrolment: Enrolment | None, today: date) -> date | None:
    """From which day on somebody works at a new certificate; none while the old one holds."""
    if enrolment is None or enrolment.valid_until is None:
        return None
    begins = enrolment.valid_until - timedelta(days=EXPIRING_DAYS)
    return begins if begins <= today else None


def reads_of(user: Visitor) -> dict[int, date]:
    """When this learner read which lesson. One query for an account."""
    rows = LessonRead.objects.filter(policies.own_q(user))
    return dict(rows.values_list("lesson", "read_on")) if user.is_authenticated else {}


def steps_for(user: Visitor, module: "ModulePage") -> list[Step]:
    """The lessons of one module for this visitor. Three queries for an account, else one."""
    lessons = lessons_below([module], user)[module.path]
    if not user.is_authenticated:
        return steps_of(lessons, {})
    enrolment = Enrolment.objects.filter(user=user, module=module.pk).first()
    return steps_of(lessons, reads_of(user), enrolment)


def my_training(user: User, modules: Iterable["ModulePage"], *, today: date) -> list[Row]:
    """Every module with its state for this learner. Five queries, however many modules."""
    modules = list(modules)
    enrolments = {row.module_id: row for row in Enrolment.objects.filter(user=user)}
    drafts = {row.module_id: row for row in Draft.objects.filter(user=user)}
    certificates: dict[int, Certificate] = {}
    own = Certificate.objects.filter(user=user, withdrawn_at=None)
    for certificate in own.order_by("valid_until", "pk"):
        certificates[certificate.module_id] = certificate
    lessons, reads = lessons_below(modules, user), reads_of(user)
    rows = []
    for module in modules:
        enrolment, draft = enrolments.get(module.pk), drafts.get(module.pk)
        given = draft.answers.values() if draft else ()
        rows.append(
            Row(
                module,
                state_of(enrolment, module, has_draft=draft is not None, today=today),
                enrolment,
                certificates.get(module.pk),
                answered=sum(1 for one in given if one["points"] is not None),
                asked=len(draft.questions) if draft else 0,
                steps=steps_of(lessons[module.path], reads, enrolment, today=today),
            )
        )
    return rows


def rows_for(user: Visitor, modules: Iterable["ModulePage"]) -> list[Row]:
    """The modules with where this visitor is; without a state for who follows no training."""
    if user.is_authenticated and policies.can_follow(user):
        return my_training(user, modules, today=timezone.localdate())
    modules = list(modules)
    lessons = lessons_below(modules, user)
    return [Row(one, "", steps=steps_of(lessons[one.path], {})) for one in modules]


def course_context(course: "CoursePage", module_type: Any, request: HttpRequest) -> dict[str, Any]:
    """What the page of a course shows around its text."""
    modules = module_type.objects.child_of(course).visible_to(request.user).light()[:MOST]
    rows = rows_for(request.user, modules)
    return {
        "group": Group(course, rows),
        "may_follow": policies.can_follow(request.user),
        "go_on": next((row for row in rows if not row.is_done), None),
        "total_minutes": course.minutes or sum(row.module.minutes for row in rows),
        "first": readable(course.requires, request),
        "languages": languages_of(course, request.user),
    }


def languages_of(page: Any, user: Visitor) -> list[str]:
    """The languages in which this visitor may read a page. One query."""
    twins = type(page).objects.filter(translation_key=page.translation_key).visible_to(user)
    locales = {page.locale, *(twin.locale for twin in twins.select_related("locale"))}
    return [str(one.get_display_name()) for one in sorted(locales, key=lambda one: one.pk)]


def module_context(module: "ModulePage", request: HttpRequest) -> dict[str, Any]:
    """What the page of a module shows of its lessons, and of the modules beside it."""
    module.has_test = len(module.questions) > 0
    row = rows_for(request.user, [module])[0]
    others = list(type(module).objects.sibling_of(module).visible_to(request.user).light()[:MOST])
    before, after = neighbours(module, others)
    return {
        "row": row,
        "may_follow": policies.can_follow(request.user),
        "previous": before,
        "next": after,
        "counting": events_that_count(module, request.user),
    }


def events_that_count(module: "ModulePage", user: Visitor) -> Any:
    """The next events that this visitor may see and that count for a module. One query."""
    numbers = CountingEvent.objects.filter(module=module.pk).values("event")
    events = Event.objects.visible_to(user).to_come(timezone.now()).filter(pk__in=numbers)
    return events.exclude(state=State.CANCELLED).order_by("starts_at", "pk")[:EVENTS_SHOWN]


def lesson_context(lesson: "LessonPage", request: HttpRequest) -> dict[str, Any]:
    """What the page of a lesson shows: the article, the other lessons, and where to go on."""
    module = lesson.get_parent().specific
    steps = steps_for(request.user, module)
    lessons = [step.lesson for step in steps]
    before, after = neighbours(lesson, lessons)
    return {
        "module": module,
        "has_test": len(module.questions) > 0,
        "article": lesson.article_for(request),
        "steps": steps,
        "number": next((n for n, one in enumerate(lessons, 1) if one.pk == lesson.pk), 0),
        "is_read": any(step.is_read for step in steps if step.lesson.pk == lesson.pk),
        "may_follow": policies.can_follow(request.user),
        "previous": before,
        "next": after,
    }


def neighbours(page: Any, pages: Sequence[Any]) -> tuple[Any, Any]:
    """What stands before and after a page in a list."""
    place = next((n for n, one in enumerate(pages) if one.pk == page.pk), None)
    if place is None:  # a draft that is being looked at
        return None, None
    before = pages[place - 1] if place else None
    return before, pages[place + 1] if place + 1 < len(pages) else None


def readable(page: Any, request: HttpRequest) -> Any:
    """The page, when it is published and this visitor may read it."""
    return page if page and page.live and can_read_path(request.user, page.path) else None
