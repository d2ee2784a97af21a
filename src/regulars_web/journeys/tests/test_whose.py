"""Journeys of some customers: chosen by any attribute and its value, on every page, and compared with others."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from django.utils.http import urlencode

from regulars.log.tables import TABLES
from regulars_web.journeys import comparing
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.reading import frame_for
from regulars_web.shared.scope import Scope

pytestmark = pytest.mark.django_db
PART = {"HTTP_HX_REQUEST": "true"}
PAGES = ("", "variants", "steps", "handovers", "touches", "compare")
WAYS = {"north": ("ask", "wait", "buy"), "south": ("ask", "buy"), None: ("ask", "leave")}
HOSTILE = """Cote d'Ivoire" or 1=1 --"""


def shown(answer) -> str:
    return html.unescape(answer.content.decode())


def options(text: str, select: str) -> list[str]:
    """The values that a select offers."""
    found = re.search(rf'<select id="{select}".*?</select>', text, re.DOTALL)
    assert found is not None
    return re.findall(r'<option value="([^"]+)"', found[0])


@pytest.fixture
def told_apart(shop):
    """Nine customers more: three of the north, three of the south, three of whom nobody said where they live."""
    newest = shop.newest_on()
    clients, touches = [], []
    for number in range(9):
        part = ("north", "south", None)[number % 3]
        key = 10**15 + number
        said = {"part": part, "plan": HOSTILE if number == 0 else "plain"} if part else {"plan": "plain"}
        row = dict.fromkeys(TABLES["clients"].names) | {"client_key": key, "kind": "customer"}
        clients.append(row | {"asserted_at": datetime(2020, 1, 1, tzinfo=UTC), "attributes": json.dumps(said)})
        for place, step in enumerate(WAYS[part]):
            at = datetime(newest.year, newest.month, newest.day, 8, tzinfo=UTC) - timedelta(days=9 - place)
            row = dict.fromkeys(TABLES["interactions"].names) | {"interaction_id": 10**13 + 10 * number + place}
            row |= {"source": "test", "kind": "visit", "occurred_at": at, "occurred_on": at.date(), "client_key": key}
            touches.append(row | {"thread": f"N{number}", "step": step, "source_row": place})
    tables = {
        "clients": pa.Table.from_pylist(clients, schema=TABLES["clients"]),
        "interactions": pa.Table.from_pylist(touches, schema=TABLES["interactions"]),
    }
    shop.add_tables(tables, form="contacts", source="test", by="test")


def moves_counted(text: str) -> dict[tuple[str, str], int]:
    """The paths of a map with their counts, as its sentences say them."""
    found = re.findall(r"From “([^”]*)” to “([^”]*)”: ([\d,]+) times?, in", text)
    return {(one, other): int(n.replace(",", "")) for one, other, n in found}


def come_to(moves: dict[tuple[str, str], int]) -> Counter[str]:
    """How often each step is come to."""
    found: Counter[str] = Counter()
    for (_before, step), n in moves.items():
        found[step] += n
    return found


def by_hand(shop, country: str) -> dict[str, int]:
    """Touches of each step in the threads of a country's customers, and threads that end, in the last twelve months."""
    newest = shop.newest_on()
    sql = f"""
        WITH theirs AS (
            SELECT thread, occurred_on, coalesce(step, touchpoint, kind) AS step FROM interactions
            WHERE client_key IN (SELECT client_key FROM clients WHERE country = '{country}') AND thread IS NOT NULL
        ), ends AS (SELECT thread, max(occurred_on) AS occurred_on, 'End' AS step FROM theirs GROUP BY thread)
        SELECT step, count(*) AS n FROM (FROM theirs UNION ALL FROM ends)
        WHERE occurred_on > DATE '{newest.replace(year=newest.year - 1)}' GROUP BY step"""
    with shop.engine() as engine:
        return {row["step"]: row["n"] for row in engine.run(sql).to_pylist()}


def test_the_map_of_one_country_counts_the_touches_of_its_customers_alone(client_as, shop):
    client, counted = client_as("viewer"), {}
    for country in ("BG", "CZ"):
        text = shown(client.get(f"/journeys/?customers=country:{country}&view=thread&detail=100&whole=yes"))
        counted[country] = by_hand(shop, country)
        assert come_to(moves_counted(text)) == counted[country]
    assert counted["BG"] != counted["CZ"]


def test_an_attribute_that_only_this_company_knows_can_be_chosen(client_as, told_apart):
    client = client_as("viewer")
    text = shown(client.get("/journeys/"))
    offered = options(text, "lens-customers")
    assert {"part:north", "part:south", "country:BG", "customer_type:reseller"} <= set(offered)
    assert '<optgroup label="part">' in text
    north = moves_counted(shown(client.get("/journeys/?customers=part:north&whole=yes&view=thread")))
    assert north[("ask", "wait")] == 3
    assert ("ask", "buy") not in north
    assert ("ask", "leave") not in north


def test_what_was_said_of_a_customer_before_the_newest_word_is_not_offered(client_as, shop, told_apart):
    row = dict.fromkeys(TABLES["clients"].names) | {"client_key": 10**15, "kind": "customer"}
    row |= {"asserted_at": datetime(2019, 1, 1, tzinfo=UTC), "attributes": json.dumps({"part": "west", "plan": "old"})}
    older = pa.Table.from_pylist([row], schema=TABLES["clients"])
    shop.add_tables({"clients": older}, form="customers", source="test", by="test")
    offered = options(shown(client_as("viewer").get("/journeys/")), "lens-customers")
    assert "part:north" in offered
    assert {"part:west", "plan:old"}.isdisjoint(offered)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_journeys_can_be_narrowed_and_keeps_what_was_chosen(page, client_as, told_apart):
    text = shown(client_as("viewer").get(f"/journeys/{page}?customers=part:north&whole=yes"))
    assert '<option value="part:north" selected>' in text
    assert "All customers are shown." not in text


