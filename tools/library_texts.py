"""Finds the sentences with which the library refuses things, so that pages can say them in the reader's language.

The library says them in English, with names and numbers already inside. This writes each as a template with named
places to regulars_web/shared/library_texts.py, from where they are collected for translation like any other sentence;
regulars_web/shared/said.py recognises a sentence by its template.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from regulars.identity import words

WORDS: tuple[Mapping[Any, str], ...] = (words.TITLES, words.BECAUSE, words.STEPS)
LIBRARY = Path(__file__).parent.parent / "src" / "regulars"
TO = LIBRARY.parent / "regulars_web" / "shared" / "library_texts.py"
# Parts of the library that pages never call, and functions whose second word is a phrase for their own sentence.
LEFT_OUT = {"tests", "demo", "cli", "report"}
HEAD = '''"""Every sentence with which the library refuses something, as a template. Made by `make messages`."""

from __future__ import annotations

from django.utils.translation import gettext_noop

TEMPLATES = (
'''


def write_library_texts() -> None:
    """Bring the module of templates up to what the library says now."""
    TO.write_text(module_text(), encoding="utf-8")


def module_text() -> str:
    """The module as it should stand."""
    lines = [
        f"    gettext_noop({json.dumps(template, ensure_ascii=False)}),\n" for template in sorted(set(templates()))
    ]
    return HEAD + "".join(lines) + ")\n"


def templates() -> Iterator[str]:
    """Every template of an error's sentence, and every sentence that stands in a table of words."""
    for table in WORDS:
        yield from (text.replace("%", "%%") for text in table.values())
    names = error_names()
    for path in sorted(LIBRARY.rglob("*.py")):
        if LEFT_OUT.isdisjoint(path.relative_to(LIBRARY).parts):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and _called(call) in names and call.args:
                    yield from _template(call.args[0])


def error_names() -> set[str]:
    """The names of all classes of errors that people see, from the base down."""
    parents: dict[str, set[str]] = {}
    for path in LIBRARY.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                parents[node.name] = {base.id for base in node.bases if isinstance(base, ast.Name)}
    found = {"RegularsError"}
    while more := {name for name, bases in parents.items() if bases & found} - found:
        found |= more
    return found


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _template(said: ast.expr) -> Iterator[str]:
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        yield said.value.replace("%", "%%")
    elif isinstance(said, ast.JoinedStr):
        yield _joined(said)


def _joined(said: ast.JoinedStr) -> str:
    text, seen = "", set[str]()
    for part in said.values:
        if isinstance(part, ast.Constant):
            text += str(part.value).replace("%", "%%")
        elif isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            while name in seen:
                name += "_2" if not name.endswith("_2") else "_3"
            seen.add(name)
            text += f"%({name})s"
    return text


def _name(value: ast.expr) -> str:
    """What a place in a sentence is called: the last name in the expression that fills it."""
    if isinstance(value, ast.Name):
        return value.id.strip("_")
    if isinstance(value, ast.Attribute):
        return value.attr.strip("_")
    found = [node for node in ast.walk(value) if isinstance(node, ast.Name | ast.Attribute)]
    return _name(found[-1]) if found else "value"
