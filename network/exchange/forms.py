"""Forms of the exchange: nothing about people who are not there leaves them (GR-05)."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.directory.models import Organisation
from network.exchange.models import Choices, Group
from network.exchange.workflow import PostKind, Removal
from portal.accounts.models import User
from portal.files.documents import DocumentKind
from portal.pages.models import Theme
from portal.pages.personal_data import without_people
from portal.regions.models import Area, Municipality

# Two words with a capital, such as a first and a last name; not at the start of a sentence only.
NAME = re.compile(
    r"\b[A-Z][a-zà-ÿ]+(?: (?:van|de|der|den|ter|ten|el|al|ben|von))*[ -][A-Z][a-zà-ÿ]+\b"
)


MOST_MENTIONED = 5


class CarefulForm(forms.Form):
    """A form whose text must not be about a person; a name has to be denied by a tick."""

    is_no_person = forms.BooleanField(
        label=_("What looks like a name is not the name of a person"), required=False
    )
    careful: tuple[str, ...] = ()
    found_person = False

    def clean(self) -> dict[str, Any]:
        """Refuse what points to a person; ask about what looks like a name."""
        data = super().clean() or {}
        for field in self.careful:
            text = self.words_of(data.get(field, ""))
            try:
                without_people(text)
            except forms.ValidationError as error:
                self.found_person = True
                self.add_error(field, error)
                continue
            if not data.get("is_no_person") and names_in(text):
                self.found_person = True
                self.add_error(
                    field,
                    gettext(
                        "This seems to hold the name of a person. Leave it out, or tick below "
                        "that it is something else."
                    ),
                )
        return data

    def words_of(self, value: Any) -> str:
        """The words in a field that could be about a person."""
        return str(value or "")


def names_in(text: str) -> list[str]:
    """What looks like a first and last name, but for places and organisations that we know."""
    if not NAME.search(text):
        return []
    known = [
        *Organisation.objects.values_list("name", flat=True)[:6000],
        *Area.objects.values_list("name", flat=True),
        *Municipality.objects.values_list("name", flat=True),
    ]
    for name in known:
        text = text.replace(name, " ")
    return sorted(set(NAME.findall(text)))


class RulesForm(CarefulForm):
    """Who writes for the first time accepts the house rules."""

    rules = forms.BooleanField(
        label=_(
            "I read the house rules and keep to them: friendly, about the work, never about people"
        )
    )

    def __init__(self, *args: Any, accepted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if accepted:
            del self.fields["rules"]


class MentioningForm(RulesForm):
    """Who writes may ask colleagues by name to read along: only who wants to be found."""

    people = forms.CharField(
        label=_("Who should read this?"),
        max_length=400,
        required=False,
        help_text=_("Names out of the list of people, with commas between. They get a letter."),
    )

    def __init__(self, *args: Any, profiles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profiles = profiles

    def clean_people(self) -> list[User]:
        """The accounts with these names."""
        names = [" ".join(name.split()) for name in self.cleaned_data["people"].split(",")]
        names = [name for name in names if name]
        if len(names) > MOST_MENTIONED:
            raise forms.ValidationError(
                gettext("Name at most %(number)d people.") % {"number": MOST_MENTIONED}
            )
        found = []
        for name in names:
            listed = self.profiles.filter(user__name__iexact=name).select_related("user")[:2]
            if len(listed) != 1:
                raise forms.ValidationError(
                    gettext("We do not know this name. Write it as in the list of people.")
                )
            found.append(listed[0].user)
        return found


class QuestionForm(MentioningForm):
    """A question."""

    title = forms.CharField(label=_("Your question or subject in one sentence"), max_length=140)
    text = forms.CharField(
        label=_("Tell more"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 4000}),
        help_text=_("About your work. No names, numbers or accounts of other people."),
    )
    kind = forms.ChoiceField(
        label=_("What do you want?"),
        choices=[
            (PostKind.QUESTION, _("An answer to a question")),
            (PostKind.DISCUSSION, _("To talk something over")),
        ],
        widget=forms.RadioSelect,
        initial=PostKind.QUESTION,
        required=False,
    )
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=_("For whom?"),
        required=False,
        empty_label=_("The whole network"),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=_("Theme"), required=False, empty_label=_("No theme")
    )
    careful = ("title", "text")
    field_order = ["kind", "title", "text", "is_no_person", "group", "theme", "people", "rules"]

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The fields of the question."""
        names = ("kind", "title", "text", "group", "theme")
        return {name: self.cleaned_data[name] for name in names}

    def clean_kind(self) -> str:
        """A question, unless somebody says otherwise."""
        return self.cleaned_data["kind"] or PostKind.QUESTION


