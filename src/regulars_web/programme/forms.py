"""What is filled in about the programme: what is done next, the pilot, what only people can say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from regulars_web.programme import words
from regulars_web.touchpoints.forms import ListedInput

LONGEST = 400


def date_input() -> forms.DateInput:
    """A day as browsers ask for one."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ActionForm(forms.Form):
    """What is done next for one evidence of a step."""

    text = forms.CharField(
        label=gettext_lazy("What is done next"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.CharField(
        label=gettext_lazy("By whom"),
        max_length=120,
        help_text=gettext_lazy("One person who answers for it."),
    )
    due_on = forms.DateField(label=gettext_lazy("Until when"), widget=date_input())
    done = forms.BooleanField(label=gettext_lazy("It is done"), required=False)

    def __init__(self, *args: Any, owners: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["owner"].widget = ListedInput(owners, attrs={"maxlength": 120, "autocomplete": "off"})


class StateForm(forms.Form):
    """Where the programme is tried first, and why it starts, stops or goes on."""

    group = forms.ChoiceField(label=gettext_lazy("Group"), required=False)
    touchpoint = forms.ChoiceField(label=gettext_lazy("Touchpoint"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, groups: Sequence[tuple[str, str]], touchpoints: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["group"].choices = [("", gettext_lazy("All customers")), *groups]  # type: ignore[attr-defined]
        self.fields["touchpoint"].choices = [("", gettext_lazy("All touchpoints")), *touchpoints]  # type: ignore[attr-defined]


class FitForm(forms.Form):
    """What people say to a condition of the fit check."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Is it so?"),
        choices=[(one, words.ANSWERS[one]) for one in ("yes", "no", "unsure")],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label=gettext_lazy("How do you know?"), max_length=LONGEST, required=False)


class AttestForm(forms.Form):
    """What was seen of a criterion that no log can tell."""

    met = forms.ChoiceField(
        label=gettext_lazy("Is it met?"),
        choices=[("yes", words.ANSWERS["yes"]), ("no", words.ANSWERS["no"])],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label=gettext_lazy("What was seen, where and when"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = forms.DateField(
        label=gettext_lazy("It counts until"),
        widget=date_input(),
        help_text=gettext_lazy("At most a year; then somebody looks again."),
    )


class MistakeForm(forms.Form):
    """'We know, because …', until a day."""

    because = forms.CharField(
        label=gettext_lazy("We know, because"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    until = forms.DateField(
        label=gettext_lazy("Do not warn before"),
        widget=date_input(),
        help_text=gettext_lazy("At most a year; then the warning comes back if it still holds."),
    )
