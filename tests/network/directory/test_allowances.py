"""The agreement with a key figure, allowances, the training that counts, and the thank-you."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledge.training.models import Certificate
from network.directory.models import Deployment, KeyFigure
from network.directory.services.allowances import (
    CannotClaim,
    CannotGrant,
    InterestNotDeclared,
    claim,
    grant,
)
from network.directory.services.key_figures import answer, note_training
from network.directory.workflow import DeploymentState
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.regions import MunicipalityFactory
from tests.factories.training import module_with_test, take
from tests.network.directory.test_key_figures import figure

pytestmark = pytest.mark.django_db
OWN = "/netwerk/mensen/sleutelfiguur/"
DESK = "/werkplek/netwerk/sleutelfiguren/"
AMOUNT = Decimal("12.50")


@pytest.fixture
def coordinator():
    return UserFactory(roles=["netwerkregisseur"])


def done(of=None, state="done", days=-1, **more):
    return Deployment.objects.create(
        key_figure=of or figure(),
        activity="Gespreksavond",
        on=timezone.localdate() + timedelta(days=days),
        state=state,
        by=UserFactory(),
        **more,
    )


def test_a_key_figure_declares_an_allowance_and_the_coordinator_grants_it(client, coordinator):
    asked = done()
    sign_in(client, asked.key_figure.user)
    assert "Gespreksavond" in client.get(f"{OWN}{asked.pk}/vergoeding/").content.decode()
    assert client.post(f"{OWN}{asked.pk}/vergoeding/", {"euros": "12,50"}).status_code == 302
    assert "€ 12,50" in client.get(OWN).content.decode()

    sign_in(client, coordinator)
    address = f"{DESK}vergoeding/{asked.pk}/"
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"no_interest": "on"}).status_code == 302

    asked.refresh_from_db()
    assert (asked.cents, asked.allowed_by) == (1250, coordinator)
    assert AuditEvent.objects.filter(action="key_figure.allowance").count() == 2
    assert "€ 12,50" in client.get(f"{DESK}{asked.key_figure_id}/").content.decode()
    assert client.post(address, {"no_interest": "on"}).status_code == 422


@pytest.mark.parametrize("euros", ["0", "-3", "500,01", "0,001", "veel", "1e9", "NaN", ""])
def test_an_amount_that_nobody_agreed_on_is_refused(client, euros):
    asked = done()
    sign_in(client, asked.key_figure.user)

    assert client.post(f"{OWN}{asked.pk}/vergoeding/", {"euros": euros}).status_code == 422
    asked.refresh_from_db()
    assert asked.cents is None


@pytest.mark.parametrize(
    ("state", "days"), [("asked", -1), ("declined", -1), ("accepted", 1), ("done", 1)]
)
def test_what_was_not_done_yet_earns_nothing(state, days):
    asked = done(state=state, days=days)

    with pytest.raises(CannotClaim):
        claim(asked, euros=AMOUNT, by=asked.key_figure.user)


def test_what_was_granted_is_not_declared_again(coordinator):
    asked = done()
    claim(asked, euros=AMOUNT, by=asked.key_figure.user)
    grant(asked, has_no_interest=True, by=coordinator)

    with pytest.raises(CannotClaim):
        claim(asked, euros=Decimal(99), by=asked.key_figure.user)


def test_nobody_declares_for_somebody_else_or_grants_without_a_word_about_interests(
    client, coordinator
):
    asked = done()
    with pytest.raises(PermissionDenied):
        claim(asked, euros=AMOUNT, by=coordinator)
    with pytest.raises(CannotGrant):
        grant(asked, has_no_interest=True, by=coordinator)
    claim(asked, euros=AMOUNT, by=asked.key_figure.user)
    with pytest.raises(InterestNotDeclared):
        grant(asked, has_no_interest=False, by=coordinator)
    sign_in(client, coordinator)
    assert client.get(f"{OWN}{asked.pk}/vergoeding/").status_code == 404


def test_nobody_grants_an_allowance_to_themselves_or_next_door(client):
    both = UserFactory(roles=["netwerkregisseur"])
    own = done(of=KeyFigure.objects.create(user=both, municipality=MunicipalityFactory()))
    claim(own, euros=AMOUNT, by=both)
    next_door = UserFactory(
        roles=["netwerkregisseur"], roles__at=MunicipalityFactory(name="Polderveen")
    )

    for person in (both, next_door, UserFactory(roles=["professional"])):
        with pytest.raises(PermissionDenied):
            grant(own, has_no_interest=True, by=person)
        sign_in(client, person)
        address = f"{DESK}vergoeding/{own.pk}/"
        assert client.post(address, {"no_interest": "on"}).status_code == 404


def test_the_database_keeps_no_grant_without_a_claim(coordinator):
    asked = done()

    for values in (
        {"cents": 100},
        {"allowed_at": timezone.now()},
        {"allowed_at": timezone.now(), "allowed_by": coordinator},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deployment.objects.filter(pk=asked.pk).update(**values)


def test_the_agreement_is_read_by_the_person_and_the_coordinator_only(client, coordinator):
    one = figure(agreement="Rolafspraak 2025", allowance="Reiskosten", official=coordinator)
    sign_in(client, one.user)
    page = client.get(f"{OWN}afspraak/").content.decode()
    assert "Rolafspraak 2025" in page
    assert "Reiskosten" in page
    assert "U bent geen informant" in page
    sign_in(client, coordinator)
    assert client.get(f"{DESK}{one.pk}/afspraak/").status_code == 200

    for role in ("professional", "regiobeheerder", "sleutelfiguur"):
        sign_in(client, UserFactory(roles=[role]))
        assert client.get(f"{DESK}{one.pk}/afspraak/").status_code == 404
        assert client.get(f"{OWN}afspraak/").status_code == 404


def test_who_helped_is_thanked_by_a_letter_that_does_not_say_for_what(
    coordinator, django_capture_on_commit_callbacks
):
    asked = done(state="accepted")

    with django_capture_on_commit_callbacks(execute=True):
        answer(asked, to=DeploymentState.DONE, by=coordinator)

    (letter,) = mail.outbox
    assert letter.to == [asked.key_figure.user.email]
    assert "Gespreksavond" not in letter.subject + letter.body


def test_a_training_that_was_passed_puts_a_key_figure_on_the_call_list():
    one = figure(trained=-1)
    stopped = KeyFigure.objects.create(
        user=one.user, municipality=MunicipalityFactory(name="Polderveen"), state="ended"
    )
    assert not KeyFigure.objects.can_be_asked().exists()

    take(module_with_test(), one.user)

    one.refresh_from_db()
    stopped.refresh_from_db()
    assert one.trained_until == Certificate.objects.get().valid_until
    assert KeyFigure.objects.can_be_asked().get() == one
    assert stopped.trained_until is None


def test_a_shorter_training_takes_nothing_back():
    one = figure(trained=300)
    before = one.trained_until

    note_training(one.user, until=before - timedelta(days=100))

    one.refresh_from_db()
    assert one.trained_until == before
