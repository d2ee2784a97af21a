"""A questionnaire comes in by the pages: which columns are questions, their scales and codes."""

from __future__ import annotations

import re

import pytest

import regulars as rg
from regulars_web.imports.tests.sending import send
from regulars_web.jobs.actions import do_all_waiting
from tests.real_data import real_data

pytestmark = pytest.mark.django_db

PLAIN = b"""customer,date,nps,comment
c1,2026-01-05,9,Lovely chairs
c2,2026-01-06,0,
c3,2026-01-06,11,<script>alert(1)</script>
"""
WIDE = b"""no,when,Q1,Q2A,Q2B,Q2C,Town
1,2026-01-05,10,5,0,4,Varna
2,2026-01-05,0,6,3,4,Ruse
3,2026-01-06,11,1,5,3,Ruse
"""


@pytest.fixture
def manager(client_as):
    return client_as("manager")


def begun(client, content, form="answers", name="answers.csv", **said):
    upload = send(client, content, name)
    client.post(f"/imports/file/{upload.pk}", {"form": form, "new_source": "old pages", **said})
    return upload


def boxes(page):
    """Every box of the page's form with what stands in it, as a browser would send it."""
    found = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def columns(client, upload, **changed):
    """Send the page of the columns as it stands, with some boxes changed."""
    address = f"/imports/file/{upload.pk}/columns"
    return client.post(address, boxes(client.get(address).content.decode()) | changed)


def checked(client, upload):
    do_all_waiting()
    return client.get(f"/imports/file/{upload.pk}/check").content.decode()


def brought(client, upload):
    upload.refresh_from_db()
    client.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})
    do_all_waiting()
    upload.refresh_from_db()
    return upload


def rows(shop, what="a.question, a.kind, a.score, a.scale_max, a.choice"):
    """What the files of these tests brought, beside the made-up company that is there already."""
    query = f"SELECT {what} FROM interactions i LEFT JOIN answers a USING (interaction_id) WHERE i.source = 'old pages'"
    with shop.engine() as engine:
        return sorted((tuple(row.values()) for row in engine.run(query).to_pylist()), key=str)


def test_a_plain_file_shows_its_question_and_an_eleven_is_refused_until_it_is_said_to_be_a_blank(manager, shop):
    upload = begun(manager, PLAIN)
    page = manager.get(f"/imports/file/{upload.pk}/columns").content.decode()
    assert "would recommend us, 0 to 10; scale 0 to 10" in page
    assert "<script>alert" not in page
    columns(manager, upload)
    assert "2 of 3 lines can be imported" in checked(manager, upload)
    columns(manager, upload, **{"missing-2": "11"})
    page = checked(manager, upload)
    assert "All 3 lines can be imported" in page
    assert "no answer: 11" in page
    brought(manager, upload)
    assert [row[:3] for row in rows(shop) if row[1] == "nps"] == [("nps", "nps", 0.0), ("nps", "nps", 9.0)]


def test_columns_become_questions_with_the_scale_and_codes_that_are_said(manager, shop):
    upload = begun(manager, WIDE)
    said = {"column-2": "ask:nps", "missing-2": "11", "column-6": "ask:choice"}
    for place in (3, 4, 5):
        said |= {f"column-{place}": "ask:csat", f"scale-{place}": "1-5", f"missing-{place}": "0", f"never-{place}": "6"}
    answer = columns(manager, upload, **said)
    assert answer.status_code == 302, answer.content.decode()
    page = checked(manager, upload)
    assert "satisfaction; scale 1 to 5; no answer: 0; never used: 6" in page
    upload = brought(manager, upload)
    counted = {one["column"]: (one["answered"], one["blank"], one["never_used"]) for one in upload.result["questions"]}
    assert counted == {"Q1": (2, 1, 0), "Q2A": (2, 0, 1), "Q2B": (2, 1, 0), "Q2C": (3, 0, 0), "Town": (3, 0, 0)}
    assert ("Q1", "nps", 0.0, 10.0, None) in rows(shop)
    assert "never used: 6" in manager.get(f"/imports/{upload.import_id}").content.decode()


