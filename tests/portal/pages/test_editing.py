"""Who may edit which page, and that nobody approves an own page."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, TaskState, Workflow

from portal.accounts.services import end_role
from portal.accounts.services.groups import sync_groups
from portal.pages.models import PageUpdate
from portal.pages.permission_policy import PortalPagePermissionPolicy
from portal.pages.services import set_up_editorial
from tests.factories.accounts import ManagerFactory, MembershipFactory, UserFactory
from tests.factories.knowledge import article, library, module, runbook, trainings
from tests.factories.pages import home_page
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _editorial():
    MunicipalityFactory()
    MunicipalityFactory(name="Polderveen")
    library()
    trainings()
    runbook()
    set_up_editorial(home=home_page())


def person(*roles, at=None):
    user = UserFactory()
    for role in roles:
        MembershipFactory(user=user, role=role, **({"municipality": at} if at else {}))
    sync_groups(user)
    return type(user).objects.get(pk=user.pk)


def may(user, page):
    return Page.objects.get(pk=page.pk).permissions_for_user(user)


def submitted(page, by):
    """The page, changed by this person and handed to the workflow."""
    page.title = "Beter"
    page.save_revision(user=by)
    Workflow.objects.get().start(page, by)
    return page.current_workflow_task_state


def approve(state, by):
    state.task.specific.on_action(state, user=by, action_name="approve")


def test_an_editor_edits_and_never_publishes():
    editor, page = person("redacteur"), article(municipality=MunicipalityFactory())

    assert may(editor, page).can_edit()
    assert not may(editor, page).can_publish()
    assert not may(editor, library()).can_publish_subpage()


def test_an_editor_of_another_municipality_may_not_edit_the_page():
    page = article(municipality=MunicipalityFactory(name="Polderveen"))

    assert not may(person("redacteur"), page).can_edit()


def test_an_editor_of_another_municipality_does_not_meet_its_drafts():
    page = article(municipality=MunicipalityFactory(name="Polderveen"), live=False)
    policy = PortalPagePermissionPolicy()

    editor, colleague = (
        person("redacteur"),
        person("redacteur", at=MunicipalityFactory(name="Polderveen")),
    )
    assert not policy.explorable_instances(editor).filter(pk=page.pk).exists()
    assert policy.explorable_instances(colleague).filter(pk=page.pk).exists()


def test_a_page_of_the_region_is_edited_by_every_editor():
    assert may(person("redacteur"), article(municipality=None)).can_edit()


def test_who_runs_draaiboeken_edits_them_and_no_article():
    officer = person("oov-medewerker")

    assert may(officer, runbook("Ander draaiboek")).can_edit()
    assert not may(officer, article(municipality=None)).can_edit()


def test_a_training_coordinator_edits_training_and_no_article():
    coordinator = person("trainingscoordinator")

    assert may(coordinator, module()).can_edit()
    assert not may(coordinator, article()).can_edit()


def test_a_professional_edits_nothing():
    assert not may(person("professional"), article()).can_edit()


def test_an_editor_whose_role_ended_edits_nothing_whatever_the_groups_say():
    editor, page = person("redacteur"), article()
    end_role(membership=editor.memberships.get(), by=ManagerFactory())
    editor = type(editor).objects.get(pk=editor.pk)
    editor.groups.add(*editor.groups.model.objects.filter(name="redactie: demodam"))

    assert not may(editor, page).can_edit()


def test_an_editor_in_chief_approves_what_an_editor_wrote():
    page = article()

    approve(submitted(page, person("redacteur")), person("eindredacteur"))

    assert Page.objects.get(pk=page.pk).title == "Beter"


def test_nobody_approves_what_they_submitted():
    chief, page = person("eindredacteur"), article()
    state = submitted(page, chief)

    with pytest.raises(PermissionDenied):
        approve(state, chief)
    assert Page.objects.get(pk=page.pk).title == "Er bestaat geen profiel"


def test_nobody_approves_what_they_edited_last():
    chief, page = person("eindredacteur"), article()
    state = submitted(page, person("redacteur"))
    page.save_revision(user=chief)

    with pytest.raises(PermissionDenied):
        approve(state, chief)


def test_an_editor_does_not_approve_what_a_colleague_wrote():
    state = submitted(article(), person("redacteur"))

    with pytest.raises(PermissionDenied):
        approve(state, person("redacteur"))


def test_the_own_page_is_not_in_the_list_of_what_waits():
    chief = person("eindredacteur")
    submitted(article(), chief)

    assert not TaskState.objects.reviewable_by(chief)
    assert TaskState.objects.reviewable_by(person("eindredacteur")).count() == 1


def test_not_even_an_editor_in_chief_publishes_alone():
    chief, page = person("eindredacteur"), article()

    assert may(chief, page).can_edit()
    assert not may(chief, page).can_publish()
    assert not may(chief, library()).can_publish_subpage()
    assert may(chief, page).can_unpublish()


def test_a_locked_page_is_not_deleted():
    chief, page = person("eindredacteur"), article()
    page.locked, page.locked_by = True, person("eindredacteur")
    page.save()

    assert not may(chief, page).can_delete()


def test_an_editor_can_not_publish_by_a_smuggled_button(client):
    editor, page = person("eindredacteur"), article()
    client.force_login(editor)

    client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {"title": "Gesmokkeld", "action-publish": "1"},
    )

    assert Page.objects.get(pk=page.pk).title != "Gesmokkeld"


def test_setting_up_again_changes_nothing():
    before = (Group.objects.count(), GroupPagePermission.objects.count())

    set_up_editorial(home=home_page())

    assert (Group.objects.count(), GroupPagePermission.objects.count()) == before
    assert Workflow.objects.count() == 1


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def test_readers_are_told_what_changed_in_the_content():
    page = publish(article(), change_kind="content", change_note="Nieuw telefoonnummer.")

    assert page.content_changed_on is not None
    assert PageUpdate.objects.get(page_id=page.pk).note == "Nieuw telefoonnummer."
    assert (page.change_kind, page.change_note) == ("editorial", "")


def test_an_editorial_change_tells_readers_nothing():
    page = publish(article(), change_kind="editorial", change_note="Komma gezet.")

    assert page.content_changed_on is None
    assert not PageUpdate.objects.exists()


def test_the_next_version_begins_as_an_editorial_change():
    page = publish(article(), change_kind="content", change_note="Nieuw.")

    draft = page.get_latest_revision_as_object()

    assert (draft.change_kind, draft.change_note) == ("editorial", "")
    assert draft.content_changed_on == page.content_changed_on
