"""Whether a text is glad or not, learned from the company's own texts that came with a score. No model is shipped.

A linear model over hashed n-grams, twice: on weights of tf-idf, and on the same weights scaled by how unevenly an
n-gram falls between the classes. The mean of both margins becomes probabilities by logistic calibration on margins
that were found by cross-validation, so what is reported was never measured on a text that the model had learned from.

Source  Wang and Manning (2012), Baselines and Bigrams, ACL 2012; Platt (1999), Probabilistic Outputs for Support
        Vector Machines
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regulars.measures.intervals import Z, share_estimate
from regulars.words.features import features
from regulars.words.margins import Floats, Ints, Margins, fit_margins

FEWEST_TEXTS, FEWEST_OF_A_CLASS = 200, 30
MOST_TEXTS = 20_000  # learned from; the newest of more
FOLDS = 5
_BINS = 15


@dataclass(frozen=True)
class Accuracy:
    """How well a model told texts that it had not seen, beside always saying the most frequent class.

    accuracy, macro_f1   shares of 0 to 1; macro_f1 is the mean over classes, however rare
    majority             the share of the most frequent class: what saying nothing but it would reach
    brier                mean squared error of the probabilities, summed over classes; brier_majority: of plain shares
    calibration_error    mean distance between how sure the model is and how often it is right
    learned              the probabilities are better than the plain shares, also at the lower end of the 95% interval
    """

    n: int
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    accuracy: float
    accuracy_low: float
    accuracy_high: float
    macro_f1: float
    majority: float
    brier: float
    brier_majority: float
    calibration_error: float
    learned: bool

    @property
    def sentence(self) -> str:
        """The accuracy in words, for a note beside numbers."""
        told = (
            f"Of {self.n:,} scored texts it told {100 * self.accuracy:.0f} in 100 rightly "
            f"({100 * self.accuracy_low:.0f} to {100 * self.accuracy_high:.0f}); always saying "
            f"'{self.classes[int(np.argmax(self.counts))]}' tells {100 * self.majority:.0f}."
        )
        return told if self.learned else told + " That is no better than guessing, so it is not used."


@dataclass(frozen=True)
class Model:
    """A trained model. It holds hashed weights only, no words."""

    accuracy: Accuracy
    _margins: Margins
    _calibration: Any

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """One row a text, one column a class of ``accuracy.classes``; rows sum to 1."""
        return _calibrated(self._calibration, self._margins(features(texts)))


@dataclass(frozen=True)
class Untrained:
    """Why there is no model; ``reason`` is a sentence to show."""

    reason: str


def train(texts: Sequence[str], classes: Sequence[str], *, what: str = "") -> Model | Untrained:
    """A model from texts and their classes, newest last.

    what  names the texts in the reason, e.g. "in Czech"

    Classes with fewer than 30 texts are left out. Fewer than 200 texts, or only one class, give Untrained. A model that
    learned nothing is returned with ``accuracy.learned`` false: it must not be used.
    """
    named = f" {what}" if what else ""
    counts = {name: list(classes).count(name) for name in dict.fromkeys(sorted(set(classes)))}
    kept = tuple(name for name, count in counts.items() if count >= FEWEST_OF_A_CLASS)
    rows = [row for row, name in enumerate(classes) if name in kept][-MOST_TEXTS:]
    if len(rows) < FEWEST_TEXTS:
        return Untrained(
            f"Only {len(rows):,} texts{named} have a score; at least {FEWEST_TEXTS} are needed to learn from."
        )
    if len(kept) < 2:
        return Untrained(
            f"Nearly all scored texts{named} are of one kind; at least {FEWEST_OF_A_CLASS} of another are needed."
        )
    return _trained([texts[row] for row in rows], np.array([kept.index(classes[row]) for row in rows]), kept)


def _trained(texts: Sequence[str], wanted: Ints, classes: tuple[str, ...]) -> Model:
    from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]  # noqa: PLC0415

    counted = features(texts)
    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(wanted, wanted))
    margins = np.zeros((len(wanted), len(classes)))
    for learned, left_out in folds:
        margins[left_out] = fit_margins(counted[learned], wanted[learned], len(classes))(counted[left_out])
    probabilities = np.zeros_like(margins)
    plain = np.zeros_like(margins)
    for learned, left_out in folds:
        probabilities[left_out] = _calibrated(_calibration(margins[learned], wanted[learned]), margins[left_out])
        plain[left_out] = np.bincount(wanted[learned], minlength=len(classes)) / len(learned)
    accuracy = measured(probabilities, plain, wanted, classes)
    return Model(accuracy, fit_margins(counted, wanted, len(classes)), _calibration(margins, wanted))


def measured(probabilities: Floats, plain: Floats, wanted: Ints, classes: tuple[str, ...]) -> Accuracy:
    """The accuracy of probabilities for texts whose class is known; ``plain`` is what they are compared with."""
    told = probabilities.argmax(axis=1)
    right = share_estimate([int((told == wanted).sum())], [len(wanted)], nobody="There is no scored text.")
    counts = np.bincount(wanted, minlength=len(classes))
    truth = np.eye(len(classes))[wanted]
    errors = ((probabilities - truth) ** 2).sum(axis=1)
    plain_errors = ((plain - truth) ** 2).sum(axis=1)
    better = plain_errors - errors
    return Accuracy(
        n=len(wanted),
        classes=classes,
        counts=tuple(int(count) for count in counts),
        accuracy=float(right.value[0]),
        accuracy_low=float(right.low[0]),
        accuracy_high=float(right.high[0]),
        macro_f1=_macro_f1(told, wanted, len(classes)),
        majority=float(counts.max() / len(wanted)),
        brier=float(errors.mean()),
        brier_majority=float(plain_errors.mean()),
        calibration_error=_calibration_error(probabilities, wanted),
        learned=bool(better.mean() - Z * better.std(ddof=1) / np.sqrt(len(better)) > 0),
    )


def _macro_f1(told: NDArray[Any], wanted: Ints, classes: int) -> float:
    found = []
    for one in range(classes):
        hits = ((told == one) & (wanted == one)).sum()
        found.append(2 * hits / max(1, (told == one).sum() + (wanted == one).sum()))
    return float(np.mean(found))


def _calibration_error(probabilities: Floats, wanted: Ints) -> float:
    sure = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == wanted
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [abs(sure[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in set(bins)]
    return float(sum(gaps))


def _calibration(margins: Floats, wanted: Ints) -> Any:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # noqa: PLC0415

    return LogisticRegression(C=10.0, max_iter=500).fit(_needed(margins), wanted)


def _calibrated(calibration: Any, margins: Floats) -> Floats:
    if not len(margins):
        return margins
    return np.asarray(calibration.predict_proba(_needed(margins)), dtype=np.float64)


def _needed(margins: Floats) -> Floats:
    """Of two classes one margin says all."""
    return margins[:, 1:] if margins.shape[1] == 2 else margins
