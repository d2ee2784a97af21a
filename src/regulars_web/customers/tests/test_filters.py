"""Filters in the address: what is written is what is read, whatever people type."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.groups.conditions import LONGEST_TEXT
from regulars.groups.errors import RuleError
from regulars_web.customers.filters import as_rule, joined, read_filters, write_filter

texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), min_size=1, max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(texts.filter(str.strip), min_size=1, max_size=4))
def test_any_text_comes_back_from_the_address_as_it_was_typed(values):
    written = write_filter("city", "one_of", values)
    found, wrong = read_filters(joined([written, "orders~at_least~2"]), "EUR")
    assert not wrong
    assert [str(value) for value in found[0].condition.values] == list(dict.fromkeys(values))
    assert found[1].text == "orders~at_least~2"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_whatever_stands_in_the_address_is_read_or_refused_and_never_fails(text):
    found, wrong = read_filters(text, "EUR")
    assert len(found) + len(wrong) <= text.count(";") + 2


def test_a_condition_without_a_value_has_none():
    assert as_rule("segment~known") == {"field": "segment", "op": "known"}


def test_taking_one_filter_away_leaves_the_others():
    found, _wrong = read_filters("orders~at_least~2;segment~is~loyal;slipping~is~true", "EUR")
    assert found[1].without == "orders~at_least~2;slipping~is~true"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("customer_type~is~reseller", "Customer type is reseller"),
        ("spend~at_least~1250", "Bought for is at least €1,250"),
        ("p_alive~at_most~0.25", "Still a customer is at most 25%"),
        ("last_order_on~before~2026-01-31", "Last order is before 31 Jan 2026"),
        ("slipping~is~true", "Slipping away"),
        ("slipping~is~false", "not: Slipping away"),
        ("acquired_by~unknown", "Came by is unknown"),
        ("fact:need~contains~chair", "Fact: Need contains chair"),
    ],
)
def test_a_chip_reads_like_a_sentence(written, words):
    found, wrong = read_filters(written, "EUR")
    assert not wrong
    assert found[0].words == words


@pytest.mark.parametrize("field", ["password", "owner__email", "client_key", "spend; --", ""])
def test_only_columns_of_the_base_can_be_asked_for(field):
    with pytest.raises(RuleError):
        write_filter(field, "is", ["1"])


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(RuleError):
        write_filter("city", "is", ["x" * (LONGEST_TEXT + 1)])
