"""Asking an allowance for a deployment, and granting it by somebody without an interest (GR-28)."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.directory import policies
from network.directory.models import Deployment
from network.directory.workflow import DeploymentState
from portal.accounts.models import User
from portal.audit.services import record

CLAIMABLE = (DeploymentState.ACCEPTED, DeploymentState.DONE)


class CannotClaim(Exception):
    """The deployment was not promised, is still to come, or its allowance was granted already."""


class CannotGrant(Exception):
    """No allowance was asked, or it was granted already."""


class InterestNotDeclared(Exception):
    """Who grants says first to have no interest in it."""


@transaction.atomic
def claim(deployment: Deployment, *, euros: Decimal, by: User) -> None:
    """Ask an allowance for what one did; it can be changed until it is granted.

    Raises:
        PermissionDenied: It is somebody else's deployment.
        CannotClaim: There is nothing to claim, or nothing any more.
    """
    if deployment.key_figure.user_id != by.pk:
        raise PermissionDenied
    deployment = Deployment.objects.select_for_update().get(pk=deployment.pk)
    is_done = deployment.state in CLAIMABLE and deployment.on <= timezone.localdate()
    if not is_done or deployment.allowed_at:
        raise CannotClaim
    deployment.cents = int(euros * 100)
    deployment.claimed_at = timezone.now()
    deployment.save(update_fields=["cents", "claimed_at"])
    record("key_figure.allowance", by=by.reference, subject=f"deployment:{deployment.pk}")


@transaction.atomic
def grant(deployment: Deployment, *, has_no_interest: bool, by: User) -> None:
    """Grant an allowance, by the coordinator there and never to oneself.

    Raises:
        PermissionDenied: ``by`` does not work with key figures there, or asked it.
        InterestNotDeclared: ``by`` did not say to have no interest.
        CannotGrant: There is nothing to grant.
    """
    figure = deployment.key_figure
    if figure.user_id == by.pk or not policies.can_work_with_key_figures(
        by, figure.municipality_id
    ):
        raise PermissionDenied
    if not has_no_interest:
        raise InterestNotDeclared
    deployment = Deployment.objects.select_for_update().get(pk=deployment.pk)
    if deployment.cents is None or deployment.allowed_at:
        raise CannotGrant
    deployment.allowed_at, deployment.allowed_by = timezone.now(), by
    deployment.save(update_fields=["allowed_at", "allowed_by"])
    record("key_figure.allowance", by=by.reference, subject=f"deployment:{deployment.pk}")
