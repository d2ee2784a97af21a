"""Pages of a list: which one is asked for, and which lie before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

MOST_PAGES = 100_000


@dataclass(frozen=True)
class Pages:
    """Page ``here`` of a list of ``rows`` with ``size`` rows a page; drawn by shared/_pages.html."""

    here: int
    rows: int
    size: int

    @property
    def count(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.rows // self.size))

    @property
    def before(self) -> int | None:
        """The page before this one."""
        return self.here - 1 if self.here > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one."""
        return self.here + 1 if self.here < self.count else None


def wanted_page(request: HttpRequest) -> int:
    """The page in the address, from 1; 1 for anything that is none."""
    text = request.GET.get("page", "1")
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 9 else 1
