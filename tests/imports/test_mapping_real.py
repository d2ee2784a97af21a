"""Real exports are understood without help, or refused with a sentence that says what to do."""

from __future__ import annotations

import polars as pl
import pytest

from regulars.errors import MappingError
from regulars.imports.contract import LINE
from regulars.imports.mapping import guess_mapping
from tests.imports.messy_files import text_cells

EXPECTED = {
    "online_retail_2010-12-01.csv": (
        "orders",
        {
            "order_id": "InvoiceNo",
            "customer_id": "CustomerID",
            "occurred": "InvoiceDate",
            "product": "StockCode",
            "product_name": "Description",
            "quantity": "Quantity",
            "unit_price": "UnitPrice",
            "country": "Country",
        },
    ),
    "olist_order_items_head1000.csv": (
        "orders",
        {
            "order_id": "order_id",
            "occurred": "shipping_limit_date",
            "product": "product_id",
            "amount": "price",
        },
    ),
    "olist_order_reviews_head1000.csv": (
        "answers",
        {
            "occurred": "review_answer_timestamp",
            "score": "review_score",
            "text": "review_comment_message",
            "thread": "order_id",
        },
    ),
    "olist_customers_200.csv": (
        "customers",
        {"customer_id": "customer_id", "region": "customer_state", "city": "customer_city"},
    ),
    "uwv_complaints_CP1252_semicolon.csv": (
        "contacts",
        {
            "customer_id": "CustomerID",
            "occurred": "ContactDate",
            "channel": "ContactChannelID",
            "thread": "ComplaintID",
            "text": "ComplaintTopic_EN",
        },
    ),
    "sepsis_semicolon_case_id_NA_head1000.csv": (
        "contacts",
        {"occurred": "Complete Timestamp", "step": "Activity", "department": "org:group", "thread": "Case ID"},
    ),
    "cfpb_us_dates_quoted_commas_1000.csv": (
        "contacts",
        {
            "occurred": "date_received",
            "channel": "submitted_via",
            "outcome": "company_response_to_consumer",
            "thread": "complaint_id",
            "text": "consumer_complaint_narrative",
            "region": "state",
        },
    ),
    "ru_bank_reviews_UTF8BOM_semicolon_multiline_head300.csv": (
        "answers",
        {"occurred": "date", "score": "rating", "choice": "sentiment", "text": "text", "channel": "source"},
    ),
    "telco_blank_TotalCharges_head1000.csv": (
        "customers",
        {
            "customer_id": "customerID",
            "gender": "gender",
            "contract": "Contract",
            "has_left": "Churn",
            "tenure_months": "tenure",
            "total_charges": "TotalCharges",
        },
    ),
}


def cells(name: str) -> pl.DataFrame:
    encoding = "cp1252" if "CP1252" in name else "utf-16" if "UTF16" in name else "utf-8-sig"
    semicolons = any(word in name for word in ("semicolon", "sepsis"))
    return text_cells(name, encoding=encoding, separator=";" if semicolons else ",").drop(LINE)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_export_is_understood_without_help(name: str) -> None:
    form, fields = EXPECTED[name]
    sample = cells(name)
    mapping = guess_mapping(None, sample.columns, sample, {})
    assert (mapping.form, dict(mapping.fields)) == (form, fields)
    assert set(mapping.unused) == set(sample.columns) - set(fields.values())


@pytest.mark.parametrize(
    "name",
    ["uwv_complaints_CP1252_semicolon.csv", "nyc311_us_dates_head1000.csv", "cfpb_us_dates_quoted_commas_1000.csv"],
)
def test_a_list_of_complaints_is_taken_for_complaints_and_it_is_said(name: str) -> None:
    sample = cells(name)
    mapping = guess_mapping(None, sample.columns, sample, {})
    assert (mapping.constants, mapping.reasons["kind"]) == ({"kind": "complaint"}, "the headers speak of complaints")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("olist_order_payments_head1000.csv", "orders needs a date"),
        ("olist_orders_head1000.csv", "orders needs an amount.*--as contacts"),
        ("tr_store_reviews_UTF16LE_BOM_head1000.csv", "answers needs a date.*--map occurred==2025-01-31"),
        ("olist_category_translation_BOM.csv", "do not show what kind of file"),
        ("sfo_2016_star_header_head1000.csv", "do not show what kind of file"),
    ],
)
def test_a_file_that_lacks_something_says_what_and_how_to_mend_it(name: str, sentence: str) -> None:
    sample = cells(name)
    with pytest.raises(MappingError, match=sentence):
        guess_mapping(None, sample.columns, sample, {})


def test_turkish_reviews_are_taken_once_their_day_is_said() -> None:
    sample = cells("tr_store_reviews_UTF16LE_BOM_head1000.csv")
    mapping = guess_mapping(None, sample.columns, sample, {"occurred": "=2024-01-31"})
    assert (mapping.form, dict(mapping.fields)) == ("answers", {"choice": "Durum", "text": "Görüş"})
