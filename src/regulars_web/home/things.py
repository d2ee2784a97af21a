"""The next three things to do: candidates, each from a measured number, the best three in a fixed order.

What would make all else on the page doubtful comes first, then what money is known of, most money first, then the rest
in the order of the rules. A rule speaks only where the log supports it, and never says that one thing causes another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from regulars_web.home import customer_rules, log_rules, programme_rules
from regulars_web.home.candidates import Ground, Thing

SHOWN, MORE = 3, 6

RULES: tuple[Callable[[Ground], Thing | None], ...] = (
    log_rules.log_is_old,
    customer_rules.slipping,
    customer_rules.quiet,
    customer_rules.fewer_come_back,
    customer_rules.overdue,
    customer_rules.open_complaints,
    customer_rules.more_complaints,
    customer_rules.bought_once,
    programme_rules.stake,
    programme_rules.definition,
    programme_rules.mistake,
    programme_rules.unanswered,
    programme_rules.ownerless,
    programme_rules.step,
    log_rules.guests,
    log_rules.doubtful_pairs,
    log_rules.facts_to_ask,
    log_rules.costs_unknown,
    log_rules.contacts_missing,
    log_rules.answers_missing,
    log_rules.no_group,
)


def things(ground: Ground) -> list[Thing]:
    """The best three, or as many as there are."""
    return all_things(ground)[:SHOWN]


def all_things(ground: Ground) -> list[Thing]:
    """Everything that a rule proposes, the best first."""
    return ranked([thing for rule in RULES if (thing := rule(ground))])


def ranked(found: Sequence[Thing]) -> list[Thing]:
    """In the order of doing; equal ones stay in the order of the rules."""
    return sorted(found, key=lambda thing: (not thing.first, -(thing.money or 0)))
