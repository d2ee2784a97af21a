"""Who would be asked, and who is left out and why: counted before anything is sent, and again while sending."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy

from regulars.engines.connection import quoted
from regulars.log.consents import EMAIL
from regulars.measures.scores.taken_back import STANDING
from regulars.surveys.definition import Survey
from regulars.workspace import Workspace
from regulars_web.voice.audiences import others, refuse_others
from regulars_web.voice.models import Invitation
from regulars_web.voice.sending.people import Person, Who
from regulars_web.voice.sending.reaching import NO_CONSENT, REFUSED, Reach, reaches

GONE, NO_EMAIL, BAD_EMAIL, LATELY, ANSWERED, NOT_DRAWN = (
    "gone",
    "no e-mail",
    "bad e-mail",
    "lately",
    "answered",
    "not drawn",
)
SAME_EMAIL = "same e-mail"
NOT_MEANT = "not meant"
WHY = {
    GONE: gettext_lazy("Not known any more: erased, or taken back with an import"),
    NO_EMAIL: gettext_lazy("No e-mail address"),
    BAD_EMAIL: gettext_lazy("The e-mail address cannot be right"),
    SAME_EMAIL: gettext_lazy("Another customer with the same e-mail address is asked"),
    NO_CONSENT: gettext_lazy("No consent to be written to"),
    REFUSED: gettext_lazy("Refused surveys, this way of writing or all marketing"),
    LATELY: gettext_lazy("Asked by a survey lately"),
    ANSWERED: gettext_lazy("Answered this survey already"),
    NOT_MEANT: gettext_lazy("Not asked by this survey: it is meant for other people"),
    NOT_DRAWN: gettext_lazy("Not drawn: as many as you wanted are asked"),
}


@dataclass(frozen=True)
class Plan:
    """Whom a sending would ask, in order, and how many it leaves out by reason."""

    chosen: int
    asked: list[tuple[Person, Reach]]
    left_out: dict[str, int]


def plan(
    workspace: Workspace,
    survey: Survey,
    who: Who,
    people: Sequence[Person],
    *,
    purpose: str,
    now: datetime,
    batch: str = "",
) -> Plan:
    """Sort the chosen customers into those who are asked and those who are left out.

    purpose  e-mail, phone or post: by which consent they may be reached
    batch    invitations made under this name already do not count as "asked lately"

    Raises Refused where somebody was chosen whom the survey does not ask, unless they are to be left out.
    """
    settings = workspace.settings
    keys = [one.customer_key for one in people]
    if not who.only:
        refuse_others(workspace, survey, keys)
    strangers = others(workspace, survey.audience, keys)
    known = reaches(workspace, keys, purpose, only_agreed=settings.asks_only_who_agreed)
    lately = asked_lately(workspace, now, settings.contact_days, but=batch)
    answered = answered_at(workspace, survey.key)
    left: Counter[str] = Counter()
    asked: list[tuple[Person, Reach]] = []
    emails: set[str] = set()
    for one in people:
        reach = known.get(one.customer_key)
        why = NOT_MEANT if one.customer_key in strangers else _why(one, reach, purpose, lately, answered)
        if not why and purpose == EMAIL and reach is not None and reach.email.lower() in emails:
            why = SAME_EMAIL
        if not why and who.most and len(asked) >= who.most:
            why = NOT_DRAWN
        if why or reach is None:
            left[why or GONE] += 1
            continue
        emails.add(reach.email.lower())
        asked.append((one, reach))
    return Plan(len(people), asked, dict(left))


def why_not_now(
    workspace: Workspace, invitations: Sequence[Invitation], purpose: str, *, reminders: bool
) -> dict[int, tuple[str, Reach | None]]:
    """Number of an invitation -> why its letter may not leave now ("" where it may), and where it goes.

    Looked at again just before sending: people refuse, answer and are erased while a queue waits.
    """
    customers = workspace.customers()
    keys = {one.pk: customers.of(one.client_key) for one in invitations if one.client_key is not None}
    only_agreed = workspace.settings.asks_only_who_agreed
    known = reaches(workspace, set(keys.values()), purpose, only_agreed=only_agreed)
    found: dict[int, tuple[str, Reach | None]] = {}
    for one in invitations:
        reach = known.get(keys.get(one.pk, 0))
        if reach is None:
            found[one.pk] = (GONE, None)
        elif one.answered_at or (reminders and one.revoked_at):
            found[one.pk] = (ANSWERED, reach)
        else:
            found[one.pk] = (reach.against or _address_fault(reach, purpose), reach)
    return found


def asked_lately(workspace: Workspace, now: datetime, days: int, *, but: str = "") -> set[int]:
    """Customers who were asked by any survey in the last days: by the log, and by letters that are on their way."""
    if not days:
        return set()
    since = now - timedelta(days=days)
    sql = f"""
        SELECT DISTINCT client_key FROM interactions
        WHERE kind = 'message' AND step IN ('invite', 'remind') AND client_key IS NOT NULL
          AND occurred_at > {quoted(since.isoformat())}::TIMESTAMPTZ"""  # noqa: S608  quoted
    mine = _customers_of_batch(workspace, but) if but else set()
    with workspace.engine() as engine:
        logged = {int(row["client_key"]) for row in engine.run(sql).to_pylist()}
    waiting = Invitation.objects.filter(made_at__gt=since, revoked_at=None, client_key__isnull=False)
    if but:
        waiting = waiting.exclude(batch=but)
    customers = workspace.customers()
    on_their_way = {customers.of(key) for key in waiting.values_list("client_key", flat=True)}
    return (logged - mine) | on_their_way


def answered_at(workspace: Workspace, survey: str) -> dict[int, datetime]:
    """Customer -> when they last answered a survey."""
    sql = f"""
        SELECT client_key, max(occurred_at) AS answered_at FROM interactions
        WHERE kind = 'answer' AND client_key IS NOT NULL AND json_valid(properties) AND {STANDING}
          AND json_extract_string(properties, '$.survey') = {quoted(survey)}
        GROUP BY client_key"""  # noqa: S608  quoted
    with workspace.engine() as engine:
        return {int(row["client_key"]): row["answered_at"] for row in engine.run(sql).to_pylist()}


def _why(one: Person, reach: Reach | None, purpose: str, lately: Collection[int], answered: dict[int, datetime]) -> str:
    """Why somebody is left out; empty where nothing speaks against asking."""
    if reach is None:
        return GONE
    last = answered.get(one.customer_key)
    if last is not None and (one.met_at is None or last >= one.met_at):
        return ANSWERED
    if reach.against:
        return reach.against
    if fault := _address_fault(reach, purpose):
        return fault
    return LATELY if one.customer_key in lately else ""


def _address_fault(reach: Reach, purpose: str) -> str:
    if purpose != EMAIL:
        return ""
    if not reach.email.strip():
        return NO_EMAIL
    return "" if is_address(reach.email) else BAD_EMAIL


def is_address(text: str) -> bool:
    """Whether a text can be an e-mail address that a letter may be sent to."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _customers_of_batch(workspace: Workspace, batch: str) -> set[int]:
    customers = workspace.customers()
    keys = Invitation.objects.filter(batch=batch, client_key__isnull=False).values_list("client_key", flat=True)
    return {customers.of(key) for key in keys}
