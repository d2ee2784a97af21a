"""Single answers: filters, masks, names only for those who may, replies and follow-ups that are kept once."""

from __future__ import annotations

import io

import openpyxl
import pytest

from regulars_web.voice.models_reading import FollowUp
from regulars_web.voice.tests.reading.conftest import FORMULA, HOSTILE

pytestmark = pytest.mark.django_db


def test_a_telephone_number_in_an_answer_is_masked_everywhere(client_as, answered):
    key = answered(2, "Call me on +359 88 841 22 33 or ivan@example.com")
    client = client_as("owner")
    for address in ("/voice/answers/", f"/voice/answers/{key}/", "/voice/answers/file.csv"):
        answer = client.get(address)
        text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert "Call me on" in text, address
        assert "841 22 33" not in text, address
        assert "ivan@example.com" not in text, address


def test_markup_in_an_answer_shows_as_text_on_every_page(client_as, answered):
    key = answered(1, HOSTILE, survey="till slip")
    client = client_as("owner")
    pages = ("/voice/part/said", "/voice/answers/", f"/voice/answers/{key}/", "/voice/themes/part", "/voice/digest/")
    for address in pages:
        text = client.get(address).content.decode()
        assert "<script>alert(1)" not in text, address
        assert "<img src=x" not in text, address
    assert "&lt;script&gt;alert(1)" in client.get(f"/voice/answers/{key}/").content.decode()


def test_a_survey_with_a_hostile_name_shows_as_text(client_as, answered):
    answered(9, survey="<b>x</b>")
    for address in ("/voice/part/evidence", "/voice/answers/", "/voice/results/%3Cb%3Ex%3C/b%3E"):
        answer = client_as("owner").get(address)
        assert answer.status_code == 200
        assert "<b>x</b>" not in answer.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_formula_in_an_answer_is_inert_in_the_file(client_as, answered, form):
    answered(1, FORMULA)
    answer = client_as("manager").get(f"/voice/answers/file.{form}?survey=till+slip")
    content = b"".join(answer)
    if form == "csv":
        assert "'=cmd" in content.decode("utf-8-sig")
    else:
        page = openpyxl.load_workbook(io.BytesIO(content)).active
        cells = [
            cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str) and "cmd" in cell.value
        ]
        assert [cell.data_type for cell in cells] == ["s"]


def test_a_viewer_reads_words_without_names_and_exports_nothing(client_as, answered, shop):
    with shop.engine() as engine:
        customer = engine.run(
            "SELECT client_key FROM interactions WHERE kind = 'order' AND client_key IS NOT NULL ORDER BY 1 LIMIT 1"
        ).to_pylist()[0]["client_key"]
    name = shop.names([customer])[customer]
    key = answered(2, f"Nobody called. Yours, {name}.")
    for address in ("/voice/answers/", f"/voice/answers/{key}/"):
        text = client_as("viewer").get(address).content.decode()
        assert "Nobody called" in text
        assert name not in text
        assert f"/customers/{customer}/" not in text
    assert name in client_as("front line").get(f"/voice/answers/{key}/").content.decode()
    assert client_as("viewer").get("/voice/answers/file.csv").status_code == 403
    assert client_as("front line").get("/voice/answers/file.csv").status_code == 403


def test_no_single_answer_of_a_colleague_is_ever_shown(client_as, shop):
    with shop.engine() as engine:
        key = engine.run("SELECT max(interaction_id) AS key FROM answers WHERE survey = 'employee pulse'").to_pylist()
    assert client_as("owner").get(f"/voice/answers/{key[0]['key']}/").status_code == 404
    assert "employee pulse" not in client_as("owner").get("/voice/answers/?period=all").content.decode()


