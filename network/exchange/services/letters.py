"""Letters of the exchange to one person: that something happened, and nothing of what it says."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from network.exchange.workflow import Removal
from portal.accounts.models import User


def tell_writer(person: User, why: Removal) -> None:
    """Say that something was taken away and why, never what."""
    address = settings.WAGTAILADMIN_BASE_URL
    with translation.override(settings.LANGUAGE_CODE):
        text = _("A moderator took away something you wrote in the Vredeportaal. Why: %(why)s.") % {
            "why": why.label
        }
        text += "\n\n" + _("These are our house rules: %(address)s") % {
            "address": f"{address}/netwerk/vragen/huisregels/"
        }
        if why in (Removal.PERSON, Removal.REPORT):
            text += "\n\n" + _(
                "Are you worried about somebody? Share it safely at the meldpunt: %(address)s"
            ) % {"address": f"{address}/meldpunt/"}
        send_mail(_("Something you wrote was taken away"), text, None, [person.email])
