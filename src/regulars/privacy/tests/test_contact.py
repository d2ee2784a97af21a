"""Whom the company may write to: the newest word counts, on whichever record it was said, and has a proof."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from regulars.log.consents import ConsentError, statements
from regulars.privacy.contact import consents_of, may_contact, record_consent
from regulars.privacy.erasing import erase
from regulars.privacy.tests.people import NOW, key_of
from regulars.workspace import Workspace

LATER = NOW + timedelta(days=900)


def say(shop: Workspace, key: int, state: str, day: int, purpose: str = "e-mail") -> None:
    at = LATER + timedelta(days=day)
    record_consent(
        shop, key, purpose=purpose, state=state, given_at=at, source="card", proof="form 7", by="Elena", now=at
    )


def test_nobody_is_written_to_who_never_agreed(shop):
    answer = may_contact(shop, key_of(shop, "T-8", "calls"), "e-mail")
    assert (answer.allowed, answer.decided_by) == (False, None)
    assert "Nobody ever recorded" in answer.reason


def test_a_yes_of_a_file_to_marketing_as_a_whole_allows_no_channel_and_a_no_forbids_all(shop):
    assert not may_contact(shop, key_of(shop, "AZ-78"), "e-mail").allowed
    assert "does not say e-mail" in may_contact(shop, key_of(shop, "AZ-78"), "e-mail").reason
    assert "withdrew from all marketing" in may_contact(shop, key_of(shop, "AZ-79"), "phone").reason


def test_a_withdrawal_on_any_joined_record_wins_over_an_older_yes(shop):
    her, second = key_of(shop, "AZ-77"), key_of(shop, "T-9", "calls")
    say(shop, her, "granted", 0)
    assert may_contact(shop, her, "newsletter").allowed
    say(shop, second, "withdrawn", 1)
    assert not may_contact(shop, her, "e-mail").allowed
    say(shop, her, "granted", 2)
    assert may_contact(shop, her, "e-mail").allowed
    assert [one.state for one in consents_of(shop, her) if one.purpose == "e-mail"] == [
        "granted",
        "withdrawn",
        "granted",
    ]


def test_of_two_words_of_one_instant_the_no_counts(shop):
    her, second = key_of(shop, "AZ-77"), key_of(shop, "T-9", "calls")
    say(shop, second, "withdrawn", 0)
    say(shop, her, "granted", 0)
    assert not may_contact(shop, her, "e-mail").allowed


def test_an_export_that_says_yes_every_month_does_not_make_an_old_yes_new(shop, tmp_path):
    path = tmp_path / "crm.csv"
    ana, numbers = key_of(shop, "AZ-78"), []
    for month in range(3):
        path.write_text(f'customer_id,phone,consent\nAZ-78,+420 777 000 11{month},"{{""newsletter"": true}}"\n')
        numbers.append(shop.import_file(path, form="customers", source="shop").import_id)
    told = [one for one in consents_of(shop, ana) if one.purpose == "e-mail"]
    assert len(told) == 1
    assert told[0].import_id == numbers[0]
    assert f"import {numbers[0]} (crm.csv)" in told[0].proof
    assert may_contact(shop, ana, "e-mail").allowed
    shop.undo(numbers[0])
    assert [one.import_id for one in consents_of(shop, ana) if one.purpose == "e-mail"] == [numbers[1]]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('{"newsletter": true, "sms": false}', {"e-mail": "granted", "phone": "withdrawn"}),
        ("да", {"marketing": "granted"}),
        ("Hayır", {"marketing": "withdrawn"}),
        ("e-mail; phone", {"e-mail": "granted", "phone": "granted"}),
        ("perhaps", {}),
        ("", {}),
        ('{"newsletter": null}', {}),
        ("[1, 2", {}),
        ("1", {"marketing": "granted"}),
    ],
)
def test_what_a_cell_says(cell, told):
    assert statements(cell) == told


def test_a_yes_without_proof_or_from_the_future_is_not_kept(shop):
    given = {"purpose": "e-mail", "state": "granted", "source": "card", "by": "Elena", "now": NOW}
    her = key_of(shop, "AZ-77")
    with pytest.raises(ConsentError, match="needs a proof"):
        record_consent(shop, her, given_at=NOW, proof=" ", **given)
    with pytest.raises(ConsentError, match="in the future"):
        record_consent(shop, her, given_at=NOW + timedelta(seconds=1), proof="form 7", **given)
    with pytest.raises(ConsentError, match="not 'maybe'"):
        record_consent(shop, her, given_at=NOW, proof="form 7", **{**given, "state": "maybe"})
    with pytest.raises((ConsentError, TypeError)):
        record_consent(shop, her, given_at=datetime(2026, 1, 1), proof="form 7", **given)
    assert [one for one in consents_of(shop, her) if one.import_id is None] == []


def test_consents_go_with_the_person(shop):
    her = key_of(shop, "AZ-77")
    say(shop, her, "granted", 0)
    assert erase(shop, her, by="Elena", now=NOW, reason="asked").removed["vault: consents"] == 1
