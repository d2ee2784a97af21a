"""What the report says of the index, the five steps, maturity and the known mistakes, from readings made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from regulars.programme.parts import StepAction
from regulars.report.page import Section, Verdict
from regulars.report.readings import Reading
from regulars.report.sections.index import index, score_text
from regulars.report.sections.maturity import maturity, mistakes
from regulars.report.sections.steps import steps
from tests.report.test_sections import readings, words

Row = dict[str, Any]


def scored(level: str, name: str, score: float | None, *, part: str = "", view: str = "", **more: Any) -> Row:
    """A row of the measure index."""
    known = score is not None
    return {
        "level": level,
        "name": name,
        "title": name,
        "part": part or None,
        "view": view or None,
        "value": 0.5 if level == "component" and known else None,
        "value_reason": None if level == "component" and known else "Nothing was asked.",
        "n": 120 if known else 0,
        "score": score,
        "score_low": score - 3 if score is not None else None,
        "score_high": score + 3 if score is not None else None,
        "score_n": 120 if known else 0,
        "score_reason": None if known else "Less than half of the weight is known.",
        "floor": 0.3,
        "target": 0.9,
        "weight": 0.25,
        "coverage": 1.0 if known else 0.25,
        "unit": "share",
        **more,
    }


def index_rows(total: float | None = 55.0, staff: float | None = 70.0) -> list[Row]:
    return [
        scored("index", "index", total),
        scored("view", "staff", staff, view="staff"),
        scored("view", "customers", 50.0, view="customers"),
        scored("view", "evidence", 45.0, view="evidence"),
        scored("part", "valuing", total, part="valuing"),
        scored("part in view", "valuing: staff", staff, part="valuing", view="staff"),
        scored("part in view", "valuing: customers", 50.0, part="valuing", view="customers"),
        scored("component", "matters to them", 50.0, part="valuing", view="customers"),
    ]


def gap_rows(*, apart: bool = True) -> list[Row]:
    row: Row = {"part": "valuing", "view": "staff", "other_view": "customers", "score": 70.0, "other_score": 50.0}
    row |= {"difference": 20.0, "difference_low": 12.0, "difference_high": 28.0, "apart": apart}
    return [row | {"said": "Staff think better of it than customers do."}]


def text_of(section: Section) -> str:
    return words(section)


def test_the_three_views_come_before_any_total() -> None:
    section = index(readings(index=index_rows(), index_gaps=gap_rows()))
    assert section.finding == "Out of 100: staff say 70, customers say 50, the evidence says 45."
    assert section.text[0] == (
        "The views differ most on valuing: staff think better of it than customers do (20 points apart, 12 to 28)."
    )
    assert section.text[1] == (
        "Together they make a customer-focus index of 55 (52 to 58); 100% of its weight is known."
    )


def test_views_that_cannot_be_told_apart_are_not_called_different() -> None:
    section = index(readings(index=index_rows(), index_gaps=gap_rows(apart=False)))
    assert "differ most" not in text_of(section)


def test_below_half_of_the_weight_there_is_no_total_and_no_zero() -> None:
    section = index(readings(index=index_rows(total=None, staff=None)))
    assert "what staff say is not known" in section.finding
    assert "There is no total: Less than half of the weight is known. 25% of its weight is known." in section.text
    parts = next(block for block in section.blocks if getattr(block, "caption", "") == "Index, views and parts")
    told = {row[0].text: row[1].text for row in parts.rows}  # type: ignore[union-attr]
    assert told["index"] == "not known"
    assert told["customers"] == "50"


def test_the_marks_of_another_firm_are_said_not_to_be_comparable() -> None:
    section = index(readings(index=index_rows()))
    assert "Neither mark can be compared with this index." in text_of(section)
    assert "promises no profit" in text_of(section)


def test_an_index_that_could_not_be_taken_says_why() -> None:
    section = index(readings(index=Reading(unknown="The query was stopped after 60 seconds.")))
    assert section.finding == "Not known: the query was stopped after 60 seconds."
    assert section.blocks == ()


@pytest.mark.parametrize(("value", "written"), [(54.4, "54"), (-0.4, "0"), (-12.6, "−13"), (0.0, "0"), (100.0, "100")])
def test_scores_are_whole_and_never_minus_nought(value: float, written: str) -> None:
    assert score_text(value) == written


def evidence(step: int, state: str, following: str | None = None) -> Row:
    known = state != "unknown"
    ends = {"share": 0.5 if known else None, "share_low": 0.4 if known else None, "share_high": 0.6 if known else None}
    return {
        "step": step,
        "step_name": {1: "One shared understanding", 2: "Know the customer"}[step],
        "evidence": f"{step}-{state}",
        "sentence": f"Evidence of step {step}.",
        **ends,
        "n": 40 if known else 0,
        "share_reason": None if known else "Nothing to count.",
        "needed": 0.8,
        "state": state,
        "next": following,
    }


def test_the_first_thing_that_is_not_done_comes_next() -> None:
    rows = [evidence(1, "done"), evidence(1, "part", "Ask six people."), evidence(2, "missing", "Import orders.")]
    section = steps(readings(steps=rows))
    assert section.finding == "Of 3 points of evidence in five steps 1 is done. Next: Ask six people."
    table = section.blocks[0]
    assert [[cell.text for cell in row] for row in table.rows] == [  # type: ignore[union-attr]
        ["1. One shared understanding", "1 / 2", "Ask six people."],
        ["2. Know the customer", "0 / 1", "Import orders."],
    ]


def test_what_somebody_has_taken_on_stands_with_who_and_by_when() -> None:
    planned = (
        StepAction("1:confirmed", "Ask the night shift.", "Reception", date(2020, 1, 31)),
        StepAction("2:known-sales", "Ask for the phone at the till."),
    )
    section = steps(replace(readings(steps=[evidence(1, "part", "Ask six people.")]), actions=planned))
    table = section.blocks[1]
    assert [[cell.text for cell in row] for row in table.rows] == [  # type: ignore[union-attr]
        ["Ask the night shift.", "1", "Reception", "31 January 2020"],
        ["Ask for the phone at the till.", "2", "nobody yet", "no day yet"],
    ]
    assert [row[-1].note for row in table.rows] == ["late", ""]  # type: ignore[union-attr]


def test_when_all_is_done_nothing_comes_next() -> None:
    section = steps(readings(steps=[evidence(1, "done"), evidence(2, "done")]))
    assert section.finding == "All of 2 points of evidence in five steps are done."
    assert "Next" not in section.finding


def criterion(level: int, met: str, *, reached: int, skipped: bool = False) -> Row:
    return {
        "level": level,
        "level_name": {1: "Good service", 2: "Professional service"}[level],
        "criterion": f"{level}-{met}",
        "sentence": f"Criterion of level {level}.",
        "how": "attested",
        "value": None,
        "value_low": None,
        "value_high": None,
        "n": 0,
        "value_reason": "This is attested by people, not measured.",
        "needed": None,
        "met": met,
        "attested_until": date(2027, 1, 31),
        "reached": reached,
        "skipped": skipped,
    }


def test_a_level_is_not_reached_over_a_hole_and_the_page_warns() -> None:
    rows = [criterion(1, "yes", reached=0), criterion(1, "no", reached=0), criterion(2, "yes", reached=0, skipped=True)]
    section = maturity(readings(maturity=rows))
    assert section.finding == "No level is complete yet. For the first one, good service, 1 criterion is missing."
    (warning,) = [block for block in section.blocks if isinstance(block, Verdict)]
    assert warning.tone == "bad"
    assert warning.text.startswith("1 criterion of a higher level is met already. No level can be skipped")


def test_what_is_missing_for_the_next_level_is_counted() -> None:
    rows = [criterion(1, "yes", reached=1), criterion(2, "no", reached=1), criterion(2, "unknown", reached=1)]
    section = maturity(readings(maturity=rows))
    assert section.finding == (
        "Level 1 of 2 is complete: good service. For the next one, professional service, 2 criteria are missing."
    )
    assert not [block for block in section.blocks if isinstance(block, Verdict)]


def test_at_the_top_nothing_is_missing() -> None:
    rows = [criterion(1, "yes", reached=2), criterion(2, "yes", reached=2)]
    assert maturity(readings(maturity=rows)).finding == "All 2 levels are complete."


def mistake(key: str, state: str) -> Row:
    return {
        "mistake": key,
        "name": f"Mistake {key}",
        "sentence": f"Numbers of {key}.",
        "state": state,
        "answered_because": "we know" if state == "answered" else None,
        "answered_until": date(2027, 1, 31) if state == "answered" else None,
    }


def test_mistakes_that_show_come_with_their_numbers_and_answers_with_their_day() -> None:
    rows = [mistake("a", "warns"), mistake("b", "quiet"), mistake("c", "answered"), mistake("d", "unknown")]
    section = mistakes(readings(mistakes=rows))
    assert section.finding == "1 known mistake shows, of 4 that are looked for. 1 more is known and answered for."
    shown = section.blocks[0]
    assert [row[1].text for row in shown.rows] == ["Numbers of a.", "Numbers of c."]  # type: ignore[union-attr]
    assert shown.rows[1][1].note == "answered until 31 January 2027: we know"  # type: ignore[union-attr]


def test_quiet_mistakes_make_no_table() -> None:
    section = mistakes(readings(mistakes=[mistake("a", "quiet"), mistake("b", "quiet")]))
    assert section.finding == "No known mistake shows, of 2 that are looked for."
    assert section.blocks == ()
