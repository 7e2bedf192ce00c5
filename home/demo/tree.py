"""The sections of the demo, who may enter them, and the menus."""

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale, Page, PageViewRestriction, Site

from home.models import HomePage, HomeTask, MenuItem, NewsIndexPage
from knowledge.library.models import HelpIndexPage, LibraryIndexPage
from knowledge.runbooks.models import RunbookIndexPage
from knowledge.training.models import TrainingIndexPage
from portal.accounts import audiences
from portal.accounts.roles import ROLES, Permission

P = TypeVar("P", bound=Page)


@dataclass(frozen=True)
class Sections:
    """Where each kind of page hangs."""

    home: HomePage
    library: LibraryIndexPage
    network: LibraryIndexPage
    help: HelpIndexPage
    runbooks: RunbookIndexPage
    training: TrainingIndexPage
    news: NewsIndexPage


@transaction.atomic
def make_sections() -> Sections:
    """The front page and the sections below it, closed where the matrix says so."""
    home = make_home()
    library = below(
        home,
        LibraryIndexPage,
        "Kennisbank",
        "kennisbank",
        "Uitleg, aanpakken en voorbeelden over radicalisering, polarisatie en spanning in de wijk.",
    )
    network = below(
        library,
        LibraryIndexPage,
        "Voor professionals",
        "voor-professionals",
        "Verdieping voor wie in het netwerk werkt. Alleen na inloggen.",
    )
    close(network, [audiences.NETWORK])
    helping = below(
        home,
        HelpIndexPage,
        "Wie kan mij helpen?",
        "hulp",
        "Kies voor wie u hulp zoekt en wat er speelt. U ziet meteen bij wie u terechtkunt.",
    )
    runbooks = below(
        home,
        RunbookIndexPage,
        "Draaiboeken",
        "draaiboeken",
        "Wat te doen als er spanning of onrust ontstaat, stap voor stap.",
    )
    close(runbooks, roles_that_may(Permission.RUNBOOKS_PUBLIC))
    training = below(
        home,
        TrainingIndexPage,
        "Training",
        "training",
        "Drie cursussen met acht korte modules en vragen om te oefenen.",
    )
    close(training, roles_that_may(Permission.TRAINING_READ))
    news = below(home, NewsIndexPage, "Actueel", "actueel", "Nieuws uit de regio Lindekade.")
    return Sections(home, library, network, helping, runbooks, training, news)


def make_home() -> HomePage:
    """The front page in Dutch, as the root of the one site."""
    root = Page.get_first_root_node()
    root.get_children().exclude(content_type__model="homepage").delete()
    root = Page.objects.get(pk=root.pk)
    home = root.add_child(
        instance=HomePage(
            title="Vredeportaal Lindekade",
            slug="voorpagina",
            locale=Locale.objects.get_or_create(language_code="nl")[0],
            hero_title="Samen zien we meer. Samen staan we sterk.",
            hero_text="Informatie, hulp en training om radicalisering en polarisatie te voorkomen in de "
            "regio Lindekade. Voor inwoners en professionals. Deze regio is fictief.",
            search_example="Bijvoorbeeld: zorgen om mijn zoon",
            call_title="Maakt u zich zorgen om iemand?",
            call_text="U hoeft niet zeker te weten wat er speelt. Vertel wat u ziet. Wij denken met u mee "
            "en bewaken uw privacy. Uw naam is niet nodig.",
            call_label="Vraag advies of deel een zorg",
            call_url="/meldpunt/",
            is_fictional=True,
        )
    )
    tasks = [
        ("message-report", "Een zorg delen", "Veilig, en als u wilt zonder uw naam.", "/meldpunt/"),
        (
            "lifebuoy",
            "Wie kan mij helpen?",
            "Mensen en organisaties die met u meedenken.",
            "/hulp/",
        ),
        ("book-2", "Kennisbank", "Uitleg die helpt kijken zonder etiket.", "/kennisbank/"),
        (
            "checklist",
            "Draaiboeken",
            "Wat te doen bij spanning. Voor professionals.",
            "/draaiboeken/",
        ),
    ]
    for order, (icon, title, text, url) in enumerate(tasks):
        HomeTask.objects.create(
            page=home,
            sort_order=order,
            icon=icon,
            title=title,
            text=text,
            url=url,
            is_first=order == 0,
        )
    Site.objects.exclude(hostname="localhost").delete()
    Site.objects.update_or_create(
        hostname="localhost",
        defaults={"root_page": home, "is_default_site": True, "site_name": "Vredeportaal"},
    )
    return home


def below(parent: Page, kind: type[P], title: str, slug: str, summary: str) -> P:
    """A published section."""
    page = kind(title=title, slug=slug, summary=summary, is_fictional=True, locale=parent.locale)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def close(page: Page, names: list[str]) -> None:
    """Only these audiences may enter."""
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(Group.objects.get_or_create(name=name)[0] for name in names)


def roles_that_may(permission: Permission) -> list[str]:
    """The audiences of the roles whose row of the matrix holds ``permission``."""
    return [audiences.of_role(role.code) for role in ROLES.values() if role.grants(permission)]


def make_menus(sections: Sections, pages: dict[str, Page]) -> None:
    """Main menu and footer; editors change them afterwards."""
    MenuItem.objects.all().delete()
    main = [
        ("Home", "Home", sections.home, ""),
        ("Kennisbank", "Knowledge base", sections.library, ""),
        ("Wie kan helpen?", "Who can help?", sections.help, ""),
        ("Draaiboeken", "Runbooks", sections.runbooks, ""),
        ("Training", "Training", sections.training, ""),
        ("Agenda", "Agenda", None, "/agenda/"),
        ("Netwerk", "Network", None, "/netwerk/"),
        ("Actueel", "News", sections.news, ""),
        ("Een zorg delen", "Share a worry", None, "/meldpunt/"),
    ]
    contact = [
        ("14 088 000 (algemeen)", "14 088 000 (general)", None, "tel:14088000"),
        (
            "088 000 00 10 (meldpunt Demodam)",
            "088 000 00 10 (meldpunt Demodam)",
            None,
            "tel:0880000010",
        ),
        ("Uw antwoord lezen met een code", "Read your answer with a code", None, "/meldpunt/code/"),
    ]
    about = [
        ("Over dit portaal", "About this portal", pages.get("54e"), ""),
        ("Wat gebeurt er met een melding?", "What happens with a report?", pages.get("11"), ""),
        ("Voortgangsrapportage", "Progress report", pages.get("50"), ""),
        ("Colofon", "Colophon", pages.get("54d"), ""),
    ]
    site = [
        ("Toegankelijkheid", "Accessibility", pages.get("54a"), ""),
        ("Privacy", "Privacy", pages.get("54b"), ""),
        ("Kwetsbaarheid melden", "Report a vulnerability", pages.get("54c"), ""),
    ]
    menus: dict[str, list[tuple[str, str, Page | None, str]]] = {
        "main": main,
        "contact": contact,
        "about": about,
        "site": site,
    }
    for place, items in menus.items():
        for order, (title, title_en, page, url) in enumerate(items):
            if page or url:
                MenuItem.objects.create(
                    place=place,
                    sort_order=order,
                    title=title,
                    title_en=title_en,
                    page=page,
                    url=url,
                )
