"""Measures made of other measures: their expressions asked together, their results made one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis.expr.types as ir

from regulars.measures.registry import Columns, Expression, LogTables, Measure, Outcome
from regulars.measures.scope import Scope

ALONE = "result"  # the expression of a measure without statistics


def expressions_of(*measures: Measure, narrowed: bool = True) -> dict[str, Expression]:
    """What these measures read, each expression under ``<measure>.<expression>``.

    narrowed  seen through the scope's ``where``; else over the whole log. Never split: ``by`` is left out.
    """
    return {
        f"{measure.name}.{name}": _unsplit(build, narrowed=narrowed)
        for measure in measures
        for name, build in measure.expressions.items()
    }


def outcome_of(measure: Measure, read: Mapping[str, Columns], scope: Scope, *, narrowed: bool = True) -> Outcome:
    """The result of one of them, from what the whole was given.

    read   the columns of all expressions, as the statistics of the composed measure get them

    Grain    that of the measure
    Raises   KeyError where the measure was not asked for; whatever its own statistics raise
    """
    own = {name: read[f"{measure.name}.{name}"] for name in measure.expressions}
    if measure.statistics is None:
        return Outcome(own[ALONE])
    return measure.statistics(own, _whole(scope, narrowed=narrowed))


def _unsplit(build: Expression, *, narrowed: bool) -> Expression:
    def asked(log: LogTables, scope: Scope) -> ir.Table:
        return build(log, _whole(scope, narrowed=narrowed))

    return asked


def _whole(scope: Scope, *, narrowed: bool) -> Scope:
    return replace(scope, by=(), where=scope.where if narrowed else None)
