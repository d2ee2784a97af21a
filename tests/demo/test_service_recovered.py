"""What was planted in deliveries, complaints, calls, money and surveys can be found again from the tables alone."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from regulars.demo.company import Company
from regulars.demo.truths import Shares
from tests.demo.sampling import DEVIATIONS, share_agrees

# Hits and how many were asked, by the name of the truth.
SHARES = {
    "complaint_share": """
        WITH old AS (SELECT thread FROM interactions WHERE kind = 'delivery'
                     AND occurred_on <= (SELECT max(occurred_on) FROM interactions) - 12)
        SELECT count(*) FILTER (thread IN (SELECT substr(thread, 2) FROM interactions WHERE kind = 'complaint')),
               count(*) FROM old""",
    "answered_within_day_share": """
        SELECT count(*) FILTER (duration_seconds <= 86400), count(*) FROM interactions
        WHERE kind = 'complaint' AND occurred_on <= (SELECT max(occurred_on) FROM interactions) - 12""",
    "rework_share": """
        SELECT count(*) FILTER (outcome = 'failed'), count(*) FROM interactions WHERE step = 'check'""",
    "failed_delivery_share": """
        SELECT count(*) FILTER (kind = 'delivery_attempt'), count(*) FILTER (kind = 'delivery')
        FROM interactions WHERE step = 'deliver' AND occurred_on < (SELECT max(occurred_on) FROM interactions)""",
    "assembly_share": """
        WITH old AS (SELECT thread FROM interactions WHERE kind = 'delivery'
                     AND occurred_on <= (SELECT max(occurred_on) FROM interactions) - 6)
        SELECT count(*) FILTER (thread IN (SELECT thread FROM interactions WHERE kind = 'assembly')), count(*)
        FROM old""",
    "out_of_hours_call_share": """
        SELECT count(*) FILTER (kind = 'missed_call'), count(*) FROM interactions WHERE step = 'call'""",
    "called_back_share": """
        SELECT count(*) FILTER (step = 'call back'), count(*) FILTER (kind = 'missed_call') FROM interactions
        WHERE occurred_on < (SELECT max(occurred_on) FROM interactions)""",
    "guest_share_of_showroom": """
        SELECT count(*) FILTER (client_key IS NULL), count(*) FROM interactions
        WHERE kind = 'order' AND channel = 'showroom'""",
    "cost_known_share": "SELECT count(cost), count(*) FROM interactions WHERE kind = 'order'",
    "refund_share": """
        WITH old AS (SELECT thread FROM interactions WHERE kind = 'order' AND amount > 0
                     AND occurred_on < (SELECT max(occurred_on) FROM interactions) - 30)
        SELECT count(*) FILTER (thread IN (SELECT thread FROM interactions WHERE kind = 'refund')), count(*)
        FROM old""",
    "sample_share_of_reseller": """
        SELECT count(*) FILTER (amount = 0), count(*) FROM interactions JOIN clients USING (client_key)
        WHERE interactions.kind = 'order' AND customer_type = 'reseller'""",
    "stale_fact_share": """
        SELECT count(*) FILTER (confirmed_at < (SELECT max(occurred_on) FROM interactions) - 365), count(*)
        FROM facts""",
}


@pytest.mark.parametrize("truth", SHARES)
def test_a_planted_share_is_in_the_tables(shop: duckdb.DuckDBPyConnection, oakline: Company, truth: str) -> None:
    hits, asked = shop.execute(SHARES[truth]).fetchall()[0]
    assert asked > 1_000
    assert share_agrees(hits, asked, getattr(oakline.truths, truth))


def test_calls_are_missed_exactly_out_of_hours(shop: duckdb.DuckDBPyConnection) -> None:
    rows = shop.execute(
        """SELECT kind, min(hour(timezone('Europe/Sofia', occurred_at))),
                  max(hour(timezone('Europe/Sofia', occurred_at))),
                  bool_or(hour(timezone('Europe/Sofia', occurred_at)) BETWEEN 9 AND 17)
           FROM interactions WHERE step = 'call' GROUP BY kind ORDER BY kind"""
    ).fetchall()
    assert rows[0] == ("call", 9, 17, True)
    assert rows[1][3] is False


def test_one_branch_makes_callers_wait_in_the_late_afternoon(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    truths = oakline.truths
    rows = shop.execute(
        """SELECT branch = $1 AND hour(timezone('Europe/Sofia', occurred_at)) BETWEEN $2 AND $3 AS slow,
                  median(wait_seconds), count(*)
           FROM interactions WHERE kind = 'call' AND initiated_by = 'client' GROUP BY slow ORDER BY slow""",
        [truths.slow_branch, truths.slow_hours[0], truths.slow_hours[1] - 1],
    ).fetchall()
    planted = (truths.wait_median_seconds, truths.slow_wait_median_seconds)
    for (_, median, calls), seconds in zip(rows, planted, strict=True):
        # Error of a median of log-normal waits with sigma 0.8, and half a second of rounding.
        error = seconds * 0.8 * np.sqrt(np.pi / 2 / calls)
        assert median == pytest.approx(seconds, abs=DEVIATIONS * error + 0.5)


def test_late_customers_recommend_less_and_the_unhappy_answer_less(
    shop: duckdb.DuckDBPyConnection, oakline: Company
) -> None:
    rows = shop.execute(
        """WITH late AS (SELECT thread, bool_or(occurred_at > due_at) AS late FROM interactions
                         WHERE kind = 'delivery' GROUP BY thread),
                invited AS (SELECT coalesce(late, false) AS late, count(*) AS asked FROM interactions
                            LEFT JOIN late USING (thread)
                            WHERE step = 'invite' AND properties LIKE '%"after the order"%' GROUP BY 1),
                scored AS (SELECT coalesce(late, false) AS late, score FROM answers
                           JOIN interactions USING (interaction_id) LEFT JOIN late USING (thread)
                           WHERE survey = 'after the order' AND question = 'recommend')
           SELECT late, any_value(asked), count(*) FILTER (score >= 9), count(*) FILTER (score IN (7, 8)),
                  count(*) FILTER (score <= 6)
           FROM invited JOIN scored USING (late) GROUP BY late ORDER BY late"""
    ).fetchall()
    truths = oakline.truths
    for (_, asked, *seen), opinions in zip(rows, (truths.nps_on_time, truths.nps_late), strict=True):
        told = opinions.answering(truths.response)
        for count, planted in zip(seen, (told.promoters, told.passives, told.detractors), strict=True):
            assert share_agrees(count, asked, planted)


def test_the_score_seen_flatters_because_the_unhappy_keep_silent() -> None:
    opinions, response = Shares(0.5, 0.3, 0.2), Shares(0.4, 0.3, 0.1)
    assert opinions.answering(response).nps > opinions.nps == pytest.approx(30)
    assert opinions.answering(Shares(0.3, 0.3, 0.3)).nps == pytest.approx(opinions.nps)


def test_the_weights_of_factors_come_out_of_a_regression(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    weights = oakline.truths.factor_weights
    columns = ", ".join(f"max(score) FILTER (question = '{name}') AS {name}" for name in [*weights, "overall"])
    table = shop.execute(
        f"SELECT {columns} FROM answers WHERE survey = 'after the order' GROUP BY interaction_id"
    ).fetchnumpy()
    ratings = np.column_stack([np.ones(len(table["overall"])), *(10 * table[name] for name in weights)])
    found, *_ = np.linalg.lstsq(ratings, table["overall"], rcond=None)
    error = np.sqrt(np.diag(np.linalg.inv(ratings.T @ ratings)) * (4.0**2 + 1 / 12))
    assert sum(weights.values()) == pytest.approx(1)
    for place, (name, weight) in enumerate(weights.items(), start=1):
        assert found[place] == pytest.approx(weight, abs=DEVIATIONS * error[place]), name
        assert error[place] < 0.005


def test_one_seller_is_better_by_the_planted_gain(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    rows = shop.execute(
        """SELECT employee, avg(score), count(*), stddev(score) FROM answers
           JOIN interactions USING (interaction_id) WHERE question = 'served' GROUP BY employee"""
    ).fetchall()
    best = {row[0]: row for row in rows}[oakline.truths.best_employee]
    others = [row for row in rows if row is not best]
    usual = sum(mean * count for _, mean, count, _ in others) / sum(count for _, _, count, _ in others)
    error = best[3] / np.sqrt(best[2])
    assert max(mean for _, mean, _, _ in others) < best[1]
    assert best[1] - usual == pytest.approx(oakline.truths.best_employee_gain, abs=DEVIATIONS * error)


def test_employees_would_recommend_their_employer_as_planted(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    asked, promoters, detractors, employees = shop.execute(
        """SELECT count(*), count(*) FILTER (score >= 9), count(*) FILTER (score <= 6),
                  count(DISTINCT client_key) FILTER (c.kind = 'employee')
           FROM answers JOIN interactions i USING (interaction_id) JOIN clients c USING (client_key)
           WHERE survey = 'employee pulse' AND question = 'recommend as employer'"""
    ).fetchall()[0]
    assert employees == 45
    assert share_agrees(promoters, asked, oakline.truths.enps.promoters)
    assert share_agrees(detractors, asked, oakline.truths.enps.detractors)


def test_a_gesture_changes_nothing(shop: duckdb.DuckDBPyConnection) -> None:
    (_, plain, again), (_, given, again_given) = shop.execute(
        """WITH orders AS (SELECT client_key, thread, occurred_on AS day, lead(occurred_on) OVER (
                               PARTITION BY client_key ORDER BY occurred_at) AS next
                           FROM interactions WHERE kind = 'order' AND client_key IS NOT NULL)
           SELECT thread IN (SELECT thread FROM interactions WHERE kind = 'gesture') AS given, count(*),
                  avg(CASE WHEN next <= day + 365 THEN 1.0 ELSE 0.0 END)
           FROM orders WHERE day <= (SELECT max(occurred_on) FROM interactions) - 365
           GROUP BY given ORDER BY given"""
    ).fetchall()
    assert share_agrees(again_given * given, given, again)
    assert given / (plain + given) == pytest.approx(0.04, abs=0.005)
