"""Rules about what the programme found: money at stake at touchpoints, fears, promises, the definition, steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars_web.accounts import roles
from regulars_web.home import writing as say
from regulars_web.home.addresses import first_address
from regulars_web.home.candidates import Ground, Thing
from regulars_web.shared import numbers
from regulars_web.shared.readings import Row
from regulars_web.shared.said import said
from regulars_web.touchpoints.staking import is_harm

NAMED = 3
STAKE_WORDS: Mapping[str, Any] = {
    "late": gettext_lazy("After being served late at “%(touchpoint)s”, customers come back less often."),
    "long wait": gettext_lazy("After a long wait at “%(touchpoint)s”, customers come back less often."),
    "promise broken": gettext_lazy("After a broken promise at “%(touchpoint)s”, customers come back less often."),
    "low score": gettext_lazy("After a low score for “%(touchpoint)s”, customers come back less often."),
    "complaint": gettext_lazy("After a complaint at “%(touchpoint)s”, customers come back less often."),
}
FEAR_WORDS: Mapping[str, Any] = {
    "fear": gettext_lazy("Customers fear “%(text)s” where they stand at “%(stage)s”, and nothing answers it."),
    "barrier": gettext_lazy("“%(text)s” stands in the way of customers at “%(stage)s”, and nothing answers it."),
}
DEFINITION, CONFIRMED = "definition", "confirmed"  # evidences of the first step that have a thing of their own


def stake(ground: Ground) -> Thing | None:
    """Where most money goes with touches that went badly, beyond chance and like compared with like."""
    rows = [row for row in ground.of("stake").rows if is_harm(row) and numbers.known(row.get("at_stake"))]
    row = max(rows, key=lambda one: float(one["at_stake"]), default=None)
    if row is None or float(row["at_stake"]) <= 0 or row["bad"] not in STAKE_WORDS:
        return None
    told = {
        "touchpoint": row["touchpoint"],
        "money": say.about(row["at_stake"], ground.currency),
        "low": say.about(row["at_stake_low"], ground.currency),
        "high": say.about(row["at_stake_high"], ground.currency),
        "customers": say.count(row["customers_a_year"]),
    }
    # Not inside an f-string, where nothing is found for translation.
    goes = _("About %(money)s a year goes with it (%(low)s to %(high)s).")
    sentence = f"{STAKE_WORDS[row['bad']]} {goes}"
    why = ngettext(
        "It happened to %(customers)s customer in a year. Like is compared with like, and still it is association: "
        "test it.",
        "It happened to %(customers)s customers in a year. Like is compared with like, and still it is association: "
        "test it.",
        row["customers_a_year"],
    )
    address = f"{first_address('touchpoints:list')}of/{quote(str(row['touchpoint']), safe='')}#stake"
    return Thing(
        "stake",
        sentence % told,
        why % told,
        _("Look at the touchpoint"),
        address,
        roles.SEE_TOUCHPOINTS,
        "numbers",
        float(row["at_stake"]),
    )


def unanswered(ground: Ground) -> Thing | None:
    """Fears and barriers on the journey map that nothing answers."""
    rows = [row for row in ground.of("unanswered").rows if row["kind"] in FEAR_WORDS]
    if not rows:
        return None
    others = len(rows) - 1
    why = _("Write what the company does about it, on the map that people made.")
    if others:
        why = ngettext(
            "%(n)s more fear or barrier has no answer. Write what the company does about each.",
            "%(n)s more fears and barriers have no answer. Write what the company does about each.",
            others,
        ) % {"n": say.count(others)}
    return Thing(
        "unanswered",
        str(FEAR_WORDS[rows[0]["kind"]]) % {"text": rows[0]["text"], "stage": rows[0]["stage"]},
        why,
        _("Answer it"),
        first_address("journeymap:map"),
        roles.SEE_JOURNEYS,
        "lead",
    )


def ownerless(ground: Ground) -> Thing | None:
    """Promises that nobody answers for."""
    rows = ground.of("ownerless").rows
    if not rows:
        return None
    names = ", ".join(f"“{row['called']}”" for row in rows[:NAMED])
    sentence = ngettext(
        "Something is promised at %(n)s touchpoint, and nobody answers for it: %(names)s.",
        "Something is promised at %(n)s touchpoints, and nobody answers for them: %(names)s.",
        len(rows),
    )
    return Thing(
        "ownerless",
        sentence % {"n": say.count(len(rows)), "names": names if len(rows) <= NAMED else f"{names} …"},
        _("A promise without an owner is kept by chance. Name one colleague for each."),
        _("Name an owner"),
        first_address("touchpoints:list"),
        roles.SEE_TOUCHPOINTS,
        "lead",
    )


def definition(ground: Ground) -> Thing | None:
    """No shared definition, or one that staff have not confirmed."""
    written = ground.of("steps").where("evidence", DEFINITION)
    if written and written["state"] == "missing":
        return Thing(
            "definition",
            _("Nobody has written down yet what customer focus means here."),
            _("It is the first of five steps: one definition that everybody, from owner to guard, reads and confirms."),
            _("Begin a round"),
            first_address("definition:read"),
            roles.SEE_PROGRAMME,
            "lead",
        )
    row = ground.of("steps").where("evidence", CONFIRMED)
    missing = int(row.get("of") or 0) - int(row.get("done") or 0)
    if not row or row["state"] not in ("part", "missing") or missing <= 0:
        return None
    told = {"missing": say.count(missing), "of": say.count(row["of"])}
    sentence = ngettext(
        "%(missing)s of %(of)s employees has not confirmed the newest definition of customer focus.",
        "%(missing)s of %(of)s employees have not confirmed the newest definition of customer focus.",
        missing,
    )
    return Thing(
        "definition",
        sentence % told,
        _("A strategy that staff never heard is one of the known mistakes. Remind them, or ask what they miss in it."),
        _("See who has not"),
        first_address("definition:read"),
        roles.SEE_PROGRAMME,
        "lead",
    )


def step(ground: Ground) -> Thing | None:
    """The first evidence of the five steps that is missing and has no thing of its own."""
    rows = sorted(ground.of("steps").rows, key=lambda row: row["place"])
    row = next((one for one in rows if _is_open(one)), None)
    if row is None:
        return None
    told = {"step": say.count(row["step"]), "name": said(row["step_name"]), "sentence": said(row["sentence"])}
    return Thing(
        "step",
        said(row["next"]),
        _("Step %(step)s, %(name)s, is not done before this can be seen: %(sentence)s") % told,
        _("See the five steps"),
        f"{first_address('programme:overview')}#step-{row['step']}",
        roles.SEE_PROGRAMME,
        "lead",
    )


def mistake(ground: Ground) -> Thing | None:
    """The first known mistake that warns and that nobody has answered."""
    rows = [row for row in ground.of("mistakes").rows if row["state"] == "warns"]
    if not rows:
        return None
    others = len(rows) - 1
    why = _("It is a known mistake: look into it, or answer it with a reason.")
    if others:
        why = ngettext(
            "It is a known mistake, and %(n)s more warns: look into them, or answer them with a reason.",
            "It is a known mistake, and %(n)s more warn: look into them, or answer them with a reason.",
            others,
        ) % {"n": say.count(others)}
    return Thing(
        "mistake",
        f"{said(rows[0]['name'])}: {said(rows[0]['sentence'])}",
        why,
        _("See known mistakes"),
        first_address("programme:mistakes"),
        roles.SEE_PROGRAMME,
        "warned",
    )


def _is_open(row: Row) -> bool:
    return row["evidence"] not in (DEFINITION, CONFIRMED) and row["state"] in ("missing", "part") and bool(row["next"])
