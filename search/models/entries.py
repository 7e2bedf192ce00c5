"""One row for each thing that can be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page

from portal.regions.models import Municipality
from search.models.access_keys import AccessKey


class Kind(models.TextChoices):
    """What a visitor finds. The words stand in addresses, so they are Dutch."""

    ARTICLE = "artikel", _("Article")
    INTERVENTION = "aanpak", _("Intervention")
    HELP = "hulp", _("Help card")
    FLOW = "hulpwijzer", _("Guide with questions")
    RUNBOOK = "draaiboek", _("Runbook")
    STEP = "stap", _("Step of a runbook")
    SHEET = "hulpblad", _("Help sheet")
    MODULE = "training", _("Training")
    NEWS = "nieuws", _("News")
    EVENT = "agenda", _("Event")
    WORD = "begrip", _("Word explained")
    ORGANISATION = "organisatie", _("Organisation")
    PERSON = "persoon", _("Person")
    DOCUMENT = "document", _("Document")
    PAGE = "pagina", _("Page")


class SearchEntry(models.Model):
    """A page, a part of it for an audience, a step, a word or a document, with analysed texts.

    The columns that end in ``_tokens`` and ``_words`` are what the databases search in
    (``search.full_text``); titles weigh more than what an entry is about, and that more than
    the rest.
    """

    source = models.CharField(max_length=40, help_text="Such as page:12 or word:5.")
    part = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    language = models.CharField(max_length=10)
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    collection = models.ForeignKey(
        Collection, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    url_path = models.CharField(max_length=600)
    anchor = models.CharField(max_length=120, blank=True)
    # Without an index: nearly all entries share a few keys, and SQLite would look each row up twice.
    access_key = models.ForeignKey(
        AccessKey, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    extra_key = models.CharField(max_length=1000, blank=True)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    theme_ids = models.CharField(max_length=200, blank=True, help_text="Split by a blank.")
    area_ids = models.CharField(max_length=200, blank=True, help_text="Split by a blank.")
    updated = models.DateField(null=True, blank=True)
    shares_place = models.BooleanField(
        default=False, help_text="Another part of its source stands at the same address."
    )
    blanks = models.PositiveSmallIntegerField(default=0, help_text="In the title.")

    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)

    title_tokens = models.TextField(blank=True)
    strong_tokens = models.TextField(blank=True)
    body_tokens = models.TextField(blank=True)
    title_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "part"], name="search_entry_is_there_once_per_part"
            ),
            models.CheckConstraint(
                condition=models.Q(page__isnull=False) | ~models.Q(source__startswith="page:"),
                name="search_entry_of_a_page_names_the_page",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.part} {self.title}"

    @property
    def address(self) -> str:
        """Where it stands, down to the part of the page."""
        return f"{self.url_path}#{self.anchor}" if self.anchor else self.url_path
