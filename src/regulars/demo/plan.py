"""Oakline's programme: whether it fits, that it was started with a pilot, next actions, what people attest.

Planted: one action is overdue, one attestation has run out, and one known mistake is answered until a day.
"""

from __future__ import annotations

from datetime import date

from regulars.demo.planted import Planted, before
from regulars.surveys.definition import to_json
from regulars.surveys.ready import ready

_SURVEYS = ("seven-elements", "partner", "customer-focus")
# condition, answer, because; what the log cannot answer.
_FIT: tuple[tuple[str, str, str], ...] = (
    ("competition", "yes", "In every town there are two or three other workshops, and the large furniture houses."),
    ("stable-shares", "yes", "The same makers have been at the fairs for ten years."),
    ("time", "yes", "Two years were agreed with the family before anybody counts the profit."),
    ("dictating", "no", "No hotel brings more than a twentieth of the sales."),
    ("monopoly", "no", "Whoever is not content goes to the workshop across the road."),
    ("aggressive-growth", "yes", "One more showroom is to open next year."),
    ("short-term-profit", "no", "The bank is paid until 2029."),
    ("survival", "no", "Orders are in hand for four months."),
)
# step:evidence, what is done next, by whom, due and done so many days before the end of the log; a negative number of
# days lies after the day on which the company is made up
_ACTIONS: tuple[tuple[str, str, str, int, int | None], ...] = (
    (
        "2:group-needs",
        "Visit three hotels and write down what they need and households do not.",
        "showroom manager",
        300,
        310,
    ),
    ("5:gesture-costs", "Enter what a bar of chocolate and a card cost.", "head of delivery", 200, 190),
    ("1:confirmed", "Speak with the people who have not confirmed the definition yet.", "owner", -40, None),
    ("2:fresh-facts", "Ask every caller about one old entry of their card.", "head of the call centre", -120, None),
    ("3:standards", "Write the standards of the web shop and of assembly.", "web shop manager", 20, None),
    ("4:fears-answered", "Put felt under every piece, and say so on the offer.", "head of delivery", -75, None),
    (
        "5:decided-at-once",
        "Raise the refund limit at the complaint desk to 150 EUR and look again.",
        "head of complaints",
        -200,
        None,
    ),
)
# criterion, met, what was seen, so many days before the end of the log, until so many days before it
_ATTESTED: tuple[tuple[str, bool, str, int, int], ...] = (
    ("courteous", True, "Twelve visits in disguise in spring: greeted within a minute, buyer or not.", 50, -300),
    ("personal", True, "Sellers knew the last piece of nine in ten regulars without looking it up.", 70, -200),
    ("competent", True, "Of forty questions put to drivers and sellers, 34 were answered at once.", 395, 30),
    ("unusual", False, "Unusual wishes are solved, but only three of them were written down.", 90, -90),
    ("plans", True, "The eight key accounts sent their plans for the year in January.", 150, -180),
)
_ANSWERED: tuple[tuple[str, str, int], ...] = (
    ("growing-surprises", "Cards left over from the fair are used up; in autumn we count again.", -92),
)


def plan_decisions(end: date, ahead_from: date) -> list[Planted]:
    """Fit, state of the programme, actions, attestations, and the mistake that was answered.

    end         last day of the log
    ahead_from  the day after which lies what is planned or holds until a day
    """
    decided = [*_actions(end, ahead_from), *_attested(end, ahead_from), *_answered(end, ahead_from)]
    return [*_surveys(), *_fit(end), *_states(), *decided]


def _surveys() -> list[Planted]:
    """Published, so that pages show their questions; of those without names only so is it known whom they ask."""
    found = {one.key: one for one in ready()}
    return [Planted("survey", key, to_json(found[key]), "owner", 800) for key in _SURVEYS]


def _fit(end: date) -> list[Planted]:
    return [
        Planted("fit", key, {"answer": answer, "because": because, "by": "owner", "on": before(end, 500)}, "owner", 500)
        for key, answer, because in _FIT
    ]


def _states() -> list[Planted]:
    """Started small, paused while the workshop moved, started again with a wider pilot."""
    group, key = "designers-and-small-hotels", "programme"
    small = {"group": group, "touchpoint": "delivery"}
    return [
        Planted(
            key,
            key,
            {"state": "started", "pilot": small, "why": "Deliveries to hotels first: late rooms cost us most."},
            "owner",
            475,
        ),
        Planted(
            key,
            key,
            {"state": "paused", "pilot": small, "why": "The workshop moves; nobody has time to read anything."},
            "owner",
            330,
        ),
        Planted(
            key,
            key,
            {
                "state": "started",
                "pilot": {"group": group, "touchpoint": "complaint desk"},
                "why": "The move is over. Deliveries are better; now complaints.",
            },
            "owner",
            250,
        ),
    ]


def _actions(end: date, ahead_from: date) -> list[Planted]:
    found = []
    for key, text, owner, due, done in _ACTIONS:
        body = {"text": text, "owner": owner, "due_on": before(end, due, ahead_from=ahead_from)}
        if done is not None:
            body["done_on"] = before(end, done)
        found.append(Planted("step action", key, body, "owner", max(due, 0) + 60))
    return found


def _attested(end: date, ahead_from: date) -> list[Planted]:
    found = []
    for key, met, because, on, until in _ATTESTED:
        body = {
            "met": met,
            "because": because,
            "signed_by": "owner",
            "on": before(end, on),
            "until": before(end, until, ahead_from=ahead_from),
        }
        found.append(Planted("attested", key, body, "owner", on))
    return found


def _answered(end: date, ahead_from: date) -> list[Planted]:
    found = []
    for key, because, until in _ANSWERED:
        body = {"because": because, "until": before(end, until, ahead_from=ahead_from)}
        found.append(Planted("mistake answered", key, body, "owner", 40))
    return found
