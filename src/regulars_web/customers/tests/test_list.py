"""The list of customers, as colleagues of each role meet it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from regulars.base import open_base
from regulars.log.search_index import newest_names
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(shop):
    """How many customers the company has."""
    return open_base(shop).page(limit=0).total


def text_of(page):
    return unescape(page.content.decode())


def listed(page):
    """Names in the order of the list."""
    found = re.findall(r'role="rowheader"><a href="[^"]*">([^<]*)</a>', page.content.decode())
    return [unescape(name) for name in found]


def ask(client, **said):
    return client.get(f"/customers/?{urlencode(said)}")


def test_the_list_says_how_many_customers_there_are_and_what_they_bought(client_as, shop, everybody):
    page = text_of(client_as("front line").get("/customers/"))
    assert f"{everybody} customers" in page
    assert f"(n = {everybody})" in page


@pytest.mark.parametrize("role", ["viewer", ""])
def test_nobody_without_the_role_sees_a_name(client_as, shop, role):
    name = open_base(shop).page(limit=1).rows[0]["client_key"]
    page = client_as(role).get("/customers/")
    assert page.status_code in (302, 403)
    assert newest_names(shop, [name])[name] not in page.content.decode()


def test_a_list_of_names_that_was_seen_stands_in_the_trail(client_as, shop_folder):
    client_as("analyst").get("/customers/")
    assert len(said_in_trail(shop_folder, "customers listed")) == 1


def test_a_customer_is_found_by_the_last_digits_of_the_telephone(client_as, shop, anybody):
    person = shop.vault.people([anybody])[anybody]
    digits = re.sub(r"\D", "", person.get("phone", "")) or pytest.skip("no telephone known")
    assert person["name"] in listed(ask(client_as("front line"), q=digits[-6:]))


def test_a_customer_is_found_by_e_mail_and_by_the_number_of_the_shop(client_as, shop, customer_who):
    key = customer_who("orders", "at_least", 2)
    person, client = shop.vault.people([key])[key], client_as("front line")
    assert person["name"] in listed(ask(client, q=shop.references([key])[key]))
    if person.get("email"):
        assert listed(ask(client, q=person["email"])) == [person["name"]]


def test_a_search_that_finds_nobody_says_what_to_try(client_as, shop):
    page = text_of(ask(client_as("front line"), q="zzzzqqq"))
    assert "Nobody fits all of this" in page
    assert "last digits" in page


def test_filters_are_chips_that_can_be_taken_away_one_by_one(client_as, shop):
    page = text_of(ask(client_as("analyst"), where="customer_type~is~reseller;orders~at_least~2"))
    assert "Customer type is reseller" in page
    assert "Orders is at least 2" in page
    assert f"?{urlencode({'where': 'orders~at_least~2'})}" in page.replace("&amp;", "&")


def test_the_list_of_resellers_has_as_many_as_the_base(client_as, shop, everybody):
    rule = {"all": [{"field": "customer_type", "op": "is", "value": "reseller"}]}
    count = open_base(shop).page(rule).total
    assert f"{count} customers of {everybody}" in text_of(ask(client_as("analyst"), where="customer_type~is~reseller"))


@pytest.mark.parametrize(
    "where",
    [
        "client_key) OR 1=1 --~is~1",
        "spend~at_least~1); DROP TABLE base; --",
        "spend__gt~is~0",
        "owner__password~contains~a",
        "segment~is",
        "~~~;;~",
        "kept.base~known",
        "%",
    ],
)
def test_a_mistyped_or_hostile_filter_falls_away_with_a_sentence(client_as, shop, where, everybody):
    page = ask(client_as("analyst"), where=where)
    assert page.status_code == 200
    assert "toast--old" in page.content.decode()
    assert f"{everybody} customers" in text_of(page)


@pytest.mark.parametrize("sort", ["spend", "-spend", "name", "-last_order_on", "p_alive"])
def test_the_list_can_be_put_in_order_by_any_column(client_as, shop, sort):
    page = ask(client_as("analyst"), sort=sort, columns="spend,last_order_on,p_alive")
    assert page.content.decode().count("aria-sort") == 1


def test_the_biggest_buyer_stands_first_and_the_smallest_when_turned_round(client_as, shop):
    base, client = open_base(shop), client_as("analyst")
    for sort, descending in (("-spend", True), ("spend", False)):
        key = base.page(sort="spend", descending=descending, limit=1).rows[0]["client_key"]
        assert listed(ask(client, sort=sort))[0] == newest_names(shop, [key])[key]


def test_only_the_columns_asked_for_are_shown(client_as, shop):
    headings = re.findall(
        r'role="columnheader".*?<a [^>]*>([^<]*)', ask(client_as("analyst"), columns="city,orders").content.decode()
    )
    assert [heading.strip() for heading in headings] == ["Customer", "City", "Orders"]


def test_pages_of_the_list_show_everybody_once(client_as, shop, everybody):
    client = client_as("analyst")
    pages = [
        re.findall(r"/customers/(\d+)/", ask(client, page=page, sort="name").content.decode())
        for page in range(1, everybody // 50 + 2)
    ]
    keys = [key for page in pages for key in page]
    assert len(keys) == len(set(keys)) == everybody


def test_a_page_beyond_the_end_leads_back(client_as, shop):
    assert "To the first page" in text_of(ask(client_as("analyst"), page=99))


def test_the_number_of_questions_to_the_database_does_not_grow_with_rows(client_as, shop, django_assert_num_queries):
    client = client_as("manager")
    client.get("/customers/")
    with django_assert_num_queries(3):  # session, colleague, views
        ask(client, q="ivan")
    with django_assert_num_queries(3):
        client.get("/customers/")


def test_a_group_in_the_address_narrows_the_list(client_as, shop, everybody):
    from datetime import UTC, datetime

    from regulars.groups.publishing import publish

    rule = {"all": [{"field": "customer_type", "op": "is", "value": "reseller"}]}
    group = publish(shop, {"name": "Shops", "rule": rule}, by="a test", now=datetime(2026, 7, 1, tzinfo=UTC))
    count = open_base(shop).page(rule).total
    assert f"{count} customers of {everybody}" in text_of(ask(client_as("manager"), group=group.key))


def test_hostile_names_stay_text_on_the_list(client_as, shop, anybody):
    hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    with shop.writing():
        shop.vault.add_details(shop.pages_import(), [{"client_key": anybody, "source": "shop", "name": hostile}])
    page = client_as("analyst").get("/customers/").content.decode()
    assert "&lt;script&gt;alert(2)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_filter_form_offers_the_values_that_there_are(client_as, shop):
    client = client_as("analyst")
    assert "reseller" in client.get("/customers/filter/value?field=customer_type&op=one_of").content.decode()
    assert 'type="date"' in client.get("/customers/filter/value?field=last_order_on&op=before").content.decode()


def test_the_filter_form_adds_one_condition_to_those_that_are_there(client_as, shop):
    said = {"where": "orders~at_least~2", "field": "spend", "op": "between", "value": "100", "second": "900"}
    answer = client_as("analyst").get(f"/customers/filter?{urlencode(said)}")
    assert answer.url == f"/customers/?{urlencode({'where': 'orders~at_least~2;spend~between~100~900'})}"


def test_a_chance_is_typed_in_per_cent(client_as, shop):
    said = {"field": "p_alive", "op": "at_least", "value": "50%"}
    assert "p_alive~at_least~0.5" in client_as("analyst").get(
        f"/customers/filter?{urlencode(said, safe='~')}"
    ).url.replace("%7E", "~")


def test_an_unreadable_value_is_said_and_changes_nothing(client_as, shop, everybody):
    client = client_as("analyst")
    answer = client.get(
        f"/customers/filter?{urlencode({'field': 'spend', 'op': 'at_least', 'value': 'much'})}", follow=True
    )
    assert "not a number" in text_of(answer)
    assert f"{everybody} customers" in text_of(answer)


def test_columns_ticked_without_javascript_are_shown_too(client_as, shop):
    page = client_as("analyst").get("/customers/?column=city&column=orders&columns=spend").content.decode()
    assert page.count('role="columnheader"') == 3
