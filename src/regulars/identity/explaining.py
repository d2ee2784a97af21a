"""Why two records are one customer, or may be: in words, with the weight of each thing that was compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from regulars.identity import statements
from regulars.identity.words import BECAUSE, STEPS, TITLES

if TYPE_CHECKING:
    from regulars.workspace import Workspace

SHOWN = {
    "given": "name",
    "family": "name",
    "others": "name",
    "birthday": "birthday",
    "email": "email",
    "phone": "phone",
    "address": "address",
    "postcode": "address",
    "city": "address",
}


@dataclass(frozen=True)
class Agreement:
    """One thing that was compared.

    of       what: given, family, others, birthday, email, phone, address, postcode, city, occupation, number
    step     how alike: same, sounds, near, …, other; stable, for programs and translations
    words    the same as a sentence
    weight   bits for (positive) or against one customer; null where an exact key decided
    left, right  what the two records say, from the vault at this moment; null where it is not known any more
    """

    of: str
    step: str
    words: str
    weight: float | None
    left: str | None
    right: str | None


@dataclass(frozen=True)
class Explanation:
    """What is in force about a pair and why. verdict is null where nobody ever said anything about the pair.

    cut      True: the pair looked like one customer, but the groups around it did not
    history  all statements about the pair, newest first; columns of ``links``
    """

    left: int
    right: int
    verdict: str | None
    method: str | None
    probability: float | None
    decided_at: datetime | None
    decided_by: str | None
    cut: bool
    agreements: tuple[Agreement, ...]
    history: tuple[Mapping[str, object], ...]


def evidence(row: Mapping[str, object], comparisons: Sequence[str]) -> str:
    """What was compared and what it weighs, as JSON for the log: no word of what the records say."""
    weights = [
        [name, row[f"step_{name}"], round(float(str(row[f"weight_{name}"])), 2)]
        for name in comparisons
        if row.get(f"step_{name}") is not None
    ]
    content: dict[str, object] = {"weights": weights}
    if row.get("because"):
        content["because"] = row["because"]
    if row.get("cut"):
        content["cut"] = True
    return json.dumps(content)


def agreements(
    text: str | None, left: Mapping[str, str] | None = None, right: Mapping[str, str] | None = None
) -> tuple[Agreement, ...]:
    """What the JSON of ``evidence`` says, the strongest first; with the values of the two records where given."""
    content = json.loads(text) if text else {}
    one, other = left or {}, right or {}
    found = []
    for name, step, weight in content.get("weights", []):
        column = SHOWN.get(name, "")
        words = STEPS.get((name, step), f"{TITLES.get(name, name)}: {step}.")
        found.append(Agreement(name, step, words, weight, one.get(column), other.get(column)))
    found.sort(key=lambda agreement: -abs(agreement.weight or 0.0))
    because = content.get("because")
    if because:
        column = because if because in SHOWN else ""
        first = Agreement(because, "exact", BECAUSE[because], None, one.get(column), other.get(column))
        found = [first, *(agreement for agreement in found if agreement.of != because)]
    return tuple(found)


def explain(workspace: Workspace, left: int, right: int) -> Explanation:
    """Why two records are, may be or are not one customer; what they say comes from the vault at this moment.

    Who shows it to somebody shows personal details. A pair that nobody said anything about has no agreements.
    """
    return explain_all(workspace, [(left, right)])[0]


def explain_all(workspace: Workspace, pairs: Sequence[tuple[int, int]]) -> list[Explanation]:
    """The same for many pairs, in their order; log and vault are asked once for all of them."""
    histories = statements.of_pairs(workspace, pairs)
    people = workspace.vault.people({key for pair in pairs for key in pair})
    return [_explained(pair, histories[min(pair), max(pair)], people) for pair in pairs]


def _explained(
    pair: tuple[int, int], history: Sequence[Mapping[str, object]], people: Mapping[int, Mapping[str, str]]
) -> Explanation:
    newest: Mapping[str, object] = history[0] if history else {}
    weighed = next((row for row in history if row["method"] != "person"), {})
    text = weighed.get("evidence")
    told = agreements(text if isinstance(text, str) else None, *(people.get(key) for key in pair))
    return _explanation(*pair, newest, told, history, cut='"cut"' in str(text))


def _explanation(
    left: int,
    right: int,
    newest: Mapping[str, object],
    told: tuple[Agreement, ...],
    history: Iterable[Mapping[str, object]],
    *,
    cut: bool,
) -> Explanation:
    probability, decided_at = newest.get("probability"), newest.get("decided_at")
    return Explanation(
        left=left,
        right=right,
        verdict=_text(newest.get("verdict")),
        method=_text(newest.get("method")),
        probability=probability if isinstance(probability, float) else None,
        decided_at=decided_at if isinstance(decided_at, datetime) else None,
        decided_by=_text(newest.get("decided_by")),
        cut=cut,
        agreements=told,
        history=tuple(history),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
