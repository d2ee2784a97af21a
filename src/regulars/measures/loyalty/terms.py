"""What is told of a customer's terms, read from facts, answers and attributes in the words people write them in."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from regulars.measures.loyalty.expressions import TERMS
from regulars.measures.registry import Columns

SWITCHING_SHARE = 0.2  # of a year's spend: from here on an amount is a high cost of switching
HIGH_SHARE = 2 / 3  # of its scale: from here on a score says yes, or high
CONTRACT, NO_ALTERNATIVE, SWITCHING = TERMS

# As people write them in the five languages of the pages.
YES = frozenset(("yes", "y", "true", "1", "да", "ano", "evet", "var"))
NO = frozenset(("no", "n", "false", "0", "не", "нет", "ne", "hayır", "hayir", "yok"))
HIGH = YES | {"high", "висока", "високи", "голяма", "высокая", "высокие", "большие", "vysoká", "vysoké", "yüksek"}
LOW = NO | {"low", "none", "medium", "small", "ниска", "ниски", "няма", "низкая", "низкие", "nízká", "nízké", "žádné"}
LOW |= {"střední", "düşük", "orta"}
_OPEN_ENDED = frozenset(("open", "open-ended", "unlimited", "безсрочен", "бессрочный", "na neurčito", "süresiz"))
_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
_NOT_AMOUNT = re.compile(r"[^\d.,-]")


@dataclass(frozen=True)
class Told:
    """One thing told of one term. ``value`` is as written; ``level`` from 0 to 1 where a score was given."""

    said_at: datetime
    tie: int
    value: str
    level: float | None = None


@dataclass(frozen=True)
class Terms:
    """What is known of a customer's terms; None where nothing readable is told."""

    contract_until: date | None = None
    no_alternative: bool | None = None
    switching_high: bool | None = None
    switching_amount: float | None = None
    share: float = SWITCHING_SHARE

    def keepers(self, as_of: date, yearly: float) -> tuple[str, ...]:
        """What keeps the customer on that day, given what a year brings."""
        found = []
        if self.contract_until is not None and self.contract_until > as_of:
            found.append("contract")
        if self.no_alternative:
            found.append("no alternative")
        dear = self.switching_amount is not None and yearly > 0 and self.switching_amount >= self.share * yearly
        if self.switching_high or dear:
            found.append("switching cost")
        return tuple(found)


def terms_of(found: Mapping[str, Columns], share: float = SWITCHING_SHARE) -> tuple[dict[int, Terms], int]:
    """Each customer's terms by key, the newest word on each by the day; and how many words nobody could read.

    Facts said later do not count. What a list of customers stated only later holds before, too, where nothing was
    stated by the day: lists carry no history.
    """
    told: dict[tuple[int, str], list[Told]] = defaultdict(list)
    for client, term, one in (*_facts(found["facts"]), *_answers(found["answers"]), *_attributes(found["attributes"])):
        told[client, term].append(one)
    known: dict[int, dict[str, object]] = defaultdict(dict)
    unreadable = 0
    for (client, term), said in told.items():
        read = _READ[term](max(said, key=lambda one: (one.said_at, one.tie, one.value)))
        unreadable += not read
        if read:
            known[client].update(read)
    return {client: Terms(**values, share=share) for client, values in known.items()}, unreadable  # type: ignore[arg-type]


# Where it is told ----------------------------------------------------------------------------------------


def _facts(columns: Columns) -> Iterator[tuple[int, str, Told]]:
    """The facts that hold: the newest row of each that counts, unless it was dropped."""
    rows: dict[tuple[int, str], list[tuple[datetime, int, str, str]]] = defaultdict(list)
    for place in np.flatnonzero(~columns["later"].astype(bool)).tolist():
        client = columns["client_key"][place]
        known, confirmed = columns["known_at"][place], columns["confirmed_at"][place]
        said = max(_instant(known), _instant(confirmed) if confirmed is not None else _LONG_AGO)
        status = columns["status"][place] or "stated"
        row = (said, int(columns["import_id"][place] or 0), status, columns["value"][place] or "")
        rows[client, columns["term"][place]].append(row)
    for (client, term), history in rows.items():
        # Of rows said in one instant the same one holds as on the card.
        history.sort(key=lambda row: (row[2], row[3]), reverse=True)
        standing = _standing(sorted(history, key=lambda row: (row[0], row[1])))
        if standing and standing[-1][2] != "dropped" and standing[-1][3]:
            said, tie, _, value = standing[-1]
            yield client, term, Told(said, tie, value)


