"""Nothing of the meldpunt leaks into Wagtail's own registers, or into what others can list."""

import pytest
from django.apps import apps
from django.urls import get_resolver
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import DraftStateMixin, ModelLogEntry, Page, ReferenceIndex, WorkflowMixin
from wagtail.search.index import Indexed, get_indexed_models
from wagtail.snippets.models import get_snippet_models

from tests.factories.meldpunt import handled, report

SEALED = [
    model
    for config in apps.get_app_configs()
    if config.name.split(".")[0] == "meldpunt"
    for model in config.get_models()
]
SEALED_LABELS = {model._meta.app_label for model in SEALED}


@pytest.fixture(autouse=True)
def _the_whole_portal_is_loaded():
    """Wagtail registers a viewset only when its addresses are read."""
    assert get_resolver().url_patterns


def test_the_meldpunt_has_models_to_guard():
    assert {model.__name__ for model in SEALED} >= {"Report", "SealedPart", "KeyWrap"}


def test_there_is_no_django_admin_to_open_a_report_in():
    assert not apps.is_installed("django.contrib.admin")


@pytest.mark.parametrize("model", SEALED)
def test_no_sealed_model_can_be_searched_or_opened_in_a_generic_admin(model):
    assert not issubclass(model, Indexed | Page | DraftStateMixin | WorkflowMixin)
    assert model not in get_indexed_models()
    assert model not in get_snippet_models()
    assert AdminURLFinder().get_edit_url(model()) is None  # viewsets and modeladmin


@pytest.mark.django_db(databases=["default", "keystore"])
def test_wagtail_keeps_no_note_of_who_handles_which_report(
    demodam, django_capture_on_commit_callbacks
):
    handler = demodam.holders[0]
    with django_capture_on_commit_callbacks(execute=True):
        made, _code = report(demodam)
        handled(made, handler)

    assert not ReferenceIndex.objects.filter(content_type__app_label__in=SEALED_LABELS)
    assert not ReferenceIndex.objects.filter(to_content_type__app_label__in=SEALED_LABELS)
    assert not ReferenceIndex.get_references_to(handler)
    assert not ModelLogEntry.objects.filter(content_type__app_label__in=SEALED_LABELS)
