"""Pages of the tests, below the root of the site."""

from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, PageViewRestriction, Site

from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage


def home_page():
    """The front page, made once in a test."""
    if existing := HomePage.objects.first():
        return existing
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(
            title="Vredeportaal",
            slug="voorpagina",
            hero_title="Samen zien we meer",
            hero_text="Informatie en hulp",
            locale=Locale.get_default(),
        )
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home


def standard_page(title="Over ons", *, below=None, **fields):
    """A published page with a text."""
    body = fields.pop("body", [("text", "<p>Een tekst.</p>")])
    return (below or home_page()).add_child(instance=StandardPage(title=title, body=body, **fields))


def news_index():
    return home_page().add_child(instance=NewsIndexPage(title="Actueel", slug="actueel"))


def news_item(title, *, below, **fields):
    return below.add_child(instance=NewsPage(title=title, **fields))


def close(page, *audiences):
    """Close a branch for everybody but these audiences; without one, for who has no account."""
    kind = PageViewRestriction.GROUPS if audiences else PageViewRestriction.LOGIN
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(Group.objects.get_or_create(name=name)[0] for name in audiences)
    return restriction
