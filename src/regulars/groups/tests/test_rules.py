from __future__ import annotations

import json
import math
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.groups.conditions import FITTING, MOST_CONDITIONS, MOST_VALUES, OPERATORS
from regulars.groups.fields import fields
from regulars.groups.rules import RuleError, condition_sql, in_words, parse, to_json
from regulars.groups.tests.small_base import BASE, COLUMNS, connection


@pytest.fixture(scope="module")
def database() -> Any:
    opened = connection()
    yield opened
    opened.close()


def rule(field: str, op: str, value: object = None) -> dict[str, Any]:
    condition = {"field": field, "op": op}
    return {"all": [condition if value is None else {**condition, "value": value}]}


def members(database: duckdb.DuckDBPyConnection, asked: dict[str, Any]) -> list[int]:
    sql, bound = condition_sql(asked, COLUMNS)
    found = database.execute(f"SELECT client_key, {sql} FROM base ORDER BY client_key", bound).fetchall()
    assert all(truth in (True, False) for _, truth in found), "a condition is never unknown"
    return [key for key, truth in found if truth]


def refused(asked: object) -> RuleError:
    with pytest.raises(RuleError) as caught:
        parse(asked, COLUMNS)
    return caught.value


@pytest.mark.parametrize(
    ("field", "op", "value", "who"),
    [
        ("customer_type", "is", "reseller", [1, 2]),
        ("country", "is_not", "BG", [2, 4]),
        ("country", "one_of", ["BG", "TR"], [1, 3, 4, 6]),
        ("country", "none_of", ["BG", "TR"], [2]),
        ("country", "known", None, [1, 2, 3, 4, 6]),
        ("country", "unknown", None, [5]),
        ("customer_type", "contains", "SELL", [1, 2]),
        ("birth_year", "at_least", 1970, [4, 5, 6]),
        ("birth_year", "at_most", "1970", [3, 4]),
        ("birth_year", "between", [1965, 1985], [4, 5]),
        ("birth_year", "is", 1960.0, [3]),
        ("birth_year", "at_least", 1969.5, [4, 5, 6]),
        ("monetary_value", "at_least", 0.3, [1, 2, 3, 4, 6]),
        ("monetary_value", "is", 900.1, [1]),
        ("monetary_value", "at_most", "5", [3, 6]),
        ("first_on", "before", "2025-01-03", [1, 2]),
        ("first_on", "after", "2025-01-05", [6]),
        ("first_on", "between", ["2025-01-02", "2025-01-03"], [2, 3]),
        ("pick_up", "is", True, [3, 6]),
        ("pick_up", "is_not", True, [1, 2, 5]),
        ("fact:preference", "known", None, [1, 2]),
        ("fact:preference", "unknown", None, [3, 4, 5, 6]),
        ("fact:preference", "is", "e-mail only", [1]),
        ("fact:preference", "is_not", "e-mail only", [2]),
        ("fact:preference", "one_of", ["no small talk", "call after 17 h"], [1, 2]),
        ("fact:preference", "none_of", ["no small talk", "call after 17 h"], []),
        ("fact:preference", "contains", "MAIL", [1]),
    ],
)
def test_a_condition_finds_exactly_the_customers_it_names(
    database: duckdb.DuckDBPyConnection, field: str, op: str, value: object, who: list[int]
) -> None:
    assert members(database, rule(field, op, value)) == who


def test_a_corrected_fact_counts_as_corrected_and_a_dropped_one_not_at_all(
    database: duckdb.DuckDBPyConnection,
) -> None:
    assert members(database, rule("fact:need", "known")) == [3]
    assert members(database, rule("fact:need", "is", "a table for eight")) == []
    assert members(database, rule("fact:need", "is", "a table for ten")) == [3]


def test_a_customer_has_one_size_the_newest_but_several_preferences(database: duckdb.DuckDBPyConnection) -> None:
    assert members(database, rule("fact:size", "is", "L")) == []
    assert members(database, rule("fact:size", "is", "XL")) == [5]
    assert members(database, rule("fact:preference", "is", "no small talk")) == [1]


def test_all_parts_must_hold_and_one_alternative_is_enough(database: duckdb.DuckDBPyConnection) -> None:
    asked = {
        "all": [
            {"field": "country", "op": "is", "value": "BG"},
            {
                "any": [
                    {"field": "customer_type", "op": "is", "value": "reseller"},
                    {"field": "birth_year", "op": "at_least", "value": 1985},
                ]
            },
        ]
    }
    assert members(database, asked) == [1, 6]
    assert [len(part) for part in in_words(asked, COLUMNS)] == [1, 2]
    assert to_json(parse(asked, COLUMNS)) == asked


