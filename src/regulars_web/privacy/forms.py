"""What is filled in about personal data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PURPOSES = [
    ("e-mail", _("News by e-mail")),
    ("phone", _("Calls by telephone")),
    ("post", _("Letters by post")),
    ("profiling", _("Looking at what the customer buys")),
    ("marketing", _("Marketing of any kind")),
]


class EraseForm(forms.Form):
    """How to erase, and why."""

    keep_amounts = forms.TypedChoiceField(
        label=_("What happens to the sales figures"),
        choices=[
            ("yes", _("Sales stay as those of a guest, so the books stay right")),
            ("no", _("Everything goes, and past sales figures get smaller")),
        ],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For the trail, without the person's name: for example “asked by letter on 3 May”."),
    )
    sure = forms.BooleanField(label=_("I know that this cannot be taken back"))


class ConsentForm(forms.Form):
    """What a customer agreed to or withdrew, and how that can be shown."""

    purpose = forms.ChoiceField(label=_("What for"), choices=PURPOSES)
    state = forms.ChoiceField(
        label=_("What the customer said"), choices=[("granted", _("agreed")), ("withdrawn", _("withdrew"))]
    )
    given_at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    source = forms.CharField(label=_("Where"), max_length=80, help_text=_("Shop, telephone, letter, web form …"))
    proof = forms.CharField(
        label=_("Proof"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("What was said or signed, in which words, and where the paper or recording is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_at"].initial = timezone.localtime().replace(second=0, microsecond=0)


class LetInForm(forms.Form):
    """Somebody who was erased and asks to come back, as a customer or as a colleague."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    code = forms.CharField(
        label=_("Code of an employee"),
        max_length=120,
        required=False,
        help_text=_("For somebody who works here and was known by the code alone."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the three."""
        said: dict[str, Any] = super().clean() or {}
        if not any(said.get(name) for name in ("email", "phone", "code")):
            raise forms.ValidationError(_("Give the e-mail, the telephone or the code the person was known by."))
        return said
