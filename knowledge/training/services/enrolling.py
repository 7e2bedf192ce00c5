"""Asking people to follow a module, and reminding them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from knowledge.training import policies
from knowledge.training.models import CoursePage, Enrolment, Learner, ModulePage
from knowledge.training.models.studying import MOST
from knowledge.training.services.taking import enrolment_of
from portal.accounts.managers import valid_q
from portal.accounts.models import User
from portal.accounts.roles import ROLES, Permission
from portal.audit.services import record

SALT = "knowledge.training.link"
LINK_VALID = timedelta(days=60)
# Days before a certificate ends on which somebody hears of it (portal.md E8).
WARN_AT = (90, 60, 30, 7)
UNFINISHED_AFTER = timedelta(days=14)
BATCH = 100


class LinkClosed(Exception):
    """The link is forged or too old, or its module is gone."""


def people_to_ask(
    *, role: str = "", target_group: str = "", organisation: str = "", emails: Iterable[str] = ()
) -> QuerySet[User]:
    """The accounts that may follow training, narrowed by what is given."""
    follow = [code for code, one in ROLES.items() if one.grants(Permission.TRAINING_FOLLOW)]
    codes = [role] if role in follow else [] if role else follow
    people = User.objects.filter(
        valid_q("memberships__"), is_active=True, memberships__role__in=codes
    )
    learners = Learner.objects.all()
    if target_group:
        learners = learners.filter(target_group=target_group)
    if organisation:
        learners = learners.filter(organisation__iexact=organisation)
    if target_group or organisation:
        people = people.filter(pk__in=learners.values("user"))
    wanted = [email.lower() for email in emails]
    if wanted:
        people = people.filter(email__in=wanted)
    return people.distinct()


@transaction.atomic
def enrol(*modules: ModulePage, users: Iterable[User], due_on: date | None = None, by: User) -> int:
    """Ask people to follow modules; who was asked before is not asked again. Returns how many.

    Whoever is asked for several modules, such as those of a course, gets one letter.

    Raises:
        PermissionDenied: ``by`` keeps no register.
    """
    if not policies.can_coordinate(by):
        raise PermissionDenied
    people = {user.pk: user for user in users}
    asked, again = set[int](), set[int]()
    for module in modules:
        new, late = ask(module, people, due_on=due_on, by=by)
        asked |= new
        again |= late
    if asked:
        transaction.on_commit(lambda: write.enqueue(sorted(asked), "invited"))
    return len(asked | again)


def ask(
    module: ModulePage, people: dict[int, User], *, due_on: date | None, by: User
) -> tuple[set[int], set[int]]:
    """Enrol people in one module: who is new, and who followed it of their own accord before."""
    known = {row.user_id: row for row in Enrolment.objects.filter(module=module, user__in=people)}
    Learner.objects.bulk_create([Learner(user_id=pk) for pk in people], ignore_conflicts=True)
    learners = dict(Learner.objects.filter(user__in=people).values_list("user_id", "pk"))
    now = timezone.now()
    new = [
        Enrolment(
            user_id=pk,
            module=module,
            learner_id=learners[pk],
            invited_at=now,
            invited_by=by,
            due_on=due_on,
        )
        for pk in people
        if pk not in known
    ]
    Enrolment.objects.bulk_create(new, batch_size=500)
    again = [row.pk for row in known.values() if row.invited_at is None]
    Enrolment.objects.filter(pk__in=again).update(invited_at=now, invited_by=by, due_on=due_on)
    record(
        "training.enrolled",
        by=by.reference,
        subject=f"module:{module.pk}",
        details={"people": len(new) + len(again)},
    )
    late = {row.user_id for row in known.values() if row.pk in again}
    return {row.user_id for row in new}, late


@task(queue_name="mail")
def write(numbers: list[int], what: str) -> None:
    """One letter to each of these accounts; it names no module and no result."""
    address = f"{settings.PORTAL_URL}/training/mijn/"
    with translation.override(settings.LANGUAGE_CODE):
        subjects = {
            "invited": _("There is training for you"),
            "reminder": _("Your training"),
        }
        for place in range(0, len(numbers), BATCH):
            people = User.objects.filter(pk__in=numbers[place : place + BATCH], is_active=True)
            letters = [
                EmailMessage(
                    subjects[what],
                    render_to_string(
                        "knowledge/training/letter.txt",
                        {"person": person, "what": what, "address": address},
                    ),
                    to=[person.email],
                )
                for person in people
            ]
            get_connection().send_messages(letters)


def link_for(page: ModulePage | CoursePage) -> str:
    """An address with which whoever may follow training enrols; it works for sixty days."""
    token = signing.dumps(page.pk, salt=SALT)
    return f"{settings.PORTAL_URL}/training/aanmelden/{token}/"


def page_of_link(token: str) -> ModulePage | CoursePage:
    """The module or the course of a link.

    Raises:
        LinkClosed: it is forged or too old, or the page is gone.
    """
    try:
        number = signing.loads(token, salt=SALT, max_age=LINK_VALID)
    except signing.BadSignature as error:
        raise LinkClosed from error
    for model in (ModulePage, CoursePage):
        page: ModulePage | CoursePage | None = model.objects.live().filter(pk=number).first()
        if page is not None:
            return page
    raise LinkClosed


def modules_of(page: ModulePage | CoursePage) -> list[ModulePage]:
    """The module itself, or the published modules of a course."""
    if isinstance(page, ModulePage):
        return [page]
    return list(ModulePage.objects.child_of(page).live().light()[:MOST])


@transaction.atomic
def enrol_by_link(page: ModulePage | CoursePage, *, by: User) -> None:
    """Enrol oneself in a module, or in each module of a course.

    Raises:
        PermissionDenied: the role of this person follows no training.
    """
    if not policies.can_follow(by):
        raise PermissionDenied
    for module in modules_of(page):
        enrolment = enrolment_of(by, module)
        if enrolment.invited_at is None:
            enrolment.invited_at = timezone.now()
            enrolment.save(update_fields=["invited_at"])


def due_today(today: date) -> list[int]:
    """The accounts to remind today: one letter a person, whatever the number of modules.

    A certificate ends in 90, 60, 30 or 7 days; something has to be finished within a week; or a
    test was begun two weeks ago and never finished.
    """
    ending = Q(valid_until__in=[today + timedelta(days=days) for days in WARN_AT])
    unfinished = Q(valid_until=None) & (
        Q(due_on=today + timedelta(days=7))
        | Q(started_at__date=today - UNFINISHED_AFTER, failed_at=None)
    )
    rows = Enrolment.objects.filter(ending | unfinished).exclude(reminded_on=today)
    return sorted(set(rows.values_list("user_id", flat=True)))


@transaction.atomic
def remind(today: date) -> int:
    """Write the reminders of today, once; returns to how many people."""
    people = due_today(today)
    Enrolment.objects.filter(user__in=people).update(reminded_on=today)
    if people:
        transaction.on_commit(lambda: write.enqueue(people, "reminder"))
    return len(people)
