"""Addresses of pages that other parts of the voice own, where those are there."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from regulars_web.accounts import roles
from regulars_web.accounts.permissions import holds


def survey_addresses(key: str, user: Any) -> dict[str, str]:
    """Where a survey is changed, sent, and typed in, for those who may; empty where there is no such page."""
    wanted = (
        ("edit", "voice:edit", roles.CHANGE_SURVEYS),
        ("invite", "voice:invite", roles.SEND_SURVEYS),
        ("links", "voice:links", roles.SEND_SURVEYS),
        ("type", "voice:type", roles.TYPE_ANSWERS),
    )
    return {name: address_of(view, key) if holds(user, permission) else "" for name, view, permission in wanted}


def address_of(view: str, *args: object) -> str:
    """The address of a view; empty where it is not there or does not take these arguments."""
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""
