"""What each part of the pages reads from measures. Measures are asked for all touchpoints at once, so that every page
shares one count."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.engines.connection import quoted
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Readings
from regulars_web.touchpoints.reading import Read, ask, only

SPLITS = ("employee", "channel", "branch")


def figures(frame: Frame, key: str) -> Readings:
    """Traffic, waiting, promises and scores of one touchpoint."""
    return {
        "touchpoints": only(ask(frame, "touchpoints"), key),
        "promises": only(ask(frame, "promises"), key),
    }


def stake(frame: Frame, key: str) -> Readings:
    """Money at stake at one touchpoint, over all of the log: coming back takes time."""
    return {"stake": only(ask(frame, "stake", whole=True), key)}


def balance(frame: Frame, key: str) -> Readings:
    """Whether like was compared with like: what was known beforehand, thing by thing."""
    return {"stake_balance": only(ask(frame, "stake_balance", whole=True), key)}


def uneven(frame: Frame, key: str) -> Readings:
    """How much promises, scores and waits differ between colleagues, branches and hours of one touchpoint."""
    return {"consistency": only(ask(frame, "consistency"), key)}


def doing(frame: Frame, key: str) -> Readings:
    """What the sentences about what to do rest on."""
    return {**figures(frame, key), **stake(frame, key), **uneven(frame, key), **seen(frame, key)}


def trend(frame: Frame, key: str) -> Readings:
    """One touchpoint month by month, over all of the log up to the period's end."""
    return {"trend": only(ask(frame, "touchpoint_trend", whole=True), key)}


def splits(frame: Frame, key: str) -> Readings:
    """The figures of one touchpoint by colleague, channel and branch."""
    where = f"touchpoint = {quoted(key)}"
    return {name: only(ask(frame, "touchpoints", by=(name,), where=where), key) for name in SPLITS}


def first(frame: Frame, key: str) -> Readings:
    """What became of customers who met the company here first, and who spoke first when something went wrong."""
    return {
        "first_impressions": only(ask(frame, "first_impressions", whole=True), key),
        "announced": only(ask(frame, "announced", whole=True), key),
    }


def seen(frame: Frame, key: str) -> Readings:
    """Every touchpoint that the log has, for what the register lacks."""
    return {"seen": ask(frame, "touchpoints", everything=True)}


def listed(frame: Frame, key: str) -> Readings:
    """All touchpoints with their figures."""
    return {"touchpoints": ask(frame, "touchpoints"), "promises": ask(frame, "promises"), **seen(frame, key)}


def ranked(frame: Frame, key: str) -> Readings:
    """The same with the money at stake."""
    return {**listed(frame, key), "stake": ask(frame, "stake", whole=True)}


def promises(frame: Frame, key: str) -> Readings:
    """Every promise."""
    return {"promises": ask(frame, "promises")}


def consistency(frame: Frame, key: str) -> Readings:
    """Differences between units at every touchpoint."""
    return {"consistency": ask(frame, "consistency")}


def announced(frame: Frame, key: str) -> Readings:
    """Who spoke first, at every touchpoint, over all of the log: coming back takes time."""
    return {"announced": ask(frame, "announced", whole=True)}


OF_ONE: Mapping[str, Read] = {
    "figures": figures,
    "doing": doing,
    "stake": stake,
    "balance": balance,
    "uneven": uneven,
    "trend": trend,
    "splits": splits,
    "first": first,
}
OF_LIST: Mapping[str, Read] = {"listed": listed, "ranked": ranked}
ACROSS: Mapping[str, Read] = {"promises": promises, "consistency": consistency, "announced": announced}
