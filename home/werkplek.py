"""What the workspace offers each person: its menu and the tiles of its first page."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts import policies
from portal.accounts.models import User
from portal.accounts.roles import Permission


@dataclass(frozen=True)
class Tile:
    """One place to work: an address as text, since some rooms are sealed for this one."""

    url: str
    icon: str
    title: Promise
    text: Promise


OVERVIEW = Tile("/werkplek/", "home", _("Overview"), _("Where your work stands."))
REPORTS = Tile(
    "/werkplek/meldingen/",
    "lock",
    _("Reports of the meldpunt"),
    _("Open the vault and answer people."),
)
SUPERVISION = Tile(
    "/werkplek/meldingen/toezicht/",
    "eye",
    _("Supervision of the meldpunt"),
    _("Who read what, and what was destroyed."),
)
COPIES = Tile(
    "/werkplek/meldingen/casusoverleg/",
    "lock",
    _("Shared with you"),
    _("What a meldpunt lets you read for a casusoverleg."),
)
TOTALS = Tile(
    "/werkplek/meldingen/totalen/",
    "list",
    _("The meldpunt in numbers"),
    _("How many reports came in."),
)
FILES = Tile(
    "/werkplek/meldingen/bestanden/",
    "paperclip",
    _("Files of reporters"),
    _("Whether a meldpunt takes files."),
)
PEOPLE = Tile(
    "/werkplek/mensen/",
    "users",
    _("People and roles"),
    _("Invite people and give roles."),
)
TRAIL = Tile(
    "/werkplek/logboek/",
    "list",
    _("Audit trail"),
    _("What happened, by whom and when."),
)
NETWORK = Tile(
    "/werkplek/netwerk/",
    "affiliate",
    _("Keep the network"),
    _("Cards, links, and whom nobody spoke with."),
)
COLLEAGUES = Tile(
    "/netwerk/", "users-group", _("Network"), _("Whom to call, and who works on what.")
)
EDITOR = Tile("/beheer/", "pencil", _("Editor"), _("Write, check and publish pages."))
RUNBOOKS = Tile(
    "/draaiboeken/", "checklist", _("Runbooks"), _("What to do when unrest breaks out.")
)
KNOWLEDGE = Tile("/kennisbank/", "book-2", _("Knowledge base"), _("Guidance for your work."))
TRAINING = Tile("/training/", "school", _("Training"), _("Modules with questions to practise."))
REGISTER = Tile(
    "/werkplek/training/", "school", _("Training register"), _("Who follows what, and for whom.")
)
COVERAGE = Tile(
    "/werkplek/training/dekking/", "school", _("Training in totals"), _("How many people passed.")
)
PLANNING = Tile(
    "/werkplek/agenda/", "calendar-event", _("Plan events"), _("Who comes, and who waits.")
)
AGENDA = Tile("/agenda/", "calendar", _("Agenda"), _("What is to come, and where you registered."))
ACCOUNT = Tile("/account/", "user", _("My account"), _("Roles, second factor, web sessions."))


def tiles_for(user: User | AnonymousUser) -> list[Tile]:
    """The places that are of use to this person, the most urgent first."""
    if not user.is_authenticated:
        return []
    wanted = [
        (REPORTS, user.may(Permission.REPORTS_WORK)),
        (SUPERVISION, user.may(Permission.REPORTS_SUPERVISE)),
        (COPIES, user.may(Permission.REPORTS_COPIES)),
        (TOTALS, user.may(Permission.REPORTS_TOTALS)),
        (FILES, user.may(Permission.REPORTS_SETTINGS)),
        (RUNBOOKS, user.may(Permission.RUNBOOKS_PUBLIC)),
        (NETWORK, user.may(Permission.NETWORK_WORK)),
        (COLLEAGUES, user.may(Permission.NETWORK_READ)),
        (EDITOR, user.may_edit),
        (PEOPLE, policies.can_see_people(user)),
        (TRAIL, policies.can_read_trail(user)),
        (KNOWLEDGE, True),
        (REGISTER, user.holds("trainingscoordinator")),
        (COVERAGE, user.holds("netwerkregisseur", "regiobeheerder")),
        (PLANNING, user.may(Permission.EVENTS_WORK)),
        (AGENDA, True),
        (TRAINING, user.may(Permission.TRAINING_READ)),
        (ACCOUNT, True),
    ]
    return [tile for tile, is_wanted in wanted if is_wanted]


def menu_for(request: HttpRequest) -> list[dict[str, object]]:
    """The side menu of the workspace, with the place where the visitor is marked."""
    path = request.path.removeprefix("/en")
    tiles = [
        OVERVIEW,
        *(t for t in tiles_for(request.user) if t.url.startswith("/werkplek/")),
    ]
    return [
        {
            "url": tile.url,
            "icon": tile.icon,
            "title": tile.title,
            "current": is_here(tile, path),
        }
        for tile in tiles
    ]


def is_here(tile: Tile, path: str) -> bool:
    """Whether the visitor is at this tile or below it."""
    return path == tile.url if tile is OVERVIEW else path.startswith(tile.url)
