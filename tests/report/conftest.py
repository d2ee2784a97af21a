"""The report that several files of tests look at, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.shops import CANARY, PERSON, busy_years, shop


@pytest.fixture(scope="session")
def busy_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a shop with everything in it, and canaries wherever a text comes from outside."""
    folder = tmp_path_factory.mktemp("busy")
    interactions, clients = busy_years(500)
    for row in clients:
        row["customer_type"] = f"reseller {CANARY}" if row["customer_type"] == "reseller" else "крайни клиенти"
    references = {row["client_key"]: f"{CANARY}-a-very-long-reference-{row['client_key']}" for row in clients}
    names = {"name": f"Дъб {CANARY}", "currency": "BGN", "languages": ("bg",)}
    with shop(folder, interactions, clients, references=references, **names) as opened:
        people = [{"client_key": row["client_key"], "source": "till", "name": PERSON} for row in clients]
        opened.vault.add_details(1, people)
        return opened.report(folder / "report.html")