def test_whoever_is_not_known_is_never_taken_for_someone_else(database: duckdb.DuckDBPyConnection) -> None:
    for field in ("customer_type", "country", "pick_up"):
        value = True if field == "pick_up" else "reseller"
        split = [
            members(database, rule(field, "is", value)),
            members(database, rule(field, "is_not", value)),
            members(database, rule(field, "unknown")),
        ]
        assert sorted(key for part in split for key in part) == [1, 2, 3, 4, 5, 6]


CANARIES = (
    "'; DROP TABLE base; --",
    '" OR 1=1 --',
    "x') OR ('1'='1",
    "?",
    "{0}",
    "%",
    "\\",
    "$1",
    "/* */",
    "Ⓐ＇ OR 1=1",
    "\n;",
)


@pytest.mark.parametrize("text", CANARIES)
def test_text_that_looks_like_sql_stays_text(database: duckdb.DuckDBPyConnection, text: str) -> None:
    for field in ("customer_type", "fact:preference"):
        for op, value in (("is", text), ("contains", text), ("one_of", [text])):
            sql, bound = condition_sql(rule(field, op, value), COLUMNS)
            assert text == "?" or text not in sql
            assert text in bound
            assert members(database, rule(field, op, value)) == []
    assert database.execute("SELECT count(*) FROM base").fetchone() == (6,)


@pytest.mark.parametrize("text", [t for t in CANARIES if t != "\n;"])
def test_a_fact_may_have_any_name_and_it_is_bound(database: duckdb.DuckDBPyConnection, text: str) -> None:
    assert members(database, rule(f"fact:{text}", "known")) == []


@pytest.mark.parametrize("text", CANARIES)
def test_a_field_that_is_no_column_is_refused_before_sql_is_made(text: str) -> None:
    assert refused(rule(text, "is", "x")).reason in ("unknown_field", "mistyped_field")
    assert refused(rule("country", text, "x")).reason == "unknown_operator"


@given(st.text(max_size=50))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_asked_for_or_is_refused_with_a_sentence(text: str) -> None:
    try:
        sql, bound = condition_sql(rule("country", "is", text), COLUMNS)
    except RuleError as error:
        assert error.reason in ("not_a_text", "value_missing", "unprintable")  # noqa: PT017
        return
    opened = connection()
    assert opened.execute(f"SELECT count(*) FROM base WHERE {sql}", bound).fetchone() == (
        3 if text == "BG" else 1 if text in ("CZ", "TR") else 0,
    )
    opened.close()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["all", "any", "field", "op"]), inner),
    max_leaves=8,
)


@given(JSON_VALUES)
@settings(max_examples=150, deadline=None)
def test_whatever_is_sent_as_a_rule_is_a_rule_or_is_refused(found: object) -> None:
    with pytest.raises(RuleError):
        parse(found, COLUMNS)


CONDITIONS = st.sampled_from([f.name for f in fields(COLUMNS)] + ["fact:need"]).flatmap(
    lambda name: st.fixed_dictionaries(
        {"field": st.just(name), "op": st.sampled_from(OPERATORS)}, optional={"value": JSON_VALUES}
    )
)


@given(CONDITIONS)
@settings(max_examples=150, deadline=None)
def test_a_condition_that_is_accepted_can_always_be_run(condition: dict[str, Any]) -> None:
    try:
        read = parse({"all": [condition]}, COLUMNS)
    except RuleError:
        return
    opened = connection()
    members(opened, to_json(read))
    opened.close()
    assert parse(json.loads(json.dumps(to_json(read))), COLUMNS) == read


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"all": []}, "empty_rule"),
        ([], "not_a_rule"),
        ({"all": [], "any": []}, "not_a_rule"),
        ({"all": [{"any": []}]}, "empty_any"),
        ({"all": [{"any": [{"any": []}]}]}, "too_deep"),
        ({"all": [{"all": []}]}, "too_deep"),
        ({"all": [{"field": "country"}]}, "not_a_condition"),
        ({"all": ["country = 'BG'"]}, "not_a_condition"),
        ({"all": [{"field": "country", "op": "is", "value": "BG", "sql": "1=1"}]}, "not_a_condition"),
        (rule("countri", "is", "BG"), "mistyped_field"),
        (rule("shoe", "is", "BG"), "unknown_field"),
        (rule("client_key", "is", 3), "unknown_field"),
        (rule("fact:", "known"), "unknown_field"),
        (rule("country", "like", "B%"), "unknown_operator"),
        (rule("country", "at_least", "BG"), "unfit_operator"),
        (rule("birth_year", "contains", "19"), "unfit_operator"),
        (rule("country", "is"), "value_missing"),
        (rule("country", "known", "BG"), "value_not_asked"),
        (rule("country", "one_of", "BG"), "not_a_list"),
        (rule("country", "one_of", []), "not_a_list"),
        (rule("country", "one_of", ["x"] * (MOST_VALUES + 1)), "too_many_values"),
        (rule("birth_year", "between", [1990]), "not_two"),
        (rule("birth_year", "between", [1990, 1980]), "wrong_order"),
        (rule("birth_year", "is", "many"), "not_a_number"),
        (rule("birth_year", "is", True), "not_a_number"),
        (rule("birth_year", "is", math.nan), "not_a_number"),
        (rule("birth_year", "is", 10**5000), "not_a_number"),
        (rule("birth_year", "is", "1e400"), "number_too_large"),
        (rule("first_on", "before", "30.06.2026"), "not_a_date"),
        (rule("first_on", "before", 20260630), "not_a_date"),
        (rule("pick_up", "is", "yes"), "not_yes_or_no"),
        (rule("country", "is", 7), "not_a_text"),
        (rule("country", "is", "   "), "not_a_text"),
        (rule("country", "is", "x" * 201), "text_too_long"),
        (rule("country", "is", "\x00"), "unprintable"),
        ({"all": [rule("country", "known")["all"][0]] * (MOST_CONDITIONS + 1)}, "too_long"),
    ],
)
def test_a_rule_that_cannot_hold_is_refused_with_its_reason(asked: object, reason: str) -> None:
    error = refused(asked)
    assert error.reason == reason
    assert str(error).endswith((".", "?"))


