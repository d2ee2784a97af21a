"""What parts, views, steps and states are called on these pages, and what the library refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

PARTS: Mapping[str, Any] = {
    "understanding": gettext_lazy("Understanding"),
    "valuing": gettext_lazy("Valuing"),
    "creating value": gettext_lazy("Creating value"),
}
PART_QUESTIONS: Mapping[str, Any] = {
    "understanding": gettext_lazy("Do we know our customers and what they need?"),
    "valuing": gettext_lazy("Do we keep our word, and do they feel that they matter?"),
    "creating value": gettext_lazy("Is it worth it to them, and do they come back?"),
}
VIEWS: Mapping[str, Any] = {
    "staff": gettext_lazy("What staff say"),
    "customers": gettext_lazy("What customers say"),
    "evidence": gettext_lazy("What the evidence says"),
}
VIEW_HELPS: Mapping[str, Any] = {
    "staff": gettext_lazy("Questionnaires of the people who work here, without names."),
    "customers": gettext_lazy("Their answers to surveys."),
    "evidence": gettext_lazy("What was done and what happened, as the log has it."),
}
VIEW_NOUNS: Mapping[str, Any] = {
    "staff": pgettext_lazy("view of the index", "staff"),
    "customers": pgettext_lazy("view of the index", "customers"),
    "evidence": pgettext_lazy("view of the index", "evidence"),
}
WHOLE = gettext_lazy("All three parts")

# State of an evidence, of a criterion or of a mistake: words and the tone of the pill.
STATES: Mapping[str, tuple[Any, str]] = {
    "done": (gettext_lazy("done"), "good"),
    "part": (gettext_lazy("in part"), "old"),
    "missing": (gettext_lazy("missing"), "harm"),
    "unknown": (gettext_lazy("not known"), ""),
}
MET: Mapping[str, tuple[Any, str]] = {
    "yes": (gettext_lazy("met"), "good"),
    "no": (gettext_lazy("not met"), "harm"),
    "unknown": (gettext_lazy("not known"), ""),
}
ANSWERS: Mapping[str, Any] = {
    "yes": pgettext_lazy("answer", "Yes"),
    "no": pgettext_lazy("answer", "No"),
    "unsure": pgettext_lazy("answer", "Not sure"),
    "unknown": pgettext_lazy("answer", "Not known"),
}
PROGRAMME_STATES: Mapping[str, Any] = {
    "not started": gettext_lazy("The programme has not started"),
    "started": gettext_lazy("The programme runs"),
    "paused": gettext_lazy("The programme is paused"),
}
VERDICTS: Mapping[str, Any] = {
    "start": gettext_lazy("It fits: start"),
    "start small": gettext_lazy("Start small"),
    "mend this first": gettext_lazy("Mend this first"),
    "not known yet": gettext_lazy("Whether it fits is not known yet"),
}
STEP_NAMES: Mapping[int, Any] = {
    1: gettext_lazy("One shared understanding"),
    2: gettext_lazy("Know the customer"),
    3: gettext_lazy("Touchpoints"),
    4: gettext_lazy("Life cycle and journey"),
    5: gettext_lazy("Experience"),
}
LEVELS: Mapping[int, Any] = {
    1: gettext_lazy("Good service"),
    2: gettext_lazy("Professional service"),
    3: gettext_lazy("Customer service centre"),
}
LEVEL_HELPS: Mapping[int, Any] = {
    1: gettext_lazy("Courteous and personal: every customer is greeted, heard and served decently."),
    2: gettext_lazy("Competent, also where the case is unusual. Here the customer speaks first."),
    3: gettext_lazy("Acts before it is asked and prevents what would go wrong. Here the company speaks first."),
}
