"""Forms about a file of a report."""

from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.desk import DeskForm, secret, words


class AskExportForm(DeskForm):
    """Why a file must leave the portal, for the colleague who has to agree."""

    why = words(
        _("For whom is the file, and why?"),
        _("A colleague reads this before agreeing. Do not write names of people concerned."),
        rows=2,
    )


class TakeExportForm(DeskForm):
    """The passphrase once more, before a file leaves the portal."""

    passphrase = secret(
        _("Your passphrase"), _("What leaves the portal is sealed no more. So we ask it once more.")
    )
