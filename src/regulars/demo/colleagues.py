"""What Oakline has decided on its people: departments, levels, limits of authority, trainings, the service group.

Planted: nobody has said the level of one employee, one training was understood and is not used, one promise between
departments rests on too few ratings to be shown.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from regulars.demo.columns import DAY
from regulars.demo.names import BRANCHES
from regulars.demo.planted import Planted, before
from regulars.demo.staff import EMPLOYEES, SALES_EACH, branch_of, department_of, employee_codes

# Employees of the accounts, whom the log knows from their work only: no questionnaire of the older ones asks them.
ACCOUNTS = tuple(f"E{number:02d}" for number in range(EMPLOYEES + 1, EMPLOYEES + 6))
HAND_OVER, ANSWERED = "hand over contract", "answer contract"

_VISIBLE = ("sales", "call centre", "delivery", "assembly", "complaints")
_INVISIBLE = ("production", "accounts")
HEADS = {
    "sales": "E04",
    "call centre": "E17",
    "delivery": "E23",
    "assembly": "E32",
    "complaints": "E37",
    "production": "E42",
    "accounts": ACCOUNTS[1],
}
_ROLES = {
    "sales": "seller",
    "call centre": "call agent",
    "delivery": "driver",
    "assembly": "fitter",
    "complaints": "complaint handler",
    "production": "joiner",
    "accounts": "bookkeeper",
}
# The first of each showroom leads it.
SHOWROOM_MANAGERS = tuple(employee_codes("sales")[::SALES_EACH])
MANAGEMENT = frozenset((*SHOWROOM_MANAGERS, *HEADS.values()))
UNTOLD = "E45"  # nobody has said their level

REFUND_LIMIT_EUR, GIFT_LIMIT_EUR, EXCHANGE_LIMIT_EUR = 100, 15, 300
DISCOUNT_LIMIT_EUR, MANAGER_DISCOUNT_EUR = 50, 200
OWN_REFUND_LIMITS_EUR = {"E36": 250, HEADS["complaints"]: 500}

# role or employee, kind of decision, limit in EUR, note
_LIMITS: tuple[tuple[str, str, int | None, str], ...] = (
    ("complaint handler", "refund", REFUND_LIMIT_EUR, "Without asking; more than that goes to the head of complaints."),
    ("complaint handler", "exchange", EXCHANGE_LIMIT_EUR, "At what the piece cost us."),
    ("complaint handler", "gift", GIFT_LIMIT_EUR, ""),
    ("complaint handler", "repair", None, "Always, and at once."),
    ("head of complaints", "refund", OWN_REFUND_LIMITS_EUR[HEADS["complaints"]], ""),
    ("seller", "discount", DISCOUNT_LIMIT_EUR, "For a fault of ours, never to win an order."),
    ("seller", "gift", GIFT_LIMIT_EUR, ""),
    ("showroom manager", "discount", MANAGER_DISCOUNT_EUR, ""),
    ("call agent", "gift", 10, "A bottle of oil or a card, for a call that was missed."),
    ("driver", "gift", 10, "What is in the van: felt pads, oil."),
    ("E36", "refund", OWN_REFUND_LIMITS_EUR["E36"], "Has handled complaints longest."),
)


def level_of(code: str) -> str:
    """Management, front line or support; empty for the one of whom nobody has said."""
    if code == UNTOLD:
        return ""
    if code in MANAGEMENT:
        return "management"
    return "support" if department(code) in _INVISIBLE else "front line"


def department(code: str) -> str:
    """The department of an employee, of the accounts too."""
    return "accounts" if code in ACCOUNTS else department_of(code)


def _role(code: str) -> str:
    if code in SHOWROOM_MANAGERS:
        return "showroom manager"
    place = department(code)
    return f"head of {place}" if HEADS[place] == code else _ROLES[place]


def _employees() -> list[Planted]:
    codes = [*(f"E{number:02d}" for number in range(1, EMPLOYEES + 1)), *ACCOUNTS]
    found = []
    for code in codes:
        branch = BRANCHES[ACCOUNTS.index(code)] if code in ACCOUNTS else branch_of(code)
        body = {"department": department(code), "branch": branch, "role": _role(code)}
        level = level_of(code)
        found.append(Planted("employee", code, {**body, **({"level": level} if level else {})}, "owner", 470))
    return found


def _departments() -> list[Planted]:
    zones = {**dict.fromkeys(_VISIBLE, "visible"), **dict.fromkeys(_INVISIBLE, "invisible")}
    return [
        Planted("department", name, {"name": name.capitalize(), "zone": zone, "head": HEADS[name]}, "owner", 471)
        for name, zone in zones.items()
    ]


def _limits() -> list[Planted]:
    found = []
    for whom, decision, up_to, note in _LIMITS:
        named = {"employee": whom} if whom.startswith("E") else {"role": whom}
        money = None if up_to is None else str(up_to)
        body = {"whom": named, "decision": decision, "up_to": money, "note": note}
        key = f"{next(iter(named))} {whom}: {decision}"
        found.append(Planted("limit", key, body, "owner", 430))
    return found


def _training(
    end: date, key: str, name: str, codes: list[str], days: int, *, no: tuple[str, ...], used: bool | None
) -> Planted:
    body: dict[str, Any] = {
        "name": name,
        "employees": codes,
        "understood": {code: "no" if code in no else "yes" for code in codes},
    }
    if used is not None:
        # The last two of each are still looked up.
        body["used"] = dict.fromkeys(codes[:-2], used)
        if used:
            body["used"][codes[0]] = False
    return Planted("training", key, {**body, "held_on": before(end, days)}, "owner", days - 20)


def _trainings(end: date) -> list[Planted]:
    desk = [*employee_codes("complaints"), *employee_codes("call centre")]
    return [
        _training(end, "deciding-on-the-spot", "Complaints: deciding on the spot", desk, 400, no=("E40",), used=True),
        _training(
            end,
            "asking-before-measuring",
            "Asking before measuring",
            employee_codes("sales"),
            310,
            no=("E03", "E12"),
            used=True,
        ),
        _training(
            end, "at-the-door", "At the customer's door", employee_codes("delivery"), 260, no=("E25", "E29"), used=False
        ),
        _training(end, "what-we-promise", "What we promise and why", [*ACCOUNTS], 90, no=(), used=None),
    ]


# Steps that nobody records yet, so both sides rate these promises.
_DELAY, _FAULT = ("delay known", "delay told"), ("fault reported", "cause found")
# key, who promises, to whom, name, within so many days, step that starts and step that stops the clock
_PROMISES: tuple[tuple[str, str, str, str, int, str, str], ...] = (
    (
        "contract within two days",
        "accounts",
        "sales",
        "Accounts answers a reseller's contract within two days",
        2,
        HAND_OVER,
        ANSWERED,
    ),
    (
        "work begins within five days",
        "production",
        "sales",
        "Production begins within five days of the confirmed order",
        5,
        "confirm",
        "produce",
    ),
    ("delay told the same day", "delivery", "call centre", "Delivery tells us of a delay on the same day", 1, *_DELAY),
    (
        "cause found within a week",
        "production",
        "complaints",
        "The cause of a fault is found within a week",
        7,
        *_FAULT,
    ),
)
# promise -> side -> scores 1 to 5 of those who were asked; of the second one too few were asked.
_RATED = {
    "delay told the same day": {"from": (4, 4, 5, 4, 3, 4), "to": (2, 3, 2, 1, 3)},
    "cause found within a week": {"from": (4, 4), "to": (2, 3, 2)},
}


def _promised() -> list[Planted]:
    found = []
    for key, giver, taker, name, days, from_step, to_step in _PROMISES:
        body = {"from": giver, "to": taker, "name": name, "within_seconds": days * DAY}
        steps = {"from_step": from_step, "to_step": to_step} if to_step else {}
        found.append(Planted("department promise", key, {**body, **steps}, "owner", 390))
    sides = {one[0]: {"from": one[1], "to": one[2]} for one in _PROMISES}
    for key, rated in _RATED.items():
        for side, scores in rated.items():
            for code, score in zip(employee_codes(sides[key][side]), scores, strict=False):
                body = {"side": side, "score": score}
                found.append(Planted("department promise rated", f"{key}:{code}", body, code, 60))
    return found


_GROUP = Planted(
    "service group",
    "service group",
    {
        "purpose": "Whoever furnishes rooms for others has one person here who knows their projects, comes at the "
        "first request and speaks for them in the workshop.",
        "roles": ["keeper of a key account", "link to the workshop", "link to delivery", "head of the group"],
        "links": ["sales", "production", "delivery", "accounts"],
    },
    "owner",
    360,
)


def people_decisions(end: date) -> list[Planted]:
    """Departments, employees, limits, trainings, promises between departments, and the customer service group."""
    return [*_departments(), *_employees(), *_limits(), *_trainings(end), *_promised(), _GROUP]