def test_filters_narrow_the_list(client_as, answered):
    answered(1, "Parcel was late", survey="till slip")
    answered(10, "Lovely", survey="till slip")
    client = client_as("analyst")
    assert "1 answer\n" in client.get("/voice/answers/?survey=till+slip&band=poor").content.decode().replace(
        "</h1>", "\n"
    )
    found = client.get("/voice/answers/?survey=till+slip&q=parcel").content.decode()
    assert "Parcel was late" in found
    assert "Lovely" not in found
    assert "cannot be searched" in client.get("/voice/answers/?q=0888412233").content.decode()


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client_as, answered, django_assert_max_num_queries):
    client = client_as("owner")
    for _one in range(3):
        answered(5, "few")
    with django_assert_max_num_queries(12):
        client.get("/voice/answers/?survey=till+slip")
    for _one in range(30):
        answered(5, "many")
    with django_assert_max_num_queries(12):
        client.get("/voice/answers/?survey=till+slip")


def test_a_reply_is_logged_once_and_closes_the_customers_waiting(client_as, answered, shop):
    key = answered(2, "Late again")
    client = client_as("front line")
    said = {"text": "We called and apologised.", "channel": "telephone", "request_id": "one"}
    for _again in range(2):
        assert client.post(f"/voice/answers/{key}/reply", said).status_code == 302
    with shop.engine() as engine:
        rows = engine.run(
            "SELECT kind, initiated_by, text FROM interactions WHERE step = 'reply to answer'"
        ).to_pylist()
    assert rows == [{"kind": "message", "initiated_by": "company", "text": "We called and apologised."}]
    mark = FollowUp.objects.get(answer=key)
    assert mark.replied_at is not None
    assert mark.waited is not None
    assert "apologised" in client.get(f"/voice/answers/{key}/").content.decode()


def test_an_opened_case_goes_to_a_person_and_is_closed(client_as, colleague, answered):
    key, person = answered(0, "Broken leg"), colleague("manager")
    client = client_as("front line")
    client.post(f"/voice/answers/{key}/follow-up", {"do": "open", "person": person.pk, "note": "Send a new leg"})
    mark = FollowUp.objects.get(answer=key)
    assert (mark.person, mark.state, mark.note) == (person, "open", "Send a new leg")
    assert f"/voice/answers/{key}/" not in client.get("/voice/answers/?waiting=yes").content.decode()
    client.post(f"/voice/answers/{key}/follow-up", {"do": "end"})
    mark.refresh_from_db()
    assert mark.state == "done"
    assert mark.done_at is not None


@pytest.mark.parametrize("role", ["analyst", "viewer", ""])
def test_whoever_may_not_follow_up_changes_nothing(client_as, answered, shop, role):
    key = answered(0, "Broken")
    client = client_as(role)
    client.post(f"/voice/answers/{key}/follow-up", {"do": "open"})
    client.post(f"/voice/answers/{key}/reply", {"text": "x"})
    assert not FollowUp.objects.exists()
    with shop.engine() as engine:
        assert not engine.run("SELECT 1 FROM interactions WHERE step = 'reply to answer'").num_rows


def test_a_reply_to_nobody_known_is_refused_with_a_sentence(client_as, answered):
    key = answered(1, "Who am I", client_key=None)
    answer = client_as("owner").post(f"/voice/answers/{key}/reply", {"text": "Hello"})
    assert answer.status_code == 422
    assert "nobody can be told" in answer.content.decode()
    assert not FollowUp.objects.exists()


def test_an_erased_customer_leaves_no_follow_up_mark(client_as, colleague, answered, shop):
    from regulars.privacy.person import person_of, traces_of
    from regulars_web.voice.reading.forgetting import forget_follow_ups

    key = answered(0, "Broken leg")
    client_as("owner").post(f"/voice/answers/{key}/follow-up", {"do": "open", "note": "Send a new leg"})
    person = person_of(shop, FollowUp.objects.get(answer=key).client_key)
    assert forget_follow_ups(shop, person, traces_of(person)) == 1
    assert not FollowUp.objects.exists()
