"""What the report says of the journey map, the four questions, evenness, who spoke first, and who is kept or loyal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from regulars.fourquestions.parts import QUESTIONS, Said
from regulars.journeymap.parts import EVERYONE, Cell, Evidence, JourneyMap, Stage
from regulars.report.page import Facts, Notes, Section, Table
from regulars.report.readings import Readings
from regulars.report.sections.at_touchpoints import announced, consistency, first_impressions
from regulars.report.sections.journey_map import journey_map
from regulars.report.sections.kept_or_loyal import kept_or_loyal
from tests.report.test_life_cycle import table
from tests.report.test_sections import readings

SCRATCHES = Cell("a", "fear", "a scratched floor")
DAY = Cell("b", "need", "the day we were told", "We call an hour before", (Evidence("measure", "kept"),))


def drawn(*cells: Cell) -> Readings:
    return replace(readings(), journey_map=JourneyMap(EVERYONE, (Stage("uses", "uses", cells),), 1))


def share(name: str, value: float | None, n: int, **more: Any) -> dict[str, Any]:
    ends = (None, None) if value is None else (max(value - 0.1, 0.0), min(value + 0.1, 1.0))
    return {name: value, f"{name}_low": ends[0], f"{name}_high": ends[1], f"{name}_n": n, f"{name}_reason": ""} | more


def facts(section: Section) -> dict[str, str]:
    return {name: text for block in section.blocks if isinstance(block, Facts) for name, text in block.items}


def test_a_fear_without_an_answer_is_said_first() -> None:
    section = journey_map(drawn(SCRATCHES, DAY))
    assert section.finding == "1 fear of customers has no answer."
    assert table(section, "The journey map") == [["uses", "2", "1 / 2", "1"]]
    assert [row[0] for row in table(section, "What nothing answers")] == ["uses"]
    assert "a scratched floor" in table(section, "What nothing answers")[0][1]


def test_a_map_that_answers_everything_has_no_table_of_holes() -> None:
    section = journey_map(drawn(DAY))
    assert section.finding == "Everything on the journey map has an answer."
    assert table(section, "What nothing answers") == []


def test_a_company_that_never_drew_a_map_hears_so_and_no_number_is_made_up() -> None:
    section = journey_map(readings())
    assert section.finding.startswith("Nobody has yet drawn")
    assert table(section, "The journey map") == []
    assert list(facts(section)) == list(QUESTIONS.values())
    assert set(facts(section).values()) == {"The company has not answered this question yet."}
    numbers = [
        row[1] for block in section.blocks if isinstance(block, Table) for row in [c.text for c in block.rows[0]]
    ]
    assert numbers, "each question has its figures, unknown as they are"


def test_what_people_answered_stands_with_its_day_beside_the_programs_numbers() -> None:
    said = Said("keeps", EVERYONE, "Nobody else makes it to measure.", 1, "o", datetime(2025, 3, 4, 9, tzinfo=UTC))
    standings = [kept("loyal", 30, 12, 2_000.0)]
    section = journey_map(replace(readings(kept_or_loyal=standings), said={"keeps": said}))
    answer = facts(section)["What keeps customers from leaving?"]
    assert answer == "The company answered on 4 March 2025: “Nobody else makes it to measure.”"
    assert ["Loyal: free to go and satisfied", "30%"] in table(section, "In numbers: What keeps")


def kept(standing: str, customers: int, n: int, could_take: float | None) -> dict[str, Any]:
    told = {"standing": standing, "customers": customers, "n": 100, "revenue": 9_000.0}
    shares = share("share", customers / 100, 100)
    taken = {"could_take": could_take, "could_take_low": 100.0, "could_take_high": 4_000.0, "could_take_n": n}
    return told | shares | taken | {"could_take_reason": None if could_take is not None else "Nobody knows."}


def test_what_a_newcomer_could_take_is_unknown_where_nobody_knows_and_few_are_called_few() -> None:
    found = kept_or_loyal(readings(kept_or_loyal=[kept("indifferent", 40, 9, 2_000.0), kept("unknown", 60, 0, None)]))
    assert found is not None
    taken = [row[-1] for row in found.rows]
    assert (taken[0].text, taken[0].note) == ("€2,000", "€100 to €4,000; n = 9, fewer than 30")
    assert (taken[1].text, taken[1].note) == ("not known", "Nobody knows.")


def test_nothing_is_said_of_kept_or_loyal_where_nobody_came_back() -> None:
    assert kept_or_loyal(readings(kept_or_loyal=[kept("all", 0, 0, None)])) is None


def told(spoke_first: str, events: int) -> dict[str, Any]:
    what = {"event": "late", "touchpoint": "delivery", "touchpoint_name": "Delivery", "n": 40}
    return what | {"spoke_first": spoke_first, "events": events} | share("share", events / 40, 40) | came_back(0.5)


def came_back(value: float | None) -> dict[str, Any]:
    return share("returned_share", value, 35)


def test_who_spoke_first_is_told_with_who_came_back() -> None:
    found = announced(readings(announced=[told("company", 30), told("customer", 10), told("nobody", 0)]))
    assert found is not None
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["Late: Delivery", "the company", "30", "75%", "50%"],
        ["Late: Delivery", "the customer", "10", "25%", "50%"],
    ]


def compared(
    unit_of: str, told_apart: bool | None, sentence: str = "Branches differ. Start with Varna."
) -> dict[str, Any]:
    place = {"touchpoint": "delivery", "touchpoint_name": None, "figure": "kept", "unit_of": unit_of, "n": 90}
    return place | {"told_apart": told_apart, "p_value": 0.01, "sentence": sentence} | share("beyond_chance", 0.6, 90)


def test_an_uneven_touchpoint_is_named_with_where_to_begin_but_no_single_employee_is_held_up() -> None:
    rows = [compared("branch", True), compared("employee", True, "Start with e-07."), compared("hour", False)]
    found = consistency(readings(consistency=rows))
    assert isinstance(found, Table)
    assert [row[1].text for row in found.rows] == ["promise kept, by branch", "promise kept, by employee"]
    assert found.rows[0][-1].text == "Branches differ. Start with Varna."
    assert "e-07" not in found.rows[1][-1].text
    assert found.more == "2 of 3 comparisons show more than chance."


@pytest.mark.parametrize(
    ("rows", "says"), [([compared("hour", False)], "none shows more"), ([compared("hour", None)], "")]
)
def test_chance_is_called_chance(rows: list[dict[str, Any]], says: str) -> None:
    found = consistency(readings(consistency=rows))
    assert (isinstance(found, Notes) and says in found.sentences[0]) if says else found is None


def test_the_first_touchpoints_are_shown_by_how_many_met_the_company_there() -> None:
    met = {"touchpoint_name": None, "difference": None, "difference_reason": "Too few."}
    rows = [
        met | {"touchpoint": "chat", "customers": 4} | share("bought_share", None, 0) | came_back(None),
        met | {"touchpoint": "showroom", "customers": 90} | share("bought_share", 0.8, 90) | came_back(0.4),
    ]
    found = first_impressions(readings(first_impressions=rows))
    assert found is not None
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["showroom", "90", "80%", "40%", "not known"],
        ["chat", "4", "not known", "not known", "not known"],
    ]
