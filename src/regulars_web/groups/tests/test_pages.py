"""What colleagues see of groups, and what they decide."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from regulars.groups.descriptions import description
from regulars.groups.publishing import group, groups, history, publish, retire
from regulars.groups.snapshot import Snapshot
from regulars_web.groups.reading import Company
from regulars_web.groups.tests.conftest import RECOMMENDED, RESELLERS, form
from regulars_web.groups.works import COUNT
from regulars_web.jobs.actions import do_all_waiting
from regulars_web.jobs.models import Job
from tests.web.trail import said_in_trail

VERDICTS = ("passes all four checks", "does not pass", "Nothing speaks clearly against", "Too little is known")
pytestmark = pytest.mark.django_db

NASTY = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0", "{{ 7*7 }}"]
RESELLER = {"field": "customer_type", "op": "is", "value": "reseller"}


def page_of(client, path):
    """The text of a page."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_shows_every_group_with_its_members_and_stance(client_as, shop):
    page = page_of(client_as("viewer"), "/groups/")
    for one in groups(shop):
        assert one.name in page
    assert "non-target" in page
    assert "in no target group" in page


def test_a_viewer_is_offered_no_list_of_customers_and_nothing_to_change(client_as):
    page = page_of(client_as("viewer"), f"/groups/of/{RESELLERS}")
    assert "/customers/" not in page
    assert "/edit" not in page
    assert "End this group" not in page


def test_a_company_without_groups_is_offered_rules_of_its_own(client_as, shop):
    for one in groups(shop):
        retire(shop, one.key, by="owner", now=timezone.now())
    page = page_of(client_as("manager"), "/groups/")
    assert "No groups yet" in page
    assert page.count("Begin with this") == 3
    assert "field=customer_type&amp;op=is&amp;value=reseller" in page
    assert "groups have ended" in page
    begun = page_of(client_as("manager"), "/groups/new?field=customer_type&op=is&value=reseller")
    assert '<option value="reseller" selected>' in begun


def test_the_page_of_a_group_counts_its_checks_once_and_then_knows_them(client_as):
    client = client_as("viewer")
    assert "/part/checks" in page_of(client, f"/groups/of/{RESELLERS}")
    counted = page_of(client, f"/groups/of/{RESELLERS}/part/checks")
    assert any(verdict in counted for verdict in VERDICTS)
    again = page_of(client, f"/groups/of/{RESELLERS}")
    assert "/part/checks" not in again
    assert "Members buy alike" in again


@pytest.mark.parametrize("part", ["checks", "needs", "time", "portrait", "pills"])
def test_every_part_of_a_group_comes_by_itself(client_as, part):
    page = page_of(client_as("front line"), f"/groups/of/{RECOMMENDED}/part/{part}")
    assert "Traceback" not in page
    assert page.strip()