def test_the_error_names_the_place_in_the_rule() -> None:
    asked = {"all": [rule("country", "known")["all"][0], {"any": [rule("countri", "known")["all"][0]]}]}
    error = refused(asked)
    assert error.path == "all[1].any[0]"
    assert "Did you mean country?" in str(error)


def test_every_kind_of_field_has_operators_that_run(database: duckdb.DuckDBPyConnection) -> None:
    values = {"text": "x", "number": Decimal("1.5"), "date": date(2026, 1, 1), "boolean": False, "fact": "x"}
    names = {"text": "country", "number": "monetary_value", "date": "first_on", "boolean": "pick_up", "fact": "fact:x"}
    for kind, operators in FITTING.items():
        for op in operators:
            value: Any = values[kind]
            if op in ("known", "unknown"):
                value = None
            elif op in ("one_of", "none_of") or op == "between":
                value = [value, value]
            members(database, rule(names[kind], op, value))


def by_hand(condition: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether a customer meets a condition, worked out in the plainest way."""
    value, asked, op = row[condition["field"]], condition.get("value"), condition["op"]
    if op in ("known", "unknown"):
        return (value is None) == (op == "unknown")
    if value is None:
        return False
    plain = {
        "is": lambda: value == asked,
        "is_not": lambda: value != asked,
        "one_of": lambda: value in asked,
        "none_of": lambda: value not in asked,
        "at_least": lambda: value >= asked,
        "at_most": lambda: value <= asked,
        "between": lambda: asked[0] <= value <= asked[1],
        "contains": lambda: asked.lower() in value.lower(),
    }
    return bool(plain[op]())


YEARS = st.integers(1955, 1995)
WORDS = st.sampled_from(["BG", "CZ", "TR", "reseller", "end user", "e", "zz"])
SIMPLE = st.one_of(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(["country", "customer_type"]),
            "op": st.sampled_from(["is", "is_not", "contains"]),
            "value": WORDS,
        }
    ),
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(["country", "customer_type"]),
            "op": st.sampled_from(["one_of", "none_of"]),
            "value": st.lists(WORDS, min_size=1, max_size=3),
        }
    ),
    st.fixed_dictionaries(
        {"field": st.just("birth_year"), "op": st.sampled_from(["is", "is_not", "at_least", "at_most"]), "value": YEARS}
    ),
    st.fixed_dictionaries(
        {"field": st.just("birth_year"), "op": st.just("between"), "value": st.tuples(YEARS, YEARS).map(sorted)}
    ),
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(["country", "birth_year", "monetary_value", "pick_up"]),
            "op": st.sampled_from(["known", "unknown"]),
        }
    ),
)
RULES = st.lists(
    SIMPLE | st.fixed_dictionaries({"any": st.lists(SIMPLE, min_size=1, max_size=3)}), min_size=1, max_size=4
)


@given(RULES)
@settings(max_examples=60, deadline=None)
def test_a_rule_finds_whom_going_through_the_list_by_hand_finds(parts: list[dict[str, Any]]) -> None:
    rows = BASE.to_pylist()
    expected = [
        row["client_key"]
        for row in rows
        if all(any(by_hand(condition, row) for condition in part.get("any", [part])) for part in parts)
    ]
    opened = connection()
    assert members(opened, {"all": parts}) == expected
    opened.close()
