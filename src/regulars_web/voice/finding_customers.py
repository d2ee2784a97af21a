"""A customer named in a form by name, number or telephone: found at once, or chosen among a few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulars.log.search_index import find, newest_names
from regulars.workspace import Workspace

SHOWN = 6


@dataclass(frozen=True)
class Named:
    """What a form says of a customer.

    key       the customer; None where nobody was named, or nobody was chosen yet
    text      what was typed
    choices   (key, name, number) to choose from, where more than one fits, or where what fits is not chosen yet
    open      whether somebody was named who is not known or not chosen, so the form has to be shown again
    """

    key: int | None
    text: str
    name: str = ""
    choices: tuple[tuple[int, str, str], ...] = ()
    open: bool = False


def named(workspace: Workspace, sent: Mapping[str, str], name: str = "customer") -> Named:
    """The customer of a form: chosen by ``<name>-key``, or the only one whom ``<name>`` finds."""
    text = " ".join(sent.get(name, "").split())[:200]
    chosen = sent.get(f"{name}-key", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 20:
        key = int(chosen)
        if workspace.vault.records_of([key]):
            customer = workspace.customer_of(key)
            return Named(customer, text, newest_names(workspace, [customer]).get(customer, ""))
    if not text:
        return Named(None, "")
    choices = customers_like(workspace, text)
    if len(choices) == 1:
        return Named(choices[0][0], text, choices[0][1])
    return Named(None, text, choices=tuple(choices), open=True)


def customers_like(workspace: Workspace, text: str) -> list[tuple[int, str, str]]:
    """Customers whom a text finds, best first: key, name, number in their source."""
    found = find(workspace, text, limit=SHOWN)
    references = workspace.references([one.client_key for one in found])
    return [(one.client_key, one.name or "–", references.get(one.client_key, "")) for one in found]
