"""What was planted in surveys, cards and reviews is found again by the measures themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from regulars.demo.company import UNTIL, Company
from regulars.demo.voice import AFTER_CONTACT, CARDS, COMPETITOR, MATTERS
from regulars.demo.voice_phrases import NEW_THEME, THEMES
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.demo.sampling import DEVIATIONS, share_agrees

Row = dict[str, Any]
Measured = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def measured(oakline: Company, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    """Rows of a measure over the company of 30,000 customers."""
    folder, files = tmp_path_factory.mktemp("oakline"), {}
    for name in ("interactions", "answers", "clients", "items"):
        pq.write_table(oakline.tables[name], folder / f"{name}.parquet")
        files[name] = [str(folder / f"{name}.parquet")]
    engine = DuckDBEngine(files)

    def rows(name: str, **scope: Any) -> list[Row]:
        found: list[Row] = run_measure(engine, find(name), Scope(as_of=UNTIL, **scope)).to_arrow().to_pylist()
        return found

    yield rows
    engine.close()


def test_satisfaction_after_a_contact_is_as_planted(oakline: Company, measured: Measured) -> None:
    truths = oakline.truths
    where = f"survey = '{AFTER_CONTACT}'"
    dropped = UNTIL - timedelta(days=truths.call_drop_days)
    before = {row["touchpoint"]: row for row in measured("csat", by=("touchpoint",), where=where, to_on=dropped)}
    for touchpoint, shares in (("call centre", truths.call_csat), ("complaint desk", truths.complaint_csat)):
        assert share_agrees(before[touchpoint]["satisfied"], before[touchpoint]["n"], sum(shares[3:]))
    easy = {row["touchpoint"]: row for row in measured("ces", by=("touchpoint",), where=where)}
    for touchpoint, shares in (("call centre", truths.call_ease), ("complaint desk", truths.complaint_ease)):
        assert share_agrees(easy[touchpoint]["easy"], easy[touchpoint]["n"], sum(shares[4:]))


def test_the_drop_after_calls_is_the_one_change_that_is_real(oakline: Company, measured: Measured) -> None:
    where = f"survey = '{AFTER_CONTACT}' and touchpoint = 'call centre'"
    quarters = measured("csat_trend", where=where, settings={"period_months": 3})
    (drop,) = [row for row in quarters if row["real_change"]]
    begins = UNTIL - timedelta(days=oakline.truths.call_drop_days - 1)
    assert drop["period_on"] == begins
    planted = sum(oakline.truths.call_csat_later[3:]) - sum(oakline.truths.call_csat[3:])
    assert drop["change_low"] < planted < drop["change_high"]


def test_likely_repeats_are_marked_and_left_out(oakline: Company, measured: Measured) -> None:
    (found,) = measured("csat", where=f"survey = '{AFTER_CONTACT}'")
    assert share_agrees(found["duplicates"], found["n"], oakline.truths.duplicate_share)


def test_cards_in_the_showroom_score_as_planted_and_name_nobody(oakline: Company, measured: Measured) -> None:
    (found,) = measured("nps", where=f"survey = '{CARDS}'")
    assert share_agrees(found["promoters"], found["n"], oakline.truths.nps_cards.promoters)
    assert share_agrees(found["detractors"], found["n"], oakline.truths.nps_cards.detractors)
    assert found["nps_low"] < oakline.truths.nps_cards.nps < found["nps_high"]
    assert found["nps_rebased"] is None


def test_negative_reviews_are_as_many_as_planted(oakline: Company, measured: Measured) -> None:
    (found,) = measured("reviews")
    assert share_agrees(found["negative"], found["n"], sum(oakline.truths.review_stars[:2]))


def test_response_is_as_planted_and_cards_are_counted_as_open(oakline: Company, measured: Measured) -> None:
    found = {row["survey"]: row for row in measured("response")}
    contact = found[AFTER_CONTACT]
    assert share_agrees(contact["answered"], contact["invited"], oakline.truths.contact_response)
    assert contact["open_answers"] == 0
    assert found[CARDS]["open_answers"] > 500
    assert 0 < found["after the order"]["value_share"] < found["after the order"]["invited_value_share"] < 1


def test_resellers_who_keep_silent_are_noticed(oakline: Company, measured: Measured) -> None:
    truths = oakline.truths
    found = {row["what"]: row for row in measured("nonresponse") if row["survey"] == MATTERS}
    reseller = found["customer_type: reseller"]
    assert reseller["real_difference"] is True
    assert reseller["difference_low"] > 0
    # Of those asked, so many per cent are resellers; the shares of the two sides follow from who answers how often.
    asked = (reseller["answered_mean"] * reseller["answered_n"] + reseller["silent_mean"] * reseller["silent_n"]) / (
        reseller["n"]
    )
    heard = (
        asked * truths.reseller_response / (asked * truths.reseller_response + (1 - asked) * truths.end_user_response)
    )
    assert share_agrees(reseller["answered_mean"] * reseller["answered_n"], reseller["answered_n"], heard)


@pytest.mark.parametrize("days", [365, 3_650])
def test_where_the_answer_is_chance_the_silent_do_not_differ(measured: Measured, days: int) -> None:
    found = measured("nonresponse", from_on=UNTIL - timedelta(days=days))
    assert [row["what"] for row in found if row["survey"] == AFTER_CONTACT and row["real_difference"]] == []


def test_stated_importance_and_the_competitor_are_rated_as_planted(oakline: Company, measured: Measured) -> None:
    found = {row["question"]: row for row in measured("ratings") if row["survey"] == MATTERS}
    for ending, planted in (
        (".importance", oakline.truths.stated_importance),
        (f"@{COMPETITOR}", oakline.truths.competitor_means),
    ):
        for factor, mean in planted.items():
            row = found[f"factors.{factor}{ending}"]
            half = (row["mean_high"] - row["mean_low"]) / 2 / 1.96
            assert row["mean"] == pytest.approx(mean, abs=DEVIATIONS * half), row["question"]


@pytest.mark.parametrize("type_", ["end user", "reseller"])
def test_what_matters_weighs_differently_for_resellers(oakline: Company, type_: str) -> None:
    truths = oakline.truths
    weights = truths.factor_weights if type_ == "end user" else truths.reseller_factor_weights
    clients = oakline.tables["clients"].to_pandas()[["client_key", "customer_type"]]
    touched = oakline.tables["interactions"].select(["interaction_id", "client_key"]).to_pandas()
    given = oakline.tables["answers"].to_pandas().query("survey == @MATTERS")
    wide = given.pivot_table(index="interaction_id", columns="question", values="score").reset_index()
    people = wide.merge(touched, on="interaction_id").merge(clients, on="client_key").query("customer_type == @type_")
    ratings = np.column_stack([np.ones(len(people)), *(10 * people[f"factors.{name}"] for name in weights)])
    found, *_ = np.linalg.lstsq(ratings, people["overall"], rcond=None)
    error = np.sqrt(np.diag(np.linalg.inv(ratings.T @ ratings)) * (5.0**2 + 1 / 12))
    for place, (name, weight) in enumerate(weights.items(), start=1):
        assert found[place] == pytest.approx(weight, abs=DEVIATIONS * error[place] + 0.01), name


def test_kanos_pairs_tell_what_delights_from_what_is_taken_for_granted(oakline: Company, measured: Measured) -> None:
    found = {row["factor"]: row for row in measured("kano", where=f"survey = '{MATTERS}'")}
    for feature, shares in oakline.truths.kano.items():
        leading = max(shares, key=lambda name: shares[name])
        words = {str(value).replace("_", "-") for value in found[feature].values()}
        assert leading in words, f"{feature} is planted as {leading}"


def test_the_new_theme_is_written_of_in_the_last_weeks_only(oakline: Company) -> None:
    sentences = {sentence for language in THEMES[NEW_THEME].values() for sentence in language}
    answers = oakline.tables["answers"].select(["interaction_id", "text"]).to_pandas()
    told = answers[answers["text"].isin(sentences)]
    days = oakline.tables["interactions"].select(["interaction_id", "occurred_on"]).to_pandas()
    on = told.merge(days, on="interaction_id")["occurred_on"]
    assert len(on) > 50
    assert min(on) > UNTIL - timedelta(days=oakline.truths.new_theme_days)


def test_themes_are_written_of_in_all_five_languages(oakline: Company) -> None:
    answers = oakline.tables["answers"].select(["survey", "text", "language"]).to_pandas()
    voiced = answers[answers["survey"].isin([AFTER_CONTACT, CARDS, "reviews"]) & answers["text"].notna()]
    for language in ("en", "bg", "ru", "cs", "tr"):
        texts = set(voiced.loc[voiced["language"] == language, "text"])
        for theme, sentences in THEMES.items():
            assert texts & set(sentences[language]), f"{theme} in {language}"
