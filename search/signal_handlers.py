"""Changes that change what can be found, or by whom."""

from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save, pre_delete
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    get_page_models,
)
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from knowledge.library.models import GlossaryEntry
from network.directory.models import Organisation, Profile
from network.events.models import Event, Session
from portal.accounts.models import User
from portal.pages.models import PortalDocument, PortalPage
from portal.pages.signal_handlers import watch
from search import indexing, jobs
from search.changes import note
from search.documents import needs_reading
from search.models import BestBet, Synonym, WordRule


def connect() -> None:
    """Follow pages, their privacy, and words."""
    page_published.connect(published, dispatch_uid="search.published")
    page_unpublished.connect(unpublished, dispatch_uid="search.unpublished")
    post_page_move.connect(moved, dispatch_uid="search.moved")
    page_slug_changed.connect(moved, dispatch_uid="search.slug")
    pre_delete.connect(page_gone, sender=Page, dispatch_uid="search.page.gone")
    for model in get_page_models():
        post_save.connect(saved, sender=model, dispatch_uid=f"search.{model._meta.label}")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid="search.restriction"
        )
        signal.connect(group_changed, sender=Group, dispatch_uid="search.group")
    through = PageViewRestriction.groups.through
    m2m_changed.connect(
        restriction_groups_changed, sender=through, dispatch_uid="search.restriction.groups"
    )
    post_save.connect(document_saved, sender=PortalDocument, dispatch_uid="search.document")
    post_delete.connect(document_gone, sender=PortalDocument, dispatch_uid="search.document.gone")
    for signal in (post_save, post_delete):
        signal.connect(
            collection_changed, sender=CollectionViewRestriction, dispatch_uid="search.shelf"
        )
    post_save.connect(collection_moved, sender=Collection, dispatch_uid="search.shelf.moved")
    m2m_changed.connect(
        collection_groups_changed,
        sender=CollectionViewRestriction.groups.through,
        dispatch_uid="search.shelf.groups",
    )
    post_save.connect(word_saved, sender=GlossaryEntry, dispatch_uid="search.word")
    post_delete.connect(word_gone, sender=GlossaryEntry, dispatch_uid="search.word.gone")
    post_save.connect(card_saved, sender=Organisation, dispatch_uid="search.card")
    post_delete.connect(card_gone, sender=Organisation, dispatch_uid="search.card.gone")
    post_save.connect(event_saved, sender=Event, dispatch_uid="search.event")
    post_delete.connect(event_gone, sender=Event, dispatch_uid="search.event.gone")
    for signal in (post_save, post_delete):
        signal.connect(session_changed, sender=Session, dispatch_uid="search.session")
    for name in ("sectors", "themes", "languages", "areas"):
        m2m_changed.connect(
            card_list_changed,
            sender=getattr(Organisation, name).through,
            dispatch_uid=f"search.card.{name}",
        )
    post_save.connect(person_saved, sender=Profile, dispatch_uid="search.person")
    post_delete.connect(person_gone, sender=Profile, dispatch_uid="search.person.gone")
    post_save.connect(account_saved, sender=User, dispatch_uid="search.account")
    for name in ("themes", "areas", "languages"):
        m2m_changed.connect(
            person_list_changed,
            sender=getattr(Profile, name).through,
            dispatch_uid=f"search.person.{name}",
        )
    for model in (Synonym, SearchPromotion, BestBet, WordRule):
        watch(model)
    for signal in (post_save, post_delete):
        signal.connect(word_rule_changed, sender=WordRule, dispatch_uid="search.rule")
    post_init.connect(word_rule_read, sender=WordRule, dispatch_uid="search.rule.read")


def published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """The page can be found as it was published, with the day that readers see."""
    if isinstance(instance, PortalPage):
        indexing.index_page(type(instance).objects.get(pk=instance.pk))


