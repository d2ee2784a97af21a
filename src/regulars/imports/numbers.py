"""How numbers are written: decimal mark, thousands marks, signs, currencies. Text to exact decimals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from regulars.errors import NeedsDecision
from regulars.imports.contract import ColumnFormat
from regulars.imports.ids import count

_SPACES = " \u00a0\u2009\u202f'’"  # all serve as thousands marks and never as decimal mark
_MINUS = "-\u2212\u2013"
_CURRENCY = (
    r"(?:(?:US|CA|A|R)?\$|[€£¥₺₽₴₸₹₩]|(?i:EUR|USD|GBP|BGN|RUB|CZK|TRY|TL|CHF|PLN|RON|UAH|KZT|HUF|SEK|NOK|DKK|RSD"
    r"|лв\.?|руб\.?|р\.|грн\.?|kč|zł|lei))"
)
_CODES = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₺": "TRY", "TL": "TRY", "₽": "RUB", "РУБ": "RUB", "Р": "RUB", "₴": "UAH",
    "ГРН": "UAH", "₸": "KZT", "₹": "INR", "₩": "KRW", "ЛВ": "BGN", "KČ": "CZK", "ZŁ": "PLN", "LEI": "RON",
    "US$": "USD", "CA$": "CAD", "A$": "AUD", "R$": "BRL",
}  # fmt: skip
_GROUPS = (
    rf"^(?P<open>\()?\s*(?P<sign>[{_MINUS}+])?\s*(?P<before>{_CURRENCY})?\s*(?P<inner>[{_MINUS}+])?\s*"
    rf"(?P<body>[0-9.,][0-9.,{_SPACES}]*?(?:[eE][+-]?[0-9]+)?)\s*(?P<after>{_CURRENCY})?\s*"
    rf"(?P<trailing>[{_MINUS}])?\s*(?P<last>{_CURRENCY})?\s*(?P<close>\))?$"
)
_PLAIN = r"^[-+]?[0-9]+$"
_POINT = r"^[-+]?(?:[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|0[0-9]*\.[0-9]{3}|[0-9]{4,}\.[0-9]{3})$"


def _shapes(mark: str, other: str) -> dict[str, str]:
    """What an unsigned number looks like that shows ``mark`` to be the decimal mark, or leaves it open."""
    m, o, s = f"\\{mark}", f"\\{other}", f"[{_SPACES}]"
    fraction = f"{m}(?:[0-9]{{1,2}}|[0-9]{{4,}})?"
    return {
        "decimal": (
            f"^(?:[0-9]+{fraction}|{m}[0-9]+|0[0-9]*{m}[0-9]+|[0-9]{{4,}}{m}[0-9]+"
            f"|[0-9]{{1,3}}(?:{o}[0-9]{{3}})+{m}[0-9]*|[0-9]{{1,3}}(?:{s}[0-9]{{3}})+{m}[0-9]*"
            f"|[0-9]{{1,3}}(?:{o}[0-9]{{3}}){{2,}}|[0-9]+{m}[0-9]+[eE][+-]?[0-9]+)$"
        ),
        "open": f"^[1-9][0-9]{{0,2}}{m}[0-9]{{3}}$",
    }


_POINT_SHAPES, _COMMA_SHAPES = _shapes(".", ","), _shapes(",", ".")
_WHOLE = f"^(?:[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+)$"


def split_numbers(values: pl.Series) -> pl.DataFrame:
    """Columns ``body`` (unsigned, null where the cell is no number), ``negative`` and ``currency`` of each cell."""
    parts = values.str.strip_chars().str.extract_groups(_GROUPS).struct.unnest()
    minus = [pl.col(part).is_in(list(_MINUS)).fill_null(False) for part in ("sign", "inner", "trailing")]
    signs = pl.sum_horizontal(
        pl.col("sign").is_not_null(),
        pl.col("inner").is_not_null(),
        pl.col("trailing").is_not_null(),
        pl.col("open").is_not_null(),
    )
    whole = (signs <= 1) & (pl.col("open").is_null() == pl.col("close").is_null())
    money = [pl.col(part).is_not_null() for part in ("before", "after", "last")]
    return parts.select(
        body=pl.when(whole & (pl.sum_horizontal(*money) <= 1)).then(pl.col("body").str.strip_chars()),
        negative=pl.any_horizontal(*minus, pl.col("open").is_not_null()),
        currency=pl.coalesce("before", "after", "last").str.to_uppercase().str.strip_chars_end("."),
    )


@dataclass
class NumberEvidence:
    """What a column's cells say of its decimal mark; evidence of two parts of a column adds up."""

    counts: Counter[str] = field(default_factory=Counter)  # whole, point, comma, open_point, open_comma, unreadable
    examples: dict[str, str] = field(default_factory=dict)
    currencies: Counter[str] = field(default_factory=Counter)

    def add(self, values: pl.Series) -> None:
        """Take in some cells; nulls and blanks say nothing."""
        cells = values.drop_nulls()
        plain = cells.str.contains(_PLAIN)
        point = cells.str.contains(_POINT)
        self.counts["whole"] += count(plain)
        self.counts["point"] += count(point)
        if point.any():
            self._example("point", str(cells.filter(point).min()))
        rest = cells.filter(~(plain | point))
        if len(rest):
            self._add_unusual(rest)

    def _add_unusual(self, cells: pl.Series) -> None:
        counted = cells.str.strip_chars().alias("cell").value_counts(name="count").filter(pl.col("cell") != "")
        found = pl.concat([counted, split_numbers(counted["cell"])], how="horizontal")
        body = pl.col("body")
        shape = (
            pl.when(body.str.contains(_WHOLE)).then(pl.lit("whole"))
            .when(body.str.contains(_POINT_SHAPES["decimal"]) & body.str.contains(_COMMA_SHAPES["decimal"]))
            .then(pl.lit("unreadable"))
            .when(body.str.contains(_POINT_SHAPES["decimal"])).then(pl.lit("point"))
            .when(body.str.contains(_COMMA_SHAPES["decimal"])).then(pl.lit("comma"))
            .when(body.str.contains(_POINT_SHAPES["open"])).then(pl.lit("open_point"))
            .when(body.str.contains(_COMMA_SHAPES["open"])).then(pl.lit("open_comma"))
            .otherwise(pl.lit("unreadable"))
        )  # fmt: skip
        shaped = found.with_columns(shape=shape)
        summed = shaped.group_by("shape").agg(pl.col("count").sum(), pl.col("cell").min())
        for name, cells_of_shape, example in summed.iter_rows():
            self.counts[name] += cells_of_shape
            self._example(name, example)
        signed = shaped.filter((pl.col("shape") != "unreadable") & pl.col("currency").is_not_null())
        for sign, times in signed.group_by("currency").agg(pl.col("count").sum()).iter_rows():
            self.currencies[_CODES.get(sign, sign)] += times

    def _example(self, shape: str, cell: str) -> None:
        """The least cell stands for its shape, so that the order of the rows does not matter."""
        self.examples[shape] = min(cell, self.examples.get(shape, cell))

    @property
    def mark(self) -> str | None:
        """The decimal mark the column itself shows, None where it shows none or both about equally."""
        point, comma = self.counts["point"], self.counts["comma"]
        if point and (not comma or comma * 20 <= point):
            return "."
        if comma and (not point or point * 20 <= comma):
            return ","
        return None

    @property
    def is_open(self) -> bool:
        """Whether the reading of some cell depends on a mark that the column does not show."""
        if self.mark is not None:
            return False
        return any(self.counts[shape] for shape in ("point", "comma", "open_point", "open_comma"))


