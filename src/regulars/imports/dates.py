"""How dates are written: order of day and month, clocks, offsets, serial numbers. Text to instants."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from regulars.errors import NeedsDecision
from regulars.imports.contract import ColumnFormat
from regulars.imports.date_words import tidy_dates
from regulars.imports.ids import count

ORDERS = ("DMY", "MDY", "YMD")
EXCEL, SECONDS, MILLISECONDS = "excel serial", "unix seconds", "unix milliseconds"
_NUMERIC = {
    EXCEL: r"^[2-7][0-9]{4}(?:[.,][0-9]+)?$",  # 1954 to 2119
    "%Y%m%d": r"^(?:19|20)[0-9]{6}$",
    "%Y%m%d%H%M%S": r"^(?:19|20)[0-9]{12}$",
    SECONDS: r"^[1-3]?[0-9]{9}(?:\.0+)?$",
    MILLISECONDS: r"^[1-3]?[0-9]{12}(?:\.0+)?$",
}
_SPLIT = (
    r"^(?P<a>[0-9]{1,2}|[0-9]{4})(?P<sep>[./-])\s?(?P<b>[0-9]{1,2})(?P<sep2>[./-])\s?"
    r"(?P<c>[0-9]{1,2}|[0-9]{4})(?P<tail>[^0-9].*)?$"
)
_TAIL = re.compile(
    r"(?P<gap>[tT ]\s*)(?P<clock>9{1,2}:99)(?P<seconds>:99)?(?P<fraction>\.9+)?(?:\s*(?P<half>[ap]m))?"
    r"(?P<before_zone>\s*)(?P<zone>z|utc|gmt|[+-]99:?99)?",
    re.IGNORECASE,
)
# What may be a date with words in it; long texts are not worth a closer look.
_MAYBE_WORDED = r"^.{0,12}[0-9].{3,40}$|^.{13,40}[0-9]{4}$"
_SAYS_UTC = re.compile(r"(?:[zZ]|[uU][tT][cC]|[gG][mM][tT])$(?<!%z)(?<!%Z)")
_DIGITS = [str(digit) for digit in range(9)]


class Family(NamedTuple):
    """Dates of three numbers that are written alike: separator, year first or last, digits of the year."""

    separator: str
    year_first: bool
    short_year: bool


@dataclass
class DayMonth:
    """What the dates of one family say of their order. ``first`` and ``second`` are the numbers that are not year."""

    count: int = 0
    day_first: int = 0  # first number over 12
    month_first: int = 0  # second number over 12
    open: int = 0  # both at most 12, and different
    year_maybe_first: int = 0  # first number over 31, where years have two digits
    year_last: int = 0  # last number over 31 or 0, or first of one digit, where years have two digits
    day_example: str = ""
    month_example: str = ""
    open_example: str = ""


def _least(one: str, other: str | None) -> str:
    return min(filter(None, (one, other)), default="")


@dataclass
class DateEvidence:
    """What a column's cells say of how its dates are written; evidence of two parts of a column adds up."""

    custom: str | None = None  # a strptime pattern that the person gave
    families: dict[Family, DayMonth] = field(default_factory=dict)
    tails: Counter[str] = field(default_factory=Counter)  # strptime pattern of what follows the date
    others: Counter[str] = field(default_factory=Counter)  # pattern -> cells: serials, compact dates, custom
    unreadable: int = 0
    unreadable_example: str = ""

    def add(self, values: pl.Series) -> None:
        """Take in some cells; nulls and blanks say nothing."""
        cells = values.drop_nulls().str.strip_chars()
        cells = cells.filter(cells != "")
        if self.custom is not None and len(cells):
            read = cells.str.to_datetime(self.custom, strict=False, time_unit="us").is_not_null()
            self.others[self.custom] += count(read)
            cells = cells.filter(~read)
        cells = self._add_written(cells)
        for pattern, shape in _NUMERIC.items():
            if not len(cells):
                return
            fits = cells.str.contains(shape)
            self.others[pattern] += count(fits)
            cells = cells.filter(~fits)
        wordy = cells.str.contains(_MAYBE_WORDED)
        self._refuse(cells.filter(~wordy))
        if wordy.any():
            self._refuse(self._add_written(tidy_dates(cells.filter(wordy))))

    def _refuse(self, cells: pl.Series) -> None:
        if len(cells):
            self.unreadable += len(cells)
            self.unreadable_example = _least(str(cells.min()), self.unreadable_example)

    def _add_written(self, cells: pl.Series) -> pl.Series:
        """Count the dates of three numbers; gives back the cells that are something else."""
        parts = cells.str.extract_groups(_SPLIT).struct.unnest()
        shapes = parts["tail"].fill_null("").replace_strict(_tails(parts["tail"]), return_dtype=pl.String)
        one_year = (parts["a"].str.len_bytes() == 4) != (parts["c"].str.len_bytes() == 4)
        short = (parts["a"].str.len_bytes() <= 2) & (parts["c"].str.len_bytes() == 2)
        dated = (parts["sep"] == parts["sep2"]) & (one_year | short)
        known = (dated & shapes.is_not_null()).fill_null(False)
        for tail, times in shapes.filter(known).alias("tail").value_counts(name="times").iter_rows():
            self.tails[tail] += times
        counted = parts.filter(known).group_by("a", "sep", "b", "c").len("cells")
        self._add_families(counted)
        return cells.filter(~known)

    def _add_families(self, counted: pl.DataFrame) -> None:
        year_first = pl.col("a").str.len_bytes() > 2
        short_year = (pl.col("a").str.len_bytes() <= 2) & (pl.col("c").str.len_bytes() == 2)
        first = pl.when(year_first).then(pl.col("b")).otherwise(pl.col("a")).cast(pl.Int32)
        second = pl.when(year_first).then(pl.col("c")).otherwise(pl.col("b")).cast(pl.Int32)
        cells, example = pl.col("cells"), pl.concat_str("a", "sep", "b", "sep", "c")
        last = pl.col("c").cast(pl.Int32)
        day, month = first > 12, second > 12
        undecided = ~day & ~month & (first != second)
        summed = counted.group_by(separator=pl.col("sep"), year_first=year_first, short_year=short_year).agg(
            count=cells.sum(),
            day_first=cells.filter(day & ~month).sum(),
            month_first=cells.filter(month & ~day).sum(),
            open=cells.filter(undecided).sum(),
            year_maybe_first=cells.filter(first > 31).sum(),
            year_last=cells.filter((last > 31) | (last == 0) | (pl.col("a").str.len_bytes() == 1)).sum(),
            day_example=example.filter(day & ~month).min(),
            month_example=example.filter(month & ~day).min(),
            open_example=example.filter(undecided).min(),
        )
        for row in summed.iter_rows(named=True):
            family = Family(row.pop("separator"), row.pop("year_first"), row.pop("short_year"))
            self._merge(self.families.setdefault(family, DayMonth()), row)

    @staticmethod
    def _merge(into: DayMonth, row: dict[str, Any]) -> None:
        for name, value in row.items():
            known = getattr(into, name)
            setattr(into, name, _least(known, value) if isinstance(known, str) else known + value)


