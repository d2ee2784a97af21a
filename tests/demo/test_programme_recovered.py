"""What was planted on people and on the programme is read by the library and found again by the measures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest

from regulars.demo.company import UNTIL, Company, company_parts, make_company
from regulars.demo.definition import NOW_VERSION, OWN_WORDS
from regulars.demo.expectations import EXPECTATION, SILENT
from regulars.demo.focus import FOCUS
from regulars.demo.house import ELEMENTS_SURVEY, PARTNER_SURVEY
from regulars.demo.truths import Truths
from regulars.demo.workspace import make_demo
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from regulars.people import definition as people
from regulars.programme import definition as programme
from regulars.surveys.definition import from_json
from tests.demo.sampling import DEVIATIONS, difference_error, share_agrees

Row = dict[str, Any]
Measured = Callable[..., list[Row]]
LANGUAGES = {"en", "bg", "ru", "cs", "tr"}

READERS: dict[str, Callable[[Any], object]] = {
    "definition": programme.definition_from,
    "fit": programme.fit_from,
    "programme": programme.programme_from,
    "step action": programme.action_from,
    "attested": programme.attested_from,
    "mistake answered": programme.answered_from,
    "employee": people.employee_from,
    "department": people.department_from,
    "limit": people.limit_from,
    "training": people.training_from,
    "department promise": people.promise_from,
    "service group": people.group_from,
    "key account": people.account_from,
    "visit planned": people.visit_from,
    "survey": from_json,
}


@pytest.fixture(scope="module")
def measured(oakline: Company, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    """Rows of a measure over the company of 30,000 customers."""
    folder, files = tmp_path_factory.mktemp("oakline"), {}
    for name, table in oakline.tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
        files[name] = [str(folder / f"{name}.parquet")]
    engine = DuckDBEngine(files)

    def rows(name: str, **scope: Any) -> list[Row]:
        asked = Scope(as_of=UNTIL, time_zone=oakline.zone, **scope)
        found: list[Row] = run_measure(engine, find(name), asked).to_arrow().to_pylist()
        return found

    yield rows
    engine.close()


@pytest.fixture(scope="module")
def decided(oakline: Company) -> list[Row]:
    rows: list[Row] = oakline.tables["decisions"].to_pylist()
    return [{**row, "body": json.loads(row["body"])} for row in rows]


@pytest.mark.parametrize("noun", READERS)
def test_everything_decided_can_be_read_by_the_library(decided: list[Row], noun: str) -> None:
    of_noun = [row for row in decided if row["noun"] == noun]
    assert of_noun
    for row in of_noun:
        assert READERS[noun]({**row["body"], "key": row["key"], "version": row["version"]}) is not None


def test_versions_of_a_decision_count_from_one_and_follow_one_another_in_time(decided: list[Row]) -> None:
    seen: dict[tuple[str, str], list[Row]] = {}
    for row in decided:
        seen.setdefault((row["noun"], row["key"]), []).append(row)
    for found in seen.values():
        assert [row["version"] for row in found] == list(range(1, len(found) + 1))
        assert [row["decided_at"] for row in found] == sorted(row["decided_at"] for row in found)


def test_every_part_of_the_definition_stands_in_all_five_languages(decided: list[Row]) -> None:
    body = next(row["body"] for row in decided if (row["noun"], row["version"]) == ("definition", NOW_VERSION))
    parts = [body["text"], body["parity"]]
    parts += [one for name in ("competences", "granted", "refused", "criteria") for one in body[name]]
    assert len(parts) > 10
    for part in parts:
        assert set(part) == LANGUAGES
        assert len(set(part.values())) == len(LANGUAGES)


def test_most_people_have_confirmed_the_newest_definition_some_in_their_own_words(decided: list[Row]) -> None:
    read = [row for row in decided if row["noun"] == "definition read" and row["body"]["version"] == NOW_VERSION]
    staff = {row["key"] for row in decided if row["noun"] == "employee"}
    assert {row["key"] for row in read} < staff
    assert 0.8 * len(staff) < len(read) < len(staff)
    assert {row["key"]: row["body"]["own_words"] for row in read if row["body"]["own_words"]} == OWN_WORDS


def test_two_companies_of_other_seeds_have_decided_the_same() -> None:
    one, other = (make_company(200, seed=seed).tables["decisions"].to_pylist() for seed in (5, 6))
    about_customers = ("key account", "visit planned")

    def said(rows: list[Row]) -> list[tuple[str, str, str]]:
        return [(row["noun"], row["key"], row["body"]) for row in rows if row["noun"] not in about_customers]

    assert said(one) == said(other)


def test_answers_of_staff_and_partners_name_nobody(shop: duckdb.DuckDBPyConnection) -> None:
    known = f"""SELECT count(i.client_key), count(i.employee), count(*) FROM interactions i
                WHERE interaction_id IN (SELECT interaction_id FROM answers
                                         WHERE survey IN ('{ELEMENTS_SURVEY}', '{PARTNER_SURVEY}'))"""
    clients, employees, count = shop.execute(known).fetchall()[0]
    assert (clients, employees) == (0, 0)
    assert count > 200
    times = f"""SELECT count(DISTINCT CAST(timezone('Europe/Sofia', occurred_at) AS TIME)) FROM interactions i
                WHERE interaction_id IN (SELECT interaction_id FROM answers WHERE survey = '{ELEMENTS_SURVEY}')"""
    assert shop.execute(times).fetchall()[0][0] == 1


def test_customers_say_of_being_understood_what_was_planted(oakline: Company, shop: duckdb.DuckDBPyConnection) -> None:
    rows = shop.execute(
        f"""SELECT question, avg(score), stddev(score), count(*) FROM answers
            WHERE survey = '{FOCUS}' AND score IS NOT NULL GROUP BY question"""
    ).fetchall()
    assert {row[0] for row in rows} == set(oakline.truths.focus_means)
    for question, mean, deviation, count in rows:
        error = deviation / sqrt(count)
        assert mean == pytest.approx(oakline.truths.focus_means[question], abs=DEVIATIONS * error), question


def test_whoever_leads_thinks_better_of_the_company_as_planted(
    oakline: Company, shop: duckdb.DuckDBPyConnection
) -> None:
    rows = shop.execute(
        f"""SELECT split_part(question, '-', -1) AS number, question, score,
                   json_extract_string(properties, '$.level') = 'management' AS leads
            FROM answers JOIN interactions USING (interaction_id) WHERE answers.survey = '{ELEMENTS_SURVEY}'"""
    ).fetchall()
    planted = oakline.truths.element_means
    leads = np.array([score - planted[question[:-2]] for _, question, score, leads in rows if leads])
    others = np.array([score - planted[question[:-2]] for _, question, score, leads in rows if not leads])
    error = sqrt(leads.var() / len(leads) + others.var() / len(others))
    assert leads.mean() - others.mean() == pytest.approx(oakline.truths.management_gap, abs=DEVIATIONS * error)
    assert error < 0.1


def test_partners_recommend_us_as_planted(oakline: Company, measured: Measured) -> None:
    waves = [row for row in measured("pulse") if row["audience"] == "partners" and row["split"] == "all"]
    assert len(waves) == 5
    asked = sum(row["n"] for row in waves)
    assert share_agrees(sum(row["promoters"] for row in waves), asked, oakline.truths.partner_nps.promoters)


def test_the_accounts_keep_their_promise_as_often_as_planted(oakline: Company, measured: Measured) -> None:
    rows = {row["promise"]: row for row in measured("department_promises")}
    contract = rows["contract within two days"]
    assert contract["how"] == "log"
    assert share_agrees(contract["kept"], contract["n"], oakline.truths.contract_within_share)
    told = rows["delay told the same day"]
    assert told["how"] == "rated"
    assert (told["rated_from_n"], told["rated_to_n"]) == (6, 5)
    assert told["rated_from"] > told["rated_to"]


def test_whoever_had_to_ask_is_whoever_has_an_escalation(shop: duckdb.DuckDBPyConnection) -> None:
    odd = """WITH asked AS (SELECT thread FROM interactions WHERE kind = 'authority' AND department = 'complaints'
                            AND json_extract(properties, '$.asked') = 'true'),
                  boss AS (SELECT thread FROM interactions WHERE kind = 'escalation')
             SELECT (SELECT count(*) FROM asked ANTI JOIN boss USING (thread)),
                    (SELECT count(*) FROM boss ANTI JOIN asked USING (thread)), (SELECT count(*) FROM boss)"""
    without_boss, without_use, count = shop.execute(odd).fetchall()[0]
    assert (without_boss, without_use) == (0, 0)
    assert count > 500


def test_customers_who_waited_for_the_boss_come_back_less(measured: Measured) -> None:
    rows = {row["decision"]: row for row in measured("authority")}
    refunds = rows["refund"]
    assert refunds["asked"] > 100
    assert refunds["returned_difference_low"] > 0
    assert rows["all"]["uses"] == sum(row["uses"] for decision, row in rows.items() if decision != "all")


def test_customers_whom_the_best_seller_rang_come_back_more_and_the_others_are_alike(
    oakline: Company, shop: duckdb.DuckDBPyConnection
) -> None:
    found = shop.execute(
        """WITH rung AS (SELECT employee, client_key, occurred_at AS rung_at FROM interactions
                         WHERE kind = 'aftercare' AND occurred_on < DATE '2026-06-30' - 91),
                back AS (SELECT r.employee, r.client_key, r.rung_at,
                                bool_or(o.occurred_at > r.rung_at
                                        AND o.occurred_at <= r.rung_at + INTERVAL 90 DAY) AS b
                         FROM rung r JOIN interactions o ON o.client_key = r.client_key AND o.kind = 'order'
                         GROUP BY ALL)
           SELECT employee, avg(b::int), count(*) FROM back GROUP BY employee"""
    ).fetchall()
    share = {employee: (mean, count) for employee, mean, count in found}
    best, best_n = share.pop(oakline.truths.best_employee)
    rest_n = sum(count for _, count in share.values())
    rest = sum(mean * count for mean, count in share.values()) / rest_n
    error = difference_error(best, best_n, rest, rest_n)
    assert best - rest == pytest.approx(oakline.truths.best_employee_return_gain, abs=DEVIATIONS * error)
    chi = sum((mean - rest) ** 2 / (rest * (1 - rest) / count) for mean, count in share.values())
    assert chi < 36  # 13 degrees of freedom, once in 2,000


def test_the_best_seller_is_recognised_and_nobody_is_called_worse_who_is_not(
    oakline: Company, measured: Measured
) -> None:
    sure = {row["unit"]: row["verdict"] for row in measured("recognition") if row["verdict"].startswith("surely")}
    assert sure == {oakline.truths.best_employee: "surely above"}


def test_a_company_of_4_000_customers_is_large_enough_to_recognise_the_best_seller(tmp_path: Path) -> None:
    with make_demo(tmp_path / "shop", customers=4_000) as made:
        rows = made.measure("recognition").to_arrow().to_pylist()
    assert {row["unit"]: row["verdict"] for row in rows if row["rank"]} == {Truths().best_employee: "surely above"}


def test_what_is_planned_lies_after_the_day_on_which_the_company_is_made_up() -> None:
    for today, first in ((None, UNTIL), (date(2027, 3, 1), date(2027, 3, 1)), (date(2025, 1, 1), UNTIL)):
        staff, customers = company_parts(200, today=today)
        rows = [*staff.tables["decisions"].to_pylist(), *customers.tables["decisions"].to_pylist()]
        bodies = [(row["noun"], json.loads(row["body"])) for row in rows]
        waiting = [body["due_on"] for noun, body in bodies if noun == "step action" and "done_on" not in body]
        assert sum(day <= UNTIL.isoformat() for day in waiting) == 1, "the one that is late on purpose"
        ahead = [day for day in waiting if day > UNTIL.isoformat()]
        ahead += [body["until"] for noun, body in bodies if noun == "mistake answered"]
        visits = [body for noun, body in bodies if noun == "visit planned" and "done_on" not in body]
        ahead += [body["on"] for body in visits if body["on"] > UNTIL.isoformat()]
        assert len(ahead) > 5
        assert min(ahead) > (first + timedelta(days=9)).isoformat()


def test_partners_expect_something_in_their_own_language_and_one_was_never_asked(oakline: Company) -> None:
    partners = {row["client_key"]: row for row in oakline.tables["clients"].to_pylist() if row["kind"] == "partner"}
    said = [row for row in oakline.tables["facts"].to_pylist() if row["client_key"] in partners]
    assert {row["name"] for row in said} == {EXPECTATION}
    silent = [row for key, row in partners.items() if key not in {one["client_key"] for one in said}]
    assert [json.loads(row["attributes"])["name"] for row in silent] == [SILENT]
    assert len({row["value"] for row in said}) == len(said) >= 14
    staff = {
        json.loads(row["body"])["head"]
        for row in oakline.tables["decisions"].to_pylist()
        if row["noun"] == "department"
    }
    assert {row["confirmed_by"] for row in said} & staff
    old = [row for row in said if row["confirmed_at"].date() < UNTIL - timedelta(days=365)]
    assert len(old) == 1


def test_the_programme_fits_a_small_start_and_one_mistake_is_answered_for(measured: Measured) -> None:
    assert {row["verdict"] for row in measured("fit")} == {"start small"}
    criteria = {row["criterion"]: row for row in measured("maturity")}
    assert (criteria["courteous"]["met"], criteria["competent"]["met"]) == ("yes", "unknown")
    assert criteria["competent"]["attested_until"] < UNTIL
    assert criteria["plans"]["skipped"] is True
    answered = [row for row in measured("mistakes") if row["answered_until"] is not None]
    assert [row["mistake"] for row in answered] == ["growing-surprises"]
    assert answered[0]["answered_until"] > UNTIL + timedelta(days=60)


def test_the_index_stands_between_floor_and_target_in_every_view(measured: Measured) -> None:
    rows = measured("index")
    total = next(row for row in rows if row["level"] == "index")
    assert 40 < total["score_low"] < total["score"] < total["score_high"] < 70
    assert total["coverage"] == pytest.approx(1.0)
    views = {row["name"]: row["score"] for row in rows if row["level"] == "view"}
    assert set(views) == {"staff", "customers", "evidence"}
    assert views["staff"] > views["evidence"]
