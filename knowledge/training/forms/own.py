"""What learners say of themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.training.models import Learner


class LearnerForm(forms.ModelForm):
    """Where somebody works."""

    class Meta:
        model = Learner
        fields = ["organisation", "target_group", "municipality"]
        help_texts = {
            "organisation": _("For totals of five people or more. Not obliged."),
        }


class EraseForm(forms.Form):
    """Whether somebody is sure."""

    sure = forms.BooleanField(label=_("Yes, delete all of it. My certificates end too."))
