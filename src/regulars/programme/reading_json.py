"""Pieces of a published JSON body: texts, words in languages, days; each said to be wrong by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import cast
from unicodedata import category

from regulars.programme.errors import ProgrammeError
from regulars.programme.parts import Words

Json = Mapping[str, object]

LONGEST_TEXT = 1_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")


def text(body: Json, name: str, default: str = "") -> str:
    """The text under a name. Raises ProgrammeError where something else stands there."""
    found = body.get(name, default)
    if not isinstance(found, str):
        raise ProgrammeError("not_readable", where=name)
    return checked_text(found, name)


def words(found: object, name: str) -> Words:
    """A text in languages; a plain text is one of which nobody has said the language."""
    if isinstance(found, str):
        return {"": checked_text(found, name)} if found.strip() else {}
    if not isinstance(found, Mapping) or not all(isinstance(one, str) for one in [*found, *found.values()]):
        raise ProgrammeError("not_readable", where=name)
    for language in found:
        if language and not _LANGUAGE.fullmatch(language):
            raise ProgrammeError("unknown_language", found=repr(language)[:40])
    return {language: checked_text(one, name) for language, one in found.items() if one.strip()}


def listed(body: Json, name: str) -> tuple[Words, ...]:
    """A list of such texts; empty ones are left out."""
    found = body.get(name, [])
    if not isinstance(found, list | tuple):
        raise ProgrammeError("not_readable", where=name)
    return tuple(one for one in (words(entry, name) for entry in found) if one)


def keys(body: Json, name: str) -> tuple[str, ...]:
    """A list of keys, each once."""
    found = body.get(name, [])
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise ProgrammeError("not_readable", where=name)
    return tuple(dict.fromkeys(one for one in cast("list[str]", list(found)) if one))


def day(body: Json, name: str) -> date | None:
    """The day under a name, or None."""
    found = body.get(name)
    if found is None or found == "":
        return None
    try:
        return date.fromisoformat(cast(str, found))
    except (TypeError, ValueError):
        raise ProgrammeError("not_readable", where=name) from None


def known_day(body: Json, name: str) -> date:
    """The day under a name. Raises ProgrammeError where there is none."""
    found = day(body, name)
    if found is None:
        raise ProgrammeError("not_readable", where=name)
    return found


def number(body: Json, name: str) -> int:
    """The whole number under a name; 0 where there is none."""
    found = body.get(name, 0)
    if not isinstance(found, int) or isinstance(found, bool):
        raise ProgrammeError("not_readable", where=name)
    return found


def said_only(full: Json) -> dict[str, object]:
    """What is not empty; False stays."""
    return {name: value for name, value in full.items() if value not in ("", [], {}, None)}


def checked_text(found: str, name: str) -> str:
    """The text without space around it. Raises ProgrammeError for one too long, or with signs that cannot be shown."""
    # Pages send lines ending in two signs; hard spaces stand in good typography of every language.
    found = found.replace("\r\n", "\n").strip()
    if len(found) > LONGEST_TEXT:
        raise ProgrammeError("text_too_long", where=name, limit=LONGEST_TEXT)
    if not all(sign.isprintable() or sign in "\n\t" or category(sign) == "Zs" for sign in found):
        raise ProgrammeError("unprintable", where=name)
    return found
