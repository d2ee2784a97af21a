"""The five steps: of each evidence what is done, in which state it is, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from regulars.measures.programme.evidence import PARTS, Part
from regulars.measures.programme.seen import Seen, outcome
from regulars.measures.programme.wording import EVIDENCE, STEPS
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.touchpoints.figures import Row

DONE, PARTLY, MISSING, UNKNOWN = "done", "part", "missing", "unknown"
NAMES = (
    "place", "step", "step_name", "evidence", "sentence", "done", "of", "counted", "share", "share_low", "share_high",
    "n", "share_reason", "small_sample", "needed", "state", "next",
)  # fmt: skip


def step_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row an evidence (and ``by``); see results.py."""
    return outcome(found, scope, _rows, NAMES)


def _rows(seen: Seen) -> tuple[list[Row], list[str]]:
    rows = [_row(place, key, PARTS[key](seen)) for place, key in enumerate(EVIDENCE, 1)]
    return rows, _notes(rows)


def _row(place: int, key: str, part: Part) -> Row:
    evidence = EVIDENCE[key]
    state = state_of(part, evidence.needed)
    return {
        "place": place,
        "step": evidence.step,
        "step_name": STEPS[evidence.step],
        "evidence": key,
        "sentence": evidence.sentence,
        "done": part.done if part.of else None,
        "of": part.of if part.of else None,
        "counted": part.counted,
        **part.cells("share"),
        "needed": evidence.needed,
        "state": state,
        "next": NEXT[key](part) if state != DONE else None,
    }


def state_of(part: Part, needed: float) -> str:
    """done from the needed share on, missing at none, part between; unknown where nothing can be counted."""
    if part.share is None:
        return UNKNOWN
    if part.share >= needed:
        return DONE
    return PARTLY if part.done else MISSING


def _notes(rows: list[Row]) -> list[str]:
    done = sum(row["state"] == DONE for row in rows)
    unknown = sum(row["state"] == UNKNOWN for row in rows)
    steps = [step for step in STEPS if all(row["state"] == DONE for row in rows if row["step"] == step)]
    notes = [f"{done} of {len(rows)} evidences are done; of {unknown} the log cannot tell."]
    if steps:
        notes.append(f"Steps that are done: {', '.join(str(step) for step in steps)}.")
    return notes


def _next(sentence: str) -> Callable[[Part], str]:
    return lambda part: sentence


def _confirm(part: Part) -> str:
    if not part.of:
        return "Enter the employees, publish the definition and ask everybody to confirm it."
    missing = part.of - part.done
    return f"Ask the {missing} of {part.of} employees who have not confirmed the newest definition."


def _targets(part: Part) -> str:
    return "Name the groups of customers that the company is there for, and give each a formal rule."


def _languages(part: Part) -> str:
    missing = part.of - part.done
    return f"Translate the definition: {missing} of {part.of} languages of the company are missing."


def _known_sales(part: Part) -> str:
    if not part.of:
        return "Import the orders of the last year."
    unknown = part.of - part.done
    return f"Find out who stands behind {unknown:,} of {part.of:,} orders: ask for a name, a phone number or a card."


def _known_facts(part: Part) -> str:
    if not part.of:
        return "Import orders with their customers, then write down what you learn of each."
    without = part.of - part.done
    return f"Note one thing about each customer at the next contact: of {without:,} of {part.of:,} nothing is noted."


def _fresh_facts(part: Part) -> str:
    if not part.of:
        return "Write down what customers need, fear and prefer, with its source and date."
    old = part.of - part.done
    return f"Ask again at the next contact: {old:,} of {part.of:,} facts are older than a year."


def _group_needs(part: Part) -> str:
    if not part.of:
        return "Describe the first target group by a rule that anyone can check."
    missing = part.of - part.done
    return f"Write down the unique needs of {missing} of {part.of} target groups: what they want beyond good service."


def _heard(part: Part) -> str:
    if not part.of:
        return "Import orders, then ask customers how it was."
    return f"Ask more customers: {part.done:,} of {part.of:,} have answered a question in the last year."


def _acquired(part: Part) -> str:
    unknown = part.of - part.done
    return f"Ask every new customer how they heard of us: of {unknown:,} of {part.of:,} nobody knows."


def _registered(part: Part) -> str:
    if not part.of:
        return "Note at which touchpoint each contact happens."
    missing = part.of - part.done
    return f"Enter {missing} of {part.of} touchpoints of the log into the register, each with an owner."


def _of_register(what: str) -> Callable[[Part], str]:
    def sentence(part: Part) -> str:
        if not part.of:
            return "Enter the touchpoints where customers meet the company into the register."
        missing = part.of - part.done
        return OF_REGISTER[what](missing, part.of)

    return sentence


