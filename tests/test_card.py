"""The card shows all that is known of a customer, and a contact logged on it is there at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from regulars import card as cards
from regulars.card import CardError, ContactError, log_contact, open_card
from regulars.log.inbox import Entry
from regulars.timeline import TimelineError, lines_of
from regulars.workspace import Workspace
from tests.base.shops import ANA, BORIS, CEM, DORA, add, at, name, small_shop, touch

NOW = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # already the 2nd in Sofia


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with small_shop(tmp_path / "shop") as workspace:
        yield workspace


def numbers(card: cards.Card) -> list[int]:
    return [touch.interaction_id for touch in card.touches]


def test_the_time_line_is_newest_first_with_lines_and_answers(shop: Workspace) -> None:
    card = open_card(shop, ANA, now=NOW)
    assert numbers(card) == [6, 5, 3, 4, 2, 1]
    answered, _, ordered = card.touches[:3]
    assert [(answer.kind, answer.score, answer.scale_max) for answer in answered.answers] == [
        ("ces", 2.0, 7.0),
        ("nps", 9.0, 10.0),
    ]
    assert [(line.name, line.quantity) for line in ordered.lines or ()] == [("Chair", Decimal(2))]
    assert card.kinds == (("order", 3), ("answer", 1), ("delivery", 1), ("refund", 1))


def test_promises_are_late_or_overdue(shop: Workspace) -> None:
    late = {touch.interaction_id: (touch.late, touch.overdue) for touch in open_card(shop, ANA, now=NOW).touches}
    assert (late[5], late[3], late[2]) == ((True, False), (True, False), (None, False))
    call = next(touch for touch in open_card(shop, BORIS, now=NOW).touches if touch.kind == "call")
    assert (call.late, call.overdue) == (None, True)
    assert not next(t for t in open_card(shop, BORIS, now=at("2026-05-02")).touches if t.kind == "call").overdue


def test_the_card_has_the_row_the_facts_and_the_details(shop: Workspace) -> None:
    card = open_card(shop, ANA, now=NOW)
    assert card.row is not None
    assert card.row["spend"] == Decimal(550)
    assert card.name == "Ана Чолакова"
    assert [fact.name for fact in card.facts] == ["fear", "need"]
    assert [(record.source, record.reference) for record in card.records] == [("shop", f"C{ANA}")]


def test_every_value_of_a_detail_says_where_it_is_from(shop: Workspace) -> None:
    number = add(shop, interactions=[touch(50, ANA, "2026-06-30", "call")])
    said = {"client_key": ANA, "source": "call centre", "name": "Ana Cholakova", "phone": "0888"}
    shop.vault.add_details(number, [said])
    card = open_card(shop, ANA, now=NOW)
    assert [(detail.value, detail.source) for detail in card.details["name"]] == [
        ("Ana Cholakova", "call centre"),
        ("Ана Чолакова", "shop"),
    ]
    assert card.details["phone"][0].import_id == number
    assert card.details["phone"][0].said_at is not None
    assert card.details["email"] == ()


def test_a_long_time_line_comes_in_parts_without_gap_or_repetition(shop: Workspace) -> None:
    add(shop, interactions=[touch(100 + n, CEM, f"2026-04-{1 + n // 4:02}", "visit") for n in range(40)])
    seen: list[int] = []
    before = None
    while True:
        card = open_card(shop, CEM, now=NOW, limit=7, before=before)
        seen += numbers(card)
        before = card.next_before
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 42
    assert seen == numbers(open_card(shop, CEM, now=NOW, limit=100))


def test_only_the_asked_kinds_are_shown(shop: Workspace) -> None:
    assert numbers(open_card(shop, ANA, now=NOW, kinds=["refund", "delivery"])) == [5, 4]
    assert numbers(open_card(shop, ANA, now=NOW, kinds=["x' OR 1=1 --"])) == []


@pytest.mark.parametrize("before", ["", "yesterday", "1", "1.2.3", "1; DROP TABLE x"])
def test_a_place_that_no_time_line_gave_is_refused(shop: Workspace, before: str) -> None:
    with pytest.raises(TimelineError):
        open_card(shop, ANA, now=NOW, before=before)


def test_lines_of_older_orders_are_read_when_asked(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [{"interaction_id": 200 + n, "line_id": 300 + n, "product": f"P{n}"} for n in range(15)]
    add(shop, interactions=[touch(200 + n, CEM, f"2026-03-{1 + n:02}", amount=1) for n in range(15)], items=items)
    read = [one for one in open_card(shop, CEM, now=NOW).touches if one.kind == "order"]
    assert [one.lines is None for one in read] == [False] * 5 + [True] * 11
    with shop.engine() as engine:
        assert [line.product for line in lines_of(engine, [200])[200]] == ["P0"]


def test_a_logged_contact_is_on_the_card_at_once_and_after_sealing(shop: Workspace) -> None:
    assert log_contact(
        shop, DORA, kind="Call", touchpoint="call  centre", channel="phone", outcome="answered", by="eva", now=NOW,
        text=" wants a lift ", initiated_by="client",
    )  # fmt: skip
    for _ in range(2):
        newest = open_card(shop, DORA, now=NOW).touches[0]
        assert (newest.kind, newest.touchpoint, newest.employee) == ("call", "call centre", "eva")
        assert (newest.occurred_at, newest.occurred_on) == (NOW, date(2026, 7, 2))
        assert (newest.text, newest.initiated_by, newest.outcome) == ("wants a lift", "client", "answered")
        shop.seal()


def test_a_double_click_logs_one_contact(shop: Workspace) -> None:
    for expected in (True, False):
        assert log_contact(shop, DORA, kind="call", by="eva", now=NOW, request_id="r") is expected
    assert len(open_card(shop, DORA, now=NOW).touches) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"kind": " "}, {"kind": "order"}, {"kind": "call", "outcome": "x" * 500}, {"kind": "call", "text": "x" * 20_000}],
)
def test_a_contact_that_cannot_be_kept_is_refused_in_words(shop: Workspace, wrong: dict[str, str]) -> None:
    with pytest.raises(ContactError):
        log_contact(shop, DORA, by="eva", now=NOW, **wrong)
    assert open_card(shop, DORA, now=NOW).touches == ()


def test_nobody_has_no_card(shop: Workspace) -> None:
    with pytest.raises(CardError, match="no customer"):
        open_card(shop, 987_654, now=NOW)


def test_joined_records_have_one_card_under_either_key(shop: Workspace) -> None:
    name(shop, 77, "Cem I.")
    add(shop, interactions=[touch(60, 77, "2026-06-29", "visit")])
    link = {"left_key": CEM, "right_key": 77, "verdict": "same", "method": "person", "decided_at": NOW}
    shop.add([Entry("links", link)])
    for key in (CEM, 77):
        card = open_card(shop, key, now=NOW)
        assert card.client_key == CEM
        assert numbers(card) == [11, 60, 10]
        assert {record.client_key for record in card.records} == {CEM, 77}


def test_choices_are_the_most_used_words_of_contacts(shop: Workspace) -> None:
    add(shop, interactions=[touch(70 + n, CEM, "2026-06-30", "call", touchpoint="call centre") for n in range(3)])
    assert cards.touchpoint_choices(shop) == ["call centre", "desk"]
    assert cards.channel_choices(shop) == ["phone"]
    assert cards.outcome_choices(shop)[:1] == ["answered"]
    assert cards.kind_choices(shop)[0] == "call"
