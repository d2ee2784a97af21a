"""The definition as a poster to hang up: PDF, A4 or A3, drawn on this machine with our own letters, without network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import override
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from regulars.programme.parts import Definition
from regulars_web.definition.targets import Target

SCHEME: Final = "own:"
STYLE: Final = "definition/css/poster.css"
FONTS: Final = tuple(
    f"fonts/{family}-{letters}-wght-normal.woff2"
    for family in ("source-serif-4", "inter")
    for letters in ("latin", "latin-ext", "cyrillic")
)
# Paper -> how much larger than A4, which the poster is laid out for.
PAPERS: Final[Mapping[str, float]] = {"A4": 1.0, "A3": 2**0.5}
SIZES: Final = (1, 2, 3, 4, 5, 6)  # of letters, from the largest: the first one is taken that fits on one page
# Up to so many characters a definition is tried in that size of letters.
LONGEST_OF: Final = ((90, 1), (170, 2), (320, 3), (600, 4))


class OwnFiles(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Hands out the poster's own style and letters by their names, and refuses every other address."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file. Raises ValueError for anything that is not one of ours."""
        name = url.removeprefix(SCHEME)
        if url == name or name not in (*FONTS, STYLE):
            raise ValueError("A poster is drawn from its own files only.")
        return URLFetcherResponse(url, _own_file(name), {"Content-Type": _type_of(name)})


def poster_pdf(
    definition: Definition,
    *,
    language: str,
    paper: str,
    company: str,
    targets: list[Target],
    decided_on: date | None,
) -> bytes:
    """The poster as PDF: one page, as large as it can be written; a very long definition goes on overleaf.

    language  of the poster; a part that is not written in it stands in the first language it has
    paper     A4 or A3
    """
    told = definition.told(language)
    parts = (told.competences, told.granted, told.refused, told.parity, targets)
    shown: dict[str, Any] = {
        "told": told,
        "language": language,
        "text_language": language if definition.text.get(language) else next(iter(definition.text), language),
        "company": company,
        "targets": targets,
        "decided_on": decided_on,
        "version": definition.version,
        "bare": not any(parts),
    }
    fonts = FontConfiguration()
    document = _fitting(shown, language, len(told.text), fonts)
    return bytes(document.write_pdf(zoom=PAPERS[paper], pdf_identifier=f"{definition.version}-{language}".encode()))


def _fitting(shown: dict[str, Any], language: str, length: int, fonts: FontConfiguration) -> Document:
    first = next((size for longest, size in LONGEST_OF if length <= longest), SIZES[-2])
    for size in SIZES[SIZES.index(first) :]:
        with override(language):
            html = render_to_string("definition/poster.html", {**shown, "size": size})
        document = _drawn(html, fonts)
        if len(document.pages) == 1:
            break
    return document


def _drawn(html: str, fonts: FontConfiguration) -> Document:
    fetcher = OwnFiles()
    style = CSS(string=_own_file(STYLE).decode(), base_url=f"{SCHEME}{STYLE}", url_fetcher=fetcher, font_config=fonts)
    return HTML(string=html, base_url=SCHEME, url_fetcher=fetcher).render(stylesheets=[style], font_config=fonts)


def _own_file(name: str) -> bytes:
    path = finders.find(name)
    if not path:
        raise ValueError(f"{name} is not among the files of these pages.")
    return Path(path).read_bytes()


def _type_of(name: str) -> str:
    return "font/woff2" if name.endswith(".woff2") else "text/css"
