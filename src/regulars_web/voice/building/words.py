"""What kinds of questions, conditions and languages are called where surveys are built."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.surveys.definition import KANO, Audience, Kind, Op, Question, ShowIf, Survey, said

KIND_WORDS: Mapping[Kind, object] = {
    "nps": gettext_lazy("Would recommend, 0 to 10 (NPS)"),
    "csat": gettext_lazy("Satisfaction (CSAT)"),
    "ces": gettext_lazy("Effort (CES)"),
    "scale": gettext_lazy("Scale of your own"),
    "single": gettext_lazy("Choose one"),
    "multiple": gettext_lazy("Choose several"),
    "rank": gettext_lazy("Put in order"),
    "text": gettext_lazy("Own words"),
    "matrix": gettext_lazy("Table of factors"),
    "kano": gettext_lazy("Pair: with it and without it (Kano)"),
}
KIND_MEANINGS: Mapping[Kind, object] = {
    "nps": gettext_lazy("One number, comparable over time."),
    "csat": gettext_lazy("How satisfied with one touch, 1 to 5."),
    "ces": gettext_lazy("How easy it was, 1 to 7."),
    "scale": gettext_lazy("You choose both ends and the labels."),
    "single": gettext_lazy("One of the options you write."),
    "multiple": gettext_lazy("Any number of the options you write."),
    "rank": gettext_lazy("The options you write or the factors of a table, the most important first."),
    "text": gettext_lazy("Best after a number: why?"),
    "matrix": gettext_lazy("Satisfaction and importance of each factor, also of competitors."),
    "kano": gettext_lazy("Tells what is taken for granted from what delights."),
}
OP_WORDS: Mapping[Op, object] = {
    "at most": gettext_lazy("is at most"),
    "at least": gettext_lazy("is at least"),
    "is": gettext_lazy("is"),
    "is not": gettext_lazy("is not"),
    "includes": gettext_lazy("includes"),
}
KANO_WORDS: Mapping[str, object] = {
    "like": gettext_lazy("I like it that way"),
    "expect": gettext_lazy("I expect it"),
    "neutral": gettext_lazy("I do not mind"),
    "tolerate": gettext_lazy("I can live with it"),
    "dislike": gettext_lazy("I dislike it"),
}
AUDIENCE_WORDS: Mapping[Audience, object] = {
    "customers": gettext_lazy("Customers"),
    "employees": gettext_lazy("Our own people"),
    "partners": gettext_lazy("Resellers and other partners"),
}
EVERYBODY_WORDS: Mapping[Audience, object] = {
    "customers": gettext_lazy("All customers"),
    "employees": gettext_lazy("Everybody who works here"),
    "partners": gettext_lazy("All partners"),
}
STATE_WORDS: Mapping[str, object] = {
    "draft": gettext_lazy("draft"),
    "open": gettext_lazy("open"),
    "closed": gettext_lazy("closed"),
}
STATE_TONES: Mapping[str, str] = {"draft": "old", "open": "good", "closed": ""}
LANGUAGE_NAMES: Mapping[str, str] = dict(settings.LANGUAGES)


def kind_words(kind: Kind) -> str:
    """What a kind of question is called."""
    return str(KIND_WORDS[kind])


def question_words(question: Question, language: str) -> str:
    """The question as it is asked, or a sentence that it has no words yet."""
    return said(question.words, language) or _("This question has no words yet")


def details(question: Question, language: str) -> str:
    """What is offered as an answer, in a few words; empty for own words."""
    if question.kind == "matrix":
        listed = ", ".join(filter(None, (said(one.words, language) for one in question.factors)))
        count = len(question.factors)
        told = ngettext("%(count)d factor: %(listed)s", "%(count)d factors: %(listed)s", count)
        return told % {"count": count, "listed": listed}
    if question.options:
        return " · ".join(filter(None, (said(one.words, language) for one in question.options)))
    if question.steps:
        low, high = (said(texts, language) for texts in (question.ends or ({}, {})))
        if low and high:
            told = _("%(low)d (%(low_words)s) to %(high)d (%(high_words)s)")
            return told % {"low": question.low, "high": question.high, "low_words": low, "high_words": high}
        return _("%(low)d to %(high)d") % {"low": question.low, "high": question.high}
    return ""


def rule_words(survey: Survey, rule: ShowIf | None, language: str) -> str:
    """When a question is shown, as a sentence; empty where it always is."""
    if rule is None:
        return ""
    asked = survey.question(rule.question)
    if asked is None:
        return _("Shown after an answer to a question that is not there any more")
    names = {
        "question": question_words(asked, language),
        "op": str(OP_WORDS[rule.op]),
        "value": value_words(asked, rule.value, language),
    }
    return _("Shown only where the answer to “%(question)s” %(op)s %(value)s") % names


def value_words(asked: Question, value: str, language: str) -> str:
    """A value of a condition as respondents read it."""
    found = next((one for one in asked.options if one.key == value), None)
    if found is not None:
        return said(found.words, language) or value
    return str(KANO_WORDS[value]) if asked.kind == "kano" and value in KANO else value