def test_the_ways_and_steps_of_some_customers_are_theirs_alone(client_as, told_apart):
    client = client_as("viewer")
    ways = shown(client.get("/journeys/variants?customers=part:south&view=thread&whole=yes"))
    assert "All 1" not in ways
    assert "wait" not in re.findall(r"<span>([^<]*)</span>", ways)
    steps = shown(client.get("/journeys/steps?customers=part:north&view=thread&whole=yes"))
    assert "leave" not in re.findall(r">([a-z]+)</a>", steps)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("nonsense", "“nonsense” names no customers."),
        ("shoe size:42", "Nothing called “shoe size” is known of customers."),
        ("country:Atlantis", "No customer has “Atlantis” under “Country”."),
        ("channel:web", "Nothing called “channel” is known of customers."),
    ],
)
def test_customers_that_nobody_knows_get_a_sentence_and_everybody_is_shown(said, answer, client_as):
    client = client_as("viewer")
    for page in PAGES:
        text = shown(client.get(f"/journeys/{page}?{urlencode({'customers': said, 'whole': 'yes'})}"))
        assert answer in text
        assert "All customers are shown." in text
    everybody = moves_counted(shown(client.get("/journeys/?whole=yes")))
    wrong = client.get(f"/journeys/?{urlencode({'customers': said})}", **PART)
    assert moves_counted(shown(wrong)) == everybody


def test_a_hostile_value_is_only_a_value(client_as, told_apart):
    client = client_as("viewer")
    answer = client.get(f"/journeys/?{urlencode({'customers': f'plan:{HOSTILE}', 'whole': 'yes', 'view': 'thread'})}")
    assert sum(n for (one, _other), n in moves_counted(shown(answer)).items() if one == "Start") == 1
    assert f'value="plan:{HOSTILE}"' not in answer.content.decode(), "it is escaped where it is offered"


def test_two_kinds_of_customers_are_compared_on_one_map(client_as, shop, told_apart):
    client = client_as("viewer")
    text = shown(client.get("/journeys/compare?customers=part:south&with=customers:part:north&view=thread&whole=yes"))
    assert "Here: part: south, 3 journeys. Compared with: part: north, 3 journeys." in text
    read = comparing.reads(frame_for(shop, Scope()), Lens("thread", customers="part:south"), "customers:part:north")
    rows = {(row["from_step"], row["to_step"]): row for row in read["compared"].rows}
    assert (rows[("ask", "buy")]["count_a"], rows[("ask", "buy")]["count_b"]) == (0, 3)
    assert (rows[("ask", "wait")]["count_a"], rows[("ask", "wait")]["count_b"]) == (3, 0)


def test_some_customers_are_compared_with_everybody_else_also_those_not_known(shop, told_apart):
    read = comparing.reads(frame_for(shop, Scope()), Lens("thread"), "customers:part:north")
    rows = {(row["from_step"], row["to_step"]): row for row in read["compared"].rows}
    assert (rows[("ask", "leave")]["count_a"], rows[("ask", "leave")]["count_b"]) == (0, 3)
    assert (rows[("ask", "buy")]["count_a"], rows[("ask", "buy")]["count_b"]) == (0, 3)
    assert rows[("produce", "check")]["count_b"] > 0


def test_another_attribute_narrows_both_sides(shop, told_apart):
    read = comparing.reads(frame_for(shop, Scope()), Lens("thread", customers="plan:plain"), "customers:part:north")
    rows = {(row["from_step"], row["to_step"]): row for row in read["compared"].rows}
    assert rows[("ask", "wait")]["count_a"] == 2, "the third customer of the north has another plan"
    assert ("produce", "check") not in rows


def test_the_same_customers_are_not_compared_with_themselves(client_as):
    said = "customers=country:BG&with=customers:country:BG&whole=yes"
    assert "Both sides would be the same customers." in shown(client_as("viewer").get(f"/journeys/compare?{said}"))


@pytest.mark.parametrize("said", ["customers:country:Atlantis", "customers:nonsense", "no-such-group", "product:no"])
def test_what_there_is_nothing_of_gets_a_sentence_and_the_period_before_is_taken(said, client_as):
    text = shown(client_as("viewer").get(f"/journeys/compare?{urlencode({'with': said})}"))
    assert f"There is nothing called “{said}” to compare with." in text
    assert '<option value="period" selected>' in text


def test_customers_of_both_groups_are_told_of(client_as, shop):
    from regulars.groups.publishing import groups, members

    one, other = next(
        (a.key, b.key)
        for a in groups(shop)
        for b in groups(shop)
        if a.key != b.key and set(members(shop, a.key)) & set(members(shop, b.key))
    )
    both = len(set(members(shop, one)) & set(members(shop, other)))
    text = shown(client_as("viewer").get(f"/journeys/compare?group={one}&with={other}&period=all&whole=yes"))
    assert f"{both} customer" in text
    assert "counts on both sides" in text or "count on both sides" in text


def test_choosing_customers_asks_the_database_no_more_often(client_as, django_assert_max_num_queries):
    client = client_as("viewer")
    client.get("/journeys/?customers=country:BG&whole=yes")
    with django_assert_max_num_queries(4):
        client.get("/journeys/?customers=country:BG")
