"""Known mistakes that show in how people work: standards, feedback, training, authority, departments, levels."""

from __future__ import annotations

from regulars.measures.programme.evidence import COUNTED_IN_FULL, PARTS, Part
from regulars.measures.programme.finding import Finding, share, unknown
from regulars.measures.programme.levels import YES, rows_of
from regulars.measures.programme.seen import Seen
from regulars.measures.programme.wording import LEVELS, MISTAKES

LEAST = 10  # cases below which a rule says nothing
KEPT_WELL = 0.9


def mechanical_standards(seen: Seen) -> Finding:
    """Where promises are kept, customers are not satisfied."""
    kept = seen.by_touchpoint("kept", "kept", "judged")
    said = seen.by_touchpoint("said", "good", "answers")
    well = [one for one, (done, of) in kept.items() if of >= LEAST and done / of >= KEPT_WELL]
    judged = {one: said[one] for one in well if said.get(one, (0, 0))[1] >= LEAST}
    if not judged:
        return unknown("At no touchpoint are promises kept and customers asked, so this cannot be told.", "answers")
    worst = min(sorted(judged), key=lambda one: judged[one][0] / judged[one][1])
    good, of = judged[worst]
    part = good / of
    return share(
        good,
        of,
        limit=MISTAKES["mechanical-standards"].limit,
        over=False,
        counted="answers",
        sentence=f"At {worst}, where promises are kept, {part:.0%} of {of:,.0f} answers are satisfied.",
    )


def no_corrective_action(seen: Seen) -> Finding:
    """Customers complained, and no standard or promise was looked at again."""
    part = PARTS["acted"](seen)
    if not part.of:
        return unknown(part.nobody, part.counted)
    sentence = (
        f"Customers complained about {part.of} touchpoints. At {part.done} of them the standard or the promise was "
        "looked at again in this time."
    )
    return _in_full(part, "no-corrective-action", sentence)


def training_alone(seen: Seen) -> Finding:
    """Trainings were held, and hardly anybody was thanked."""
    held = len(seen.book.trainings(seen.windows.now, seen.windows.last))
    staff, thanked = len(seen.book.staff), seen.count("thanked")
    if not held or not staff:
        return unknown("No training is written down for this time, or nobody is on the list of staff.", "employees")
    part = Part(min(thanked, staff), staff, "employees", "")
    sentence = f"{held} trainings were held, and {part.done} of {staff} employees were thanked or rewarded."
    return _in_full(part, "training-alone", sentence)


def strategy_unheard(seen: Seen) -> Finding:
    """A definition is published that employees have not confirmed."""
    part = PARTS["confirmed"](seen)
    if not seen.book.definition or not part.of:
        return unknown("No definition is published, or nobody is on the list of staff.", "employees")
    sentence = f"{part.done} of {part.of} employees have confirmed the newest definition."
    return _in_full(part, "strategy-unheard", sentence)


def departments_silent(seen: Seen) -> Finding:
    """Departments that have promised nothing to another one, and were promised nothing."""
    departments = seen.book.departments()
    if len(departments) < 2:
        return unknown("Fewer than two departments are known.", "departments")
    linked = {str(body.get(side)) for body in seen.book.of("department promise").values() for side in ("from", "to")}
    part = Part(len(departments & linked), len(departments), "departments", "")
    sentence = f"{part.done} of {part.of} departments have promised another one something, or were promised it."
    return _in_full(part, "departments-silent", sentence)


def no_authority(seen: Seen) -> Finding:
    """Decisions for customers had to be asked for; or nobody may decide anything."""
    part = PARTS["decided-at-once"](seen)
    if part.of >= LEAST:
        done = part.of - part.done
        return share(
            part.done,
            part.of,
            limit=MISTAKES["no-authority"].limit,
            over=False,
            counted=part.counted,
            sentence=f"In {done:,} of {part.of:,} cases an employee had to ask a boss before deciding.",
        )
    if seen.book.staff and not seen.book.of("limit"):
        staff = len(seen.book.staff)
        sentence = f"None of {staff} employees has a limit within which to decide on the spot."
        return _in_full(Part(0, staff, "employees", ""), "no-authority", sentence)
    return unknown("Fewer than ten decisions for customers are logged.", "decisions")


def skipped_level(seen: Seen) -> Finding:
    """More of the criteria of a higher level are met than of the first one that is not complete."""
    rows, _ = rows_of(seen)
    decided = [row for row in rows if row["met"] != "unknown"]
    if not decided:
        return unknown("No criterion of maturity can be told yet.", "criteria")
    lower = min(int(rows[0]["reached"]) + 1, max(LEVELS))
    met = {level: [row["met"] == YES for row in rows if row["level"] == level] for level in LEVELS}
    shares = {level: sum(some) / len(some) for level, some in met.items()}
    higher = max((level for level in LEVELS if level > lower), key=lambda level: shares[level], default=lower)
    below, of, above, of_above = sum(met[lower]), len(met[lower]), sum(met[higher]), len(met[higher])
    sentence = f"Of level {lower}, {below} of {of} criteria are met; of level {higher}, {above} of {of_above}."
    value = shares[higher] - shares[lower]
    warns = value > MISTAKES["skipped-level"].limit
    return Finding(warns, sentence, "criteria", value, n=len(decided), reason=COUNTED_IN_FULL)


def refused_returns(seen: Seen) -> Finding:
    """Returns, exchanges and refunds that were asked for and refused."""
    of, refused = seen.count("returns"), seen.count("returns_refused")
    if of < LEAST:
        return unknown("Fewer than ten requests for a return, an exchange or a refund are logged.", "requests")
    return share(
        refused,
        of,
        limit=MISTAKES["refused-returns"].limit,
        over=True,
        counted="requests",
        sentence=f"{refused:,} of {of:,} requests for a return, an exchange or a refund were refused.",
    )


def _in_full(part: Part, key: str, sentence: str) -> Finding:
    """A share of all there are; it has no interval."""
    mistake, value = MISTAKES[key], part.done / part.of
    warns = value > mistake.limit if mistake.over else value < mistake.limit
    return Finding(warns, sentence, part.counted, value, n=part.of, reason=COUNTED_IN_FULL)
