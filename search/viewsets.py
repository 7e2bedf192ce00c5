"""Screens for editors."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.search_promotions.models import Query
from wagtail.permission_policies import ModelPermissionPolicy

from portal.accounts.models import User
from portal.accounts.roles import Permission
from search.models import AskedQuestion, BestBet, Synonym, WordRule

QUESTION = "vraag"  # in the address: the question that a new synonym or best bet is for


class SynonymPolicy(ModelPermissionPolicy):
    """Whoever edits public pages keeps the words of search: it is asked of the roles of today."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether this person edits public pages."""
        return bool(user.is_authenticated and user.may(Permission.PUBLIC_EDIT))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """The same for each action."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Any) -> Any:
        """Nobody is told about synonyms."""
        return User.objects.none()


class QuestionPolicy(SynonymPolicy):
    """Editors read what was asked, and nobody changes it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Only to read."""
        return action == "view" and super().user_has_permission(user, action)


class FromQuestion(CreateView):
    """A form that is filled in for the question in the address."""

    field = ""

    def get_initial(self) -> dict[str, Any]:
        """The question, where there is one."""
        asked = self.request.GET.get(QUESTION, "")[:100]
        return {**super().get_initial(), **({self.field: asked} if asked else {})}


class SynonymCreateView(FromQuestion):
    """The question is the first word of the group."""

    field = "words"


class SynonymViewSet(ModelViewSet):
    """Words that mean the same: they count from the next question on."""

    model = Synonym
    icon = "search"
    menu_label = _("Synonyms")
    menu_order = 260
    add_to_admin_menu = True
    add_view_class = SynonymCreateView
    url_prefix = "synoniemen"
    list_display = ["__str__", "language", "note"]
    list_filter = ["language"]
    search_fields = ["words", "note"]
    form_fields = ["words", "language", "note"]


class WordRuleViewSet(ModelViewSet):
    """What the rules for Dutch words get wrong: put right from the next question on."""

    model = WordRule
    icon = "cut"
    menu_label = _("Exceptions for words")
    menu_order = 261
    add_to_admin_menu = True
    url_prefix = "woorduitzonderingen"
    list_display = ["lemma", "forms", "parts", "note"]
    search_fields = ["forms", "lemma", "note"]
    form_fields = ["forms", "lemma", "parts", "note"]


class BestBetForm(WagtailAdminModelForm):
    """For which question, and which page."""

    question = forms.CharField(
        label=_("question"),
        max_length=100,
        help_text=_("The same words in another order or form count too."),
    )

    class Meta:
        model = BestBet
        fields = ["question", "page", "description"]
        widgets = {"page": AdminPageChooser}

    field_order = ["question", "page", "description"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].required = True
        if self.instance.pk:
            self.initial["question"] = self.instance.query.query_string

    def save(self, commit: bool = True) -> Any:
        """Keep it under its question."""
        self.instance.query = Query.get(self.cleaned_data["question"])
        return super().save(commit)


class BestBetCreateView(FromQuestion):
    """The question is filled in."""

    field = "question"


class BestBetIndexView(IndexView):
    """The list, with the questions in one go."""

    def get_base_queryset(self) -> Any:
        """One query."""
        return BestBet.objects.select_related("query", "page").order_by(
            "query__query_string", "sort_order"
        )


class BestBetViewSet(ModelViewSet):
    """Pages that stand on top of the results of a question."""

    model = BestBet
    icon = "pick"
    menu_label = _("Best bets")
    menu_order = 262
    add_to_admin_menu = True
    index_view_class = BestBetIndexView
    add_view_class = BestBetCreateView
    url_prefix = "aanraders"
    url_namespace = "aanraders"
    list_display = ["query", "page", "description"]
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        """One form for both."""
        return BestBetForm


class DoColumn(Column):
    """Links to what an editor can do about a question."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> Any:
        """A synonym or a best bet, in one click."""
        asked = urlencode({QUESTION: instance.text})
        return format_html(
            '<td><a href="{}?{}">{}</a> · <a href="{}?{}">{}</a></td>',
            reverse("synoniemen:add"),
            asked,
            _("Make synonym"),
            reverse("aanraders:add"),
            asked,
            _("Make best bet"),
        )


class QuestionIndexView(IndexView):
    """What was asked three times or more, with what found nothing first."""

    def get_base_queryset(self) -> Any:
        """One query."""
        return AskedQuestion.objects.exclude(text="")


class QuestionViewSet(ModelViewSet):
    """Questions that visitors asked; nobody knows who."""

    model = AskedQuestion
    icon = "help"
    menu_label = _("Search questions")
    menu_order = 263
    add_to_admin_menu = True
    index_view_class = QuestionIndexView
    url_prefix = "zoekvragen"
    list_display = [
        "text",
        "language",
        "without_results",
        "asked",
        "last_asked_on",
        DoColumn("do", label=_("What to do")),
    ]
    list_filter = {"language": ["exact"], "without_results": ["gte"]}
    list_export = ["text", "language", "without_results", "asked", "last_asked_on"]
    search_fields = ["text"]
    form_fields = ["text"]
    copy_view_enabled = False
    inspect_view_enabled = False
