"""What someone fluent in DuckDB would write for each of our expressions, over {log} up to {as_of}.

Each gives the same rows and columns as the expression of that name; where there was more than one way to write it,
the fastest one that we found stands here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from regulars.measures.rfm.segments import SEGMENTS

KNOWN = "client_key IS NOT NULL AND occurred_on <= {as_of}"
PURCHASES = "kind IN ('order', 'refund', 'adjustment') AND occurred_on <= {as_of}"
MONTH = "year(occurred_on) * 12 + month(occurred_on) - 1"


def _named(recency: str) -> str:
    """The segments as one CASE."""
    whens = [
        f"WHEN {recency} IN {_listed(one.recency)} AND frequency_fifth IN {_listed(one.frequency)} "
        f"AND monetary_fifth IN {_listed(one.monetary)} THEN '{one.name}'"
        for one in SEGMENTS[:-1]
    ]
    return f"CASE {' '.join(whens)} ELSE '{SEGMENTS[-1].name}' END"


def _listed(fifths: Collection[int]) -> str:
    return f"({', '.join(map(str, fifths))})"


def _fifth(value: str, cuts: str, passed: str) -> str:
    return " + ".join(["1", *(f"({value} {passed} {cuts}[{place}])::INT" for place in (1, 2, 3, 4))])


CUSTOMERS = f"""
    each AS (
        SELECT client_key, min(occurred_on) FILTER (kind = 'order') AS first_on,
            max(occurred_on) FILTER (kind = 'order') AS last_on, count(*) FILTER (kind = 'order') AS frequency,
            sum(amount) AS monetary_value
        FROM {{log}} WHERE {PURCHASES} AND client_key IS NOT NULL GROUP BY client_key
    ),
    bought AS (SELECT *, {{as_of}} - last_on AS recency_days FROM each WHERE frequency > 0),
    cuts AS (
        SELECT quantile_cont(recency_days, [0.2, 0.4, 0.6, 0.8]) AS r,
            quantile_cont(frequency, [0.2, 0.4, 0.6, 0.8]) AS f,
            quantile_cont(monetary_value::DOUBLE, [0.2, 0.4, 0.6, 0.8]) AS m
        FROM bought
    ),
    scored AS (
        SELECT bought.*, {_fifth("recency_days", "r", "<")} AS recency_fifth,
            {_fifth("frequency", "f", ">")} AS frequency_fifth,
            {_fifth("monetary_value::DOUBLE", "m", ">")} AS monetary_fifth
        FROM bought, cuts
    ),
    named AS (
        SELECT *, {_named("(CASE WHEN recency_days <= 1 THEN 5 ELSE recency_fifth END)")} AS segment FROM scored
    )"""

RFM = f"""
    WITH {CUSTOMERS}
    SELECT client_key, first_on, last_on, recency_days, frequency, monetary_value, recency_fifth, frequency_fifth,
        monetary_fifth, recency_fifth || '-' || frequency_fifth || '-' || monetary_fifth AS rfm, segment
    FROM named"""

SEGMENT_SHARES = f"""
    WITH {CUSTOMERS}
    SELECT segment, count(*) AS customers, sum(monetary_value) AS revenue, median(recency_days) AS median_recency_days,
        stddev_samp(monetary_value::DOUBLE) AS deviation
    FROM named GROUP BY segment"""

PERIODS = f"""
    SELECT {MONTH} AS period, count(*) FILTER (kind = 'order') AS orders,
        count(*) FILTER (kind = 'refund') AS refunds,
        count(*) FILTER (kind = 'order' AND client_key IS NULL) AS guest_orders,
        count(amount) FILTER (kind = 'order') AS amounts, sum(amount) AS revenue,
        sum(amount) FILTER (kind = 'order') AS orders_amount, sum(amount) FILTER (kind = 'refund') AS refunds_amount,
        sum(amount) FILTER (client_key IS NULL) AS guest_revenue, sum(cost) AS cost,
        sum(amount) FILTER (kind = 'order' AND cost IS NOT NULL) AS known_amount,
        sum(amount - coalesce(cost, 0)) FILTER (cost IS NOT NULL OR kind <> 'order') AS profit,
        stddev_samp(amount::DOUBLE) FILTER (kind = 'order') AS deviation
    FROM {{log}} WHERE {PURCHASES} GROUP BY period"""

CUSTOMERS_BY_PERIOD = f"""
    SELECT period, count(*) AS customers
    FROM (SELECT DISTINCT {MONTH} AS period, client_key FROM {{log}} WHERE {KNOWN} AND kind = 'order')
    GROUP BY period"""

FIRST_ORDERS = f"""
    SELECT {MONTH} AS period, count(*) AS new_customers
    FROM (SELECT min(occurred_on) AS occurred_on FROM {{log}} WHERE {KNOWN} AND kind = 'order' GROUP BY client_key)
    GROUP BY period"""

PARETO = f"""
    SELECT revenue, profit, count(*) AS customers, sum(order_value) AS order_value, sum(known_value) AS known_value
    FROM (
        SELECT coalesce(sum(amount), 0)::DOUBLE AS revenue,
            coalesce(sum(amount - coalesce(cost, 0)) FILTER (cost IS NOT NULL OR kind <> 'order'), 0)::DOUBLE AS profit,
            coalesce(sum(amount) FILTER (kind = 'order'), 0)::DOUBLE AS order_value,
            coalesce(sum(amount) FILTER (kind = 'order' AND cost IS NOT NULL), 0)::DOUBLE AS known_value
        FROM {{log}} WHERE {PURCHASES} AND client_key IS NOT NULL GROUP BY client_key
    ) GROUP BY revenue, profit"""

_WINDOWS = ", ".join(
    f"count(*) FILTER ({{as_of}} - first_on >= {days}) AS customers_{days}, "
    f"count(*) FILTER ({{as_of}} - first_on >= {days} AND second_on - first_on <= {days}) AS repeat_customers_{days}"
    for days in (30, 90, 180, 365)
)

REPEATS = f"""
    WITH bought AS (SELECT client_key, occurred_on FROM {{log}} WHERE {KNOWN} AND kind = 'order'),
    firsts AS (SELECT client_key, min(occurred_on) AS first_on FROM bought GROUP BY client_key),
    seconds AS (
        SELECT client_key, min(occurred_on) AS second_on
        FROM bought JOIN firsts USING (client_key) WHERE occurred_on > first_on GROUP BY client_key
    )
    SELECT count(*) AS customers, count(second_on) AS repeat_customers, {_WINDOWS}
    FROM firsts LEFT JOIN seconds USING (client_key)"""

GAPS = f"""
    SELECT least(gap_number, 6) AS gap_number, gap_days, count(*) AS gaps
    FROM (
        SELECT gap_days, row_number() OVER (PARTITION BY client_key ORDER BY occurred_on) AS gap_number
        FROM (
            SELECT client_key, occurred_on,
                occurred_on - lag(occurred_on) OVER (PARTITION BY client_key ORDER BY occurred_on) AS gap_days
            FROM {{log}} WHERE {KNOWN} AND kind = 'order'
        ) WHERE gap_days > 0
    ) GROUP BY ALL"""

RETENTION = f"""
    WITH monthly AS (
        SELECT client_key, {MONTH} AS month, min(occurred_on) FILTER (kind = 'order') AS first_on,
            sum(amount) AS revenue
        FROM {{log}} WHERE {PURCHASES} AND client_key IS NOT NULL GROUP BY ALL
    ),
    firsts AS (
        SELECT client_key, min(month) AS cohort FROM monthly WHERE first_on IS NOT NULL GROUP BY client_key
    )
    SELECT cohort, month, count(first_on) AS active, sum(revenue) AS revenue
    FROM monthly JOIN firsts USING (client_key) WHERE month >= cohort GROUP BY ALL"""

_FOUND = {
    "guest_orders": "kind = 'order' AND guest",
    "missing_cost": "kind = 'order' AND costless",
    "zero_orders": "kind = 'order' AND sign = 0",
    "negative_orders": "kind = 'order' AND sign < 0",
    "refunds": "kind = 'refund'",
    "adjustments": "kind = 'adjustment'",
    "no_touchpoint": "kind = 'order' AND no_touchpoint",
    "no_channel": "kind = 'order' AND no_channel",
}
_CHECKS = ", ".join(
    f"coalesce(sum(rows) FILTER ({found}), 0) AS {name}_n, sum(amount) FILTER ({found}) AS {name}_amount"
    for name, found in _FOUND.items()
)

# Few groups first, then sums of sums: two dozen filtered sums over every row cost more.
DOCUMENTS = f"""
    WITH parts AS (
        SELECT kind, client_key IS NULL AS guest, cost IS NULL AS costless, sign(amount) AS sign,
            touchpoint IS NULL AS no_touchpoint, channel IS NULL AS no_channel, count(*) AS rows,
            sum(amount) AS amount, min(occurred_on) AS first_on, max(occurred_on) AS last_on
        FROM {{log}} WHERE {PURCHASES} GROUP BY ALL
    )
    SELECT sum(rows) AS documents, sum(rows) FILTER (kind = 'order') AS orders,
        sum(amount) FILTER (kind = 'order') AS order_value, {_CHECKS},
        max(last_on) - min(first_on) + 1 AS history_days, {{as_of}} - max(last_on) AS days_since_newest
    FROM parts"""

ORDER_COUNTS = f"""
    SELECT count(*) AS customers, count(*) FILTER (orders = 1) AS one_order_customers
    FROM (SELECT count(*) AS orders FROM {{log}} WHERE {KNOWN} AND kind = 'order' GROUP BY client_key)"""

# Measure -> name of its expression -> the hand-written query.
HAND_WRITTEN: Mapping[str, Mapping[str, str]] = {
    "revenue": {"periods": PERIODS, "customers": CUSTOMERS_BY_PERIOD, "first_orders": FIRST_ORDERS},
    "rfm": {"result": RFM},
    "segments": {"segments": SEGMENT_SHARES},
    "pareto": {"values": PARETO},
    "repeat": {"repeats": REPEATS},
    "gaps": {"gaps": GAPS},
    "retention": {"months": RETENTION},
    "coverage": {"documents": DOCUMENTS, "customers": ORDER_COUNTS},
}


def hand_written(measure: str, files: list[str], as_of: str) -> dict[str, str]:
    """The queries of a measure, ready to run."""
    log = f"read_parquet({files})"
    return {
        name: query.replace("{log}", log).replace("{as_of}", f"DATE '{as_of}'")
        for name, query in HAND_WRITTEN[measure].items()
    }