def test_the_pages_and_the_command_line_bring_the_same_answers(manager, shop, tmp_path):
    path = tmp_path / "wide.csv"
    path.write_bytes(WIDE)
    questions = ["Q1=nps missing 11", "Q2A=rating 1-5 never 6", "Q2B=rating 1-5 missing 0", "Q2C=rating 1-5"]
    other = rg.init(tmp_path / "other", time_zone=shop.settings.time_zone)
    other.import_file(path, form="answers", source="old pages", questions=questions)
    upload = begun(manager, WIDE)
    said = {"column-2": "ask:nps", "missing-2": "11", "never-3": "6", "missing-4": "0", "column-6": ""}
    said |= {f"column-{place}": "ask:rating" for place in (3, 4, 5)} | {f"scale-{place}": "1-5" for place in (3, 4, 5)}
    columns(manager, upload, **said)
    checked(manager, upload)
    brought(manager, upload)
    told = "i.interaction_id, a.question, a.kind, a.score, a.scale_min, a.scale_max"
    assert rows(shop, told) == rows(other, told) != []
    other.close()


def test_a_score_that_is_named_a_question_is_still_the_same_line_as_by_the_command_line(manager, shop, tmp_path):
    text = b"customer,date,Score,Remark\nc1,2026-01-05,9,so\nc2,2026-01-06,11,\n"
    path = tmp_path / "score.csv"
    path.write_bytes(text)
    other = rg.init(tmp_path / "other", time_zone=shop.settings.time_zone)
    other.import_file(path, form="answers", source="old pages", questions=["Score=nps missing 11"])
    upload = begun(manager, text)
    columns(manager, upload, **{"column-2": "ask:nps", "missing-2": "11"})
    checked(manager, upload)
    brought(manager, upload)
    assert rows(shop, "i.interaction_id, a.question, a.score") == rows(other, "i.interaction_id, a.question, a.score")
    other.close()


def test_a_question_that_is_taken_away_is_not_read(manager, shop):
    upload = begun(manager, b"customer,date,nps,csat,comment\nc1,2026-01-05,9,5,so\nc2,2026-01-05,3,1,\n")
    columns(manager, upload, **{"column-3": ""})
    checked(manager, upload)
    brought(manager, upload)
    assert {row[0] for row in rows(shop)} == {"nps", "comment"}


def test_a_scale_that_makes_no_sense_is_answered_in_a_sentence_and_nothing_changes(manager, shop):
    upload = begun(manager, WIDE)
    answer = columns(manager, upload, **{"column-2": "ask:csat", "scale-2": "5-1"})
    assert answer.status_code == 422
    assert "The scale of “Q1” cannot be understood" in answer.content.decode()
    upload.refresh_from_db()
    assert not upload.said.get("questions")


def test_the_next_file_with_the_same_columns_is_read_the_same_way(manager, shop):
    upload = begun(manager, PLAIN)
    columns(manager, upload, **{"missing-2": "11"})
    checked(manager, upload)
    brought(manager, upload)
    again = send(manager, PLAIN + b"c9,2026-01-08,7,\n", "later.csv")
    manager.post(f"/imports/file/{again.pk}", {"form": "answers", "source": "old pages"})
    assert "no answer: 11" in manager.get(f"/imports/file/{again.pk}/columns").content.decode()
    columns(manager, again)
    checked(manager, again)
    again = brought(manager, again)
    assert (again.result["lines_imported"], again.result["lines_already_there"]) == (1, 3)


def test_reviews_are_a_kind_of_their_own(manager, shop):
    text = "date,stars,review\n2026-01-05,5,Отлично\n2026-01-06,1,Зле\n"
    upload = begun(manager, text.encode(), form="reviews")
    columns(manager, upload)
    checked(manager, upload)
    brought(manager, upload)
    assert {row[0] for row in rows(shop, "i.kind")} == {"review"}
    assert ("stars", "rating", 5.0, 5.0, None) in rows(shop)


def test_a_real_questionnaire_of_a_hundred_columns_is_shown_with_its_questions(manager, shop):
    path = real_data("survey_corporate_reputation/corp_rep_data.csv")
    upload = begun(manager, path.read_bytes(), name=path.name)
    page = manager.get(f"/imports/file/{upload.pk}/columns").content.decode()
    assert "no answer: -99" in page
    assert "38 columns are questions" in page
    answer = columns(manager, upload, **{"constant-field-1": "occurred", "constant-text-1": "2021-01-01"})
    assert answer.status_code == 302
    assert "All 344 lines can be imported" in checked(manager, upload)
