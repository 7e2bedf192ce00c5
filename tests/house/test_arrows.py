"""The arrows that an import linter cannot see point down the house too."""

import re

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.house.rooms import (
    ROOT,
    own_apps,
    own_files,
    own_templates,
    owner_of_tags,
    owners_of_addresses,
    room_of,
    room_of_file,
)

# The ground floor, from the bottom up; each floor may point at those below it.
FLOORS = ("portal.audit", "portal.regions", "portal.accounts", "portal.pages")
BELOW = {
    "portal.jobs": set(),
    "portal.design": set(),
    "portal.figures": {"portal.audit", "portal.regions", "portal.accounts"},
    **{floor: set(FLOORS[:height]) for height, floor in enumerate(FLOORS)},
    "meldpunt": {"portal.audit", "portal.regions", "portal.accounts"},
    "network": {*FLOORS},
    "knowledge": {"network", *FLOORS},
    "search": {"network", "knowledge", *FLOORS},
    "home": {"network", "knowledge", "search", *FLOORS},
}
# Fields that Wagtail gives its own kinds of models, with accessors of its own choosing.
WAGTAILS_OWN = {"locked_by", "uploaded_by_user"}
# The look lies beside the house, and every template may borrow from it.
LENT_TO_ALL = {"portal.design"}

BORROWS = re.compile(r"""{%\s*(?:extends|include)\s+["']([\w/.-]+)["']""")
LOADS = re.compile(r"{%\s*load\s+(?:[\w\s]+\sfrom\s+)?([\w\s]+?)\s*%}")
NAMES_ADDRESS = re.compile(
    r"""(?:{%\s*url\s+|\b(?:reverse|reverse_lazy|redirect|resolve_url)\(\s*)["'](\w+):"""
)


def goes_up(start: str, end: str | None) -> bool:
    """Whether an arrow leads to a room of ours that does not lie below ``start``."""
    return end in BELOW and end != start and end not in BELOW[start] | LENT_TO_ALL


def relations(config):
    """Fields of an app's models that point at a model of another room of ours."""
    for model in config.get_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.is_relation:
                end = room_of(field.related_model._meta.app_config.name)
                if end in BELOW and end != room_of(config.name):
                    yield f"{model._meta.label}.{field.name}", field, end


def test_every_app_of_ours_has_its_place_in_the_house():
    for config in own_apps():
        assert room_of(config.name) in BELOW, f"say in BELOW where {config.name} stands"


@pytest.mark.parametrize("config", own_apps(), ids=lambda config: config.label)
def test_foreign_keys_point_down(config):
    for name, _field, end in relations(config):
        assert not goes_up(room_of(config.name), end), f"{name} points at {end}"


@pytest.mark.parametrize("config", own_apps(), ids=lambda config: config.label)
def test_a_room_below_gets_no_accessor_to_a_room_above(config):
    for name, field, end in relations(config):
        if field.name not in WAGTAILS_OWN:
            assert field.remote_field.hidden, f'{name} wants related_name="+": {end} knows it not'


def test_migrations_wait_only_for_rooms_below():
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        start = room_of(apps.get_app_config(label).name)
        for waits_for, _ in migration.dependencies if start in BELOW else []:
            if waits_for in apps.app_configs:
                end = room_of(apps.get_app_config(waits_for).name)
                assert not goes_up(start, end), f"{label}.{name} waits for {waits_for}"


def test_templates_borrow_only_from_rooms_below():
    owners = {name: room_of_file(path) for name, path in own_templates().items()}
    for path in own_files(".html"):
        for name in BORROWS.findall(path.read_text()):
            end = owners.get(name)
            assert not goes_up(room_of_file(path), end), f"{path.relative_to(ROOT)} borrows {name}"


def test_templates_load_only_tags_of_rooms_below():
    for path in own_files(".html"):
        for libraries in LOADS.findall(path.read_text()):
            for end in map(owner_of_tags, libraries.split()):
                assert not goes_up(room_of_file(path), end), f"{path.relative_to(ROOT)} loads {end}"


def test_nobody_names_an_address_of_a_room_above():
    owners = owners_of_addresses()
    for path in own_files(".html", ".py"):
        for namespace in NAMES_ADDRESS.findall(path.read_text()):
            end = owners.get(namespace)
            assert not goes_up(room_of_file(path), end), f"{path.relative_to(ROOT)}: {namespace}:"


def test_an_arrow_that_goes_up_is_noticed():
    assert goes_up("portal.pages", "home")
    assert goes_up("home", "meldpunt")
    assert goes_up("meldpunt", "portal.pages")
    assert not goes_up("home", "knowledge")
    assert not goes_up("portal.audit", "portal.design")
