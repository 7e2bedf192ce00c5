"""Asking somebody to read along; the letter says where, and nothing of what it says."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.exchange import policies
from network.exchange.models import Choices, Mention, Question
from network.exchange.services.pushing import push
from portal.accounts.models import User


@transaction.atomic
def mention(question: Question, people: Iterable[User], *, by: User) -> int:
    """Ask people to read a question; who may not read it hears nothing. Gives how many are new.

    Raises:
        PermissionDenied: ``by`` only reads, or may not read the question.
    """
    if not policies.can_write(by) or not policies.can_view(by, question):
        raise PermissionDenied
    made = 0
    for person in people:
        if person.pk != by.pk and policies.can_view(person, question):
            made += Mention.objects.get_or_create(question=question, user=person)[1]
    return made


def letters_due(now: datetime) -> dict[User, list[Mention]]:
    """Who waits for a letter and does not rest, with what they are asked to read."""
    waiting: dict[User, list[Mention]] = {}
    rows = Mention.objects.filter(told_at=None, question__removed_at=None, user__is_active=True)
    for one in rows.select_related("user", "question__group"):
        waiting.setdefault(one.user, []).append(one)
    moment = timezone.localtime(now).time()
    choices = {one.user_id: one for one in Choices.objects.filter(user__in=waiting)}
    return {
        person: mentions
        for person, mentions in waiting.items()
        if not choices.get(person.pk, Choices()).is_quiet_at(moment)
    }


def send_letter(person: User, mentions: list[Mention], now: datetime) -> bool:
    """One letter for all that waits; nothing goes out for what the person may read no longer."""
    Mention.objects.filter(pk__in=[one.pk for one in mentions]).update(told_at=now)
    readable = [one for one in mentions if policies.can_view(person, one.question)]
    if not readable:
        return False
    path = readable[0].question.get_absolute_url() if len(readable) == 1 else "/netwerk/vragen/"
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            _("Somebody asks you to read along"),
            _("A colleague asks you to read something in the Vredeportaal:\n\n%(address)s\n")
            % {"address": settings.WAGTAILADMIN_BASE_URL + path},
            None,
            [person.email],
        )
    push(person, now)
    return True
