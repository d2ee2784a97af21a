"""What owners and new colleagues fill in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from regulars_web.accounts.models import FormerAddress, User, languages
from regulars_web.accounts.roles import Role


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail and password; the page itself leads to whoever forgot theirs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]
    """Mails a link to a new password, but never to an address that an owner wrote and nobody has signed in by."""

    def clean_email(self) -> str:
        """The same answer for all, so that nobody learns who has an account."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.email_confirmed]
        return email


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.FRONT_LINE)

    def clean_email(self) -> str:
        """One account an address."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("There is an account with this e-mail already."))
        if FormerAddress.objects.filter(email=email).exists():
            raise forms.ValidationError(
                _("Another colleague had this e-mail here. What they did stands under it, so it stays theirs.")
            )
        return email


class JoinForm(forms.Form):
    """A new colleague's own account."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. A sentence is easier to keep in mind than a riddle."),
    )

    def __init__(self, *args: Any, fixed_email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed_email = fixed_email
        if fixed_email:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        """The password is measured against the person's own name and address."""
        said: dict[str, Any] = super().clean() or {}
        email = (self.fixed_email or said.get("email", "")).lower()
        if email and not self.fixed_email and User.objects.filter(email=email).exists():
            self.add_error("email", _("There is an account with this e-mail already."))
        if said.get("password"):
            try:
                password_validation.validate_password(said["password"], User(email=email, name=said.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return said


class MeForm(forms.ModelForm):
    """What colleagues change about themselves."""

    class Meta:
        model = User
        fields = ("name", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), required=False, choices=[("", _("As the browser says")), *languages()]
        )
