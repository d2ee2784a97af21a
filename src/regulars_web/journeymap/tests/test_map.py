"""The journey map as colleagues see it, add to it, answer it and go back in it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from regulars.demo.journey_map import PLANTED_HOLE
from regulars.journeymap.parts import EVERYONE
from regulars.journeymap.publishing import Pen, history, journey_map
from regulars_web.journeymap.tests.conftest import NASTY, RESELLERS, said_in_trail

pytestmark = pytest.mark.django_db
FORM = {"stage": "buys", "kind": "fear", "text": "that the shop closes", "answer": "", "request_id": "7f0c"}
CHANGES = (
    ("/journey-map/add", FORM),
    ("/journey-map/cell/floor/change", FORM),
    ("/journey-map/cell/floor/remove", {}),
    ("/journey-map/cell/floor/attach", {"ref": "nps"}),
    ("/journey-map/cell/floor/detach", {"ref": "complaints@delivery"}),
    ("/journey-map/stages", {"key-0": "buys", "name-0": "Buys"}),
    ("/journey-map/versions/1/put-back", {}),
    ("/journey-map/questions/means/answer", {"text": "A chair."}),
)


def page_of(client, path, **headers):
    """The text of a page."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_hole_comes_before_the_map(client_as):
    page = page_of(client_as("viewer"), "/journey-map/")
    assert "1 fear has no answer" in page
    assert page.index(PLANTED_HOLE) < page.index('id="stage-learns-of-us"')
    assert "1 stage without a need" in page
    assert "our own opinion so far" in page


def test_a_viewer_reads_all_and_is_offered_nothing_to_change(client_as):
    client = client_as("viewer")
    for path in ("/journey-map/", "/journey-map/cell/floor/", "/journey-map/versions", "/journey-map/questions"):
        page = page_of(client, path)
        assert "/journey-map/add" not in page
        assert 'method="post" action="/journey-map' not in page


@pytest.mark.parametrize("role", ["viewer", "front line"])
@pytest.mark.parametrize(("path", "sent"), CHANGES)
def test_whoever_may_not_draw_changes_nothing(role, path, sent, client_as, shop):
    before = history(shop, EVERYONE)
    assert client_as(role).post(path, sent).status_code == 403
    assert history(shop, EVERYONE) == before


def test_a_group_has_a_map_of_its_own(client_as):
    page = page_of(client_as("owner"), f"/journey-map/?group={RESELLERS}")
    assert "that the hotel pays late and we do not wait" in page
    assert PLANTED_HOLE not in page
    assert client_as("owner").get("/journey-map/?group=nobody").status_code == 422


