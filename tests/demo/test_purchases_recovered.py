"""The planted ways of buying can be found again from the tables alone."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import betaln, digamma, gammaln, polygamma
from scipy.stats import chi2

from regulars.demo.company import Company, make_company
from tests.demo.sampling import DEVIATIONS, difference_error, share_agrees

RETURNED = """
    WITH rows AS (SELECT client_key, {flag} AS bad, day, 0 AS ordered FROM ({touches})
                  UNION ALL SELECT client_key, NULL, occurred_on, 1 FROM interactions WHERE kind = 'order'),
         seen AS (SELECT *, sum(ordered) OVER (PARTITION BY client_key ORDER BY CAST(day - DATE '2000-01-01' AS INT)
                                               RANGE BETWEEN 1 FOLLOWING AND 365 FOLLOWING) AS orders
                  FROM rows WHERE client_key IS NOT NULL)
    SELECT bad, count(*), avg(CASE WHEN orders > 0 THEN 1.0 ELSE 0.0 END)
    FROM seen JOIN clients USING (client_key)
    WHERE bad IS NOT NULL AND customer_type IN {types}
      AND day <= (SELECT max(occurred_on) FROM interactions) - 365
    GROUP BY bad ORDER BY bad
"""
DELIVERIES = """SELECT client_key, occurred_at > due_at AS late, occurred_on AS day
                FROM interactions WHERE kind = 'delivery'"""
ANSWERED = """SELECT client_key, duration_seconds > 86400 AS slow,
                     CAST(timezone('Europe/Sofia', occurred_at + to_seconds(duration_seconds)) AS DATE) AS day
              FROM interactions WHERE kind = 'complaint' AND outcome = 'resolved'"""
TYPES = [("end user",), ("reseller",), ("end user", "reseller")]


def drop_in_return(shop: duckdb.DuckDBPyConnection, query: str) -> tuple[float, float]:
    """How much lower the share of returning customers is after the bad thing, and its standard error."""
    (_, well, returned), (_, badly, returned_after) = shop.execute(query).fetchall()
    return returned - returned_after, difference_error(returned, well, returned_after, badly)


@pytest.mark.parametrize("types", TYPES)
def test_a_late_delivery_costs_the_planted_share_of_returning_customers(
    shop: duckdb.DuckDBPyConnection, oakline: Company, types: Sequence[str]
) -> None:
    query = RETURNED.format(flag="late", touches=DELIVERIES, types=f"{(*types, '')}")
    drop, error = drop_in_return(shop, query)
    assert error < 0.02
    assert drop == pytest.approx(oakline.truths.late_return_drop, abs=DEVIATIONS * error)
    assert drop > DEVIATIONS * error


@pytest.mark.parametrize("types", TYPES)
def test_a_slow_answer_costs_the_planted_share_of_returning_complainers(
    shop: duckdb.DuckDBPyConnection, oakline: Company, types: Sequence[str]
) -> None:
    query = RETURNED.format(flag="slow", touches=ANSWERED, types=f"{(*types, '')}")
    drop, error = drop_in_return(shop, query)
    assert error < 0.04
    assert drop == pytest.approx(oakline.truths.slow_answer_return_drop, abs=DEVIATIONS * error)
    assert drop > 3 * error


@pytest.mark.slow
def test_a_company_ten_times_as_large_shows_the_same_drops_more_sharply() -> None:
    company = make_company(300_000, 12)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone='UTC'")
        connection.register("interactions", company.tables["interactions"])
        connection.register("clients", company.tables["clients"])
        for types in TYPES[:2]:
            late = RETURNED.format(flag="late", touches=DELIVERIES, types=f"{(*types, '')}")
            slow = RETURNED.format(flag="slow", touches=ANSWERED, types=f"{(*types, '')}")
            for query, planted in (
                (late, company.truths.late_return_drop),
                (slow, company.truths.slow_answer_return_drop),
            ):
                drop, error = drop_in_return(connection, query)
                assert error < 0.013
                assert drop == pytest.approx(planted, abs=3 * error + 0.002)


def test_lateness_depends_on_nothing_but_chance(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    rows = shop.execute(
        f"""SELECT count(*), count(*) FILTER (d.late) FROM ({DELIVERIES}) d JOIN clients USING (client_key)
            GROUP BY GROUPING SETS ((), (customer_type), (acquired_by), (country))"""
    ).fetchall()
    assert all(share_agrees(late, delivered, oakline.truths.late_share) for delivered, late in rows)


def test_recommended_end_users_come_back_a_bit_more(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    others, recommended = shop.execute(
        """WITH orders AS (SELECT client_key, occurred_on AS day,
                                  row_number() OVER (PARTITION BY client_key ORDER BY occurred_at) AS place,
                                  lead(occurred_on) OVER (PARTITION BY client_key ORDER BY occurred_at) AS again
                           FROM interactions WHERE kind = 'order' AND client_key IS NOT NULL)
           SELECT count(*), avg(CASE WHEN again <= day + 365 THEN 1.0 ELSE 0.0 END)
           FROM orders JOIN clients USING (client_key)
           WHERE place = 1 AND customer_type = 'end user'
             AND day <= (SELECT max(occurred_on) FROM interactions) - 365
           GROUP BY acquired_by = 'recommendation' ORDER BY acquired_by = 'recommendation'"""
    ).fetchall()
    error = difference_error(others[1], others[0], recommended[1], recommended[0])
    gain = recommended[1] - others[1]
    assert gain == pytest.approx(oakline.truths.recommended_return_gain, abs=DEVIATIONS * error)
    assert gain > DEVIATIONS * error


def bg_nbd(log_parameters: np.ndarray, x: np.ndarray, t_x: np.ndarray, age: np.ndarray) -> float:
    """Log-likelihood of BG/NBD, written out as in the paper."""
    r, alpha, a, b = np.exp(log_parameters)
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stayed = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + age)
    with np.errstate(divide="ignore"):
        left = betaln(a + 1, b + x - 1) - betaln(a, b) - (r + x) * np.log(alpha + t_x)
    return float(np.sum(common + np.logaddexp(stayed, np.where(x > 0, left, -np.inf))))


def test_undisturbed_end_users_buy_by_the_planted_bg_nbd(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    columns = shop.execute(
        f"""SELECT count(DISTINCT occurred_on) - 1 AS x,
                   CAST(max(occurred_on) - min(occurred_on) AS DOUBLE) AS t_x,
                   CAST((SELECT max(occurred_on) FROM interactions) - min(occurred_on) AS DOUBLE) AS age
            FROM interactions JOIN clients USING (client_key)
            WHERE interactions.kind = 'order' AND {oakline.truths.undisturbed.replace("region", "clients.region")}
            GROUP BY client_key"""
    ).fetchnumpy()
    summary = [np.asarray(columns[name], dtype=float) for name in ("x", "t_x", "age")]
    assert len(summary[0]) > 5_000
    buying = oakline.truths.end_user
    planted = np.log([buying.r, buying.alpha_days, buying.a, buying.b])
    fitted = minimize(lambda p: -bg_nbd(p, *summary), planted, method="Nelder-Mead", options={"maxiter": 800})

    def lack_of_fit(log_parameters: np.ndarray) -> float:
        return float(2 * (-fitted.fun - bg_nbd(log_parameters, *summary)))

    assert lack_of_fit(planted) < chi2.ppf(0.999, 4)
    for parameter, by in ((0, 1.2), (1, 1.2), (2, 1.6), (3, 1.6)):
        other = planted.copy()
        other[parameter] += np.log(by)
        assert lack_of_fit(other) > chi2.ppf(0.999, 4)


@pytest.mark.parametrize("customer_type", ["end user", "reseller"])
def test_amounts_of_orders_are_gamma_gamma(
    shop: duckdb.DuckDBPyConnection, oakline: Company, customer_type: str
) -> None:
    buying = oakline.truths.buying(customer_type)
    first, second = (
        np.asarray(column, dtype=float)
        for column in shop.execute(
            """WITH orders AS (SELECT client_key, amount, row_number() OVER (
                                   PARTITION BY client_key ORDER BY occurred_at) AS place
                               FROM interactions WHERE kind = 'order' AND client_key IS NOT NULL AND amount > 0)
               SELECT ln(a.amount) AS first, ln(b.amount) AS second
               FROM orders a JOIN orders b ON a.client_key = b.client_key AND a.place = 1 AND b.place = 2
               JOIN clients c ON c.client_key = a.client_key WHERE customer_type = $1""",
            [customer_type],
        )
        .fetchnumpy()
        .values()
    )
    # ln amount = ln Gamma(p) - ln nu, so its variance is trigamma(p) + trigamma(q), and the covariance of two
    # orders of one customer trigamma(q).
    mean = digamma(buying.p) - digamma(buying.q) + np.log(buying.v)
    variance = polygamma(1, buying.p) + polygamma(1, buying.q)
    assert first.mean() == pytest.approx(mean, abs=4 * np.sqrt(variance / len(first)))
    assert first.var() == pytest.approx(variance, rel=4 * np.sqrt(3 / len(first)))
    assert np.cov(first, second)[0, 1] == pytest.approx(
        polygamma(1, buying.q), abs=4 * 1.3 * variance / np.sqrt(len(first))
    )


def test_resellers_are_a_known_few_and_bring_a_known_large_part(
    shop: duckdb.DuckDBPyConnection, oakline: Company
) -> None:
    (people, revenue), (all_people, all_revenue) = shop.execute(
        """SELECT count(DISTINCT client_key), CAST(sum(amount) AS DOUBLE)
           FROM interactions JOIN clients USING (client_key) WHERE interactions.kind = 'order'
           GROUP BY GROUPING SETS ((), (customer_type)) ORDER BY customer_type NULLS LAST"""
    ).fetchall()[1:]
    assert people == round(all_people * oakline.truths.reseller_share)
    # Rates and amounts of 1,500 resellers vary so much that their part is known to about 0.01.
    assert revenue / all_revenue == pytest.approx(oakline.truths.reseller_revenue_share, abs=0.04)


def test_the_known_share_came_by_recommendation_and_most_recommenders_are_named(
    shop: duckdb.DuckDBPyConnection, oakline: Company
) -> None:
    newcomers, recommended, named = shop.execute(
        """SELECT count(*), count(*) FILTER (acquired_by = 'recommendation'),
                  (SELECT count(*) FROM interactions WHERE kind = 'referral')
           FROM clients WHERE kind = 'customer'"""
    ).fetchall()[0]
    assert share_agrees(recommended, newcomers, oakline.truths.recommended_share)
    assert share_agrees(named, recommended, oakline.truths.recommender_known_share)


def test_nobody_recommends_before_buying_and_nobody_recommends_himself(shop: duckdb.DuckDBPyConnection) -> None:
    wrong = shop.execute(
        """WITH first AS (SELECT client_key, min(occurred_at) AS met FROM interactions WHERE kind = 'order'
                          GROUP BY client_key)
           SELECT count(*) FROM interactions r JOIN first f USING (client_key)
           JOIN interactions o ON o.thread = r.thread AND o.kind = 'order'
           WHERE r.kind = 'referral'
             AND (r.occurred_at < f.met OR o.client_key = r.client_key OR o.occurred_at < r.occurred_at)"""
    ).fetchall()[0][0]
    assert wrong == 0


def test_december_and_spring_bring_more_new_customers(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    rows = shop.execute(
        """WITH first AS (SELECT client_key, min(occurred_on) AS day FROM interactions
                          WHERE kind = 'order' AND client_key IS NOT NULL GROUP BY client_key)
           SELECT CASE month(day) WHEN 12 THEN 'december' WHEN 4 THEN 'spring' WHEN 5 THEN 'spring'
                  ELSE 'other' END AS season, count(*) / count(DISTINCT day)
           FROM first WHERE day BETWEEN '2023-07-01' AND '2026-06-30' GROUP BY season"""
    ).fetchall()
    a_day = dict(rows)
    assert a_day["december"] / a_day["other"] == pytest.approx(oakline.truths.december, rel=0.08)
    assert a_day["spring"] / a_day["other"] == pytest.approx(oakline.truths.spring, rel=0.08)


def test_the_web_wins_end_users_at_the_planted_pace(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    rows = shop.execute(
        """WITH bounds AS (SELECT max(occurred_on) AS last FROM interactions)
           SELECT (last - occurred_on) < 91, count(*), count(*) FILTER (channel = 'web')
           FROM interactions JOIN clients USING (client_key), bounds
           WHERE interactions.kind = 'order' AND customer_type = 'end user'
             AND ((last - occurred_on) < 91 OR (last - occurred_on) >= 1187 - 91)
           GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    truths = oakline.truths
    # The middle of a quarter lies 45 days from the end of the line.
    inward = 45 / 1186 * (truths.web_share_last - truths.web_share_first)
    (_, early, early_web), (_, late, late_web) = rows
    assert share_agrees(early_web, early, truths.web_share_first + inward)
    assert share_agrees(late_web, late, truths.web_share_last - inward)
