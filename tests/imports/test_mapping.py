"""Whoever drops a file in should not have to explain its columns; where they must, they are told how."""

from __future__ import annotations

import polars as pl
import pytest

from regulars.errors import MappingError, NeedsDecision
from regulars.imports.contract import ColumnMapping
from regulars.imports.mapping import guess_form, guess_mapping
from regulars.imports.names import plain_form
from tests.imports.messy_files import frame


def mapped(columns: dict[str, str], form: str | None = None, **overrides: str) -> ColumnMapping:
    """The mapping of a file with these headers and one row."""
    sample = pl.DataFrame({name: pl.Series([cell or None], dtype=pl.String) for name, cell in columns.items()})
    return guess_mapping(form, sample.columns, sample, overrides)


ERP_EXPORTS = {
    "Bulgarian": (
        {
            "Дата на документа": "05.01.2024",
            "Документ №": "0000012345",
            "Клиент": "К-17",
            "Артикул": "Стол",
            "К-во": "2",
            "Ед. цена": "10,50",
            "Сума без ДДС": "21,00",
            "Търговски обект": "София",
        },
        {
            "occurred": "Дата на документа",
            "order_id": "Документ №",
            "customer_id": "Клиент",
            "quantity": "К-во",
            "unit_price": "Ед. цена",
            "amount": "Сума без ДДС",
            "branch": "Търговски обект",
        },
    ),
    "Russian, 1C": (
        {
            "Дата": "05.01.2024 14:05:09",
            "Номер": "00УТ-000123",
            "Контрагент": "Ромашка ООО",
            "Номенклатура": "Стул",
            "Количество": "2",
            "Цена": "10,50",
            "Сумма": "21,00",
            "Менеджер": "Иванова",
        },
        {
            "occurred": "Дата",
            "order_id": "Номер",
            "customer_id": "Контрагент",
            "product_name": "Номенклатура",
            "quantity": "Количество",
            "unit_price": "Цена",
            "amount": "Сумма",
            "employee": "Менеджер",
        },
    ),
    "Czech": (
        {
            "Datum vystavení": "5. 1. 2024",
            "Číslo dokladu": "FV240001",
            "Odběratel": "Novák",
            "Zboží": "Židle",
            "Množství": "2",
            "Cena za MJ": "10,50",
            "Cena celkem [Kč]": "21,00",
        },
        {
            "occurred": "Datum vystavení",
            "order_id": "Číslo dokladu",
            "customer_id": "Odběratel",
            "product_name": "Zboží",
            "quantity": "Množství",
            "unit_price": "Cena za MJ",
            "amount": "Cena celkem [Kč]",
        },
    ),
    "Turkish": (
        {
            "FATURA NO": "A-123",
            "TARİH": "05.01.2024",
            "MÜŞTERİ KODU": "120.01.001",
            "STOK KODU": "S-1",
            "MİKTAR": "2",
            "BİRİM FİYAT": "10,50",
            "TUTAR": "21,00",
        },
        {
            "order_id": "FATURA NO",
            "occurred": "TARİH",
            "customer_id": "MÜŞTERİ KODU",
            "product": "STOK KODU",
            "quantity": "MİKTAR",
            "unit_price": "BİRİM FİYAT",
            "amount": "TUTAR",
        },
    ),
    "Turkish in small letters": (
        {"Fatura No": "1", "Tarih": "05.01.2024", "Müşteri Kodu": "7", "Miktar": "2", "Tutar": "21,00"},
        {
            "order_id": "Fatura No",
            "occurred": "Tarih",
            "customer_id": "Müşteri Kodu",
            "quantity": "Miktar",
            "amount": "Tutar",
        },
    ),
    "Complete Journey": (
        {
            "household_id": "900",
            "store_id": "330",
            "basket_id": "31198570044",
            "product_id": "1095275",
            "quantity": "1",
            "sales_value": "0.5",
            "retail_disc": "0",
            "coupon_disc": "0",
            "week": "1",
            "transaction_timestamp": "2017-01-01 11:53:26",
        },
        {
            "customer_id": "household_id",
            "branch": "store_id",
            "order_id": "basket_id",
            "product": "product_id",
            "quantity": "quantity",
            "amount": "sales_value",
            "occurred": "transaction_timestamp",
        },
    ),
    "CDNOW": (
        {"customer_id": "00001", "date": "19970101", "units": "1", "dollars": "11.77"},
        {"customer_id": "customer_id", "occurred": "date", "quantity": "units", "amount": "dollars"},
    ),
    "Shopify": (
        {
            "Name": "#1001",
            "Email": "a@example.com",
            "Financial Status": "paid",
            "Paid at": "2024-01-05 10:00:01 +0200",
            "Currency": "EUR",
            "Subtotal": "21.00",
            "Total": "26.00",
            "Created at": "2024-01-05 10:00:00 +0200",
            "Lineitem quantity": "2",
            "Lineitem name": "Chair",
            "Lineitem price": "10.50",
            "Lineitem sku": "C-1",
            "Billing Name": "Ann",
            "Id": "5",
        },
        {
            "order_id": "Name",
            "email": "Email",
            "occurred": "Created at",
            "currency": "Currency",
            "quantity": "Lineitem quantity",
            "unit_price": "Lineitem price",
            "product": "Lineitem sku",
            "name": "Billing Name",
        },
    ),
    "WooCommerce": (
        {
            "Date": "2024-01-05 10:00:00",
            "Order #": "7",
            "N. Revenue (formatted)": "€21.00",
            "Status": "completed",
            "Customer": "Ann",
            "Customer type": "new",
            "Product(s)": "2× Chair",
            "Items sold": "2",
            "N. Revenue": "21",
        },
        {"occurred": "Date", "order_id": "Order #", "amount": "N. Revenue", "order_kind": "Status"},
    ),
}


