"""Asking, answering, thanking, and taking away."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.exchange import policies
from network.exchange.models import Answer, Flag, Question
from network.exchange.services.files import erase
from network.exchange.services.letters import tell_writer
from network.exchange.services.rules import RulesNotAccepted, has_accepted
from network.exchange.workflow import Removal
from portal.accounts.models import User
from portal.audit.services import record


@transaction.atomic
def ask(values: Mapping[str, Any], *, by: User) -> Question:
    """Ask the network or a group something.

    Raises:
        PermissionDenied: ``by`` only reads, may not enter the group, or it ended.
        RulesNotAccepted: The house rules come first.
    """
    group = values.get("group")
    if not policies.can_write(by) or (group and not policies.can_write_in(by, group)):
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
        PermissionDenied: ``by`` only reads, may not see the question, or nothing is added to it.
        RulesNotAccepted: The house rules come first.
    """
    if not policies.can_answer(by, question):
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
    """Erase what was written, and its files; the writer hears why, and the way to the meldpunt when it fits there.

    Raises:
        PermissionDenied: ``by`` does not moderate there.
    """
    question = post if isinstance(post, Question) else post.question
    if not policies.can_moderate(by, policies.place_of(question)):
        raise PermissionDenied
    post.text, post.removed_at, post.removal = "", timezone.now(), why
    if isinstance(post, Question):
        post.title = _("Taken away")
        erase(list(post.files.all()))
        post.flags.filter(handled_at=None).update(handled_at=timezone.now())
    else:
        post.is_accepted = False
        erase(list(post.files.all()))
        Flag.objects.filter(answer=post, handled_at=None).update(handled_at=timezone.now())
    post.save()
    record(
        "post.removed", by=by.reference, subject=f"{post._meta.model_name}:{post.pk}", reason=why
    )
    writer = post.by
    transaction.on_commit(lambda: tell_writer(writer, why))


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
