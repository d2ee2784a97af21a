"""What the library says of rules, checks and groups, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.base import columns as base_columns
from regulars.groups.conditions import Rule
from regulars.groups.errors import GroupError
from regulars.groups.fields import FACT_PREFIX, fields
from regulars.groups.verdicts import Reason
from regulars_web.customers.filters import in_words
from regulars_web.customers.words import COLUMN_WORDS, OPERATOR_WORDS, column_words
from regulars_web.groups.sentences import REASON_WORDS, WRONG_WORDS
from regulars_web.shared import numbers
from regulars_web.shared.said import said

STANCE_WORDS: Mapping[str, Any] = {
    "target": gettext_lazy("target"),
    "non-target": gettext_lazy("non-target"),
    "neutral": gettext_lazy("neutral"),
}
STANCE_MEANINGS: Mapping[str, Any] = {
    "target": gettext_lazy("We want to serve these customers better than anybody else does."),
    "neutral": gettext_lazy("Served well, without plans of their own."),
    "non-target": gettext_lazy("Served politely when they come; we do not go after them."),
}
STANCE_TONES = {"target": "good", "non-target": "plain", "neutral": "plain"}
SIDE_WORDS: Mapping[str, Any] = {
    "target": gettext_lazy("In a target group"),
    "non-target": gettext_lazy("In a non-target group"),
    "both": gettext_lazy("In both kinds; somebody must decide"),
    "neutral": gettext_lazy("In neutral groups alone"),
    "no group": gettext_lazy("In no group"),
}
VERDICT_WORDS: Mapping[str, Any] = {
    "pass": gettext_lazy("passes"),
    "doubtful": gettext_lazy("doubtful"),
    "fails": gettext_lazy("does not pass"),
    "cannot be said": gettext_lazy("cannot be said"),
}
VERDICT_TONES = {"pass": "good", "doubtful": "old", "fails": "harm", "cannot be said": "plain"}
CHECK_WORDS: Mapping[str, Any] = {
    "measurable": gettext_lazy("Can be measured"),
    "independent of us": gettext_lazy("Does not depend on how we treat them"),
    "independent of each other": gettext_lazy("Its criteria say different things"),
    "members buy alike": gettext_lazy("Members buy alike"),
}
CHECK_SHORT: Mapping[str, Any] = {
    "measurable": gettext_lazy("measurable"),
    "independent of us": gettext_lazy("independent of us"),
    "independent of each other": gettext_lazy("independent criteria"),
    "members buy alike": gettext_lazy("buy alike"),
}
TREATMENT_WORDS: Mapping[str, Any] = {
    "gestures": gettext_lazy("Gestures"),
    "offers": gettext_lazy("Offers"),
    "calls and visits": gettext_lazy("Calls and visits that we began"),
    "discounts": gettext_lazy("Discounts"),
}
FEATURE_WORDS: Mapping[str, Any] = {
    "spend a year": gettext_lazy("Bought for in a year"),
    "orders a year": gettext_lazy("Orders in a year"),
    "average order": gettext_lazy("Average order"),
}
QUESTION_WORDS: Mapping[str, Any] = {
    "who they are": gettext_lazy("Who they are"),
    "what the product gives them": gettext_lazy("What the product gives them"),
    "how they choose": gettext_lazy("How they choose and decide"),
    "what focus means to them": gettext_lazy("What customer focus means to them"),
}
QUESTION_HELPS: Mapping[str, Any] = {
    "who they are": gettext_lazy("How they live and work, and with whom."),
    "what the product gives them": gettext_lazy("What gets better in their life or business, in their own words."),
    "how they choose": gettext_lazy("Whom they ask, what they compare, what decides."),
    "what focus means to them": gettext_lazy("By what they notice that a company thinks of them."),
}
_FIRST_WORDS: Mapping[str, Any] = {
    "first_channel": gettext_lazy("Channel of the first order"),
    "first_branch": gettext_lazy("Branch of the first order"),
    "first_category": gettext_lazy("What the first order was mainly for"),
    "first_season": gettext_lazy("Quarter of the year of the first order"),
}
_INSIDE_FIELD = ("one", "other")


def field_words(name: str) -> str:
    """A field of the base, a fact, or what the first order was."""
    return str(_FIRST_WORDS[name]) if name in _FIRST_WORDS else column_words(name)


def rule_parts(rule: Rule, currency: str) -> list[list[str]]:
    """The rule as parts that all hold; of the sentences inside a part one is enough."""
    return [[in_words(condition, currency) for condition in part] for part in rule.parts]


def rule_words(rule: Rule, currency: str) -> str:
    """The rule in one line."""
    parts = [_joined(part, _("%(one)s or %(other)s")) for part in rule_parts(rule, currency)]
    several = len(parts) > 1
    placed = [
        _("(%(part)s)") % {"part": part} if several and len(conditions) > 1 else part
        for part, conditions in zip(parts, rule.parts, strict=True)
    ]
    return _joined(placed, _("%(one)s and %(other)s"))


def wrong_words(error: GroupError) -> str:
    """What is wrong with a rule or a group."""
    template = WRONG_WORDS.get(error.reason)
    if template is None:
        return said(str(error))
    return str(template) % {name: _fact(name, value) for name, value in error.facts.items()}


def reason_words(reason: Reason, names: Mapping[str, str]) -> str:
    """One reason of a check. ``names`` are those of the groups, by key."""
    code = reason.code
    if code == "treated_unlike":
        code = f"treated_unlike_{reason.facts.get('direction', 'more')}"
    template = REASON_WORDS.get(code)
    if template is None:
        return said(reason.text)
    facts = {name: _reason_fact(reason.code, name, value, names) for name, value in reason.facts.items()}
    return str(template) % facts


def plain_words(sentence: str | None) -> str:
    """Why a number is unknown."""
    return said(sentence) if sentence else ""


def decision_words(by: str) -> str:
    """Who decided; a decision of the program's own has nobody."""
    return by or _("nobody named")


def _joined(parts: Sequence[str], pattern: str) -> str:
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text = pattern % {"one": text, "other": part}
    return text


def _fact(name: str, value: object) -> str:
    """What fills a sentence about something wrong."""
    text = str(value)
    if name in ("field", "near"):
        bare = text.strip("'\"")
        return field_words(bare) if bare in _known_names() or bare.startswith(FACT_PREFIX) else text
    if name == "op":
        return str(OPERATOR_WORDS.get(text, text))
    if name == "operators":
        return ", ".join(str(OPERATOR_WORDS.get(one, one)) for one in text.split(", "))
    if name == "found":
        return text.strip("'\"") if not text.startswith(("{", "[")) else "–"
    if name == "limit" and isinstance(value, int):
        return numbers.number(value)
    return text


def _reason_fact(code: str, name: str, value: str, names: Mapping[str, str]) -> str:
    if name == "field" or (name in _INSIDE_FIELD and code.startswith("criteria")):
        return field_words(value)
    if name == "other":
        return names.get(value, value)
    if name == "treatment":
        return str(TREATMENT_WORDS.get(value, value))
    return plain_words(value) if name == "reason" else value


def _known_names() -> set[str]:
    return {field.name for field in fields(base_columns())} & set(COLUMN_WORDS)