def _standing(history: list[tuple[datetime, int, str, str]]) -> list[tuple[datetime, int, str, str]]:
    """The rows that count: a confirmation taken back does not, nor does the row that took it back."""
    kept: list[tuple[datetime, int, str, str]] = []
    for row in history:
        if row[2] != "taken back":
            kept.append(row)
        elif kept:
            kept.pop()
    return kept


def _answers(columns: Columns) -> Iterator[tuple[int, str, Told]]:
    for place, client in enumerate(columns["client_key"].tolist()):
        term = str(columns["question"][place]).rpartition(".")[2].replace("-", " ")
        score, low, high = (float(columns[name][place]) for name in ("score", "scale_min", "scale_max"))
        level = (score - low) / (high - low) if high > low and np.isfinite(score) else None
        value = columns["choice"][place] or columns["text"][place] or ""
        if value or level is not None:
            said_at = _instant(columns["occurred_at"][place])
            yield client, term, Told(said_at, int(columns["interaction_id"][place]), value, level)


def _attributes(columns: Columns) -> Iterator[tuple[int, str, Told]]:
    """What lists stated by the day; of who was stated only later, the earliest word."""
    first: dict[tuple[int, str], Told] = {}
    by_then: set[tuple[int, str]] = set()
    for client, term, later, told in _stated(columns):
        if not later:
            by_then.add((client, term))
            yield client, term, told
        else:
            first[client, term] = min(first.get((client, term), told), told, key=lambda one: (one.said_at, one.value))
    for (client, term), told in first.items():
        if (client, term) not in by_then:
            yield client, term, Told(_LONG_AGO, 0, told.value)


def _stated(columns: Columns) -> Iterator[tuple[int, str, bool, Told]]:
    """Each term in each row of clients, and whether it was stated after the day."""
    for place, client in enumerate(columns["client_key"].tolist()):
        try:
            body = json.loads(columns["attributes"][place])
        except ValueError:
            continue
        for name, value in body.items() if isinstance(body, dict) else ():
            term = re.sub(r"[\s_-]+", " ", str(name)).strip().lower()
            if term in TERMS and value not in (None, ""):
                said_at = _instant(columns["asserted_at"][place])
                yield client, term, bool(columns["later"][place]), Told(said_at, 0, str(value))


def _instant(value: object) -> datetime:
    if not isinstance(value, datetime):
        return _LONG_AGO
    return value if value.tzinfo else value.replace(tzinfo=UTC)


# What it says --------------------------------------------------------------------------------------------


def _contract(told: Told) -> dict[str, object]:
    until = _day(told.value)
    return {} if until is None else {"contract_until": until}


def _alternative(told: Told) -> dict[str, object]:
    word = _word(told.value)
    if word in YES or word in NO:
        return {"no_alternative": word in YES}
    return {} if told.level is None else {"no_alternative": told.level >= HIGH_SHARE}


def _switching(told: Told) -> dict[str, object]:
    word = _word(told.value)
    if word in HIGH or word in LOW:
        return {"switching_high": word in HIGH}
    if told.level is not None:
        return {"switching_high": told.level >= HIGH_SHARE}
    amount = _amount(told.value)
    return {} if amount is None else {"switching_amount": amount}


_READ = {CONTRACT: _contract, NO_ALTERNATIVE: _alternative, SWITCHING: _switching}


def _word(value: str) -> str:
    return value.strip().lower().rstrip(".!")


def _day(value: str) -> date | None:
    """A day written 2027-03-31 or 31.03.2027, the last day of 2027-03, or of 2027; for ever where it has no end."""
    text = value.strip()
    if text.lower() in _OPEN_ENDED:
        return date.max
    if found := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
        year, month = int(found[1]), int(found[2])
        if not 1 <= month <= 12 or year > 9000:
            return None
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    if re.fullmatch(r"[1-8]\d{3}", text):
        return date(int(text), 12, 31)
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _amount(value: str) -> float | None:
    """An amount of money; its last comma or full stop parts the cents where at most two digits follow it."""
    text = _NOT_AMOUNT.sub("", value)
    whole, _, cents = text.replace(",", ".").rpartition(".")
    written = (
        f"{whole.replace('.', '')}.{cents}" if whole and len(cents) <= 2 else text.replace(",", "").replace(".", "")
    )
    try:
        amount = float(written)
    except ValueError:
        return None
    return amount if amount >= 0 else None
