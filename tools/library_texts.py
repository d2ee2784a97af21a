"""Finds the sentences that the library says on pages, so that pages can say them in the reader's language.

The library says them in English, with names and numbers already inside. This writes each as a template with named
places to regulars_web/shared/library_texts.py, from where they are collected for translation like any other sentence;
regulars_web/shared/said.py recognises a sentence by its template. Found are: what errors say, every other sentence that
a reader may meet (notes, reasons, verdicts), the words of measures, and the phrases named below.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from regulars.errors import NeedsDecision
from regulars.identity import words
from regulars.imports.fields import FORMS
from regulars.measures import all_measures
from regulars.measures.index import parts as of_index
from regulars.measures.index import statistics as index_rows
from regulars.measures.programme import wording
from regulars.words import measures as _of_words  # noqa: F401  registers what is measured of texts

WORDS: tuple[Mapping[Any, str], ...] = (
    words.TITLES, words.BECAUSE, words.STEPS, wording.STEPS, wording.LEVELS, wording.MISTAKE_NAMES, wording.COUNTED,
    of_index.TITLES, index_rows.TITLES,
)  # fmt: skip
LIBRARY = Path(__file__).parent.parent / "src" / "regulars"
TO = LIBRARY.parent / "regulars_web" / "shared" / "library_texts.py"
# Parts of the library that pages never call, and functions whose second word is a phrase for their own sentence.
LEFT_OUT = {"tests", "demo", "cli", "report"}
# Files whose sentences are no notes or reasons: texts for programs and for files handed out, the words of measures
# (taken from the registry below), and tables of sentences with a code, which the pages have words of their own for.
SILENT = (
    "engines/", "settings.py", "surveys/", "words/columns.py", "groups/errors.py", "groups/verdicts.py",
    "groups/publishing.py", "privacy/exporting.py", "measures/coverage/", "measures/*/results.py", "imports/fields.py",
    "identity/explaining.py", "journeymap/", "fourquestions/errors.py", "fourquestions/parts.py",
)  # fmt: skip
# Notes that are no sentences, by how they begin.
PHRASES = {
    "imports/dates.py": (
        "some cells are a spreadsheet's",
        "no dates in it",
        "no cell could be read as a date",
        "%(said)s as you said",
        "%(order)s: ",
        "day first, as everywhere",
        "%(elsewhere)s as in the file's",
    ),
    "imports/numbers.py": ("decimal mark %(", "decimal mark as", "%(against)s cells"),
    "imports/ids.py": ("17850.0 means", "%(exponents)s ids", "ids of 16"),
    "imports/encoding.py": ("Windows-", "ISO-", "KOI8-"),
    "imports/importing.py": ("This very file was imported before",),
    "imports/kinds.py": ("a ", "an "),
    "imports/spreadsheet.py": ("needs more memory", "has a sheet of"),
    "imports/workbook_measure.py": ("consists of", "unpacks to", "has a sheet whose"),
    "measures/clv/fitting.py": ("the data do not determine",),
    "measures/clv/models.py": ("%(model)s is used: %(reason)s",),
    "measures/slipping/statistics.py": ("%(scope)sNobody can be named",),
}
# What the queries of imports say of lines.
OF_QUERIES = (
    "no rate for currency %(code)s: add it under [rates] in regulars.toml",
    "currency is not a three-letter code",
)
HEAD = '''"""Every sentence that the library says on pages, as a template. Made by `make messages`."""

from __future__ import annotations

from django.utils.translation import gettext_noop

TEMPLATES = (
'''
# A capital letter or a name at the beginning, a full stop at the end; a reason in its own words may stand behind it.
_SENTENCE = re.compile(r"\s?(?:[A-Z]|%\(\w+\)s).*\s.*[.?](?: %\(\w+\)s)?", re.DOTALL)
_QUERY = re.compile(r"\b(?:SELECT|FROM|WHERE|CAST|UNION|INSERT|UPDATE|DELETE|CREATE)\b")
_ENDS = re.compile(r"(?<=[.?])\s+(?=[A-Z])")


def write_library_texts() -> None:
    """Bring the module of templates up to what the library says now."""
    TO.write_text(module_text(), encoding="utf-8")


def module_text() -> str:
    """The module as it should stand."""
    lines = [
        f"    gettext_noop({json.dumps(template, ensure_ascii=False)}),\n"
        for template in sorted(set(templates()) - reworded())
    ]
    return HEAD + "".join(lines) + ")\n"


def templates() -> Iterator[str]:
    """Every template of a sentence that a reader may meet."""
    for table in WORDS:
        yield from (text.replace("%", "%%") for text in table.values())
    yield from OF_QUERIES
    yield from _of_forms()
    yield from _of_measures()
    names = error_names()
    for path in sorted(LIBRARY.rglob("*.py")):
        if LEFT_OUT.isdisjoint(path.relative_to(LIBRARY).parts):
            yield from _of_file(path, names)


def reworded() -> set[str]:
    """The templates for which pages have words of their own, so that the library's are not translated."""
    tree = ast.parse((TO.parent / "page_wordings.py").read_text(encoding="utf-8"))
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.AnnAssign) and _name(node.target) == "WORDINGS"]
    return {str(key.value) for table in tables for key in table.value.keys if isinstance(key, ast.Constant)}  # type: ignore[union-attr]


def sentences_of(formula: str) -> list[str]:
    """A formula as the sentences it is made of; several measures share some of them."""
    return [part.strip() for part in _ENDS.split(formula) if part.strip()]


def _of_forms() -> Iterator[str]:
    """What the fields of files mean, and what a file cannot do without."""
    for form in FORMS.values():
        yield from (field.meaning.replace("%", "%%") for field in form.fields.values())
        yield from (need.words.replace("%", "%%") for need in form.needs)


def _of_measures() -> Iterator[str]:
    """What a measure asks and where it is from, and each sentence of how it is counted."""
    for measure in all_measures():
        for text in (measure.question, *sentences_of(measure.formula), measure.source):
            if text:
                yield text.strip().replace("%", "%%")


def _of_file(path: Path, errors: set[str]) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _called(call) in errors and call.args:
            yield from (text for text in _template(call.args[0]) if " " in text)  # a code has pages' own words
    place = path.relative_to(LIBRARY)
    if any(place.match(one) or str(place).startswith(one) for one in SILENT):
        return
    found = list(_literals(tree))
    yield from (text.strip() for text in found if _SENTENCE.fullmatch(text) and not _QUERY.search(text))
    for start in PHRASES.get(str(place), ()):
        matching = [text for text in found if text.startswith(start)]
        if not matching:
            raise LookupError(f"{place} says nothing that begins with {start!r} any more. Mend PHRASES in {__name__}.")
        yield from matching


def _literals(tree: ast.Module) -> Iterator[str]:
    """Every text of a module as a template, but not what documents it, nor a way out for the command line."""
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inner |= {id(part) for part in ast.walk(node) if part is not node}
        elif isinstance(node, ast.Expr):
            inner.add(id(node.value))
        elif isinstance(node, ast.Call) and _called(node) == NeedsDecision.__name__:
            inner |= {id(part) for given in node.args[1:] for part in ast.walk(given)}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and id(node) not in inner:
            yield from _template(node)


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
