"""Asking, answering, thanking, and taking away."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.exchange import policies
from network.exchange.models import Answer, Choices, Flag, Group, Question
from network.exchange.workflow import Removal
from portal.accounts.models import User
from portal.audit.services import record


class RulesNotAccepted(Exception):
    """Who writes here accepts the house rules first, once."""


def accept_rules(*, by: User) -> None:
    """Accept the house rules."""
    choices, _made = Choices.objects.get_or_create(user=by)
    if choices.rules_accepted_at is None:
        choices.rules_accepted_at = timezone.now()
        choices.save(update_fields=["rules_accepted_at"])


def has_accepted(user: User) -> bool:
    """Whether the person accepted the house rules before."""
    return Choices.objects.filter(user=user, rules_accepted_at__isnull=False).exists()


@transaction.atomic
def ask(values: Mapping[str, Any], *, by: User) -> Question:
    """Ask the network or a group something.

    Raises:
        PermissionDenied: ``by`` only reads, or may not enter the group.
        RulesNotAccepted: The house rules come first.
    """
    group = values.get("group")
    if not policies.can_write(by) or (group and not policies.can_enter(by, group)):
        raise PermissionDenied
    if not has_accepted(by):
        raise RulesNotAccepted
    question: Question = Question.objects.create(by=by, **values)
    record("post.written", by=by.reference, subject=f"question:{question.pk}")
    return question


@transaction.atomic
def answer(question: Question, *, text: str, by: User) -> Answer:
    """Answer a question; who asked gets a letter with a link and nothing else.

    Raises:
        PermissionDenied: ``by`` only reads, may not see the question, or it was taken away.
        RulesNotAccepted: The house rules come first.
    """
    if not policies.can_write(by) or not policies.can_view(by, question) or question.removed_at:
        raise PermissionDenied
    if not has_accepted(by):
        raise RulesNotAccepted
    made: Answer = question.answers.create(text=text, by=by)
    record("post.written", by=by.reference, subject=f"answer:{made.pk}")
    return made


@transaction.atomic
def accept(answered: Answer, *, by: User) -> None:
    """Say that this answer helped; there is one at most.

    Raises:
        PermissionDenied: ``by`` did not ask the question, or the answer was taken away.
    """
    if not policies.can_accept(by, answered.question) or answered.removed_at:
        raise PermissionDenied
    answered.question.answers.filter(is_accepted=True).update(is_accepted=False)
    answered.is_accepted = True
    answered.save(update_fields=["is_accepted"])


@transaction.atomic
def flag(question: Question, *, answered: Answer | None, by: User) -> Flag:
    """Tell the moderators that something does not belong here.

    Raises:
        PermissionDenied: ``by`` may not see it.
    """
    if not policies.can_view(by, question):
        raise PermissionDenied
    found, _made = Flag.objects.get_or_create(
        question=question, answer=answered, by=by, handled_at=None
    )
    return found


@transaction.atomic
def take_away(post: Question | Answer, *, why: Removal, by: User) -> None:
    """Erase what was written; the writer hears why, and the way to the meldpunt when it fits there.

    Raises:
        PermissionDenied: ``by`` does not moderate there.
    """
    question = post if isinstance(post, Question) else post.question
    if not policies.can_moderate(by, policies.place_of(question)):
        raise PermissionDenied
    post.text, post.removed_at, post.removal = "", timezone.now(), why
    if isinstance(post, Question):
        post.title = _("Taken away")
        post.flags.filter(handled_at=None).update(handled_at=timezone.now())
    else:
        post.is_accepted = False
        Flag.objects.filter(answer=post, handled_at=None).update(handled_at=timezone.now())
    post.save()
    record(
        "post.removed", by=by.reference, subject=f"{post._meta.model_name}:{post.pk}", reason=why
    )
    writer = post.by
    transaction.on_commit(lambda: tell_writer(writer, why))


def tell_writer(person: User, why: Removal) -> None:
    """Say that something was taken away and why, never what."""
    address = settings.WAGTAILADMIN_BASE_URL
    with translation.override(settings.LANGUAGE_CODE):
        text = _("A moderator took away something you wrote in the Vredeportaal. Why: %(why)s.") % {
            "why": why.label
        }
        if why in (Removal.PERSON, Removal.REPORT):
            text += "\n\n" + _(
                "Are you worried about somebody? Share it safely at the meldpunt: %(address)s"
            ) % {"address": f"{address}/meldpunt/"}
        send_mail(_("Something you wrote was taken away"), text, None, [person.email])


@transaction.atomic
def dismiss(found: Flag, *, by: User) -> None:
    """Leave what was flagged where it is.

    Raises:
        PermissionDenied: ``by`` does not moderate there.
    """
    if not policies.can_moderate(by, policies.place_of(found.question)):
        raise PermissionDenied
    found.handled_at = timezone.now()
    found.save(update_fields=["handled_at"])


@transaction.atomic
def make_group(values: Mapping[str, Any], *, by: User) -> Group:
    """Begin a group, open or closed; its maker is a member.

    Raises:
        PermissionDenied: ``by`` does not keep the network there.
    """
    place = values.get("municipality")
    if not policies.can_moderate(by, place.pk if place else None):
        raise PermissionDenied
    members = values.get("members", [])
    fields = {name: value for name, value in values.items() if name != "members"}
    slug = slugify(fields["name"])[:90] or "groep"
    if Group.objects.filter(slug=slug).exists():
        slug = f"{slug}-{Group.objects.count() + 1}"
    group: Group = Group.objects.create(slug=slug, **fields)
    group.members.set([*members, by])
    record("group.changed", by=by.reference, subject=f"group:{group.pk}")
    return group