@pytest.mark.parametrize("program", ERP_EXPORTS)
def test_an_export_of_orders_is_understood_without_a_word(program: str) -> None:
    columns, expected = ERP_EXPORTS[program]
    mapping = mapped(columns)
    assert mapping.form == "orders"
    assert {name: mapping.fields.get(name) for name in expected} == expected
    assert set(mapping.reasons) == set(mapping.fields)


def test_every_column_is_either_read_or_reported_as_unused() -> None:
    for columns, _ in ERP_EXPORTS.values():
        mapping = mapped(columns)
        assert sorted([*mapping.fields.values(), *mapping.unused]) == sorted(columns)


def test_the_total_of_a_shopify_order_is_not_taken_for_a_line() -> None:
    assert "Total" in mapped(ERP_EXPORTS["Shopify"][0]).unused


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("InvoiceNo", "Invoice No."),
        ("INVOICE_NUMBER", "invoice nr"),
        ("Документ №", "документ номер"),
        ("MÜŞTERİ ADI", "Müşteri adı"),
        ("*Email ", "email"),
        ("Cena celkem [Kč]", "cena celkem"),
        ("Сумма, руб.", "сумма"),
        ("Příjmení", "PRIJMENI"),
    ],
)
def test_one_header_in_two_spellings_is_one_header(one: str, other: str) -> None:
    assert plain_form(one) == plain_form(other)


BASIC = {"Date": "2024-01-31", "Total": "5.00", "Client": "7", "Note": "x"}


def test_a_persons_word_goes_before_every_guess() -> None:
    mapping = mapped({**BASIC, "Shipped": "2024-02-01"}, occurred="shipped", currency="=EUR", text="")
    assert mapping.fields["occurred"] == "Shipped"
    assert mapping.constants == {"currency": "EUR"}
    assert "text" not in mapping.fields
    assert set(mapping.unused) == {"Date", "Note"}


def test_a_date_may_be_named_as_the_log_calls_it() -> None:
    mapping = mapped({"case": "1", "moment": "2024-02-01", "promised": "2024-02-03"}, "contacts",
                     thread="case", occurred_at="moment", due_at="promised")  # fmt: skip
    assert mapping.fields == {"thread": "case", "occurred": "moment", "due": "promised"}


def test_a_column_that_is_not_there_is_named_with_its_likeliest_spelling() -> None:
    with pytest.raises(MappingError, match=r"no column 'Totel'.*did you mean 'Total'\?.*Date, Total, Client, Note"):
        mapped(BASIC, amount="Totel")


