"""Forty people want the last ten seats at the same moment, on a real database."""

import threading

import pytest
from django.db import connection

from network.events.models import Guest
from network.events.services import registering
from tests.factories.accounts import UserFactory
from tests.factories.events import event

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CROWD, SEATS = 40, 10


def at_once(deeds):
    """Do all of it in threads that begin together; returns what went wrong."""
    wrong, gate = [], threading.Barrier(len(deeds))

    def run(deed):
        gate.wait()
        try:
            deed()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def by_state(of, state):
    return list(of.registrations.filter(state=state).order_by("number"))


def test_ten_get_a_seat_thirty_wait_in_order_and_nobody_is_lost_or_double():
    full = event(capacity=SEATS, location="Theater")
    people = [UserFactory(roles=["professional"]) for _one in range(CROWD)]

    assert at_once([lambda p=p: registering.register(full, by=p) for p in people]) == []

    seated, waiting = by_state(full, "seated"), by_state(full, "waiting")
    assert (len(seated), len(waiting)) == (SEATS, CROWD - SEATS)
    assert [row.number for row in [*seated, *waiting]] == list(range(1, CROWD + 1))
    assert len({row.user_id for row in [*seated, *waiting]}) == CROWD

    registering.sign_off(seated[0], by=seated[0].user)

    assert [row.pk for row in by_state(full, "seated")] == [
        *(row.pk for row in seated[1:]),
        waiting[0].pk,
    ]
    assert len(by_state(full, "waiting")) == CROWD - SEATS - 1


def test_five_who_sign_off_together_let_exactly_five_in():
    full = event(capacity=SEATS, location="Theater")
    people = [UserFactory(roles=["professional"]) for _one in range(CROWD)]
    rows = [registering.register(full, by=person) for person in people]

    wrong = at_once([lambda r=row: registering.sign_off(r, by=r.user) for row in rows[:5]])

    assert wrong == []
    assert [row.number for row in by_state(full, "seated")] == list(range(6, 16))


def test_guests_and_accounts_fill_the_seats_in_one_line():
    evening = event(capacity=SEATS, location="Buurthuis", admits_guests=True)
    people = [UserFactory(roles=["professional"]) for _one in range(CROWD // 2)]
    guests = [
        Guest.objects.create(event=evening, email=f"{number}@example.org")
        for number in range(CROWD // 2)
    ]
    deeds = [lambda p=one: registering.register(evening, by=p) for one in people]
    deeds += [lambda g=one: registering.confirm(g) for one in guests for _twice in range(2)]

    assert at_once(deeds) == []

    rows = [*by_state(evening, "seated"), *by_state(evening, "waiting")]
    assert [row.number for row in rows] == list(range(1, CROWD + 1))
    assert len({row.guest_id for row in rows if row.guest_id}) == CROWD // 2


def test_the_same_person_in_two_windows_has_one_place():
    one = event(capacity=SEATS, location="Theater")
    noor = UserFactory(roles=["professional"])

    assert at_once([lambda: registering.register(one, by=noor)] * 8) == []

    assert one.registrations.count() == 1
