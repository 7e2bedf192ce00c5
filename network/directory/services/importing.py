"""Organisations out of a file: first what would change, then the change."""

import csv
import io
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.directory import policies
from network.directory.models import Import, Language, Organisation, Sector
from network.directory.services.cards import MANY, free_slug
from network.directory.services.exports import COLUMNS
from network.directory.workflow import OrganisationKind
from portal.accounts.models import User
from portal.audit.services import record
from portal.pages.models import Theme
from portal.regions.models import Area, Municipality

MOST_ROWS = 2000
FIELDS = {
    "omschrijving": "summary",
    "telefoon": "phone",
    "email": "email",
    "website": "website",
    "bezoekadres": "visiting_address",
}


class UnreadableFile(Exception):
    """The file is no table with the columns of an export; the text says what is wrong."""


class AlreadyApplied(Exception):
    """The import was carried out before."""


def read_table(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, by column.

    A column that we do not know is refused: a list with people in it never comes in unseen
    (domain.md 1.9).

    Raises:
        UnreadableFile: It is no text, has other columns, or has too many rows.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(_("Save the file as CSV in UTF-8.")) from error
    if "\x00" in text:
        raise UnreadableFile(_("Save the file as CSV in UTF-8."))
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",", strict=True)
    try:
        columns = [name.strip().lower() for name in reader.fieldnames or []]
        if "naam" not in columns or set(columns) - set(COLUMNS):
            raise UnreadableFile(
                _("The file may have these columns and no other: %(columns)s.")
                % {"columns": ", ".join(COLUMNS)}
            )
        reader.fieldnames = columns
        rows = [
            {name: (value or "").strip().lstrip("'") for name, value in row.items() if name}
            for row in reader
        ]
    except csv.Error as error:
        raise UnreadableFile(_("Save the file as CSV in UTF-8.")) from error
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(_("At most %(number)d rows at a time.") % {"number": MOST_ROWS})
    return rows


@transaction.atomic
def plan_import(rows: list[dict[str, str]], *, by: User) -> Import:
    """Compare the rows with the cards and keep what would change; nothing changes yet.

    Raises:
        PermissionDenied: ``by`` keeps no network anywhere.
    """
    if not policies.workable_q(by) or not policies.can_export_people(by):
        raise PermissionDenied
    known = _known()
    return Import.objects.create(by=by, rows=[_planned(row, known, by) for row in rows])


def _known() -> dict[str, Any]:
    return {
        "cards": {one.name.casefold(): one for one in Organisation.objects.current()},
        "places": {one.slug: one for one in Municipality.objects.all()},
        "areas": {(one.municipality_id, one.name.casefold()): one.pk for one in Area.objects.all()},
        "sectors": {one.slug: one.pk for one in Sector.objects.all()},
        "themes": {one.slug: one.pk for one in Theme.objects.all()},
        "languages": {one.code: one.pk for one in Language.objects.all()},
        "people": {name.casefold() for name in User.objects.values_list("name", flat=True)},
    }


def _planned(row: dict[str, str], known: dict[str, Any], by: User) -> dict[str, Any]:
    """One row: what it does (new, changed, same or wrong), its values, and what is wrong."""
    wrong: list[str] = []
    name = row.get("naam", "")[:120]
    if not name:
        wrong.append(_("The name is missing."))
    elif " ".join(name.split()).casefold() in known["people"]:
        wrong.append(_("This is the name of a person. Write the name of an organisation."))
    place = None
    if slug := row.get("gemeente", "").lower():
        place = known["places"].get(slug)
        if place is None:
            wrong.append(_("We do not know this municipality: %(name)s.") % {"name": slug})
    kind = row.get("soort", "").lower() or OrganisationKind.OTHER
    if kind not in OrganisationKind.values:
        wrong.append(_("We do not know this kind: %(name)s.") % {"name": kind})
    values: dict[str, Any] = {
        "kind": kind,
        "municipality_id": place.pk if place else None,
        **{field: row[column] for column, field in FIELDS.items() if column in row},
    }
    wrong += _malformed(values)
    lists: dict[str, list[Any]] = {
        "areas": [(place.pk if place else None, one.casefold()) for one in split(row, "gebieden")],
        "sectors": split(row, "sectoren"),
        "themes": split(row, "themas"),
        "languages": split(row, "talen"),
    }
    many = {}
    for field, wanted in lists.items():
        missing = [str(one) for one in wanted if one not in known[field]]
        if missing:
            wrong.append(_("We do not know: %(names)s.") % {"names": ", ".join(missing)})
        many[field] = sorted(known[field][one] for one in wanted if one in known[field])
    card = known["cards"].get(name.casefold())
    at = card.municipality_id if card else values["municipality_id"]
    if not wrong and not policies.can_work(by, at):
        wrong.append(_("You do not keep the network of this municipality."))
    state, changes = "new", sorted(values)
    if card:
        changes = sorted(field for field, value in values.items() if getattr(card, field) != value)
        state = "changed" if changes or any(many.values()) else "same"
    return {
        "name": name,
        "state": "wrong" if wrong else state,
        "wrong": wrong,
        "changes": changes,
        "values": values,
        "many": many,
        "pk": card.pk if card else None,
    }


def split(row: dict[str, str], column: str) -> list[str]:
    """The parts of a cell that holds several."""
    return [part.strip() for part in row.get(column, "").split(",") if part.strip()]


def _malformed(values: dict[str, Any]) -> list[str]:
    """What the fields of a card refuse."""
    wrong = []
    for field, check in (("email", validate_email), ("website", URLValidator())):
        if values.get(field):
            try:
                check(values[field])
            except ValidationError as error:
                wrong += error.messages
    for field in ("summary", "phone", "email", "website", "visiting_address"):
        longest: int = getattr(Organisation._meta.get_field(field), "max_length", 0)
        if len(values.get(field, "")) > longest:
            wrong.append(_("Too long: %(name)s.") % {"name": field})
    return wrong


@transaction.atomic
def apply_import(plan: Import, *, by: User) -> int:
    """Carry out what was planned, but for what was wrong; gives the number of cards.

    Raises:
        PermissionDenied: The plan is somebody else's.
        AlreadyApplied: It was carried out before.
    """
    if plan.by_id != by.pk:
        raise PermissionDenied
    plan = Import.objects.select_for_update().get(pk=plan.pk)
    if plan.applied_at:
        raise AlreadyApplied
    done = 0
    for row in plan.rows:
        if row["state"] not in ("new", "changed"):
            continue
        card = Organisation.objects.filter(pk=row["pk"]).first() or Organisation(
            name=row["name"], slug=free_slug(row["name"])
        )
        if not policies.can_work(by, card.municipality_id or row["values"]["municipality_id"]):
            continue  # the role ended between the two
        for field, value in row["values"].items():
            setattr(card, field, value)
        card.save()
        for name in MANY:
            if row["many"][name] or row["state"] == "new":
                getattr(card, name).set(row["many"][name])
        card.save(update_fields=["kind"])
        done += 1
    plan.applied_at = timezone.now()
    plan.save(update_fields=["applied_at"])
    record(
        "organisations.imported",
        by=by.reference,
        subject=f"import:{plan.pk}",
        details={"cards": done},
    )
    return done
