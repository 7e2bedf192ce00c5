"""The field for files of a reporter, and the setting that shows it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.desk import DeskForm, secret
from meldpunt.reports.models import UploadSetting
from meldpunt.reports.services.uploads import (
    Cleared,
    FileRefused,
    Received,
    Refusal,
    cleared,
    require_within_limits,
)

ACCEPTED = ".jpg,.jpeg,.png,.webp,.heic,.pdf,.txt"


class ManyFiles(forms.FileInput):
    """Several files in one field."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """All of them."""
        return list(files.getlist(name)) if files else []


class FilesField(forms.Field):
    """The files as they came in, within the limits."""

    widget = ManyFiles

    def clean(self, value: Any) -> list[Received]:
        """What was received; nothing is opened yet."""
        files = [one.received for one in value or []]
        try:
            require_within_limits(files)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused.why.label)) from None
        return files


class FilesForm(forms.Form):
    """Files beside a report or a message, and whether the original is kept as evidence."""

    use_required_attribute = False
    bestanden = FilesField(
        label=_("Files"),
        help_text=_(
            "At most 5 files of 10 MB: photos (JPG, PNG, WebP, HEIC), PDF or plain text. Send no photos "
            "in which people can be recognised, and nothing of the police."
        ),
        required=False,
        widget=ManyFiles(attrs={"accept": ACCEPTED, "multiple": True}),
    )
    origineel = forms.BooleanField(
        label=_("Also keep the original as evidence"),
        help_text=_(
            "An original can tell more than you see: when and where a photo was made, with which "
            "telephone, sometimes your name."
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, setting: UploadSetting, before: Sequence[int] = (), **kwargs: Any
    ) -> None:
        self.setting, self.before = setting, before
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        if not setting.keeps_originals:
            del self.fields["origineel"]
        if not setting.is_on:
            del self.fields["bestanden"]

    def clean(self) -> dict[str, Any]:
        """Where no files are taken, none is dropped without a word."""
        if not self.setting.is_on and self.files:
            raise forms.ValidationError(str(Refusal.OFF.label))
        return super().clean() or {}

    @contextmanager
    def cleared(self) -> Iterator[list[Cleared]]:
        """The files, scanned and copied. Raises ``FileRefused``, and says why at the field."""
        try:
            with cleared(
                self.cleaned_data.get("bestanden") or [],
                keep_originals=bool(self.cleaned_data.get("origineel")),
                before=self.before,
            ) as files:
                yield files
        except FileRefused as refused:
            self.add_error("bestanden", str(refused.why.label))
            raise


class UploadSettingForm(DeskForm):
    """Whether reporters can send files."""

    aan = forms.BooleanField(
        label=UploadSetting._meta.get_field("is_on").verbose_name, required=False
    )
    originelen = forms.BooleanField(
        label=UploadSetting._meta.get_field("keeps_originals").verbose_name,
        help_text=_(
            "Without this only the safe copy is kept. An original can hold where and when a photo "
            "was made, and so who made it."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Originals of nothing can't be kept."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("originelen") and not data.get("aan"):
            self.add_error("originelen", _("Switch files on first."))
        return data


class OriginalForm(DeskForm):
    """The passphrase once more, before an original leaves the portal."""

    passphrase = secret(
        _("Your passphrase"), _("An original was not made safe. So we ask it once more.")
    )
