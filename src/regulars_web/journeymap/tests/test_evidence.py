"""What a cell rests on: quotes that are looked up, figures as they stand now."""

from __future__ import annotations

import pytest
from django.utils import timezone

from regulars.journeymap.parts import EVERYONE, Evidence
from regulars.journeymap.publishing import journey_map
from regulars.privacy.erasing import erase
from regulars_web.journeymap.tests.conftest import said_in_trail

pytestmark = pytest.mark.django_db
CELL = "/journey-map/cell/floor/"


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def evidence(shop):
    return journey_map(shop, EVERYONE).find("floor")[1].evidence


def newest_words(shop):
    """An answer with words of a known customer: its number, the customer and the words."""
    with shop.engine() as engine:
        return engine.run(
            """SELECT a.interaction_id AS number, i.client_key AS key, a.text AS text
            FROM answers a JOIN interactions i USING (interaction_id)
            WHERE trim(a.text) <> '' AND i.client_key IS NOT NULL AND i.occurred_on >= '2026-01-01'
                AND i.client_key IN (SELECT client_key FROM clients WHERE kind = 'customer')
            ORDER BY i.occurred_at DESC, 1 LIMIT 1"""
        ).to_pylist()[0]


def test_a_quote_is_attached_by_its_number_and_read_where_it_stands(client_as, shop, shop_folder):
    client, said = client_as("owner"), newest_words(shop)
    assert said["text"] in page_of(client, f"{CELL}evidence?q=&period=all").replace("&#x27;", "'")
    ref = f"answer:{said['number']}"
    answer = client.post(f"{CELL}attach", {"ref": ref, "request_id": "1"})
    assert answer["Location"] == f"{CELL}#evidence"
    assert evidence(shop)[-1] == Evidence("quote", ref)
    assert said["text"] in page_of(client, CELL).replace("&#x27;", "'")
    assert said_in_trail(shop_folder, "answers seen")
    with shop.engine() as engine:
        bodies = engine.run("SELECT body FROM decisions WHERE noun = 'journey map'").to_pylist()
    assert not any(said["text"] in row["body"] for row in bodies), "words of customers are never copied"


def test_attached_twice_it_is_there_once(client_as, shop):
    client = client_as("owner")
    for request in ("1", "2"):
        client.post(f"{CELL}attach", {"ref": "nps", "request_id": request})
    assert [one.ref for one in evidence(shop)].count("nps") == 1
    client.post(f"{CELL}detach", {"ref": "nps"})
    assert "nps" not in [one.ref for one in evidence(shop)]


@pytest.mark.parametrize(
    "ref", ["", "answer:12", "answer:x", "moon", "csat@moon", "'; DROP TABLE answers", "answer:" + "9" * 40]
)
def test_evidence_of_nothing_is_not_attached(client_as, shop, ref):
    before = evidence(shop)
    assert client_as("owner").post(f"{CELL}attach", {"ref": ref}).status_code == 404
    assert evidence(shop) == before


def test_scores_are_offered_by_touchpoint_with_interval_and_count(client_as):
    page = page_of(client_as("analyst"), f"{CELL}evidence?kind=score&period=all")
    assert "call centre" in page
    assert "answers" in page
    assert " to " in page
    assert "Would recommend us" in page


def test_measures_are_offered_too(client_as):
    page = page_of(client_as("manager"), f"{CELL}evidence?kind=measure&period=all")
    assert "Come back within a year" in page
    assert "from repeat" in page


def test_a_number_is_not_searched_for_in_what_people_wrote(client_as):
    assert "masked" in page_of(client_as("owner"), f"{CELL}evidence?q=0888123456")


def test_a_viewer_reads_the_quote_without_a_way_to_the_person(client_as, shop):
    said = newest_words(shop)
    client_as("owner").post(f"{CELL}attach", {"ref": f"answer:{said['number']}"})
    page = page_of(client_as("viewer"), CELL)
    assert f"/customers/{said['key']}/" not in page
    assert "/voice/answers/" in page


def test_the_words_of_somebody_who_was_erased_are_gone_from_the_map(client_as, shop):
    client, said = client_as("owner"), newest_words(shop)
    client.post(f"{CELL}attach", {"ref": f"answer:{said['number']}"})
    erase(shop, said["key"], by="owner@example.com", now=timezone.now(), reason="asked for it")
    page = page_of(client, CELL)
    assert said["text"] not in page
    assert "no longer there" in page
