"""What a file leaves open is asked of the person, on the page, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from regulars_web.imports.tests.sending import described, send
from regulars_web.jobs.actions import do_all_waiting
from regulars_web.jobs.models import Job
from regulars_web.shared import numbers

pytestmark = pytest.mark.django_db
EITHER_WAY = b"Order no,Customer,Date,Amount\n1,C-1,03/04/2025,10.00\n2,C-2,05/06/2025,20.00\n"
NO_DATE = b"Order no,Customer,Colour,Amount\n1,C-1,red,10.00\n2,C-2,blue,20.00\n"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def manager(client_as):
    return client_as("manager")


def test_whether_the_day_or_the_month_comes_first_is_asked_on_the_page(manager):
    upload = described(manager, EITHER_WAY)
    manager.post(f"/imports/file/{upload.pk}/check")
    do_all_waiting()
    page = manager.get(f"/imports/file/{upload.pk}/check").content.decode()
    assert "03/04/2025" in page
    assert "day, month, year" in page
    assert "--date-format" not in page
    answer = manager.post(f"/imports/file/{upload.pk}/decide", {"date_format": "DMY"})
    do_all_waiting()
    page = manager.get(answer["Location"]).content.decode()
    assert "All 2 lines can be imported" in page
    assert numbers.day(date(2025, 4, 3)) in page


def test_what_is_missing_is_said_and_the_check_waits_for_it(manager):
    upload = described(manager, NO_DATE)
    page = manager.get(f"/imports/file/{upload.pk}/columns").content.decode()
    assert "Still missing: a date." in page
    answer = manager.post(f"/imports/file/{upload.pk}/columns", {"column-0": "order_id", "column-3": "amount"})
    assert answer.status_code == 422
    assert not Job.objects.exists()
    one_day = {"constant-field-1": "occurred", "constant-text-1": "2025-03-04"}
    answer = manager.post(
        f"/imports/file/{upload.pk}/columns", {"column-0": "order_id", "column-3": "amount", **one_day}
    )
    assert answer.status_code == 302
    do_all_waiting()
    assert "All 2 lines can be imported" in manager.get(answer["Location"]).content.decode()


def test_a_changed_choice_is_looked_at_at_once(manager):
    upload = described(manager, EITHER_WAY)
    without = {"column-0": "order_id", "column-1": "customer_id", "column-2": "occurred"}
    answer = manager.post(f"/imports/file/{upload.pk}/columns", without, **HTMX)
    page = answer.content.decode()
    assert "Still missing: an amount" in page
    assert "1 column is left out: Amount" in page
    assert 'id="why-3"' in page
    upload.refresh_from_db()
    assert upload.said["map"]["amount"] == ""


def test_one_field_over_two_columns_is_refused_in_a_sentence(manager):
    upload = described(manager, EITHER_WAY)
    before = upload.said
    answer = manager.post(
        f"/imports/file/{upload.pk}/columns", {"column-0": "occurred", "column-2": "occurred"}, **HTMX
    )
    assert "chosen over two columns: Order no, Date" in answer.content.decode()
    upload.refresh_from_db()
    assert upload.said.get("map") == before.get("map")


def test_two_columns_alike_are_both_left_open_until_somebody_chooses(manager):
    content = b"Order no,Order date,Order_date,Amount\n1,2025-03-04,2025-03-05,10.00\n"
    upload = described(manager, content)
    page = manager.get(f"/imports/file/{upload.pk}/columns").content.decode()
    assert "could each be “Date”" in page
    assert "Still missing: a date." in page


def test_a_file_of_unknown_kind_is_not_guessed(manager):
    upload = send(manager, b"alpha,beta\n1,2\n3,4\n", "x.csv")
    page = manager.get(f"/imports/file/{upload.pk}").content.decode()
    assert "The columns do not show what this is" in page
    assert "looks like it" not in page
    assert manager.post(f"/imports/file/{upload.pk}", {"new_source": "till"}).status_code == 422


def test_a_picture_is_refused_with_the_librarys_sentence(manager):
    upload = send(manager, b"\x89PNG\r\n\x1a\n" + bytes(50), "photo.csv")
    page = manager.get(f"/imports/file/{upload.pk}").content.decode()
    assert "photo.csv is a picture, not a table" in page


def test_another_encoding_reads_the_names_right(manager):
    content = "Клиент;Дата;Сумма\nИванов;04.03.2025;10,00\n".encode("koi8_r")
    upload = send(manager, content)
    said = {"new_source": "till", "encoding": "koi8_r", "again": "1"}
    answer = manager.post(f"/imports/file/{upload.pk}", said)
    assert answer.status_code == 200
    assert "Иванов" in answer.content.decode()


def test_the_source_is_never_left_out(manager):
    upload = send(manager, EITHER_WAY)
    answer = manager.post(f"/imports/file/{upload.pk}", {"form": "orders", "source": "+new", "new_source": "  "})
    assert answer.status_code == 422
    assert "Say where the file comes from" in answer.content.decode()


def test_an_import_of_the_same_columns_is_read_as_the_last_one_was(manager):
    upload = described(manager, NO_DATE)
    said = {"column-0": "order_id", "column-1": "employee", "column-2": "branch", "column-3": "amount"}
    said |= {"constant-field-1": "occurred", "constant-text-1": "2025-03-04"}
    manager.post(f"/imports/file/{upload.pk}/columns", said)
    do_all_waiting()
    upload.refresh_from_db()
    manager.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})
    do_all_waiting()
    later = send(manager, NO_DATE + b"3,C-9,green,30.00\n", "april.csv")
    assert later.said["source"] == "till"
    manager.post(f"/imports/file/{later.pk}", {"form": "orders", "source": "till"})
    page = manager.get(f"/imports/file/{later.pk}/columns").content.decode()
    assert "as in import" in page
    assert "Everything needed is here" in page


def test_amounts_in_several_currencies_are_no_sum(manager):
    content = "Order no;Customer;Date;Amount\n1;C-1;2025-03-04;€ 10,50\n2;C-2;2025-03-05;$ 20,50\n".encode()
    upload = described(manager, content)
    manager.post(f"/imports/file/{upload.pk}/check")
    do_all_waiting()
    page = manager.get(f"/imports/file/{upload.pk}/check").content.decode()
    assert "import one currency at a time" in page
    assert "--map" not in page
