"""What the register of people is made of: employees, departments, limits, trainings, promises, the service group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

Level = Literal["management", "front line", "support"]
Zone = Literal["visible", "invisible"]
Side = Literal["from", "to"]
AuthorityOutcome = Literal["granted", "refused", "asked"]

LEVELS: Final[tuple[Level, ...]] = ("management", "front line", "support")
ZONES: Final[tuple[Zone, ...]] = ("visible", "invisible")
SIDES: Final[tuple[Side, ...]] = ("from", "to")
# Kinds of decisions that pages offer; a company may write others.
DECISIONS: Final = ("refund", "exchange", "gift", "discount", "repair", "delivery")
# Kinds of interactions that this register writes.
AUTHORITY, THANKS, VISIT = "authority", "thanks", "visit"
OUTCOMES: Final[tuple[AuthorityOutcome, ...]] = ("granted", "refused", "asked")


@dataclass(frozen=True)
class Employee:
    """One version of what is known of somebody who works here; names and addresses are in the vault alone.

    code         as it stands in the column ``employee`` of interactions
    level        management, front line or support; empty: nobody has said
    role         in the customer service group or the shop: what limits of authority are given by; empty: none
    client_key   under which the log knows them as a client; null where an import never named them
    version      0 where nobody decided anything and all is known from the log
    """

    code: str
    department: str = ""
    branch: str = ""
    level: str = ""
    role: str = ""
    started_on: date | None = None
    left_on: date | None = None
    client_key: int | None = None
    version: int = 0
    retired: bool = False

    def works_on(self, day: date) -> bool:
        """Whether they work here on a day, as far as anybody has said."""
        return (self.started_on is None or self.started_on <= day) and (self.left_on is None or day <= self.left_on)


@dataclass(frozen=True)
class Department:
    """One version of a department.

    key      its text in the column ``department`` of interactions
    zone     visible: it meets customers; invisible: it does not; empty: nobody has said
    head     code of the employee who leads it; empty: nobody was named
    version  0 where it is known from the log alone
    """

    key: str
    name: str = ""
    zone: str = ""
    head: str = ""
    version: int = 0
    retired: bool = False

    @property
    def called(self) -> str:
        """Its name; where it has none, its key."""
        return self.name or self.key


@dataclass(frozen=True)
class Limit:
    """What somebody may decide on the spot: one kind of decision, for a role or for one person.

    Either ``role`` or ``employee`` is given.

    up_to  at most this much a case, in the company's currency; null: without a limit in money
    """

    key: str
    decision: str
    role: str = ""
    employee: str = ""
    up_to: Decimal | None = None
    note: str = ""
    version: int = 0
    retired: bool = False


@dataclass(frozen=True)
class Training:
    """One training: who was there, who understood it, and who uses it.

    employees   codes of those who were there
    understood  code -> yes or no, of those who were asked
    used        code -> whether it is used at work, of those of whom it was looked up
    """

    key: str
    name: str
    held_on: date
    employees: tuple[str, ...] = ()
    understood: Mapping[str, str] = field(default_factory=dict)
    used: Mapping[str, bool] = field(default_factory=dict)
    note: str = ""
    version: int = 0
    retired: bool = False


@dataclass(frozen=True)
class DepartmentPromise:
    """What one department promises another: how fast it hands over.

    giver           the department that promises; "from" in the JSON body
    taker           the department that waits for it; "to" in the JSON body
    within_seconds  at most so long
    from_step       step of the interaction that starts the clock; empty: any touch of the taker in the thread
    to_step         step of the interaction that stops it; empty: any later touch of the giver in the thread
    """

    key: str
    giver: str
    taker: str
    name: str
    within_seconds: int
    from_step: str = ""
    to_step: str = ""
    version: int = 0
    retired: bool = False


@dataclass(frozen=True)
class Rating:
    """How one person of one side finds a department promise kept: 1 (never) to 5 (always)."""

    promise: str
    person: str
    side: str
    score: int
    rated_at: datetime | None = None


@dataclass(frozen=True)
class ServiceGroup:
    """The customer service group: what it is for, its roles, and the departments it is linked to."""

    purpose: str = ""
    roles: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    version: int = 0
    retired: bool = False


@dataclass(frozen=True)
class KeyAccount:
    """A customer who is somebody's to keep; ``keeper`` is the code of an employee."""

    client_key: int
    keeper: str
    note: str = ""
    version: int = 0
    retired: bool = False


@dataclass(frozen=True)
class Visit:
    """A visit to a key account: planned, and done once ``done_on`` is given."""

    key: str
    client_key: int
    on: date
    keeper: str
    about: str = ""
    done_on: date | None = None
    version: int = 0
    retired: bool = False


@dataclass(frozen=True)
class Authority:
    """What a use of authority came to: whether it was within the limit, and what was written."""

    interaction_id: int
    outcome: str
    within: bool | None
    limit: Limit | None


@dataclass(frozen=True)
class Use:
    """One decision made for a customer, as the log holds it; ``within`` is null where no limit was known."""

    interaction_id: int
    occurred_at: datetime
    employee: str
    decision: str
    outcome: str
    amount: Decimal | None
    asked: bool
    within: bool | None
    limit: Decimal | None
    wait_seconds: int | None
    client_key: int | None
    thread: str
    text: str


@dataclass(frozen=True)
class Thanks:
    """Recognition as the log holds it: whom, for what, and a bonus where there was one."""

    interaction_id: int
    occurred_at: datetime
    employee: str
    text: str
    bonus: Decimal | None
    given_by: str
