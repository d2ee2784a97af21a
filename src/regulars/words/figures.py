"""Figures of themes: shares, scores, feelings and change, each with its count and interval."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regulars.measures.estimates import estimate_values, reasons
from regulars.measures.intervals import mean_estimate, share_estimate
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, joined, objects, splits
from regulars.words.analysis import Analysis, analysis
from regulars.words.choices import OTHER
from regulars.words.columns import COLUMNS, MEMBER_COLUMNS
from regulars.words.feelings import place_of_score
from regulars.words.finding import Flags, Theme
from regulars.words.notes import notes_on
from regulars.words.quotes import quotes

RECENT_DAYS = 90.0  # setting theme_recent_days
FEWEST_EACH_TIME = 30  # texts before and in the recent days, for a change to be told
_NEW = 0.25  # of the recent share: what a new theme had before, at most
NOBODY = "No text of these languages in the period."

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Told:
    """The texts in one order, with what is known of each."""

    texts: Sequence[str]
    ids: NDArray[np.int64]
    days: NDArray[np.datetime64]
    score: Floats
    found: Analysis


def theme_figures(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    """The measure ``themes``: see :mod:`regulars.words.measures`."""
    told = _told(tables, scope)
    counted = tables["counted"]
    parts: list[tuple[Key, Columns]] = []
    for key, rows in splits(counted, scope.by):
        inside = np.isin(told.ids, rows["interaction_id"])
        if inside.any():
            parts.append((key, _rows(told, inside, scope)))
    inside = np.isin(told.ids, counted["interaction_id"])
    return Outcome(
        joined(parts, scope.by, [column.name for column in COLUMNS]),
        notes_on(told.found, inside, tables["texts"]["kind"]),
    )


def theme_members(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    """The measure ``theme_texts``: which text speaks of which theme."""
    told = _told(tables, scope)
    parts: list[tuple[Key, Columns]] = []
    for key, rows in splits(tables["counted"], scope.by):
        inside = np.isin(told.ids, rows["interaction_id"])
        themes = [*told.found.themes, _other(told.found)]
        for theme in themes:
            places = np.flatnonzero(theme.members & inside)
            if len(places):
                parts.append((key, _memberships(told, theme, places, tables["texts"])))
    return Outcome(joined(parts, scope.by, [column.name for column in MEMBER_COLUMNS]))


def _memberships(told: Told, theme: Theme, places: NDArray[np.intp], columns: Columns) -> Columns:
    order = told.found.order
    return {
        "interaction_id": told.ids[places],
        "question": columns["question"][order][places],
        "theme": objects([theme.id] * len(places)),
        "language": objects([told.found.languages[place] for place in places]),
        "strength": theme.strength[places],
        "negative": told.found.feelings.negative[places],
        "feeling": told.found.feelings.told[places],
    }


def _told(tables: Mapping[str, Columns], scope: Scope) -> Told:
    columns = tables["texts"]
    found = analysis(columns, tables["decisions"], scope.languages)
    order = found.order
    return Told(
        texts=columns["text"][order].tolist(),
        ids=columns["interaction_id"][order].astype(np.int64),
        days=columns["occurred_on"][order].astype("datetime64[D]"),
        score=100 * place_of_score(columns)[order],
        found=found,
    )


def _other(found: Analysis) -> Theme:
    """The texts that no theme fits."""
    nothing = ~np.any([theme.members for theme in found.themes], axis=0) if found.themes else None
    members = np.ones(len(found.languages), dtype=bool) if nothing is None else nothing
    spoken = tuple(dict.fromkeys(language for language in found.languages if language))
    return Theme(OTHER, OTHER, spoken, (), members, np.zeros(len(members)), None)


def _rows(told: Told, inside: Flags, scope: Scope) -> Columns:
    themes = [*told.found.themes, _other(told.found)]
    spoken = np.array([language or "" for language in told.found.languages])
    within = [inside & (np.isin(spoken, theme.languages) | (theme.id == OTHER)) for theme in themes]
    members = [theme.members & inside for theme in themes]
    return (
        _said(told, themes, members, scope.country)
        | _shares(members, within)
        | _scores(told, members)
        | _negative(told, members)
        | _changes(told, themes, members, within, scope)
    )


def _said(told: Told, themes: Sequence[Theme], members: Sequence[Flags], country: str) -> Columns:
    shown = [
        quotes(told.texts, flags, theme.strength, country=country) for theme, flags in zip(themes, members, strict=True)
    ]
    listed = [[{"interaction_id": int(told.ids[row]), "text": text} for row, text in found] for found in shown]
    return {
        "rank": np.arange(1, len(themes) + 1),
        "theme": objects([theme.id for theme in themes]),
        "name": objects([theme.name for theme in themes]),
        "language": objects([" ".join(theme.languages) or None for theme in themes]),
        "words": objects([", ".join(theme.words) or None for theme in themes]),
        "texts": np.array([int(flags.sum()) for flags in members]),
        "stability": np.array([np.nan if theme.stability is None else theme.stability for theme in themes]),
        "named": np.array([theme.named for theme in themes]),
        "pinned": np.array([theme.pinned for theme in themes]),
        "quotes": objects([json.dumps(found, ensure_ascii=False) for found in listed]),
    }


def _shares(members: Sequence[Flags], within: Sequence[Flags]) -> Columns:
    share = share_estimate([flags.sum() for flags in members], [flags.sum() for flags in within], nobody=NOBODY)
    return estimate_values("share", share)


def _scores(told: Told, members: Sequence[Flags]) -> Columns:
    scored = [told.score[flags & ~np.isnan(told.score)] for flags in members]
    means = [float(values.mean()) if len(values) else np.nan for values in scored]
    spreads = [float(values.std(ddof=1)) if len(values) > 1 else np.nan for values in scored]
    found = mean_estimate(means, spreads, [len(values) for values in scored], nobody="No text of it has a score.")
    # A mean of scores from 0 to 100 lies between them, whatever Student says.
    low, high = np.maximum(found.low, 0), np.minimum(found.high, 100)
    return estimate_values("score", type(found)(found.value, low, high, found.n, found.reason), prefixed=True)


def _negative(told: Told, members: Sequence[Flags]) -> Columns:
    chance = told.found.feelings.negative
    known = [chance[flags & ~np.isnan(chance)] for flags in members]
    found = share_estimate(
        [float(values.sum()) for values in known],
        [len(values) for values in known],
        nobody="No text of it has a score, and no model may tell of texts without one.",
    )
    return estimate_values("negative_share", found, prefixed=True)


def _changes(
    told: Told, themes: Sequence[Theme], members: Sequence[Flags], within: Sequence[Flags], scope: Scope
) -> Columns:
    """Recent days against those before; ends adjusted for the number of themes that are looked at."""
    recent = told.days > np.datetime64(scope.last_on) - int(scope.settings.get("theme_recent_days", RECENT_DAYS))
    after = np.array(
        [[(flags & recent).sum(), (all_ & recent).sum()] for flags, all_ in zip(members, within, strict=True)]
    )
    before = np.array(
        [[(flags & ~recent).sum(), (all_ & ~recent).sum()] for flags, all_ in zip(members, within, strict=True)]
    )
    enough = (after[:, 1] >= FEWEST_EACH_TIME) & (before[:, 1] >= FEWEST_EACH_TIME)
    now, then = share_estimate(*after.T, nobody=NOBODY), share_estimate(*before.T, nobody=NOBODY)
    low, high = _difference_ends(after, before, max(len(themes) - 1, 1))
    change = np.where(enough, now.value - then.value, np.nan)
    low, high = np.where(enough, low, np.nan), np.where(enough, high, np.nan)
    grown = enough & (low > 0) & (then.value <= _NEW * now.value)
    grown &= np.array([theme.id != OTHER for theme in themes])
    why = f"Fewer than {FEWEST_EACH_TIME} texts in the recent days or before them."
    return estimate_values("recent_share", now, prefixed=True) | {
        "change": change,
        "change_low": low,
        "change_high": high,
        "change_reason": reasons(~enough, why),
        "real_change": objects(
            [bool(a > 0 or b < 0) if ok else None for a, b, ok in zip(low, high, enough, strict=True)]
        ),
        "new": objects([bool(one) if ok else None for one, ok in zip(grown, enough, strict=True)]),
    }


def _difference_ends(after: NDArray[np.int64], before: NDArray[np.int64], looked_at: int) -> tuple[Floats, Floats]:
    """Ends of the interval of the difference of two shares.

    Source  Newcombe (1998), Statistics in Medicine 17, method 10; level by Bonferroni
    """
    z = float(stats.norm.ppf(1 - 0.025 / looked_at))
    with np.errstate(divide="ignore", invalid="ignore"):
        (p, p_low, p_high), (q, q_low, q_high) = (_wilson(one, z) for one in (after, before))
        low = p - q - np.sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
        high = p - q + np.sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
    return low, high


def _wilson(counts: NDArray[np.int64], z: float) -> tuple[Floats, Floats, Floats]:
    hits, total = counts.T
    share = hits / total
    centre = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    margin = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    return share, centre - margin, centre + margin
