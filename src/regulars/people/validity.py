"""Whether an employee, a department, a limit, a training, a promise or a visit can be used as it stands."""

from __future__ import annotations

from regulars.people.errors import PeopleError
from regulars.people.parts import (
    LEVELS,
    SIDES,
    ZONES,
    Department,
    DepartmentPromise,
    Employee,
    KeyAccount,
    Limit,
    Rating,
    ServiceGroup,
    Training,
    Visit,
)

LONGEST_NAME, LONGEST_TEXT = 120, 4_000
MOST_DAYS = 366
LEAST_SCORE, MOST_SCORE = 1, 5
_DAY_SECONDS = 86_400


def check_employee(one: Employee) -> Employee:
    """The employee itself. Raises PeopleError with the first thing that has to be mended."""
    if not one.code.strip():
        raise PeopleError("no_code")
    for where, text in (("the code", one.code), ("the department", one.department), ("the branch", one.branch)):
        fits(text, where, LONGEST_NAME)
    fits(one.role, "the role", LONGEST_NAME)
    if one.level and one.level not in LEVELS:
        raise PeopleError("unknown_level", found=repr(one.level)[:40], known=", ".join(LEVELS))
    if one.started_on and one.left_on and one.left_on < one.started_on:
        raise PeopleError("dates_crossed", left_on=one.left_on, started_on=one.started_on)
    return one


def check_department(one: Department) -> Department:
    """The department itself. Raises PeopleError with the first thing that has to be mended."""
    if not one.key.strip():
        raise PeopleError("no_key")
    for where, text in (("the key", one.key), ("the name", one.name), ("the head", one.head)):
        fits(text, where, LONGEST_NAME)
    if one.zone and one.zone not in ZONES:
        raise PeopleError("unknown_zone", found=repr(one.zone)[:40], known=", ".join(ZONES))
    return one


def check_limit(one: Limit) -> Limit:
    """The limit itself. Raises PeopleError with the first thing that has to be mended."""
    if not one.decision.strip():
        raise PeopleError("no_decision")
    if not one.role.strip() and not one.employee.strip():
        raise PeopleError("no_whom")
    if one.role.strip() and one.employee.strip():
        raise PeopleError("two_whom")
    for where, text in (("the decision", one.decision), ("the role", one.role), ("the employee", one.employee)):
        fits(text, where, LONGEST_NAME)
    fits(one.note, "the note", LONGEST_TEXT)
    if one.up_to is not None and (not one.up_to.is_finite() or one.up_to < 0):
        raise PeopleError("bad_money", found=one.up_to)
    return one


def check_training(one: Training) -> Training:
    """The training itself. Raises PeopleError with the first thing that has to be mended."""
    if not one.name.strip():
        raise PeopleError("no_name")
    fits(one.name, "the name", LONGEST_NAME)
    fits(one.note, "the note", LONGEST_TEXT)
    for code in one.employees:
        fits(code, "the list of employees", LONGEST_NAME)
    for code in (*one.understood, *one.used):
        if code not in one.employees:
            raise PeopleError("not_there", found=code)
    for said in one.understood.values():
        if said not in ("yes", "no"):
            raise PeopleError("bad_understood", found=repr(said)[:40])
    return one


def check_promise(one: DepartmentPromise) -> DepartmentPromise:
    """The promise itself. Raises PeopleError with the first thing that has to be mended."""
    for where, text in (("the name", one.name), ("from", one.giver), ("to", one.taker)):
        if not text.strip():
            raise PeopleError("not_readable" if where != "the name" else "no_name", where=where)
        fits(text, where, LONGEST_NAME)
    if one.giver == one.taker:
        raise PeopleError("same_department")
    if not 1 <= one.within_seconds <= MOST_DAYS * _DAY_SECONDS:
        raise PeopleError("bad_seconds", found=one.within_seconds, limit=MOST_DAYS)
    if bool(one.from_step.strip()) is not bool(one.to_step.strip()):
        raise PeopleError("one_step")
    for where, text in (("the first step", one.from_step), ("the last step", one.to_step)):
        fits(text, where, LONGEST_NAME)
    return one


def check_rating(one: Rating) -> Rating:
    """The rating itself. Raises PeopleError with the first thing that has to be mended."""
    if not one.person.strip():
        raise PeopleError("no_person")
    if one.side not in SIDES:
        raise PeopleError("unknown_side", found=repr(one.side)[:40])
    if not LEAST_SCORE <= one.score <= MOST_SCORE:
        raise PeopleError("bad_score", found=one.score)
    return one


def check_group(one: ServiceGroup) -> ServiceGroup:
    """The service group itself. Raises PeopleError with the first thing that has to be mended."""
    if not one.purpose.strip():
        raise PeopleError("no_purpose")
    fits(one.purpose, "the purpose", LONGEST_TEXT)
    for text in (*one.roles, *one.links):
        fits(text, "the roles and links", LONGEST_NAME)
    return one


def check_account(one: KeyAccount) -> KeyAccount:
    """The key account itself. Raises PeopleError with the first thing that has to be mended."""
    if not one.keeper.strip() and not one.retired:
        raise PeopleError("no_keeper")
    fits(one.keeper, "the keeper", LONGEST_NAME)
    fits(one.note, "the note", LONGEST_TEXT)
    return one


def check_visit(one: Visit) -> Visit:
    """The visit itself. Raises PeopleError with the first thing that has to be mended."""
    if not one.keeper.strip():
        raise PeopleError("no_keeper")
    fits(one.keeper, "the keeper", LONGEST_NAME)
    fits(one.about, "what it is about", LONGEST_TEXT)
    return one


def fits(text: str, where: str, limit: int) -> None:
    """Raises PeopleError for a text that is too long or cannot be shown."""
    if len(text) > limit:
        raise PeopleError("text_too_long", where=where, limit=limit)
    if any((ord(letter) < 32 and letter not in "\n\t\r") or 0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise PeopleError("unprintable", where=where)
