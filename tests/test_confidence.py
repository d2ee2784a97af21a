"""What colleagues and partners said in confidence shows nowhere: not in a measure, a command, a report or an export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import regulars as rg
from regulars.base import open_base
from regulars.engines.compiled import tables_read
from regulars.errors import MeasureError
from regulars.measures import all_measures, find
from regulars.measures.scope import Scope
from regulars.workspace import Workspace
from tests.cli.calls import regulars
from tests.confided import CANARY, CUSTOMERS, INSIDE, NEWEST, PARTNERS, confided

# What somebody might ask for who wants to know what one person said.
QUESTIONS: dict[str, dict[str, Any]] = {
    "all": {},
    "by department": {"by": ("department",)},
    "of the attic": {"where": "department = 'attic'"},
    "all but the attic": {"where": "department <> 'attic'"},
    "of the survey": {"where": f"survey = '{INSIDE}'"},
    "of one day": {"from_on": "2026-03-10", "to_on": "2026-03-10"},
    "from April": {"from_on": "2026-04-01"},
    "of one partner": {"members": frozenset({PARTNERS[0]})},
    "of customers and one partner": {"members": frozenset({*CUSTOMERS, PARTNERS[0]})},
}
# Those that count answers themselves; the others put these together, and are asked in the long run.
QUICK = (
    *("enps", "partner_nps", "ratings", "employee_ratings", "partner_ratings", "pulse", "response", "theme_texts"),
)


@dataclass(frozen=True)
class Twins:
    """Two companies that differ only in what is hidden."""

    one: Workspace
    other: Workspace


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    folder = tmp_path_factory.mktemp("twins")
    with rg.open(confided(folder / "one", other=False)) as one, rg.open(confided(folder / "other", other=True)) as two:
        yield Twins(one, two)


def reading_answers() -> list[str]:
    """Measures that read a table in which answers stand."""
    scope = Scope(as_of=NEWEST)
    return [one.name for one in all_measures() if "answers" in tables_read(one, scope)]


def asked(shop: Workspace, name: str, question: dict[str, Any]) -> object:
    """What a measure answers: its rows and notes, or the sentence with which it refuses."""
    try:
        found = shop.measure(name, **{"as_of": NEWEST, **question})
    except MeasureError as error:
        return str(error)
    return found.to_arrow().to_pylist(), found.notes


def different(one: object, other: object) -> list[object]:
    """Where two results differ."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        rows = list(zip(one[0], other[0], strict=False))
        found: list[object] = [
            (name, row[name], twin[name]) for row, twin in rows for name in row if not same(row[name], twin[name])
        ]
        return [*found, *([] if (one[1], len(one[0])) == (other[1], len(other[0])) else [one[1], other[1]])]
    return [] if one == other else [one, other]


def same(one: object, other: object) -> bool:
    """Equal; floats to a billionth, as rows of equal times are summed in no fixed order."""
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-12, nan_ok=True)
    return one == other


@pytest.mark.parametrize(
    "name",
    [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in reading_answers()],
)
def test_no_measure_tells_two_companies_apart_that_differ_in_what_is_hidden(twins: Twins, name: str) -> None:
    for words, question in QUESTIONS.items():
        found, twin = (asked(shop, name, question) for shop in (twins.one, twins.other))
        assert different(found, twin) == [], words
        assert CANARY not in str(found), words


def test_the_yard_and_everybody_are_shown_so_that_the_twins_prove_something(twins: Twins) -> None:
    (everybody,) = twins.one.measure("enps", as_of=NEWEST).to_arrow().to_pylist()
    assert everybody["n"] == 18
    told = twins.one.measure("enps", by="department", as_of=NEWEST).to_arrow().to_pylist()
    assert {row["department"]: row["n"] for row in told} == {"yard": 9, "cellar": None, "attic": None}
    told = twins.one.measure("employee_ratings", by="department", as_of=NEWEST).to_arrow().to_pylist()
    assert {row["department"] for row in told if row["mean"] is not None} == {"yard"}
    assert {row["question"] for row in told} == {"pleased", "tools"}
    (partners,) = twins.one.measure("partner_nps", as_of=NEWEST).to_arrow().to_pylist()
    assert partners["partner_nps"] is None
    assert twins.one.measure("nps", as_of=NEWEST).to_arrow().to_pylist()[0]["n"] == len(CUSTOMERS)


@pytest.mark.parametrize("name", sorted(one.name for one in all_measures() if one.in_confidence))
def test_no_measure_of_answers_in_confidence_is_asked_for_a_group(twins: Twins, name: str) -> None:
    assert "never of a group" in str(asked(twins.one, name, {"members": frozenset(CUSTOMERS)}))


def test_every_measure_that_reads_answers_in_confidence_says_so() -> None:
    assert {"enps", "partner_nps", "employee_ratings", "partner_ratings", "pulse", "elements"} == {
        one.name for one in all_measures() if one.in_confidence
    }
    assert find("ratings").in_confidence is False


COMMANDS = (
    ("measure", "enps", "--by", "department", "--format", "csv"),
    ("measure", "employee_ratings", "--by", "department", "--format", "json"),
    ("measure", "partner_ratings", "--format", "csv"),
    ("measure", "pulse", "--names", "--format", "csv"),
    ("measure", "theme_texts", "--names", "--format", "csv"),
    ("measure", "ratings", "--by", "survey", "--format", "csv"),
    ("measure", "response", "--by", "department", "--format", "csv"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[1:4]))
def test_no_command_tells_them_apart(twins: Twins, words: tuple[str, ...]) -> None:
    found = [
        regulars("-w", shop.folder, *words, "--as-of", NEWEST.isoformat()).out for shop in (twins.one, twins.other)
    ]
    assert found[0] == found[1]
    assert CANARY not in found[0]


def test_the_report_does_not_tell_them_apart(twins: Twins, tmp_path: Path) -> None:
    found = []
    for place, shop in enumerate((twins.one, twins.other)):
        text = shop.report(tmp_path / f"{place}.html", as_of=NEWEST).read_text(encoding="utf-8")
        found.append(re.sub(r"\d{2}:\d{2}(:\d{2})?", "", text))
    assert found[0] == found[1]
    assert CANARY not in found[0]


@pytest.mark.parametrize("kind", ["customer", "employee", "partner"])
def test_no_column_of_the_customer_base_tells_them_apart(twins: Twins, kind: str) -> None:
    tables = [open_base(shop).table(None, kind=kind).to_pylist() for shop in (twins.one, twins.other)]
    assert len(tables[0]) >= 3
    assert tables[0] == tables[1]
    assert CANARY not in str(tables[0])
