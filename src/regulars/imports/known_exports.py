"""Programs whose exports are known by their headers, where names alone would mislead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Export:
    """One program's export: the headers that give it away, and which of them is which field."""

    program: str
    form: str
    marks: frozenset[str]
    fields: Mapping[str, str]


# A Shopify order has its totals on its first line only, so the lines' own prices are what adds up.
_SHOPIFY = Export(
    "Shopify",
    "orders",
    frozenset({"Lineitem name", "Lineitem price", "Lineitem quantity", "Created at"}),
    {
        "order_id": "Name",
        "email": "Email",
        "occurred": "Created at",
        "product": "Lineitem sku",
        "product_name": "Lineitem name",
        "quantity": "Lineitem quantity",
        "unit_price": "Lineitem price",
        "currency": "Currency",
        "order_kind": "Financial Status",
        "channel": "Source",
        "name": "Billing Name",
        "phone": "Billing Phone",
        "address": "Billing Street",
        "city": "Billing City",
        "region": "Billing Province",
        "country": "Billing Country",
        "text": "Notes",
        "employee": "Employee",
        "branch": "Location",
    },
)
# WooCommerce's own analytics: one row is one order. 'Customer type' there means new or returning.
_WOO_ANALYTICS = Export(
    "WooCommerce (analytics)",
    "orders",
    frozenset({"Order #", "N. Revenue", "Status"}),
    {
        "order_id": "Order #",
        "name": "Customer",
        "occurred": "Date",
        "product_name": "Product(s)",
        "quantity": "Items sold",
        "amount": "N. Revenue",
        "order_kind": "Status",
        "acquired_by": "Attribution",
    },
)
# WooCommerce's 'Advanced Order Export': one row is one line, the order's totals stand on every line.
_WOO_LINES = Export(
    "WooCommerce (order export)",
    "orders",
    frozenset({"Order Number", "Order Total Amount", "Item Cost"}),
    {
        "order_id": "Order Number",
        "email": "Email (Billing)",
        "occurred": "Order Date",
        "product": "SKU",
        "product_name": "Item Name",
        "quantity": "Quantity (- Refund)",
        "unit_price": "Item Cost",
        "order_kind": "Order Status",
        "first_name": "First Name (Billing)",
        "last_name": "Last Name (Billing)",
        "phone": "Phone (Billing)",
        "address": "Address 1&2 (Billing)",
        "city": "City (Billing)",
        "region": "State Code (Billing)",
        "country": "Country Code (Billing)",
        "text": "Customer Note",
    },
)
_EXPORTS = (_SHOPIFY, _WOO_LINES, _WOO_ANALYTICS)


def known_export(form: str, columns: list[str]) -> Export | None:
    """The program whose export of that form has these columns, or None."""
    found = set(columns)
    return next((export for export in _EXPORTS if export.form == form and export.marks <= found), None)
