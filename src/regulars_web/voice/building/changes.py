"""What is different between two versions of a survey, in sentences."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.surveys.definition import Question, Survey
from regulars_web.shared import numbers
from regulars_web.voice.building.words import LANGUAGE_NAMES, question_words


def changes(before: Survey, after: Survey) -> list[str]:
    """One sentence a change, in the order of the survey; none where both ask the same."""
    return [*_questions(before, after), *_around(before, after), *_languages(before, after), *_end(before, after)]


def _questions(before: Survey, after: Survey) -> list[str]:
    old = {one.key: one for one in before.questions}
    new = {one.key: one for one in after.questions}
    found = []
    for key, question in new.items():
        names = {"question": question_words(question, after.languages[0])}
        if key not in old:
            found.append(_("New question: “%(question)s”.") % names)
        elif question != old[key]:
            found.append(_changed(old[key], question, after))
    gone = [one for key, one in old.items() if key not in new]
    found += [
        _("No longer asked: “%(question)s”. Its answers stay.") % {"question": question_words(one, before.languages[0])}
        for one in gone
    ]
    kept_before = [key for key in old if key in new]
    if kept_before != [key for key in new if key in old]:
        found.append(_("The questions stand in another order."))
    elif not gone and len(new) == len(old) and _shape(before) != _shape(after):
        found.append(_("The questions are divided into pages in another way."))
    return found


def _changed(old: Question, new: Question, survey: Survey) -> str:
    names = {"question": question_words(new, survey.languages[0])}
    first = survey.languages[0]
    if old.kind != new.kind:
        return _("“%(question)s” is another kind of question now; its earlier answers cannot be compared.") % names
    if (old.low, old.high) != (new.low, new.high):
        return (
            _("“%(question)s” has another scale now; its earlier answers are compared as shares of the scale.") % names
        )
    if old.words.get(first) != new.words.get(first):
        told = {**names, "before": question_words(old, first)}
        return _("“%(before)s” is now asked as “%(question)s”.") % told
    if old.show_if != new.show_if:
        return _("“%(question)s” is shown to other respondents now.") % names
    if replace(old, required=new.required) == new:
        sentence = (
            _("“%(question)s” must be answered now.") if new.required else _("“%(question)s” may be left out now.")
        )
        return sentence % names
    if {one.key for one in old.options} != {one.key for one in new.options}:
        return _("“%(question)s” has other options now.") % names
    if {one.key for one in old.factors} != {one.key for one in new.factors}:
        return _("“%(question)s” has other factors now.") % names
    return _("Texts of “%(question)s” have changed.") % names


def _around(before: Survey, after: Survey) -> list[str]:
    parts = (
        (before.title, after.title, _("The title has changed.")),
        (before.intro, after.intro, _("The introduction has changed.")),
        (before.who_reads, after.who_reads, _("Who reads the answers has changed.")),
        (before.thanks, after.thanks, _("The thanks have changed.")),
        (before.about, after.about, _("It asks about another touchpoint.")),
        (before.audience, after.audience, _("Its answers, earlier ones too, count as those of other people.")),
        (before.minutes, after.minutes, _("It says another number of minutes.")),
    )
    return [sentence for old, new, sentence in parts if old != new]


def _languages(before: Survey, after: Survey) -> list[str]:
    added = [one for one in after.languages if one not in before.languages]
    gone = [one for one in before.languages if one not in after.languages]
    told = [_("Also in %(language)s.") % {"language": LANGUAGE_NAMES[one]} for one in added]
    told += [_("No longer in %(language)s.") % {"language": LANGUAGE_NAMES[one]} for one in gone]
    if not told and before.languages[0] != after.languages[0]:
        told = [_("The first language is %(language)s now.") % {"language": LANGUAGE_NAMES[after.languages[0]]}]
    return told


def _end(before: Survey, after: Survey) -> list[str]:
    found = []
    if before.closes_on != after.closes_on:
        found.append(
            _("Open until %(day)s.") % {"day": numbers.day(after.closes_on)}
            if after.closes_on
            else _("It has no last day any more.")
        )
    if before.quota != after.quota:
        told = ngettext("It ends after %(count)s answer.", "It ends after %(count)s answers.", after.quota or 0) % {
            "count": numbers.number(after.quota)
        }
        found.append(told if after.quota else _("It has no limit of answers any more."))
    return found


def _shape(survey: Survey) -> list[int]:
    return [len(page.questions) for page in survey.pages]
