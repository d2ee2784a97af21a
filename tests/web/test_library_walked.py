"""The library is led through what it can say on pages; a sentence that no page could translate is a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from django.utils import translation

import regulars as rg
from regulars.base import columns, open_base
from regulars.errors import MeasureError, NeedsDecision, RegularsError
from regulars.groups.live import value_of
from regulars.groups.needs import unique_needs
from regulars.groups.opening import open_snapshot
from regulars.groups.portrait import portrait
from regulars.measures import all_measures
from regulars_web.definition import dependence
from regulars_web.imports import notes
from regulars_web.programme import words as programme_words
from regulars_web.shared.said import recognised
from regulars_web.staff import words as staff_words
from regulars_web.touchpoints import staking
from tests.real_data import real_data

# They end on the day on which the demo ends: measures of one day are compiled once for all.
FEW = (("A", "2026-05-05", "10"), ("A", "2026-06-05", "20"), ("B", "2026-06-30", "-5"))
# Verdicts for which pages have words of their own; whose dependence is not known has none beside its dash.
WORDED = {
    "stake": set(staking.VERDICTS),
    "fit": set(programme_words.VERDICTS),
    "recognition": set(staff_words.VERDICTS),
    "parity": {*dependence.VERDICTS, "not known"},
}
NOTHING_PAID = (("A", "2026-06-30", "0"),)


@pytest.fixture(scope="module")
def shops(made_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[rg.Workspace]]:
    """The demo company, a real one whose costs nobody knows, and two that are too small for anything."""
    folder = tmp_path_factory.mktemp("walked")
    # In one time zone, so that what is compiled for one serves all that end on the same day.
    demo = rg.open(made_company)
    zone = demo.settings.time_zone
    shops = [demo, *(rg.init(folder / name, time_zone=zone) for name in ("retail", "few", "nothing"))]
    shops[1].import_file(real_data("messy_raw/online_retail_2010-12-01.csv"), form="orders", date_format="DMY")
    for shop, rows in ((shops[2], FEW), (shops[3], NOTHING_PAID)):
        path = folder / f"{shop.folder.name}.csv"
        pl.DataFrame(list(rows), schema=["customer", "date", "amount"], orient="row").write_csv(path)
        shop.import_file(path, form="orders", map={"customer_id": "customer", "occurred": "date", "amount": "amount"})
    yield shops
    for shop in shops:
        shop.close()


def unknown(sentences: Sequence[str | None]) -> list[str]:
    """Those that no page could say in another language."""
    return sorted({one for one in sentences if one and not recognised(one.strip())})


@pytest.mark.parametrize("by", [(), ("customer_type",)], ids=["all together", "split"])
@pytest.mark.parametrize("measure", [one.name for one in all_measures()])
def test_every_reason_verdict_and_note_of_a_measure_can_be_translated(shops, measure: str, by: tuple[str, ...]) -> None:
    told: list[str | None] = []
    # The real company ends on a day of its own, for which every question is compiled anew: once is enough.
    for shop in shops if not by else [shops[0], *shops[2:]]:
        try:
            result = shop.measure(measure, by=by)
        except MeasureError as refusal:
            told.append(str(refusal))
            continue
        table = result.to_polars()
        told += list(result.notes)
        for name in table.columns:
            if name == "verdict" and measure in WORDED:
                assert set(table[name].drop_nulls().unique()) <= WORDED[measure], "pages have words of their own"
            elif name.endswith("_reason") or name == "verdict":
                told += table[name].cast(pl.String).unique().to_list()
    assert unknown(told) == []


def test_every_reason_on_a_list_or_card_can_be_translated(shops) -> None:
    reasons = [column.name for column in columns() if column.name.endswith("_reason")]
    told: list[str | None] = []
    for shop in shops:
        base = open_base(shop)
        told += [base.about.trust.sentence, base.about.trust.reason]
        rows = base.table(columns=reasons)
        told += [one for name in reasons for one in rows[name].unique().to_pylist()]
    assert len({one for one in told if one}) > 4
    assert unknown(told) == []


def test_every_reason_about_a_group_can_be_translated(shops) -> None:
    told: list[str | None] = []
    for shop in shops:
        snapshot = open_snapshot(shop)
        for members in (np.arange(len(snapshot)) < few for few in (0, 1, 5, len(snapshot))):
            worth = value_of(snapshot, members)
            told += [worth.share.reason, worth.share_of_revenue.reason, worth.share_of_profit.reason]
            told += [portrait(snapshot, members).reason, unique_needs(snapshot, members).reason]
    assert unknown(told) == []


@pytest.mark.parametrize(
    "name",
    [
        "cfpb_us_dates_quoted_commas_1000.csv",
        "cz_alza_negative_multi_root_NOT_wellformed.xml",
        "cdnow_sample_fixed_width_head1000.txt",
        "en_pros_CP1252_lines.txt",
        "nyc311_us_dates_head1000.csv",
        "olist_order_items_head1000.csv",
        "olist_orders_head1000.csv",
        "online_retail_2010-12-01.csv",
        "online_retail_2011-08-12_bad_debt.csv",
        "online_retail_TRUNCATED_not_a_valid_xlsx.xlsx",
        "ru_telco_phpmyadmin_dump_head1000.xml.txt",
        "sepsis_semicolon_case_id_NA_head1000.csv",
        "telco_blank_TotalCharges_head1000.csv",
        "us_airline_tweets_EXCEL_MANGLED_head1000.csv",
        "us_airline_tweets_INVALID_UTF8_lines.csv",
        "uwv_complaints_CP1252_semicolon.csv",
    ],
)
def test_all_that_an_import_says_of_a_messy_file_is_said_in_another_language(tmp_path, name: str) -> None:
    """The same note in Czech and in English: one that reads alike in both was not translated."""
    with rg.init(tmp_path / "shop") as shop:
        told = _told_of(shop, real_data(f"messy_raw/{name}"))
    assert told
    assert [one for one in told if _in("cs", one) == _in("en", one)] == []


def _told_of(shop: rg.Workspace, path: Path) -> list[tuple[bool, str]]:
    """What importing a file says, as (whether it is about lines, text)."""
    try:
        summary = shop.import_file(path, dry_run=True)
    except NeedsDecision as asks:
        return [(False, asks.question)]
    except RegularsError as refusal:
        return [(False, str(refusal))]
    about_lines = [*summary.reasons, *summary.warnings]
    return [(False, note) for note in summary.notes] + [(True, reason) for reason in about_lines]


def _in(language: str, told: tuple[bool, str]) -> str:
    with translation.override(language):
        return notes.why(told[1]) if told[0] else notes.note(told[1])
