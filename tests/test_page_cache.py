"""What is kept is what would be drawn now, whatever editors do and whoever looks."""

import os
import random
import re
import sys
from collections import Counter
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from wagtail.models import Page, Workflow

from home.models import HomePage, NewsPage
from home.models.menus import MenuItem
from knowledge.library.models import ArticlePage, GlossaryEntry
from network.events.models import Event
from portal.accounts import audiences
from portal.accounts.services.groups import sync_groups
from portal.pages import memory, page_cache
from portal.pages.models import Theme
from portal.pages.services import set_up_editorial
from tests.factories.accounts import MembershipFactory, UserFactory, sign_in
from tests.factories.events import event
from tests.factories.knowledge import (
    article,
    for_audience,
    help_card,
    library,
    runbook,
    text,
    theme,
)
from tests.factories.pages import close, home_page, news_index, news_item, standard_page
from tests.factories.regions import MunicipalityFactory

EDITS = int(os.environ.get("CACHE_TEST_EDITS", "10"))  # 300 for the whole proof
SEED = int(os.environ.get("CACHE_TEST_SEED", "20261125"))
LISTS = [
    *("/", "/en/", "/kennisbank/", "/kennisbank/begrippen/", "/actueel/", "/actueel/rss.xml"),
    *("/sitemap.xml", "/hulp/", "/draaiboeken/", "/agenda/", "/zoeken/?q=zorg"),
]
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
ROLES = [
    *("redacteur", "eindredacteur", "functioneel-beheerder", "oov-medewerker", "regiobeheerder"),
    *("professional", "netwerkregisseur", "trainingscoordinator"),
]


class House:
    """A portal with editors; each deed says whether it was allowed and done."""

    def __init__(self, seed):
        self.draw, self.numbers = random.Random(seed), count(1)
        demodam, polderveen = MunicipalityFactory(), MunicipalityFactory(name="Polderveen")
        self.section = library()
        self.shelf = article("Plank met zorg").get_parent()
        self.other = standard_page("Over de zorg", body=[("text", "<p>Een zorg.</p>")])
        theme("Jeugd")
        for number, place in enumerate([None, demodam, polderveen]):
            article(
                f"Zorg {number}", municipality=place, body=[text("Zorg."), for_audience("Rood")]
            )
        help_card("Meldpunt"), runbook()
        self.news = news_index()
        news_item("Een bericht", below=self.news, published_on="2026-11-01")
        GlossaryEntry.objects.create(term="Zorg", slug="zorg", explanation="Een gevoel.")
        MenuItem.objects.create(place="main", title="Over", page=self.other)
        event("Open dag")
        set_up_editorial(home=home_page())
        self.people = [
            self.person(code, place) for code in ROLES for place in (demodam, polderveen)
        ]
        self.people.append(UserFactory(is_superuser=True))

    @staticmethod
    def person(code, place):
        user = UserFactory()
        MembershipFactory(user=user, role=code, municipality=place_or_region(code, place))
        sync_groups(user)
        return type(user).objects.get(pk=user.pk)

    def words(self):
        return f"Zorg over nummer {next(self.numbers)}"

    def page(self):
        pages = Page.objects.filter(depth__gt=2).not_type(HomePage).order_by("pk")
        return self.draw.choice(list(pages)).specific

    def deeds(self):
        return [
            *([self.write] * 4),
            *(self.take_back, self.move, self.close, self.open, self.begin, self.rename),
            *(self.menu, self.menu_gone, self.theme, self.word, self.event, self.delete),
        ]

    def write(self, by):
        return self.approved(self.page(), by)

    def approved(self, page, by):
        if page.locked or not page.permissions_for_user(by).can_edit():
            return False
        page.title = self.words()
        page.save_revision(user=by)
        state = page.current_workflow_state or Workflow.objects.get().start(page, by)
        try:
            task = state.current_task_state
            task.task.specific.on_action(
                task, user=self.draw.choice(self.people), action_name="approve"
            )
        except PermissionDenied:
            state.cancel()
            return False
        return True

    def begin(self, by):
        parent = self.draw.choice([self.section, self.news])
        parent = type(parent).objects.get(pk=parent.pk)
        if not parent.permissions_for_user(by).can_add_subpage():
            return False
        title = self.words()
        kind = ArticlePage if parent.pk == self.section.pk else NewsPage
        page = parent.add_child(instance=kind(title=title, live=False, owner=by))
        return self.approved(page, by)

    def rename(self, by):
        page = self.page()
        page.slug = f"adres-{next(self.numbers)}"
        return self.approved(page, by)

    def take_back(self, by):
        page = self.page()
        if not page.live or not page.permissions_for_user(by).can_unpublish():
            return False
        page.unpublish(user=by)
        return True

    def delete(self, by):
        page = self.page()
        if page.get_children().exists() or not page.permissions_for_user(by).can_delete():
            return False
        page.delete(user=by)
        return True

    def move(self, by):
        page, goal = self.page(), self.page()
        if not page.permissions_for_user(by).can_move_to(goal):
            return False
        page.move(goal, pos="last-child", user=by)
        return True

    def close(self, by):
        page = self.page()
        if page.view_restrictions.exists():
            return False
        if not page.permissions_for_user(by).can_set_view_restrictions():
            return False
        close(page, *self.draw.choice([[], [audiences.NETWORK], [audiences.of_role("redacteur")]]))
        return True

    def open(self, by):
        closed = Page.objects.filter(view_restrictions__isnull=False).order_by("pk")
        if not closed:
            return False
        page = self.draw.choice(list(closed)).specific
        if not page.permissions_for_user(by).can_set_view_restrictions():
            return False
        page.view_restrictions.get().delete()
        return True

    def menu(self, by):
        if not by.has_perm("home.add_menuitem"):
            return False
        place = self.draw.choice(["main", "contact", "about", "site"])
        MenuItem.objects.create(place=place, title=self.words(), page=self.page())
        return True

    def menu_gone(self, by):
        items = list(MenuItem.objects.order_by("pk"))
        if not items or not by.has_perm("home.delete_menuitem"):
            return False
        self.draw.choice(items).delete()
        return True

    def theme(self, by):
        if not by.has_perm("pages.change_theme"):
            return False
        mark = self.draw.choice(list(Theme.objects.order_by("pk")))
        mark.name = self.words()
        mark.save()
        return True

    def word(self, by):
        if not by.has_perm("knowledge_library.publish_glossaryentry"):
            return False
        word = GlossaryEntry.objects.get(slug="zorg")
        word.explanation = self.words()
        word.save_revision(user=by).publish(user=by)
        return True

    def event(self, by):
        if not by.may("events:W"):
            return False
        meeting = Event.objects.order_by("pk").first()
        meeting.title = self.words()
        meeting.save()
        return True


