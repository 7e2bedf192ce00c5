"""Who comes."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.events.models.events import Event, Session
from network.events.models.guests import Guest
from network.events.models.tickets import new_ticket
from network.events.workflow import Place


class Registration(models.Model):
    """One person at one event: with a seat, waiting for one, or signed off.

    It is somebody's with an account, or a guest's. ``needs`` is deleted a week after the event
    (domain.md 1.4), and so is all of a guest.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("who"),
    )
    guest = models.ForeignKey(
        Guest,
        null=True,
        on_delete=models.CASCADE,
        related_name="registrations",
        verbose_name=_("guest"),
    )
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=Place.choices)
    ticket = models.CharField(max_length=32, unique=True, default=new_ticket)
    is_online = models.BooleanField(_("joins online"), default=False)
    sessions = models.ManyToManyField(Session, blank=True, related_name="registrations")
    needs = models.CharField(_("what you need"), max_length=300, blank=True)
    confidence = models.PositiveSmallIntegerField(
        _("how sure you feel before"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    registered_at = models.DateTimeField(_("registered at"), auto_now_add=True)
    promoted_at = models.DateTimeField(_("got a seat at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("signed off at"), null=True, blank=True)
    attended_at = models.DateTimeField(_("checked in at"), null=True, blank=True)
    asked = models.CharField(_("asked for an evaluation"), max_length=20, blank=True)
    answered = models.CharField(_("evaluated"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["number"]
        indexes = [models.Index(fields=["event", "state", "number"], name="registration_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user"],
                condition=Q(state__in=["seated", "waiting"]),
                name="registration_holds_one_place_per_person",
            ),
            models.UniqueConstraint(
                fields=["guest"],
                condition=Q(state__in=["seated", "waiting"]),
                name="registration_holds_one_place_per_guest",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, guest=None) | Q(user=None, guest__isnull=False),
                name="registration_is_of_an_account_or_a_guest",
            ),
            models.UniqueConstraint(
                fields=["event", "number"], name="registration_has_its_own_number"
            ),
        ]

    def __str__(self) -> str:
        return f"registration #{self.pk}"

    @property
    def called(self) -> str:
        """The name of the account; a guest has none."""
        return str(self.user) if self.user else gettext("Guest %(number)s") % vars(self)

    @property
    def email(self) -> str:
        """Where letters go."""
        return self.user.email if self.user else self.guest.email  # type: ignore[union-attr]

    @property
    def own_path(self) -> str:
        """The page on which the person finds the ticket."""
        if self.guest:
            return f"/agenda/gast/{self.guest.code}/"
        return f"/agenda/kaartje/{self.ticket}/"
