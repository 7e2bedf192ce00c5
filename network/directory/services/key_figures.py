"""The life of a key figure: applying, steps, being asked to help, and leaving."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.directory import policies
from network.directory.models import Deployment, KeyFigure, KeyFigureStep, Language
from network.directory.workflow import DeploymentState, KeyFigureState, check_transition
from portal.accounts.models import User
from portal.audit.services import record
from portal.figures.small_numbers import suppressed
from portal.regions.models import Area, Municipality

MANY = ("areas", "languages", "themes")


class NotReady(Exception):
    """Something has to be there before this step: a good reference, an agreement, a declaration."""


class AppliedAlready(Exception):
    """The person is on the road to key figure here already."""


class CannotBeAsked(Exception):
    """Not active, or without a training that counts today."""


@transaction.atomic
def apply(municipality: Municipality, *, values: Mapping[str, Any], by: User) -> KeyFigure:
    """Say that one wants to be a key figure: everybody for themselves, after the open call.

    Raises:
        PermissionDenied: ``by`` is not in the network.
        AppliedAlready: They applied before.
    """
    if not policies.can_have_profile(by):
        raise PermissionDenied
    rows = KeyFigure.objects.filter(user=by, municipality=municipality)
    if rows.exclude(state=KeyFigureState.ENDED).exists():
        raise AppliedAlready
    figure = KeyFigure.objects.create(user=by, municipality=municipality)
    change_own(figure, values=values, by=by)
    return figure


@transaction.atomic
def change_own(figure: KeyFigure, *, values: Mapping[str, Any], by: User) -> None:
    """Change what one says about oneself; nobody else can.

    Raises:
        PermissionDenied: It is somebody else's.
    """
    if figure.user_id != by.pk:
        raise PermissionDenied
    figure.availability = values.get("availability", figure.availability)
    figure.save(update_fields=["availability"])
    for name in MANY:
        if name in values:
            getattr(figure, name).set(values[name])
    record("key_figure.changed", by=by.reference, subject=f"key_figure:{figure.pk}")


@transaction.atomic
def move(figure: KeyFigure, *, to: KeyFigureState, by: User) -> KeyFigure:
    """Make one step. A person ends the own road at any moment; the coordinator makes the others.

    Raises:
        PermissionDenied: ``by`` does not work with key figures there.
        TransitionNotAllowed: The workflow has no such step.
        NotReady: Reference, agreement or declaration are not there yet.
    """
    is_own_end = figure.user_id == by.pk and to == KeyFigureState.ENDED
    if not is_own_end and not policies.can_work_with_key_figures(by, figure.municipality_id):
        raise PermissionDenied
    figure = KeyFigure.objects.select_for_update().get(pk=figure.pk)
    old = KeyFigureState(figure.state)
    check_transition(old, to)
    if to == KeyFigureState.AGREEMENT and not figure.reference_is_good:
        raise NotReady
    if to == KeyFigureState.ACTIVE and not (
        figure.reference_is_good and figure.agreed_on and figure.declared_on
    ):
        raise NotReady
    figure.state = to
    figure.since = timezone.now()
    figure.save(update_fields=["state", "since"])
    KeyFigureStep.objects.create(key_figure=figure, old=old, new=to, by=by)
    record(
        "key_figure.state_changed",
        by=by.reference,
        subject=f"key_figure:{figure.pk}",
        details={"from": old, "to": to},
    )
    return figure


@transaction.atomic
def note_agreements(figure: KeyFigure, *, values: Mapping[str, Any], by: User) -> None:
    """Keep what was agreed: reference (yes or no), agreement, declaration, talk, training.

    Raises:
        PermissionDenied: ``by`` does not work with key figures there, or it is about ``by``.
    """
    if figure.user_id == by.pk or not policies.can_work_with_key_figures(
        by, figure.municipality_id
    ):
        raise PermissionDenied
    for name, value in values.items():
        setattr(figure, name, value)
    figure.save()
    record("key_figure.changed", by=by.reference, subject=f"key_figure:{figure.pk}")


@transaction.atomic
def note_training(person: User, *, until: date) -> None:
    """Let a training that was passed count for the call list; a shorter one takes nothing back."""
    rows = KeyFigure.objects.filter(user=person).exclude(state=KeyFigureState.ENDED)
    shorter = rows.filter(Q(trained_until=None) | Q(trained_until__lt=until))
    for figure in shorter:
        figure.trained_until = until
        figure.save(update_fields=["trained_until"])
        record("key_figure.changed", by=person.reference, subject=f"key_figure:{figure.pk}")


def candidates(
    municipality: Municipality, *, area: Area | None, language: Language | None, user: User
) -> list[KeyFigure]:
    """Whom ``user`` can ask for help there, who were asked least first; at most fifty."""
    rows = (
        KeyFigure.objects.visible_to(user)
        .can_be_asked()
        .filter(municipality=municipality)
        .exclude(user=user)
    )
    if area:
        rows = rows.filter(Q(areas=area) | Q(areas=None))
    if language:
        rows = rows.filter(languages=language)
    return list(
        rows.select_related("user")
        .annotate(times=Count("deployments"))
        .order_by("times", "pk")[:50]
    )


@transaction.atomic
def ask_for_help(
    figure: KeyFigure, *, activity: str, on: date, area: Area | None, by: User
) -> Deployment:
    """Ask a key figure to help with an activity; the letter holds a link and nothing else.

    Raises:
        PermissionDenied: ``by`` does not work with key figures there.
        CannotBeAsked: Not active, or the training has expired.
    """
    if not policies.can_work_with_key_figures(by, figure.municipality_id):
        raise PermissionDenied
    if figure.state != KeyFigureState.ACTIVE or not figure.is_trained:
        raise CannotBeAsked
    asked: Deployment = figure.deployments.create(activity=activity, on=on, area=area, by=by)
    record("key_figure.asked", by=by.reference, subject=f"key_figure:{figure.pk}")
    transaction.on_commit(lambda: write_to(figure.user))
    return asked


def write_to(person: User) -> None:
    """Tell that there is a question, and not which."""
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            _("There is a question for you"),
            _("Somebody asks you something in the Vredeportaal. Read it here:\n\n%(address)s\n")
            % {"address": settings.WAGTAILADMIN_BASE_URL + "/netwerk/mensen/sleutelfiguur/"},
            None,
            [person.email],
        )


def thank(person: User) -> None:
    """Say thank you, and not for what."""
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            _("Thank you for your help"),
            _("Thank you for what you did for the network. You find it here:\n\n%(address)s\n")
            % {"address": settings.WAGTAILADMIN_BASE_URL + "/netwerk/mensen/sleutelfiguur/"},
            None,
            [person.email],
        )


@transaction.atomic
def answer(deployment: Deployment, *, to: DeploymentState, by: User) -> None:
    """Say yes or no to a request; or, for who asked, that it is done and thanked.

    Raises:
        PermissionDenied: Somebody else was asked, or asks.
    """
    figure = deployment.key_figure
    answers = {DeploymentState.ACCEPTED, DeploymentState.DECLINED}
    is_own = figure.user_id == by.pk and to in answers
    closes = to == DeploymentState.DONE and policies.can_work_with_key_figures(
        by, figure.municipality_id
    )
    if not (is_own or closes):
        raise PermissionDenied
    deployment.state = to
    deployment.save(update_fields=["state"])
    record("key_figure.answered", by=by.reference, subject=f"key_figure:{figure.pk}")
    if to == DeploymentState.DONE:
        transaction.on_commit(lambda: thank(figure.user))


def totals() -> list[tuple[Municipality, int | None]]:
    """How many are active in each municipality; nothing where a number would say who (GR-15).

    When one number is hidden another is hidden with it, or the total would tell it.
    """
    active = Q(state=KeyFigureState.ACTIVE)
    counts = dict(
        KeyFigure.objects.filter(active)
        .order_by()
        .values("municipality")
        .annotate(number=Count("pk"))
        .values_list("municipality", "number")
    )
    rows = [(place, counts.get(place.pk, 0)) for place in Municipality.objects.all()]
    shown = suppressed([[number for _place, number in rows]], has_column_totals=False)[0]
    return [(place, number) for (place, _number), number in zip(rows, shown, strict=True)]
