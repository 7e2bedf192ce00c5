"""A letter a day or a week: how much is new, where it stands, and nothing of what it says."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.exchange.models import Choices, Question
from network.exchange.services.pushing import push
from network.exchange.workflow import Rhythm

EVERY = {Rhythm.DAILY: timedelta(hours=23), Rhythm.WEEKLY: timedelta(days=7, hours=-1)}


def due(now: datetime) -> list[Choices]:
    """Who waits for a letter now and does not rest."""
    moment = timezone.localtime(now).time()
    rows = Choices.objects.exclude(rhythm=Rhythm.NEVER).filter(user__is_active=True)
    return [
        one
        for one in rows.select_related("user")
        if not one.is_quiet_at(moment)
        and (one.sent_at is None or now - one.sent_at >= EVERY[Rhythm(one.rhythm)])
    ]


def send(choices: Choices, now: datetime) -> bool:
    """Send the letter when something is new that the person may read now; says whether it went."""
    since = choices.sent_at or now - EVERY[Rhythm(choices.rhythm)]
    number = (
        Question.objects.visible_to(choices.user)
        .there()
        .filter(written_at__gt=since)
        .exclude(by=choices.user)
        .count()
    )
    choices.sent_at = now
    choices.save(update_fields=["sent_at"])
    if not number:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        text = ngettext(
            "There is %(number)d new question in your network. Read it here:",
            "There are %(number)d new questions in your network. Read them here:",
            number,
        ) % {"number": number}
        address = settings.WAGTAILADMIN_BASE_URL + "/netwerk/vragen/"
        send_mail(_("New in your network"), f"{text}\n\n{address}\n", None, [choices.user.email])
    push(choices.user, now)
    return True
