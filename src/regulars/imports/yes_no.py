"""Cells that say yes or no, in the words of five languages."""

from __future__ import annotations

import polars as pl

_YES = """yes, y, true, t, 1, x, left, churned, ended, cancelled, canceled, closed, inactive, gone
    да, истина, напуснал, напуснала, прекратен, неактивен, ушел, ушёл, ушла, расторгнут, закрыт
    ano, odešel, odešla, ukončeno, ukončen, neaktivní
    evet, ayrıldı, bitti, sonlandı, pasif"""
_NO = """no, n, false, f, 0, active, current, open, stayed
    не, нет, лъжа, ложь, активен, активна, действующий, действует
    ne, aktivní, platný
    hayır, aktif, devam ediyor"""


def _words(lines: str) -> list[str]:
    return [word.strip() for line in lines.splitlines() for word in line.split(",")]


def parse_yes_no(cells: pl.Series) -> pl.Series:
    """ "true", "false", or null where a cell is empty or says something else."""
    # The Turkish dotted capital I is two characters in small letters.
    plain = cells.str.strip_chars().str.replace_all("İ", "i").str.to_lowercase()
    plain = plain.str.replace(r"\.0$", "")
    yes, no = plain.is_in(_words(_YES)).fill_null(False), plain.is_in(_words(_NO)).fill_null(False)
    said = pl.when(yes).then(pl.lit("true")).when(no).then(pl.lit("false"))
    return pl.select(said).to_series()
