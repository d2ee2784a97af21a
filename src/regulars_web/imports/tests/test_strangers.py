"""Who may not, changes nothing; what is hostile in names and cells stays text."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from regulars_web.imports import storing
from regulars_web.imports.models import Upload
from regulars_web.imports.tests.sending import ORDERS, checked, imported, send
from regulars_web.jobs.actions import do_all_waiting
from regulars_web.jobs.models import Job

pytestmark = pytest.mark.django_db
STEPS = ("", "/columns", "/check", "/decide", "/import", "/cancel")
CANARY = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.mark.parametrize("role", ["front line", "viewer", ""])
def test_whoever_may_not_import_changes_nothing(client_as, shop, role):
    upload = checked(client_as("manager"))
    state = (Upload.objects.values().get(pk=upload.pk), Job.objects.count(), shop.imports())
    stranger = client_as(role)
    for step in STEPS:
        answer = stranger.post(f"/imports/file/{upload.pk}{step}", {"version": upload.version, "form": "answers"})
        assert answer.status_code == (403 if role else 302)
    answer = stranger.post("/imports/send", {"file": SimpleUploadedFile("x.csv", ORDERS)})
    assert answer.status_code == (403 if role else 302)
    assert (Upload.objects.values().get(pk=upload.pk), Job.objects.count(), shop.imports()) == state
    assert storing.path_of(upload).exists()
    assert len(list((shop.folder / "uploads").iterdir())) == 1


def test_a_colleagues_file_is_not_found_except_by_an_owner(client_as):
    upload = checked(client_as("manager"))
    for step in STEPS:
        assert client_as("analyst").post(f"/imports/file/{upload.pk}{step}").status_code == 404
    assert client_as("analyst").get(f"/imports/file/{upload.pk}").status_code == 404
    assert client_as("owner").get(f"/imports/file/{upload.pk}").status_code == 200


def test_a_file_sent_without_the_key_of_the_page_is_refused(shop_folder, colleague):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(colleague("manager"), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/imports/")
    wrong = {"csrfmiddlewaretoken": "x" * 32, "file": SimpleUploadedFile("x.csv", ORDERS)}
    assert client.post("/imports/send", wrong).status_code == 403
    assert not Upload.objects.exists()
    assert not list((shop_folder / "uploads").glob("*"))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("..\\..\\windows.csv", "windows.csv"),
        (".bashrc", "bashrc"),
        ("...", "file"),
        ("a\x00b\nc\u202ed.csv", "abcd.csv"),
        ("я" * 300 + ".csv", "я" * 88 + ".csv"),
        ("=cmd|calc.csv", "=cmd|calc.csv"),
    ],
)
def test_a_file_name_is_only_a_name(name, kept):
    assert storing.safe_name(name) == kept
    assert len(storing.safe_name(name).encode()) <= 200


def test_hostile_names_and_cells_are_shown_as_text(client_as):
    client = client_as("owner")
    lines = f'Order no,Customer,Date,Amount,"{CANARY.replace(chr(34), chr(34) * 2)}"\n1,{"=cmd|x"},2025-03-04,10,<b>\n'
    lines += "2,C,2025-03-04,<script>alert(3)</script>,x\n"
    upload = send(client, lines.encode(), "<script>alert(4)<script>.csv")
    pages = [client.get(f"/imports/file/{upload.pk}").content.decode()]
    answer = client.post(f"/imports/file/{upload.pk}", {"form": "orders", "new_source": CANARY})
    pages.append(client.get(answer["Location"]).content.decode())
    client.post(f"/imports/file/{upload.pk}/check")
    do_all_waiting()
    pages.append(client.get(f"/imports/file/{upload.pk}/check").content.decode())
    upload.refresh_from_db()
    client.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})
    do_all_waiting()
    upload.refresh_from_db()
    pages += [client.get(f"/imports/{upload.import_id}").content.decode(), client.get("/imports/").content.decode()]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;alert(4)" in pages[0]


def test_the_trail_holds_counts_and_no_cell_of_the_file(client_as, shop):
    imported(client_as("manager"), ORDERS.replace(b"C-1", b"Zaphod"), "zaphod.csv")
    told = (shop.folder / "audit.jsonl").read_text(encoding="utf-8")
    assert '"event": "file imported"' in told
    assert "ephod" not in told.lower()
    assert "zaphod" not in told.lower()


def test_erasing_a_customer_deletes_the_dropped_files_that_name_them_and_no_other(client_as, shop):
    from datetime import UTC, datetime

    from regulars.privacy.erasing import erase

    client = client_as("owner")
    with shop.engine() as engine:
        row = engine.run("SELECT client_key FROM interactions WHERE client_key IS NOT NULL ORDER BY 1").to_pylist()[0]
    name = shop.names([row["client_key"]])[row["client_key"]]
    named = send(client, f"Name,Date,Amount\n{name},2025-03-04,10\n".encode(), "march.csv")
    other = send(client, ORDERS, "april.csv")
    erase(shop, shop.customer_of(row["client_key"]), by="owner@example.com", now=datetime.now(UTC), reason="asked")
    assert not storing.folder_of(named).exists()
    assert [upload.pk for upload in Upload.objects.all()] == [other.pk]
