"""Answers that were collected elsewhere: plain files, questionnaires with many questions a line, reviews."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import regulars as rg
import regulars.cli
from regulars.cli.shared import app
from regulars.errors import MappingError
from regulars.imports.questions import read_saying
from regulars.imports.scales import scale_of
from regulars.workspace import Workspace
from tests.real_data import real_data

PAGE = Path(__file__).parents[2] / "docs" / "answers.md"
COMMANDS = [
    (folder, line)
    for folder, block in re.findall(r"<!-- tested: (\w+) -->\n```\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    for line in block.strip().splitlines()
]
PLAIN = """customer,date,nps,comment
c1,2026-01-05,9,Lovely chairs
c2,2026-01-06,0,
c3,2026-01-06,7,
c3,2026-01-06,7,
c4,2026-01-07,,only words
"""


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop", time_zone="Europe/Sofia")


def save(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def told(shop: Workspace, query: str) -> list[tuple[object, ...]]:
    with shop.engine() as engine:
        return [tuple(row.values()) for row in engine.run(query).to_pylist()]


def marks(shop: Workspace) -> list[tuple[object, ...]]:
    return told(
        shop, "SELECT question, kind, score, scale_min, scale_max FROM answers WHERE score IS NOT NULL ORDER BY ALL"
    )


def test_a_plain_file_gives_each_customer_a_mark_and_a_text_without_a_word_more(shop, tmp_path):
    summary = shop.import_file(save(tmp_path / "nps.csv", PLAIN), form="answers")
    assert (summary.lines_imported, summary.counts.interactions, summary.counts.answers) == (5, 5, 6)
    assert told(shop, "SELECT question, kind, score, scale_min, scale_max, text FROM answers ORDER BY ALL") == [
        ("comment", "text", None, None, None, "Lovely chairs"),
        ("comment", "text", None, None, None, "only words"),
        *[("nps", "nps", score, 0.0, 10.0, None) for score in (0.0, 7.0, 7.0, 9.0)],
    ]
    assert told(shop, "SELECT DISTINCT kind, step, initiated_by, touchpoint, properties FROM interactions") == [
        ("answer", "answer", "client", "survey", '{"survey":"main"}')
    ]


def test_a_file_sent_again_adds_only_what_is_new_and_a_customer_who_answered_twice_stays_two(shop, tmp_path):
    shop.import_file(save(tmp_path / "a.csv", PLAIN), form="answers")
    again = shop.import_file(save(tmp_path / "b.csv", PLAIN + "c9,2026-01-08,10,\n"), form="answers")
    assert (again.lines_imported, again.lines_already_there) == (1, 5)
    assert told(shop, "SELECT count(*) FROM answers") == [(7,)]
    shop.undo(again.import_id)
    assert told(shop, "SELECT count(*), count(DISTINCT interaction_id) FROM answers") == [(6, 5)]


def test_an_eleven_is_refused_until_somebody_says_that_it_stands_for_a_blank(shop, tmp_path):
    text = PLAIN + "c5,2026-01-08,11,never mind\nc6,2026-01-08,eleven,\nc7,2026-01-08,,\n"
    refused = shop.import_file(save(tmp_path / "a.csv", text), form="answers", dry_run=True)
    assert refused.reasons == {
        "nps is outside its scale, 0 to 10": 1,
        "nps is not a number": 1,
        "no score, a choice or a text": 1,
    }
    blank = shop.import_file(tmp_path / "a.csv", form="answers", questions=["nps=nps missing 11, eleven"])
    assert (blank.lines_imported, blank.lines_rejected) == (6, 2)
    assert {one.question: (one.answered, one.blank) for one in blank.questions} == {"nps": (4, 2), "comment": (3, 3)}
    assert told(shop, "SELECT max(score) FROM answers") == [(9.0,)]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("NPS", "nps"),
        ("NPS score (0-10)", "nps"),
        ("Вероятност да препоръча", "nps"),
        ("Готовность рекомендовать", "nps"),
        ("Ochota doporučit", "nps"),
        ("Tavsiye puanı", "nps"),
        ("CSAT", "csat"),
        ("Удовлетвореност", "csat"),
        ("Удовлетворённость", "csat"),
        ("Spokojenost", "csat"),
        ("Memnuniyet", "csat"),
        ("CES", "ces"),
        ("Леснота", "ces"),
        ("Усилия", "ces"),
        ("Snadnost", "ces"),
        ("Kolaylık", "ces"),
    ],
)
def test_the_well_known_questions_are_known_in_five_languages(shop, tmp_path, header, kind):
    lines = "\n".join(f"c{mark},2026-01-05,{mark},so" for mark in range(1, 8))
    if kind == "nps":
        lines += "\nc9,2026-01-05,10,so"
    shop.import_file(save(tmp_path / "a.csv", f"customer,date,{header},note\n{lines}\n"), form="answers")
    assert told(shop, "SELECT DISTINCT question, kind, scale_max FROM answers WHERE score IS NOT NULL") == [
        (kind, kind, 10.0 if kind == "nps" else 7.0)
    ]


def test_a_file_with_all_three_questions_gives_one_line_three_marks(shop, tmp_path):
    text = "customer,date,nps,csat,ces,comment\nc1,2026-01-05,9,5,2,so\nc2,2026-01-05,3,1,7,\n"
    summary = shop.import_file(save(tmp_path / "a.csv", text), form="answers")
    assert summary.counts.answers == 7
    assert [row[:3] for row in marks(shop)] == [
        ("ces", "ces", 2.0),
        ("ces", "ces", 7.0),
        ("csat", "csat", 1.0),
        ("csat", "csat", 5.0),
        ("nps", "nps", 3.0),
        ("nps", "nps", 9.0),
    ]


def test_recommending_asked_from_one_to_five_is_no_net_promoter_score(shop, tmp_path):
    text = "customer,date,recommend\n" + "\n".join(f"c{mark},2026-01-05,{mark}" for mark in range(1, 6))
    shop.import_file(save(tmp_path / "a.csv", text), form="answers")
    assert {row[1:] for row in marks(shop)} == {("rating", float(mark), 1.0, 5.0) for mark in range(1, 6)}


def test_a_line_that_names_its_question_keeps_kind_and_scale(shop, tmp_path):
    text = "customer,date,question,score\nc1,2026-01-05,NPS,9\nc2,2026-01-05,service,5\nc3,2026-01-05,NPS,12\n"
    summary = shop.import_file(save(tmp_path / "a.csv", text), form="answers")
    assert summary.lines_rejected == 1
    assert marks(shop) == [("NPS", "nps", 9.0, 0.0, 10.0), ("service", "rating", 5.0, 1.0, 5.0)]
    with pytest.raises(MappingError, match="which question it answers"):
        shop.import_file(tmp_path / "a.csv", form="answers", questions=["score=nps"])


WIDE = """*RESPNUM ,when,Q1 ,Q2A,Q2B,Q2C,W,Place
1,2026-01-05,10,5,0,Blank,1.5,shop
2,2026-01-05,0,6,3,4,0.5,web
3,2026-01-05,11,BLANK,,never used,1,web
"""
SAID = ["Q1=nps missing 11 as advise", "Q2*=rating 1-5 missing 0 never 6", "Place=choice"]


def test_a_questionnaire_gives_a_row_for_each_answer_and_counts_blanks_and_never_used(shop, tmp_path):
    path = save(tmp_path / "wide.csv", WIDE)
    summary = shop.import_file(path, form="answers", map={"weight": "W", "survey": "=spring"}, questions=SAID)
    counted = {one.question: (one.answered, one.blank, one.never_used) for one in summary.questions}
    assert counted == {
        "advise": (2, 1, 0),
        "Q2A": (1, 1, 1),
        "Q2B": (1, 2, 0),
        "Q2C": (1, 1, 1),
        "Place": (3, 0, 0),
    }
    assert (summary.lines_imported, summary.counts.answers) == (3, 8)
    rows = told(shop, "SELECT survey, question, score, weight FROM answers WHERE kind = 'nps' ORDER BY score")
    assert rows == [("spring", "advise", 0.0, 0.5), ("spring", "advise", 10.0, 1.5)]
    assert told(shop, "SELECT choice, count(*) FROM answers WHERE kind = 'choice' GROUP BY 1 ORDER BY 1") == [
        ("shop", 1),
        ("web", 2),
    ]


def test_several_options_in_one_cell_are_one_choice_each_and_one_respondent(shop, tmp_path):
    text = 'customer,date,Why,NPS\nA,2026-01-05,"price; staff ;price;",9\nB,2026-01-06,staff,8\nC,2026-01-07,;,7\n'
    path = save(tmp_path / "a.csv", text)
    summary = shop.import_file(path, form="answers", questions=["Why=choice", "NPS=nps"])
    assert (summary.lines_imported, summary.lines_rejected) == (3, 0)
    rows = told(shop, "SELECT choice, count(*) FROM answers WHERE kind = 'choice' GROUP BY 1 ORDER BY 1")
    assert rows == [("price", 1), ("staff", 2)]
    again = shop.import_file(save(tmp_path / "b.csv", text + "\n"), form="answers", questions=["Why=choice", "NPS=nps"])
    assert again.lines_imported == 0


def test_a_semicolon_in_the_customers_own_words_stays(shop, tmp_path):
    path = save(tmp_path / "a.csv", "customer,date,nps,comment\nA,2026-01-05,9,Kind; quick; near\n")
    shop.import_file(path, form="answers")
    assert told(shop, "SELECT text FROM answers WHERE kind = 'text'") == [("Kind; quick; near",)]


def test_columns_in_another_order_and_numbers_written_otherwise_are_the_same_answers(shop, tmp_path):
    shop.import_file(save(tmp_path / "a.csv", WIDE), form="answers", questions=SAID)
    frame = pl.read_csv(WIDE.encode(), infer_schema=False)
    turned = frame.select(reversed(frame.columns)).with_columns(pl.col("Q2B").replace({"3": "3.0"}))
    turned.write_csv(tmp_path / "b.csv")
    again = shop.import_file(tmp_path / "b.csv", form="answers", questions=SAID)
    assert (again.lines_imported, again.lines_already_there) == (0, 3)


def test_days_counted_from_a_first_one_become_dates(shop, tmp_path):
    text = "day,nps\n1,9\n31,8\n2017-05-04,7\nMonday,6\n"
    summary = shop.import_file(
        save(tmp_path / "a.csv", text), form="answers", map={"occurred": "day"}, on=date(2017, 5, 1)
    )
    assert summary.reasons == {"date not readable": 1}
    assert told(shop, "SELECT CAST(occurred_on AS VARCHAR) FROM interactions ORDER BY 1") == [
        ("2017-05-01",),
        ("2017-05-04",),
        ("2017-05-31",),
    ]


def test_columns_that_share_a_scale_are_the_questions_and_others_are_left_alone(shop, tmp_path):
    lines = [
        f"{n},{n % 2 + 1},{n % 5 + 1},{(n + 1) % 5 + 1},{(n + 2) % 5 + 1},{99 if n == 3 else 5}" for n in range(20)
    ]
    text = "\n".join(["no,sex,clean,quick,kind,safe", *lines])
    summary = shop.import_file(save(tmp_path / "a.csv", text), form="answers", on=date(2026, 1, 5), dry_run=True)
    found = {one.question: (one.low, one.high, one.missing) for one in summary.questions}
    assert found == dict.fromkeys(("clean", "quick", "kind"), (1.0, 5.0, ()))
    assert set(summary.unused) == {"no", "sex", "safe"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("NETPRO", "does not say which column.*NETPRO=nps missing 11"),
        ("NETPRO=stars", "one of the kinds nps, csat, ces, rating, choice, text"),
        ("Q1=rating 5-1", "no scale.*lower first"),
        ("Q1=nps 1-5", "asked from 0 to 10.*say rating 1-5"),
        ("Q2Z=nps", "no column 'Q2Z'.*did you mean"),
        ("Q2*=rating 1-5 as one", "stands for several columns"),
    ],
)
def test_what_cannot_be_understood_is_answered_with_what_to_write(shop, tmp_path, said, sentence):
    with pytest.raises(MappingError, match=sentence):
        shop.import_file(save(tmp_path / "a.csv", WIDE), form="answers", questions=[said])
    assert told(shop, "SELECT count(*) FROM interactions") == [(0,)]


def test_a_column_named_in_full_goes_before_a_pattern_and_a_later_word_before_an_earlier(shop, tmp_path):
    said = ["Q2B=rating 0-10", "Q2*=rating 1-5 missing 0 never 6", "Q2C=rating 1-7", "Q2C=skip"]
    path = save(tmp_path / "a.csv", WIDE)
    summary = shop.import_file(path, form="answers", questions=said, dry_run=True)
    assert {one.column: one.high for one in summary.questions} == {"Q2A": 5.0, "Q2B": 10.0}


numbers = st.integers(-20, 120)
spoken = st.lists(numbers.map(str) | st.sampled_from(["Blank", "no answer"]), max_size=3, unique=True)


@settings(max_examples=60)
@given(st.sampled_from(["csat", "ces", "rating"]), numbers, numbers, spoken, spoken)
def test_whatever_is_said_of_a_column_is_understood_as_it_was_said(kind, one, other, missing, never):
    low, high = sorted((one, other))
    if low == high:
        high += 1
    text = f"A =b*={kind} {low} to {high} missing {','.join(missing)} never used {', '.join(never)} as my name"
    saying = read_saying(text)
    assert (saying.columns, saying.kind, saying.low, saying.high) == ("A =b*", kind, low, high)
    assert (saying.missing, saying.never, saying.name) == (tuple(missing), tuple(never), "my name")


@settings(max_examples=80)
@given(st.sets(st.integers(-3, 12), min_size=1), st.sets(st.sampled_from([-99, 99, 999])))
def test_a_found_scale_holds_every_mark_that_is_no_code(marks, codes):
    scale, missing = scale_of(dict.fromkeys({*marks, *codes}, 1))
    left = [mark for mark in {*marks, *codes} if f"{mark:g}" not in missing]
    assert scale is None or scale[0] <= min(left) <= max(left) <= scale[1]
    assert not set(missing) & {f"{mark:g}" for mark in marks if mark >= 0}


@pytest.mark.parametrize(("folder", "line"), COMMANDS, ids=[line.split()[4] for _, line in COMMANDS])
def test_each_real_survey_is_one_command_as_the_page_says(tmp_path, folder, line):
    assert regulars.cli.COMMANDS
    words = shlex.split(line)
    assert words[:5:2] == ["regulars", "shop", words[4]]
    path = real_data(f"{folder}/{words[4]}")
    rows = pl.read_parquet(path).height if path.suffix == ".parquet" else pl.read_csv(path).height
    rg.init(tmp_path / "shop").close()
    result = CliRunner().invoke(app, ["-w", str(tmp_path / "shop"), "import", str(path), *words[5:]])
    assert result.exit_code == 0, result.output
    assert f"{rows:,} lines read = {rows:,} imported + 0 rejected" in result.output
    check = CHECKS.get(path.name)
    if check is not None:
        with rg.open(tmp_path / "shop") as shop:
            check(shop)


def _sfo_2017(shop: Workspace) -> None:
    score = told(
        shop,
        "SELECT count(*) FILTER (WHERE score >= 9), count(*) FILTER (WHERE score BETWEEN 7 AND 8), "
        "count(*) FILTER (WHERE score <= 6), round(100 * (sum(weight) FILTER (WHERE score >= 9) - sum(weight) "
        "FILTER (WHERE score <= 6)) / sum(weight), 2), max(score) FROM answers WHERE question = 'NETPRO'",
    )
    assert score == [(1436, 968, 342, 40.40, 10.0)]
    assert told(shop, "SELECT count(*), round(avg(score), 3) FROM answers WHERE question = 'Q7ALL'") == [(2688, 4.064)]
    saturday = "SELECT count(*) FROM interactions WHERE occurred_on = DATE '2017-05-13'"
    assert told(shop, saturday) == [(79,)], "the file's own column says that day 13 is a Saturday"


def _one_scale(low: float, high: float, answers: int) -> object:
    def check(shop: Workspace) -> None:
        query = "SELECT count(*), min(score) >= min(scale_min), max(score) <= max(scale_max) FROM answers"
        assert told(shop, query) == [(answers, True, True)]
        ends = told(shop, "SELECT DISTINCT scale_min, scale_max FROM answers ORDER BY scale_max DESC LIMIT 1")
        assert ends == [(low, high)]

    return check


def _clothing(shop: Workspace) -> None:
    query = "SELECT score, count(*) FROM answers WHERE question = 'stars' GROUP BY 1 ORDER BY 1 DESC"
    assert told(shop, query) == [(5.0, 13131), (4.0, 5077), (3.0, 2871), (2.0, 1565), (1.0, 842)]
    assert told(shop, "SELECT DISTINCT i.kind, survey FROM interactions i JOIN answers USING (interaction_id)") == [
        ("review", "reviews")
    ]


CHECKS = {
    "sfo_2017.parquet": _sfo_2017,
    "mobi.csv": _one_scale(1.0, 10.0, 250 * 24),
    "corp_rep_data.csv": _one_scale(1.0, 7.0, 13_061),
    "womens_clothing_reviews.parquet": _clothing,
}


def test_every_year_of_the_airport_survey_has_its_question_about_the_whole(tmp_path):
    years = [shlex.split(line) for folder, line in COMMANDS if folder == "survey_sfo_airport"]
    assert [words[4] for words in years] == [f"sfo_{year}.parquet" for year in range(2010, 2018)]
    whole = [any("Q7ALL" in word or word.startswith("Q7*") for word in words) for words in years]
    assert all(whole)
