"""So many of so many: each evidence of the steps, which criteria of maturity and mistakes rest on too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from regulars.measures.intervals import share_estimate
from regulars.measures.programme.book import QUESTIONS, STAGE_COUNT, day_of, listed, said, version_read
from regulars.measures.programme.seen import Seen
from regulars.measures.touchpoints.announced import BY_COMPANY
from regulars.measures.touchpoints.figures import Row, plain

COUNTED_IN_FULL = "This is counted in full, so it has no interval."


@dataclass(frozen=True)
class Part:
    """So many of so many.

    counted  what is counted
    nobody   why nothing can be said where ``of`` is 0
    drawn    those counted stand for others to come, so the share has an interval
    """

    done: int
    of: int
    counted: str
    nobody: str
    drawn: bool = False

    @property
    def share(self) -> float | None:
        """done / of; None where there is nothing to count."""
        return self.done / self.of if self.of else None

    def cells(self, name: str) -> Row:
        """The cells of the estimate called ``name``."""
        found = plain(name, share_estimate([self.done], [self.of], nobody=self.nobody), prefixed=False)
        if self.of and not self.drawn:
            found |= {f"{name}_low": None, f"{name}_high": None, f"{name}_reason": COUNTED_IN_FULL}
        return found


def _written(about: str) -> Callable[[Seen], Part]:
    """Whether the definition's page says this: one of one."""

    def part(seen: Seen) -> Part:
        value = seen.book.definition.get(about)
        found = bool(listed(value)) if isinstance(value, list) else said(value)
        return Part(int(found), 1, "parts of the definition", "")

    return part


def _confirmed(seen: Seen) -> Part:
    done, of = seen.book.confirmed
    return Part(done, of, "employees", "No definition is published, or nobody is on the list of staff.")


def _targets(seen: Seen) -> Part:
    named = [str(one) for one in listed(seen.book.definition.get("targets"))]
    groups = seen.book.of("group")
    return Part(sum(key in groups for key in named), max(len(named), 1), "target groups", "")


def _languages(seen: Seen) -> Part:
    text = seen.book.definition.get("text")
    wanted = seen.scope.languages or ("en",)
    spoken = {name for name, one in text.items() if said(one)} if isinstance(text, Mapping) else set()
    if isinstance(text, str) and said(text):
        spoken = {wanted[0]}
    return Part(sum(language in spoken for language in wanted), len(wanted), "languages", "")


def _known_sales(seen: Seen) -> Part:
    return Part(seen.count("known_orders"), seen.count("orders"), "orders", "The log has no orders of this time.", True)


def _known_costs(seen: Seen) -> Part:
    return Part(
        seen.count("costed_orders"), seen.count("orders"), "orders", "The log has no orders of this time.", True
    )


def _of_customers(column: str, nobody: str, *, of: str = "orders") -> Callable[[Seen], Part]:
    """Customers with an order in the year (or new in it) of whom something is so."""

    def part(seen: Seen) -> Part:
        chosen = seen.numbers("each", of) > 0
        has = seen.numbers("each", column) > 0
        return Part(int((chosen & has).sum()), int(chosen.sum()), "customers", nobody, True)

    return part


def _fresh_facts(seen: Seen) -> Part:
    done, of = round(seen.total("facts", "fresh")), round(seen.total("facts", "facts"))
    return Part(done, of, "facts", "No fact about a customer of this time is known.")


def _group_needs(seen: Seen) -> Part:
    groups = seen.book.targets.values()
    done = sum(bool(listed(body.get("needs"))) for body in groups)
    return Part(done, len(groups), "target groups", "No group is a target group yet.")


def _registered(seen: Seen) -> Part:
    found = seen.by_touchpoint("seen", "touches")
    register = seen.book.of("touchpoint")
    return Part(sum(one in register for one in found), len(found), "touchpoints", "No touch names its touchpoint.")


