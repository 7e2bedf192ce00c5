"""Forms that a screen reader, a keyboard and a hurried person can fill in."""

import re
from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import override

from portal.design.forms import DateInThreeFields


class WorryForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Wat wilt u delen?",
        help_text="Kies wat het beste past.",
        choices=[("zorg", "Een zorg"), ("vraag", "Een vraag")],
        widget=forms.RadioSelect,
    )
    seen_on = forms.DateField(label="Wanneer was het?", widget=DateInThreeFields)
    story = forms.CharField(
        label="Wat zag u?",
        help_text="Schrijf op wat u zelf zag.",
        max_length=500,
        widget=forms.Textarea,
    )
    place = forms.CharField(label="Waar was het?", required=False)
    town = forms.ChoiceField(label="Gemeente", choices=[("d", "Demodam")], required=False)
    photo = forms.FileField(label="Foto", required=False)
    agreed = forms.BooleanField(label="Ik heb dit gelezen")


FILLED = {
    "kind": "zorg",
    "seen_on_day": "4",
    "seen_on_month": "11",
    "seen_on_year": "2026",
    "story": "Een groep voor de school.",
    "agreed": "on",
}


def ids(html):
    return re.findall(r'\sid="([^"]+)"', html)


def field(form, name):
    return form[name].as_field_group()


@pytest.mark.parametrize("data", [None, {}, FILLED])
def test_no_two_parts_of_a_form_share_an_id(data):
    html = str(WorryForm(data))

    assert len(ids(html)) == len(set(ids(html)))


def test_every_field_has_a_label_of_its_own():
    html = str(WorryForm())
    inputs = re.findall(r'<(?:input|textarea|select)[^>]*\sid="([^"]+)"', html)

    assert len(inputs) == 10
    assert set(inputs) <= set(re.findall(r'<label[^>]*\sfor="([^"]+)"', html))


def test_help_and_error_are_read_with_the_field():
    html = field(WorryForm({}), "story")

    assert 'aria-describedby="id_story_helptext id_story_error"' in html
    assert {"id_story_helptext", "id_story_error"} <= set(ids(html))
    assert 'aria-invalid="true"' in html


def test_a_question_with_answers_is_one_group():
    html = field(WorryForm({}), "kind")

    assert '<fieldset class="utrecht-form-fieldset utrecht-form-field portal-invalid"' in html
    assert 'aria-describedby="id_kind_helptext id_kind_error"' in html
    assert "<legend" in html


def test_an_error_is_more_than_a_colour():
    html = field(WorryForm({}), "place") + field(WorryForm({}), "story")

    assert html.count("#alert-circle") == 1
    assert "Fout: " in strip_tags(html)


def test_a_field_that_may_stay_empty_says_so():
    form = WorryForm()

    assert "niet verplicht" in field(form, "place")
    assert "niet verplicht" not in field(form, "story")


def test_the_summary_leads_to_the_first_answer_of_a_group():
    form = WorryForm({})
    summary = render_to_string("components/error_summary.html", {"form": form})
    targets = re.findall(r'href="#([^"]+)"', summary)

    assert targets == ["id_kind_0", "id_seen_on_0", "id_story", "id_agreed"]
    assert set(targets) <= set(ids(str(form)))
    assert "data-error-summary" in summary


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_date_in_three_fields_is_a_date_in_every_language(language):
    with override(language):
        form = WorryForm(FILLED)
        assert form.is_valid(), form.errors

    assert form.cleaned_data["seen_on"] == date(2026, 11, 4)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2026"),
        ("4", "", "2026"),
        ("", "11", ""),
        ("vier", "nov", "-"),
        ("\x00", "é", "1"),
    ],
)
def test_what_was_typed_stays_when_it_is_no_date(day, month, year):
    typed = {"seen_on_day": day, "seen_on_month": month, "seen_on_year": year}
    form = WorryForm({**FILLED, **typed})
    html = field(form, "seen_on")

    assert not form.is_valid()
    for text in (day, month):
        assert text == "" or f'value="{text}"' in html
    assert html.count('aria-invalid="true"') == 3


def test_a_date_that_was_stored_is_shown_in_its_parts():
    html = field(WorryForm(initial={"seen_on": date(2026, 11, 4)}), "seen_on")

    assert re.findall(r'value="(\d+)"', html) == ["4", "11", "2026"]


def test_an_empty_date_is_missing_and_not_wrong():
    form = WorryForm({**FILLED, "seen_on_day": " ", "seen_on_month": "", "seen_on_year": ""})

    assert form.errors["seen_on"] == ["Dit is een verplicht veld."]


def test_a_long_answer_counts_down_and_a_short_one_does_not():
    form = WorryForm()

    assert "data-count" in field(form, "story")
    assert "data-count" not in field(form, "place")


def test_what_is_wrong_with_the_whole_form_is_said_first():
    form = WorryForm(FILLED)
    form.add_error(None, "U hebt dit al gestuurd.")

    assert str(form).index("U hebt dit al gestuurd.") < str(form).index("<fieldset")


def test_a_hostile_answer_is_shown_as_text():
    html = field(WorryForm({**FILLED, "place": '"><script>alert(1)</script>'}), "place")

    assert "<script>" not in html
