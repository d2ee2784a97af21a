"""What the report says of how long customers stay, and of what follows what."""

from __future__ import annotations

from typing import Any

from regulars.report.page import Section, Table
from regulars.report.sections.journeys import journeys
from regulars.report.sections.life_cycle import life_cycle
from tests.report.test_sections import readings

STAGES = [{"stage": "buys", "name": "Buys", "customers": 10, "share": 1.0, "n": 10, "value": 90.0}]


def survived(days: float, left: int, censored: int, share: float) -> dict[str, Any]:
    ends = {"survival_low": share - 0.05, "survival_high": share + 0.05} if share < 1 else {}
    counted = {"left": left, "censored": censored, "survival": share, "n": 100, "survival_reason": None}
    return {"time_days": days, "clock": "contract", "survival_low": None, "survival_high": None} | counted | ends


def moved(before: str, after: str, count: int) -> dict[str, Any]:
    share = {"next_share": 0.5, "next_share_low": 0.4, "next_share_high": 0.6, "next_share_n": 2 * count}
    return {"from_step": before, "to_step": after, "count": count, "median_seconds": 7200.0} | share


def table(section: Section, caption: str) -> list[list[str]]:
    found = [block for block in section.blocks if isinstance(block, Table) and block.caption.startswith(caption)]
    return [[cell.text for cell in row] for one in found for row in one.rows]


def test_after_a_year_as_many_are_customers_as_the_last_day_before_it_says() -> None:
    rows = [
        survived(100.0, 10, 0, 0.9),
        survived(200.0, 10, 5, 0.8),
        survived(364.0, 8, 0, 0.72),
        survived(366.0, 6, 0, 0.66),
        survived(700.0, 0, 61, 0.66),
    ]
    section = life_cycle(readings(stages=STAGES, survival=rows))
    assert table(section, "How many are still customers") == [
        ["half a year", "90%", "10", "90"],
        ["1 year", "72%", "28", "67"],
    ]


def test_nothing_is_said_of_a_time_longer_than_anybody_was_watched() -> None:
    young = [survived(30.0, 1, 9, 0.9), survived(90.0, 0, 90, 0.9)]
    section = life_cycle(readings(stages=STAGES, survival=young))
    assert table(section, "How many are still customers") == []


def test_what_follows_what_leaves_out_where_journeys_begin_and_end() -> None:
    ways = [{"variant": "ask → buy", "share": 0.5, "share_low": 0.4, "share_high": 0.6, "n": 40, "count": 20}]
    moves = [moved("(start)", "ask", 40), moved("buy", "(end)", 40), moved("ask", "buy", 20)]
    section = journeys(readings(variants=ways, journey=moves))
    assert table(section, "What most often follows") == [["ask", "buy", "20", "50%", "2 hours"]]
