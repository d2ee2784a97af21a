"""What a company writes into regulars.toml is understood, or told in one sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import regulars as rg
from regulars.errors import WorkspaceError
from regulars.settings import FACT_DAYS, FILE_NAME, KEPT_KINDS, read_settings, write_settings


def read(folder: Path, written: str) -> rg.workspace.configuration.Settings:
    (folder / FILE_NAME).write_text(written, encoding="utf-8")
    return read_settings(folder)


def test_a_new_company_gets_every_setting_with_its_meaning_beside_it(tmp_path):
    write_settings(tmp_path, name="Oakline", currency="eur", time_zone="Europe/Sofia")
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    settings = read_settings(tmp_path)
    assert settings.facts == FACT_DAYS
    assert (settings.country, settings.state, settings.retention) == ("", "", {})
    for word in ("country", "state", *KEPT_KINDS, *FACT_DAYS):
        assert word in text
    uncommented = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
    assert set(tomllib.loads(uncommented)["retention"]) == set(KEPT_KINDS), "examples can be used as they stand"


def test_settings_are_read_as_they_are_meant(tmp_path):
    settings = read(
        tmp_path,
        'country = "bg"\nstate = "postgresql://u:p@db.example/shop"\n'
        '[facts]\nNeed = 90\n"allergy" = 30\n[retention]\ntexts = 2.5\ncontacts = 5\n',
    )
    assert (settings.country, settings.state) == ("BG", "postgresql://u:p@db.example/shop")
    assert [settings.fact_days(name) for name in ("need", "Allergy", "fear", "shoe size")] == [90, 30, 365, 730]
    assert settings.retention == {"texts": 2.5, "contacts": 5.0}
    assert "u:p" not in repr(settings), "a password is not printed by accident"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('country = "Bulgaria"', "two letters"),
        ("country = 35", "two letters"),
        ('state = "mysql://host/db"', "must be an address such as postgresql://"),
        ('state = "postgresql://host"', "must be an address such as postgresql://"),
        ('state = "postgresql://host:port/db"', "must be an address such as postgresql://"),
        ("state = true", "must be an address such as postgresql://"),
        ("facts = 3", "facts in regulars.toml must be a section"),
        ("[facts]\nneed = 0", r"\[facts\] need in regulars.toml must be a whole number of days"),
        ('[facts]\nneed = "a year"', "whole number of days"),
        ("[facts]\nneed = true", "whole number of days"),
        ("[voice]\nmany = 3", "is not one of contact_days, consent, reminder_days"),
        ("[voice]\ncontact_days = -1", "whole number of days from 0"),
        ("[voice]\nreminder_days = 0", "whole number of days from 1"),
        ('[voice]\nconsent = "maybe"', '"given" or "not refused"'),
        ("[retention]\nnames = 3", "not one of interactions, facts, texts, contacts"),
        ("[retention]\ntexts = 0", "Leave the line out to keep everything"),
        ("[retention]\ntexts = nan", "number of years"),
        ('[retention]\ntexts = "long"', "number of years"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_sentence(tmp_path, written, told):
    with pytest.raises(WorkspaceError, match=told):
        read(tmp_path, written)


def test_a_wrong_address_is_not_repeated_since_it_may_hold_a_password(tmp_path):
    with pytest.raises(WorkspaceError) as told:
        read(tmp_path, 'state = "mysql://user:s3cret@host/db"')
    assert "s3cret" not in str(told.value)


def test_customers_are_asked_once_in_thirty_days_and_only_where_they_agreed_unless_said_otherwise(tmp_path):
    usual = read(tmp_path, "")
    assert (usual.contact_days, usual.reminder_days, usual.asks_only_who_agreed) == (30, 7, True)
    said = read(tmp_path, '[voice]\ncontact_days = 0\nconsent = "not refused"\n')
    assert (said.contact_days, said.reminder_days, said.asks_only_who_agreed) == (0, 7, False)
