"""How much comes in: counted per municipality and hour, never per person or address (case 21).

Above the budget nobody is turned away. The browser has to work for it, or the reporter waits.
"""

import hashlib
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from meldpunt.reports.models import CodeTries, IntakeBudget
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.escalation import owners_of
from meldpunt.reports.services.letters import may_go_now, write_to
from meldpunt.vault.services.holders import chain_of
from portal.accounts.models import User
from portal.audit.services import record
from portal.regions.models import Municipality

SHARES = (100, 80, 50)
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Load:
    """How busy it is: above 1 the budget of this hour is used up."""

    share: float

    @property
    def is_over(self) -> bool:
        """Whether the next one has to work or wait."""
        return self.share >= 1

    @property
    def wait(self) -> int:
        """The seconds to wait without JavaScript; they double with every budget passed."""
        budget = settings.MELDPUNT_BUDGET
        doubled = budget["wait_seconds"] * 2 ** min(int(max(self.share - 1, 0)), 10)
        return int(min(doubled, budget["wait_longest"]))


def load_of(place: Municipality) -> Load:
    """How busy the form of ``place`` is this hour."""
    with working_in([place.pk]):
        row = IntakeBudget.objects.filter(pk=place.pk, hour=_hour()).first()
    return Load(row.count / budget_of(place) if row else 0)


def budget_of(place: Municipality) -> int:
    """The reports that one hour may bring."""
    own = settings.MELDPUNT_REPORTS_PER_HOUR_BY_MUNICIPALITY
    return int(own.get(place.slug, settings.MELDPUNT_BUDGET["reports_per_hour"]))


@transaction.atomic
def count_report(place: Municipality) -> None:
    """One more came in, within ``working_in``."""
    hour, today = _hour(), timezone.localdate()
    row, _new = (
        IntakeBudget.objects.get_queryset()
        .select_for_update()
        .get_or_create(municipality=place, defaults={"hour": hour, "day": today})
    )
    if row.day != today:
        row.day, row.reached, row.told = today, 0, 0
    row.hour, row.count = hour, row.count + 1 if row.hour == hour else 1
    share = 100 * row.count / budget_of(place)
    row.reached = max(row.reached, next((step for step in SHARES if share >= step), 0))
    row.save()


def tell_owners_later() -> int:
    """The same, a quarter of an hour to an hour later and at most once an hour.

    So that who watches the mail does not see a report come in (abuse case 19).
    """
    waits = False
    for place in Municipality.objects.all():
        with working_in([place.pk]):
            _forget_earlier()
            waits = waits or IntakeBudget.objects.filter(reached__gt=F("told")).exists()
    return tell_owners() if may_go_now("busy", waits=waits) else 0


def tell_owners() -> int:
    """Write to who answers for a meldpunt that reached 50, 80 or 100 %; the number of letters.

    Each share once a day. The letter is the same for everybody; which municipality and which share
    stands in the trail.
    """
    people: dict[int, User] = {}
    for place in Municipality.objects.all():
        with working_in([place.pk]), transaction.atomic():
            _forget_earlier()
            rows = IntakeBudget.objects.get_queryset().select_for_update()
            row = rows.filter(reached__gt=F("told")).first()
            if row is None:
                continue
            row.told = row.reached
            row.save(update_fields=["told"])
            record(
                "meldpunt.busy",
                by="system",
                subject=f"municipality:{place.slug}",
                details={"percent": row.reached},
                chain=chain_of(place),
                precision="hour",
            )
        people.update({person.pk: person for person in owners_of(place)})
    for person in people.values():
        write_to(person, template="busy_letter.txt")
    return len(people)


def _forget_earlier() -> None:
    """No hour but this one stays known: a report has no moment finer than its week."""
    rows = IntakeBudget.objects.get_queryset()
    rows.filter(day__lt=timezone.localdate(), reached__lte=F("told")).delete()
    rows.filter(hour__lt=_hour(), reached=0).delete()
    rows.filter(hour__lt=_hour()).update(hour=0, count=0)


def load_of_codes(visit: str) -> Load:
    """How busy the code page is for this visit, its next try counted in."""
    budget, visit_id = settings.MELDPUNT_BUDGET, _id_of(visit)
    own, all_wrong = _count(visit_id), _tries(EVERYBODY)
    return Load(
        max(
            (own - 1) / budget["tries_per_minute"],
            all_wrong / budget["wrong_tries_per_minute"],
        )
    )


def count_wrong_code() -> None:
    """A code opened nothing."""
    _count(EVERYBODY)


@transaction.atomic
def _count(name: str) -> int:
    """One more in this minute, and the number."""
    minute = int(time.time()) // 60
    rows = CodeTries.objects.filter(pk=name, minute=minute)
    if not rows.update(count=F("count") + 1):
        CodeTries.objects.filter(minute__lt=minute - 1).delete()
        CodeTries.objects.update_or_create(pk=name, defaults={"minute": minute, "count": 1})
    return _tries(name)


def _tries(name: str) -> int:
    minute = int(time.time()) // 60
    return int(
        CodeTries.objects.filter(pk=name, minute=minute).values_list("count", flat=True).first()
        or 0
    )


def _id_of(visit: str) -> str:
    return hashlib.sha256(b"code-tries/v1|" + visit.encode()).hexdigest()


def _hour() -> int:
    return int(time.time()) // 3600
