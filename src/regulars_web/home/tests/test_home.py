"""The home page: the same numbers as the measures, for every role, period and group."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from regulars.groups.publishing import members, publish
from regulars_web.home.tests.seen import figure, things, whole
from regulars_web.shared import numbers

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def first_day(shop) -> date:
    newest = shop.newest_on()
    return newest.replace(year=newest.year - 1) + timedelta(days=1)


def test_the_numbers_are_those_of_the_measures(client_as, shop):
    answer = whole(client_as("owner"))
    first = first_day(shop)
    revenue = shop.measure("revenue", from_on=first).to_polars()
    assert figure(answer, "revenue").value == numbers.money(revenue["revenue"].sum(), "EUR")
    assert figure(answer, "orders").value == numbers.number(revenue["orders"].sum())
    assert figure(answer, "new").value == numbers.number(revenue["new_customers"].sum())
    assert figure(answer, "active").value == numbers.number(len(shop.measure("rfm", from_on=first)))
    pareto = shop.measure("pareto", from_on=first).to_polars().row(0, named=True)
    assert figure(answer, "few").value == numbers.percent(pareto["top_share"])
    assert numbers.number(pareto["top_customers"]) in figure(answer, "few").told


def test_whoever_came_back_is_counted_among_those_whose_year_ended_in_the_period(client_as, shop):
    answer = whole(client_as("owner"))
    newest = shop.newest_on()
    repeat = shop.measure("repeat", as_of=newest, from_on=first_day(shop) - YEAR, to_on=newest - YEAR).to_polars()
    row = repeat.filter(pl.col("window_days") == 365).row(0, named=True)
    assert row["customers"] >= 30
    shown = figure(answer, "returning")
    assert shown.value == numbers.percent(row["repeat_share"])
    assert numbers.number(row["customers"]) in shown.told


def test_money_at_stake_is_that_of_the_list_it_leads_to(client_as, shop):
    shown = figure(whole(client_as("owner")), "slipping")
    slipping = shop.measure("slipping").to_polars()
    if slipping.height:
        assert f"{slipping.height:,}" in shown.told
        assert shown.where == "slipping~is~true"
    else:
        assert shown.unknown or shown.told


@pytest.mark.parametrize("query", ["", "period=90-days", "period=all"])
@pytest.mark.parametrize("key", ["active", "new", "slipping", "few"])
def test_a_number_leads_to_as_many_customers_as_it_says(client_as, shop, query, key):
    from regulars.base import open_base
    from regulars_web.customers.filters import read_filters

    shown = figure(whole(client_as("owner"), query), key)
    if shown.where is None or shown.unknown:
        assert key == "few"
        return
    filters, wrong = read_filters(shown.where, "EUR")
    assert wrong == []
    found = open_base(shop).page({"all": [one.rule for one in filters]}).total
    assert numbers.number(found) in (shown.value if key in ("active", "new") else shown.told)


def test_what_moved_is_the_difference_customer_by_customer(client_as, shop):
    """A slow twin: polars over the log, one customer at a time."""
    newest, first = shop.newest_on(), first_day(shop)
    with shop.engine() as engine:
        rows = pl.from_arrow(engine.run("SELECT * FROM interactions WHERE kind IN ('order', 'refund', 'adjustment')"))
    before = (first.replace(year=first.year - 1), newest.replace(year=newest.year - 1))
    each: dict[object, float] = {}
    for row in rows.iter_rows(named=True):
        key = row["client_key"] or ("guest", row["interaction_id"])
        sign = 1 if row["occurred_on"] >= first else -1 if before[0] <= row["occurred_on"] <= before[1] else 0
        each[key] = each.get(key, 0.0) + sign * float(row["amount"] or 0)
    value, error = sum(each.values()), sum(one**2 for one in each.values()) ** 0.5
    change = figure(whole(client_as("owner")), "revenue").change
    assert change.real == (abs(value) > 1.959963984540054 * error)


@pytest.mark.parametrize("period", ["90-days", "30-days", "this-year", "last-year", "all"])
def test_every_period_shows_its_own_customers(client_as, shop, period):
    from regulars_web.shared.scope import Scope

    first, last = Scope(period=period).dates(shop.newest_on())
    expected = (
        shop.measure("segments", as_of=shop.newest_on(), from_on=first, to_on=last).to_polars()["customers"].sum()
    )
    answer = whole(client_as("owner"), f"period={period}")
    assert figure(answer, "active").value == numbers.number(expected)
    if period == "all":
        assert all(one["figure"].change is None for one in answer.context["parts"]["numbers"]["figures"])


def test_a_group_shows_its_own_customers_only(client_as, shop):
    rule = {"all": [{"field": "customer_type", "op": "is", "value": "reseller"}]}
    publish(shop, {"name": "Resellers", "rule": rule}, by="o", now=datetime(2026, 7, 1, tzinfo=UTC), key="resellers")
    keys = members(shop, "resellers")
    answer = whole(client_as("owner"), "group=resellers")
    expected = shop.measure("revenue", as_of=shop.newest_on(), from_on=first_day(shop), members=keys).to_polars()
    assert figure(answer, "revenue").value == numbers.money(expected["revenue"].sum(), "EUR")
    segments = answer.context["parts"]["segments"]["segments"]
    assert 0 < sum(one["customers"] for one in segments) <= len(keys)
    assert all("group=resellers" in one["address"] for one in segments if one["address"])


def test_a_group_that_is_not_there_is_said_in_a_sentence(client_as, shop_folder):
    assert client_as("owner").get("/?group=nobody").status_code == 422


def test_segments_equal_the_measure(client_as, shop):
    shown = whole(client_as("owner")).context["parts"]["segments"]["segments"]
    measured = {row["what_to_do"]: row for row in shop.measure("segments").to_polars().to_dicts()}
    assert {str(one["what_to_do"]): one["customers"] for one in shown} == {
        words: row["customers"] for words, row in measured.items()
    }


@pytest.mark.parametrize("role", ["owner", "manager", "analyst", "front line", "viewer"])
def test_every_role_reads_the_same_numbers(client_as, shop_folder, role):
    owner, other = whole(client_as("owner")), whole(client_as(role))
    for one in owner.context["parts"]["numbers"]["figures"]:
        assert figure(other, one["figure"].key).value == one["figure"].value


def test_a_viewer_reads_no_words_of_single_customers_and_is_led_to_no_list(client_as, shop_folder):
    owner, viewer = whole(client_as("owner")), whole(client_as("viewer"))
    quotes = owner.context["parts"]["said"]["quotes"]
    assert quotes
    text = viewer.content.decode()
    assert not any(quote["text"] in text for quote in quotes)
    assert "/customers/" not in text
    assert all(
        not one["address"] for one in viewer.context["parts"]["next"]["things"] if one["thing"].key == "slipping"
    )


def test_that_words_of_customers_were_seen_is_written_down(client_as, shop_folder):
    client_as("viewer").get("/part/said")
    assert not (shop_folder / "audit.jsonl").exists() or "answers seen" not in (shop_folder / "audit.jsonl").read_text()
    client_as("manager").get("/part/said")
    last = json.loads((shop_folder / "audit.jsonl").read_text().splitlines()[-1])
    assert (last["event"], last["by"]) == ("answers seen", "manager@example.com")


def test_a_stranger_sees_nothing(client_as, shop_folder):
    for path in ("/", "/part/next", "/part/said"):
        assert client_as("").get(path).status_code == 302


def test_three_things_each_with_a_number(client_as, shop_folder):
    answer = whole(client_as("owner"))
    assert len(things(answer)) == 3
    assert things(answer) == things(whole(client_as("owner")))
    for one in answer.context["parts"]["next"]["things"]:
        assert any(sign.isdigit() for sign in one["thing"].sentence)


@pytest.mark.parametrize(("language", "thousands"), [("tr", "."), ("bg", "\N{NO-BREAK SPACE}")])
def test_numbers_stand_as_the_reader_writes_them(client_as, shop, colleague, language, thousands):
    from django.test import Client

    client = Client()
    user = colleague("owner", f"{language}@example.com", language)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    orders = shop.measure("coverage").to_polars().filter(pl.col("name") == "guest_orders")["total"][0]
    with shop.engine() as engine:
        touches = engine.run("SELECT count(*) AS n FROM interactions").to_pylist()[0]["n"]
    assert orders > 0
    assert touches > 1000
    assert f"{touches:,}".replace(",", thousands) in whole(client).content.decode()


def test_no_share_is_shown_without_where_it_comes_from(client_as, shop_folder):
    for one in whole(client_as("owner")).context["parts"]["numbers"]["figures"]:
        assert one["figure"].unknown or one["figure"].origins
        for origin in one["figure"].origins:
            assert origin.formula or origin.words
