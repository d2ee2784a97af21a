"""The library's own sentences in the reader's language."""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language, gettext

from regulars_web.shared.library_texts import TEMPLATES

PLACE = re.compile(r"%\((\w+)\)s")


def said(sentence: object) -> str:
    """A sentence of the library as the reader would say it; as it stands where it is not one that was translated."""
    text = str(sentence)
    if (get_language() or "en").startswith("en"):
        return text
    for template, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return gettext(template) % found.groupdict()
    return text


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Templates with what recognises them, those that say most by themselves first."""
    ordered = sorted(TEMPLATES, key=lambda template: -len(PLACE.sub("", template)))
    return [(template, re.compile(_recognised(template), re.DOTALL)) for template in ordered if PLACE.sub("", template)]


def _recognised(template: str) -> str:
    parts = PLACE.split(template)
    places = [
        f"(?P<{part}>.*?)" if number % 2 else re.escape(part.replace("%%", "%")) for number, part in enumerate(parts)
    ]
    return "".join(places)
