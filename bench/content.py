"""A portal of any size: pages with real sentences, municipalities, and closed sections."""

import random
import time
from datetime import timedelta

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from home.demo.pages import DemoPages
from home.demo.pictures import make_pictures
from home.demo.region import make_region, make_themes
from home.demo.texts import read_texts
from home.demo.tree import close, make_menus, make_sections
from knowledge.library.models import ArticlePage, LibraryIndexPage
from portal.accounts import audiences
from portal.accounts.models import Membership, User
from portal.regions.models import Municipality, Region

SEED = 20261125


@transaction.atomic
def lay_base() -> None:
    """The demo's own pages."""
    places = make_region()
    sections = make_sections()
    demo = DemoPages(sections, make_themes(), make_pictures(), places)
    for _name in demo.make():
        pass
    make_menus(sections, demo.pages)


@transaction.atomic
def grow(pages: int, municipalities: int) -> None:
    """As many articles and municipalities as asked for, on top of the base.

    Every municipality has a section that only its own people may enter, and one account holds a
    role in all of them: the worst case for permissions.
    """
    library = LibraryIndexPage.objects.get(slug="kennisbank")
    reader = User.objects.create_user("lezer@lindekade.example", None, name="Lezer")
    make_sections_of_places(library, municipalities, reader)
    make_articles(library, pages)


def make_sections_of_places(library: LibraryIndexPage, number: int, reader: User) -> None:
    """One closed section and one role for each municipality."""
    region = Region.objects.get()
    until = timezone.localdate() + timedelta(days=300)
    memberships = []
    for count in range(number):
        place, _new = Municipality.objects.get_or_create(
            slug=f"plaats-{count}", defaults={"region": region, "name": f"Plaats {count}"}
        )
        section = LibraryIndexPage(title=place.name, slug=place.slug, locale=library.locale)
        library.add_child(instance=section)
        close(section, [audiences.of_municipality(place.slug)])
        memberships.append(
            Membership(user=reader, municipality=place, role="professional", valid_until=until)
        )
    Membership.objects.bulk_create(memberships)


def make_articles(parent: LibraryIndexPage, number: int) -> None:
    """Published articles below ``parent``, written in bulk: ``add_child`` takes too long."""
    draw = random.Random(SEED)
    sentences = [
        sentence
        for text in read_texts()
        if text.language == "nl"
        for sentence in text.body.replace("\n", " ").split(". ")
        if 30 < len(sentence) < 200 and ":::" not in sentence and "|" not in sentence
    ]
    parent = LibraryIndexPage.objects.get(pk=parent.pk)
    kind = ContentType.objects.get_for_model(ArticlePage)
    now = timezone.now()
    first = parent.numchild + 1
    rows = [
        Page(
            title=f"{draw.choice(sentences)[:60].strip('#*- ')} {count}",
            slug=f"artikel-{count}",
            path=Page._get_path(parent.path, parent.depth + 1, first + count),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}artikel-{count}/",
            live=True,
            content_type=kind,
            locale=parent.locale,
            first_published_at=now - timedelta(hours=count),
            last_published_at=now - timedelta(hours=count),
            draft_title="",
        )
        for count in range(number)
    ]
    Page.objects.bulk_create(rows, batch_size=500)
    Page.objects.filter(pk=parent.pk).update(numchild=first + number - 1)
    for page in Page.objects.child_of(parent).filter(slug__startswith="artikel-"):
        article = ArticlePage(page_ptr=page, summary=". ".join(draw.sample(sentences, 2))[:250])
        article.__dict__.update({k: v for k, v in page.__dict__.items() if k[0] != "_"})
        article.body = [
            ("heading", "Wat kunt u doen?"),
            ("text", "".join(f"<p>{s}.</p>" for s in draw.sample(sentences, 12))),
            ("heading", "En daarna?"),
            ("text", "".join(f"<p>{s}.</p>" for s in draw.sample(sentences, 12))),
        ]
        article.save_base(raw=True, force_insert=True)


def session_of(email: str) -> str:
    """The cookie of somebody who signed in with a second factor, made without the screens."""
    user = User.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.create()
    return str(session.session_key)
