"""Words of the field: what must meet, and what must stay apart."""

from io import StringIO

import pytest
from django.core.management import call_command

from search.analysis import analyser_for
from search.analysis.words import fold, literal, words_of

dutch = analyser_for("nl")

INFLECTIONS = [
    ("huizen", "huis"),
    ("vergunningen", "vergunning"),
    ("sleutelfiguren", "sleutelfiguur"),
    ("draaiboeken", "draaiboek"),
    ("meldingen", "melding"),
    ("jongeren", "jongere"),
    ("gemeenten", "gemeente"),
    ("moskeeën", "moskee"),
    ("spanningen", "spanning"),
    ("aangevraagd", "aanvragen"),
    ("geradicaliseerd", "radicaliseren"),
    ("wijken", "wijk"),
    ("kaarten", "kaart"),
    ("signalen", "signaal"),
    ("kinderen", "kind"),
    ("hulpverleners", "hulpverlener"),
    ("ouders", "ouder"),
    ("steden", "stad"),
    ("gesprekken", "gesprek"),
    ("zonen", "zoon"),
    ("bevraagt", "bevragen"),
]
COMPOUNDS = [
    ("netwerkkaart", "kaart"),
    ("netwerkkaart", "netwerk"),
    ("buurtoverleg", "overleg"),
    ("veiligheidshuis", "veiligheid"),
    ("veiligheidshuis", "huis"),
    ("jongerenwerker", "jongere"),
    ("jongerenwerker", "werker"),
    ("casusoverleg", "overleg"),
    ("moskeebesturen", "bestuur"),
    ("wijkteam", "wijk"),
    ("sportvereniging", "vereniging"),
    ("gezondheidszorg", "zorg"),
    ("rijksopleidingsinstituut", "opleiding"),
    ("kinderbescherming", "kind"),
    ("groepsdruk", "groep"),
    ("ouderkringen", "ouder"),
    ("haatberichten", "bericht"),
    ("jeugdhulp", "hulp"),
    ("schooldirecteur", "school"),
    ("mentortrajecten", "traject"),
]
APART = [
    ("gemeente", "ente"),
    ("moskee", "mos"),
    ("ouders", "oud"),
    ("jongeren", "jong"),
    ("zonen", "zone"),
    ("voorkomen", "komen"),
    ("onderzoek", "zoek"),
    ("tegenspraak", "spraak"),
    ("vertellen", "ellen"),
    ("burgemeester", "meester"),
    ("kwartaal", "taal"),
    ("duidelijk", "lijk"),
    ("leeftijd", "tijd"),
    ("vrijwilliger", "willig"),
    ("parkeren", "park"),
    ("gemeenschap", "gemeen"),
    ("slachtoffer", "offer"),
    ("geloof", "wangeloof"),
    ("gegevens", "geven"),
    ("standaard", "aard"),
    ("waarneming", "waar"),
]


@pytest.mark.parametrize(("form", "word"), INFLECTIONS)
def test_an_inflection_meets_its_word(form, word):
    assert dutch.lemma(form) == dutch.lemma(word)


@pytest.mark.parametrize(("compound", "part"), COMPOUNDS)
def test_a_compound_is_found_by_its_part(compound, part):
    assert dutch.lemma(part) in dutch.parts(compound)


@pytest.mark.parametrize(("word", "other"), APART)
def test_words_that_only_look_alike_stay_apart(word, other):
    assert dutch.lemma(other) not in dutch.tokens(word)


@pytest.mark.parametrize("word", ["gemeente", "moskee", "ouders", "overleg", "meldingen"])
def test_a_simple_word_is_not_cut(word):
    assert dutch.parts(word) == ()


def test_accents_capitals_and_apostrophes_do_not_matter():
    assert fold("Café’s") == fold("cafes") == "cafes"
    assert dutch.lemma("COÖRDINATOR") == dutch.lemma("coordinator")


def test_common_words_are_not_asked_for():
    assert dutch.analyse("Wat moet ik doen met de meldingen?") == ["melding"]


def test_english_has_its_own_rules():
    english = analyser_for("en")

    assert english.lemma("worries") == english.lemma("worry")
    assert english.parts("neighbourhood") == ()


@pytest.mark.parametrize("text", ["", "''' - \" *", "\x00", "ا" * 500, "🙂", "x" * 100_000])
def test_odd_text_gives_tokens_that_fit_an_index(text):
    for token in dutch.analyse(text):
        assert token.isalnum()
        assert len(token) <= 60
    assert "\x00" not in literal(text)


def test_words_keep_their_order():
    assert words_of("Bel de Netwerk-regisseur, 's avonds.") == [
        "bel", "de", "netwerk", "regisseur", "s", "avonds",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_command_shows_the_tokens_of_each_word():
    out = StringIO()

    call_command("analyse_dutch", "huizen", "veiligheidshuis", stdout=out)

    assert out.getvalue().splitlines() == ["huis", "veiligheidshuis veiligheid huis"]