def test_adding_without_javascript_comes_back_to_the_stage(client_as, shop, shop_folder):
    client = client_as("analyst")
    assert "What they are afraid might happen." in page_of(client, "/journey-map/add?stage=buys&kind=fear")
    answer = client.post("/journey-map/add", FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/journey-map/#stage-buys")
    newest = journey_map(shop, EVERYONE)
    assert newest.decided_by == "analyst@example.com"
    assert [cell.text for stage, cell in newest.cells if stage.key == "buys"][-1] == "that the shop closes"
    assert "2 fears have no answer" in page_of(client, "/journey-map/")
    (line,) = said_in_trail(shop_folder, "journey map added to")
    assert "that the shop closes" not in line


def test_adding_in_place_answers_with_the_stage_and_the_holes(client_as, shop):
    client, headers = client_as("manager"), {"HX-Request": "true"}
    form = page_of(client, "/journey-map/add?stage=buys&kind=fear", **headers)
    assert form.strip().startswith("<form")
    answer = client.post("/journey-map/add", FORM, headers=headers)
    part = answer.content.decode()
    assert 'id="stage-buys"' in part
    assert part.count('hx-swap-oob="true"') == 2
    assert "2 fears have no answer" in part
    client.post("/journey-map/add", FORM, headers=headers)
    assert len(history(shop, EVERYONE)) == 3, "the same form sent twice adds once"


def test_what_is_not_written_is_asked_for_again_with_the_words_kept(client_as, shop):
    client = client_as("manager")
    answer = client.post("/journey-map/add", {**FORM, "text": " ", "answer": "We stay open."})
    assert answer.status_code == 422
    assert "Nothing is written" in answer.content.decode()
    assert "We stay open." in answer.content.decode()
    part = client.post("/journey-map/add", {**FORM, "text": " "}, headers={"HX-Request": "true"})
    assert part["HX-Retarget"] == "#new-buys-fear"
    assert len(history(shop, EVERYONE)) == 2


def test_answering_a_fear_fills_the_hole(client_as, shop):
    client = client_as("owner")
    cell = journey_map(shop, EVERYONE).find("floor")[1]
    sent = {"text": cell.text, "kind": "fear", "stage": "uses", "answer": "Felt under every leg.", "seen_at": cell.at}
    answer = client.post("/journey-map/cell/floor/change", {**sent, "seen_at": cell.at.isoformat()})
    assert answer["Location"] == "/journey-map/#cell-floor"
    page = page_of(client, "/journey-map/")
    assert "things have no answer" in page
    assert "Felt under every leg." in page
    late = client.post("/journey-map/cell/floor/change", {**sent, "answer": "Mats.", "seen_at": cell.at.isoformat()})
    assert late.status_code == 422
    assert "changed this meanwhile" in late.content.decode()
    assert "Mats." in late.content.decode()


def test_versions_say_who_did_what_and_can_be_put_back(client_as, shop):
    client = client_as("owner")
    client.post("/journey-map/cell/floor/remove", {"request_id": "1"})
    client.post("/journey-map/cell/floor/remove", {"request_id": "2"})
    assert len(history(shop, EVERYONE)) == 3, "what is off is taken off once"
    page = page_of(client, "/journey-map/versions")
    assert f"Taken off “Uses”: fear “{PLANTED_HOLE}”." in page
    assert "The map was begun." in page
    assert "owner@example.com" in page
    assert "to hear of somebody" in page_of(client, "/journey-map/versions/1")
    assert client.get("/journey-map/versions/77").status_code == 404
    client.post("/journey-map/versions/2/put-back", {"request_id": "3"})
    assert journey_map(shop, EVERYONE).find("floor")
    assert journey_map(shop, EVERYONE).version == 4


def test_stages_keep_their_names_in_the_log_whatever_language_they_were_shown_in(client_as, shop):
    client = client_as("owner")
    page = page_of(client, "/journey-map/stages")
    assert 'value="Learns of us"' in page
    keys = [stage.key for stage in journey_map(shop, EVERYONE).stages]
    names = ["Learns of us", "Considers", "Orders", "Uses", "Buys again", "Recommends", "Leaves"]
    sent = {f"key-{place}": key for place, key in enumerate(keys)} | {f"name-{p}": n for p, n in enumerate(names)}
    client.post("/journey-map/stages", sent)
    assert [stage.name for stage in journey_map(shop, EVERYONE).stages][:3] == ["learns of us", "considers", "Orders"]
    refused = client.post("/journey-map/stages", {**sent, "name-3": "", "key-3": ""})
    assert refused.status_code == 422
    assert "is not empty" in refused.content.decode()


@pytest.mark.parametrize("text", NASTY)
def test_hostile_words_stay_words_on_every_page(client_as, shop, text):
    client = client_as("owner")
    Pen(shop, EVERYONE, by=text, now=timezone.now()).add("buys", "fear", text, text)
    key = next(cell.key for _s, cell in journey_map(shop, EVERYONE).cells if cell.text == text)
    client.post("/journey-map/stages", {"key-0": "buys", "name-0": text})
    for path in ("/journey-map/", f"/journey-map/cell/{key}/", "/journey-map/versions", "/journey-map/versions/2"):
        page = page_of(client, path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert ">49<" not in page
    client.post("/journey-map/cell/" + key + "/attach", {"ref": text})
    client.post("/journey-map/questions/means/answer", {"text": text})
    assert "<script>alert" not in page_of(client, "/journey-map/questions")


def test_the_map_asks_the_database_as_little_with_many_cells_as_with_few(client_as, shop, django_assert_num_queries):
    client = client_as("owner")
    page_of(client, "/journey-map/")
    with django_assert_num_queries(2):
        page_of(client, "/journey-map/")
    for number in range(40):
        Pen(shop, EVERYONE, by="owner", now=timezone.now()).add("buys", "need", f"need {number}")
    with django_assert_num_queries(2):
        assert "need 39" in page_of(client, "/journey-map/")
