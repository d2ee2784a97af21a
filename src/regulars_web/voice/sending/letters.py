"""A mail made of its words: placeholders filled, as plain text and simple HTML, headers that hold one line each."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from regulars_web.shared.sentences import Refused
from regulars_web.voice.sending.default_words import DEFAULTS

PLACES = ("name", "company", "survey", "minutes", "link")
LONGEST_SUBJECT, LONGEST_WORDS = 150, 4_000
_PLACE = re.compile(r"\{([^{}\n]{1,40})\}")
_SPACES = re.compile(r"\s+")
_LINK = "{link}"


@dataclass(frozen=True)
class Written:
    """Subject and words of a mail in one language, as colleagues wrote them."""

    subject: str
    words: str


@dataclass(frozen=True)
class Filling:
    """What stands in for the placeholders of one mail."""

    name: str
    company: str
    survey: str
    minutes: int
    link: str
    stop: str

    def value(self, place: str) -> str:
        """What stands in for one placeholder, on one line."""
        return one_line(str(getattr(self, place)))


def checked(subject: str, words: str) -> Written:
    """The text of a mail. Raises Refused for one without the link, with an unknown placeholder, empty or too long."""
    line, text = one_line(subject), words.replace("\r\n", "\n").strip()
    if not line or not text:
        raise Refused(_("A mail needs a subject and words."))
    if len(line) > LONGEST_SUBJECT or len(text) > LONGEST_WORDS:
        names = {"subject": LONGEST_SUBJECT, "words": LONGEST_WORDS}
        raise Refused(_("A subject holds up to %(subject)d characters, the words up to %(words)d.") % names)
    if _LINK not in text:
        raise Refused(_("The words need {link}: there the customer's own link will stand."))
    unknown = [place for place in _PLACE.findall(line + "\n" + text) if place not in PLACES]
    if unknown:
        known = ", ".join(f"{{{place}}}" for place in PLACES)
        told = _("{%(found)s} is not known. There are: %(known)s.")
        raise Refused(told % {"found": unknown[0], "known": known})
    if _LINK in line:
        raise Refused(_("The link stands in the words, not in the subject."))
    return Written(line, text)


def defaults(language: str, *, reminder: bool = False) -> Written:
    """The words where nobody wrote others."""
    known = DEFAULTS.get(language, DEFAULTS["en"])
    return Written(known.reminder_subject, known.reminder) if reminder else Written(known.subject, known.words)


def letter(
    written: Written, filling: Filling, *, to: str, language: str, stop_at_once: str = "", number: int = 0
) -> EmailMultiAlternatives:
    """The mail to one address.

    stop_at_once  an address that mail programs may call for the reader to refuse, by RFC 8058
    number        of the letter: the same letter always has the same Message-ID
    """
    known = DEFAULTS.get(language, DEFAULTS["en"])
    headers = {"Message-ID": _message_id(number)} if number else {}
    if stop_at_once:
        headers |= {
            "List-Unsubscribe": f"<{one_line(stop_at_once)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    mail = EmailMultiAlternatives(
        subject=one_line(_filled(written.subject, filling)),
        body=f"{_filled(written.words, filling)}\n\n--\n{known.stop}: {filling.stop}\n",
        from_email=one_line(settings.DEFAULT_FROM_EMAIL),
        to=[one_line(to)],
        headers=headers,
    )
    mail.attach_alternative(_html(written, filling, language, known.button, known.stop), "text/html")
    return mail


def one_line(text: str) -> str:
    """A text without line ends and other signs that could begin a new header."""
    return _SPACES.sub(" ", "".join(sign if sign.isprintable() else " " for sign in text)).strip()


def _filled(text: str, filling: Filling) -> str:
    """Only known placeholders are filled; what stands in for one is never read for placeholders again."""
    return _tidied(
        _PLACE.sub(lambda found: filling.value(found[1]) if found[1] in PLACES else found[0], text), filling.name
    )


def _tidied(text: str, name: str) -> str:
    """Without the gap that a missing name leaves: "Hello ," becomes "Hello,"."""
    return text if name.strip() else re.sub(r",? +([,!])", r"\1", text)


def _html(written: Written, filling: Filling, language: str, button: str, stop: str) -> SafeString:
    paragraphs = [_paragraph(part, filling, button) for part in re.split(r"\n{2,}", written.words)]
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head><body>{}'
        '<hr><p><small><a href="{}">{}</a></small></p></body></html>',
        language,
        one_line(_filled(written.subject, filling)),
        format_html_join("", "<p>{}</p>", ((part,) for part in paragraphs)),
        filling.stop,
        stop,
    )


def _paragraph(text: str, filling: Filling, button: str) -> SafeString:
    """A paragraph, its line ends kept, the link as one that can be pressed."""
    link = format_html('<a href="{}"><strong>{}</strong></a><br><small>{}</small>', filling.link, button, filling.link)
    pieces = (
        format_html_join(SafeString("<br>"), "{}", ((line,) for line in _filled(piece, filling).split("\n")))
        for piece in text.split(_LINK)
    )
    return format_html_join(link, "{}", ((piece,) for piece in pieces))


def _message_id(number: int) -> str:
    """The same for the same letter, and telling nobody anything."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = address.rpartition("@")[2] or "localhost"
    mark = hashlib.sha256(f"{number} {settings.SECRET_KEY}".encode()).hexdigest()[:32]
    return f"<{mark}@{one_line(domain)}>"
