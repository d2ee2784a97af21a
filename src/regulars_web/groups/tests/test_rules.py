"""Rules without code: what is typed becomes a rule, is said back in words, and comes back as the same form."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.base import columns, open_base
from regulars.groups import errors, verdicts
from regulars.groups.conditions import FITTING, WITH_LIST, WITHOUT_VALUE, parse, to_json
from regulars.groups.fields import fields
from regulars_web.groups import building, sentences, words
from regulars_web.groups.tests.conftest import form


def typed(rows: dict) -> QueryDict:
    """The form as Django reads it."""
    sent = QueryDict(mutable=True)
    for name, value in rows.items():
        sent.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    return sent


def again(rule: dict) -> dict:
    """A rule put into the form, sent, and read back."""
    rows = building.rows_of(parse(rule, columns()))
    sent = {}
    for row in rows:
        name = f"c{row.number}"
        sent |= {f"{name}-part": row.part, f"{name}-field": row.field, f"{name}-op": row.op}
        sent |= {f"{name}-value": list(row.values), f"{name}-second": row.second}
    return to_json(parse(building.rule_json(building.read_rows(typed(sent))), columns()))


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20).map(str.strip)
_VALUES = {
    "text": _TEXTS.filter(bool),
    "fact": _TEXTS.filter(bool),
    "number": st.decimals(-10_000, 10_000, places=2).map(float),
    "date": st.dates().map(lambda day: day.isoformat()),
    "boolean": st.booleans(),
}


@st.composite
def conditions(draw):
    """Any condition that the rules accept."""
    field = draw(st.sampled_from(fields(columns())))
    op = draw(st.sampled_from(FITTING[field.kind]))
    said = {"field": field.name, "op": op}
    if op in WITHOUT_VALUE:
        return said
    if op in WITH_LIST:
        return {**said, "value": draw(st.lists(_VALUES[field.kind], min_size=1, max_size=3, unique=True))}
    if op == "between":
        return {**said, "value": sorted(draw(st.tuples(*[_VALUES[field.kind]] * 2)))}
    return {**said, "value": draw(_VALUES[field.kind])}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(conditions(), st.lists(conditions(), min_size=2, max_size=3)), min_size=1, max_size=4))
def test_every_rule_that_is_shown_in_the_form_is_sent_back_the_same(parts):
    rule = {"all": [{"any": part} if isinstance(part, list) else part for part in parts]}
    assert again(rule) == to_json(parse(rule, columns()))


def test_a_share_is_typed_in_per_cent_and_kept_as_a_part_of_one():
    rows = building.read_rows(typed(form({"field": "value_share", "op": "at_least", "value": "2.5 %"})))
    assert to_json(parse(building.rule_json(rows), columns()))["all"][0]["value"] == 0.025


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"field": "orders", "op": "at_least", "value": "many"}, "not a number"),
        ({"field": "last_order_on", "op": "after", "value": "yesterday"}, "not a date"),
        ({"field": "spend", "op": "between", "value": "9", "second": "3"}, "lower value first"),
        ({"field": "no_such_thing", "op": "is", "value": "x"}, "no field"),
        ({"field": "orders", "op": "contains", "value": "3"}, "does not fit"),
        ({"field": "customer_type", "op": "is"}, "needs a value"),
    ],
)
def test_what_cannot_be_read_says_so_at_its_own_row(row, place):
    good = {"field": "customer_type", "op": "is", "value": "reseller"}
    first, second = building.checked(building.read_rows(typed(form(good, row))))
    assert not first.wrong
    assert place in second.wrong


def test_every_sentence_of_the_library_has_its_translation():
    assert set(sentences.WRONG_WORDS) == set(errors.SENTENCES)
    split = {"treated_unlike_more", "treated_unlike_fewer"}
    assert set(sentences.REASON_WORDS) - split == set(verdicts.SENTENCES) - {"treated_unlike"}


def test_alternatives_are_told_apart_from_what_must_hold_together():
    reseller = {"field": "customer_type", "op": "is", "value": "reseller"}
    rule = {
        "all": [
            {"any": [reseller, {"field": "orders", "op": "at_least", "value": 5}]},
            {"field": "customer_type", "op": "known"},
        ]
    }
    said = words.rule_words(parse(rule, columns()), "EUR")
    assert said == "(Customer type is reseller or Orders is at least 5) and Customer type is known"


@pytest.mark.django_db
def test_the_count_that_follows_the_typing_is_what_sql_by_hand_counts(shop, client_as):
    counted = open_base(shop).run(
        "SELECT count(*) AS n, (SELECT count(*) FROM base) AS everyone FROM base"
        " WHERE (customer_type = 'reseller' OR orders >= 3) AND country = 'BG'"
    )
    n, everyone = counted["n"][0].as_py(), counted["everyone"][0].as_py()
    assert 0 < n < everyone
    sent = form(
        {"part": 0, "field": "customer_type", "op": "is", "value": "reseller"},
        {"part": 0, "field": "orders", "op": "at_least", "value": "3"},
        {"part": 1, "field": "country", "op": "is", "value": "BG"},
    )
    page = client_as("analyst").post("/groups/preview", sent, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="live")
    text = page.content.decode()
    assert f"<strong>{n}</strong>" in text
    assert f"of {everyone}:" in text
    assert 'id="rule"' not in text
