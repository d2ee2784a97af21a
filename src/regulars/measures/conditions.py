"""A condition a person typed, read with a parser and rebuilt piece by piece as an Ibis expression.

Nothing of the text reaches an engine: only columns that exist, literals, and the few operators listed here.
"""

from __future__ import annotations

import difflib
import operator
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from regulars.errors import MeasureError

LONGEST = 2_000
TOO_DEEP = "The condition is nested too deeply. Say it with fewer brackets."
EXAMPLE = "customer_type = 'reseller' and channel <> 'web'"

_COMPARISONS: dict[type[exp.Expression], Callable[[ir.Value, ir.Value], ir.Value]] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
}


def parse_condition(text: str, rows: ir.Table) -> ir.BooleanValue:
    """The condition as an Ibis boolean over ``rows``.

    Understood: columns, numbers, 'text', dates as 'YYYY-MM-DD', = <> < <= > >=, AND, OR, NOT, IN, BETWEEN, LIKE,
    IS NULL. A comparison with a missing value is neither true nor false, as in SQL.
    Raises MeasureError naming the piece that is not understood, or the column that does not exist.
    """
    try:
        return _condition(_parse(text), rows)
    except RecursionError:
        raise MeasureError(TOO_DEEP) from None


def column_names(text: str, known: Iterable[str]) -> list[str]:
    """The columns that a condition names, in the order of ``known``; MeasureError for one that is not there."""
    columns = list(known)
    named = {_column_name(column, columns) for column in _parse(text).find_all(exp.Column)}
    return [name for name in columns if name in named]


def words_of(text: str) -> set[str]:
    """The names that a condition uses as columns, as they are written, known or not."""
    try:
        return {column.name for column in _parse(text).find_all(exp.Column)}
    except MeasureError:
        return set()


