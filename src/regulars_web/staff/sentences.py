"""The library's sentences about people, translated as wholes; a test holds them to its list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from regulars.people.errors import PeopleError

# What is wrong with something of the register of people: reason -> sentence.
WRONG_WORDS: Mapping[str, Any] = {
    "not_readable": gettext_lazy("This cannot be read: %(where)s is missing or of the wrong kind."),
    "unreadable": gettext_lazy("What was published as %(found)s cannot be read. Publish it again."),
    "no_code": gettext_lazy("The employee has no code. Write the word that stands in the column employee."),
    "no_key": gettext_lazy(
        "The department has no name in the log. Write the word that stands in the column department."
    ),
    "no_name": gettext_lazy("This has no name. Write one by which your people know it."),
    "text_too_long": gettext_lazy("The text of %(where)s is longer than %(limit)s characters. Say it more shortly."),
    "unprintable": gettext_lazy("The text of %(where)s holds a character that cannot be shown. Type it anew."),
    "unknown_level": gettext_lazy("There is no level %(found)s. There are: %(known)s."),
    "unknown_zone": gettext_lazy("There is no zone %(found)s. There are: %(known)s."),
    "dates_crossed": gettext_lazy(
        "The last day, %(left_on)s, lies before the first, %(started_on)s. Mend one of them."
    ),
    "no_decision": gettext_lazy("The limit names no kind of decision. Write one, for example refund."),
    "no_whom": gettext_lazy("The limit is given to nobody. Choose a role or an employee."),
    "two_whom": gettext_lazy("The limit is given to a role and to an employee. Choose one of them."),
    "bad_money": gettext_lazy("The amount %(found)s cannot be used. Write a number that is not below nought."),
    "unknown_employee": gettext_lazy(
        "There is no employee %(found)s. Write a code that stands in the list of employees."
    ),
    "unknown_department": gettext_lazy(
        "There is no department %(found)s. Write one that stands in the list of departments."
    ),
    "unknown_limit": gettext_lazy("There is no limit %(found)s."),
    "unknown_training": gettext_lazy("There is no training %(found)s."),
    "unknown_promise": gettext_lazy("There is no promise %(found)s between departments."),
    "unknown_visit": gettext_lazy("There is no planned visit %(found)s."),
    "unknown_account": gettext_lazy("This customer is no key account."),
    "not_there": gettext_lazy("%(found)s was not at the training. Add them first, or take their answer out."),
    "bad_understood": gettext_lazy("Whether a training was understood is yes or no, not %(found)s."),
    "same_department": gettext_lazy("A department cannot promise itself something. Choose two."),
    "bad_seconds": gettext_lazy("The time %(found)s cannot be kept or broken. Write from 1 second to %(limit)s days."),
    "one_step": gettext_lazy("Name both steps, the one that starts the clock and the one that stops it, or neither."),
    "bad_score": gettext_lazy("A rating is from 1 to 5, not %(found)s."),
    "unknown_side": gettext_lazy("A promise has the sides from and to, not %(found)s."),
    "no_person": gettext_lazy("Nobody is named. Sign in and do it again."),
    "no_purpose": gettext_lazy("The group has no purpose. Write what it is for."),
    "no_client": gettext_lazy("No customer is named. Choose one."),
    "no_keeper": gettext_lazy("Nobody keeps this account. Choose an employee."),
    "done_before": gettext_lazy("The visit cannot be done before it is known of: %(done_on)s lies after today."),
    "unknown_outcome": gettext_lazy("There is no outcome %(found)s. There are: %(known)s."),
    "bad_wait": gettext_lazy(
        "The wait %(found)s cannot be used. Write the minutes that the customer waited, or leave it empty."
    ),
    "not_asked_wait": gettext_lazy("Nobody was asked, so there was nobody to wait for. Leave the wait empty."),
    "unknown_partner": gettext_lazy("There is no partner %(found)s."),
    "bad_email": gettext_lazy("The e-mail cannot be used. Write it as name@example.com, or leave it empty."),
    "details_emptied": gettext_lazy(
        "A name or an e-mail is not taken away by emptying it. Write another one, or erase the person."
    ),
    "code_named": gettext_lazy(
        "The code %(found)s is that of a colleague with another name. Write another code, or rename the colleague on "
        "their own page."
    ),
    "erased_code": gettext_lazy(
        "Somebody with the code %(found)s was erased, so no name is kept under it. Write another code, or let the "
        "person in again first, on the page about personal data."
    ),
    "erased_email": gettext_lazy(
        "Somebody with this e-mail was erased at their own wish. Leave it empty, or let the person in again first, on "
        "the page about personal data."
    ),
    "no_thanks": gettext_lazy("The thanks say nothing. Write what they are for."),
}
# Where it is wrong, as the sentences name it.
PLACES: Mapping[str, Any] = {
    "the code": gettext_lazy("the code"),
    "the department": gettext_lazy("the department"),
    "the branch": gettext_lazy("the branch"),
    "the role": gettext_lazy("the role"),
    "the key": gettext_lazy("the key"),
    "the name": gettext_lazy("the name"),
    "the e-mail": gettext_lazy("the e-mail"),
    "the head": gettext_lazy("the head"),
    "the decision": gettext_lazy("the decision"),
    "the employee": gettext_lazy("the employee"),
    "the note": gettext_lazy("the note"),
    "the list of employees": gettext_lazy("the list of employees"),
    "the first step": gettext_lazy("the first step"),
    "the last step": gettext_lazy("the last step"),
    "the purpose": gettext_lazy("the purpose"),
    "the roles and links": gettext_lazy("the roles and links"),
    "the keeper": gettext_lazy("the keeper"),
    "what it is about": gettext_lazy("what it is about"),
}


def wrong_words(error: PeopleError) -> str:
    """What is wrong with something of the register of people, in the reader's language."""
    facts = {name: str(PLACES.get(str(value), value)) for name, value in error.facts.items()}
    return str(WRONG_WORDS[error.reason]) % facts
