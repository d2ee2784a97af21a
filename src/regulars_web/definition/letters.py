"""Mails about the definition: to whom, in which language, with which words; and what the log keeps of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy, override

from regulars.log.consents import EMAIL
from regulars.log.inbox import Entry
from regulars.surveys.answering import answer_id
from regulars.workspace import Workspace
from regulars_web.definition import tokens
from regulars_web.definition.models import Invitation, Letter
from regulars_web.shared import numbers
from regulars_web.voice.sending.letters import one_line
from regulars_web.voice.sending.reaching import reaches
from regulars_web.voice.submitting import local_day

NO_ADDRESS, NOT_ALLOWED, NO_LONGER = "no address", "may not be asked", "no longer needed"
ABOUT: Final = Letter.About
# What a letter asks for: subject, words. Customers are asked in words of their own.
WORDS: Final[Mapping[tuple[str, bool], tuple[Any, Any]]] = {
    (ABOUT.STATE, False): (
        gettext_lazy("What does customer focus mean at %(company)s?"),
        gettext_lazy(
            "We are writing down together what customer focus means here. Everybody is asked, whatever their work is. "
            "Please say it in your own words, in a sentence or two, by %(day)s. Your name is not shown beside it."
        ),
    ),
    (ABOUT.STATE, True): (
        gettext_lazy("What would make %(company)s good for its customers?"),
        gettext_lazy(
            "You come to us often, so we ask you too: what should customer focus mean at %(company)s? A sentence or "
            "two is enough, by %(day)s. You need no account, and your name is not shown beside what you write."
        ),
    ),
    (ABOUT.STATE_AGAIN, False): (
        gettext_lazy("Still open: what customer focus means at %(company)s"),
        gettext_lazy("Your sentence is still missing. It can be written until %(day)s. It takes a few minutes."),
    ),
    (ABOUT.WEIGH, False): (
        gettext_lazy("Drafts: what customer focus means at %(company)s"),
        gettext_lazy(
            "Out of what everybody wrote there are drafts now. Please read them and say whether you could stand behind "
            "each, and what you would change."
        ),
    ),
    (ABOUT.WEIGH, True): (
        gettext_lazy("Drafts: what customer focus should mean at %(company)s"),
        gettext_lazy("Thank you for writing to us. There are drafts now; please tell us what you think of them."),
    ),
    (ABOUT.READ, False): (
        gettext_lazy("Please read and confirm: what customer focus means at %(company)s"),
        gettext_lazy(
            "There is a definition of customer focus for our company. Please read it, and say whether it is clear to "
            "you. If something is not, say what; somebody will talk with you."
        ),
    ),
    (ABOUT.READ_AGAIN, False): (
        gettext_lazy("Still open: what customer focus means at %(company)s"),
        gettext_lazy("You have not yet confirmed that you have read what customer focus means here. It is short."),
    ),
}
BUTTON = gettext_lazy("Open the page")
OWN = gettext_lazy("The link is yours alone; please do not pass it on.")


def letter(workspace: Workspace, one: Letter, *, now: datetime) -> EmailMultiAlternatives | str:
    """The mail, with a fresh link in it; or why it does not leave: no address, may not be asked, no longer needed."""
    invitation = one.invitation
    if not still_needed(one, local_day(now)):
        return NO_LONGER
    email, against = _address(workspace, invitation)
    if against or not email:
        return NOT_ALLOWED if against else NO_ADDRESS
    link = settings.CONFIGURATION.address + reverse("definition:say", args=[tokens.issue(invitation, now)])
    with override(invitation.language or settings.LANGUAGE_CODE):
        return _mail(workspace, one, email, link)


def still_needed(one: Letter, today: Any) -> bool:
    """Whether what a letter asks for can still be done and was not done yet."""
    invitation = one.invitation
    if invitation.revoked_at or (invitation.user and not invitation.user.is_active):
        return False
    if one.about in (ABOUT.READ, ABOUT.READ_AGAIN) or invitation.round is None:
        return True
    if one.about == ABOUT.WEIGH:
        return bool(invitation.round.state == invitation.round.State.WEIGHING)
    return bool(invitation.round.takes_statements(today) and invitation.stated_at is None)


def log_asked(workspace: Workspace, one: Letter) -> bool:
    """Write into the log that a customer was asked; once a letter, and nothing of somebody erased meanwhile."""
    invitation, now = one.invitation, one.sent_at or datetime.now().astimezone()
    name = f"definition letter {one.pk}"
    row = {
        "interaction_id": answer_id(name),
        "source": "pages",
        "client_key": invitation.client_key,
        "occurred_at": now,
        "occurred_on": local_day(now),
        "kind": "message",
        "step": "invite",
        "channel": "e-mail",
        "initiated_by": "company",
        "properties": '{"about": "definition"}',
    }
    workspace.pages_import()
    with workspace.writing():
        if not Invitation.objects.filter(pk=invitation.pk).exists():
            return False
        return workspace.add([Entry("interactions", row)], request_id=name)


def _address(workspace: Workspace, invitation: Invitation) -> tuple[str, str]:
    """Where a mail goes, and why it may not."""
    if invitation.user is not None:
        return invitation.user.email, ""
    if invitation.client_key is None:
        return "", ""
    if not invitation.is_customer:
        return workspace.vault.people([invitation.client_key]).get(invitation.client_key, {}).get("email", ""), ""
    key = workspace.customers().of(invitation.client_key)
    only = workspace.settings.asks_only_who_agreed
    reach = reaches(workspace, [key], EMAIL, only_agreed=only).get(key)
    return (reach.email, reach.against) if reach else ("", "")


def _mail(workspace: Workspace, one: Letter, email: str, link: str) -> EmailMultiAlternatives:
    """Subject and words in the language that is switched on."""
    is_customer = one.invitation.is_customer
    subject, words = WORDS.get((one.about, is_customer)) or WORDS[one.about, False]
    told = {"company": workspace.settings.name, "day": _day(one)}
    asked = str(one.invitation.round.question) if one.invitation.round and one.about == ABOUT.STATE else ""
    paragraphs = [text for text in (str(words) % told, asked) if text]
    mail = EmailMultiAlternatives(
        subject=one_line(str(subject) % told),
        body="\n\n".join([*paragraphs, link, str(OWN)]) + "\n",
        from_email=one_line(settings.DEFAULT_FROM_EMAIL),
        to=[one_line(email)],
        headers={"Message-ID": _message_id(one)},
    )
    html = format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head><body>{}'
        '<p><a href="{}"><strong>{}</strong></a><br><small>{}</small></p><p><small>{}</small></p></body></html>',
        one.invitation.language,
        mail.subject,
        format_html_join("", "<p>{}</p>", ((text,) for text in paragraphs)),
        link,
        BUTTON,
        link,
        OWN,
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _day(one: Letter) -> str:
    return numbers.day(one.invitation.round.closes_on) if one.invitation.round else ""


def _message_id(one: Letter) -> str:
    """The same for the same letter, and telling nobody anything."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    mark = hashlib.sha256(f"definition {one.pk} {settings.SECRET_KEY}".encode()).hexdigest()[:32]
    return f"<{mark}@{one_line(domain)}>"