def saved(
    sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """A page made or changed by a program; a draft is saved with ``update_fields``."""
    if isinstance(instance, PortalPage) and not raw and update_fields is None:
        indexing.index_page(instance)


def unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    """The page can't be found any more."""
    indexing.forget([f"page:{instance.pk}"])


def page_gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Its entries go with the page in the database; another engine has to be told."""
    note([f"page:{instance.pk}"])


def moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    """The branch has other addresses, and perhaps other readers."""
    fresh = type(instance).objects.get(pk=instance.pk)
    indexing.refresh_branch(fresh.path)


def restriction_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """The branch has other readers; unless the restriction went away with its page."""
    if page := Page.objects.filter(pk=instance.page_id).first():
        indexing.refresh_branch(page.path)


def restriction_groups_changed(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any
) -> None:
    """The same when the groups of a restriction change, from either side."""
    if not action.startswith("post_"):
        return
    if reverse:
        group_changed(Group, instance)
    else:
        indexing.refresh_branch(instance.page.path)


def group_changed(sender: Any, instance: Group, created: bool = False, **kwargs: Any) -> None:
    """A group got another name, or is gone: every key that may name it is written anew."""
    if not created:
        indexing.refresh_branch("")
        indexing.refresh_documents()


def word_saved(sender: Any, instance: GlossaryEntry, raw: bool = False, **kwargs: Any) -> None:
    """A word as it is published; a draft is kept in a revision and changes nothing here."""
    if not raw:
        indexing.index_word(GlossaryEntry.objects.get(pk=instance.pk))


def word_gone(sender: Any, instance: GlossaryEntry, **kwargs: Any) -> None:
    """The word can't be found any more."""
    indexing.forget([f"word:{instance.pk}"])


def card_saved(sender: Any, instance: Organisation, raw: bool = False, **kwargs: Any) -> None:
    """The card as it is now, and its name with whoever works there."""
    if raw:
        return
    indexing.index_organisation(instance)
    for profile in Profile.objects.listed().filter(organisation=instance).select_related("user"):
        indexing.index_person(profile)


def card_gone(sender: Any, instance: Organisation, **kwargs: Any) -> None:
    """The organisation can't be found any more."""
    indexing.forget([f"organisation:{instance.pk}"])


def person_saved(sender: Any, instance: Profile, raw: bool = False, **kwargs: Any) -> None:
    """Somebody as they introduce themselves now; who is not in the directory is not found."""
    if not raw:
        indexing.index_person(instance)


def person_gone(sender: Any, instance: Profile, **kwargs: Any) -> None:
    """Nobody finds this person any more."""
    indexing.forget([f"person:{instance.pk}"])


def person_list_changed(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    """The same when their themes, areas or languages change."""
    if action.startswith("post_") and isinstance(instance, Profile):
        indexing.index_person(instance)


def account_saved(
    sender: Any, instance: User, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Another name, or an account that was closed; signing in changes nothing of what is found."""
    if raw or (update_fields and not {"name", "is_active"} & set(update_fields)):
        return
    if profile := Profile.objects.filter(user=instance).select_related("user").first():
        indexing.index_person(profile)


def event_saved(
    sender: Any, instance: Event, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """The event as it is now; giving out a place changes nothing of what is found."""
    if not raw and (update_fields is None or "state" in update_fields):
        indexing.index_event(instance)


def event_gone(sender: Any, instance: Event, **kwargs: Any) -> None:
    """The event can't be found any more."""
    indexing.forget([f"event:{instance.pk}"])


def session_changed(sender: Any, instance: Session, raw: bool = False, **kwargs: Any) -> None:
    """The sessions of an event are found with it; they go with it too."""
    if not raw:
        indexing.index_source(f"event:{instance.event_id}")


def card_list_changed(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    """The same when its sectors, themes, languages or areas change."""
    if action.startswith("post_") and isinstance(instance, Organisation):
        indexing.index_organisation(instance)


def document_saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """The document is found by its title at once, and by its text when that was read."""
    if raw:
        return
    indexing.index_document(instance)
    if needs_reading(instance):
        transaction.on_commit(partial(jobs.read_document.enqueue, instance.pk), robust=True)


def document_gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    """The document can't be found any more."""
    indexing.forget([f"document:{instance.pk}"])


def collection_changed(sender: Any, **kwargs: Any) -> None:
    """Other people may open the files of a collection."""
    indexing.refresh_documents()


def collection_moved(sender: Any, created: bool = False, **kwargs: Any) -> None:
    """The same when a collection moved below another."""
    if not created:
        indexing.refresh_documents()


def collection_groups_changed(sender: Any, action: str, **kwargs: Any) -> None:
    """The same when the groups of a restriction change."""
    if action.startswith("post_"):
        indexing.refresh_documents()


def word_rule_read(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Remember the forms it had, which are to be analysed again when it changes."""
    instance.words_before = instance.words


def word_rule_changed(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Pages with these words are found by the new rule at once."""
    if not raw:
        words = sorted({*instance.words_before, *instance.words})
        transaction.on_commit(partial(jobs.analyse_again.enqueue, words), robust=True)
