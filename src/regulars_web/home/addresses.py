"""Where things are done: addresses of pages of other nouns, where those are there."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def first_address(*names: str) -> str:
    """The address of the first view that is there; empty where none is."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def customers_where(where: str, *, sort: str = "", columns: str = "") -> str:
    """The list of customers who meet these conditions; empty where there is no list."""
    address = first_address("customers:list")
    said = {name: value for name, value in (("where", where), ("sort", sort), ("columns", columns)) if value}
    return f"{address}?{urlencode(said)}" if address else ""


def card_address(client_key: int | None) -> str:
    """The customer's card; empty for a guest, or where there are no cards."""
    try:
        return reverse("customers:card", args=[client_key]) if client_key is not None else ""
    except NoReverseMatch:
        return ""


def with_group(address: str, group: str) -> str:
    """The same address seen through a group."""
    if not group or not address:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'group': group})}"
