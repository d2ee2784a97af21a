"""What people do with the register, as facts of the log: authority used, thanks given, visits made."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from regulars.engines.connection import quoted
from regulars.log.inbox import Entry
from regulars.people.bodies import plain_money
from regulars.people.errors import PeopleError
from regulars.people.parts import AUTHORITY, OUTCOMES, THANKS, VISIT, Authority, Limit, Thanks, Use, Visit
from regulars.people.publishing import plan_visit
from regulars.people.reading import limit_of, visit
from regulars.people.validity import LONGEST_TEXT, fits
from regulars.surveys.answering import answer_id

if TYPE_CHECKING:
    from regulars.workspace import Workspace

SOURCE = "pages"
ASKED = "asked"
MOST_SHOWN = 500


def use_authority(
    workspace: Workspace,
    *,
    employee: str,
    decision: str,
    now: datetime,
    amount: Decimal | None = None,
    outcome: str = "granted",
    asked: bool = False,
    wait_seconds: int | None = None,
    client_key: int | None = None,
    thread: str = "",
    touchpoint: str = "",
    branch: str = "",
    department: str = "",
    text: str = "",
    answers: int | None = None,
    by: str = "",
    request_id: str | None = None,
) -> Authority:
    """Log a decision made for a customer: on the spot, or one that a superior had to be asked for.

    employee      code of whoever stood before the customer
    outcome       granted, refused, or asked: nobody has decided yet
    asked         whether a superior had to be asked
    wait_seconds  how long the customer waited for the superior
    thread        the case or order that it belongs to
    answers       the number of the logged question that this now answers
    by            who logs it; empty: the employee themselves

    The limit in force is kept with it, so that a later limit does not change what this was. Whatever the limit
    says, the decision is logged: it was made. Raises PeopleError for what cannot have happened.
    """
    asked = asked or outcome == ASKED or answers is not None
    _check_use(employee, decision, amount, outcome, text)
    _check_wait(wait_seconds, asked=asked)
    limit = limit_of(workspace, employee, decision)
    said = _authority_properties(decision.strip(), limit, asked=asked, answers=answers, by=by)
    row = _row(workspace, AUTHORITY, now, request_id) | {
        "client_key": client_key,
        "touchpoint": touchpoint or None,
        "branch": branch or None,
        "department": department or None,
        "employee": employee,
        "amount": amount,
        "wait_seconds": wait_seconds,
        "outcome": outcome,
        "thread": thread or None,
        "text": text.strip() or None,
        "properties": json.dumps(said, ensure_ascii=False),
    }
    workspace.add([Entry("interactions", _known(row))], request_id=request_id)
    return Authority(row["interaction_id"], outcome, is_within(limit, amount, asked=asked), limit)


def is_within(limit: Limit | None, amount: Decimal | None, *, asked: bool) -> bool | None:
    """Whether a decision lay within the limit; None where no limit is known or a superior decided."""
    if limit is None or asked:
        return None
    return limit.up_to is None or amount is None or amount <= limit.up_to


def _check_use(employee: str, decision: str, amount: Decimal | None, outcome: str, text: str) -> None:
    if not employee.strip():
        raise PeopleError("no_code")
    if not decision.strip():
        raise PeopleError("no_decision")
    if outcome not in OUTCOMES:
        raise PeopleError("unknown_outcome", found=repr(outcome)[:40], known=", ".join(OUTCOMES))
    if amount is not None and (not amount.is_finite() or amount < 0):
        raise PeopleError("bad_money", found=amount)
    fits(text, "the note", LONGEST_TEXT)


def _check_wait(wait_seconds: int | None, *, asked: bool) -> None:
    if wait_seconds is None:
        return
    if wait_seconds < 0:
        raise PeopleError("bad_wait", found=wait_seconds)
    if not asked:
        raise PeopleError("not_asked_wait")


def _authority_properties(
    decision: str, limit: Limit | None, *, asked: bool, answers: int | None, by: str
) -> dict[str, object]:
    said: dict[str, object] = {"decision": decision, "asked": asked}
    said |= {"limit": None if limit is None else plain_money(limit.up_to), "limit_known": limit is not None}
    said |= {"answers": str(answers)} if answers is not None else {}
    return said | ({"by": by} if by else {})


def uses(workspace: Workspace, *, employee: str = "", client_key: int | None = None, most: int = 100) -> list[Use]:
    """Decisions made for customers as they were logged, newest first; all, or of one employee or customer.

    A question that was answered later is shown once, by its answer.
    """
    rows = _rows(workspace, AUTHORITY, employee, client_key)
    answered = {_object(row["properties"]).get("answers") for row in rows}
    found = [_use(row) for row in rows if str(row["interaction_id"]) not in answered]
    return found[:most]


def _use(row: Mapping[str, Any]) -> Use:
    said = _object(row["properties"])
    limit = said.get("limit")
    up_to = Decimal(str(limit)) if isinstance(limit, int | float | str) and not isinstance(limit, bool) else None
    asked = said.get("asked") is True or row["outcome"] == ASKED
    known = up_to is not None or said.get("limit_known") is True
    decision = str(said.get("decision") or "")
    own = Limit("", decision, employee=row["employee"] or "", up_to=up_to) if known else None
    return Use(
        interaction_id=row["interaction_id"],
        occurred_at=row["occurred_at"],
        employee=row["employee"] or "",
        decision=decision,
        outcome=row["outcome"] or "",
        amount=row["amount"],
        asked=asked,
        within=is_within(own, row["amount"], asked=asked),
        limit=up_to,
        wait_seconds=row["wait_seconds"],
        client_key=row["client_key"],
        thread=row["thread"] or "",
        text=row["text"] or "",
    )


def thank(
    workspace: Workspace,
    employee: str,
    text: str,
    *,
    by: str,
    now: datetime,
    bonus: Decimal | None = None,
    request_id: str | None = None,
) -> Thanks:
    """Thank an employee, with a bonus where one is given; it stays in the log. Raises PeopleError without a reason."""
    if not employee.strip():
        raise PeopleError("no_code")
    if not text.strip():
        raise PeopleError("no_thanks")
    fits(text, "the thanks", LONGEST_TEXT)
    if bonus is not None and (not bonus.is_finite() or bonus < 0):
        raise PeopleError("bad_money", found=bonus)
    row = _row(workspace, THANKS, now, request_id) | {
        "employee": employee.strip(),
        "amount": bonus,
        "text": text.strip(),
        "initiated_by": "company",
        "properties": json.dumps({"by": by}, ensure_ascii=False),
    }
    workspace.add([Entry("interactions", _known(row))], request_id=request_id)
    return Thanks(row["interaction_id"], now, employee.strip(), text.strip(), bonus, by)


def thanks(workspace: Workspace, *, employee: str = "", most: int = 100) -> list[Thanks]:
    """Thanks and bonuses, newest first; all, or those of one employee."""
    rows = _rows(workspace, THANKS, employee, None)[:most]
    return [
        Thanks(
            row["interaction_id"],
            row["occurred_at"],
            row["employee"] or "",
            row["text"] or "",
            row["amount"],
            str(_object(row["properties"]).get("by") or ""),
        )
        for row in rows
    ]


def visit_done(
    workspace: Workspace,
    key: str,
    *,
    by: str,
    now: datetime,
    on: date | None = None,
    note: str = "",
    request_id: str | None = None,
) -> Visit:
    """A planned visit took place: the plan is closed, and the visit stands in the log and on the customer's card.

    on  the day; None: today

    A visit that is done already stays as it is. Raises PeopleError for a visit that there is not.
    """
    planned, today = visit(workspace, key), local_day(workspace, now)
    if planned.done_on is not None:
        return planned
    when = on or today
    if when > today:
        raise PeopleError("done_before", done_on=when)
    fits(note, "the note", LONGEST_TEXT)
    named = f"visit done {key}"  # a visit is done once, however often that is sent
    row = _row(workspace, VISIT, now, named) | {
        "client_key": planned.client_key,
        "occurred_on": when,
        "employee": planned.keeper,
        "initiated_by": "company",
        "text": note.strip() or planned.about or None,
        "properties": json.dumps({"service_group": True, "visit": key}),
    }
    if when != today:
        noon = datetime.combine(when, datetime.min.time(), ZoneInfo(workspace.settings.time_zone)).replace(hour=12)
        row["occurred_at"] = noon
    workspace.add([Entry("interactions", _known(row))], request_id=named)
    return plan_visit(workspace, replace(planned, done_on=when), by=by, now=now, request_id=request_id)


def local_day(workspace: Workspace, now: datetime) -> date:
    """The day of an instant where the company is."""
    return now.astimezone(ZoneInfo(workspace.settings.time_zone)).date()


def _row(workspace: Workspace, kind: str, now: datetime, request_id: str | None) -> dict[str, Any]:
    return {
        "interaction_id": answer_id(f"{kind} {request_id or secrets.token_hex(16)}"),
        "source": SOURCE,
        "occurred_at": now,
        "occurred_on": local_day(workspace, now),
        "kind": kind,
    }


def _known(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}


def _rows(workspace: Workspace, kind: str, employee: str, client_key: int | None) -> list[dict[str, Any]]:
    wanted = f" AND employee = {quoted(employee)}" if employee else ""
    wanted += f" AND client_key = {int(client_key)}" if client_key is not None else ""
    with workspace.engine() as engine:
        found: list[dict[str, Any]] = engine.run(f"""
            SELECT interaction_id, occurred_at, client_key, employee, amount, wait_seconds, outcome, thread, text,
                properties
            FROM interactions WHERE kind = {quoted(kind)}{wanted}
            ORDER BY occurred_at DESC, interaction_id LIMIT {MOST_SHOWN}""").to_pylist()  # noqa: S608  quoted, numbers
    return found


def _object(body: str | None) -> Mapping[str, Any]:
    try:
        said = json.loads(body or "")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
