"""Trainings: who was there, who understood, who uses it; and the form in which that is entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from regulars.measures.intervals import share_estimate
from regulars.people.parts import Employee, Training
from regulars_web.shared import numbers
from regulars_web.touchpoints.words import share, share_span

Context = dict[str, Any]
YES, NO = "yes", "no"
LONGEST, LONGEST_TEXT = 120, 4_000


def rows(trainings: Sequence[Training]) -> list[Context]:
    """Trainings as the list shows them."""
    return [
        {
            "training": one,
            "there": numbers.number(len(one.employees)),
            "understood": part_of(sum(said == YES for said in one.understood.values()), len(one.understood)),
            "used": part_of(sum(one.used.values()), len(one.used)),
        }
        for one in trainings
    ]


def part_of(yes: int, asked: int) -> Context:
    """A share with its count and interval; unknown where nobody was asked."""
    if not asked:
        return {"known": False, "value": numbers.UNKNOWN, "reason": _("Nobody was asked.")}
    found = share_estimate([yes], [asked], nobody="")
    return {
        "known": True,
        "value": share(yes / asked),
        "interval": share_span(float(found.low[0]), float(found.high[0])),
        "n": numbers.number(asked),
        "few": asked < 30,
    }


def form_rows(people: Sequence[Employee], names: Mapping[str, str], one: Training | None, sent: Any) -> list[Context]:
    """Everybody with what is known of them and this training, as the form shows it."""
    found = []
    listed = sorted(people, key=lambda person: (person.department, names[person.code].casefold()))
    for person in listed:
        code = person.code
        if sent is not None:
            told = (code in sent.getlist("there"), sent.get(f"understood-{code}", ""), sent.get(f"used-{code}", ""))
        elif one is not None:
            used = one.used.get(code)
            told = (code in one.employees, one.understood.get(code, ""), "" if used is None else YES if used else NO)
        else:
            told = (False, "", "")
        found.append({"person": person, "name": names[code], "there": told[0], "understood": told[1], "used": told[2]})
    return found


def read(sent: Any, there: Training | None, people: Sequence[Employee]) -> tuple[Training | None, dict[str, str]]:
    """The training that a form describes, or what is wrong, field by field.

    Whoever has left stays with what was said of them.
    """
    name, note = sent.get("name", "").strip()[:LONGEST], sent.get("note", "").strip()[:LONGEST_TEXT]
    wrong = {} if name else {"name": _("Write what the training is called.")}
    try:
        held_on: date | None = date.fromisoformat(sent.get("held_on", "").strip())
    except ValueError:
        held_on = None
        wrong["held_on"] = _("Choose the day of the training.")
    if wrong or held_on is None:
        return None, wrong
    here = {one.code for one in people}
    before = there or Training("", name, held_on)
    codes = [code for code in sent.getlist("there") if code in here]
    gone = [code for code in before.employees if code not in here]
    understood = {code: said for code, said in before.understood.items() if code in gone}
    used = {code: said for code, said in before.used.items() if code in gone}
    for code in codes:
        if (said := sent.get(f"understood-{code}", "")) in (YES, NO):
            understood[code] = said
        if (said := sent.get(f"used-{code}", "")) in (YES, NO):
            used[code] = said == YES
    return Training(before.key, name, held_on, (*gone, *codes), understood, used, note), {}