def place_or_region(code, place):
    from portal.accounts.roles import ROLES as known

    return place if known[code].scope == "municipality" else None


@pytest.fixture
def living(db, monkeypatch, settings):
    """A process that keeps what it reads between two deeds, as it does outside of a test."""
    depth = len(connection.savepoint_ids)
    monkeypatch.setattr(memory, "is_certain", lambda: len(connection.savepoint_ids) <= depth)
    memory._values.clear()
    settings.PAGE_CACHE_SECONDS = 300
    yield
    memory._values.clear()


def seen(client, address):
    """What a visitor gets, without what is new in every answer."""
    response = client.get(address)
    content = b"".join(response) if response.streaming else response.content
    where = response.headers.get("Location", "")
    return response.status_code, where, TOKEN.sub(b"", content)


def drawn_now(client, address, monkeypatch):
    """The same with nothing kept from before."""
    with monkeypatch.context() as forgetful:
        forgetful.setattr(page_cache.settings, "PAGE_CACHE_SECONDS", 0)
        forgetful.setattr(memory, "is_certain", lambda: False)
        return seen(client, address)


def difference(kept, fresh):
    """Where two answers begin to differ; empty when they do not."""
    if kept == fresh:
        return ""
    one, other = (answer[2].decode(errors="replace") for answer in (kept, fresh))
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, at - 80)
    return f"{kept[:2]} …{one[start : at + 120]}… and {fresh[:2]} …{other[start : at + 120]}…"


def test_after_any_edit_every_address_is_as_if_nothing_were_kept(
    living, monkeypatch, capsys, django_capture_on_commit_callbacks
):
    house = House(SEED)
    visitors = {"stranger": Client(), "account": Client(), "professional": Client()}
    sign_in(visitors["account"], UserFactory())
    sign_in(visitors["professional"], UserFactory(roles=["professional"]))
    done, refused, compared = Counter(), Counter(), 0
    places = dict.fromkeys(LISTS)
    while done.total() < EDITS:
        deed, by = house.draw.choice(house.deeds()), house.draw.choice(house.people)
        with django_capture_on_commit_callbacks(execute=True):
            may = deed(by)
        (done if may else refused)[deed.__name__] += 1
        if not may:
            continue
        places |= dict.fromkeys(
            page.url for page in Page.objects.filter(depth__gt=2).specific() if page.url
        )
        for name, client in visitors.items():
            for address in places:
                kept = seen(client, address)
                fresh = drawn_now(client, address, monkeypatch)
                where = f"{name} at {address} after {done.total()} edits, {deed.__name__} the last, seed {SEED}"
                assert not difference(kept, fresh), f"{where}: {difference(kept, fresh)}"
                compared += 1
    with capsys.disabled():
        sys.stdout.write(f"\n{compared} compared; done {dict(done)}; refused {dict(refused)}\n")
    assert refused, "nobody was ever told that they may not"


def test_a_change_that_nobody_was_told_of_is_noticed(living, monkeypatch):
    """The comparison itself: it fails when something is kept too long."""
    client = Client()
    standard_page("Over ons")
    seen(client, "/over-ons/")
    Page.objects.filter(slug="over-ons").update(title="Heel anders")

    kept = seen(client, "/over-ons/")
    assert "Heel anders" in difference(kept, drawn_now(client, "/over-ons/", monkeypatch))
