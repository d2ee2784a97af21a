"""Whether a customer may be written to or called: the newest word of any of their records counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from regulars import audit
from regulars.log import consents as statements
from regulars.log.consents import EMAIL, GRANTED, MARKETING, PHONE, POST, Consent, purpose_named

if TYPE_CHECKING:
    from regulars.workspace import Workspace

CHANNELS = (EMAIL, PHONE, POST)


@dataclass(frozen=True)
class Answer:
    """Whether it is allowed, why, and the statement that decides; None where nobody ever said anything."""

    allowed: bool
    reason: str
    decided_by: Consent | None = None


def consents_of(workspace: Workspace, customer_key: int) -> list[Consent]:
    """Every statement of the customer's records about consents, oldest first; empty where there is none."""
    return statements.consents_of(workspace.vault, workspace.records_of(customer_key), workspace.imports())


def record_consent(
    workspace: Workspace,
    client_key: int,
    *,
    purpose: str,
    state: str,
    given_at: datetime,
    source: str,
    proof: str,
    by: str,
    now: datetime,
) -> Consent:
    """Keep what a client agreed to or withdrew, with its proof; the trail notes that it happened.

    purpose  e-mail, phone, post, profiling, marketing, or one of your own
    state    granted or withdrawn

    Raises ConsentError where the proof of a grant is missing, or a time lies in the future.
    """
    if given_at > now:
        raise statements.ConsentError(f"{given_at:%Y-%m-%d %H:%M} lies in the future. Give the time it was said.")
    consent = Consent(client_key, purpose_named(purpose), state, given_at, source, proof, now, by)
    statements.record_consent(workspace.vault, consent)
    audit.record(workspace.folder, f"consent {state}", by=by, now=now, client_key=client_key, purpose=consent.purpose)
    return consent


def may_contact(workspace: Workspace, customer_key: int, channel: str) -> Answer:
    """Whether the customer may be contacted by e-mail, phone or post for the company's own ends.

    The newest statement about the channel or about marketing as a whole counts, whichever record it was made on; of
    two of one instant, the withdrawal. A yes to marketing as a whole does not say which channel, so it allows none;
    a no to it forbids all.
    """
    asked = purpose_named(channel)
    about = [one for one in consents_of(workspace, customer_key) if one.purpose in (asked, MARKETING)]
    own = [one for one in about if one.purpose == asked or one.state != GRANTED]
    if own:
        return _decided(own[-1], asked)
    if about:
        return Answer(
            False, f"There is a yes to marketing, but it does not say {asked}: {_told(about[-1])}.", about[-1]
        )
    return Answer(False, f"Nobody ever recorded that the customer agreed to {asked}.")


def _decided(newest: Consent, channel: str) -> Answer:
    if newest.state == GRANTED:
        return Answer(True, f"The customer agreed to {channel}: {_told(newest)}.", newest)
    what = channel if newest.purpose == channel else "all marketing"
    return Answer(False, f"The customer withdrew from {what}: {_told(newest)}.", newest)


def _told(consent: Consent) -> str:
    return f"{consent.given_at:%Y-%m-%d}, {consent.source}"
