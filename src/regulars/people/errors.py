"""What is wrong with something of the register of people, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.errors import RegularsError

# reason -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "not_readable": "This cannot be read: {where} is missing or of the wrong kind.",
    "unreadable": "What was published as {found} cannot be read. Publish it again.",
    "no_code": "The employee has no code. Write the word that stands in the column employee.",
    "no_key": "The department has no name in the log. Write the word that stands in the column department.",
    "no_name": "This has no name. Write one by which your people know it.",
    "text_too_long": "The text of {where} is longer than {limit} characters. Say it more shortly.",
    "unprintable": "The text of {where} holds a character that cannot be shown. Type it anew.",
    "unknown_level": "There is no level {found}. There are: {known}.",
    "unknown_zone": "There is no zone {found}. There are: {known}.",
    "dates_crossed": "The last day, {left_on}, lies before the first, {started_on}. Mend one of them.",
    "no_decision": "The limit names no kind of decision. Write one, for example refund.",
    "no_whom": "The limit is given to nobody. Choose a role or an employee.",
    "two_whom": "The limit is given to a role and to an employee. Choose one of them.",
    "bad_money": "The amount {found} cannot be used. Write a number that is not below nought.",
    "unknown_employee": "There is no employee {found}. Write a code that stands in the list of employees.",
    "unknown_department": "There is no department {found}. Write one that stands in the list of departments.",
    "unknown_limit": "There is no limit {found}.",
    "unknown_training": "There is no training {found}.",
    "unknown_promise": "There is no promise {found} between departments.",
    "unknown_visit": "There is no planned visit {found}.",
    "unknown_account": "This customer is no key account.",
    "not_there": "{found} was not at the training. Add them first, or take their answer out.",
    "bad_understood": "Whether a training was understood is yes or no, not {found}.",
    "same_department": "A department cannot promise itself something. Choose two.",
    "bad_seconds": "The time {found} cannot be kept or broken. Write from 1 second to {limit} days.",
    "one_step": "Name both steps, the one that starts the clock and the one that stops it, or neither.",
    "bad_score": "A rating is from 1 to 5, not {found}.",
    "unknown_side": "A promise has the sides from and to, not {found}.",
    "no_person": "Nobody is named. Sign in and do it again.",
    "no_purpose": "The group has no purpose. Write what it is for.",
    "no_client": "No customer is named. Choose one.",
    "no_keeper": "Nobody keeps this account. Choose an employee.",
    "done_before": "The visit cannot be done before it is known of: {done_on} lies after today.",
    "unknown_outcome": "There is no outcome {found}. There are: {known}.",
    "bad_wait": "The wait {found} cannot be used. Write the minutes that the customer waited, or leave it empty.",
    "not_asked_wait": "Nobody was asked, so there was nobody to wait for. Leave the wait empty.",
    "unknown_partner": "There is no partner {found}.",
    "bad_email": "The e-mail cannot be used. Write it as name@example.com, or leave it empty.",
    "details_emptied": "A name or an e-mail is not taken away by emptying it. Write another one, or erase the person.",
    "code_named": "The code {found} is that of a colleague with another name. Write another code, or rename the "
    "colleague on their own page.",
    "erased_code": "Somebody with the code {found} was erased, so no name is kept under it. Write another code, or let "
    "the person in again first, on the page about personal data.",
    "erased_email": "Somebody with this e-mail was erased at their own wish. Leave it empty, or let the person in "
    "again first, on the page about personal data.",
    "no_thanks": "The thanks say nothing. Write what they are for.",
}


class PeopleError(RegularsError):
    """Something of the register of people that cannot be used as it stands.

    reason  stable word, a key of SENTENCES
    facts   what fills the sentence
    """

    code = "people"

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(SENTENCES[reason].format(**facts))
