"""What is filled in about employees, departments, limits, promises inside, the service group, thanks and visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars_web.staff import words
from regulars_web.touchpoints.forms import ListedInput

LONGEST, LONGEST_TEXT = 120, 4_000
MINUTE, HOUR, DAY = 60, 3_600, 86_400
UNITS: Mapping[str, tuple[Any, int]] = {
    "min": (gettext_lazy("minutes"), MINUTE),
    "h": (gettext_lazy("hours"), HOUR),
    "d": (gettext_lazy("days"), DAY),
}
Choices = Sequence[tuple[str, str]]


def _day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def _text(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST_TEXT, widget=widget, help_text=help_text)


def _word(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=LONGEST, help_text=help_text)


def _email(help_text: Any) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "off"})
    return forms.EmailField(label=gettext_lazy("E-mail"), required=False, widget=widget, help_text=help_text)


def _money(label: Any, *, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class OfferedForm(forms.Form):
    """A form some of whose fields offer what was used before.

    offered  field -> words to choose from or to type over (a text), or choices (a choice)
    """

    def __init__(self, *args: Any, offered: Mapping[str, Any], new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name, found in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found
            else:
                field.widget = ListedInput(found, attrs={"maxlength": LONGEST, "autocomplete": "off"})
        if not new:
            for name in getattr(self, "only_new", ()):
                del self.fields[name]


class EmployeeForm(OfferedForm):
    """Somebody who works here."""

    only_new = ("code",)
    code = _word(
        gettext_lazy("Code"),
        required=True,
        help_text=gettext_lazy(
            "As it stands in the files, in the column employee. Where no file names anybody, any number will do."
        ),
    )
    name = _word(
        pgettext_lazy("of a person", "Name"),
        help_text=gettext_lazy("It is kept apart from the log, and goes when the person is erased."),
    )
    email = _email(gettext_lazy("Invitations to rounds go there. It is kept apart from the log, like the name."))
    account = forms.ChoiceField(
        label=gettext_lazy("Account"),
        required=False,
        help_text=gettext_lazy("With it this person signs in; then the forms know who is writing."),
    )
    department = _word(gettext_lazy("Department"))
    branch = _word(gettext_lazy("Branch"))
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    role = _word(
        pgettext_lazy("of an employee", "Role"),
        help_text=gettext_lazy("Limits of authority are given to a role, for example “shop assistant”."),
    )
    started_on = _day(gettext_lazy("First day"))
    left_on = _day(gettext_lazy("Last day"), help_text=gettext_lazy("Empty while they work here."))


class PartnerForm(OfferedForm):
    """A partner: a company, or a person who works for us."""

    name = _word(pgettext_lazy("of a partner", "Name"), required=True)
    email = _email(gettext_lazy("It is kept apart from the log, like the name."))


class DepartmentForm(OfferedForm):
    """A department and its zone."""

    only_new = ("key",)
    key = _word(
        gettext_lazy("As it stands in the files"),
        required=True,
        help_text=gettext_lazy("The text by which the department is told in the column department."),
    )
    name = _word(
        pgettext_lazy("of a department", "Name"),
        help_text=gettext_lazy("What people here call it. Empty: as it stands in the files."),
    )
    zone = forms.ChoiceField(label=gettext_lazy("Zone"), required=False)
    head = forms.ChoiceField(label=gettext_lazy("Head"), required=False)


class LimitForm(OfferedForm):
    """What somebody may decide on the spot."""

    decision = _word(
        gettext_lazy("Kind of decision"),
        required=True,
        help_text=gettext_lazy("For example refund, exchange, gift."),
    )
    role = _word(gettext_lazy("For everybody in the role"))
    employee = forms.ChoiceField(label=gettext_lazy("Or for one person"), required=False)
    up_to = _money(
        gettext_lazy("Up to"),
        help_text=gettext_lazy("The most that one case may cost. Empty: without a limit in money."),
    )
    note = _text(gettext_lazy("Note"), rows=2)


class PromiseForm(OfferedForm):
    """What one department promises another."""

    name = _word(
        gettext_lazy("The promise"),
        required=True,
        help_text=gettext_lazy("As colleagues would say it, for example “Contracts are answered within two days”."),
    )
    giver = _word(gettext_lazy("Who promises"), required=True)
    taker = _word(gettext_lazy("Who waits for it"), required=True)
    within = forms.DecimalField(
        label=gettext_lazy("Within"), min_value=0, max_digits=8, decimal_places=1, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    unit = forms.ChoiceField(label=pgettext_lazy("of time", "Unit"))
    from_step = _word(
        gettext_lazy("The clock starts at the step"),
        help_text=gettext_lazy("Empty: at the touch of the department that waits."),
    )
    to_step = _word(
        gettext_lazy("It stops at the step"),
        help_text=gettext_lazy("Empty: at the next touch of the department that promises, in the same order or case."),
    )

    def clean(self) -> dict[str, Any]:
        """The time in seconds, as the log counts it."""
        told = super().clean() or {}
        if told.get("within") is not None and told.get("unit"):
            told["within_seconds"] = round(float(told["within"]) * UNITS[told["unit"]][1])
        return told


class GroupForm(OfferedForm):
    """The customer service group."""

    purpose = _text(gettext_lazy("What it is for"), required=True, rows=4)
    roles = _text(gettext_lazy("Its roles"), help_text=gettext_lazy("One a line."))
    links = forms.MultipleChoiceField(
        label=gettext_lazy("Departments it is linked to"), required=False, widget=forms.CheckboxSelectMultiple
    )


class AccountForm(OfferedForm):
    """Who keeps a key account. The customer is chosen beside it."""

    keeper = forms.ChoiceField(label=gettext_lazy("Keeper"))
    note = _text(gettext_lazy("What matters to them"))


class VisitForm(OfferedForm):
    """A visit to a key account."""

    client_key = forms.ChoiceField(label=gettext_lazy("Key account"))
    on = _day(gettext_lazy("Day of the visit"), required=True)
    keeper = forms.ChoiceField(label=gettext_lazy("Who goes"))
    about = _text(gettext_lazy("What it is about"))


class ThanksForm(OfferedForm):
    """Thanks to a colleague; a bonus where the person who thanks may give one."""

    employee = forms.ChoiceField(label=gettext_lazy("Whom"))
    text = _text(gettext_lazy("What for"), required=True)
    bonus = _money(gettext_lazy("Bonus"), help_text=gettext_lazy("Empty: thanks alone."))


def with_none(choices: Iterable[tuple[str, str]], nothing: str = "") -> list[tuple[str, str]]:
    """Choices behind one that says nothing."""
    return [("", nothing or _("not said")), *choices]


def level_choices() -> list[tuple[str, str]]:
    """The levels, with none first."""
    return with_none((key, str(found)) for key, found in words.LEVEL_NAMES.items())


def as_typed(seconds: int) -> tuple[str, str]:
    """A time as one would type it: number and unit."""
    for unit in ("d", "h"):
        size = UNITS[unit][1]
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size}", unit
    return f"{seconds / MINUTE:g}", "min"
