"""What the log itself shows of each of the seven elements, beside what people say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from regulars.measures.clients import current_clients
from regulars.measures.programme.book import Book
from regulars.measures.registry import Columns, LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.taken_back import newest_decisions
from regulars.measures.touchpoints.in_json import truth_in_json
from regulars.measures.touchpoints.reading import RESOLVED

YEAR_DAYS = 365
EMPLOYEE, DEFINITION, READ, TRAINING = "employee", "definition", "definition read", "training"

CONFIRMED = "Employees who confirmed the newest definition of customer focus."
HANDED_OVER = "Promises between departments that were kept."
KNOWN = "Orders of the last 365 days from customers who are known."
SETTLED = "Complaints of the last 365 days that were settled."
UNDERSTOOD = "Answers of people trained that they understood the training."
THANKED = "Employees who were thanked in the last 365 days."
ON_THE_SPOT = "Decisions for customers in the last 365 days that nobody had to be asked for."

NO_STAFF = "No employee is known."
NO_DEFINITION = "No definition was published yet."
NO_PROMISES = "No hand-over between departments can be judged."
NO_ORDERS = "There are no orders in the last 365 days."
NO_COMPLAINTS = "There are no complaints in the last 365 days."
NO_TRAININGS = "Nobody was asked whether they understood a training."
NO_USES = "No decision for a customer was logged in the last 365 days."


@dataclass(frozen=True)
class Found:
    """A share of cases, and what they are; ``nobody`` says why there is none."""

    name: str
    hits: int
    n: int
    nobody: str


def staff(log: LogTables, scope: Scope) -> ir.Table:
    """Codes of employees as files state them: one row each, code."""
    rows = current_clients(log.clients, ["kind", "code"])
    rows = rows.filter((rows.kind == EMPLOYEE) & (rows.code.fill_null("") != ""))
    return rows.select("code").distinct()


def said(log: LogTables, scope: Scope) -> ir.Table:
    """The newest decisions that evidence is counted from.

    Grain    one row per noun and key
    Columns  noun · key · version int: of the decision · body
    """
    parts = []
    for noun in (EMPLOYEE, DEFINITION, READ, TRAINING):
        newest = newest_decisions(log, noun)
        versions = log.decisions.filter(log.decisions.noun == noun).group_by(of_key="key")
        numbered = versions.aggregate(version=ibis._.version.max())
        both = newest.join(numbered, newest.key == numbered.of_key)
        parts.append(both.select("key", "body", "version", noun=ibis.literal(noun)))
    return ibis.union(*parts)


def counted(log: LogTables, scope: Scope) -> ir.Table:
    """What happened in the year up to the last day: one row.

    Columns  orders, known_orders, complaints, settled, uses, on_the_spot int
    """
    year = _year(log, scope)
    order, complaint, use = (year.kind == kind for kind in ("order", "complaint", "authority"))
    asked = truth_in_json(year.properties, "asked") | (year.outcome == "asked").fill_null(False)
    threads = (
        year.filter(year.outcome.isin(RESOLVED) & year.thread.notnull()).select(settled_thread="thread").distinct()
    )
    both = year.left_join(threads, year.thread == threads.settled_thread)
    settled = both.settled_thread.notnull() | both.outcome.isin(RESOLVED).fill_null(False)
    complained = both.filter(both.kind == "complaint").aggregate(settled=ibis.coalesce(settled.cast("int64").sum(), 0))
    tallied = year.aggregate(
        orders=order.sum(),
        known_orders=(order & year.client_key.notnull()).sum(),
        complaints=complaint.sum(),
        uses=use.sum(),
        on_the_spot=(use & ~asked).sum(),
    )
    return tallied.cross_join(complained)


def thanked(log: LogTables, scope: Scope) -> ir.Table:
    """Codes of those who were thanked in the year: one row each, employee."""
    year = _year(log, scope)
    return year.filter((year.kind == "thanks") & year.employee.notnull()).select("employee").distinct()


def _year(log: LogTables, scope: Scope) -> ir.Table:
    first = scope.last_on - timedelta(days=YEAR_DAYS - 1)
    rows = log.interactions
    return rows.filter((rows.occurred_on <= ibis.literal(scope.last_on)) & (rows.occurred_on >= ibis.literal(first)))


EVIDENCE = {"staff": staff, "said": said, "counted": counted, "thanked": thanked}


def evidence_of(found: Mapping[str, Columns], day: date) -> dict[str, Found]:
    """The evidence of every element on a day, by its key."""
    decided = _decided(found["said"])
    stated = found["staff"]["code"].tolist()
    book = _book(stated, decided, day)
    year = {name: _count(values) for name, values in found["counted"].items()}
    thanks = len(book.staff & set(found["thanked"]["employee"].tolist()))
    return {
        "strategy": _confirmed(book),
        "structure": Found(HANDED_OVER, *_handed_over(found), NO_PROMISES),
        "systems": Found(KNOWN, year["known_orders"], year["orders"], NO_ORDERS),
        "shared-values": Found(SETTLED, year["settled"], year["complaints"], NO_COMPLAINTS),
        "skills": Found(UNDERSTOOD, *_understood(decided[TRAINING]), NO_TRAININGS),
        "staff": Found(THANKED, thanks, len(book.staff), NO_STAFF),
        "style": Found(ON_THE_SPOT, year["on_the_spot"], year["uses"], NO_USES),
    }


def _decided(columns: Columns) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Bodies by noun and key, each with its version."""
    decided: dict[str, dict[str, Mapping[str, Any]]] = {noun: {} for noun in (EMPLOYEE, DEFINITION, READ, TRAINING)}
    listed = zip(*(columns[name].tolist() for name in ("noun", "key", "version", "body")), strict=True)
    for noun, key, version, body in listed:
        decided[noun][key] = {"decision_version": version, **_object(body)}
    return decided


def _book(stated: list[str], decided: Mapping[str, Mapping[str, Mapping[str, Any]]], day: date) -> Book:
    """The same people as the steps and the index count."""
    numbers = {(noun, key): body["decision_version"] for noun, told in decided.items() for key, body in told.items()}
    return Book(decided, {}, [{"code": code} for code in stated], numbers, day)


def _confirmed(book: Book) -> Found:
    if not book.definition:
        return Found(CONFIRMED, 0, 0, NO_DEFINITION)
    return Found(CONFIRMED, *book.confirmed, NO_STAFF)


def _handed_over(found: Mapping[str, Columns]) -> tuple[int, int]:
    tallied = found.get("tallies")
    if tallied is None:
        return 0, 0
    return int(sum(tallied["kept"].tolist())), int(sum(tallied["judged"].tolist()))


def _understood(trainings: Mapping[str, Mapping[str, Any]]) -> tuple[int, int]:
    answers = [
        one
        for body in trainings.values()
        if body.get("retired") is not True and isinstance(body.get("understood"), dict)
        for one in body["understood"].values()
    ]
    return sum(one == "yes" for one in answers), len(answers)


def _count(values: Any) -> int:
    value = values.tolist()[0]
    return 0 if value is None or value != value else int(value)


def _object(body: str | None) -> Mapping[str, Any]:
    try:
        found = json.loads(body or "")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
