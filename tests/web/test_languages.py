"""Five complete languages: nothing missing, nothing guessed, nothing lost between a sentence and its translation."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation import ngettext

from regulars_web.shared import numbers
from tools.messages import LANGUAGES, PAGES, files, untranslated

SAYS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
# How many forms a count has, by gettext's rule of the language.
FORMS = {"bg": 2, "cs": 4, "ru": 4, "tr": 2}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_missing_or_guessed(language: str) -> None:
    assert untranslated(files()[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_names_what_its_sentence_names(language: str) -> None:
    """A number or name that is lost in translation would be a hole on the page; one too many would break it."""
    wrong = []
    for entry in polib.pofile(str(files()[language])):
        wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            named = set(PLACEHOLDER.findall(text))
            if not named <= wanted or (not entry.msgid_plural and named != wanted):
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_has_all_the_forms_of_the_language(language: str) -> None:
    short = [
        entry.msgid
        for entry in polib.pofile(str(files()[language]))
        if entry.msgid_plural and len([form for form in entry.msgstr_plural.values() if form]) != FORMS[language]
    ]
    assert short == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_pages_read_is_what_was_translated(language: str) -> None:
    path = files()[language]
    said = {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.pofile(str(path)) if not e.obsolete}
    read = {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.mofile(str(path.with_suffix(".mo")))}
    assert read == said, "run `make messages`"


def test_no_sentence_hides_where_it_is_not_collected() -> None:
    """Inside of an f-string a sentence is not found by those who collect it, and stays English everywhere."""
    hidden = [
        f"{path.relative_to(PAGES)}:{call.lineno}"
        for path in PAGES.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYS
    ]
    assert hidden == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed (apt-get install gettext)")
def test_every_sentence_of_the_pages_is_up_for_translation(tmp_path: Path) -> None:
    """What templates and programs say now is what the files of sentences hold; nothing older, nothing less."""
    copy = tmp_path / "regulars_web"
    shutil.copytree(PAGES, copy, ignore=shutil.ignore_patterns("tests", "__pycache__", "*.mo", "static"))
    command = [sys.executable, "-m", "regulars_web", "makemessages", "--locale", "bg", "--no-location", "--no-obsolete"]
    subprocess.run([*command, "--ignore", "tests"], cwd=copy, check=True, capture_output=True)
    now = {e.msgid for e in polib.pofile(str(copy / "locale" / "bg" / "LC_MESSAGES" / "django.po"))}
    assert now == {entry.msgid for entry in polib.pofile(str(files()["bg"]))}, "run `make messages`"


@pytest.mark.parametrize(
    ("language", "counts", "forms"),
    [("cs", (1, 2, 5), 3), ("ru", (1, 2, 5), 3), ("bg", (1, 2, 5), 2), ("tr", (1, 2, 5), None), ("en", (1, 2, 5), 2)],
)
def test_counts_are_said_as_people_say_them(language: str, counts: tuple[int, ...], forms: int | None) -> None:
    """1 den, 2 dny, 5 dní; 1 день, 2 дня, 5 дней; 1 ден, 2 дни; in Turkish the noun stays as it is."""
    with translation.override(language):
        said = [ngettext("%(count)s day", "%(count)s days", count) % {"count": count} for count in counts]
    nouns = {text.split(" ", 1)[1] for text in said}
    assert len(nouns) == (forms or 1), said


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1,234.5"), ("bg", "1 234,5"), ("ru", "1 234,5"), ("cs", "1 234,5"), ("tr", "1.234,5")],
)
def test_numbers_are_written_as_the_reader_writes_them(language: str, written: str) -> None:
    with translation.override(language):
        assert numbers.number(1234.5, 1).replace("\xa0", " ").replace("\u202f", " ") == written


@pytest.mark.parametrize(
    ("language", "written"), [("en", "34%"), ("bg", "34%"), ("ru", "34 %"), ("cs", "34 %"), ("tr", "%34")]
)
def test_shares_are_written_as_the_reader_writes_them(language: str, written: str) -> None:
    with translation.override(language):
        assert numbers.percent(0.34).replace("\xa0", " ") == written
