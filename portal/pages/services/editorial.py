"""Groups, collections and the workflow that let editors work (decision 0010)."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from portal.accounts import audiences
from portal.accounts.roles import Permission as Deed
from portal.pages.models import SecondPersonTask, Theme
from portal.regions.models import Municipality

CHIEF, MANAGERS, REGION, TRAINING = (
    "eindredactie",
    "beheer",
    "redactie: regio",
    "redactie: training",
)
WORKFLOW = "Redactie"
# What Wagtail brings along: another way to publish, for groups that no role fills.
WAGTAILS_GROUPS, WAGTAILS_WORKFLOW = ("Moderators", "Editors"), "Moderators approval"
NETWORK_FILES = "Alleen voor het netwerk"
# Models beside pages that editors keep: rooms above add theirs with ``register_for_editors``.
_kept: dict[type[Model], bool] = {Theme: False}


def register_for_editors(model: type[Model], *, by_all: bool) -> None:
    """Let editors in chief keep ``model``, and every editor when ``by_all``."""
    _kept[model] = by_all


@transaction.atomic
def set_up_editorial(*, home: Page) -> list[str]:
    """Give every group of editors what it works with. Running it again changes nothing.

    Args:
        home: The front page; its children are the sections.

    Returns:
        The names of the groups.
    """
    Group.objects.filter(name__in=WAGTAILS_GROUPS).delete()
    Workflow.objects.filter(name=WAGTAILS_WORKFLOW).delete()
    writers = [REGION, *(f"redactie: {place.slug}" for place in Municipality.objects.all())]
    names = [CHIEF, MANAGERS, TRAINING, *writers]
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in names}
    for group in groups.values():
        group.permissions.add(model_permission("wagtailadmin", "access_admin"))
    give_pages(groups, writers, home)
    give_files(groups, writers)
    give_models(groups, writers)
    give_workflow(groups[CHIEF], home)
    return names


def give_pages(groups: dict[str, Group], writers: list[str], home: Page) -> None:
    """Sections to editors, the whole tree to editors in chief."""
    for deed in ("add", "change", "publish", "lock", "unlock", "bulk_delete"):
        allow(groups[CHIEF], home, deed)
    for section in home.get_children().specific():
        edit = getattr(section, "editing", (Deed.PUBLIC_EDIT,))[0]
        names = [TRAINING] if edit == Deed.TRAINING_WORK else writers
        for name in names:
            for deed in ("add", "change"):
                allow(groups[name], section, deed)


def allow(group: Group, page: Page, deed: str) -> None:
    """One permission on one branch."""
    GroupPagePermission.objects.get_or_create(
        group=group, page=page, permission=model_permission("wagtailcore", f"{deed}_page")
    )


def give_files(groups: dict[str, Group], writers: list[str]) -> None:
    """A collection for each municipality, one for the network, and the root to choose from."""
    root = Collection.get_first_root_node()
    network = collection(NETWORK_FILES, root)
    close_for_network(network)
    for name in (CHIEF, TRAINING, *writers):
        share(groups[name], root, ("choose",))
        share(groups[name], network, ("add", "change", "choose"))
    share(groups[CHIEF], root, ("add", "change"))
    share(groups[REGION], root, ("add", "change"))
    for place in Municipality.objects.all():
        own = collection(place.name, root)
        share(groups[f"redactie: {place.slug}"], own, ("add", "change", "choose"))


def collection(name: str, root: Collection) -> Collection:
    """The collection called ``name`` below the root."""
    found = root.get_children().filter(name=name).first()
    return found or root.add_child(instance=Collection(name=name))


def close_for_network(files: Collection) -> None:
    """Only the network opens these files."""
    restriction, _made = CollectionViewRestriction.objects.get_or_create(
        collection=files, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get_or_create(name=audiences.NETWORK)[0])


def share(group: Group, files: Collection, deeds: Iterable[str]) -> None:
    """Images and documents of one collection."""
    for model in ("image", "document"):
        app = "wagtailimages" if model == "image" else "wagtaildocs"
        for deed in deeds:
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=files,
                permission=model_permission(app, f"{deed}_{model}"),
            )


def give_models(groups: dict[str, Group], writers: list[str]) -> None:
    """What editors keep beside pages. Publishing goes through the workflow, so nobody gets it."""
    for model, by_all in _kept.items():
        names = [CHIEF, MANAGERS, *(writers if by_all else [])]
        meta = model._meta
        for deed in ("add", "change", "delete", "view"):
            permission = model_permission(meta.app_label, f"{deed}_{meta.model_name}")
            for name in names:
                if deed != "delete" or name in (CHIEF, MANAGERS):
                    groups[name].permissions.add(permission)


def give_workflow(chief: Group, home: Page) -> None:
    """One workflow for everything: a second person approves."""
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    task, _made = SecondPersonTask.objects.get_or_create(name="Tweede persoon keurt goed")
    task.groups.set([chief])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    for model, by_all in _kept.items():
        if by_all:
            kind = WorkflowContentType.content_type.field.related_model.objects.get_for_model(model)
            WorkflowContentType.objects.update_or_create(
                content_type=kind, defaults={"workflow": workflow}
            )


def model_permission(app: str, codename: str) -> Permission:
    """The stored permission of that name."""
    return Permission.objects.get(content_type__app_label=app, codename=codename)