def test_publishing_is_a_decision_with_name_and_date_in_log_and_trail(client_as, shop, shop_folder):
    sent = form(RESELLER, name="Workshops", needs="an invoice at once\n\n the same wood ", do="publish")
    answer = client_as("analyst").post("/groups/new", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/groups/of/workshops")
    made = group(shop, "workshops")
    assert (made.version, made.stance, made.decided_by) == (1, "target", "analyst@example.com")
    assert made.needs == ("an invoice at once", "the same wood")
    assert made.rule == {"all": [RESELLER]}
    assert len(said_in_trail(shop_folder, "group published")) == 1
    assert Job.objects.get(kind=COUNT).said == {"key": "workshops"}


def test_a_double_click_publishes_one_group(client_as, shop, shop_folder):
    client = client_as("analyst")
    sent = form(RESELLER, name="Workshops", do="publish")
    first, second = (client.post("/groups/new", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert len(history(shop, "workshops")) == 1
    assert len(said_in_trail(shop_folder, "group published")) == 1


def test_changing_a_group_adds_a_version_and_keeps_the_one_before(client_as, shop):
    before = len(history(shop, RECOMMENDED))
    client = client_as("manager")
    assert 'value="recommendation" selected' in page_of(client, f"/groups/of/{RECOMMENDED}/edit")
    sent = form(RESELLER, name="Renamed", stance="neutral", do="publish")
    assert client.post(f"/groups/of/{RECOMMENDED}/edit", sent).status_code == 302
    found = history(shop, RECOMMENDED)
    assert len(found) == before + 1
    assert (found[-1].name, found[-1].stance) == ("Renamed", "neutral")
    page = page_of(client, f"/groups/of/{RECOMMENDED}")
    assert "manager@example.com" in page
    assert "Households that were recommended" in page


def test_a_version_that_a_colleague_published_meanwhile_is_not_written_over(client_as, shop):
    first, second = client_as("manager"), client_as("analyst")
    version = len(history(shop, RECOMMENDED))
    sent = form(RESELLER, do="publish", version=version)
    assert first.post(f"/groups/of/{RECOMMENDED}/edit", sent).status_code == 302
    refused = second.post(f"/groups/of/{RECOMMENDED}/edit", {**sent, "request_id": "2"})
    assert refused.status_code == 422
    assert "manager@example.com published version" in refused.content.decode()
    assert len(history(shop, RECOMMENDED)) == version + 1
    assert second.post(f"/groups/of/{RECOMMENDED}/edit", {**sent, "version": version + 1}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "The group has no name"),
        ({"stance": "enemy"}, "Choose one: target, neutral or non-target."),
        ({"needs": "x" * 300}, "Write one need a line"),
        ({"c0-value": ""}, "needs a value"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_published(client_as, shop, changed, sentence):
    before = len(groups(shop))
    answer = client_as("owner").post("/groups/new", {**form(RESELLER, do="publish"), **changed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert len(groups(shop)) == before


def test_buttons_add_and_remove_conditions_without_any_script(client_as):
    client = client_as("owner")
    added = client.post("/groups/new", form(RESELLER, do="add")).content.decode()
    assert 'name="c1-field"' in added
    alternative = client.post("/groups/new", form(RESELLER, do="add:0")).content.decode()
    assert "one of these is enough" in alternative
    removed = client.post("/groups/new", form(RESELLER, RESELLER, do="remove:0")).content.decode()
    assert 'name="c0-field"' not in removed
    assert 'name="c1-field"' in removed


def test_another_field_brings_operators_and_values_that_fit_it(client_as):
    sent = {**form({"field": "last_order_on", "op": "is", "value": "reseller"}), "c0-was": "customer_type"}
    page = client_as("owner").post("/groups/preview", sent).content.decode()
    assert '<option value="after" selected>' in page
    assert 'type="date"' in page
    assert 'value="reseller"' not in page


def test_a_trait_that_follows_from_our_treatment_is_marked_while_one_chooses(client_as):
    page = client_as("owner").post("/groups/preview", form({"field": "orders", "op": "at_least", "value": "2"}))
    assert "will not pass the check" in page.content.decode()


def test_a_group_that_ended_leaves_the_list_and_keeps_its_versions(client_as, shop, shop_folder):
    client = client_as("manager")
    for _ in range(2):
        assert client.post(f"/groups/of/{RECOMMENDED}/retire", {"request_id": "1"}).status_code == 302
    assert RECOMMENDED not in [one.key for one in groups(shop)]
    assert len(said_in_trail(shop_folder, "group retired")) == 1
    assert "This group has ended" in page_of(client, f"/groups/of/{RECOMMENDED}")
    assert client.post(f"/groups/of/{RECOMMENDED}/edit", form(RESELLER, do="publish")).status_code == 302
    assert RECOMMENDED in [one.key for one in groups(shop)]


@pytest.mark.parametrize("role", ["front line", "viewer", ""])
@pytest.mark.parametrize(
    "path",
    [
        "/groups/new",
        "/groups/preview",
        f"/groups/of/{RECOMMENDED}/edit",
        f"/groups/of/{RECOMMENDED}/retire",
        "/groups/portrait/complete",
        f"/groups/of/{RECOMMENDED}/portrait/complete",
    ],
)
def test_whoever_may_not_change_groups_changes_nothing(client_as, shop, role, path):
    mark = shop.inbox.mark()
    answer = client_as(role).post(path, form(RESELLER, do="publish"))
    assert answer.status_code in (302, 403)
    assert "login" in answer.get("Location", "login")
    assert shop.inbox.mark() == mark
    assert not Job.objects.exists()


def test_hostile_names_stay_text_on_every_page(client_as, shop):
    client = client_as("owner")
    for place, text in enumerate(NASTY):
        sent = form({**RESELLER, "value": text}, name=text, needs=text, note=text, do="publish", request_id=str(place))
        address = client.post("/groups/new", sent)["Location"]
        pages = [page_of(client, path) for path in ("/groups/", address, f"{address}/edit", f"{address}/portrait")]
        pages.append(page_of(client, f"{address}/part/needs"))
        for page in pages:
            assert "<script>alert" not in page
            assert "<img src=x" not in page
    assert publish(shop, {"name": "x", "rule": {"all": [RESELLER]}}, by="o", now=timezone.now()).version == 1


def test_the_portrait_says_how_many_bring_most_and_is_completed_by_people(client_as, shop, shop_folder):
    client = client_as("manager")
    page = page_of(client, "/groups/portrait")
    assert "bring 80% of the" in page
    found = page_of(client, "/groups/portrait/part")
    assert "comparisons made" in found
    assert "not found to differ" in found
    sent = {"answer-1": "Rooms that are ready on time.", "request_id": "9"}
    for _ in range(2):
        assert client.post("/groups/portrait/complete", sent).status_code == 302
    said = description(shop)
    assert said.answers["what the product gives them"] == "Rooms that are ready on time."
    assert said.decided_by == "manager@example.com"
    seen = page_of(client_as("viewer"), "/groups/portrait")
    assert "Rooms that are ready on time." in seen
    assert "manager@example.com" in seen
    assert "<textarea" not in seen


def test_the_portrait_of_a_group_is_not_that_of_the_key_customers(client_as, shop):
    client = client_as("owner")
    sent = {"answer-0": "They fit out rooms for others.", "request_id": "3"}
    assert client.post(f"/groups/of/{RESELLERS}/portrait/complete", sent).status_code == 302
    assert not description(shop).answers
    assert "They fit out rooms for others." in page_of(client, f"/groups/of/{RESELLERS}/portrait")


def test_members_over_time_of_a_rule_by_measures_wait_for_the_worker(client_as):
    client = client_as("owner")
    sent = form({"field": "orders", "op": "at_least", "value": "2"}, name="Came again", do="publish")
    client.post("/groups/new", sent)
    waiting = page_of(client, "/groups/of/came-again/part/time")
    assert "delay:3s" in waiting
    assert Job.objects.filter(kind=COUNT).count() == 1


def test_the_worker_counts_every_part_so_that_the_page_waits_for_none(client_as, shop):
    client = client_as("owner")
    client.post("/groups/new", form(RESELLER, name="Workshops", do="publish"))
    assert do_all_waiting() == 1
    page = page_of(client, "/groups/of/workshops")
    assert "aria-busy" not in page
    assert "chart-time" in page


@pytest.mark.parametrize("path", ["/groups/of/nobody", "/groups/of/nobody/edit", "/groups/of/nobody/part/checks"])
def test_a_group_that_never_was_is_not_found(client_as, path):
    assert client_as("owner").get(path).status_code == 404


def test_the_list_asks_the_database_as_often_for_many_groups_as_for_few(client_as, shop, django_assert_num_queries):
    client = client_as("owner")
    client.get("/groups/")
    with CaptureQueriesContext(connection) as few:
        client.get("/groups/")
    for place in range(12):
        publish(shop, {"name": f"Group {place}", "rule": {"all": [RESELLER]}}, by="owner", now=timezone.now())
    with django_assert_num_queries(len(few)):
        client.get("/groups/")


def test_a_kept_result_that_was_cut_short_is_counted_anew(shop):
    counted = Company(shop).checks(RESELLERS)
    for path in (shop.folder / "cache" / "groups").glob("*.json"):
        path.write_text(path.read_text(encoding="utf-8")[:50], encoding="utf-8")
    assert Company(shop).checks(RESELLERS, count=False) is None
    assert repr(Company(shop).checks(RESELLERS)) == repr(counted)


def test_kept_results_are_read_back_as_they_were(shop):
    first = Company(shop)
    for read in ("checks", "needs", "over_time", "portrait"):
        counted = getattr(first, read)(RESELLERS)
        kept = getattr(Company(shop), read)(RESELLERS, count=False)
        assert repr(kept) == repr(counted)
    assert isinstance(first.snapshot, Snapshot)
