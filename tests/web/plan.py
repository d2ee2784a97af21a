"""Which page is looked at in which language, theme and size: every page once, those named below pairwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from tests.web.pages import LANGUAGES, SIZES, THEMES

LOOKS = tuple(product(THEMES, SIZES))
# Home, the import wizard step by step, the customer base, one customer from many records, the customer card, groups
# and portrait, personal data, accounts.
PAIRWISE = frozenset(
    {
        *("sign-in", "people", "account", "trail", "second-step"),
        "home",
        *("imports", "import-what", "import-columns", "import-check", "import"),
        "customers",
        *("identity", "pairs", "records"),
        "card",
        *("groups", "group", "group-new", "portrait"),
        *("personal-data", "consents", "hand-out", "erase"),
    }
)


@dataclass(frozen=True)
class Visit:
    """One page, by its name, in one language and one look."""

    page: str
    language: str
    theme: str
    size: str


def plan(names: Sequence[str]) -> list[Visit]:
    """The visits of ``make test``, in the order of ``names``.

    A page of PAIRWISE is visited once in every language. Its looks run on from language to language, so five visits
    bring all four; the next page begins one look on, so every language brings all four too. The other pages are
    visited once each, with languages and looks in turn.
    """
    return [
        Visit(name, language, *LOOKS[(place + spoken) % len(LOOKS)])
        for place, name in enumerate(names)
        for spoken, language in enumerate(LANGUAGES)
        if name in PAIRWISE or spoken == place % len(LANGUAGES)
    ]
