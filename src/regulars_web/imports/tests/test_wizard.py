"""A colleague brings in a file by the pages, step by step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from regulars_web.imports import storing, works
from regulars_web.imports.models import State, Upload
from regulars_web.imports.tests.sending import ORDERS, checked, described, imported, send
from regulars_web.jobs import actions as jobs
from regulars_web.jobs.actions import do_all_waiting
from regulars_web.jobs.models import Job
from regulars_web.jobs.models import State as JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client_as):
    return client_as("manager")


def kept_files(shop):
    return [path for path in (shop.folder / "uploads").rglob("*") if path.is_file()]


def test_a_file_goes_from_drop_to_result_and_is_deleted_then(manager, shop):
    upload = send(manager)
    folder = storing.folder_of(upload)
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777 == 0o700
    assert (folder / "orders.csv").stat().st_mode & 0o777 == 0o600
    assert "looks like it" in manager.get(f"/imports/file/{upload.pk}").content.decode()
    answer = manager.post(f"/imports/file/{upload.pk}", {"form": "orders", "new_source": "till"})
    assert "Everything needed is here" in manager.get(answer["Location"]).content.decode()
    answer = manager.post(f"/imports/file/{upload.pk}/check")
    assert "read in the background" in manager.get(answer["Location"]).content.decode()
    assert do_all_waiting() == 1
    page = manager.get(answer["Location"]).content.decode()
    assert "3 of 4 lines can be imported" in page
    assert "line 4: “abc”" in page
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in kept_files(shop))
    upload.refresh_from_db()
    answer = manager.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})
    do_all_waiting()
    page = manager.get(answer["Location"], follow=True).content.decode()
    assert "3 lines of orders.csv are in the log" in page
    assert "€346.50" in page or "346.50" in page
    upload.refresh_from_db()
    assert upload.state == State.IMPORTED
    assert kept_files(shop) == []
    newest = shop.imports()[-1]
    assert (newest["recorded_by"], newest["source"]) == ("manager@example.com", "till")


def test_the_pages_count_what_the_command_line_counts(manager, shop, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes(ORDERS)
    told = shop.import_file(path, form="orders", source="till", dry_run=True)
    upload = checked(manager)
    kept = storing.kept(upload, storing.CHECK_FILE)["summary"]
    ours = told.as_dict()
    differs = {name for name in ours if ours[name] != kept[name]}
    assert differs <= {"mapping_reasons"}


def test_pressing_import_twice_imports_once(manager, shop):
    upload = checked(manager)
    before = len(shop.imports())
    for _press in range(2):
        manager.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})
    do_all_waiting()
    manager.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})
    assert do_all_waiting() == 0
    assert len(shop.imports()) == before + 1


def test_a_worker_that_dies_after_the_import_leaves_it_counted_once_and_found(manager, shop, monkeypatch):
    upload = checked(manager)
    before = len(shop.imports())
    manager.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})

    def die(*_args, **_told):
        raise KeyboardInterrupt

    monkeypatch.setattr(works.trail, "note", die)
    with pytest.raises(KeyboardInterrupt):
        do_all_waiting()
    monkeypatch.undo()
    Job.objects.filter(state=JobState.RUNNING).update(leased_until=timezone.now() - timedelta(seconds=1))
    do_all_waiting()
    upload.refresh_from_db()
    assert len(shop.imports()) == before + 1
    assert upload.import_id == shop.imports()[-1]["import_id"]
    assert upload.result["lines_imported"] == 3


def test_the_same_file_again_says_so_and_adds_nothing(manager, shop):
    first = imported(manager)
    again = send(manager)
    assert "This very file was imported before" in manager.get(f"/imports/file/{again.pk}").content.decode()
    again = checked(manager)
    page = manager.get(f"/imports/file/{again.pk}/check").content.decode()
    assert "There is nothing new to import" in page
    manager.post(f"/imports/file/{again.pk}/import", {"version": again.version})
    do_all_waiting()
    page = manager.get(f"/imports/file/{again.pk}/import").content.decode()
    assert "Nothing was added" in page
    assert f"import {first.import_id}" in page
    assert len([row for row in shop.imports() if row["file_name"] == "orders.csv"]) == 1


def test_what_was_changed_after_the_check_must_be_checked_again(manager, shop):
    upload = checked(manager)
    before = len(shop.imports())
    stale = upload.version
    manager.post(f"/imports/file/{upload.pk}", {"form": "orders", "new_source": "shop"})
    answer = manager.post(f"/imports/file/{upload.pk}/import", {"version": stale})
    assert answer.status_code == 422
    assert "Check it again" in answer.content.decode()
    do_all_waiting()
    assert len(shop.imports()) == before


def test_giving_up_deletes_the_file_at_once(manager, shop):
    upload = described(manager)
    manager.post(f"/imports/file/{upload.pk}/check")
    manager.post(f"/imports/file/{upload.pk}/cancel")
    assert kept_files(shop) == []
    assert do_all_waiting() == 0
    assert "Drop it again" in manager.get(f"/imports/file/{upload.pk}").content.decode()


def test_a_file_that_is_being_imported_cannot_be_given_up(manager):
    upload = checked(manager)
    manager.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})
    jobs.take()
    answer = manager.post(f"/imports/file/{upload.pk}/cancel")
    assert answer.status_code == 422
    assert storing.folder_of(upload).exists()


def test_a_check_whose_file_was_taken_away_ends_quietly(manager):
    upload = described(manager)
    manager.post(f"/imports/file/{upload.pk}/check")
    job = jobs.take()
    manager.post(f"/imports/file/{upload.pk}/cancel")
    jobs.do(job)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert not storing.folder_of(upload).exists()


def test_a_file_that_is_too_large_is_refused_in_a_sentence_and_not_kept(manager, shop, monkeypatch):
    monkeypatch.setattr(storing, "MOST_BYTES", 100)
    answer = manager.post("/imports/send", {"file": SimpleUploadedFile("big.csv", ORDERS)})
    assert answer.status_code == 422
    assert "A file may have up to" in answer.content.decode()
    assert kept_files(shop) == []
    assert not Upload.objects.exists()


def test_nothing_chosen_is_said_in_a_sentence(manager):
    answer = manager.post("/imports/send", {})
    assert answer.status_code == 422
    assert "No file arrived" in answer.content.decode()


def test_several_files_at_once_wait_in_the_history(manager):
    files = [SimpleUploadedFile(name, ORDERS) for name in ("march.csv", "april.csv")]
    answer = manager.post("/imports/send", {"file": files}, follow=True)
    page = answer.content.decode()
    assert "2 files arrived" in page
    assert "march.csv" in page
    assert "april.csv" in page


def test_a_file_nobody_finishes_is_deleted_after_its_days(manager, shop):
    upload = send(manager)
    later = timezone.now() - timedelta(days=storing.KEPT_DAYS, hours=1)
    Upload.objects.filter(pk=upload.pk).update(uploaded_at=later)
    assert storing.sweep() == 1
    assert kept_files(shop) == []
    assert manager.get(f"/imports/file/{upload.pk}").status_code == 404


def test_what_was_read_of_a_file_goes_when_erasing_a_person_deletes_the_file(manager, shop):
    upload = checked(manager)
    storing.path_of(upload).unlink()
    assert "not kept any more" in manager.get(f"/imports/file/{upload.pk}/columns").content.decode()
    storing.sweep()
    assert kept_files(shop) == []
    assert not Upload.objects.exists()


def test_two_colleagues_import_at_the_same_time_and_both_files_arrive(client_as, shop):
    manager, analyst = client_as("manager"), client_as("analyst")
    first = described(manager)
    second = described(analyst, ORDERS.replace(b"100", b"200"), "other.csv")
    for client, upload in ((manager, first), (analyst, second)):
        client.post(f"/imports/file/{upload.pk}/check")
    do_all_waiting()
    for client, upload in ((manager, first), (analyst, second)):
        upload.refresh_from_db()
        client.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})
    do_all_waiting()
    assert {row["file_name"] for row in shop.imports()} >= {"orders.csv", "other.csv"}


def test_what_pages_show_is_made_anew_after_an_import(manager, monkeypatch):
    seen = []
    monkeypatch.setitem(jobs._works, works.REFRESH, lambda job, progress: seen.append(job) or {})
    imported(manager)
    assert len(seen) == 1
