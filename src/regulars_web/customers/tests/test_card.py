"""The card of a customer, as a colleague on the telephone sees it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from regulars.card import open_card
from regulars.log.inbox import Entry
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def card(client_as):
    """The text of a card, as a role sees it."""

    def see(key, role="front line", query=""):
        page = client_as(role).get(f"/customers/{key}/{query}")
        assert page.status_code == 200
        return unescape(page.content.decode())

    return see


def touch(shop, key, **said):
    row = {"client_key": key, "source": "crm", "occurred_at": NOW, "occurred_on": NOW.date(), **said}
    shop.add([Entry("interactions", row)])


def test_the_card_opens_with_the_name_and_how_to_reach_the_customer(shop, card, anybody):
    person, page = shop.vault.people([anybody])[anybody], card(anybody)
    assert f"<h1>{person['name']}</h1>" in page
    if person.get("phone"):
        assert f'href="tel:{person["phone"].replace(" ", "")}"' in page
    if person.get("email"):
        assert f'href="mailto:{person["email"]}"' in page


def test_every_contact_detail_says_where_it_comes_from(shop, card, anybody):
    details = open_card(shop, anybody, now=NOW).details
    found = card(anybody).split('id="contacts-title"')[1].split("</section>")[0]
    assert found.count("<small>") == sum(len(details[name]) for name in ("phone", "email", "address", "birthday"))
    assert "shop" in found


def test_what_is_expected_has_an_interval_or_a_reason(shop, card, customer_who):
    worth = card(customer_who("clv", "known")).split('id="worth-title"')[1].split("</section>")[0]
    assert re.search(r"Expected in 364 days</th><td class=\"n\">€[\d,]+<small>€[\d,]+ to €[\d,]+</small>", worth)


def test_an_unknown_profit_is_a_dash_with_its_reason_and_never_zero(card, customer_who):
    worth = card(customer_who("profit", "unknown")).split("Profit so far")[1].split("</tr>")[0]
    assert "–<small>" in worth


def test_a_customer_who_slips_away_is_announced_with_the_money_at_stake(card, customer_who):
    assert "longer than usual for this customer" in card(customer_who("slipping", "is", True))


def test_facts_to_ask_again_stand_first(card, customer_who):
    page = card(customer_who("facts_stale", "at_least", 1))
    facts = re.findall(r'<li class="(fact[^"]*)"', page)
    assert facts == sorted(facts, key=lambda kind: kind == "fact")
    assert "still true?" in page


def test_a_promise_past_its_date_is_red_and_said_in_words(shop, card, anybody):
    touch(shop, anybody, kind="promise", due_at=NOW - timedelta(days=3), touchpoint="workshop")
    first = card(anybody).split('<ol class="time">')[1].split("</li>")[0]
    assert "Promise promised for 28 Jun 2026, not kept yet" in first
    assert "time__dot--harm" in first


def test_a_complaint_is_red_and_quotes_the_customer(shop, card, anybody):
    touch(shop, anybody, kind="complaint", outcome="open", text="Der Schrank wackelt.")
    first = card(anybody).split('<ol class="time">')[1].split("</li>")[0]
    assert "time__dot--harm" in first
    assert "<q>Der Schrank wackelt.</q>" in first


def test_own_steps_are_hidden_until_asked_for(card, customer_who):
    key = customer_who("orders", "at_least", 5)
    assert "Production" not in card(key).split('<ol class="time">')[1]
    assert "Production" in card(key, query="?kind=production").split('<ol class="time">')[1]


def test_the_time_line_shows_every_touch_once_page_by_page(shop, client_as, anybody):
    client, seen, address = client_as("front line"), [], f"/customers/{anybody}/touches"
    kinds = [kind for kind, _count in open_card(shop, anybody, now=NOW).kinds or ()]
    address += "?" + "&".join(f"kind={kind}" for kind in kinds)
    while address:
        page = client.get(address, headers={"HX-Request": "true"}).content.decode()
        seen += re.findall(r'<time datetime="([^"]+)"', page)
        more = re.search(r'hx-get="([^"]+before=[^"]+)"', page)
        address = unescape(more[1]) if more else ""
    with shop.engine() as engine:
        count = engine.run(f"SELECT count(*) AS n FROM interactions WHERE client_key = {anybody}")["n"][0].as_py()
    assert len(seen) == count
    assert seen == sorted(seen, reverse=True)


def test_a_seen_card_stands_in_the_trail_with_the_key_and_no_name(shop, shop_folder, card, anybody):
    card(anybody, role="analyst")
    line = said_in_trail(shop_folder, "card seen")[0]
    assert str(anybody) in line
    assert shop.vault.people([anybody])[anybody]["name"] not in line


def test_the_key_of_a_joined_record_leads_to_the_customer(shop, client_as, customer_who):
    customer, record = customer_who("orders", "at_least", 3), customer_who("orders", "is", 1)
    link = {"left_key": customer, "right_key": record, "verdict": "same", "method": "person", "decided_at": NOW}
    shop.add([Entry("links", {**link, "decided_by": "a test"})])
    answer = client_as("front line").get(f"/customers/{record}/?group=")
    assert answer.status_code == 302
    assert answer.url == f"/customers/{customer}/?group="
    page = client_as("front line").get(f"/customers/{customer}/").content.decode()
    assert "records are this one customer" in page


@pytest.mark.parametrize("key", ["1", "9223372036854775807", "99999999999999999999999999"])
def test_a_key_of_nobody_is_not_found(client_as, shop, key):
    assert client_as("owner").get(f"/customers/{key}/").status_code == 404
    assert client_as("owner").post(f"/customers/{key}/facts", {"name": "need", "value": "x"}).status_code == 404


@pytest.mark.parametrize("role", ["viewer", ""])
def test_a_viewer_sees_no_card(client_as, shop, anybody, role):
    for address in (f"/customers/{anybody}/", f"/customers/{anybody}/touches"):
        answer = client_as(role).get(address)
        assert answer.status_code in (302, 403)
        assert shop.vault.people([anybody])[anybody]["name"] not in answer.content.decode()


def test_an_analyst_sees_no_form_that_would_be_refused(card, anybody):
    page = card(anybody, role="analyst")
    assert 'name="note"' not in page
    assert 'value="confirm"' not in page
    assert 'name="note"' in card(anybody)


def test_the_number_of_questions_does_not_grow_with_what_happened(
    shop, client_as, anybody, customer_who, django_assert_num_queries
):
    client, quiet = client_as("manager"), customer_who("orders", "is", 1)
    for place in range(60):
        touch(shop, anybody, kind="call", touchpoint="call centre", text=f"call {place}")
    client.get(f"/customers/{quiet}/")
    for key in (quiet, anybody):
        with django_assert_num_queries(2):  # session, colleague
            client.get(f"/customers/{key}/")


def test_hostile_words_in_the_log_stay_words(shop, card, client_as, anybody):
    hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    for column in ("text", "touchpoint", "outcome", "thread", "employee", "channel"):
        touch(shop, anybody, kind="call", **{column: hostile})
    touch(shop, anybody, kind=hostile)
    page = client_as("front line").get(f"/customers/{anybody}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_a_group_that_the_customer_belongs_to_is_a_pill(shop, card, customer_who):
    from regulars.groups.publishing import publish

    rule = {"all": [{"field": "orders", "op": "at_least", "value": 3}]}
    publish(shop, {"name": "Come again", "rule": rule, "stance": "target"}, by="a test", now=NOW)
    assert "Come again" in card(customer_who("orders", "at_least", 3)).split("</h1>")[1].split("</div>")[0]
    assert "Come again" not in card(customer_who("orders", "is", 1)).split("</h1>")[1].split("</div>")[0]


def test_what_an_old_order_held_is_read_when_asked(shop, client_as, anybody):
    with shop.engine() as engine:
        sql = f"""
            SELECT interaction_id, any_value(product_name) AS name FROM interactions JOIN items USING (interaction_id)
            WHERE client_key = {anybody} GROUP BY ALL ORDER BY any_value(occurred_at) LIMIT 1"""
        order = engine.run(sql).to_pylist()[0]
    client = client_as("front line")
    page = client.get(f"/customers/{anybody}/touches/{order['interaction_id']}", headers={"HX-Request": "true"})
    assert order["name"] in unescape(page.content.decode())
    assert client.get(f"/customers/{anybody}/touches/123").status_code == 404


def test_whoever_may_export_or_erase_a_person_finds_the_way_on_the_card(card, anybody):
    owner, front = card(anybody, role="owner"), card(anybody)
    assert "Export person" in owner
    assert "Erase person" in owner
    assert "Erase person" not in front
