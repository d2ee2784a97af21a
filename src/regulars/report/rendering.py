"""A page written out as one HTML file that needs nothing else."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from regulars.report import sentences as say
from regulars.report.fonts import font_css
from regulars.report.page import Page

# In this order: tokens first, the components that use them after.
STYLES = ("tokens", "base", "layout", "findings", "numbers", "sections", "figures", "tables", "print")
_LANGUAGE = "en"
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CYRILLIC_LANGUAGES = ("bg", "ru")
_TAG = re.compile(r"<[^>]+>")


def render(page: Page, languages: tuple[str, ...] = (_LANGUAGE,)) -> str:
    """The HTML. ``languages`` are the company's: texts of its own in Cyrillic are marked with the right one."""
    environment = _environment()
    environment.globals["language_of"] = lambda text: language_of(text, languages)
    template = environment.get_template("report.html")
    body = template.render(page=page, say=say, css=Markup(_css()), fonts="")  # noqa: S704  our own files
    text = _TAG.sub(" ", body)
    fonts = Markup(font_css(text))  # noqa: S704  our own files
    return template.render(page=page, say=say, css=Markup(_css()), fonts=fonts)  # noqa: S704


def language_of(text: str, languages: tuple[str, ...]) -> str:
    """The language to mark a company's own text with; empty where the page's language will do."""
    if not _CYRILLIC.search(text):
        return ""
    return next((code for code in languages if code in _CYRILLIC_LANGUAGES), _CYRILLIC_LANGUAGES[0])


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("regulars.report", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _css() -> str:
    folder = files("regulars.report") / "static" / "css"
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