def _tails(tails: pl.Series) -> dict[str, str | None]:
    """What follows the date -> its strptime pattern, None where it is no clock."""
    distinct = tails.fill_null("").unique()
    shapes = distinct.str.replace_many(_DIGITS, ["9"] * len(_DIGITS))
    patterns = {shape: _tail_pattern(shape) for shape in shapes.unique()}
    return {tail: patterns[shape] for tail, shape in zip(distinct, shapes, strict=True)}


def _tail_pattern(shape: str) -> str | None:
    if not shape.strip():
        return ""
    found = _TAIL.fullmatch(shape.rstrip())
    if found is None:
        return None
    pattern = (found["gap"][0] if found["gap"][0] in "tT" else " ") + ("%I:%M" if found["half"] else "%H:%M")
    pattern += ":%S" if found["seconds"] else ""
    pattern += "%.f" if found["fraction"] else ""
    pattern += " %p" if found["half"] else ""
    zone = found["zone"]
    if not zone:
        return pattern
    return pattern + (" " if found["before_zone"] else "") + ("%z" if zone[0] in "+-" else zone)


def decide_dates(column: str, seen: DateEvidence, *, order: str | None, elsewhere: str | None) -> ColumnFormat:
    """The column's patterns. ``order`` is what the person said, ``elsewhere`` what the file's other columns show.

    Raises NeedsDecision where day and month can be read either way, or are written both ways.
    """
    patterns: Counter[str] = Counter({pattern: times for pattern, times in seen.others.items() if times})
    notes = []
    for family in sorted(seen.families):
        days = seen.families[family]
        chosen, note = _order(column, family, days, order, elsewhere)
        dated = _dated(family, chosen)
        for tail, times in seen.tails.items():
            patterns[dated + tail] = days.count * times
        notes.append(note)
    ranked = sorted(patterns, key=lambda one: (one != seen.custom, "%y" in one, -patterns[one], one))
    if EXCEL in patterns and len(patterns) > 1:
        notes.append("some cells are a spreadsheet's serial numbers, others are written out")
    if not ranked:
        return ColumnFormat("date", pattern="%Y-%m-%d", note=_nothing_read(seen))
    return ColumnFormat(
        "date",
        pattern=ranked[0],
        other_patterns=tuple(ranked[1:]),
        note="; ".join(dict.fromkeys(filter(None, notes))),
    )


