"""Collects every sentence of the pages for translation, and compiles what was translated.

python -m tools.messages collect   sentences into src/regulars_web/locale/*/LC_MESSAGES/django.po (needs gettext)
python -m tools.messages compile   *.po into the *.mo that pages read
python -m tools.messages missing   what is not translated yet, counted by language
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polib

from tools.library_texts import write_library_texts

PAGES = Path(__file__).parent.parent / "src" / "regulars_web"
LANGUAGES = ("bg", "cs", "ru", "tr")


def files() -> dict[str, Path]:
    """Language -> its file of sentences."""
    return {code: PAGES / "locale" / code / "LC_MESSAGES" / "django.po" for code in LANGUAGES}


def collect() -> None:
    """Bring the files of sentences up to what templates and programs say now."""
    write_library_texts()
    named = [part for code in LANGUAGES for part in ("--locale", code)]
    command = [sys.executable, "-m", "regulars_web", "makemessages", *named, "--no-location", "--no-wrap"]
    subprocess.run([*command, "--no-obsolete", "--ignore", "tests"], cwd=PAGES, check=True)
    for language, path in files().items():
        tidy(language, path)


def tidy(language: str, path: Path) -> None:
    """No dates of making and no names in the head, so that a file changes when a sentence does."""
    sentences = polib.pofile(str(path), wrapwidth=0)
    for name in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To"):
        sentences.metadata.pop(name, None)
    sentences.metadata |= {"Project-Id-Version": "Regulars", "Language": language}
    sentences.metadata_is_fuzzy = False
    sentences.header = ""
    sentences.save()


def compile_all() -> None:
    """Write the *.mo of every language."""
    for path in files().values():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def missing() -> dict[str, int]:
    """Language -> sentences that are not translated, or only guessed."""
    return {code: len(untranslated(path)) for code, path in files().items()}


def untranslated(path: Path) -> list[str]:
    """The sentences of a file that have no translation that a person made."""
    found = polib.pofile(str(path))
    return [entry.msgid for entry in found if not entry.obsolete and (entry.fuzzy or not entry.translated())]


def main() -> None:
    """One of the three."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    if wanted == "collect":
        collect()
    elif wanted == "compile":
        compile_all()
    elif wanted == "missing":
        sys.stdout.write("".join(f"{code}: {count}\n" for code, count in missing().items()))
    else:
        sys.stderr.write(__doc__ or "")
        raise SystemExit(2)


if __name__ == "__main__":
    main()
