"""Who works here, what they may decide, and what departments promise each other: who may say so, and what is kept."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from regulars.people import errors, naming, publishing, reading, using
from regulars.people.parts import Department, DepartmentPromise, Employee, Training
from regulars_web.staff import sentences
from regulars_web.staff.models import Account
from tests.web.test_roles import state

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
NASTY = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0", "{{ 7*7 }}"]
PAGES = ("", "authority", "trainings", "promises", "thanks", "service", "partners", "pulse")


def employee(**said):
    """The form of an employee as a browser sends it."""
    blank = {"account": "", "department": "", "branch": "", "level": "", "role": "", "started_on": "", "left_on": ""}
    return {**blank, "request_id": "7f0c", **said}


def named(shop, code, **said):
    """The form of somebody of whom a file brought name and e-mail, which stay as they are."""
    known = naming.details_of(shop, reading.employee(shop, code).client_key)
    return employee(name=known.name, email=known.email, **said)


def limit(**said):
    """The form of a limit as a browser sends it."""
    return {"decision": "refund", "role": "", "employee": "", "up_to": "50", "note": "", "request_id": "a1", **said}


def test_everybody_of_the_log_is_listed_by_name_with_department_and_branch(client_as, shop):
    page = client_as("analyst").get("/staff/").content.decode()
    people = reading.employees(shop)
    assert len(people) >= 45
    assert page.count("/staff/person/") == len(people)
    assert "E01" in page
    assert "call centre" in page
    assert "Sofia" in page


def test_a_department_is_shown_alone_with_its_people(client_as, shop):
    page = client_as("analyst").get("/staff/?department=call%20centre").content.decode()
    own = [one.code for one in reading.employees(shop) if one.department == "call centre"]
    assert own
    assert sorted(re.findall(r'/staff/person/([^"]+)"', page)) == sorted(own)


def test_what_is_said_of_somebody_is_kept_in_a_new_version_and_the_log_fills_the_rest(client_as, shop):
    sent = named(shop, "E01", level="management", role="branch manager", department="sales", branch="London")
    assert client_as("manager").post("/staff/employees/edit/E01", sent).status_code == 302
    found = reading.employee(shop, "E01")
    assert (found.level, found.role, found.department) == ("management", "branch manager", "sales")
    assert found.client_key is not None


def test_an_account_belongs_to_one_employee_and_no_address_reaches_the_log(client_as, colleague, shop, shop_folder):
    front = colleague("front line")
    client = client_as("owner")
    client.post("/staff/employees/edit/E02", named(shop, "E02", account=str(front.pk), department="sales"))
    client.post("/staff/employees/edit/E03", named(shop, "E03", account=str(front.pk), department="sales"))
    assert list(Account.objects.values_list("code", flat=True)) == ["E03"]
    assert front.email not in str([one.body for one in reading.employee_history(shop, "E03")])


def test_a_department_gets_its_zone(client_as, shop):
    sent = {"name": "The workshop", "zone": "invisible", "head": "E41", "request_id": "b"}
    assert client_as("manager").post("/staff/departments/edit/production", sent).status_code == 302
    found = reading.department(shop, "production")
    assert (found.called, found.zone, found.head) == ("The workshop", "invisible", "E41")


def test_a_limit_is_given_to_a_role_or_to_a_person_and_never_to_both(client_as, shop):
    client = client_as("manager")
    assert client.post("/staff/limits/new", limit(role="baker", employee="E01")).status_code == 422
    assert client.post("/staff/limits/new", limit()).status_code == 422
    assert client.post("/staff/limits/new", limit(role="baker", up_to="49.90")).status_code == 302
    assert reading.limits(shop)[-1].up_to == Decimal("49.9") or any(
        one.role == "baker" and one.up_to == Decimal("49.9") for one in reading.limits(shop)
    )


def test_a_limit_given_to_somebody_else_no_longer_holds_for_the_first(client_as, shop):
    client = client_as("manager")
    client.post("/staff/limits/new", limit(role="baker"))
    key = next(one.key for one in reading.limits(shop) if one.role == "baker")
    client.post(f"/staff/limits/edit/{key}", limit(role="painter", request_id="other"))
    assert {one.role for one in reading.limits(shop)} & {"baker", "painter"} == {"painter"}


def test_a_promise_between_departments_is_made_in_days_and_rated_by_both_sides(client_as, shop):
    sent = {"name": "Contracts within two days", "giver": "accounts", "taker": "sales", "within": "2", "unit": "d"}
    sent |= {"from_step": "", "to_step": "", "request_id": "c"}
    assert client_as("manager").post("/staff/promises/new", sent).status_code == 302
    made = next(one for one in reading.department_promises(shop) if one.name.startswith("Contracts within"))
    assert made.within_seconds == 172_800
    answer = client_as("front line").post(f"/staff/promises/rate/{made.key}", {"side": "to", "score": "2"})
    assert answer.status_code == 302
    rated = reading.own_ratings(shop, "front.line@example.com")
    assert [(one.promise, one.side, one.score) for one in rated] == [(made.key, "to", 2)]


def test_one_mark_alone_is_shown_to_nobody_but_its_giver(client_as, shop):
    made = publishing.publish_department_promise(
        shop, DepartmentPromise("", "accounts", "sales", "Contracts", 3600), by="somebody", now=NOW
    )
    publishing.rate_department_promise(shop, made.key, person="a@example.com", side="to", score=1, now=NOW)
    page = client_as("owner").get("/staff/promises?whole=1").content.decode()
    assert not re.search(r'name="score" value="1" checked', page)
    assert "1.0" not in re.sub(r"<[^>]+>", " ", page)


def test_a_training_keeps_who_understood_and_who_uses_it(client_as, shop):
    sent = {"name": "Listening", "held_on": "2026-05-04", "note": "", "there": ["E01", "E02"], "request_id": "d"}
    sent |= {"understood-E01": "yes", "understood-E02": "no", "used-E01": "yes", "understood-E03": "yes"}
    assert client_as("manager").post("/staff/trainings/add", sent).status_code == 302
    found = next(one for one in reading.trainings(shop) if one.name == "Listening")
    assert found.employees == ("E01", "E02")
    assert (dict(found.understood), dict(found.used)) == ({"E01": "yes", "E02": "no"}, {"E01": True})
    page = client_as("analyst").get("/staff/trainings").content.decode()
    assert "50" in page
    assert "n = 2" in page


def test_whoever_has_left_stays_on_the_list_of_a_training(client_as, shop):
    there = Training("", "Old", date(2025, 1, 7), ("E99", "E01"), {"E99": "yes"}, {"E99": True})
    made = publishing.publish_training(shop, there, by="somebody", now=NOW)
    sent = {"name": "Old", "held_on": "2025-01-07", "note": "", "there": ["E01"], "request_id": "e"}
    client_as("manager").post(f"/staff/trainings/of/{made.key}", sent)
    found = reading.training(shop, made.key)
    assert (found.employees, dict(found.understood)) == (("E99", "E01"), {"E99": "yes"})


def test_a_key_account_has_a_keeper_and_a_visit_made_stands_in_the_log_once(client_as, shop):
    key = next(iter(_customers(shop)))
    client = client_as("manager")
    sent = {"customer-key": str(key), "customer": "", "keeper": "E01", "note": "", "request_id": "f"}
    assert client.post("/staff/accounts/new", sent).status_code == 302
    visit = {"client_key": str(key), "on": "2026-06-20", "keeper": "E01", "about": "Autumn range", "request_id": "g"}
    assert client.post("/staff/visits/new", visit).status_code == 302
    made = next(one for one in reading.visits(shop) if one.about == "Autumn range")
    for _again in range(2):
        client.post(f"/staff/service/visited/{made.key}", {"note": "Wants samples", "request_id": "h"})
    assert reading.visit(shop, made.key).done_on is not None
    assert _count(shop, "kind = 'visit' AND text = 'Wants samples'") == 1


def test_a_customer_whom_nobody_named_is_asked_for(client_as, shop):
    before = reading.key_accounts(shop)
    answer = client_as("manager").post("/staff/accounts/new", {"customer": "", "keeper": "E01", "note": ""})
    assert answer.status_code == 422
    assert reading.key_accounts(shop) == before


def test_thanks_are_for_everybody_to_say_and_a_bonus_for_those_who_lead(client_as, shop):
    sent = {"employee": "E05", "text": "Drove out on a Saturday.", "bonus": "50", "request_id": "i"}
    client_as("front line").post("/staff/thanks", sent)
    client_as("manager").post("/staff/thanks", {**sent, "text": "Stayed until it was mended."})
    said = {one.text: one.bonus for one in using.thanks(shop, employee="E05")}
    assert said["Drove out on a Saturday."] is None
    assert said["Stayed until it was mended."] == 50
    seen = {role: client_as(role).get("/staff/thanks").content.decode() for role in ("manager", "analyst")}
    assert "bonus €50" in seen["manager"]
    assert "bonus €50" not in seen["analyst"]


def test_what_a_partner_expects_is_kept_as_a_fact_with_its_age(client_as, shop):
    page = client_as("front line").get("/staff/partners").content.decode()
    key = re.search(r"/staff/partners/(\d+)/expects", page)[1]
    client_as("front line").post(f"/staff/partners/{key}/expects", {"text": "Orders before noon.", "request_id": "j"})
    assert "Orders before noon." in client_as("manager").get("/staff/partners").content.decode()


def test_a_customer_is_no_partner_whose_expectations_could_be_written_here(client_as, shop):
    key = next(iter(_customers(shop)))
    assert client_as("owner").post(f"/staff/partners/{key}/expects", {"text": "x"}).status_code == 404


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_names_stay_text(client_as, shop, nasty):
    publishing.publish_employee(shop, Employee("E77", department=nasty, role=nasty), by=nasty, now=NOW)
    publishing.publish_department(shop, Department("odd", name=nasty), by=nasty, now=NOW)
    using.thank(shop, "E77", nasty, by=nasty, now=NOW)
    using.use_authority(shop, employee="E77", decision=nasty, now=NOW, thread=nasty, text=nasty)
    client = client_as("owner")
    for path in ("", "person/E77", "authority?whole=1", "thanks", "pulse", "employees/edit/E77"):
        page = client.get(f"/staff/{path}").content.decode()
        for raw in ("<script>alert", "<img src=x", ">49<"):
            assert raw not in page, path


@pytest.mark.parametrize("role", ["viewer", "front line", "analyst"])
def test_a_refused_form_leaves_everything_as_it_was(client_as, shop_folder, role):
    client = client_as(role)
    client.get("/staff/")
    before = state(shop_folder)
    for path, sent in (
        ("employees/edit/E01", employee(level="management")),
        ("limits/new", limit(role="baker")),
        ("trainings/add", {"name": "x", "held_on": "2026-01-01"}),
        ("employees/end/E01", {}),
    ):
        assert client.post(f"/staff/{path}", sent).status_code == 403, path
    assert state(shop_folder) == before


def test_recognition_is_for_those_who_lead(client_as):
    for role in ("analyst", "front line", "viewer"):
        assert client_as(role).get("/staff/recognition/employee").status_code == 403
        assert "/staff/recognition" not in client_as(role).get("/staff/").content.decode()
    assert client_as("manager").get("/staff/recognition").status_code == 200


def test_somebody_elses_decisions_and_thanks_are_for_those_who_lead(client_as, shop):
    using.use_authority(shop, employee="E01", decision="refund", now=NOW, text="a secret between us")
    assert "a secret between us" in client_as("manager").get("/staff/person/E01").content.decode()
    for path in ("person/E01", "authority"):
        assert "a secret between us" not in client_as("front line").get(f"/staff/{path}").content.decode()


def test_the_list_asks_the_database_no_more_for_many_people_than_for_few(
    client_as, shop, django_assert_max_num_queries
):
    client = client_as("manager")
    for number in range(60):
        publishing.publish_employee(shop, Employee(f"N{number:03d}", "new"), by="somebody", now=NOW)
    client.get("/staff/")
    with django_assert_max_num_queries(8):
        page = client.get("/staff/").content.decode()
    assert page.count("/staff/person/") == 100


def test_every_sentence_about_people_can_be_translated():
    told = {reason: re.sub(r"\{(\w+)\}", r"%(\1)s", said) for reason, said in errors.SENTENCES.items()}
    assert {reason: str(said) for reason, said in sentences.WRONG_WORDS.items()} == told


def _customers(shop):
    with shop.engine() as engine:
        rows = engine.run("SELECT DISTINCT client_key FROM interactions WHERE kind = 'order' AND client_key > 0")
        return sorted({shop.customer_of(row["client_key"]) for row in rows.to_pylist()[:20]})


def _count(shop, where):
    with shop.engine() as engine:
        return engine.run(f"SELECT count(*) AS n FROM interactions WHERE {where}").to_pylist()[0]["n"]