def _nothing_read(seen: DateEvidence) -> str:
    if not seen.unreadable:
        return "no dates in it"
    return f"no cell could be read as a date, e.g. {seen.unreadable_example!r}; --date-format takes a strptime pattern"


def shown_order(seen: DateEvidence) -> str | None:
    """The order that the column itself proves for dates with the year last, None where it proves none."""
    last = [days for family, days in seen.families.items() if not family.year_first and not days.year_maybe_first]
    day, month = sum(days.day_first for days in last), sum(days.month_first for days in last)
    if bool(day) == bool(month):
        return None
    return "DMY" if day else "MDY"


def _order(column: str, family: Family, days: DayMonth, said: str | None, elsewhere: str | None) -> tuple[str, str]:
    """DMY, MDY or YMD for one family, and why."""
    if family.year_first or (family.short_year and (said == "YMD" or (days.year_maybe_first and not said))):
        return "YMD", ""
    if said in ("DMY", "MDY"):
        against = days.month_first if said == "DMY" else days.day_first
        if against * 2 > days.count:
            example = days.month_example if said == "DMY" else days.day_example
            raise NeedsDecision(
                f"You said {said}, but most dates in column {column!r} are not written so, e.g. {example!r}.",
                f"Leave --date-format out, or say --date-format {'MDY' if said == 'DMY' else 'DMY'}.",
                asks="date_format",
                options=("", "MDY" if said == "DMY" else "DMY"),
            )
        return said, f"{said} as you said"
    if days.day_first and days.month_first:
        raise NeedsDecision(
            f"Column {column!r} mixes day first and month first: {days.day_example!r} and {days.month_example!r}.",
            "Mend the file, or say --date-format DMY or --date-format MDY; the dates that do not fit are then refused.",
            asks="date_format",
            options=("DMY", "MDY"),
        )
    if family.short_year and family.separator == "-" and not days.year_last:
        raise NeedsDecision(
            f"Column {column!r} can be read in several ways: no date in it shows whether "
            f"{days.open_example or days.day_example or days.month_example!r} begins with the year, the day or the "
            "month. Say --date-format YMD, DMY or MDY."
        )
    if days.day_first or days.month_first:
        order = "DMY" if days.day_first else "MDY"
        return order, f"{order}: {(days.day_example or days.month_example)!r} can be read in no other way"
    if not days.open:
        return "DMY", ""
    if family.separator == ".":
        return "DMY", "day first, as everywhere where dates have dots"
    if elsewhere:
        return elsewhere, f"{elsewhere} as in the file's other dates"
    raise NeedsDecision(
        f"Column {column!r} can be read in two ways: no date in it shows whether {days.open_example!r} begins with the "
        "day or the month.",
        "Say --date-format DMY (day first) or --date-format MDY (month first).",
        asks="date_format",
        options=("DMY", "MDY"),
    )


