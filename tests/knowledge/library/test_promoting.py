"""What the network found out becomes knowledge: a draft, and never with the names of who wrote it."""

import pytest

from knowledge.library.models import ArticlePage
from network.exchange.models import Group, Question
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.knowledge import library

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    library()
    asker = UserFactory(name="Noor Jansen", roles=["professional"])
    asked = Question.objects.create(by=asker, title="Welke les werkt?", text="Voor <b>groep 8</b>.")
    asked.answers.create(by=UserFactory(name="Hassan Idrissi"), text="De quiz van de bibliotheek.")
    asked.answers.create(by=asker, text="", removed_at="2026-01-01T12:00Z", removal="dubbel")
    return asked


def promote(client, question):
    return client.post(f"/kennisbank/uit-vraag/{question.pk}/")


def test_an_editor_in_chief_begins_an_article_with_its_source(client, question):
    sign_in(client, UserFactory(roles=["eindredacteur"]))
    assert "Er een artikel van maken" in client.get(question.get_absolute_url()).content.decode()

    response = promote(client, question)

    article = ArticlePage.objects.get()
    assert response.url == f"/beheer/pages/{article.pk}/edit/"
    assert not article.live
    assert article.has_unpublished_changes
    assert question.get_absolute_url() in article.source
    text = str(article.body)
    assert "De quiz van de bibliotheek." in text
    assert "&lt;b&gt;groep 8&lt;/b&gt;" in text
    assert "Noor" not in text
    assert "Hassan" not in text


def test_a_question_becomes_one_article_however_often_it_is_asked(client, question):
    sign_in(client, UserFactory(roles=["eindredacteur"]))

    assert promote(client, question).url == promote(client, question).url
    assert ArticlePage.objects.count() == 1


@pytest.mark.parametrize("role", ["redacteur", "netwerkregisseur", "professional"])
def test_who_approves_no_texts_makes_no_article(client, question, role):
    sign_in(client, UserFactory(roles=[role]))

    assert promote(client, question).status_code == 403
    assert not ArticlePage.objects.exists()
    text = client.get(question.get_absolute_url()).content.decode()
    assert "Er een artikel van maken" not in text


def test_what_a_closed_group_says_stays_there(client, question):
    question.group = Group.objects.create(name="Kernteam", slug="kernteam", is_closed=True)
    question.save()
    sign_in(client, UserFactory(roles=["eindredacteur"]))

    assert promote(client, question).status_code == 404
    assert not ArticlePage.objects.exists()


def test_without_a_knowledge_base_the_editor_in_chief_is_told(client):
    question = Question.objects.create(by=UserFactory(), title="Wie?", text="Graag.")
    sign_in(client, UserFactory(roles=["eindredacteur"]))

    assert promote(client, question).url == question.get_absolute_url()
    assert not ArticlePage.objects.exists()
