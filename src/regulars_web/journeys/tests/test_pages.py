"""Pages of journeys: what colleagues see of what really happens."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest

import regulars as rg
from regulars.log.tables import TABLES
from regulars_web.shared.company import let_go

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/journeys/",
    "/journeys/variants",
    "/journeys/steps",
    "/journeys/handovers",
    "/journeys/touches",
    "/journeys/compare",
    "/journeys/life-cycle",
    "/journeys/losses",
    "/journeys/survival",
)
PART = {"HTTP_HX_REQUEST": "true"}
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script> & =cmd|calc'


def shown(answer) -> str:
    return answer.content.decode()


def paths_drawn(text: str) -> set[tuple[str, str]]:
    """The paths of a map, by the names of their steps."""
    found = re.findall(r'<a class="map__move[^>]*data-from="([^"]*)" data-to="([^"]*)"', text)
    return {(html.unescape(one), html.unescape(other)) for one, other in found}


def steps_drawn(text: str) -> set[str]:
    return {html.unescape(step) for step in re.findall(r'data-step="([^"]*)"', text)}


@pytest.fixture
def with_threads(shop):
    """Two more orders whose steps have the names that are handed in, one after the other."""

    def add(*names: str) -> None:
        newest = shop.newest_on()
        rows = []
        for number, thread in enumerate(("T1", "T2")):
            for place, name in enumerate(names):
                at = datetime(newest.year, newest.month, newest.day, 8, tzinfo=UTC) - timedelta(days=9 - place)
                row = dict.fromkeys(TABLES["interactions"].names)
                row |= {"interaction_id": 10**12 + 100 * number + place, "source": "test", "kind": "visit"}
                row |= {
                    "occurred_at": at,
                    "occurred_on": at.date(),
                    "thread": thread,
                    "step": name,
                    "source_row": place,
                }
                rows.append(row)
        table = pa.Table.from_pylist(rows, schema=TABLES["interactions"])
        shop.add_tables({"interactions": table}, form="contacts", source="test", by="test")

    return add


@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_who_works_here_may_see_journeys(address, client_as):
    for role in ("owner", "viewer"):
        answer = client_as(role).get(address)
        assert answer.status_code == 200
        assert "skeleton" not in shown(answer), "it was counted before, so it is there at once"
    assert client_as("").get(address).status_code == 302


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_not_counted_yet_comes_by_itself_and_also_without_javascript(address, client_as):
    client = client_as("analyst")
    waiting = client.get(f"{address}?period=90-days")
    assert "skeleton" in shown(waiting)
    assert f"{address}?period=90-days" in shown(waiting)
    whole = client.get(f"{address}?period=90-days&whole=yes")
    assert whole.status_code == 200
    assert "skeleton" not in shown(whole)
    part = client.get(f"{address}?period=90-days", **PART)
    assert "<html" not in shown(part)
    back = client.get(f"{address}?period=90-days", HTTP_HX_HISTORY_RESTORE_REQUEST="true", **PART)
    assert "<html" in shown(back), "who goes back gets the whole page"
    assert "HX-Request" in back["Vary"]


def test_the_map_begins_where_journeys_begin_and_says_its_numbers(client_as, shop):
    text = shown(client_as("owner").get("/journeys/"))
    assert {"(start)", "(end)", "order"} <= steps_drawn(text)
    newest = shop.newest_on()
    first = date(newest.year - 1, newest.month, newest.day) + timedelta(days=1)
    rows = shop.measure("journey", from_on=first, choices={"details": "yes"}).to_arrow().to_pylist()
    strongest = max(rows, key=lambda row: row["count"])
    assert f"“{strongest['from_step']}” to “{strongest['to_step']}”: {strongest['count']} times" in html.unescape(text)


def test_less_detail_leaves_the_strongest_paths(client_as):
    client = client_as("owner")
    few, many, all_of_them = (paths_drawn(shown(client.get(f"/journeys/?detail={n}"))) for n in (30, 80, 100))
    assert few < many < all_of_them
    assert ("produce", "check") in few


def test_a_detail_chosen_for_another_map_says_nothing_of_this_one(client_as):
    client = client_as("owner")
    chosen, other = (
        client.get("/journeys/?detail=10&of=view%3Dthread"),
        client.get("/journeys/?detail=10&of=view%3Dcustomer"),
    )
    assert paths_drawn(shown(chosen)) < paths_drawn(shown(other))


def test_without_javascript_a_path_shows_its_numbers_on_the_page(client_as):
    text = shown(client_as("viewer").get("/journeys/?path_from=produce&path_to=check"))
    assert "From produce to check" in text
    assert "Nine in ten take at most" in text
    part = client_as("viewer").get("/journeys/numbers?path_from=produce&path_to=check", **PART)
    assert "From produce to check" in shown(part)
    assert "<html" not in shown(part)


def test_a_step_tells_where_journeys_come_from_and_go_to(client_as):
    text = shown(client_as("viewer").get("/journeys/numbers?step=check", **PART))
    assert "Waiting before it" in text
    assert re.search(r">produce</a>", text)
    assert "does not occur" in shown(client_as("viewer").get("/journeys/numbers?step=nothing", **PART))


def test_a_hostile_name_of_a_step_stays_text(client_as, with_threads):
    with_threads("order", HOSTILE, "deliver")
    client = client_as("owner")
    for address in ("/journeys/?detail=100&whole=yes", "/journeys/variants?whole=yes", "/journeys/steps?whole=yes"):
        text = shown(client.get(address))
        assert "<img src=x" not in text
        assert "<script>alert" not in text
    text = shown(client.get("/journeys/?detail=100"))
    assert HOSTILE in steps_drawn(text)
    panel = shown(client.get("/journeys/numbers", {"path_from": "order", "path_to": HOSTILE}, **PART))
    assert "<img src=x" not in panel
    assert html.escape(HOSTILE) in panel


def test_who_hands_over_by_name_is_shown_to_those_who_may_see_persons(client_as):
    assert '<option value="employee"' in shown(client_as("owner").get("/journeys/handovers"))
    viewer = client_as("viewer")
    assert '<option value="employee"' not in shown(viewer.get("/journeys/handovers?between=employee"))
    assert '<option value="employee"' not in shown(viewer.get("/journeys/?activity=employee"))


def test_names_of_the_lost_are_for_those_who_may_see_customers_and_are_written_down(client_as, shop):
    key = int(shop.measure("lost_customers").to_arrow().column("client_key")[0].as_py())
    assert f"/customers/{key}/" not in shown(client_as("viewer").get("/journeys/losses"))
    text = shown(client_as("owner").get("/journeys/losses?period=all&whole=yes"))
    assert f"/customers/{key}/" in text
    assert "customers seen" in (shop.folder / "audit.jsonl").read_text(encoding="utf-8")


def test_two_periods_are_compared_and_all_time_has_none_before_it(client_as):
    text = shown(client_as("owner").get("/journeys/compare"))
    assert "Compared with:" in text
    assert paths_drawn(text)
    assert "All time has no period before it" in shown(client_as("owner").get("/journeys/compare?period=all&whole=yes"))


def test_a_quarter_is_compared_with_the_same_days_a_year_before(client_as, shop):
    client, newest = client_as("owner"), shop.newest_on()
    year = client.get("/journeys/compare").content.decode()
    assert 'value="year"' not in year  # the period before a year is the year before
    asked = {"period": "custom", "from": f"{newest.year}-02-01", "to": f"{newest.year}-04-30", "whole": "yes"}
    offered = client.get("/journeys/compare", asked).content.decode()
    assert "the same days a year before" in offered
    text = shown(client.get("/journeys/compare", {**asked, "with": "year"}))
    compared = re.search(r"Compared with: (.*?),? [\d,]+ journeys", text)
    assert compared is not None
    assert compared[1] == f"1 Feb {newest.year - 1} to 30 Apr {newest.year - 1}"


def test_a_group_is_compared_with_everybody_else(client_as, shop):
    from regulars.groups.publishing import groups

    key = groups(shop)[0].key
    text = shown(client_as("owner").get(f"/journeys/compare?group={key}&with=others&whole=yes"))
    assert "everybody else" in text
    assert "All differences, the real ones first" in text or "Neither side has a journey" in text


def test_journeys_with_one_product_are_compared_with_those_of_another(client_as):
    client = client_as("owner")
    page = client.get("/journeys/compare").content.decode()
    first, second = re.findall(r'value="product:([^"]+)"', page)[:2]
    asked = {"with": f"product:{second}", "whole": "yes"}
    assert "Choose under “Product”" in shown(client.get("/journeys/compare", asked))
    text = shown(client.get("/journeys/compare", {**asked, "product": first}))
    assert f"Compared with: {second}" in text
    assert f"Here: {first}" in text


def test_the_life_cycle_counts_every_customer_once(client_as, shop):
    text = shown(client_as("viewer").get("/journeys/life-cycle"))
    rows = shop.measure("stages").to_arrow().to_pylist()
    assert "buys again" in text
    assert sum(row["customers"] for row in rows) == max(row["n"] for row in rows)


def test_an_empty_company_is_told_how_to_begin(client_as, settings, tmp_path):
    client = client_as("owner")
    rg.init(tmp_path / "new").close()
    settings.WORKSPACE = tmp_path / "new"
    let_go()
    for address in ADDRESSES:
        assert "No journeys yet" in shown(client.get(address))


def test_the_map_asks_the_database_as_often_whatever_it_shows(client_as, django_assert_max_num_queries):
    client = client_as("owner")
    for detail in (10, 100):
        with django_assert_max_num_queries(4):
            client.get(f"/journeys/?detail={detail}")
