"""What templates of every app use: numbers in the reader's way, links that keep the period and group, permissions."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from regulars_web.accounts.permissions import holds
from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.shared.said import said as _said

register = template.Library()


@register.filter
def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """12,345 as the reader writes it."""
    return numbers.number(value, places)


@register.filter
def percent(value: float | None, places: int = 0) -> str:
    """A share as per cent."""
    return numbers.percent(value, places)


@register.filter
def money(value: int | float | Decimal | None) -> str:
    """An amount in the company's currency, whole units."""
    return numbers.money(value, company().settings.currency)


@register.filter
def money_exact(value: int | float | Decimal | None) -> str:
    """An amount in the company's currency, to the cent."""
    return numbers.money(value, company().settings.currency, cents=True)


@register.filter
def day(value: date | None) -> str:
    """A date."""
    return numbers.day(value)


@register.filter
def month(value: date | None) -> str:
    """A month."""
    return numbers.month(value)


@register.filter
def moment(value: datetime | None) -> str:
    """A date and time."""
    return numbers.moment(value)


@register.filter
def age(value: int | None) -> str:
    """Days as an age in words."""
    return numbers.age(value)


@register.filter
def may(user: object, permission: str) -> bool:
    """``{% if user|may:"erase persons" %}``: whether the person holds that permission."""
    return holds(user, permission)


@register.simple_tag(takes_context=True)
def link(context: Context, name: str, *args: object, **kwargs: object) -> str:
    """The address of a view, with the period and group of this page."""
    address = reverse(name, args=args, kwargs=kwargs)
    query = context["request"].scope.query if hasattr(context.get("request"), "scope") else ""
    return f"{address}?{query}" if query else address


@register.simple_tag(takes_context=True)
def query(context: Context, **changed: object) -> str:
    """This page's own query with some parts changed (None takes one out): for sorting and paging."""
    said = context["request"].GET.copy()
    for name, value in changed.items():
        if value is None or value == "":
            said.pop(name, None)
        else:
            said[name] = str(value)
    return f"?{said.urlencode()}"


@register.simple_tag
def chart(specification: dict[str, Any], name: str) -> SafeString:
    """A Vega-Lite chart as data for shared/js/charts.js; the template adds a summary and a table beside it."""
    # In an attribute, not in a script element: htmx takes scripts out of parts that load later.
    text = json.dumps(specification, cls=DjangoJSONEncoder, ensure_ascii=False)
    return format_html('<div class="chart" data-chart="{}" data-specification="{}"></div>', name, text)


@register.filter
def said(value: object) -> str:
    """A sentence of the library in the reader's language."""
    return _said(value)
