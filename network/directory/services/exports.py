"""Cards and people as files: a table that no spreadsheet runs, and cards for a telephone."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from network.directory.models import Export, Organisation, Profile, ProfileDetail
from network.directory.workflow import Channel, DetailKind, Purpose
from portal.accounts.models import User
from portal.audit.services import record
from portal.figures.tables import table

COLUMNS = (
    "naam",
    "soort",
    "gemeente",
    "gebieden",
    "sectoren",
    "themas",
    "talen",
    "omschrijving",
    "telefoon",
    "email",
    "website",
    "bezoekadres",
)


def organisations_as_table(organisations: Iterable[Organisation]) -> str:
    """The cards as the table that an import reads again."""
    return table(
        COLUMNS,
        (
            (
                one.name,
                one.kind,
                one.municipality.slug if one.municipality else "",
                ", ".join(area.name for area in one.areas.all()),
                ", ".join(sector.slug for sector in one.sectors.all()),
                ", ".join(theme.slug for theme in one.themes.all()),
                ", ".join(language.code for language in one.languages.all()),
                one.summary,
                one.phone,
                one.email,
                one.website,
                one.visiting_address,
            )
            for one in organisations
        ),
    )


def organisation_as_vcard(organisation: Organisation) -> str:
    """One organisation as a card for a telephone, with its functions and no person."""
    import vobject  # with its time zones: only in the process that makes a card

    card = vobject.vCard()
    card.add("fn").value = organisation.name
    card.add("n").value = vobject.vcard.Name(family=organisation.name)
    card.add("org").value = [organisation.name]
    card.add("kind").value = "org"
    for number in [organisation.phone, *(one.phone for one in organisation.contacts.all())]:
        if number:
            entry = card.add("tel")
            entry.value, entry.type_param = number, "WORK"
    if organisation.email:
        card.add("email").value = organisation.email
    if organisation.website:
        card.add("url").value = organisation.website
    functions = [f"{one.function}: {one.phone or one.email}" for one in organisation.contacts.all()]
    if functions:
        card.add("note").value = "\n".join(functions)
    return str(card.serialize())


@transaction.atomic
def export_people(profiles: Iterable[Profile], *, by: User) -> str:
    """A table of people with the details they allow in an export; who took it out is kept.

    A holder sees on the own profile who exported a detail, also after withdrawing it.
    """
    people = list(profiles)
    details = list(
        ProfileDetail.objects.usable(
            channel=Channel.EXPORT, purpose=Purpose.COLLEAGUES, tense=False
        ).filter(profile__in=people)
    )
    by_profile: dict[int, dict[str, str]] = {}
    for detail in details:
        by_profile.setdefault(detail.profile_id, {})[detail.kind] = detail.value
    export = Export.objects.create(by=by)
    export.details.set(details)
    record(
        "people.exported",
        by=by.reference,
        subject=f"export:{export.pk}",
        details={"people": len(people), "details": len(details)},
    )
    kinds = [DetailKind.PHONE, DetailKind.MOBILE, DetailKind.EMAIL]
    return table(
        [_("name"), _("function"), _("organisation"), *(str(kind.label) for kind in kinds)],
        (
            [
                person.user.name,
                person.function,
                person.organisation or "",
                *(by_profile.get(person.pk, {}).get(kind, "") for kind in kinds),
            ]
            for person in people
        ),
    )
