"""The library's sentences about the programme's decisions, and the names of a definition's parts, for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

# Parts of a definition by the name they have in the log.
PARTS: Mapping[str, Any] = {
    "text": gettext_lazy("the definition"),
    "competences": gettext_lazy("key competences"),
    "targets": gettext_lazy("target customers"),
    "parity": gettext_lazy("parity"),
    "granted": gettext_lazy("what is granted"),
    "refused": gettext_lazy("what we will not do"),
    "criteria": gettext_lazy("criteria"),
}