def test_a_field_that_is_not_there_is_named_with_its_likeliest_spelling() -> None:
    with pytest.raises(MappingError, match=r"no field 'ammount'; did you mean 'amount'\?"):
        mapped(BASIC, "orders", ammount="Total")


def test_two_columns_alike_for_one_field_are_a_question() -> None:
    columns = {**BASIC, "Client ID": "7", "client_id": "8"}
    with pytest.raises(NeedsDecision, match=r"'Client ID' and 'client_id'.*--map customer_id='Client ID' or --map"):
        mapped(columns)


def test_the_more_specific_of_two_columns_is_taken_and_it_is_said() -> None:
    mapping = mapped({**BASIC, "Grand total": "7"})
    assert mapping.fields["amount"] == "Grand total"
    assert mapping.reasons["amount"] == "its name, more specific than 'Total'"


def test_beside_a_number_the_customers_column_is_their_name() -> None:
    mapping = mapped({"Дата": "31.01.2024", "Код клиента": "001", "Клиент": "Иванов", "Сумма": "5,00"})
    assert (mapping.fields["customer_id"], mapping.fields["name"]) == ("Код клиента", "Клиент")


def test_two_unnamed_dates_are_a_question_and_one_is_an_answer() -> None:
    columns = {"Total": "5.00", "Client": "7", "A": "2024-01-31"}
    assert mapped(columns, "orders").reasons["occurred"] == "the only column with dates"
    with pytest.raises(NeedsDecision, match="Columns 'A' and 'B' could each be occurred"):
        mapped({**columns, "B": "2024-02-01"}, "orders")


def test_a_price_without_quantities_is_the_amount() -> None:
    mapping = mapped({"Order ID": "1", "Date": "2024-01-31", "Price": "9.90"})
    assert (mapping.fields["amount"], "unit_price" in mapping.fields) == ("Price", False)


def test_a_missing_date_is_said_with_what_to_do() -> None:
    with pytest.raises(MappingError, match=r"orders needs a date.*--map occurred='Order date'.*amount=Total"):
        mapped({"Order": "1", "Total": "5.00", "Client": "7"})


def test_a_column_named_date_that_holds_codes_is_shown_in_the_complaint() -> None:
    with pytest.raises(MappingError, match="Column 'Date' is named like one, but holds such things as 'Q3'"):
        mapped({"Order": "1", "Total": "5.00", "Date": "Q3"})


def test_a_file_that_speaks_of_nothing_is_not_guessed() -> None:
    with pytest.raises(MappingError, match="do not show what kind of file"):
        guess_form(["a", "b"], frame(a=["1"], b=["2"]))


def test_an_unknown_form_is_answered_with_the_known_ones() -> None:
    with pytest.raises(MappingError, match="answers, contacts, customers, items, orders"):
        mapped(BASIC, "invoices")


def test_an_address_column_is_known_by_its_content() -> None:
    mapping = mapped({"Client no": "7", "Kontakt": "a@example.com"}, "customers")
    assert mapping.fields == {"customer_id": "Client no", "email": "Kontakt"}


def test_a_total_repeated_on_every_line_of_its_order_is_not_added_up() -> None:
    sample = frame(
        Order__ID=["1", "1", "2", "2"],
        Date=["2024-01-30"] * 4,
        Quantity=["1", "2", "1", "1"],
        Price=["5.00", "7.50", "1.00", "3.00"],
        Order__Total=["20.00", "20.00", "4.00", "4.00"],
    )
    mapping = guess_mapping(None, sample.columns, sample, {})
    assert ("amount" in mapping.fields, mapping.unused) == (False, ("Order Total",))
    assert "repeats the whole order's total" in mapping.reasons["unit_price"]
    line_totals = sample.with_columns(pl.Series("Order Total", ["5.00", "15.00", "1.00", "3.00"]))
    assert guess_mapping(None, sample.columns, line_totals, {}).fields["amount"] == "Order Total"


def test_a_field_that_no_file_has_is_said_before_anything_is_guessed() -> None:
    sample = pl.DataFrame({"a": ["1"], "b": ["2"]})
    with pytest.raises(MappingError, match=r"No kind of file has a field 'amuont'; did you mean 'amount'\?"):
        guess_mapping(None, ["a", "b"], sample, {"amuont": "a"})
