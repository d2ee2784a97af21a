"""Real exports, as messy as companies have them, go through the pages and come out as the library counts them."""

from __future__ import annotations

import pytest

from regulars_web.imports import storing
from regulars_web.imports.tests.sending import checked, imported, send
from tests.real_data import real_data

pytestmark = pytest.mark.django_db


def summary_of(upload):
    return storing.kept(upload, storing.CHECK_FILE)["summary"]


def test_a_day_of_online_retail_adds_up_to_its_published_lines(client_as):
    path = real_data("messy_raw/online_retail_2010-12-01.csv")
    lines = path.read_text(encoding="utf-8").count("\n") - 1
    client = client_as("manager")
    upload = imported(client, path.read_bytes(), path.name)
    told = upload.result
    assert told["lines_read"] == lines
    assert told["lines_read"] == told["lines_imported"] + told["lines_already_there"] + told["lines_rejected"]
    assert told["first_on"] == told["last_on"] == "2010-12-01"
    page = client.get(f"/imports/{upload.import_id}").content.decode()
    assert f"{told['lines_imported']:,} lines of online_retail_2010-12-01.csv are in the log" in page


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("uwv_complaints_CP1252_semicolon.csv", "contacts"),
        ("ru_bank_reviews_UTF8BOM_semicolon_multiline_head300.csv", "answers"),
        ("olist_customers_200.csv", "customers"),
        ("nyc311_us_dates_head1000.csv", "contacts"),
    ],
)
def test_a_messy_export_is_guessed_and_every_line_accounted_for(client_as, name, form):
    path = real_data(f"messy_raw/{name}")
    client = client_as("analyst")
    upload = send(client, path.read_bytes(), name)
    page = client.get(f"/imports/file/{upload.pk}").content.decode()
    assert f'value="{form}" required checked' in page
    upload = checked(client, path.read_bytes(), name, form=form)
    assert not upload.problem
    told = summary_of(upload)
    parts = ("lines_imported", "lines_already_there", "lines_rejected", "lines_left_out")
    assert told["lines_read"] == sum(told[part] for part in parts)
    assert told["lines_imported"] > 0
    assert client.get(f"/imports/file/{upload.pk}/check").status_code == 200


def test_reviews_in_turkish_letters_ask_for_the_day_they_do_not_have(client_as):
    path = real_data("messy_raw/tr_store_reviews_UTF16LE_BOM_head1000.csv")
    client = client_as("analyst")
    upload = send(client, path.read_bytes(), path.name)
    client.post(f"/imports/file/{upload.pk}", {"form": "answers", "new_source": "reviews"})
    page = client.get(f"/imports/file/{upload.pk}/columns").content.decode()
    assert "Görüş" in page
    assert "Still missing: a date." in page


def test_half_a_workbook_is_refused_in_a_sentence_and_can_be_given_up(client_as, shop):
    path = real_data("messy_raw/online_retail_TRUNCATED_not_a_valid_xlsx.xlsx")
    client = client_as("analyst")
    upload = send(client, path.read_bytes(), path.name)
    page = client.get(f"/imports/file/{upload.pk}").content.decode()
    assert "damaged or cut-off workbook" in page
    assert str(shop.folder) not in page
    client.post(f"/imports/file/{upload.pk}/cancel")
    assert not storing.folder_of(upload).exists()