def decide_numbers(column: str, seen: NumberEvidence, *, forced: str | None, elsewhere: str | None) -> ColumnFormat:
    """The column's format. ``forced`` is what the person said, ``elsewhere`` what the file's other columns show.

    Raises NeedsDecision where the cells can be read in two ways, or hold several currencies.
    """
    currency = _one_currency(column, seen)
    if not seen.is_open:
        mark, note = seen.mark or ".", ""
    elif elsewhere and not (seen.counts["point"] or seen.counts["comma"]):
        mark, note = elsewhere, f"decimal mark {elsewhere!r} as in the file's other columns"
    elif forced:
        mark, note = ".", ""
    else:
        raise _open_question(column, seen)
    if forced:
        mark, note = forced, "decimal mark as you said"
    other = "," if mark == "." else "."
    against = seen.counts["comma" if mark == "." else "point"]
    if against:
        note = (note + "; " if note else "") + f"{against} cells written with {other!r} are refused"
    grouped = seen.counts["open_comma" if mark == "." else "open_point"]
    return ColumnFormat("number", mark, other if grouped else "", currency=currency, note=note)


def _one_currency(column: str, seen: NumberEvidence) -> str:
    if len(seen.currencies) > 1:
        raise NeedsDecision(
            f"Column {column!r} holds several currencies: {', '.join(sorted(seen.currencies))}. Sums over them would "
            "be wrong. Put the currency into a column of its own, or import one currency at a time.",
            "That column is named with --map currency=COLUMN.",
        )
    return next(iter(seen.currencies), "")


