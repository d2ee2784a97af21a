"""Floors, targets and weights as people type them, and what changed from one version to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.decided import Decided
from regulars.index.errors import FocusIndexError
from regulars.index.parts import COMPONENTS, Component, Components
from regulars_web.programme import figures, queries, words
from regulars_web.shared.said import said

LONGEST_NOTE = 400
HUNDRED = 100
NUMBERS = ("floor", "target", "weight")
WRONG_WORDS: Mapping[str, Any] = {
    "unknown_component": gettext_lazy("The index has no component %(found)s. Open the page again."),
    "twice": gettext_lazy("The component “%(found)s” is named twice. Open the page again."),
    "bad_weight": gettext_lazy("“%(name)s” cannot have the weight %(found)s. Write a number from 0 to %(limit)s."),
    "no_weight": gettext_lazy("All weights are 0, so there would be no index. Give at least one component a weight."),
    "bad_end": gettext_lazy("The floor or the target of “%(name)s” lies beyond what can be. Mend it."),
    "no_span": gettext_lazy("The floor of “%(name)s” is not below its target. A score needs some way between them."),
    "long_note": gettext_lazy("The note is longer than %(limit)s characters. Say it more shortly."),
    "unreadable": gettext_lazy("What was decided about the index cannot be read. Decide it again."),
}


class ComponentsForm(forms.Form):
    """Floor, target and weight of every component; shares are typed in per cent."""

    note = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stays with this version, beside your name and the date."),
    )

    def __init__(self, *args: Any, components: Sequence[Component], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.components = components
        for place, one in enumerate(components):
            for name in NUMBERS:
                label = _("%(what)s of “%(component)s”") % {"what": _NAMES[name], "component": said(one.title)}
                field = forms.FloatField(localize=True, label=label, initial=_typed(one, name))
                field.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
                field.widget.attrs["aria-label"] = label
                self.fields[f"{name}-{place}"] = field

    def rows(self) -> list[dict[str, Any]]:
        """One line a component, for the table."""
        whole = sum(one.weight for one in self.components) or 1.0
        return [
            {
                "component": one,
                "name": one.title,
                "part": words.PARTS[one.part],
                "view": words.VIEW_NOUNS[one.view],
                "per_cent": one.unit == "share",
                "share": figures.written(one.weight / whole, "share"),
                **{name: self[f"{name}-{place}"] for name in NUMBERS},
            }
            for place, one in enumerate(self.components)
        ]

    def decided(self) -> list[Component]:
        """The components as they were typed. Only after the form was found valid."""
        found = []
        for place, one in enumerate(self.components):
            told = {name: float(self.cleaned_data[f"{name}-{place}"]) for name in NUMBERS}
            if one.unit == "share":
                told |= {name: told[name] / HUNDRED for name in ("floor", "target")}
            found.append(replace(one, floor=told["floor"], target=told["target"], weight=told["weight"]))
        return found


@dataclass(frozen=True)
class Version:
    """One version and what changed in it; ``place`` counts from 1, the oldest."""

    place: int
    decided: Decided[Components]
    by: str
    changes: Sequence[str]


def versions_told(history: Sequence[Decided[Components]]) -> list[Version]:
    """Every version with what changed in it, newest first."""
    names = queries.names_of([one.decided_by for one in history])
    before = [COMPONENTS, *(one.body.components for one in history)]
    told = [
        Version(place, one, names.get(one.decided_by, one.decided_by) or _("nobody named"), changes(old, one.body))
        for place, (old, one) in enumerate(zip(before, history, strict=False), start=1)
    ]
    return told[::-1]


def changes(before: Sequence[Component], after: Components) -> list[str]:
    """Sentences on every number that changed."""
    old = {one.name: one for one in before}
    return [
        _("%(what)s of “%(component)s”: %(old)s, now %(new)s")
        % {
            "what": _NAMES[name],
            "component": said(one.title),
            "old": _shown(old[one.name], name),
            "new": _shown(one, name),
        }
        for one in after.components
        for name in NUMBERS
        if one.name in old and abs(getattr(old[one.name], name) - getattr(one, name)) > _NOTHING
    ]


def wrong_words(error: FocusIndexError) -> str:
    """What the library refused, and what to do."""
    facts = {name: said(value) if name == "name" else value for name, value in error.facts.items()}
    return str(WRONG_WORDS[error.reason]) % facts if error.reason in WRONG_WORDS else str(error)


_NOTHING = 1e-9
_NAMES: Mapping[str, Any] = {
    "floor": gettext_lazy("Floor"),
    "target": gettext_lazy("Target"),
    "weight": gettext_lazy("Weight"),
}


def _typed(component: Component, name: str) -> float | int:
    """A number as one would type it: whole ones without a point."""
    value = float(getattr(component, name))
    found = round(value * HUNDRED if name != "weight" and component.unit == "share" else value, 6)
    return int(found) if found.is_integer() else found


def _shown(component: Component, name: str) -> str:
    if name == "weight":
        return figures.plain(component.weight, 0 if float(component.weight).is_integer() else 2)
    return figures.written(getattr(component, name), component.unit)