def unknown_column(name: str, known: Iterable[str]) -> MeasureError:
    """The error for a column that does not exist, with the nearest names and all there are."""
    columns = list(known)
    near = difflib.get_close_matches(name, columns, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return MeasureError(f"There is no column {name!r}.{hint} There are: {', '.join(columns)}.")


def folded(name: str) -> str:
    """A column's name without what people write differently: case, blanks, underscores."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _parse(text: str) -> exp.Expression:
    if len(text) > LONGEST:
        raise MeasureError(f"The condition is longer than {LONGEST} characters. Say it more shortly.")
    try:
        parsed = [tree for tree in sqlglot.parse(text) if isinstance(tree, exp.Expression)]
    except SqlglotError:
        parsed = []
    except RecursionError:
        raise MeasureError(TOO_DEEP) from None
    if len(parsed) != 1:
        raise MeasureError(f"The condition {text!r} cannot be read. Write it like: {EXAMPLE}.")
    return parsed[0]


def _unsupported(node: exp.Expression) -> MeasureError:
    return MeasureError(
        f"A condition cannot contain {node.sql()!r}. Use columns, numbers, 'text', 'YYYY-MM-DD' dates and "
        f"=, <>, <, <=, >, >=, and, or, not, in, between, like, is null; for example: {EXAMPLE}."
    )


def _around(node: exp.Expression) -> exp.Expression:
    """The piece that a part stands in, so that an error shows more than a lone number."""
    return node.parent if isinstance(node.parent, exp.Expression) else node


def _condition(node: exp.Expression, rows: ir.Table) -> ir.BooleanValue:
    if type(node) in _COMPARISONS:
        left, right = _operands([node.this, node.expression], rows)
        return _COMPARISONS[type(node)](left, right)
    match node:
        case exp.And():
            return _condition(node.this, rows) & _condition(node.expression, rows)
        case exp.Or():
            return _condition(node.this, rows) | _condition(node.expression, rows)
        case exp.Not():
            return ~_condition(node.this, rows)
        case exp.Paren():
            return _condition(node.this, rows)
        case exp.In() if node.expressions and not set(node.args) - {"this", "expressions"}:
            subject, *choices = _operands([node.this, *node.expressions], rows)
            return subject.isin(choices)
        case exp.Between() if not node.args.get("symmetric"):
            subject, low, high = _operands([node.this, node.args["low"], node.args["high"]], rows)
            return (subject >= low) & (subject <= high)
        case exp.Like():
            return _like(node, rows)
        case exp.Is() if isinstance(node.expression, exp.Null):
            return _column(node.this, rows).isnull()
    raise _unsupported(node)


def _like(node: exp.Like, rows: ir.Table) -> ir.BooleanValue:
    subject, pattern = _column(node.this, rows), node.expression
    if not (isinstance(pattern, exp.Literal) and pattern.is_string):
        raise _unsupported(node)
    if not isinstance(subject, ir.StringValue):
        raise MeasureError(f"LIKE needs a text column; {subject.get_name()} is not one.")
    return subject.like(pattern.this)


def _operands(nodes: list[exp.Expression], rows: ir.Table) -> list[ir.Value]:
    """Columns and literals; a literal is read as the type of the column it is compared with."""
    column = next((_column(node, rows) for node in nodes if isinstance(node, exp.Column)), None)
    if column is None:
        raise _unsupported(_around(nodes[0]))
    operands = [_column(n, rows) if isinstance(n, exp.Column) else _literal(n, column) for n in nodes]
    for operand in operands:
        if not _comparable(column.type(), operand.type()):
            raise MeasureError(f"{column.get_name()} cannot be compared with {operand.get_name()}.")
    return operands


def _comparable(one: dt.DataType, other: dt.DataType) -> bool:
    if one.is_numeric() and other.is_numeric():
        return True
    return type(one) is type(other)


def _column(node: exp.Expression, rows: ir.Table) -> ir.Value:
    if not isinstance(node, exp.Column):
        raise _unsupported(_around(node))
    return rows[_column_name(node, rows.columns)]


def _column_name(node: exp.Column, known: Iterable[str]) -> str:
    columns = list(known)
    if node.table or not isinstance(node.this, exp.Identifier):
        raise _unsupported(node)
    if node.name in columns:
        return node.name
    if node.this.quoted:
        raise MeasureError(f"There is no column {node.name!r}. If it is a text, write it in single quotes.")
    alike = [name for name in columns if folded(name) == folded(node.name)]
    if len(alike) == 1:
        return alike[0]
    raise unknown_column(node.name, columns)


def _literal(node: exp.Expression, column: ir.Value) -> ir.Value:
    negative = isinstance(node, exp.Neg)
    literal = node.this if negative else node
    if not isinstance(literal, exp.Literal) or (negative and literal.is_string):
        raise _unsupported(node)
    try:
        return _typed(f"-{literal.this}" if negative else literal.this, literal.is_string, column)
    except (ValueError, ArithmeticError, TypeError):
        raise MeasureError(f"{column.get_name()} cannot be compared with {node.sql()}.") from None


def _typed(text: str, is_string: bool, column: ir.Value) -> ir.Value:
    type_ = column.type()
    if type_.is_string() and is_string:
        return ibis.literal(text)
    if type_.is_date() and is_string:
        return ibis.literal(date.fromisoformat(text))
    if type_.is_timestamp() and is_string:
        instant = datetime.fromisoformat(text)
        instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
        return ibis.literal(instant).cast(type_)
    if type_.is_numeric() and not is_string:
        return _number(Decimal(text), type_)
    raise ValueError(text)


def _number(number: Decimal, type_: dt.DataType) -> ir.Value:
    """The number in the column's own type, so that engines compare exactly; ValueError where it does not fit."""
    exact = number.quantize(Decimal(1).scaleb(-type_.scale if type_.is_decimal() else 0))
    if exact != number:
        raise ValueError(number)
    if not type_.is_decimal():
        return ibis.literal(int(exact), type="int64")
    if len(exact.as_tuple().digits) > type_.precision:
        raise ValueError(number)
    return ibis.literal(exact, type=type_)
