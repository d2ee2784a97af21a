"""Whom to invite to a round: everybody who works here, and loyal customers who may be asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from regulars.base import open_base
from regulars.errors import MeasureError
from regulars.log.consents import EMAIL
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.definition.models import Invitation, Round
from regulars_web.definition.people import Staff, staff
from regulars_web.voice.sending.default_words import COUNTRY_LANGUAGES
from regulars_web.voice.sending.reaching import reaches

COLLEAGUE, EMPLOYEE, CUSTOMER = (one.value for one in Invitation.Sort)
MOST_CUSTOMERS = 100
RECENT_DAYS = 365
FEWEST_ORDERS = 2  # of a customer who came back
SPARE = 20  # times as many are looked at as are asked


@dataclass(frozen=True)
class Asked:
    """One person to be invited."""

    sort: str
    user: User | None = None
    employee: str = ""
    client_key: int | None = None
    language: str = ""


def of_staff(people: Sequence[Staff], first_language: str) -> list[Asked]:
    """Invitations for those who work here, in the language they read."""
    return [
        Asked(
            sort=COLLEAGUE if one.user else EMPLOYEE,
            user=one.user,
            employee="" if one.user else one.code,
            client_key=one.client_key,
            language=(one.user.language if one.user else "") or first_language,
        )
        for one in people
    ]


def everybody(workspace: Workspace, today: date) -> list[Asked]:
    """Everybody who works here."""
    return of_staff(staff(workspace, today), workspace.settings.languages[0])


def loyal_customers(workspace: Workspace, most: int) -> list[Asked]:
    """The customers who came back most often and were here within a year, as many as asked for.

    Whoever refused to be asked, or agreed to nothing where the company asks only those who agreed, is left out, and
    so is whoever left no e-mail. An empty log: nobody.
    """
    if most < 1:
        return []
    most = min(most, MOST_CUSTOMERS)
    rows = _loyal_rows(workspace, most)
    keys = [int(row["client_key"]) for row in rows]
    known = reaches(workspace, keys, EMAIL, only_agreed=workspace.settings.asks_only_who_agreed)
    reached = [row for row in rows if (one := known.get(int(row["client_key"]))) and one.email and not one.against]
    return [
        Asked(CUSTOMER, client_key=int(row["client_key"]), language=_language(workspace, row)) for row in reached[:most]
    ]


def invite_all(round_: Round, asked: Sequence[Asked], *, by: User, now: datetime) -> int:
    """Write the invitations that are not there yet; returns how many are new. Inside a transaction."""
    there = _there(round_)
    made = []
    for one in asked:
        mark = (one.user.pk if one.user else None, one.employee, one.client_key if one.sort == CUSTOMER else None)
        if mark in there:
            continue
        there.add(mark)
        made.append(
            Invitation(
                round=round_,
                sort=one.sort,
                user=one.user,
                employee=one.employee,
                client_key=one.client_key,
                language=one.language,
                made_at=now,
                made_by=by,
            )
        )
    Invitation.objects.bulk_create(made)
    return len(made)


def _there(round_: Round) -> set[tuple[int | None, str, int | None]]:
    found = Invitation.objects.filter(round=round_)
    return {(one.user_id, one.employee, one.client_key if one.sort == CUSTOMER else None) for one in found}


def _loyal_rows(workspace: Workspace, most: int) -> list[dict[str, object]]:
    """Customers who came back, by number of orders; more than are asked, since some may not be."""
    try:
        base = open_base(workspace)
    except MeasureError:
        return []  # a log without a day knows no customer
    sql = f"""
        SELECT client_key, country FROM base WHERE orders >= {FEWEST_ORDERS} AND recency_days <= {RECENT_DAYS}
        ORDER BY orders_last_year DESC, orders DESC, client_key LIMIT {SPARE * most}"""  # noqa: S608  numbers of ours
    return [dict(row) for row in base.run(sql).to_pylist()]


def _language(workspace: Workspace, row: dict[str, object]) -> str:
    """The language of the customer's country, where pages speak it."""
    code = COUNTRY_LANGUAGES.get(str(row.get("country") or "").upper(), "")
    return code if code in dict(settings.LANGUAGES) else workspace.settings.languages[0]


def chosen_staff(people: Sequence[Staff], persons: Collection[str]) -> list[Staff]:
    """Those of the people who were ticked."""
    return [one for one in people if one.person in persons]
