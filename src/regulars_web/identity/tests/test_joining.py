"""Records of one customer, as people look at them on the pages."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from regulars import identity
from regulars.engines.duckdb import DuckDBEngine
from regulars_web.identity import queries
from regulars_web.jobs import actions as jobs

pytestmark = pytest.mark.django_db


def test_looking_changes_nothing_and_says_what_would_be_joined(client_as, shop):
    before = shop.imports()
    client_as("analyst").post("/identity/look")
    jobs.do_all_waiting()
    page = client_as("analyst").get("/identity/").content.decode()
    assert "What would be joined" in page
    assert shop.imports() == before


def test_joining_makes_one_customer_of_their_records_and_can_be_taken_back(client_as, shop):
    client = client_as("owner")
    client.post("/identity/join")
    jobs.do_all_waiting()
    run = next(row for row in shop.imports() if row["form"] == "join")
    with shop.engine() as engine:
        left, right = engine.run("SELECT left_key, right_key FROM links WHERE verdict = 'same'").to_pylist()[0].values()
    assert shop.customer_of(left) == shop.customer_of(right)
    page = client.get(f"/identity/customers/{left}").content.decode()
    assert "Known from 2 records" in page or "Known from 3 records" in page
    client.post(f"/identity/runs/{run['import_id']}/undo")
    assert shop.customer_of(left) != shop.customer_of(right)


def test_a_persons_word_about_a_doubtful_pair_stands(client_as, shop):
    client = client_as("manager")
    client.post("/identity/join")
    jobs.do_all_waiting()
    doubt = identity.doubtful(shop)[0]
    assert client.get("/identity/pairs").status_code == 200
    client.post(f"/identity/pairs/{doubt.left}/{doubt.right}", {"verdict": "different"})
    client.post("/identity/join")
    jobs.do_all_waiting()
    assert (doubt.left, doubt.right) not in {(pair.left, pair.right) for pair in identity.doubtful(shop)}
    assert shop.customer_of(doubt.left) != shop.customer_of(doubt.right)


def test_not_the_same_after_all_makes_two_customers_again(client_as, shop):
    client = client_as("owner")
    client.post("/identity/join")
    jobs.do_all_waiting()
    with shop.engine() as engine:
        pairs = engine.run("SELECT left_key, right_key FROM links WHERE verdict = 'same'").to_pylist()
    left, right = next(row.values() for row in pairs if len(shop.records_of(row["left_key"])) == 2)
    client.post(f"/identity/pairs/{left}/{right}", {"verdict": "different", "back": str(left)})
    assert shop.customer_of(left) != shop.customer_of(right)


def test_an_unknown_verdict_or_customer_is_nothing(client_as, shop):
    client = client_as("owner")
    assert client.post("/identity/pairs/1/2", {"verdict": "perhaps"}).status_code == 404
    assert client.get("/identity/customers/987654321").status_code == 404


def test_log_and_vault_are_asked_as_often_for_many_pairs_as_for_one(client_as, shop, monkeypatch):
    client = client_as("manager")
    client.post("/identity/join")
    jobs.do_all_waiting()
    asked = []
    sa.event.listen(shop.vault.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    run = DuckDBEngine.run
    monkeypatch.setattr(DuckDBEngine, "run", lambda engine, sql, *more: asked.append(sql) or run(engine, sql, *more))
    counts, shown = [], []
    for pairs in (1, 10):
        monkeypatch.setattr(queries, "PAIRS", pairs)
        asked.clear()
        shown.append(len(client.get("/identity/pairs").context["pairs"]))
        counts.append(len(asked))
    assert shown[0] == 1 < shown[1]
    assert counts[0] == counts[1]
