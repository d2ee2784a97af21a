"""Personal links on paper, each with its code, and what mails need before they can leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from regulars_web.definition.models import Letter, Round
from regulars_web.definition.works import SEND
from regulars_web.jobs.actions import ask_once
from regulars_web.shared.company import company
from regulars_web.voice.codes import qr_svg
from regulars_web.voice.sending.addresses import base_address, mail_lacks, only_here


@dataclass(frozen=True)
class Card:
    """One person's card: name, where they work, address and code of their link."""

    name: str
    place: str
    address: str
    code: SafeString


def cards_page(request: HttpRequest, people: Sequence[tuple[str, str, str]], *, title: str, back: str) -> HttpResponse:
    """A page to print and cut: one card a person (name, department, token). The links are shown only now."""
    base = base_address(request)
    cards = [_card(name, place, base + reverse("definition:say", args=[token])) for name, place, token in people]
    told = {"cards": cards, "heading": title, "back": back, "company": company().settings.name}
    told["only_here"] = only_here(base)  # type: ignore[assignment]
    answer = render(request, "definition/cards.html", told)
    answer["Cache-Control"] = "no-store, private"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def mail_trouble() -> list[str]:
    """What has to be set before a mail can leave; empty where everything is."""
    return mail_lacks()


def letters_waiting(round_: Round | None) -> int:
    """Letters that have not left: of a round, or those that ask to read."""
    return Letter.objects.filter(invitation__round=round_, state=Letter.State.WAITING).count()


def post_letters(by: Any) -> None:
    """Have a worker send what waits."""
    ask_once(SEND, {}, by=by)


def _card(name: str, place: str, address: str) -> Card:
    # Drawn here from an address of ours: it holds no text of anybody.
    return Card(name, place, address, mark_safe(qr_svg(address, scale=4)))  # noqa: S308  # nosec B308, B703