def _open_question(column: str, seen: NumberEvidence) -> NeedsDecision:
    if seen.counts["point"] and seen.counts["comma"]:
        return NeedsDecision(
            f"Column {column!r} is written in two ways: {seen.examples['point']!r} and {seen.examples['comma']!r}.",
            "Say which mark begins the decimals, --decimal-mark . or --decimal-mark ,; cells written otherwise are "
            "refused.",
            asks="decimal_mark",
            options=(".", ","),
        )
    example = seen.examples.get("open_comma") or seen.examples["open_point"]
    return NeedsDecision(
        f"Column {column!r} can be read in two ways: is {example!r} more than a thousand or less?",
        "Say --decimal-mark . or --decimal-mark , (the mark that begins the decimals).",
        asks="decimal_mark",
        options=(".", ","),
    )


def parse_numbers(values: pl.Series, form: ColumnFormat, scale: int) -> tuple[pl.Series, pl.Series]:
    """Decimal(18, scale) of each cell, and whether a cell that is a number is too large for it.

    Never by way of floats; digits beyond the scale are rounded half to even.
    """
    kind = pl.Decimal(18, scale)
    cells = values.str.strip_chars()
    cells = cells.set(cells == "", None)
    if form.decimal_mark == ".":
        quick = cells.cast(kind, strict=False)
    else:
        plain = cells.str.contains(r"^[-+]?[0-9]+(?:,[0-9]+)?$")
        quick = cells.set(~plain, None).str.replace(",", ".", literal=True).cast(kind, strict=False)
    left = cells.is_not_null() & quick.is_null()
    if not left.any():
        return quick, left
    readable = _readable(cells.filter(left), form.decimal_mark)
    slow = readable.cast(kind, strict=False)
    rows = left.arg_true()
    whole = pl.Series([None], dtype=kind).new_from_index(0, len(values))
    patched = quick.zip_with(~left, whole.scatter(rows, slow))
    too_large = pl.repeat(False, len(values), eager=True).scatter(rows, readable.is_not_null() & slow.is_null())
    return patched, too_large


def _readable(cells: pl.Series, mark: str) -> pl.Series:
    """Cells as '-1234.56'; null where they are no number, or are grouped otherwise than by threes."""
    other = "," if mark == "." else "."
    number = (
        rf"^(?:[0-9]*|[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+|[0-9]{{1,3}}(?:\{other}[0-9]{{3}})+)"
        rf"(?:\{mark}[0-9]*)?(?:[eE][+-]?[0-9]+)?$"
    )
    body = pl.col("body")
    bare = body.str.replace_all(f"[{_SPACES}]", "").str.replace_all(other, "", literal=True)
    bare = bare.str.replace(mark, ".", literal=True)
    good = body.str.contains(number) & body.str.contains("[0-9]")
    signed = pl.when(pl.col("negative")).then(pl.lit("-") + bare).otherwise(bare)
    return split_numbers(cells).select(pl.when(good).then(signed).alias("body"))["body"]
