"""What the pages about joined records read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regulars import identity
from regulars.identity import Agreement, Explanation, Join
from regulars.workspace import Workspace
from regulars_web.identity.works import JOIN, PREVIEW
from regulars_web.jobs.models import Job, State

PAIRS = 10
SEEN = ("name", "birthday", "phone", "email", "address")


@dataclass(frozen=True)
class Record:
    """One record as a person compares it: where it comes from, its number there, and what the vault knows."""

    key: int
    source: str
    reference: str
    said: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The name, or the number where there is none."""
        return dict(self.said).get("name") or self.reference


@dataclass(frozen=True)
class Pair:
    """Two records that may be one customer, side by side."""

    left: Record
    right: Record
    explained: Explanation


@dataclass(frozen=True)
class Joined:
    """One link between two records of a customer."""

    left: Record
    right: Record
    join: Join
    agreements: tuple[Agreement, ...]


def open_job() -> Job | None:
    """The looking or joining that is under way."""
    return Job.objects.filter(kind__in=(PREVIEW, JOIN), state__in=(State.WAITING, State.RUNNING)).first()


def last_job() -> Job | None:
    """The newest looking or joining that has ended."""
    return Job.objects.filter(kind__in=(PREVIEW, JOIN), state__in=(State.DONE, State.FAILED)).first()


def records(workspace: Workspace, keys: Sequence[int]) -> dict[int, Record]:
    """Records by key, with what the vault knows of each alone."""
    people, known = workspace.vault.people(keys), workspace.vault.records_of(keys)
    found = {}
    for key in keys:
        source, reference = known.get(key, [("", "")])[0]
        said = tuple((name, people.get(key, {}).get(name, "")) for name in SEEN)
        found[key] = Record(key, source, _shown(reference), said)
    return found


def pairs(workspace: Workspace, *, page: int) -> tuple[list[Pair], int]:
    """One page of the doubtful pairs, the likeliest first, and how many there are."""
    doubts = identity.doubtful(workspace, limit=PAIRS, offset=(page - 1) * PAIRS)
    asked = [(doubt.left, doubt.right) for doubt in doubts]
    known = records(workspace, sorted({key for pair in asked for key in pair}))
    explained = zip(asked, identity.explain_all(workspace, asked), strict=True)
    shown = [Pair(known[left], known[right], why) for (left, right), why in explained]
    return shown, identity.count_doubtful(workspace)


def path(workspace: Workspace, customer_key: int) -> list[Joined]:
    """How the records of one customer were joined, in order."""
    joins = identity.joined_path(workspace, customer_key)
    known = records(workspace, sorted({key for join in joins for key in (join.left, join.right)}))
    explained = identity.explain_all(workspace, [(join.left, join.right) for join in joins])
    return [
        Joined(known[join.left], known[join.right], join, why.agreements)
        for join, why in zip(joins, explained, strict=True)
    ]


def _shown(reference: str) -> str:
    """The number a source uses; a reference made of an e-mail or name is not one."""
    return "" if reference.startswith(("email:", "phone:", "name:")) else reference
