"""What survival reads: every customer's dates, followed up to as_of."""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir

from regulars.measures.losses.customers import known_customers
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

CLOCKS = ("automatic", "contract", "silence", "probability")


def customers(log: LogTables, scope: Scope) -> ir.Table:
    """Known customers as of as_of; statistics take those of the period.

    Grain    one row per customer (and ``by``)
    Columns  those of known_customers
    """
    return known_customers(log, replace(scope, to_on=None))