class AnswerForm(MentioningForm):
    """An answer."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 4000}),
    )
    careful = ("text",)
    field_order = ["text", "is_no_person", "people", "rules"]


class FileForm(RulesForm):
    """A document for a group; its name says nothing about a person either."""

    file = forms.FileField(
        label=_("Document"),
        max_length=120,
        help_text=_(
            "PDF, Word, Excel, PowerPoint, OpenDocument or plain text, 10 MB at most. No pictures. "
            "Nothing about people, also not in the name of the file."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in DocumentKind)}),
    )
    careful = ("file",)
    field_order = ["file", "is_no_person", "rules"]

    def clean_file(self) -> UploadedFile:
        """One that is not too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.EXCHANGE_FILE_LIMITS["file"]:
            raise forms.ValidationError(gettext("The file may be 10 MB at most."))
        return file

    def words_of(self, value: Any) -> str:
        """The name of the file, as it is and with blanks for what stands between its words."""
        name = str(getattr(value, "name", "") or "").rpartition(".")[0]
        return f"{name} | {name.replace('_', ' ').replace('-', ' ')}"


class QuestionFilterForm(forms.Form):
    """Which questions the list shows; kept in the address."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    groep = forms.ModelChoiceField(
        Group.objects.none(),
        label=_("Group"),
        required=False,
        to_field_name="slug",
        empty_label=_("All groups"),
    )
    thema = forms.ModelChoiceField(
        Theme.objects.all(),
        label=_("Theme"),
        required=False,
        to_field_name="slug",
        empty_label=_("All themes"),
    )
    soort = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Questions and discussions")), *PostKind.choices],
        required=False,
    )
    open = forms.BooleanField(label=_("Without an answer"), required=False)

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groep"].queryset = groups  # type: ignore[attr-defined]


class RemovalForm(forms.Form):
    """Why something is taken away."""

    why = forms.ChoiceField(label=_("Why?"), choices=Removal.choices, widget=forms.RadioSelect)


class RulesTextForm(forms.Form):
    """A new version of the house rules."""

    text = forms.CharField(
        label=_("House rules in Dutch"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 14, "maxlength": 6000}),
        help_text=_("Short sentences. Leave a line empty between two rules."),
    )
    text_en = forms.CharField(
        label=_("House rules in English"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "maxlength": 6000}),
    )

    def clean_text(self) -> str:
        """No person in it (GR-05)."""
        return without_people(self.cleaned_data["text"])

    def clean_text_en(self) -> str:
        """No person in it (GR-05)."""
        return without_people(self.cleaned_data["text_en"])


class GroupForm(forms.ModelForm):
    """A group."""

    class Meta:
        model = Group
        fields = ("name", "summary", "is_closed", "municipality", "members")
        widgets = {"members": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = people
        field.label_from_instance = lambda one: one.name

    def clean_name(self) -> str:
        """A subject, nobody's number or account (GR-05)."""
        return without_people(self.cleaned_data["name"])

    def clean_summary(self) -> str:
        """About work (GR-05)."""
        return without_people(self.cleaned_data["summary"])


class ChangeGroupForm(GroupForm):
    """A group that is there: it stays as open or closed as it began."""

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        del self.fields["is_closed"]
        del self.fields["municipality"]


class DeviceForm(forms.Form):
    """Where one browser is reached; a script fills it in."""

    name = forms.CharField(
        label=_("What do you call this device?"),
        max_length=40,
        help_text=_("Such as: telephone, or work computer."),
    )
    endpoint = forms.CharField(max_length=600, widget=forms.HiddenInput)
    public_key = forms.CharField(max_length=100, widget=forms.HiddenInput)
    secret = forms.CharField(max_length=30, widget=forms.HiddenInput)


class ChoicesForm(forms.ModelForm):
    """The digest somebody wants, and the hours of rest."""

    class Meta:
        model = Choices
        fields = ("rhythm", "quiet_from", "quiet_until")
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
