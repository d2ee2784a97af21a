"""Terms: what is too old goes, once, and what the company needs for its books stays without the person."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

import regulars as rg
from regulars.log.inbox import Entry
from regulars.privacy import retention
from regulars.privacy.searching import found_in
from regulars.privacy.tests.people import NOW, TEXT, WORDS, key_of
from regulars.workspace import Workspace


def with_terms(shop: Workspace, **years: float) -> Workspace:
    path = shop.folder / "regulars.toml"
    text = path.read_text(encoding="utf-8")
    lines = "\n".join(f"{kind} = {term}" for kind, term in years.items())
    path.write_text(text.replace("[retention]", f"[retention]\n{lines}"), encoding="utf-8")
    return rg.open(shop.folder)


def rows(shop: Workspace, query: str) -> list[tuple[object, ...]]:
    with shop.engine() as engine:
        return [tuple(row.values()) for row in engine.run(query).to_pylist()]


def facts(shop: Workspace) -> list[Path]:
    return list((shop.folder / "log" / "facts").glob("*.parquet"))


def test_without_terms_everything_is_kept(shop):
    assert retention.due(shop, NOW + timedelta(days=9_000)) == []
    assert retention.apply(shop, by="Elena", now=NOW + timedelta(days=9_000)) == []


def test_the_preview_says_what_goes_and_changes_nothing(shop):
    again = with_terms(shop, interactions=1, texts=0.5, facts=2, contacts=3)
    before = found_in(shop.folder, WORDS)
    told = {term.kind: (term.rows, term.guests) for term in retention.due(again, NOW + timedelta(days=365.2425 * 0.7))}
    # Five sales, two calls and a message until March; words on two of the sales, on those three, and on two visits.
    assert told == {"interactions": (8, 5), "texts": (7, 0), "facts": (0, 0), "contacts": (0, 0)}
    assert found_in(shop.folder, WORDS) == before


@pytest.mark.parametrize("years", [{"interactions": 1}, {"texts": 1}, {"facts": 1}, {"contacts": 1}])
def test_doing_it_twice_finds_nothing_the_second_time(shop, years):
    again, late = with_terms(shop, **years), NOW + timedelta(days=800)
    total = rows(again, "SELECT sum(amount) FROM interactions")
    assert retention.apply(again, by="Elena", now=late)[0].rows > 0
    assert [term.rows for term in retention.due(again, late)] == [0]
    lines = (shop.folder / "audit.jsonl").read_text().count("terms applied")
    assert retention.apply(again, by="Elena", now=late)[0].rows == 0
    assert (shop.folder / "audit.jsonl").read_text().count("terms applied") == lines
    assert rows(again, "SELECT sum(amount) FROM interactions") == total


def test_old_sales_become_a_guests_and_other_old_touches_go(shop):
    again = with_terms(shop, interactions=1)
    retention.apply(again, by="Elena", now=NOW + timedelta(days=800))
    assert rows(
        again, "SELECT kind, count(*), count(client_key), count(text), count(thread) FROM interactions GROUP BY 1"
    ) == [("order", 5, 0, 0, 0)]
    assert set(found_in(shop.folder / "log", [TEXT])) == {f"facts/{path.name}" for path in facts(shop)}


def test_old_words_go_from_every_file_and_the_touches_stay(shop):
    again = with_terms(shop, texts=1)
    before = rows(again, "SELECT kind, count(*) FROM interactions GROUP BY 1 ORDER BY 1")
    retention.apply(again, by="Elena", now=NOW + timedelta(days=800))
    assert rows(again, "SELECT kind, count(*) FROM interactions GROUP BY 1 ORDER BY 1") == before
    assert found_in(shop.folder / "log" / "interactions", ["remark", "asks for a bill", "xylitolum"]) == {}


def test_a_fact_that_was_confirmed_within_the_term_stays_with_its_history(shop):
    again = with_terms(shop, facts=1)
    her = key_of(again, "AZ-77")
    confirmed = {"client_key": her, "name": "fear", "value": TEXT, "known_at": NOW, "status": "confirmed"}
    again.add([Entry("facts", {**confirmed, "confirmed_at": NOW + timedelta(days=700), "confirmed_by": "Elena"})])
    retention.apply(again, by="Elena", now=NOW + timedelta(days=800))
    assert rows(again, "SELECT name, count(*) FROM facts GROUP BY 1") == [("fear", 2)]


def test_names_of_customers_not_heard_of_go_and_their_number_stays(shop):
    again = with_terms(shop, contacts=1)
    late = NOW + timedelta(days=360)  # Ana and she came by on NOW; Ivan bought in March
    assert retention.apply(again, by="Elena", now=late)[0].rows == 1
    ivan = key_of(again, "AZ-79")
    assert again.vault.people([ivan]) == {}
    assert again.vault.references([ivan]) == {ivan: "AZ-79"}
    assert again.vault.people([key_of(again, "AZ-78")])
    assert "vault.sqlite3" not in found_in(shop.folder, ["Petrov"])
