"""Pages that are due for a check."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from knowledge.library.services.reviews import is_day_to_write
from portal.pages.services import set_up_editorial
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import article, library
from tests.factories.pages import home_page
from tests.factories.regions import MunicipalityFactory
from tests.factories.signing_in import sign_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def due(title="Verlopen artikel", days=0, **fields):
    return article(title, review_on=TODAY + timedelta(days=days), **fields)


def test_the_owner_gets_one_letter_that_names_no_title():
    editor = UserFactory(roles=["redacteur"])
    due(owner=editor)
    due("Nog een", owner=editor)

    call_command("report_due_reviews", execute=True)

    (letter,) = mail.outbox
    assert letter.to == [editor.email]
    assert "Verlopen artikel" not in letter.body + letter.subject


def test_without_execute_nothing_is_sent(capsys):
    due(owner=UserFactory(roles=["redacteur"]))

    call_command("report_due_reviews")

    assert not mail.outbox
    assert "1 letter(s) about 1 page(s)" in capsys.readouterr().out


def test_when_the_owner_edits_no_longer_the_editor_in_chief_hears_it():
    chief = UserFactory(roles=["eindredacteur"])
    due(owner=UserFactory(roles=["professional"]))

    call_command("report_due_reviews", execute=True)

    assert [letter.to for letter in mail.outbox] == [[chief.email]]


def test_letters_go_out_before_the_day_and_weekly_after_it():
    days = [
        day for day in range(40, -22, -1) if is_day_to_write(TODAY + timedelta(days=day), TODAY)
    ]

    assert days == [30, 7, 0, -7, -14, -21]


def test_a_page_that_is_not_due_is_left_alone():
    due(days=90, owner=UserFactory(roles=["redacteur"]))

    call_command("report_due_reviews", execute=True)

    assert not mail.outbox


def report(client, user):
    sign_in(client, user)
    return client.get(reverse("pages_due"))


def test_an_editor_sees_due_pages_of_the_own_municipality_only(client):
    MunicipalityFactory(name="Polderveen")
    library()
    editor = UserFactory(roles=["redacteur"])
    set_up_editorial(home=home_page())
    due("Van ons", municipality=MunicipalityFactory())
    due("Van de buren", municipality=MunicipalityFactory(name="Polderveen"))

    html = report(client, editor).content.decode()

    assert "Van ons" in html
    assert "Van de buren" not in html
