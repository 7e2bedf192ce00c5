"""Made-up content for the gallery of components: each in the states that it has."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.safestring import mark_safe

from portal.design.forms import DateInThreeFields

STEPS = [
    {"title": "Soort", "state": "done"},
    {"title": "Gezien", "state": "now"},
    {"title": "Contact", "state": ""},
    {"title": "Controleren", "state": ""},
]
CARDS = [
    {
        "title": "Er bestaat geen profiel",
        "url": "#kaarten",
        "text": "Waarom een lijst met kenmerken niet werkt, en wat wel helpt.",
        "label": "Uitleg",
        "meta": ["4 minuten", "12 november 2026"],
    },
    {
        "title": "Onrust na een incident",
        "url": "#kaarten",
        "text": "Het eerste uur, stap voor stap. Ook te lezen zonder internet.",
        "label": "Draaiboek",
        "label_kind": "attention",
        "meta": ["6 minuten"],
    },
    {"title": "Een kaart met alleen een titel", "url": "#kaarten"},
]
FACETS = [
    {
        "title": "Soort",
        "name": "soort",
        "options": [
            {"value": "draaiboek", "label": "Draaiboek", "count": 6, "is_chosen": True},
            {"value": "uitleg", "label": "Uitleg", "count": 9, "is_chosen": False},
        ],
    },
    {
        "title": "Voor wie",
        "name": "voor",
        "options": [{"value": "netwerk", "label": "Netwerk", "count": 14, "is_chosen": False}],
    },
]
ENTRIES = [
    {"title": "Begrijpen", "url": "#zijmenu"},
    {
        "title": "Draaiboeken",
        "url": "#zijmenu",
        "current": True,
        "children": [
            {"title": "Draaiboek Vrede", "url": "#zijmenu"},
            {"title": "Hulpblad risicomomenten", "url": "#zijmenu"},
        ],
    },
    {"title": "Samenwerken", "url": "#zijmenu"},
]
FIGURES = [
    {"title": "Bezoeken aan instellingen", "value": "42", "text": "6 meer dan vorig jaar"},
    {"title": "Geschoolde collega’s", "value": "214", "text": "Doel gehaald", "tone": "good"},
    {"title": "Te laat nagekeken", "value": "7", "text": "Kijk ze deze week na", "tone": "wrong"},
    {"title": "Gemeenten", "value": "4"},
]
COLUMNS: list[dict[str, Any]] = [
    {"title": "Gemeente", "url": "#tabel", "sorted": "ascending"},
    {"title": "Inwoners", "url": "#tabel", "is_number": True},
    {"title": "Netwerkregisseur"},
]
ROWS = [
    [{"text": name, "url": "#tabel"}, {"text": people, "is_number": True}, {"text": has_one}]
    for name, people, has_one in (
        ("Demodam", "212.000", "ja"),
        ("Kadewoude", "24.000", "ja"),
        ("Oosterlinde", "31.000", "nee"),
        ("Polderveen", "218.000", "ja"),
    )
]
MESSAGES = [
    {
        "by": "Het meldpunt vraagt",
        "on": "12 november",
        "text": "Wilt u vertellen wanneer u dit zag?",
    },
    {"by": "U", "on": "13 november", "text": "Op dinsdag, na school.", "is_ours": True},
]
EVENTS = [
    {"when": "9.10 uur", "title": "Draaiboek gestart", "text": "Door de OOV-medewerker."},
    {"when": "9.25 uur", "title": "Sleutelfiguren gebeld"},
    {"when": "10.00 uur", "title": "Eerste overleg", "text": "Beeld, oordeel en besluit."},
]
STEP = {
    "title": "Bel de sleutelfiguren",
    "text": "Vraag wat zij horen, en wat zij nodig hebben. Beloof niets.",
    "who": "Netwerkregisseur",
    "by_when": "binnen een uur",
    "minutes": 20,
    "checklist": ["Ten minste drie mensen gesproken", "Afspraken staan in het logboek"],
    "contacts": [{"name": "Wachtdienst", "phone": "088 000 00 10", "hours": "dag en nacht"}],
}
ITEMS = [
    {
        "title": "Waarom vragen wij dit?",
        "text": "Zo weten wij of er haast is.",
        "is_open": True,
    },
    {"title": "Wie leest dit?", "text": "Alleen het meldpunt van uw gemeente."},
]
HEADINGS = [
    {"title": "Meldingen", "anchor": "meldingen"},
    {"title": "Formulier", "anchor": "formulier"},
    {"title": "Tabel", "anchor": "tabel-kop"},
]


class SampleForm(forms.Form):
    """Every kind of field."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Wat wilt u delen?",
        help_text="Kies wat het beste past.",
        choices=[("zorg", "Een zorg over iemand"), ("spanning", "Spanning in de buurt")],
        widget=forms.RadioSelect,
    )
    seen_on = forms.DateField(
        label="Wanneer was het?",
        help_text="Bijvoorbeeld: 14 11 2026. Weet u het niet precies? Maak een schatting.",
        widget=DateInThreeFields,
    )
    story = forms.CharField(
        label="Wat hebt u gezien of gehoord?",
        help_text="Schrijf op wat u zelf zag. Namen van anderen zijn niet nodig.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.CharField(label="Waar was het?", required=False)
    municipality = forms.ChoiceField(
        label="Gemeente", choices=[("", "Kies"), ("d", "Demodam"), ("p", "Polderveen")]
    )
    topics = forms.MultipleChoiceField(
        label="Waar gaat het over?",
        choices=[("school", "School"), ("online", "Online"), ("wijk", "De wijk")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    photo = forms.FileField(label="Foto of document", required=False)
    agreed = forms.BooleanField(label="Ik heb dit gelezen")


def context() -> dict[str, Any]:
    """Everything that the gallery shows."""
    return {
        "steps": STEPS,
        "cards": CARDS,
        "facets": FACETS,
        "chosen": [{"label": "Draaiboek", "url": "#filters-kop"}],
        "entries": ENTRIES,
        "figures": FIGURES,
        "columns": COLUMNS,
        "rows": ROWS,
        "thread": MESSAGES,
        "events": EVENTS,
        "step": STEP,
        "items": ITEMS,
        "headings": HEADINGS,
        "facts": [("Doel", "Ouders helpen elkaar"), ("Duur", "Zes avonden"), ("Kosten", "Geen")],
        "excerpt": mark_safe("Wat doet u bij <mark>onrust</mark> in de wijk?"),
        "day": date(2026, 11, 12),
        "page": page_of_many(),
        "form": SampleForm(initial={"seen_on": date(2026, 11, 4)}, auto_id="leeg_%s"),
        "wrong_form": SampleForm(WRONG),
        "crumbs": [{"title": "Home", "url": "/"}, {"title": "Componenten", "url": "#"}],
    }


WRONG = {"seen_on_day": "31", "seen_on_month": "2", "seen_on_year": "2026", "story": "x" * 520}


def page_of_many() -> Page[int]:
    """A page in the middle of many."""
    return Paginator(range(400), 10).page(7)
