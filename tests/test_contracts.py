"""Contracts from a list of customers, as a shop owner imports and reads them: docs/contracts.md on real data."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import regulars as rg
import regulars.cli
from regulars.cli.shared import app
from regulars.errors import MappingError, MeasureError
from regulars.workspace import Workspace
from tests.real_data import real_data

PAGE = (Path(__file__).parents[1] / "docs" / "contracts.md").read_text("utf-8")
COMMANDS = re.findall(r"<!-- tested: telco_churn -->\n```\n(.*?)```", PAGE, re.DOTALL)[0].strip().splitlines()
LIST = """Client no;Contract;Customer since;Cancelled on;Payment Method
A;Monthly;2025-01-01;;card
B;Monthly;2025-01-01;2025-07-01;cash
C;Yearly;2025-06-01;;card
D;Yearly;2026-09-01;;card
E;;;;cash
"""


@pytest.fixture(scope="module")
def telco(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, list[str]]:
    """The workspace after every command of the page, and what each printed."""
    assert regulars.cli.COMMANDS, "importing the command line registers its commands"
    folder = tmp_path_factory.mktemp("telco")
    shop = rg.init(folder / "shop")
    printed = []
    for command in COMMANDS:
        found = real_data("telco_churn/telco_churn.parquet")
        words = [
            {"shop": str(folder / "shop"), "telco_churn.parquet": str(found)}.get(w, w) for w in shlex.split(command)
        ]
        words = [str(folder / word) if word.endswith(".csv") else word for word in words]
        result = CliRunner().invoke(app, words[1:], prog_name="regulars")
        assert result.exit_code == 0, (command, result.output, result.exception)
        printed.append(result.output)
    return shop, printed


def test_eleven_blank_charges_are_told_and_their_lines_imported(telco) -> None:
    assert "7,043 lines read = 7,043 imported + 0 rejected + 0 already there" in telco[1][0]
    assert "left empty: 11 × total charges blank" in telco[1][0]


def test_how_long_customers_stay_by_contract_is_what_another_program_says(telco) -> None:
    from lifelines import KaplanMeierFitter
    from lifelines.statistics import multivariate_logrank_test

    file = pl.read_parquet(real_data("telco_churn/telco_churn.parquet"))
    folder = telco[0].folder.parent
    ours = pl.read_csv(folder / "survival.csv")
    assert ours["contract"].unique().sort().to_list() == ["Month-to-month", "One year", "Two year"]
    for (contract,), customers in file.group_by("Contract"):
        theirs = KaplanMeierFitter().fit(customers["tenure"].to_numpy(), (customers["Churn"] == "Yes").to_numpy())
        rows = ours.filter(pl.col("contract") == contract)
        assert rows["time"].to_list() == theirs.event_table.index.to_list()
        assert rows["survival"].to_list() == pytest.approx(theirs.survival_function_["KM_estimate"].to_list(), abs=1e-9)
        assert rows["at_risk"].to_list() == theirs.event_table["at_risk"].to_list()
        assert rows["left"].to_list() == theirs.event_table["observed"].to_list()
        known = rows.filter(pl.col("survival_low").is_not_null())
        ends = theirs.confidence_interval_.loc[known["time"].to_list()].to_numpy()
        assert known["survival_low"].to_list() == pytest.approx(ends[:, 0].tolist(), abs=1e-9)
        assert known["survival_high"].to_list() == pytest.approx(ends[:, 1].tolist(), abs=1e-9)
    summary = telco[0].measure("survival_summary", by="contract").to_polars()
    test = multivariate_logrank_test(file["tenure"].to_numpy(), file["Contract"].to_numpy(), file["Churn"] == "Yes")
    assert summary["chi_square"].to_list() == pytest.approx([float(test.test_statistic)] * 3, rel=1e-9)
    assert summary["customers"].to_list() == [3875, 1473, 1695]


def test_customers_without_a_single_order_are_still_at_a_stage(telco) -> None:
    rows = telco[0].measure("stages").to_polars()
    assert rows.filter(pl.col("stage") == "left")["customers"].item() == 1869
    assert rows["customers"].sum() == 7043
    assert telco[0].measure("losses").to_polars().select("month_on", "lost", "lost_share").rows() == [
        (None, 1869, None)
    ]


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    shop = rg.init(tmp_path / "shop", time_zone="Europe/Sofia")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    shop.import_file(tmp_path / "list.csv", form="customers", map={"attribute_payment": "Payment Method"})
    return shop


def test_days_of_contracts_are_local_days_and_what_is_not_said_is_not_kept(shop: Workspace) -> None:
    with shop.engine() as engine:
        rows = engine.run("SELECT attributes FROM clients ORDER BY attributes").to_pylist()
    assert [row["attributes"] for row in rows] == [
        '{"contract":"Monthly","contract_from":"2025-01-01","left_on":"2025-07-01","payment":"cash"}',
        '{"contract":"Monthly","contract_from":"2025-01-01","payment":"card"}',
        '{"contract":"Yearly","contract_from":"2025-06-01","payment":"card"}',
        '{"contract":"Yearly","contract_from":"2026-09-01","payment":"card"}',
        '{"payment":"cash"}',
    ]


def test_a_contract_that_has_not_begun_is_no_customer_and_one_that_ended_is_a_loss_of_its_month(
    shop: Workspace,
) -> None:
    rows = shop.measure("survival", by="contract", as_of="2026-01-01").to_polars()
    assert rows.select("contract", "time", "unit", "at_risk", "left", "survival").rows() == [
        ("Monthly", 0.0, "days", 2, 0, 1.0),
        ("Monthly", 181.0, "days", 2, 1, 0.5),
        ("Monthly", 365.0, "days", 1, 0, 0.5),
        ("Yearly", 0.0, "days", 1, 0, 1.0),
        ("Yearly", 214.0, "days", 1, 0, 1.0),
    ]
    lost = shop.measure("losses", as_of="2026-01-01").to_polars().filter(pl.col("lost") > 0)
    assert lost.select("month_on", "customers", "lost", "said_so", "silent").rows() == [(date(2025, 7, 1), 3, 1, 1, 0)]
    assert len(shop.measure("survival", as_of="2025-06-30").to_polars().filter(pl.col("left") > 0)) == 0


def test_a_newer_list_that_calls_a_customer_active_again_is_believed(shop: Workspace, tmp_path: Path) -> None:
    (tmp_path / "newer.csv").write_text("Client no;Has left\nB;не\nA;evet\n", encoding="utf-8")
    summary = shop.import_file(tmp_path / "newer.csv", form="customers")
    assert summary.lines_imported == 2
    rows = shop.measure("lost_customers", as_of="2026-01-01").to_polars()
    assert rows.select("left_on", "left_how", "first_on").rows() == [(None, "contract", date(2025, 1, 1))]


def test_an_attribute_may_be_written_as_people_write_it_and_a_wrong_one_is_answered_with_those_there_are(shop) -> None:
    rows = shop.measure("stages", by="Payment", where="'2025-01-01' = contract_from or CONTRACT = 'Yearly'").to_polars()
    assert set(rows["payment"]) == {"card", "cash"}
    with pytest.raises(MeasureError, match=r"no column 'paymant'\. Did you mean 'payment'\?"):
        shop.measure("stages", by="paymant")


def test_a_word_that_is_neither_yes_nor_no_is_told_and_left_empty(shop: Workspace, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("Client no,Churned\nX,perhaps\nY,\nZ,Ano\n", encoding="utf-8")
    summary = shop.import_file(tmp_path / "odd.csv", form="customers", dry_run=True)
    assert summary.warnings == {"has left not yes or no": 1}
    assert [row["has_left"] for row in summary.first_rows] == [None, None, "true"]


def test_an_attribute_needs_a_name_of_letters_and_belongs_to_lists_of_customers(
    shop: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(MappingError, match="has no field 'attribute_'"):
        shop.import_file(tmp_path / "list.csv", form="customers", map={"attribute_": "Contract"}, dry_run=True)
    with pytest.raises(MappingError, match="has no field 'attribute_x'"):
        shop.import_file(tmp_path / "list.csv", form="contacts", map={"attribute_x": "Contract"}, dry_run=True)
