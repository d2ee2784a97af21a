"""The measure ``sentiment``: how far the models of feelings can be trusted."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects, splits
from regulars.words.analysis import analysis
from regulars.words.columns import SENTIMENT_COLUMNS
from regulars.words.sentiment import Accuracy, Model, Untrained

_FIGURES = ("accuracy", "accuracy_low", "accuracy_high", "majority", "macro_f1", "brier", "brier_majority")


def model_accuracies(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row a model or a group of texts that has none; split, the same models stand in every part."""
    models = analysis(tables["texts"], tables["decisions"], scope.languages).feelings.models
    known = [model.accuracy if isinstance(model, Model) else None for model in models.values()]
    figures = {name: np.array([getattr(one, name) if one else np.nan for one in known]) for name in _FIGURES}
    columns: Columns = {
        "group": objects(list(models)),
        **figures,
        "calibration_error": np.array([one.calibration_error if one else np.nan for one in known]),
        "n": np.array([one.n if one else 0 for one in known], dtype=np.int64),
        "small_sample": np.array([one is None for one in known], dtype=bool),
        "accuracy_reason": objects([one.reason if isinstance(one, Untrained) else None for one in models.values()]),
        "classes": objects([_listed(one) if one else None for one in known]),
        "used": np.array([one is not None and one.learned for one in known], dtype=bool),
    }
    parts = [(key, columns) for key, _ in splits(tables["counted"], scope.by)] if models else []
    notes = tuple(one.sentence for one in known if one and not one.learned)
    return Outcome(joined(parts, scope.by, [column.name for column in SENTIMENT_COLUMNS]), notes)


def _listed(found: Accuracy) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in zip(found.classes, found.counts, strict=True))
