"""What a shop reads about its factors: from questionnaires in the log to the order of what to look at."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from regulars.demo.company import make_company
from regulars.demo.truths import FACTOR_WEIGHTS
from regulars.errors import MeasureError
from regulars.measures import find
from regulars.measures.drivers.importance import NO_OUTCOME, TOO_FEW
from regulars.measures.drivers.priorities import SENTENCES, Place, places
from regulars.measures.drivers.questions import Seen, factors_of, outcome_of
from regulars.measures.drivers.statistics import ASSOCIATION
from regulars.measures.drivers.tests.forms import AS_OF, SCOPE, Forms, measured, rows_of, shoppers
from regulars.measures.drivers.weighted import Figure
from regulars.measures.scope import Scope

CAUSAL = re.compile(
    r"\b(caus\w+|because of|effects?|impacts?|influenc\w+|leads? to|results? in|boosts?)\b", re.IGNORECASE
)


def drivers(forms: Forms, folder: Path, scope: Scope = SCOPE, **more: Any) -> dict[str, dict[str, Any]]:
    return {row["factor"]: row for row in rows_of("drivers", forms.written(folder, **more), scope)}


def filled(count: int = 200, seed: int = 1, **loads: float) -> Forms:
    forms = Forms()
    for given in shoppers(count, seed, **(loads or {"price": 3.0, "staff": 1.0})):
        forms.fill_in(given)
    return forms


# From the log ------------------------------------------------------------------------------------------------


def test_the_factor_that_answers_go_with_most_has_the_largest_share(tmp_path: Path) -> None:
    found = drivers(filled(), tmp_path)
    assert set(found) == {"price", "staff"}
    assert found["price"]["importance_derived_low"] > found["staff"]["importance_derived_high"]
    assert found["price"]["importance_derived"] + found["staff"]["importance_derived"] == pytest.approx(1)
    assert found["price"]["outcome"] == "overall"
    assert found["price"]["n"] == found["price"]["satisfaction_n"] == 200
    assert found["price"]["r2_low"] < found["price"]["r2"] < found["price"]["r2_high"]


def test_a_rating_of_4_on_1_to_5_is_75_points(tmp_path: Path) -> None:
    forms = Forms().fill_in({"price": 4, "staff": 1, "overall": 3}).fill_in({"price": 4, "staff": 5, "overall": 3})
    found = drivers(forms, tmp_path)
    assert (found["price"]["satisfaction"], found["staff"]["satisfaction"]) == (75, 50)
    assert (found["staff"]["satisfaction_low"], found["staff"]["satisfaction_high"]) == (0, 100)
    assert found["staff"]["satisfaction_small_sample"]


def test_two_answers_without_a_scale_have_no_points_but_are_rated(tmp_path: Path) -> None:
    forms = filled()
    for row in forms.answers:
        row["scale_min"] = row["scale_max"] = None
    found = drivers(forms, tmp_path)
    assert found["price"]["satisfaction"] is None
    assert "scale" in found["price"]["satisfaction_reason"]
    assert found["price"]["importance_derived"] > 0.5
    assert found["price"]["priority"] is None


def test_end_users_and_resellers_are_shown_apart(tmp_path: Path) -> None:
    forms = Forms()
    for key, given in enumerate(shoppers(150, 1, price=3.0, staff=1.0), start=1):
        forms.fill_in(given, client_key=key)
    for key, given in enumerate(shoppers(150, 2, price=1.0, staff=3.0), start=1001):
        forms.fill_in(given, client_key=key)
    types = {key: "end user" if key < 1000 else "reseller" for key in [*range(1, 151), *range(1001, 1151)]}
    rows = rows_of("drivers", forms.written(tmp_path, types), replace(SCOPE, by=("customer_type",)))
    first = {row["customer_type"]: row for row in rows if row["factor"] == "price"}
    assert first["end user"]["importance_derived_low"] > 0.5 > first["reseller"]["importance_derived_high"]
    assert first["end user"]["n"] == 150


def test_a_customer_asked_three_times_makes_no_narrower_interval_than_one_asked_once(tmp_path: Path) -> None:
    again = Forms()
    for key, given in enumerate(shoppers(100, 1, price=3.0, staff=1.0), start=1):
        for day in ("2026-05-01", "2026-05-02", "2026-05-03"):
            again.fill_in(given, client_key=key, on=day)
    one, three = drivers(filled(100), tmp_path / "one"), drivers(again, tmp_path / "three")
    for name in ("satisfaction", "importance_derived"):
        widths = [row["price"][f"{name}_high"] - row["price"][f"{name}_low"] for row in (one, three)]
        assert widths[1] >= widths[0] * 0.99


def test_likely_repeats_later_answers_and_other_listening_are_left_out(tmp_path: Path) -> None:
    forms = filled(100)
    forms.fill_in({"price": 1, "overall": 5}, properties='{"survey": "shop", "duplicate": true}')
    forms.fill_in({"price": 1, "overall": 5}, on="2026-07-01")
    forms.fill_in({"price": 1, "overall": 5}, kind="review")
    assert drivers(forms, tmp_path)["price"]["n"] == 100


def test_a_weight_of_2_counts_like_two_customers_and_0_like_none(tmp_path: Path) -> None:
    weighted, doubled = Forms(), Forms()
    for place, given in enumerate(shoppers(120, 3, price=3.0, staff=1.0)):
        weighted.fill_in(given, weight=float(place % 3))
        for _ in range(place % 3):
            doubled.fill_in(given)
    one, other = drivers(weighted, tmp_path / "weighted"), drivers(doubled, tmp_path / "doubled")
    for name in ("importance_derived", "satisfaction", "association"):
        assert one["price"][name] == pytest.approx(other["price"][name], abs=1e-9)
    assert one["price"]["n"] == 80


def test_two_surveys_are_never_mixed_and_one_can_be_asked_for(tmp_path: Path) -> None:
    forms = filled(100)
    for given in shoppers(100, 5, queue=1.0, choice=1.0):
        forms.fill_in(given, survey="visit")
    files = forms.written(tmp_path)
    assert {(row["survey"], row["factor"]) for row in rows_of("drivers", files)} == {
        ("shop", "price"),
        ("shop", "staff"),
        ("visit", "queue"),
        ("visit", "choice"),
    }
    only = rows_of("drivers", files, replace(SCOPE, where="survey = 'visit'"))
    assert {row["survey"] for row in only} == {"visit"}


def test_too_few_answers_are_said_and_nothing_is_estimated(tmp_path: Path) -> None:
    found = drivers(filled(20), tmp_path)
    assert found["price"]["importance_derived"] is None
    assert found["price"]["importance_derived_reason"] == TOO_FEW
    assert found["price"]["r2"] is None
    assert found["price"]["priority"] is None
    assert TOO_FEW in found["price"]["reason"]
    assert found["price"]["satisfaction"] is not None


def test_a_survey_without_an_overall_question_says_so(tmp_path: Path) -> None:
    forms = Forms()
    for given in shoppers(60, 1, price=1.0, staff=1.0):
        forms.fill_in({name: value for name, value in given.items() if name != "overall"})
    result = measured("drivers", forms.written(tmp_path))
    assert result.to_arrow().column("importance_derived_reason").to_pylist() == [NO_OUTCOME] * 2
    assert any(NO_OUTCOME in note for note in result.notes)


def test_a_log_without_surveys_has_no_factors(tmp_path: Path) -> None:
    forms = Forms().fill_in({"recommend": 9})
    assert rows_of("drivers", forms.written(tmp_path)) == []


def test_notes_say_what_factors_are_compared_with_and_that_it_is_no_proof(tmp_path: Path) -> None:
    notes = measured("drivers", filled().written(tmp_path)).notes
    assert "factors are compared with the question overall" in notes[0]
    assert ASSOCIATION in notes


# Outcome and factors -----------------------------------------------------------------------------------------

ASKED = [
    Seen("recommend", "nps", 90),
    Seen("effort", "ces", 95),
    Seen("served", "csat", 99),
    Seen("overall-satisfaction", "csat", 80),
    Seen("price", "rating", 100),
]


def test_overall_satisfaction_goes_before_other_questions_and_a_setting_takes_another() -> None:
    def chosen(asked: list[Seen], **settings: float) -> str | None:
        outcome = outcome_of(asked, settings)
        return outcome.question if outcome else None

    assert chosen(ASKED) == "overall-satisfaction"
    assert chosen([seen for seen in ASKED if "overall" not in seen.question]) == "served"
    assert chosen(ASKED[:2]) == "recommend"
    assert chosen(ASKED[1:2]) == "effort"
    assert chosen(ASKED[-1:]) is None
    assert chosen(ASKED, drivers_outcome=2) == "recommend"
    assert chosen(ASKED, drivers_outcome=3) == "effort"
    assert chosen([Seen("x.overall", "rating", 5), *ASKED[:1]]) == "x.overall"
    with pytest.raises(MeasureError, match="drivers_outcome"):
        chosen(ASKED, drivers_outcome=7)


def test_a_setting_compares_factors_with_recommendation(tmp_path: Path) -> None:
    forms, draw = Forms(), np.random.default_rng(1)
    for given in shoppers(150, 1, price=3.0, staff=1.0):
        forms.fill_in({**given, "recommend": float(np.clip(given["staff"] * 2 + draw.integers(-1, 2), 0, 10))})
    files = forms.written(tmp_path)
    for setting, outcome, largest in ((0, "overall", "price"), (2, "recommend", "staff")):
        rows = rows_of("drivers", files, replace(SCOPE, settings={"drivers_outcome": setting}))
        assert {row["outcome"] for row in rows} == {outcome}
        assert max(rows, key=lambda row: row["importance_derived"])["factor"] == largest


def test_factors_are_the_rows_of_a_table_where_there_is_one() -> None:
    ratings = ["age", "parts.price", "parts.price.importance", "parts.price@Rival", "parts.staff"]
    seen = [Seen(question, "rating", 10) for question in ratings]
    assert factors_of(seen, None) == ["parts.price", "parts.staff"]
    assert factors_of([Seen("price", "rating", 9), Seen("all", "rating", 9)], Seen("all", "rating", 9)) == ["price"]


# What customers say matters ----------------------------------------------------------------------------------


def test_importance_is_stated_by_ratings(tmp_path: Path) -> None:
    forms = Forms()
    for given in shoppers(40, 1, price=1.0, staff=1.0):
        ratings = {f"parts.{name}": value for name, value in given.items() if name != "overall"}
        forms.fill_in({**ratings, "parts.price.importance": 5, "parts.staff.importance": 2})
    found = drivers(forms, tmp_path)
    assert (found["price"]["importance_stated"], found["staff"]["importance_stated"]) == (100, 25)
    assert (found["price"]["stated_as"], found["price"]["stated_n"]) == ("rated", 40)


def test_importance_is_stated_by_choices_with_wilsons_interval(tmp_path: Path) -> None:
    forms = Forms()
    for place, given in enumerate(shoppers(40, 1, price=1.0, staff=1.0)):
        forms.fill_in({**given, "most-important": ["price", "staff"] if place < 10 else ["staff"]})
    found = drivers(forms, tmp_path)["price"]
    assert (found["importance_stated"], found["stated_as"], found["stated_n"]) == (25, "chosen", 40)
    # Wilson's interval of 10 out of 40.
    assert found["importance_stated_low"] == pytest.approx(14.19, abs=0.3)
    assert found["importance_stated_high"] == pytest.approx(40.19, abs=0.6)


def test_importance_is_stated_by_places_in_a_ranking(tmp_path: Path) -> None:
    forms = Forms()
    for given in shoppers(40, 1, price=1.0, staff=1.0, choice=1.0):
        forms.fill_in({**given, "what-matters": ["price", "choice"]})
    places_given = {"price": 1.0, "choice": 3.0}
    for row in forms.answers:
        if row["kind"] == "choice":
            row.update(score=places_given[row["choice"]], scale_min=1.0, scale_max=3.0)
    found = drivers(forms, tmp_path)
    stated = {name: found[name]["importance_stated"] for name in ("price", "staff", "choice")}
    assert stated == {"price": 100, "staff": 50, "choice": 0}, "the place nobody gave is left for staff"
    assert found["price"]["stated_as"] == "ranked"


def test_factors_put_in_order_state_importance_under_any_key_of_the_question(tmp_path: Path) -> None:
    forms = Forms()
    for given in shoppers(40, 1, price=1.0, staff=1.0):
        forms.fill_in({**given, "q4": ["price", "staff"]})
    for row in forms.answers:
        if row["kind"] == "choice":
            row.update(score=1.0 if row["choice"] == "staff" else 2.0, scale_min=1.0, scale_max=2.0)
    found = drivers(forms, tmp_path)
    assert (found["staff"]["importance_stated"], found["price"]["importance_stated"]) == (100, 0)
    assert found["staff"]["stated_as"] == "ranked"


def test_a_choice_among_other_things_is_no_statement_of_importance(tmp_path: Path) -> None:
    forms = Forms()
    for given in shoppers(40, 1, price=1.0, staff=1.0):
        forms.fill_in({**given, "what-matters": ["price", "weather"], "disappointed-by": ["price"]})
    found = drivers(forms, tmp_path)["price"]
    assert found["importance_stated"] is None
    assert "Nobody was asked" in found["importance_stated_reason"]


# The map -----------------------------------------------------------------------------------------------------


def figures(*values: float) -> list[Figure]:
    return [Figure(value, value - 0.01, value + 0.01, 100) for value in values]


def test_what_goes_with_satisfaction_and_is_rated_low_comes_first() -> None:
    unknown = [Figure()] * 4
    found = places(figures(0.4, 0.4, 0.1, 0.1), unknown, figures(50, 90, 50, 90))
    assert [place.quadrant for place in found] == ["improve first", "keep up", "later", "enough"]
    assert [place.priority for place in found] == [1, 3, 2, 4]
    assert found[0].shortfall == pytest.approx(0.4 / 0.25 * 50)
    assert found[0].by == "derived"


def test_the_map_falls_back_on_what_customers_state() -> None:
    found = places([Figure()] * 2, figures(80, 20), figures(50, 90))
    assert [(place.by, place.priority) for place in found] == [("stated", 1), ("stated", 2)]
    assert found[0].codes == ("said to matter more, rated lower",)


def test_a_factor_whose_interval_reaches_the_line_is_said_to_be_near_it() -> None:
    wide = Figure(0.3, 0.1, 0.5, 100)
    found = places([wide, *figures(0.2)], [Figure()] * 2, figures(50, 90))
    assert "near a line" in found[0].codes
    assert "near a line" not in found[1].codes


def test_a_single_factor_with_both_figures_makes_no_map() -> None:
    assert places(figures(1.0), [Figure()], figures(50)) == [Place()]


def test_reasons_say_what_to_be_careful_about(tmp_path: Path) -> None:
    forms, draw = Forms(), np.random.default_rng(3)
    for given in shoppers(60, 1, price=3.0, staff=1.0):
        copied = given["price"] if draw.random() < 0.95 else 3.0
        forms.fill_in({**given, "discounts": copied, "waiting": 6 - given["overall"] + draw.integers(-1, 2)})
    found = drivers(forms, tmp_path)
    assert found["price"]["correlated_with"] == "discounts"
    codes = found["price"]["reason_codes"].split("; ")
    assert {"alike", "thin"} <= set(codes)
    assert found["price"]["reason"] == " ".join(SENTENCES[code] for code in codes)
    assert "opposite" in found["waiting"]["reason_codes"]
    assert found["waiting"]["association"] < 0


def test_no_measure_of_answers_speaks_of_causes() -> None:
    texts = [*SENTENCES.values(), TOO_FEW, NO_OUTCOME, ASSOCIATION]
    for name in ("drivers", "competitors", "kano", "reliability"):
        measure = find(name)
        texts += [measure.question, measure.grain, measure.formula, *(column.meaning for column in measure.columns)]
    assert [text for text in texts if CAUSAL.search(text)] == []
    assert CAUSAL.search("Price has an effect on satisfaction.")


def test_the_made_up_companys_weights_are_found_again(tmp_path: Path) -> None:
    files = {}
    for name, table in make_company(4_000, 11).tables.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
        files[name] = [str(tmp_path / f"{name}.parquet")]
    rows = rows_of("drivers", files, replace(SCOPE, as_of=AS_OF.replace(year=2100)))
    found = {
        row["factor"]: row for row in rows if row["survey"] == "after the order" and row["factor"] in FACTOR_WEIGHTS
    }
    assert set(found) == set(FACTOR_WEIGHTS)
    order = sorted(found, key=lambda name: -found[name]["importance_derived"])
    assert order[:2] == ["quality", "delivery"]
    assert {row["outcome"] for row in found.values()} == {"overall"}
    late = {name: row["satisfaction"] for name, row in found.items()}
    assert min(late, key=lambda name: late[name]) == "price"
