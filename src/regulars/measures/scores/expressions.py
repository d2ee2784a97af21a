"""What scores read: counts of good, middling and bad answers, weights, means, months, and what is left out."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.errors import MeasureError
from regulars.measures.purchases import month_index
from regulars.measures.registry import Expression, LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.asking import RATED, Asking
from regulars.measures.scores.cells import base_customers
from regulars.measures.scores.levels import position


def tallies(asking: Asking) -> Expression:
    """Customers by what they answered, in all cells of the base."""

    def expression(log: LogTables, scope: Scope) -> ir.Table:
        """How many customers gave so many good, middling and bad answers.

        Few rows say all: nearly everybody answers once, and an answer without a client is a customer of its own.

        Grain    one row per pattern of answers and cell of the base (and ``by``)
        Columns  base_fifth, base_type: null outside the base · good, middling, bad, customers int
        """
        rows = asking.counted(log, scope)
        rows = rows.mutate(alone=rows.client_key.isnull().ifelse(rows.interaction_id, 0))
        each = rows.group_by([*scope.by, "client_key", "alone"]).aggregate(
            good=(rows.level == 1).sum(), middling=(rows.level == 0).sum(), bad=(rows.level == -1).sum()
        )
        base = base_customers(log, scope).select("base_fifth", "base_type", base_key="client_key")
        both = each.left_join(base, each.client_key == base.base_key)
        keys = [*scope.by, "base_fifth", "base_type", "good", "middling", "bad"]
        return both.group_by(keys).aggregate(customers=both.count())

    return expression


def weights(asking: Asking) -> Expression:
    """Sums of the answers' weights."""

    def expression(log: LogTables, scope: Scope) -> ir.Table:
        """Weights and their squares; an answer without a weight has 1.

        Grain    one row per level (and ``by``)
        Columns  level 1, 0, -1 · answers, weighted int: answers with a weight other than 1 · weight, squares float
        """
        rows = asking.counted(log, scope)
        rows = rows.mutate(weight=rows.weight.fill_null(1.0).clip(lower=0.0))
        return rows.group_by([*scope.by, "level"]).aggregate(
            answers=rows.count(),
            weighted=(rows.weight != 1.0).sum(),
            weights=rows.weight.sum(),
            squares=(rows.weight * rows.weight).sum(),
        )

    return expression


def left_out(asking: Asking) -> Expression:
    """Answers that the score does not count."""

    def expression(log: LogTables, scope: Scope) -> ir.Table:
        """Answers left out and why, and how many questions are put together.

        Grain    one row (per ``by``)
        Columns  duplicates, other_scale, other_people, questions int
        """
        rows = asking.rows(log, scope)
        ours = rows.audience == asking.audience
        # Narrowed or split, the number of other people's answers would tell what single ones of them said.
        others = ~ours if not (scope.where or scope.by) else ibis.literal(False)
        return rows.aggregate(
            by=list(scope.by),
            duplicates=(ours & rows.duplicate & rows.usable).sum(),
            other_scale=(ours & ~rows.usable).sum(),
            other_people=(others & rows.usable).sum(),
            questions=rows.question.nunique(where=ours & rows.usable),
        )

    return expression


def means(asking: Asking) -> Expression:
    """Mean scores."""

    def expression(log: LogTables, scope: Scope) -> ir.Table:
        """Mean and sample deviation, on the scale as asked and from 0 to 100.

        Grain    one row (per ``by``)
        Columns  scored int · mean, deviation, mean_100, deviation_100 float · least and greatest end of the scales
        """
        rows = asking.counted(log, scope)
        rows = rows.mutate(position=position(rows))
        return rows.aggregate(
            by=list(scope.by),
            scored=rows.count(),
            mean=rows.score.mean(),
            deviation=rows.score.std(how="sample"),
            mean_100=rows.position.mean(),
            deviation_100=rows.position.std(how="sample"),
            least_min=rows.scale_min.min(),
            greatest_min=rows.scale_min.max(),
            least_max=rows.scale_max.min(),
            greatest_max=rows.scale_max.max(),
        )

    return expression


def months(asking: Asking) -> Expression:
    """Answers month by month."""

    def expression(log: LogTables, scope: Scope) -> ir.Table:
        """Counts of good, middling and bad answers.

        Grain    one row per month with an answer (and ``by``); month counts months since January of year 0
        Columns  month, good, middling, bad int
        """
        rows = asking.counted(log, scope)
        rows = rows.mutate(month=month_index(rows.occurred_on).cast("int64"))
        return rows.group_by([*scope.by, "month"]).aggregate(
            good=(rows.level == 1).sum(), middling=(rows.level == 0).sum(), bad=(rows.level == -1).sum()
        )

    return expression


def ratings(log: LogTables, scope: Scope) -> ir.Table:
    """Means of customers' answers to every question with a scale.

    Grain    one row per survey, question and scale (and ``by``)
    Columns  survey, question, answer_kind · scale_min, scale_max, mean, deviation float · n, top, bottom int
    Raises   MeasureError for a split by the ends of the scale, which the rows have anyway
    """
    for name in scope.by:
        if name in ("scale_min", "scale_max"):  # of the columns that the result has, the runner says so
            raise MeasureError(f"Measure 'ratings' cannot be split by {name!r}: its result has a column of that name.")
    rows = RATED.counted(log, scope)
    keys = [*scope.by, "survey", "question", "answer_kind", "scale_min", "scale_max"]
    return rows.group_by(keys).aggregate(
        n=rows.count(),
        mean=rows.score.mean(),
        deviation=rows.score.std(how="sample"),
        top=(rows.level == 1).sum(),
        bottom=(rows.level == -1).sum(),
    )
