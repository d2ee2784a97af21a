"""The list as a file: exactly who is listed, in the trail, and with cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from html import unescape
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from regulars.base import open_base
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db

RESELLERS = {"where": "customer_type~is~reseller", "sort": "name", "columns": "spend,clv,last_order_on"}


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def exported(client, form="csv", **said):
    answer = client.get(f"/customers/export/{form}?{urlencode(said)}")
    assert answer.status_code == 200
    return content(answer)


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


def test_the_file_names_the_customers_of_the_list_in_its_order(client_as, shop):
    client = client_as("analyst")
    page = client.get(f"/customers/?{urlencode(RESELLERS)}").content.decode()
    listed = [unescape(name) for name in re.findall(r'role="rowheader"><a href="[^"]*">([^<]*)</a>', page)]
    assert [row["name"] for row in rows_of(exported(client, **RESELLERS))][: len(listed)] == listed


def test_amounts_in_the_file_are_exact(client_as, shop):
    rows = rows_of(exported(client_as("analyst"), columns="spend"))
    assert sum(Decimal(row["Bought for"]) for row in rows) == open_base(shop).page(limit=0).sums["spend"]


def test_a_search_narrows_the_file_as_it_narrows_the_list(client_as, shop, anybody):
    reference = shop.references([anybody])[anybody]
    rows = rows_of(exported(client_as("analyst"), q=reference))
    assert [row["reference"] for row in rows] == [reference]


def test_all_three_kinds_of_file_hold_the_same_customers(client_as, shop):
    client = client_as("manager")
    keys = [row["client_key"] for row in rows_of(exported(client, **RESELLERS))]
    parquet = pq.read_table(io.BytesIO(exported(client, "parquet", **RESELLERS)))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(exported(client, "xlsx", **RESELLERS))).get_sheet_by_index(0)
    assert [str(key) for key in parquet["client_key"].to_pylist()] == keys
    assert [str(row[0]) for row in sheet.to_python()[1:]] == keys


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " ="])
def test_a_name_that_a_spreadsheet_would_run_is_made_inert(client_as, shop, anybody, start):
    with shop.writing():
        row = {"client_key": anybody, "source": "shop", "name": f"{start}cmd|' /C calc'!A0"}
        shop.vault.add_details(shop.pages_import(), [row])
    said = {"q": shop.references([anybody])[anybody]}
    assert rows_of(exported(client_as("analyst"), **said))[0]["name"].startswith("'")


def test_who_exported_how_many_stands_in_the_trail_without_a_name(client_as, shop, shop_folder):
    rows = rows_of(exported(client_as("analyst"), **RESELLERS))
    line = said_in_trail(shop_folder, "customers exported")[0]
    assert f'"rows": {len(rows)}' in line
    assert "analyst@example.com" in line
    assert rows[0]["name"] not in line


@pytest.mark.parametrize("role", ["front line", "viewer", ""])
def test_whoever_may_not_export_gets_no_file_and_leaves_no_export_behind(client_as, shop_folder, role):
    assert client_as(role).get("/customers/export/csv").status_code in (302, 403)
    assert said_in_trail(shop_folder, "customers exported") == []


def test_a_filter_that_cannot_be_read_exports_nobody(client_as, shop, shop_folder):
    answer = client_as("analyst").get(f"/customers/export/csv?{urlencode({'where': 'spend~at_least~much'})}")
    assert answer.status_code == 422
    assert said_in_trail(shop_folder, "customers exported") == []


def test_another_kind_of_file_does_not_exist(client_as, shop):
    assert client_as("analyst").get("/customers/export/html").status_code == 404
