"""The demo's learners: enough people for totals, and a history for one of them."""

from datetime import timedelta

from django.utils import timezone

from home.demo.people import DOMAIN
from knowledge.training.models import (
    Attempt,
    Certificate,
    CountingEvent,
    Enrolment,
    Learner,
    ModulePage,
)
from knowledge.training.services.taking import months_later
from network.events.models import Event
from portal.accounts.models import User
from portal.regions.models import Municipality

# Organisation, kind of work, how many people, how many passed, how many let it expire (invented).
GROUPS = [
    ("Lyceum De Linde", "onderwijs", 24, 14, 5),
    ("JGZ Lindekade", "jgz", 15, 9, 0),
    ("Wijkteam Noorderbuurt", "wijkteam", 12, 6, 0),
    ("Jongerenwerk Polderveen", "jongerenwerk", 4, 2, 0),
    ("Gemeente Demodam", "balie", 18, 7, 6),
]


def make_learners(places: dict[str, Municipality]) -> int:
    """People in groups with the first module, and some with two; returns how many."""
    modules = list(ModulePage.objects.order_by("number"))
    if not modules:
        return 0
    number = 0
    for organisation, group, size, passed, expired in GROUPS:
        for place in range(size):
            number += 1
            user = User.objects.create_user(
                f"deelnemer{number}@{DOMAIN}", None, name=f"Deelnemer {number}"
            )
            learner = Learner.objects.create(
                user=user,
                organisation=organisation,
                target_group=group,
                municipality=places["polderveen" if "Polderveen" in organisation else "demodam"],
            )
            if place < passed:
                history(learner, modules[0], days_ago=30 + 9 * place)
            elif place < passed + expired:
                history(learner, modules[0], days_ago=800 + place)
            else:
                Enrolment.objects.create(
                    user=user, module=modules[0], learner=learner, invited_at=timezone.now()
                )
    noor = User.objects.get(email=f"professional@{DOMAIN}")
    learner = Learner.objects.create(
        user=noor,
        organisation="Lyceum De Linde",
        target_group="onderwijs",
        municipality=places["demodam"],
    )
    history(learner, modules[0], days_ago=690)
    history(learner, modules[1], days_ago=200)
    history(learner, modules[2], days_ago=760)
    Enrolment.objects.create(
        user=noor,
        module=modules[3],
        learner=learner,
        invited_at=timezone.now(),
        due_on=timezone.localdate() + timedelta(days=21),
    )
    day = Event.objects.filter(slug="oefenen-met-het-gesprek").first()
    if day:
        CountingEvent.objects.create(event=day, module=modules[2])
    return number + 1


def history(learner: Learner, module: ModulePage, *, days_ago: int) -> None:
    """A passed test of some time ago, with its certificate."""
    moment = timezone.now() - timedelta(days=days_ago)
    day = timezone.localdate(moment)
    attempt = Attempt.objects.create(
        user=learner.user,
        module=module,
        module_title=module.title,
        score=85,
        pass_mark=module.pass_mark,
        is_passed=True,
        finished_at=moment,
    )
    until = months_later(day, module.valid_months)
    Certificate.objects.create(
        user=learner.user,
        module=module,
        attempt=attempt,
        holder=learner.user.name,
        title=module.title,
        issued_on=day,
        valid_until=until,
    )
    Enrolment.objects.create(
        user=learner.user,
        module=module,
        learner=learner,
        started_at=moment,
        passed_at=moment,
        refreshed_on=timezone.localdate(),
        valid_until=until,
    )
