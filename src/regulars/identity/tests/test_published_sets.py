"""Records whose truth is known: FEBRL's made-up Australians and Splink's, by the same way as a company's."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest

from regulars.identity.comparable import comparable
from regulars.identity.matching import Said, match
from regulars.identity.tests.people import febrl, precision_and_recall
from tests.real_data import real_data


def test_five_hundred_people_with_two_records_each_are_found_nearly_all() -> None:
    raw, truth = febrl(real_data("identity_febrl/febrl_dataset1.parquet"))
    precision, recall = precision_and_recall(match(comparable(raw)), truth)
    assert precision >= 0.99
    assert recall >= 0.95


def test_the_same_records_in_another_order_give_the_same_customers_and_the_same_weights() -> None:
    raw, _ = febrl(real_data("identity_febrl/febrl_dataset1.parquet"))
    once = match(comparable(raw))
    again = match(comparable(raw.sample(fraction=1.0, shuffle=True, seed=5)))
    assert once.model == again.model
    key = ["key_l", "key_r"]
    pair, other = (found.pairs.select(*key, "verdict", "probability") for found in (once, again))
    assert pair.select(*key, "verdict").equals(other.select(*key, "verdict"))
    assert (pair["probability"] - other["probability"]).abs().max() < 1e-9  # type: ignore[operator]


def test_what_is_learned_lies_near_the_truth() -> None:
    raw, truth = febrl(real_data("identity_febrl/febrl_dataset1.parquet"))
    records = comparable(raw)
    learned = match(records).model
    pairs = truth.join(truth, on="person").filter(pl.col("key") < pl.col("key_right"))
    told = records.select("key", "birthday")
    both = pairs.join(told, on="key").join(told, left_on="key_right", right_on="key").drop_nulls()
    same = (both["birthday"] == both["birthday_right"]).mean()
    assert learned.chances["birthday"]["same"][0] == pytest.approx(same, abs=0.05)


def test_more_alike_never_weighs_less_where_it_was_learned() -> None:
    raw, _ = febrl(real_data("identity_febrl/febrl_dataset1.parquet"))
    chances = match(comparable(raw)).model.chances
    for name, steps in (("birthday", ("same", "near", "other")), ("address", ("same", "part", "other"))):
        ratios = [chances[name][code][0] / chances[name][code][1] for code in steps]
        assert all(more > less for more, less in pairwise(ratios)), name


@pytest.mark.slow
def test_two_thousand_people_with_up_to_six_records_are_found_nearly_all() -> None:
    raw, truth = febrl(real_data("identity_febrl/febrl_dataset3.parquet"))
    precision, recall = precision_and_recall(match(comparable(raw)), truth)
    assert precision >= 0.99
    assert recall >= 0.97


def test_records_with_bad_birthdays_and_mails_are_joined_on_the_whole() -> None:
    rows = pl.read_parquet(real_data("identity_splink/fake_1000.parquet"))
    raw = rows.select(
        key=pl.col("unique_id") + 1,
        given="first_name",
        family="surname",
        birthday="dob",
        city="city",
        email="email",
        source=pl.lit("fake"),
    )
    truth = rows.select(key=pl.col("unique_id") + 1, person="cluster")
    precision, recall = precision_and_recall(match(comparable(raw)), truth)
    assert precision >= 0.95
    assert recall >= 0.85


def test_new_records_alone_are_compared_with_the_same_result_as_all() -> None:
    raw, _ = febrl(real_data("identity_febrl/febrl_dataset1.parquet"))
    records = comparable(raw)
    first = match(records.filter(pl.col("key") <= 700))
    before = first.pairs.filter(pl.col("verdict") == "same").select("key_l", "key_r").rows()
    doubted = first.pairs.filter(pl.col("verdict") == "doubtful").select("key_l", "key_r").rows()
    said = Said(joined_before=frozenset(before), doubted_before=frozenset(doubted))
    more = match(records, said=said, changed=range(701, 1001), model=first.model)
    whole = match(records, model=first.model)
    assert more.compared < whole.compared
    assert all(max(pair) > 700 for pair in more.pairs.select("key_l", "key_r").rows())
    joined = {pair for pair in before if not _taken_back(pair, more.pairs)}
    joined |= set(more.pairs.filter(pl.col("verdict") == "same").select("key_l", "key_r").rows())
    expected = set(whole.pairs.filter(pl.col("verdict") == "same").select("key_l", "key_r").rows())
    assert len(joined ^ expected) <= 0.01 * len(expected)


def _taken_back(pair: tuple[int, int], stated: pl.DataFrame) -> bool:
    gone = stated.filter((pl.col("key_l") == pair[0]) & (pl.col("key_r") == pair[1]) & (pl.col("verdict") != "same"))
    return gone.height > 0
