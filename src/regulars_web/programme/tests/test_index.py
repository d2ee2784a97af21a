"""The index: three views before any total, open components, and no promise of profit."""

from __future__ import annotations

import pytest

from regulars.index.publishing import components, history
from regulars_web.programme import indexing
from regulars_web.programme.tests.conftest import NASTY, page_of
from regulars_web.shared.readings import Reading
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db


def typed(shop, **changed):
    """The form of components as it stands, with some fields changed."""
    told = {}
    for place, one in enumerate(components(shop)):
        scale = 100 if one.unit == "share" else 1
        told |= {f"floor-{place}": f"{one.floor * scale:.6g}", f"target-{place}": f"{one.target * scale:.6g}"}
        told |= {f"weight-{place}": f"{one.weight:.6g}"}
    return {**told, "note": "We weigh promises more.", "version": "", "request_id": "1", **changed}


def gap(view, other, difference, apart=True, part="valuing"):
    return {
        "place": 1,
        "part": part,
        "view": view,
        "other_view": other,
        "difference": difference,
        "difference_low": difference - 5,
        "difference_high": difference + 5,
        "n": 40,
        "apart": apart,
    }


def test_the_three_views_and_where_they_disagree_come_before_any_total(client_as):
    page = page_of(client_as("viewer"), "/programme/index")
    places = [
        page.index(words) for words in ("Three views", "Where they disagree", ">The index ", "What it is made of")
    ]
    assert places == sorted(places)
    for words in ("What staff say", "What customers say", "What the evidence says"):
        assert words in page


def test_every_component_is_open_with_count_floor_target_weight_and_formula(client_as, shop):
    page = page_of(client_as("viewer"), "/programme/part/index")
    for row in shop.measure("index").to_arrow().to_pylist():
        if row["level"] == "component":
            assert row["title"].replace("'", "&#x27;") in page
    assert "How it is counted" in page
    assert "measured on" in page


def test_the_marks_are_anothers_and_not_comparable(client_as):
    page = page_of(client_as("viewer"), "/programme/part/index")
    assert "Its figures and ours cannot be compared." in page
    assert "programme__mark" in page


def test_no_profit_is_promised(client_as):
    page = page_of(client_as("viewer"), "/programme/index/research")
    assert "No promise is made that a higher index brings a higher profit." in page
    assert page.count("Journal of Marketing") >= 3


@pytest.mark.parametrize("part", ["trend", "sensitivity", "apart"])
def test_history_other_weights_and_who_stands_where_come_as_pages_of_their_own(client_as, part):
    page = page_of(client_as("viewer"), f"/programme/part/{part}")
    assert "<html" in page
    assert "The index" in page


def test_the_widest_gap_is_said_from_the_better_view_whichever_way_it_was_counted():
    one = indexing.gaps_of(Reading([gap("staff", "customers", 12.4)]))[0]
    other = indexing.gaps_of(Reading([gap("customers", "staff", -12.4)]))[0]
    assert one["words"] == other["words"] == "Staff think better of “Valuing” than customers do, by 12 points"
    assert one["figure"].interval == other["figure"].interval == "7 to 17"


def test_a_gap_that_may_be_chance_is_no_finding():
    read = Reading([{"level": "view", "name": view, "score": 50.0} for view in ("staff", "customers", "evidence")])
    gaps = indexing.gaps_of(Reading([gap("staff", "customers", 3.0, apart=False)]))
    assert indexing.finding(read, gaps) == "Staff, customers and the evidence do not clearly disagree"


def test_what_is_unknown_is_a_dash_with_its_reason_and_never_nothing():
    found = indexing.scored({"score": None, "score_reason": "Too little is known.", "score_n": 0, "coverage": 0.2})
    assert (found["score"].value, found["score"].reason, found["score"].width) == ("–", "Too little is known.", "")


def test_components_that_nobody_changed_stay_as_they_are(client_as, shop):
    before = components(shop)
    assert client_as("analyst").post("/programme/index/components", typed(shop)).status_code == 302
    for old, new in zip(before, components(shop), strict=True):
        assert (new.floor, new.target, new.weight) == pytest.approx((old.floor, old.target, old.weight))


def test_a_weight_is_decided_by_name_with_a_reason_and_kept_in_a_version(client_as, shop, shop_folder):
    client, before = client_as("analyst"), len(history(shop))
    place = next(place for place, one in enumerate(components(shop)) if one.name == "promises kept")
    for _ in range(2):
        client.post("/programme/index/components", typed(shop, **{f"weight-{place}": "9"}))
    kept = history(shop)
    assert len(kept) == before + 1
    assert kept[-1].decided_by == "analyst@example.com"
    assert kept[-1].body.find("promises kept").weight == 9
    page = page_of(client, "/programme/index/versions")
    assert "We weigh promises more." in page
    assert "now 9" in page
    assert said_in_trail(shop_folder, "index components decided")


@pytest.mark.parametrize(
    "wrong",
    [
        {"floor-0": "99"},
        {"weight-0": "-1"},
        {"target-0": "140"},
        {"weight-0": "much"},
        {"weight-0": "nan"},
        {"note": ""},
    ],
)
def test_components_that_cannot_stand_change_nothing(client_as, shop, wrong):
    before = len(history(shop))
    answer = client_as("owner").post("/programme/index/components", typed(shop, **wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode() or "field__wrong" in answer.content.decode()
    assert len(history(shop)) == before


def test_an_earlier_version_is_put_back_and_none_is_lost(client_as, shop):
    client = client_as("owner")
    before = components(shop)
    client.post("/programme/index/components", typed(shop, **{"weight-0": "50"}))
    kept = len(history(shop))
    client.post("/programme/index/versions/0/put-back", {"request_id": "x"})
    assert len(history(shop)) == kept + 1
    assert components(shop)[0].weight != 50
    assert client.post(f"/programme/index/versions/{kept + 9}/put-back", {}).status_code == 404
    assert before


def test_a_colleagues_version_is_not_written_over_unseen(client_as, shop):
    seen = str(len(history(shop)))
    client_as("owner").post("/programme/index/components", typed(shop, **{"weight-0": "50"}))
    answer = client_as("analyst").post("/programme/index/components", typed(shop, version=seen, request_id="2"))
    assert answer.status_code == 422
    assert "owner@example.com has changed the components meanwhile" in answer.content.decode()


@pytest.mark.parametrize("role", ["front line", "viewer"])
def test_who_may_not_weigh_reads_alone(client_as, shop, role):
    before = len(history(shop))
    assert client_as(role).post("/programme/index/components", typed(shop)).status_code == 403
    assert client_as(role).post("/programme/index/versions/0/put-back", {}).status_code == 403
    assert len(history(shop)) == before
    assert "/programme/index/components" not in page_of(client_as(role), "/programme/index")


def test_a_hostile_note_stays_text(client_as, shop):
    client = client_as("owner")
    for place, text in enumerate(NASTY):
        sent = typed(shop, note=text, request_id=str(place), **{"weight-0": str(place + 20)})
        client.post("/programme/index/components", sent)
    page = page_of(client, "/programme/index/versions")
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_group_is_seen_alone(client_as):
    page = page_of(client_as("viewer"), "/programme/index?group=designers-and-small-hotels&whole=yes")
    assert "Three views" in page


def test_the_seven_elements_ask_nobodys_name(client_as):
    page = page_of(client_as("viewer"), "/programme/elements")
    assert "no result of fewer than five answers is shown" in page
    for name in ("Strategy", "Structure", "Systems", "Shared values", "Skills", "Staff", "Style"):
        assert name in page
