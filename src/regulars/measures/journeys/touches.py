"""The touches that journeys are made of, and each with the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from regulars.measures.engine_words import unix_micros, xxhash64
from regulars.measures.journeys.choosing import KEEP, PRODUCT, activity, journey_key
from regulars.measures.purchases import interactions
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

# Four bytes in all: engines sort by time and such a number a fifth faster than by time and eight bytes.
_LINES, _APART = 2**26, 2**5


def seen(log: LogTables, scope: Scope) -> ir.Table:
    """All touches up to the last day that the question is about, also those that belong to no journey.

    Grain    one row per interaction, before the period too
    Columns  those of the log, and columns of clients named in ``by`` or ``where``
    """
    key = journey_key(scope)
    rows = interactions(log, scope, guests=key == "thread")
    if scope.where and KEEP.of(scope) == "journeys":
        meeting = rows.select(key).distinct()
        rows = interactions(log, replace(scope, where=None), guests=key == "thread").semi_join(meeting, key)
    product = PRODUCT.of(scope)
    if product:
        rows = rows.semi_join(_bought(log, product, key), key)
    return rows


def touches(log: LogTables, scope: Scope, more: Mapping[str, str] | None = None) -> ir.Table:
    """The touches of journeys, with what their order rests on.

    Grain    one row per touch that has a journey and a name, before the period too
    Columns  the ``by`` columns · journey int: the client key, or 64 bits that stand for the thread · step: its name ·
             code int: 64 bits that stand for the name · micros int · turn int: the order of touches of one instant ·
             in_period bool · ``more``: further columns by their new names

    Numbers in place of texts halve the time that sorting takes. Two of a million threads share a number once in 37
    million logs.
    """
    key = journey_key(scope)
    rows = seen(log, scope)
    rows = rows.mutate(named=activity(rows, scope))
    rows = rows.filter(rows[key].notnull() & rows.named.notnull())
    return rows.select(
        *scope.by,
        journey=xxhash64(rows.thread) if key == "thread" else rows.client_key,
        step=rows.named,
        code=xxhash64(rows.named),
        micros=unix_micros(rows.occurred_at),
        turn=_turn(rows),
        in_period=_in_period(rows, scope),
        **{new: rows[name] for new, name in (more or {}).items()},
    )


def in_turn(scope: Scope) -> ibis.expr.builders.LegacyWindowBuilder:
    """Each journey by itself, its touches by time; those of one instant as they stand in the file."""
    return ibis.window(
        group_by=[*scope.by, "journey"],
        order_by=["micros", "turn"],
    )


def names(log: LogTables, scope: Scope) -> ir.Table:
    """What the codes of steps stand for, and how many touches belong to no journey.

    Grain    one row per name, with or without a journey, in the period or before it
    Columns  step, null for touches that do not name theirs · code int · journeyed, in_period bool · touches int
    """
    # A customer's journey leaves guests out; here they are counted.
    rows = interactions(log, _whole(scope), guests=True)
    found = rows.select(
        step=activity(rows, scope), journeyed=rows[journey_key(scope)].notnull(), in_period=_in_period(rows, scope)
    )
    found = found.group_by(["step", "journeyed", "in_period"]).aggregate(touches=found.count())
    return found.mutate(code=xxhash64(found.step.fill_null("")))


def numbered_names(log: LogTables, scope: Scope) -> ir.Table:
    """As :func:`names`, each with a number: steps in the order of their letters, from 0, nameless touches last.

    Where whole journeys are kept, such small numbers take a tenth of the room that codes take.
    """
    found = names(log, scope)
    order = ibis.window(order_by=[found.step.isnull(), found.step])
    return found.mutate(number=ibis.dense_rank().over(order).cast("int32"))


def _whole(scope: Scope) -> Scope:
    """Without the condition, where it keeps whole journeys: they hold other names than the touches that meet it."""
    return replace(scope, where=None) if KEEP.of(scope) == "journeys" else scope


def _in_period(rows: ir.Table, scope: Scope) -> ir.BooleanValue:
    return rows.occurred_on >= ibis.literal(scope.from_on) if scope.from_on else ibis.literal(True)


def _turn(rows: ir.Table) -> ir.IntegerColumn:
    """The line in the file, then a few bits of the interaction's number: one small number, which is quick to sort by.

    Touches without a line keep an order of their own, by the last bits of their numbers. Lines are told apart within 67
    million of each other, which touches of one journey and one instant always are; of two files, lines of the same
    number keep an order too.
    """
    number = rows.interaction_id.fill_null(0)
    line = rows.source_row.fill_null(number) & (_LINES - 1)
    return (line * _APART + (number & (_APART - 1))).cast("int32")


def _bought(log: LogTables, product: str, key: str) -> ir.Table:
    items = log.items
    asked = items.filter((items.product == product) | (items.product_name == product) | (items.category == product))
    return log.interactions.semi_join(asked, "interaction_id").select(key).distinct()