def _of_register(has: Callable[[Seen, str], bool]) -> Callable[[Seen], Part]:
    """Registered touchpoints of which something is so."""

    def part(seen: Seen) -> Part:
        register = seen.book.of("touchpoint")
        done = sum(has(seen, key) for key in register)
        return Part(done, len(register), "touchpoints", "No touchpoint is registered yet.")

    return part


def _has_owner(seen: Seen, key: str) -> bool:
    return said(seen.book.of("touchpoint")[key].get("owner"))


def _has_standard(seen: Seen, key: str) -> bool:
    return key in seen.book.of("standard")


def _has_promise(seen: Seen, key: str) -> bool:
    return any(body.get("touchpoint") == key for body in seen.book.of("promise").values())


def _standards_read(seen: Seen) -> Part:
    standards = seen.book.of("standard")
    read: dict[str, int] = {}
    for key, body in seen.book.of("standard read").items():
        where = str(body.get("touchpoint") or key.rpartition(":")[0])
        read[where] = max(read.get(where, 0), version_read(body))
    done = sum(read.get(key, 0) >= seen.book.number("standard", key) for key in standards)
    return Part(done, len(standards), "standards", "No touchpoint has a written standard yet.")


def _kept(seen: Seen) -> Part:
    done, of = round(seen.total("kept", "kept")), round(seen.total("kept", "judged"))
    return Part(done, of, "touches", "Nothing is promised, or no touch tells whether it was kept.", True)


def _stage_needs(seen: Seen) -> Part:
    return Part(min(seen.book.needs_written, STAGE_COUNT), STAGE_COUNT, "stages", "")


def _fears(seen: Seen) -> Part:
    return Part(*seen.book.to_answer, "fears, barriers and problems", "The journey map names no fear of customers yet.")


def _map_evidence(seen: Seen) -> Part:
    return Part(*seen.book.with_evidence, "entries of the journey map", "The journey map is empty.")


def _four_questions(seen: Seen) -> Part:
    return Part(seen.book.questions_answered, len(QUESTIONS), "questions", "")


def _spoke_first(seen: Seen) -> Part:
    done = round(seen.total("spoken", "events", where={"spoke_first": BY_COMPANY}))
    nobody = "Nothing in the log came late, was short or faulty."
    return Part(done, round(seen.total("spoken", "events")), "cases", nobody, True)


def _followed(kind: str, counted: str, nobody: str) -> Callable[[Seen], Part]:
    """Events of a kind that a word of ours followed in time."""

    def part(seen: Seen) -> Part:
        of = {"kind": kind}
        done, every = (round(seen.total("followed", name, where=of)) for name in ("followed", "events"))
        return Part(done, every, counted, nobody, True)

    return part


def _satisfied(seen: Seen) -> Part:
    done, of = round(seen.total("said", "good")), round(seen.total("said", "answers"))
    return Part(done, of, "answers", "No customer was asked how satisfied they are.", True)


def _heard_at(seen: Seen, key: str) -> bool:
    return seen.by_touchpoint("said", "scored").get(key, (0.0,))[0] > 0


def _acted(seen: Seen) -> Part:
    """Touchpoints that customers complained about, whose standard, promise or entry was decided after that."""
    found = seen.by_touchpoint("complaints_at", "first_s")
    done = sum(any(second > first for second in _decided(seen, touchpoint)) for touchpoint, (first,) in found.items())
    return Part(done, len(found), "touchpoints", "No customer complained, as far as the log tells.")


def _decided(seen: Seen, touchpoint: str) -> list[float]:
    book = seen.book
    about = [("touchpoint", touchpoint), ("standard", touchpoint)]
    about += [("promise", key) for key, body in book.of("promise").items() if body.get("touchpoint") == touchpoint]
    return [book.decided[one] for one in about if one in book.decided]


