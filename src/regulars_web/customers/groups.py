"""Groups as the list and the card use them."""

from __future__ import annotations

from dataclasses import dataclass

from regulars.base import Base
from regulars.base import columns as base_columns
from regulars.errors import RegularsError
from regulars.groups.conditions import to_json
from regulars.groups.publishing import group, groups
from regulars.groups.rules import condition_sql
from regulars.workspace import Workspace


@dataclass(frozen=True)
class Belongs:
    """A group that a customer belongs to."""

    key: str
    name: str
    stance: str


def group_rule(workspace: Workspace, key: str) -> list[object]:
    """The parts of a group's rule, all of which hold. Raises GroupError for an unknown or ended group."""
    parts = to_json(group(workspace, key).read_rule())["all"]
    return list(parts) if isinstance(parts, list) else []


def groups_of(workspace: Workspace, base: Base, customer_key: int) -> list[Belongs]:
    """The groups whose rule the customer meets, in one question to the base."""
    asked: list[tuple[Belongs, str, list[object]]] = []
    for one in groups(workspace):
        try:
            sql, bound = condition_sql(one.read_rule(), base_columns())
        except RegularsError:  # a group that cannot be read is shown on its own page, with the reason
            continue
        asked.append((Belongs(one.key, one.name, one.stance), sql, bound))
    if not asked:
        return []
    pieces = ", ".join(f"({sql}) AS in_{place}" for place, (_group, sql, _bound) in enumerate(asked))
    values = [value for _group, _sql, bound in asked for value in bound]
    rows = base.run(f"SELECT {pieces} FROM base WHERE client_key = ?", [*values, customer_key]).to_pylist()  # noqa: S608
    return [found for place, (found, _sql, _bound) in enumerate(asked) if rows and rows[0][f"in_{place}"]]
