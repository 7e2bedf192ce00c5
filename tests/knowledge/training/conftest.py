from datetime import date

import pytest

from tests.factories.accounts import MembershipFactory, UserFactory


@pytest.fixture
def noor():
    """A professional for many years, whatever the clock says."""
    user = UserFactory(name="Noor Jansen")
    MembershipFactory(user=user, valid_from=date(2020, 1, 1), valid_until=date(2040, 1, 1))
    return user
