"""What colleagues see of touchpoints."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from regulars.touchpoints import publishing
from regulars_web.shared.frame import frame_of
from regulars_web.shared.scope import Scope
from regulars_web.touchpoints import reads, words
from regulars_web.touchpoints.reading import SHELF
from regulars_web.touchpoints.tests.conftest import TEXT, register

pytestmark = pytest.mark.django_db

PARTS = [*reads.OF_ONE]


def page_of(client, path):
    """The text of a page."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def part_of(client, path):
    """The text of a part, as htmx asks for it."""
    answer = client.get(path, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def test_the_list_names_owners_and_what_the_log_shows_beside_them(client_as):
    page = page_of(client_as("viewer"), "/touchpoints/?whole=yes")
    assert "Complaint desk" in page
    assert "head of delivery" in page
    assert ">nobody<" in page, "nobody answers for telephone sales"
    seen = page.split("not registered</h2>")[1].split("</section>")[0]
    assert "workshop" in seen
    assert "Register<" not in seen, "a viewer registers nothing"


def test_the_list_says_what_is_missing(client_as):
    page = page_of(client_as("manager"), "/touchpoints/?whole=yes").split("What is missing")[1]
    assert re.search(r"Nobody answers for it.*Telephone sales", page, re.DOTALL)
    assert re.search(r"Standard written, read by nobody.*Chat", page, re.DOTALL)
    assert re.search(r"the log shows no touch.*Trade fair stand", page, re.DOTALL)


def test_the_list_is_sorted_by_what_is_surely_at_stake(client_as, shop):
    stakes = shop.measure("stake").to_arrow().to_pylist()
    surely = [row["touchpoint"] for row in stakes if row["verdict"] == "come back less"]
    page = page_of(client_as("owner"), "/touchpoints/?whole=yes")
    rows = re.findall(r'<th scope="row"><a href="/touchpoints/of/([^"]+)"', page.split("<tbody>")[1])
    registered = {one.key.replace(" ", "%20") for one in publishing.touchpoints(shop)}
    rows = rows[: len(registered)]
    assert set(rows) == registered
    assert {one.replace("%20", " ") for one in rows[: len(set(surely))]} == set(surely)
    assert rows[-1] == "trade%20fair%20stand", "where nothing happens nothing is at stake"


def test_a_list_that_is_not_counted_yet_comes_by_itself_and_then_is_there_at_once(client_as, uncounted):
    client = client_as("owner")
    assert "/touchpoints/part/listed" in page_of(client, "/touchpoints/")
    part_of(client, "/touchpoints/part/listed")
    assert "/touchpoints/part/ranked" in page_of(client, "/touchpoints/")
    part_of(client, "/touchpoints/part/ranked")
    assert "/touchpoints/part/" not in page_of(client, "/touchpoints/")


def test_a_company_without_a_register_is_offered_what_its_log_shows(client_as, shop):
    for one in publishing.touchpoints(shop):
        publishing.retire_touchpoint(shop, one.key, by="x", now=timezone.now())
    page = page_of(client_as("manager"), "/touchpoints/?whole=yes")
    assert "No touchpoint is registered yet" in page
    assert "/touchpoints/new?key=workshop" in page
    assert "touchpoints have ended" in page


def test_the_page_shows_the_standard_and_asks_who_has_not_read_it(client_as):
    page = page_of(client_as("front line"), "/touchpoints/of/delivery")
    assert TEXT in page
    assert "I have read it" in page
    showroom = page_of(client_as("front line"), "/touchpoints/of/showroom")
    assert "First minute" in showroom
    assert "Guides, not scripts" in showroom


def test_a_viewer_reads_the_standard_and_is_offered_nothing_to_change(client_as):
    page = page_of(client_as("viewer"), "/touchpoints/of/delivery")
    assert TEXT in page
    assert "I have read it" not in page
    assert "/touchpoints/edit/" not in page
    assert "End this touchpoint" not in page


@pytest.mark.parametrize("part", PARTS)
def test_every_part_comes_by_itself_and_stands_as_a_page_without_scripts(client_as, part):
    client = client_as("manager")
    alone = part_of(client, f"/touchpoints/parts/{part}/delivery")
    assert f'id="{part}"' in alone
    assert "<h1" not in alone
    assert "<h1>Delivery</h1>" in page_of(client, f"/touchpoints/parts/{part}/delivery")


@pytest.mark.parametrize("name", ["promises", "consistency", "announced"])
def test_pages_over_all_touchpoints_come_whole_or_by_themselves(client_as, uncounted, name):
    client = client_as("viewer")
    assert f"/touchpoints/across/{name}" in page_of(client, f"/touchpoints/{name}")
    assert f'id="{name}"' in part_of(client, f"/touchpoints/across/{name}")
    assert f"/touchpoints/across/{name}" not in page_of(client, f"/touchpoints/{name}")


def test_the_kept_share_on_the_page_is_the_measures_own(client_as, shop):
    frame = frame_of(shop, Scope())
    found = shop.measure("promises", as_of=frame.newest, from_on=frame.first, to_on=frame.last)
    row = next(one for one in found.to_arrow().to_pylist() if one["touchpoint"] == "delivery")
    part = part_of(client_as("viewer"), "/touchpoints/parts/figures/delivery")
    assert words.share(row["kept_share"]) in part
    assert words.share_span(row["kept_share_low"], row["kept_share_high"]) in part
    assert f"n = {row['n']}" in part


def test_money_is_said_with_its_interval_and_as_an_association(client_as, shop):
    row = next(one for one in shop.measure("stake").to_arrow().to_pylist() if one["touchpoint"] == "delivery")
    part = part_of(client_as("owner"), "/touchpoints/parts/stake/delivery")
    if row["verdict"] == "come back less":
        assert "An association" in part
        assert "Test it" in part
    assert words.points_span(row["adjusted_difference_low"], row["adjusted_difference_high"]) in part
    for causal in ("because of", "causes", "leads to", "due to"):
        assert causal not in part.split("Where does this come from?")[0]


def test_what_to_do_names_numbers_or_what_is_missing(client_as):
    part = part_of(client_as("manager"), "/touchpoints/parts/doing/telephone%20sales")
    assert 1 <= part.count("todo__what") <= 3
    told = part_of(client_as("manager"), "/touchpoints/parts/doing/workshop")
    assert "Nobody has registered this touchpoint" in told
    assert "/touchpoints/new?key=workshop" in told
    assert "/touchpoints/new" not in part_of(client_as("viewer"), "/touchpoints/parts/doing/workshop")


def test_colleagues_are_compared_by_name_only_for_those_who_see_customers(client_as):
    lead = part_of(client_as("manager"), "/touchpoints/parts/splits/call%20centre")
    look = part_of(client_as("viewer"), "/touchpoints/parts/splits/call%20centre")
    names = set(re.findall(r'<th scope="row">(E\d+)', lead))
    assert names
    assert not any(name in look for name in names)
    uneven = part_of(client_as("viewer"), "/touchpoints/across/consistency")
    assert not re.search(r"\bE\d\d\b", uneven)


def test_a_touchpoint_that_nobody_knows_is_not_there(client_as):
    client = client_as("owner")
    for path in ("of/moon", "edit/moon", "standard/moon", "write/moon", "promise/new/moon", "parts/figures/moon"):
        assert client.get(f"/touchpoints/{path}").status_code == 404, path
    assert client.get("/touchpoints/parts/nothing/delivery").status_code == 404
    assert client.get("/touchpoints/part/nothing").status_code == 404


def test_a_group_without_customers_is_an_answer_not_a_failure(client_as):
    address = "/touchpoints/parts/figures/delivery?group=trade-fair-visitors&period=30-days"
    assert 'id="promises"' in part_of(client_as("owner"), address)


def test_reading_a_standard_makes_nothing_be_counted_anew(client_as, shop):
    client = client_as("front line")
    part_of(client, "/touchpoints/parts/figures/delivery")
    client.post("/touchpoints/read/delivery", {"version": "1"})
    assert SHELF.known(shop, Scope(), "figures", ["delivery"]) is not None


def test_a_promise_made_makes_the_numbers_be_counted_anew(client_as, shop):
    client = client_as("manager")
    part_of(client, "/touchpoints/parts/figures/delivery")
    sent = {"name": "Never later than a week", "column": "late_days", "limit": "7", "unit": "d"}
    client.post("/touchpoints/promise/new/delivery", sent)
    assert SHELF.known(shop, Scope(), "figures", ["delivery"]) is None
    assert "Never later than a week" in part_of(client, "/touchpoints/parts/figures/delivery")


def test_the_list_asks_the_database_as_much_for_ten_touchpoints_as_for_three(client_as, shop):
    client = client_as("owner")
    page_of(client, "/touchpoints/?whole=yes")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page_of(client, "/touchpoints/")
    for number in range(7):
        register(shop, f"place {number}")
    with CaptureQueriesContext(connection) as many:
        page_of(client, "/touchpoints/")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(30, "30 s"), (119, "119 s"), (1_800, "30 min"), (7_200, "2.0 h"), (86_400, "24 h"), (259_200, "3 days")],
)
def test_a_length_of_time_is_told_in_the_unit_a_person_would_use(seconds, said):
    assert words.length(seconds) == said


def test_what_is_not_known_is_a_dash_and_never_nothing():
    assert [words.length(None), words.share(None), words.money(None), words.days(None)] == ["–"] * 4
    assert words.share_span(None, 0.5) == ""
