"""People of the network in search: who wants to be found, by whom the list of people opens for."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from network.directory.policies import can_see_people
from network.directory.services import people
from portal.accounts.roles import ROLES
from portal.accounts.services import end_role
from search import question_log
from search.engine import find
from search.models import AskedQuestion, Kind, SearchEntry, Word
from search.results import Filters
from tests.factories.accounts import ManagerFactory, UserFactory, sign_in
from tests.factories.knowledge import article, theme
from tests.factories.network import AreaFactory, DetailFactory, OrganisationFactory, ProfileFactory
from tests.factories.search import everything_shown, found

pytestmark = pytest.mark.django_db
NAME = "Mina Kanariestein"


@pytest.fixture
def profile(request):
    one = ProfileFactory(
        user__name=NAME,
        function="Wijkcoach",
        organisation=OrganisationFactory(name="Wilgenbrug"),
        about="Vraag mij over opvoeding.",
    )
    one.areas.set([AreaFactory()])
    one.themes.set([theme("Jeugd")])
    return one


def reader():
    return UserFactory(roles=["professional"])


@pytest.mark.usefixtures("engine")
class TestOnEachEngine:
    @pytest.mark.parametrize(
        "asked", ["Mina", "wijkcoaches Wilgenbrug", "vraag opvoeding", "noorderbuurt"]
    )
    def test_somebody_is_found_by_what_they_say_of_themselves(self, profile, asked):
        hits = find(asked, user=reader()).hits

        assert [hit.url for hit in hits if hit.kind == Kind.PERSON] == [
            f"/netwerk/mensen/{profile.user.public_id}/"
        ]

    @pytest.mark.parametrize("role", [None, "stranger", *ROLES])
    def test_somebody_is_found_by_whose_role_opens_the_list_of_people(self, profile, role):
        user = AnonymousUser() if role == "stranger" else UserFactory(roles=[role] if role else [])

        assert bool(found("Kanariestein", user)) == can_see_people(user)
        if not can_see_people(user):
            assert "Kanariestein" not in everything_shown("Kanariestei", user)

    def test_who_leaves_the_directory_is_gone_at_once(self, profile):
        assert found("Kanariestein", reader())

        people.leave_directory(profile, by=profile.user)

        assert "Kanariestein" not in everything_shown("Kanariestei", reader())
        assert not SearchEntry.objects.filter(title=NAME).exists()

    def test_a_closed_account_is_gone_at_once_and_a_new_name_counts(self, profile):
        profile.user.name = "Mina Mees"
        profile.user.save()
        assert found("Mees", reader()) == ["Mina Mees"]
        assert found("Kanariestein", reader()) == []

        profile.user.is_active = False
        profile.user.save(update_fields=["is_active"])

        assert found("Mees", reader()) == []

    def test_a_reader_whose_role_ended_finds_nobody(self, profile):
        user = reader()
        end_role(user.memberships.get(), by=ManagerFactory())

        assert "Kanariestein" not in everything_shown(
            "Kanariestei", type(user).objects.get(pk=user.pk)
        )

    def test_people_can_be_filtered_by_area_and_the_counts_are_right(self, profile):
        elsewhere = ProfileFactory(function="Wijkcoach", user__name="Noor Veld")
        elsewhere.areas.set([AreaFactory(name="Zuid")])
        chosen = Filters(areas=frozenset(["demodam.noorderbuurt"]))

        results = find("wijkcoach", user=reader(), filters=chosen)
        (facet,) = (one for one in results.facets if one.name == "gebied")

        assert [hit.title for hit in results.hits] == [NAME]
        assert {choice.label: choice.count for choice in facet.choices} == {
            "Noorderbuurt (Demodam)": 1,
            "Zuid (Demodam)": 1,
        }


def test_an_account_that_is_erased_leaves_nothing_in_the_index(profile):
    profile.user.memberships.all().delete()
    profile.delete()

    assert not SearchEntry.objects.filter(title=NAME).exists()


def test_a_name_is_no_word_to_offer_and_stays_in_no_list_of_words(profile):
    call_command("rebuild_search", verbosity=0)

    assert not Word.objects.filter(text__in=["mina", "kanariestein"]).exists()
    assert find("Kanariesteen", user=reader()).correction == ""


def test_a_question_that_finds_somebody_is_not_counted(profile, client):
    question_log.BUFFER.take()  # what other tests asked
    article("Opvoeding thuis")
    sign_in(client, reader())
    for _time in range(question_log.KEPT_FROM):
        client.get("/zoeken/", {"q": "Kanariestein"})
        client.get("/zoeken/", {"q": "thuis"})
        question_log.write(question_log.BUFFER.take())

    assert [row.text for row in AskedQuestion.objects.all()] == ["thuis"]


def test_no_number_and_no_address_of_somebody_is_in_the_index(profile):
    DetailFactory(profile=profile, value="06 00 00 00 42")
    profile.save()
    entry = SearchEntry.objects.get(title=NAME)

    said = " ".join(str(value) for value in vars(entry).values())
    assert "00 42" not in said
    assert profile.user.email not in said


def test_the_name_of_an_organisation_follows(profile):
    card = profile.organisation
    card.name = "Beukenbrug"
    card.save()

    assert NAME in found("Beukenbrug", reader())
    assert found("Wilgenbrug", reader()) == []


def test_health_and_rebuild_know_people(profile, capsys):
    ProfileFactory(listed_at=None)
    call_command("search_health")
    SearchEntry.objects.filter(kind=Kind.PERSON).delete()

    call_command("rebuild_search", verbosity=0)

    assert found("Kanariestein", reader()) == [NAME]
    assert NAME not in capsys.readouterr().out
    assert timezone.localdate() == SearchEntry.objects.get(title=NAME).updated
