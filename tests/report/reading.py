"""A report as tests look at it: its elements, texts, links and colours, by the standard parser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "br", "img", "input", "hr"}


@dataclass
class Element:
    """An element with the text inside it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Parsed(HTMLParser):
    """All elements in document order; an element left open or closed twice is an error."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice in <{tag}>: {names}"
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def of(self, tag: str, **attributes: str) -> list[Element]:
        """Elements with that tag and these attributes."""
        found = [each for each in self.elements if each.tag == tag]
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [each for each in found if all(each.attributes.get(name) == value for name, value in wanted.items())]

    def text_of(self, tag: str, **attributes: str) -> str:
        """The text of the only such element, its white space made single."""
        (element,) = self.of(tag, **attributes)
        return squeezed(element.text)

    @property
    def words(self) -> str:
        """All text of the page but styles."""
        styles = "".join(style.text for style in self.of("style"))
        return squeezed(self.of("html")[0].text.replace(styles, " "))


def squeezed(text: str) -> str:
    """White space made single."""
    return re.sub(r"\s+", " ", text).strip()


def parsed(path: Path) -> Parsed:
    """The report in that file; fails where elements are left open."""
    page = Parsed()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    assert [element.tag for element in page.open] == []
    return page
