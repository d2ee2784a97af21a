"""What is filled in about a touchpoint, its standard and its promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.touchpoints.parts import STAGES
from regulars_web.touchpoints import words

LONGEST = 120
UNITS = {
    "s": (gettext_lazy("seconds"), 1),
    "min": (gettext_lazy("minutes"), words.MINUTE),
    "h": (gettext_lazy("hours"), words.HOUR),
    "d": (gettext_lazy("days"), words.DAY),
    "p": (gettext_lazy("points of 100"), 1),
}


class ListedInput(forms.TextInput):
    """A line to type in, with what was used before offered under it."""

    template_name = "touchpoints/_listed.html"

    def __init__(self, offered: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The choices beside what every input has."""
        told = super().get_context(name, value, attrs)
        told["widget"]["offered"] = self.offered
        told["widget"]["attrs"]["list"] = f"{name}-offered"
        return told


class TouchpointForm(forms.Form):
    """What a touchpoint is, whose it is, and when customers meet it."""

    key = forms.CharField(
        label=gettext_lazy("As it stands in the files"),
        max_length=LONGEST,
        help_text=gettext_lazy("The text by which touches of this touchpoint are told in what is imported."),
    )
    name = forms.CharField(
        label=pgettext_lazy("of a touchpoint", "Name"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("What people here call it. Empty: as it stands in the files."),
    )
    sort = forms.ChoiceField(label=gettext_lazy("What customers meet"), widget=forms.RadioSelect, initial="business")
    owner = forms.CharField(
        label=gettext_lazy("Owner"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("One person who answers for it. Without an owner nobody mends it."),
    )
    channel = forms.CharField(label=gettext_lazy("Channel"), max_length=LONGEST, required=False)
    stages = forms.MultipleChoiceField(
        label=gettext_lazy("When customers meet it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    first = forms.BooleanField(
        label=gettext_lazy("Customers often meet us here first, so care is due"),
        required=False,
    )

    def __init__(self, *args: Any, owners: Sequence[str], channels: Sequence[str], new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["sort"].choices = [  # type: ignore[attr-defined]
            (one, f"{str(words.SORTS[one]).capitalize()}. {words.SORT_MEANINGS[one]}") for one in words.SORTS
        ]
        self.fields["stages"].choices = [(one, words.STAGE_WORDS.get(one, one)) for one in STAGES]  # type: ignore[attr-defined]
        self.fields["owner"].widget = ListedInput(owners, attrs={"maxlength": LONGEST, "autocomplete": "off"})
        self.fields["channel"].widget = ListedInput(channels, attrs={"maxlength": LONGEST})
        if not new:
            del self.fields["key"]


class StandardForm(forms.Form):
    """How a customer is served here, in the company's own words."""

    text = forms.CharField(
        label=gettext_lazy("What every customer gets here, every time"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=8_000,
        help_text=gettext_lazy("Short sentences. What is done, by whom, how fast, in which words. One thing a line."),
    )
    never = forms.CharField(
        label=gettext_lazy("What we never do here"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8_000,
        required=False,
    )


class PromiseForm(forms.Form):
    """One thing that customers are promised at a touchpoint, so that the log can tell whether it was kept."""

    name = forms.CharField(
        label=gettext_lazy("The promise"),
        max_length=LONGEST,
        help_text=gettext_lazy("As a customer would hear it, for example “We answer within 30 seconds”."),
    )
    column = forms.ChoiceField(label=gettext_lazy("What it is about"))
    limit = forms.DecimalField(
        label=gettext_lazy("Limit"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
        help_text=gettext_lazy("The most that may pass; for a checklist, the fewest points."),
    )
    unit = forms.ChoiceField(label=pgettext_lazy("of time", "Unit"))
    kind = forms.CharField(
        label=gettext_lazy("Kind of touch"),
        required=False,
        help_text=gettext_lazy("Only these touches count. Empty: all touches at this touchpoint."),
    )
    step = forms.CharField(label=gettext_lazy("Step"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[str], steps: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].choices = list(words.PROMISED.items())  # type: ignore[attr-defined]
        self.fields["unit"].choices = [(one, unit) for one, (unit, _size) in UNITS.items()]  # type: ignore[attr-defined]
        self.fields["kind"].widget = ListedInput(kinds)
        self.fields["step"].widget = ListedInput(steps)

    def clean(self) -> dict[str, Any]:
        """The limit in the unit that the log is counted in. A unit that does not go with the promise is refused."""
        told = super().clean() or {}
        column, unit, limit = told.get("column"), told.get("unit"), told.get("limit")
        if not column or not unit or limit is None:
            return told
        wanted = ("p",) if column == "checklist" else ("d",) if column == "late_days" else ("s", "min", "h", "d")
        if unit not in wanted:
            self.add_error("unit", wrong_unit(column))
            return told
        size = 1 if column in ("late_days", "checklist") else UNITS[unit][1]
        told["value"] = float(limit) * size
        return told


def wrong_unit(column: str) -> str:
    """Which unit goes with a promise."""
    if column == "checklist":
        return _("A checklist is counted in points of 100.")
    if column == "late_days":
        return _("Lateness is counted in days.")
    return _("Choose seconds, minutes, hours or days.")


def as_typed(column: str, value: float | None) -> tuple[str, str]:
    """A limit as one would type it: number and unit."""
    if value is None:
        return "", "min"
    if column == "checklist":
        return f"{value:g}", "p"
    if column == "late_days":
        return f"{value:g}", "d"
    for unit in ("d", "h", "min"):
        size = UNITS[unit][1]
        if value >= size and value % size == 0:
            return f"{value / size:g}", unit
    return f"{value:g}", "s"
