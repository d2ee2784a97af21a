"""What the cells of a question's column hold, and which scale and missing codes that speaks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from regulars.imports.contract import Asked

# Cells that stand for an empty one, whatever the question, as they are written in five languages.
_BLANKS = """blank,(blank),na,n/a,n.a.,#n/a,nan,null,none,nil,no answer,not answered,no response,refused,missing
-,--,.,?
празно,няма отговор,без отговор,нет ответа,без ответа,пусто,не указано
bez odpovědi,neodpověděl,neuvedeno,prázdné
cevap yok,cevapsız,yanıt yok,boş"""
_NEVER = """never used,not used,did not use,not applicable,does not apply,don't know,do not know
не е приложимо,не съм ползвал,не знам,неприменимо,не пользовался,не пользовалась,не знаю,затрудняюсь ответить
nepoužívám,nevyužil,netýká se,nevím
kullanmadım,geçerli değil,uygulanamaz,bilmiyorum,fikrim yok"""
BLANKS = frozenset(word for line in _BLANKS.splitlines() for word in line.split(","))
NEVER = frozenset(word for line in _NEVER.splitlines() for word in line.split(","))
# Codes that questionnaires use for 'no answer' because no scale reaches them.
_USUAL_CODES = frozenset(
    (-1, -7, -8, -9, -77, -88, -97, -98, -99, -999, -9999, 77, 88, 97, 98, 99, 997, 998, 999, 9999)
)
_SCALES = ((0, 1), (1, 5), (1, 7), (0, 5), (0, 6), (1, 10), (0, 10), (-1, 1), (-2, 2), (-3, 3), (-5, 5), (1, 100),
           (0, 100))  # fmt: skip
_MOST = 300  # different cells of a column; one that has more is no scale of marks
_SHARED = 3  # columns with one scale between them are a questionnaire


@dataclass
class Marks:
    """The different cells of a column and how often each stands there; more than some hundred are not kept."""

    cells: dict[str, int] = field(default_factory=dict)
    many: bool = False

    def add(self, values: pl.Series) -> None:
        """Take in some cells."""
        if self.many:
            return
        cells = values.cast(pl.String).str.strip_chars().drop_nulls()
        for cell, times in cells.filter(cells != "").value_counts(name="times").iter_rows():
            self.cells[cell] = self.cells.get(cell, 0) + times
        self.many = len(self.cells) > _MOST

    def numbers(self, besides: Sequence[str] = ()) -> dict[float, int]:
        """Marks and how often each was given; words and the codes ``besides`` are left out."""
        left_out = {number for code in besides if (number := as_number(code)) is not None}
        found: dict[float, int] = {}
        for cell, times in self.cells.items():
            number = as_number(cell)
            if number is not None and number not in left_out:
                found[number] = found.get(number, 0) + times
        return found

    @property
    def numeric(self) -> bool:
        """Whether most cells that are filled are numbers; an empty column may be."""
        filled = sum(times for cell, times in self.cells.items() if cell.casefold() not in BLANKS | NEVER)
        return 2 * sum(self.numbers().values()) >= filled


def as_number(cell: str) -> float | None:
    """The number a cell holds; None for anything else."""
    try:
        number = float(cell.strip().replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None


def marks_of(cells: pl.DataFrame, columns: Sequence[str]) -> dict[str, Marks]:
    """What each of the columns holds in these rows."""
    found = {column: Marks() for column in columns}
    for column, marks in found.items():
        marks.add(cells[column])
    return found


def scale_of(numbers: Mapping[float, int]) -> tuple[tuple[float, float] | None, tuple[str, ...]]:
    """The narrowest usual scale that holds the marks, and the codes among them that stand for no answer."""
    usual = {number for number in numbers if number in _USUAL_CODES}
    marks = [number for number in numbers if number not in usual]
    if not marks:
        return None, ()
    codes = {code for code in usual if (code > max(marks) + 1 and max(marks) <= 10) or code < 0 <= min(marks)}
    codes -= {-1} if max(marks) <= 1 else set()
    rest = [number for number in numbers if number not in codes]
    scale = next(((low, high) for low, high in _SCALES if low <= min(rest) and max(rest) <= high), None)
    return scale, tuple(f"{code:g}" for code in sorted(codes))


def shared_scales(columns: Sequence[str], marks: Mapping[str, Marks]) -> dict[str, str]:
    """Columns whose marks have a scale that several of them share, and that scale: the ratings of a questionnaire.

    Scales of two values, columns that never reach the scale's upper end, and those of many different numbers may be
    anything and are left alone.
    """
    scales: dict[str, tuple[float, float]] = {}
    for column in columns:
        numbers = marks[column].numbers()
        scale, _ = scale_of(numbers)
        whole = all(number == round(number) for number in numbers)
        if scale and scale[1] <= 10 and len(numbers) > 2 and whole and marks[column].numeric and scale[1] in numbers:
            scales[column] = scale
    counted = [*scales.values()]
    return {
        column: f"{low:g}-{high:g}" for column, (low, high) in scales.items() if counted.count((low, high)) >= _SHARED
    }


def settle(questions: Sequence[Asked], marks: Mapping[str, Marks]) -> tuple[Asked, ...]:
    """The questions with their scales: said, or found from all cells of the file, those named together as one."""
    together: dict[str, dict[float, int]] = {}
    for one in questions:
        if _open(one) and one.block:
            counted = together.setdefault(one.block, {})
            for number, times in marks[one.column].numbers((*one.missing, *one.never)).items():
                counted[number] = counted.get(number, 0) + times
    return tuple(_settled(one, together, marks) if _open(one) else one for one in questions)


def _open(one: Asked) -> bool:
    return one.scored and one.low is None


def _settled(one: Asked, together: Mapping[str, Mapping[float, int]], marks: Mapping[str, Marks]) -> Asked:
    numbers = together[one.block] if one.block else marks[one.column].numbers((*one.missing, *one.never))
    scale, codes = scale_of(numbers)
    if one.said and one.missing:
        codes = ()
    missing = tuple(dict.fromkeys((*one.missing, *codes)))
    low, high = (float(scale[0]), float(scale[1])) if scale else (None, None)
    if one.kind == "nps" and high == 10:
        return replace(one, low=0.0, high=high, missing=missing)
    # A header that speaks of recommending may go with another scale: such marks are no net promoter score.
    return replace(one, kind="rating" if one.kind == "nps" else one.kind, low=low, high=high, missing=missing)
