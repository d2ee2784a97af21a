"""What the pages about staff say, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

LEVELS: Mapping[str, Any] = {
    "front line": gettext_lazy("I serve customers"),
    "support": gettext_lazy("I work for colleagues"),
    "management": gettext_lazy("I lead others"),
}
LEVEL_NAMES: Mapping[str, Any] = {
    "front line": gettext_lazy("front line"),
    "support": gettext_lazy("support"),
    "management": gettext_lazy("management"),
}
ZONES: Mapping[str, Any] = {
    "visible": gettext_lazy("Visible: its people meet customers"),
    "invisible": gettext_lazy("Invisible: its people work for those who meet customers"),
}
ZONE_NAMES: Mapping[str, Any] = {
    "visible": pgettext_lazy("zone of a department", "visible"),
    "invisible": pgettext_lazy("zone of a department", "invisible"),
}
# Kinds of decision that most companies have; others are typed in.
DECISIONS: Mapping[str, Any] = {
    "refund": pgettext_lazy("a decision for a customer", "Refund"),
    "exchange": pgettext_lazy("a decision for a customer", "Exchange"),
    "discount": pgettext_lazy("a decision for a customer", "Discount"),
    "gift": pgettext_lazy("a decision for a customer", "Gift"),
    "repair": pgettext_lazy("a decision for a customer", "Repair"),
    "delivery": pgettext_lazy("a decision for a customer", "Delivery at our cost"),
}
OUTCOMES: Mapping[str, Any] = {
    "granted": gettext_lazy("Granted"),
    "refused": gettext_lazy("Refused"),
    "asked": gettext_lazy("Asked, no answer yet"),
}
VERDICTS: Mapping[str, Any] = {
    "surely above": gettext_lazy("surely above the others"),
    "surely below": gettext_lazy("surely below the others"),
    "cannot be told apart": gettext_lazy("cannot be told apart"),
    "too few": gettext_lazy("too few touches"),
}
VERDICT_TONES = {"surely above": "good", "surely below": "old"}


def decision_words(decision: str) -> str:
    """What was decided, as a label; a company's own word stands as it was typed."""
    return str(DECISIONS.get(decision, decision)) or _("any decision")


def level_words(level: str) -> str:
    """A level as a word; empty where none is known."""
    return str(LEVEL_NAMES.get(level, level))