def _at_once(seen: Seen) -> Part:
    """Uses of authority without asking; where none is logged, complaints without an escalation."""
    nobody = "Nobody has logged a decision for a customer yet."
    uses, escalations = seen.count("uses"), seen.count("escalations")
    if uses or not escalations:
        return Part(uses - seen.count("uses_asked"), uses, "decisions", nobody, True)
    complaints = seen.count("complaints")
    return Part(max(complaints - escalations, 0), complaints, "complaints", nobody, True)


def _gesture_costs(seen: Seen) -> Part:
    nobody = "No unasked kindness is in the log."
    return Part(seen.count("costed_gestures"), seen.count("gestures"), "kindnesses", nobody)


def _calls_taken(seen: Seen) -> Part:
    taken, missed = seen.count("calls"), seen.count("missed_calls")
    return Part(taken, taken + missed, "calls", "The log has no calls of customers.", True)


def _no_complaint(seen: Seen) -> Part:
    chosen = seen.numbers("each", "orders") > 0
    quiet = seen.numbers("each", "complaints") == 0
    nobody = "No customer bought in this time." if seen.count("complaints") else "The log has no complaints at all."
    of = int(chosen.sum()) if seen.count("complaints") else 0
    return Part(int((chosen & quiet).sum()) if of else 0, of, "customers", nobody, True)


def _complained_once(seen: Seen) -> Part:
    complaints = seen.numbers("each", "complaints")
    done, of = int((complaints == 1).sum()), int((complaints > 0).sum())
    return Part(done, of, "customers who complained", "No known customer complained.", True)


def _trained(seen: Seen) -> Part:
    held = seen.book.trainings(seen.windows.now, seen.windows.last)
    asked = [
        str(word)
        for body in held
        if isinstance(body.get("understood"), Mapping)
        for word in body["understood"].values()
    ]
    return Part(
        sum(word == "yes" for word in asked), len(asked), "employees asked", "Nobody was asked about a training."
    )


def _visits(seen: Seen) -> Part:
    due = [body for body in seen.book.of("visit planned").values() if _was_due(body, seen)]
    return Part(
        sum(bool(body.get("done_on")) for body in due), len(due), "visits", "No visit was planned for this time."
    )


def _was_due(body: Mapping[str, object], seen: Seen) -> bool:
    day = day_of(body, "on")
    return day is not None and seen.windows.now <= day <= seen.windows.last


NO_ORDERS = "No known customer bought in this time."
PARTS: Mapping[str, Callable[[Seen], Part]] = {
    "definition": _written("text"),
    "confirmed": _confirmed,
    "competences": _written("competences"),
    "targets": _targets,
    "granted": _written("granted"),
    "refused": _written("refused"),
    "parity": _written("parity"),
    "languages": _languages,
    "known-sales": _known_sales,
    "known-costs": _known_costs,
    "known-facts": _of_customers("has_facts", NO_ORDERS),
    "fresh-facts": _fresh_facts,
    "group-needs": _group_needs,
    "heard": _of_customers("answers", NO_ORDERS),
    "acquired": _of_customers("acquired", "No new customer came in this time.", of="new"),
    "registered": _registered,
    "owners": _of_register(_has_owner),
    "standards": _of_register(_has_standard),
    "standards-read": _standards_read,
    "promises": _of_register(_has_promise),
    "promises-kept": _kept,
    "stage-needs": _stage_needs,
    "fears-answered": _fears,
    "map-evidence": _map_evidence,
    "four-questions": _four_questions,
    "spoke-first": _spoke_first,
    "goodbyes-answered": _followed("departure", "good-byes", "No customer said good-bye."),
    "satisfied": _satisfied,
    "touchpoints-heard": _of_register(_heard_at),
    "complaints-answered": _followed("complaint", "complaints", "The log has no complaints."),
    "acted": _acted,
    "decided-at-once": _at_once,
    "gesture-costs": _gesture_costs,
    "calls-taken": _calls_taken,
    "no-complaint": _no_complaint,
    "complained-once": _complained_once,
    "trained": _trained,
    "called-back": _followed("missed_call", "missed calls", "No missed call of a known customer is in the log."),
    "visits-done": _visits,
}