def _dated(family: Family, order: str) -> str:
    year = "%y" if family.short_year else "%Y"
    letters = {"D": "%d", "M": "%m", "Y": year}
    return family.separator.join(letters[letter] for letter in order)


def parse_dates(values: pl.Series, form: ColumnFormat, time_zone: str) -> pl.Series:
    """UTC instant of each cell; local clocks are those of ``time_zone``. Null where no pattern fits.

    A local time that a clock change skips moves forward by what was skipped; one that comes twice is the first.
    """
    cells = values.str.strip_chars()
    cells = cells.set(cells == "", None)
    patterns = (form.pattern, *form.other_patterns)
    found = _read(cells, patterns, time_zone)
    left = cells.is_not_null() & found.is_null()
    if left.any():
        tidied = _read(tidy_dates(cells.filter(left)), patterns, time_zone)
        found = found.scatter(left.arg_true(), tidied)
    return found


def _read(cells: pl.Series, patterns: tuple[str, ...], time_zone: str) -> pl.Series:
    found = _read_one(cells, patterns[0], time_zone)
    for pattern in patterns[1:]:
        left = cells.is_not_null() & found.is_null()
        if left.any():
            found = found.scatter(left.arg_true(), _read_one(cells.filter(left), pattern, time_zone))
    return found


def _read_one(cells: pl.Series, pattern: str, time_zone: str) -> pl.Series:
    """Instants of the cells that are written in ``pattern``, from 1800 to 2200."""
    if pattern in (SECONDS, MILLISECONDS):
        number = cells.set(~cells.str.contains(_NUMERIC[pattern]), None).str.replace(r"\.0+$", "")
        read = (number.cast(pl.Int64) * (1_000_000 if pattern == SECONDS else 1000)).cast(pl.Datetime("us", "UTC"))
    elif pattern == EXCEL:
        number = cells.set(~cells.str.contains(_NUMERIC[EXCEL]), None).str.replace(",", ".", literal=True)
        thousandths = (number.cast(pl.Float64) * 86_400_000).round().cast(pl.Int64)
        read = (thousandths.cast(pl.Duration("ms")) + pl.Series([EXCEL_ZERO])).cast(pl.Datetime("us"))
    else:
        read = cells.str.to_datetime(pattern, strict=False, time_unit="us", ambiguous="earliest")
    if read.dtype == pl.Datetime("us"):
        read = localised(read, "UTC" if _SAYS_UTC.search(pattern) else time_zone)
    sane = read.dt.year().is_between(1800, 2200)
    return read.set(~sane, None)


EXCEL_ZERO = pl.Series(["1899-12-30"]).str.to_datetime(time_unit="ms")[0]


def localised(clock: pl.Series, time_zone: str) -> pl.Series:
    """UTC instants of local clock times."""
    if time_zone == "UTC":
        return clock.dt.replace_time_zone("UTC")

    def instant(local: pl.Series) -> pl.Series:
        zoned = local.dt.replace_time_zone(time_zone, ambiguous="earliest", non_existent="null")
        return zoned.dt.convert_time_zone("UTC")

    found = instant(clock)
    for back in ("1h", "1d"):
        skipped = clock.is_not_null() & found.is_null()
        if not skipped.any():
            break
        before = clock.filter(skipped).dt.offset_by(f"-{back}")
        found = found.scatter(skipped.arg_true(), instant(before).dt.offset_by(back))
    return found
