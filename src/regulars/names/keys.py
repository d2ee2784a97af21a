"""Keys made of names, as addresses and decisions carry them."""

from __future__ import annotations

import re
from collections.abc import Container

from regulars.names.folding import fold

LONGEST_KEY = 60


def slug(name: str, *, empty: str) -> str:
    """A name as a key: Latin small letters, digits and single hyphens; ``empty`` where nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:LONGEST_KEY].strip("-") or empty


def free_key(start: str, taken: Container[str]) -> str:
    """The key itself where it is free, else the first free one with a number behind it."""
    key, number = start, 2
    while key in taken:
        key = f"{start[: LONGEST_KEY - 4].rstrip('-')}-{number}"
        number += 1
    return key
