"""The base of every page: whose it is, where it comes from, and how long it holds."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod

from portal.accounts.roles import Permission
from portal.pages.admin_forms import PortalPageForm
from portal.pages.breadcrumbs import breadcrumbs
from portal.pages.memory import remembered
from portal.pages.models.themes import Theme
from portal.pages.permission_tester import PortalPagePermissionTester
from portal.pages.querysets import PortalPageManager
from portal.pages.sections import Section, audience_sections, joined, text_of
from portal.regions.models import Municipality


def municipality_of(page: Any) -> Municipality | None:
    """The municipality of a page, out of the few that there are."""
    places: dict[int, Municipality] = remembered(
        "municipalities", lambda: Municipality.objects.in_bulk()
    )
    return places.get(page.municipality_id)


class ChangeKind(models.TextChoices):
    """What a new version means for whoever read the old one."""

    CONTENT = "content", _("Content changed")
    EDITORIAL = "editorial", _("Editorial change only")


class PortalPage(Page):
    """An abstract page with owner, source, term and the words that lists show.

    Wagtail's own ``Page`` stays the base model (decision 0003).
    """

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, for lists and search."),
    )
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("municipality"),
        help_text=_("Empty: for the whole region."),
    )
    themes = ParentalManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    image = models.ForeignKey(
        "pages.PortalImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("image"),
    )
    organisation = models.CharField(
        _("owner"),
        max_length=120,
        blank=True,
        help_text=_("The team or organisation that answers for this page."),
    )
    source = models.CharField(_("source"), max_length=250, blank=True)
    reading_level = models.CharField(_("reading level"), max_length=2, default="B1")
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    review_on = models.DateField(_("check again on"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    change_kind = models.CharField(
        _("this version"),
        max_length=10,
        choices=ChangeKind.choices,
        default=ChangeKind.EDITORIAL,
    )
    change_note = models.CharField(
        _("what changed"),
        max_length=250,
        blank=True,
        help_text=_("Readers see this below the page."),
    )
    content_changed_on = models.DateField(
        _("content changed on"), null=True, blank=True, editable=False
    )
    is_fictional = models.BooleanField(_("fictional (demo)"), default=False, editable=False)

    objects = PortalPageManager()

    base_form_class = PortalPageForm

    # What a role must grant to edit this kind of page, and to approve it.
    editing: ClassVar[tuple[Permission, Permission]] = (
        Permission.PUBLIC_EDIT,
        Permission.PUBLIC_APPROVE,
    )
    # The StreamFields that hold what the page says, in reading order.
    body_fields: ClassVar[tuple[str, ...]] = ("body",)

    about_panels = [
        FieldPanel("themes"),
        FieldPanel("municipality"),
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("source"),
                FieldPanel("reading_level"),
            ],
            heading=_("Owner and source"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_on")]),
                FieldPanel("valid_until"),
            ],
            heading=_("Term"),
        ),
        MultiFieldPanel(
            [FieldPanel("change_kind"), FieldPanel("change_note")],
            heading=_("This version"),
        ),
    ]

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("municipality"),
        index.FilterField("review_on"),
    ]

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls) -> Any:  # noqa: N805  (Wagtail's decorator makes it a class method)
        """The editor's screen in three tabs: content, about this page, publish and find."""
        tabs = [
            ObjectList(cls.content_panels, heading=_("Content")),
            ObjectList(cls.about_panels, heading=_("About this page")),
            ObjectList(
                [*cls.promote_panels, *cls.settings_panels],
                heading=_("Search engine and publishing"),
            ),
        ]
        handler = TabbedInterface(tabs, base_form_class=cls.base_form_class)
        return handler.bind_to_model(cls)

    def permissions_for_user(self, user: Any) -> PortalPagePermissionTester:
        """What ``user`` may do with this page in the editor; its screens ask ten times for a row."""
        kept: PortalPagePermissionTester | None = self.__dict__.get("_tester")
        if kept is None or not kept.still_holds(user, self):
            kept = self.__dict__["_tester"] = PortalPagePermissionTester(user, self)
        return kept

    def _get_site_root_paths(self, cache_object: Any = None, **kwargs: Any) -> Any:
        """Where the sites begin: Wagtail asks its cache anew for each page of a list."""
        keeper = cache_object or self
        if not hasattr(keeper, "_wagtail_cached_site_root_paths"):
            paths = remembered("site_root_paths", Site.get_site_root_paths)
            keeper._wagtail_cached_site_root_paths = paths
        return super()._get_site_root_paths(cache_object, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, and the way to it. One query below the front page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = breadcrumbs(self, request)
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page in the look of its municipality."""
        request.municipality = municipality_of(self)  # type: ignore[attr-defined]
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_view_restrictions(self) -> Any:
        """The restrictions still to be asked: none once our own rule has let the visitor in."""
        if getattr(self, "may_be_read", False):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def with_content_json(self, content: dict[str, Any]) -> "PortalPage":
        """A version of this page; when its content last changed is not part of a version."""
        page: PortalPage = super().with_content_json(content)
        page.content_changed_on = self.content_changed_on
        return page

    def searchable_sections(self) -> list[Section]:
        """The findable parts: the page for all its readers, then each part for an audience."""
        streams = [getattr(self, name) for name in self.body_fields if hasattr(self, name)]
        text = joined([self.summary, *(text_of(stream) for stream in streams)])
        found = [Section(kind="page", title="", text=text)]
        for stream in streams:
            found += audience_sections(stream)
        return found

    @property
    def is_due(self) -> bool:
        """Whether the day to check this page again has come."""
        return bool(self.review_on and self.review_on <= timezone.localdate())

    @property
    def is_expired(self) -> bool:
        """Whether the page no longer holds; readers see a banner."""
        return bool(self.valid_until and self.valid_until < timezone.localdate())

    @property
    def last_changed(self) -> date | None:
        """The day a reader should know about."""
        return self.content_changed_on or (
            timezone.localdate(self.last_published_at) if self.last_published_at else None
        )
