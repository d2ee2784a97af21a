"""A file before it is imported: its first rows, the guess as far as it goes, and what is left to decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from regulars.errors import MappingError, NeedsDecision
from regulars.imports.mapping import guess_mapping, propose_mapping
from regulars.imports.preview import doubts, look_at
from tests.real_data import real_data


def written(folder: Path, text: str, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def proposed(path: Path, form: str | None = None):
    look = look_at(path)
    return look, propose_mapping(form, list(look.columns), look.sample, {})


def test_a_file_of_rejects_shows_only_its_own_columns(tmp_path):
    text = "regulars_line,regulars_reason,regulars_value,Date,Amount\n7,no date,,2025-01-02,10\n"
    look = look_at(written(tmp_path, text))
    assert look.columns == ("Date", "Amount")
    assert look.rows == (("2025-01-02", "10"),)
    assert look.lines == (2,)


def test_the_preview_guesses_what_the_import_guesses():
    path = real_data("messy_raw/online_retail_2010-12-01.csv")
    look, proposal = proposed(path)
    guess = guess_mapping(None, list(look.columns), look.sample, {})
    assert proposal.mapping == guess
    assert proposal.form_is_sure
    assert not proposal.unmet


def test_what_is_missing_is_told_where_the_import_would_refuse(tmp_path):
    look, proposal = proposed(written(tmp_path, "Order no,Colour,Amount\n1,red,10\n"), "orders")
    assert [need.words for need in proposal.unmet] == ["a date"]
    with pytest.raises(MappingError):
        guess_mapping("orders", list(look.columns), look.sample, {})


def test_of_two_columns_alike_neither_is_taken(tmp_path):
    text = "Order no,Order date,Order_date,Amount\n1,2025-03-04,2025-03-05,10\n"
    look, proposal = proposed(written(tmp_path, text))
    assert [(tie.field, tie.columns) for tie in proposal.ties] == [("occurred", ("Order date", "Order_date"))]
    assert "occurred" not in proposal.mapping.fields
    with pytest.raises(NeedsDecision):
        guess_mapping("orders", list(look.columns), look.sample, {})


def test_a_file_that_speaks_of_no_form_is_said_to_be_unsure(tmp_path):
    _, proposal = proposed(written(tmp_path, "alpha,beta\n1,2\n"))
    assert not proposal.form_is_sure


def test_dates_that_can_be_read_either_way_are_a_question_with_its_answers(tmp_path):
    look, proposal = proposed(written(tmp_path, "Order no,Date,Amount\n1,03/04/2025,10\n2,05/06/2025,20\n"))
    (question,) = doubts(look, proposal.mapping)
    assert question.asks == "date_format"
    assert question.options == ("DMY", "MDY")
    assert "--date-format" not in question.question
    assert str(question).startswith(question.question)
    assert "--date-format DMY" in str(question)
    assert doubts(look, proposal.mapping, date_format="DMY") == ()


def test_amounts_that_may_be_thousands_are_a_question_with_its_answers(tmp_path):
    look, proposal = proposed(written(tmp_path, "Order no;Date;Amount\n1;2025-03-04;1.234\n2;2025-03-05;2.500\n"))
    (question,) = doubts(look, proposal.mapping)
    assert (question.asks, question.options) == ("decimal_mark", (".", ","))
    assert doubts(look, proposal.mapping, decimal_mark=",") == ()


def test_dates_that_another_column_decides_are_no_question(tmp_path):
    text = "Order no,Order date,Delivered,Amount\n1,31/04/2025,03/04/2025,10\n2,30/05/2025,05/06/2025,20\n"
    look, proposal = proposed(written(tmp_path, text))
    assert proposal.mapping.fields["delivered"] == "Delivered"
    assert doubts(look, proposal.mapping) == ()


def test_a_workbook_names_its_sheets(tmp_path):
    import xlsxwriter

    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name in ("March", "April"):
        book.add_worksheet(name).write_row(0, 0, ["Date", "Amount"])
        book.get_worksheet_by_name(name).write_row(1, 0, ["2025-03-04", name])
    book.close()
    look = look_at(path, sheet="April")
    assert look.format.sheets == ("March", "April")
    assert look.rows == (("2025-03-04", "April"),)
