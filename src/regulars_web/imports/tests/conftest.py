"""What tests of imports share."""

from __future__ import annotations

import pytest

from regulars_web.jobs import actions


@pytest.fixture(autouse=True)
def no_refresh(monkeypatch):
    """What pages show is not made anew after each import here: that has its own tests."""
    monkeypatch.delitem(actions._works, "refresh", raising=False)


@pytest.fixture(autouse=True)
def no_beat(monkeypatch):
    """A test's database is in one transaction, into which the thread that holds a lease cannot write."""
    monkeypatch.setattr(actions, "BEAT_SECONDS", 600.0)
