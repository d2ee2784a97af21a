"""The people who work there, their departments and a partner: codes in the log, names in the vault."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR, Ints, numbered, picks, scattered
from regulars.demo.frame import Frame
from regulars.demo.names import BRANCHES, COUNTRIES
from regulars.demo.people import VAULT
from regulars.log.tables import CLIENTS

SALES_EACH = 3  # sales people a showroom

# Department -> employees, one block after the other: E01 to E15 sell, and so on. The same number a branch.
_SIZES = {"sales": 15, "call centre": 5, "delivery": 10, "assembly": 5, "complaints": 5, "production": 5}
DEPARTMENTS = (*_SIZES, "accounts")
PARTNERS = ("timber supplier", "parcel service")
EMPLOYEES = sum(_SIZES.values())


def employee_codes(department: str) -> list[str]:
    """The codes of a department's employees; those of one branch stand together, branches as in BRANCHES."""
    before = 0
    for name, size in _SIZES.items():
        if name == department:
            return [f"E{number:02d}" for number in range(before + 1, before + size + 1)]
        before += size
    return []


def _departments() -> list[str]:
    return [name for name, size in _SIZES.items() for _ in range(size)]


def _branches() -> list[str]:
    return [BRANCHES[place * len(BRANCHES) // size] for size in _SIZES.values() for place in range(size)]


def department_of(code: str) -> str:
    """The department of the employee with this code."""
    return _departments()[int(code[1:]) - 1]


def branch_of(code: str) -> str:
    """The branch of the employee with this code."""
    return _branches()[int(code[1:]) - 1]


def staff_keys(frame: Frame) -> Ints:
    """Client keys of the employees, then of departments, then of partners."""
    count = EMPLOYEES + len(DEPARTMENTS) + len(PARTNERS)
    # Customer numbers begin at 1; these lie beyond any of them.
    numbers = np.arange(10**12, 10**12 + count, dtype=np.int64)
    return scattered(numbers, frame.numbering.salt ^ 0x5DEECE66D)


def staff_rows(frame: Frame) -> pa.Table:
    """Rows of ``clients`` for employees, departments and partners."""
    keys = staff_keys(frame)
    kinds = ["employee"] * EMPLOYEES + ["department"] * len(DEPARTMENTS) + ["partner"] * len(PARTNERS)
    bodies = [
        {"code": f"E{place + 1:02d}", "department": department, "branch": branch}
        for place, (department, branch) in enumerate(zip(_departments(), _branches(), strict=True))
    ]
    bodies += [{"name": name} for name in (*DEPARTMENTS, *PARTNERS)]
    columns = {
        "client_key": pa.array(keys),
        "import_id": pa.array(np.full(len(keys), frame.import_id)),
        "asserted_at": frame.calendar.instants(np.full(len(keys), frame.calendar.end_s - 2 * HOUR)),
        "kind": pa.array(kinds),
        "attributes": pa.array([json.dumps(body) for body in bodies]),
    }
    arrays = [columns.get(field.name, pa.nulls(len(keys), field.type)) for field in CLIENTS]
    return pa.Table.from_arrays(arrays, schema=CLIENTS)


def staff_vault_rows(frame: Frame) -> pa.Table:
    """Invented names of the employees, under their codes."""
    rng = frame.rng
    women = rng.random(EMPLOYEES) < 0.5
    first, last = rng.integers(0, 10, EMPLOYEES), rng.integers(0, 11, EMPLOYEES)
    by_branch = {country.branch: country for country in COUNTRIES}
    homes = [by_branch[branch] for branch in _branches()]
    names = [
        f"{(home.women if woman else home.men)[f]} {(home.surnames_of_women if woman else home.surnames)[s]}"
        for home, woman, f, s in zip(homes, women, first, last, strict=True)
    ]
    numbers = np.arange(1, EMPLOYEES + 1)
    columns = {
        "client_key": pa.array(staff_keys(frame)[:EMPLOYEES]),
        "source": pa.repeat("staff", EMPLOYEES),
        "reference": numbered("E", numbers, 2),
        "name": pa.array(names),
        "email": pa.array([f"e{number:02d}@oakline.example" for number in numbers]),
    }
    arrays = [columns.get(field.name, pa.nulls(EMPLOYEES, field.type)) for field in VAULT]
    return pa.Table.from_arrays(arrays, schema=VAULT)


def pulse_times(frame: Frame) -> Ints:
    """Local seconds of the quarterly employee surveys: the first working hours of each 91st day."""
    first = frame.calendar.first_day + 90
    return np.arange(first, frame.calendar.end_s // DAY, 91) * DAY + 10 * HOUR


def department_column(places: Ints) -> pa.Array:
    """Department of the employees at these places."""
    return picks(places, _departments())
