"""Sentences that stand beside themes: what was counted, what was left out, how far the models can be trusted."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from regulars.words.analysis import Analysis
from regulars.words.discovery import FEWEST_TEXTS
from regulars.words.reading import CONTACT_NOTE, EVIDENCE
from regulars.words.sentiment import Model


def notes_on(found: Analysis, inside: NDArray[np.bool_], kinds: NDArray[np.object_]) -> tuple[str, ...]:
    """Notes on the texts that were counted; none where there is no text."""
    if not inside.any():
        return ()
    return (_evidence(found, inside, kinds), *_left_out(found, inside), *_feelings(found))


def _evidence(found: Analysis, inside: NDArray[np.bool_], kinds: NDArray[np.object_]) -> str:
    counts = Counter(EVIDENCE.get(str(kind), CONTACT_NOTE) for kind in kinds[found.order][inside].tolist())
    listed = ", ".join(f"{kind} {count:,}" for kind, count in counts.most_common())
    return f"Texts by kind of evidence: {listed}. A condition such as kind = 'review' shows one kind alone."


def _left_out(found: Analysis, inside: NDArray[np.bool_]) -> list[str]:
    told: list[str] = []
    spoken = np.array([language or "" for language in found.languages])
    if without := int((inside & (spoken == "")).sum()):
        told.append(f"{without:,} texts have no words of a known language and count as 'other'.")
    if found.themes:
        fitting = np.any([theme.members for theme in found.themes], axis=0)
        rest = int((inside & ~fitting).sum())
        told.append(f"{rest:,} of {int(inside.sum()):,} texts fit no theme and are shown as 'other'.")
    few = sorted(language for language, count in Counter(spoken[spoken != ""].tolist()).items() if count < FEWEST_TEXTS)
    if few:
        told.append(f"Fewer than {FEWEST_TEXTS} texts, so no themes were looked for, in: {', '.join(few)}.")
    return told


def _feelings(found: Analysis) -> list[str]:
    return [
        f"Feeling, {group}: {model.accuracy.sentence}" if isinstance(model, Model) else model.reason
        for group, model in found.feelings.models.items()
    ]