OF_REGISTER: Mapping[str, Callable[[int, int], str]] = {
    "owner": lambda missing, of: f"Name an owner for {missing} of {of} touchpoints.",
    "standard": lambda missing, of: (
        f"Write the standard of {missing} of {of} touchpoints: what customers can count on."
    ),
    "promise": lambda missing, of: f"Make one measurable promise at {missing} of {of} touchpoints.",
    "heard": lambda missing, of: f"Ask customers about {missing} of {of} touchpoints from which no answer has come.",
}


def _standards_read(part: Part) -> str:
    if not part.of:
        return "Write the first standard, then have everybody who works there confirm it."
    missing = part.of - part.done
    return f"Have {missing} of {part.of} standards read and confirmed by those who work there."


def _kept(part: Part) -> str:
    if not part.of:
        return "Promise something that the log can tell, such as an answer within so many minutes."
    broken = part.of - part.done
    return f"Look at the promises that were broken most: {broken:,} of {part.of:,} touches in the last year."


def _stages(part: Part) -> str:
    missing = part.of - part.done
    return f"Write down what customers need at {missing} of {part.of} stages of the life cycle."


def _fears(part: Part) -> str:
    if not part.of:
        return "Ask ten customers what they were afraid of, and write it on the journey map."
    missing = part.of - part.done
    return f"Find an answer to {missing} of {part.of} fears, barriers and problems of customers."


def _questions(part: Part) -> str:
    missing = part.of - part.done
    return f"Answer {missing} of the four questions about being our customer."


def _spoke_first(part: Part) -> str:
    if not part.of:
        return "Record when things come late or faulty, so that you can tell customers before they ask."
    silent = part.of - part.done
    return f"Tell customers before they ask: in {silent:,} of {part.of:,} cases we did not speak first."


def _goodbyes(part: Part) -> str:
    if not part.of:
        return "Record when a customer says good-bye, and have a manager call at once."
    missing = part.of - part.done
    return f"Call everyone who says good-bye: {missing} of {part.of} heard nothing from us within 30 days."


def _satisfied(part: Part) -> str:
    if not part.of:
        return "Ask customers how satisfied they are, right after they were served."
    less = part.of - part.done
    return f"Read the {less:,} of {part.of:,} answers that were not satisfied, and mend the most frequent cause."


def _complaints(part: Part) -> str:
    if not part.of:
        return "Record every complaint, also those made in passing."
    missing = part.of - part.done
    return f"Answer every complaint: {missing} of {part.of} had no answer within 30 days."


def _acted(part: Part) -> str:
    if not part.of:
        return "Record complaints with their customers, so that their cause can be found."
    missing = part.of - part.done
    return f"Look again at the standard or the promise of {missing} of {part.of} touchpoints that brought complaints."


def _at_once(part: Part) -> str:
    if not part.of:
        return "Give employees limits within which they decide on the spot, and log each decision."
    slow = part.of - part.done
    return f"Raise the limits of authority where they are too low: {slow} of {part.of} customers waited for a boss."


def _gestures(part: Part) -> str:
    if not part.of:
        return "Try one small unexpected kindness, with a budget, and log it."
    missing = part.of - part.done
    return f"Note what kindnesses cost: of {missing} of {part.of} nobody knows."


NEXT: Mapping[str, Callable[[Part], str]] = {
    "definition": _next("Open a round: ask everybody what customer focus means here, and publish one definition."),
    "confirmed": _confirm,
    "competences": _next("Name the key competence: one to three things that customers get here and not elsewhere."),
    "targets": _targets,
    "granted": _next("Decide beforehand what customers are granted beyond the law: exchange, refund, gift."),
    "refused": _next("Decide what you will not do, and for whom."),
    "parity": _next("Write how neither side comes to depend on the other."),
    "languages": _languages,
    "known-sales": _known_sales,
    "known-costs": _next("Import what orders cost, so that profitable customers can be told."),
    "known-facts": _known_facts,
    "fresh-facts": _fresh_facts,
    "group-needs": _group_needs,
    "heard": _heard,
    "acquired": lambda part: _acquired(part) if part.of else "Ask every new customer how they heard of us.",
    "registered": _registered,
    "owners": _of_register("owner"),
    "standards": _of_register("standard"),
    "standards-read": _standards_read,
    "promises": _of_register("promise"),
    "promises-kept": _kept,
    "stage-needs": _stages,
    "fears-answered": _fears,
    "map-evidence": _next("Attach a quote, a score or a measure to what the journey map says."),
    "four-questions": _questions,
    "spoke-first": _spoke_first,
    "goodbyes-answered": _goodbyes,
    "satisfied": _satisfied,
    "touchpoints-heard": _of_register("heard"),
    "complaints-answered": _complaints,
    "acted": _acted,
    "decided-at-once": _at_once,
    "gesture-costs": _gestures,
}
