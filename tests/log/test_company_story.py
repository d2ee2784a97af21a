"""Whatever a company does with its imports, in whatever order, the log tells what a plain dictionary tells."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

import regulars as rg
from regulars.errors import LogError

# Ten orders of four customers; order 3 has a line that was sold twice, order 7 is a return.
ORDERS: dict[int, list[tuple[str, str]]] = {
    number: [("chair", f"{number + 1}.50")] * (2 if number == 3 else 1)
    + [("table", "-9.00" if number == 7 else "20.00")]
    for number in range(10)
}


class CompanyStory(RuleBasedStateMachine):
    """The model: which import brought which orders, in the order of the imports that are in force."""

    @initialize()
    def open_the_shop(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.shop = rg.init(self.folder / "shop")
        self.brought: dict[int, set[int]] = {}
        self.files: list[tuple[Path, frozenset[int]]] = []

    def teardown(self) -> None:
        self.shop.close()
        shutil.rmtree(self.folder)

    def _there(self) -> set[int]:
        return set().union(*self.brought.values())

    def _import(self, path: Path, chosen: frozenset[int]) -> None:
        summary = self.shop.import_file(path, form="orders")
        fresh = chosen - self._there()
        assert summary.lines_read == sum(len(ORDERS[number]) for number in chosen)
        assert summary.lines_imported == sum(len(ORDERS[number]) for number in fresh)
        assert summary.lines_read == summary.lines_imported + summary.lines_rejected + summary.lines_already_there
        if summary.import_id is not None:
            self.brought[summary.import_id] = fresh

    @rule(chosen=st.frozensets(st.sampled_from(sorted(ORDERS)), min_size=1), turned=st.booleans())
    def import_an_export(self, chosen: frozenset[int], turned: bool) -> None:
        path = self.folder / f"export-{len(self.files)}.csv"
        rows = [
            [number, f"c{number % 4}", f"2026-01-{number + 1:02}", product, amount]
            for number in sorted(chosen, reverse=turned)
            for product, amount in ORDERS[number]
        ]
        with path.open("w", newline="") as handle:
            csv.writer(handle).writerows([["order_id", "customer_id", "date", "product", "amount"], *rows])
        self.files.append((path, chosen))
        self._import(path, chosen)

    @rule(data=st.data())
    def import_a_file_again(self, data: st.DataObject) -> None:
        if self.files:
            self._import(*data.draw(st.sampled_from(self.files)))

    @rule(data=st.data())
    def take_an_import_back(self, data: st.DataObject) -> None:
        if self.brought:
            number = data.draw(st.sampled_from(sorted(self.brought)))
            self.shop.undo(number)
            del self.brought[number]
            with pytest.raises(LogError, match="undone already"):
                self.shop.undo(number)

    @rule()
    def merge_the_files(self) -> None:
        self.shop.compact()

    @rule()
    def close_and_open(self) -> None:
        self.shop.close()
        self.shop = rg.open(self.folder / "shop")

    @invariant()
    def every_document_is_there_once(self) -> None:
        with self.shop.engine() as engine:
            rows = engine.run(
                "SELECT thread, kind, amount, import_id, client_key FROM interactions ORDER BY thread"
            ).to_pylist()
            lines = engine.run("SELECT count(*) AS n, count(DISTINCT line_id) AS kinds FROM items").to_pylist()[0]
        wanted = {number: sum(Decimal(amount) for _, amount in ORDERS[number]) for number in self._there()}
        assert {int(row["thread"]): row["amount"] for row in rows} == wanted
        assert len(rows) == len(wanted), "nothing twice"
        assert {int(row["thread"]): row["kind"] for row in rows} == {
            number: "refund" if wanted[number] < 0 else "order" for number in wanted
        }
        assert {number: brought for number, brought in self.brought.items() if brought} == {
            number: {int(row["thread"]) for row in rows if row["import_id"] == number}
            for number in {row["import_id"] for row in rows}
        }
        count = sum(len(ORDERS[number]) for number in wanted)
        assert lines == {"n": count, "kinds": count}
        self._check_customers(rows, wanted)

    def _check_customers(self, rows: list[dict[str, object]], wanted: dict[int, Decimal]) -> None:
        names = self.shop.vault.references(sorted({int(str(row["client_key"])) for row in rows}))
        found: Counter[str] = Counter()
        expected: Counter[str] = Counter()
        for row in rows:
            found[names[int(str(row["client_key"]))]] += row["amount"]
        for number, total in wanted.items():
            expected[f"c{number % 4}"] += total
        assert dict(found) == dict(expected)
        assert set(self.shop.vault.keys("main", sorted(expected)).values()) == set(names), "one key a customer"


def test_the_log_tells_the_same_story_as_a_plain_list_of_imports():
    run_state_machine_as_test(
        CompanyStory,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
