"""Which room a file, an app, a template, a tag library or an address belongs to."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import AppConfig, apps
from django.template.backends.django import get_installed_libraries

ROOT = Path(__file__).parents[2]
ROOMS = ("portal", "home", "search", "knowledge", "network", "meldpunt")
APP_NAME = re.compile(r'^app_name = "(\w+)"', re.MULTILINE)


def room_of(dotted: str) -> str:
    """The room of a dotted name: ``network``, or ``portal.accounts`` on the ground floor."""
    parts = dotted.split(".")
    return ".".join(parts[:2]) if parts[0] == "portal" else parts[0]


def room_of_file(path: Path) -> str:
    """The room that a file of ours lies in; ``portal.urls`` and the like are the front door."""
    return room_of(".".join(path.relative_to(ROOT).with_suffix("").parts))


def own_apps() -> list[AppConfig]:
    """Django apps that we wrote."""
    return [config for config in apps.get_app_configs() if config.name.split(".")[0] in ROOMS]


def own_files(*suffixes: str) -> Iterator[Path]:
    """Files of ours with one of these endings, without migrations and without what is built."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            inside = set(path.relative_to(ROOT).parts)
            if path.suffix in suffixes and not inside & {"migrations", "build"}:
                yield path


def own_templates() -> dict[str, Path]:
    """Every template of ours, by the name that ``include`` and ``extends`` use."""
    paths = [path for path in own_files(".html", ".txt") if "templates" in path.parts]
    return {str(path).rpartition("/templates/")[2]: path for path in paths}


def owner_of_tags(library: str) -> str:
    """The room, or the package, whose code a ``load`` brings in."""
    return room_of(get_installed_libraries().get(library, library))


def owners_of_addresses() -> dict[str, str]:
    """The room that each namespace of addresses belongs to."""
    found = {}
    for path in own_files(".py"):
        if path.name.startswith("urls"):
            found.update(dict.fromkeys(APP_NAME.findall(path.read_text()), room_of_file(path)))
    return found
