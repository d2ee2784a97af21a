"""The map that people draw: cells, answers, evidence, versions, and what it lacks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import regulars as rg
from regulars.demo.journey_map import JOURNEY_DECISIONS, PLANTED_HOLE
from regulars.fourquestions.asking import Asker
from regulars.fourquestions.parts import Lens
from regulars.groups.decisions import Decision, decide
from regulars.journeymap.definition import LONGEST_TEXT, from_json, to_json
from regulars.journeymap.errors import SENTENCES, JourneyMapError
from regulars.journeymap.evidence import Shelf, family_of, kind_of
from regulars.journeymap.holes import holes
from regulars.journeymap.parts import EVERYONE, Evidence, JourneyMap, Kind
from regulars.journeymap.publishing import Pen, history, journey_map, journey_maps
from regulars.workspace import Workspace

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with rg.init(tmp_path / "shop") as opened:
        yield opened


def pen(shop: Workspace, group: str = EVERYONE, *, minutes: int = 0, request_id: str | None = None) -> Pen:
    return Pen(shop, group, by="ana@example.com", now=NOW + timedelta(minutes=minutes), request_id=request_id)


def only(drawn: JourneyMap) -> str:
    """The key of the only cell."""
    ((_stage, cell),) = drawn.cells
    return cell.key


def test_a_map_that_nobody_began_has_the_stages_of_the_method_and_no_cells(shop: Workspace) -> None:
    drawn = journey_map(shop, "regulars")
    assert [stage.name for stage in drawn.stages][:3] == ["learns of us", "considers", "buys"]
    assert (drawn.version, list(drawn.cells), journey_maps(shop)) == (0, [], [])


def test_every_change_is_a_version_with_a_name_and_a_date(shop: Workspace) -> None:
    first = pen(shop).add("buys", "fear", "to pay in advance")
    second = pen(shop, minutes=5).change(
        only(first), stage="buys", kind="fear", text="to pay in advance", answer="A receipt at once."
    )
    versions = history(shop, EVERYONE)
    assert [one.version for one in versions] == [1, 2]
    assert versions == [first, second]
    assert (second.decided_by, second.decided_at) == ("ana@example.com", NOW + timedelta(minutes=5))
    assert journey_map(shop, EVERYONE, 1) == first
    with pytest.raises(JourneyMapError, match="no version 7"):
        journey_map(shop, EVERYONE, 7)


def test_groups_have_maps_of_their_own(shop: Workspace) -> None:
    pen(shop, "hotels").add("buys", "need", "an invoice at once")
    assert [one.group for one in journey_maps(shop)] == ["hotels"]
    assert list(journey_map(shop, EVERYONE).cells) == []


def test_a_double_click_adds_once(shop: Workspace) -> None:
    for _ in range(2):
        drawn = pen(shop, request_id="7f").add("buys", "need", "a chair")
    assert len(list(drawn.cells)) == 1
    assert len(history(shop, EVERYONE)) == 1


def test_two_who_write_at_once_both_find_their_words_on_the_map(shop: Workspace) -> None:
    writers = [
        threading.Thread(target=lambda n=number: pen(shop).add("buys", "need", f"need {n}")) for number in range(6)
    ]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert {cell.text for _stage, cell in journey_map(shop, EVERYONE).cells} == {f"need {n}" for n in range(6)}
    assert [one.version for one in history(shop, EVERYONE)] == [1, 2, 3, 4, 5, 6]


def test_a_change_over_somebody_elses_is_refused_rather_than_losing_it(shop: Workspace) -> None:
    key = only(pen(shop).add("buys", "need", "a chair"))
    seen = NOW
    pen(shop, minutes=1).change(key, stage="buys", kind="need", text="a chair", answer="We have chairs.", seen_at=seen)
    with pytest.raises(JourneyMapError, match="changed this meanwhile"):
        pen(shop, minutes=2).change(key, stage="buys", kind="need", text="a stool", answer="", seen_at=seen)
    assert journey_map(shop, EVERYONE).find(key)[1].answer == "We have chairs."  # type: ignore[index]


def test_a_cell_moves_to_another_stage_with_its_evidence(shop: Workspace) -> None:
    key = only(pen(shop).add("buys", "need", "a chair"))
    pen(shop).attach(key, Evidence("score", "nps"))
    drawn = pen(shop).change(key, stage="uses", kind="problem", text="the chair creaks", answer="")
    stage, cell = drawn.find(key)  # type: ignore[misc]
    assert (stage.key, cell.kind, cell.evidence) == ("uses", "problem", (Evidence("score", "nps"),))
    assert pen(shop).detach(key, "nps").find(key)[1].evidence == ()  # type: ignore[index]


def test_what_was_taken_off_comes_back_with_its_version(shop: Workspace) -> None:
    key = only(pen(shop).add("buys", "need", "a chair"))
    assert list(pen(shop).remove(key).cells) == []
    with pytest.raises(JourneyMapError, match="not on the map any more"):
        pen(shop).remove(key)
    assert only(pen(shop).put_back(1)) == key
    assert [one.version for one in history(shop, EVERYONE)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("need", "  ", "no_text"),
        ("need", "x" * (LONGEST_TEXT + 1), "text_too_long"),
        ("need", "a\x00b", "unprintable"),
        ("wish", "a chair", "unknown_kind"),
    ],
)
def test_what_does_not_fit_changes_nothing(shop: Workspace, kind: Kind, text: str, reason: str) -> None:
    with pytest.raises(JourneyMapError) as refused:
        pen(shop).add("buys", kind, text)
    assert refused.value.reason == reason
    assert history(shop, EVERYONE) == []


def test_a_stage_that_is_not_there_and_evidence_twice_are_refused(shop: Workspace) -> None:
    with pytest.raises(JourneyMapError, match="no stage 'moon'"):
        pen(shop).add("moon", "need", "a chair")
    key = only(pen(shop).add("buys", "need", "a chair"))
    pen(shop).attach(key, Evidence("score", "csat@showroom"))
    with pytest.raises(JourneyMapError, match="attached already"):
        pen(shop).attach(key, Evidence("score", "csat@showroom", "again"))
    with pytest.raises(JourneyMapError, match="no evidence of the kind"):
        pen(shop).attach(key, Evidence("rumour", "x"))  # type: ignore[arg-type]


def test_stages_take_the_names_people_use_and_none_is_lost_with_what_it_holds(shop: Workspace) -> None:
    pen(shop).add("buys", "need", "a chair")
    drawn = pen(shop).name_stages([("buys", "orders at the counter"), ("", "Waits"), ("uses", "sits")])
    assert [(one.key, one.name) for one in drawn.stages] == [
        ("buys", "orders at the counter"),
        ("waits", "Waits"),
        ("uses", "sits"),
    ]
    assert len(list(drawn.cells)) == 1
    for names, sentence in (
        ([("uses", "sits")], "still has cells"),
        ([("buys", "Sits"), ("uses", "sits")], "Two stages are called"),
        ([], "still has cells"),
    ):
        with pytest.raises(JourneyMapError, match=sentence):
            pen(shop).name_stages(names)


def test_holes_come_with_the_worst_first(shop: Workspace) -> None:
    pen(shop).add("buys", "need", "a chair")
    pen(shop).add("uses", "fear", "that it breaks")
    drawn = pen(shop).add("uses", "need", "a manual", "It is in the box.")
    found = holes(drawn)
    assert [(one.kind, one.cell.text if one.cell else one.stage.name) for one in found[:3]] == [
        ("no answer", "that it breaks"),
        ("no answer", "a chair"),
        ("no need", "learns of us"),
    ]
    assert "fear “that it breaks”" in found[0].sentence
    assert sum(one.kind == "no evidence" for one in found) == 3


def test_a_map_without_holes_has_none(shop: Workspace) -> None:
    pen(shop).name_stages([("buys", "buys")])
    key = only(pen(shop).add("buys", "need", "a chair", "We have chairs."))
    assert holes(pen(shop).attach(key, Evidence("score", "nps"))) == []


def test_the_map_of_the_made_up_company_can_be_read_and_has_its_planted_hole() -> None:
    drawn = [from_json(body, key, 1) for noun, key, body, _by in JOURNEY_DECISIONS if noun == "journey map"]
    assert [to_json(one) for one in drawn] == [
        body for noun, _key, body, _by in JOURNEY_DECISIONS if noun == "journey map"
    ]
    assert holes(drawn[-1])[0].cell.text == PLANTED_HOLE  # type: ignore[union-attr]
    refs = {one.ref for each in drawn for _stage, cell in each.cells for one in cell.evidence}
    assert all(kind_of(ref) for ref in refs)


@pytest.mark.parametrize("body", [{}, {"stages": "many"}, {"stages": [{"key": "x"}]}, {"stages": [1]}, {"stages": []}])
def test_a_version_that_cannot_be_read_is_left_out(shop: Workspace, body: dict[str, object]) -> None:
    pen(shop).add("buys", "need", "a chair")
    decide(shop, "journey map", Decision(EVERYONE, 2, body, NOW, "somebody"))
    assert [one.version for one in history(shop, EVERYONE)] == [1]
    assert pen(shop).add("buys", "fear", "that it breaks").version == 3


def test_a_figure_of_nothing_is_no_evidence(shop: Workspace) -> None:
    shelf = Shelf(Asker(shop, Lens()))
    assert family_of("csat@call centre") == "csat"
    assert (kind_of("csat@call centre"), kind_of("wait@chat"), kind_of("moon")) == ("score", "measure", None)
    assert shelf.figure("moon") is None
    assert shelf.figure("csat@call centre") is None
    assert shelf.offered("score") == {}


def test_every_sentence_of_an_error_can_be_filled() -> None:
    facts = dict.fromkeys(("where", "found", "limit", "known", "what", "version"), "x")
    assert all(JourneyMapError(reason, **facts) for reason in SENTENCES)
