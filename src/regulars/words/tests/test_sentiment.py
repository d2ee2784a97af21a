"""The model of feelings learns from scored texts, and says so where it learned nothing."""

from __future__ import annotations

import random

import numpy as np
import polars as pl

from regulars.words.features import features
from regulars.words.sentiment import Model, Untrained, train
from regulars.words.tests.voices import voices
from tests.real_data import real_data


def test_slovak_comments_are_told_as_well_as_a_plain_model_tells_them() -> None:
    rows = pl.read_parquet(real_data("reviews_sk_services/reviews_sk_services.parquet"))
    model = train(rows["text"].to_list(), [str(label) for label in rows["label"].to_list()])
    assert isinstance(model, Model)
    found = model.accuracy
    assert (found.accuracy >= 0.95, found.macro_f1 >= 0.905, found.learned) == (True, True, True)
    assert found.majority < found.accuracy_low
    assert found.calibration_error < 0.03
    assert found.brier < 0.5 * found.brier_majority


def test_random_scores_are_said_to_teach_nothing() -> None:
    texts, _ = voices("en", 150)
    chance = random.Random(3)
    model = train(texts, [chance.choice(["negative", "positive"]) for _ in texts])
    assert isinstance(model, Model)
    assert model.accuracy.accuracy_low <= model.accuracy.majority
    assert not model.accuracy.learned
    assert "no better than guessing" in model.accuracy.sentence


def test_too_few_scored_texts_give_a_reason_instead_of_a_model() -> None:
    found = train(["good"] * 20 + ["bad"] * 20, ["positive"] * 20 + ["negative"] * 20, what="in Czech")
    assert isinstance(found, Untrained)
    assert found.reason.startswith("Only 0 texts in Czech have a score")


def test_texts_of_one_kind_alone_teach_nothing() -> None:
    assert isinstance(train(["all is well here"] * 300, ["positive"] * 300), Untrained)


def test_probabilities_of_three_classes_add_up_to_one() -> None:
    texts, planted = voices("cs", 80)
    model = train(texts, planted)
    assert isinstance(model, Model)
    told = model.probabilities(texts[:20])
    assert told.shape == (20, 3)
    assert np.allclose(told.sum(axis=1), 1)
    assert model.accuracy.accuracy > 0.95
    assert model.probabilities([]).shape[0] == 0


def test_counts_of_a_text_do_not_depend_on_its_neighbours() -> None:
    texts = ["Бързо и добре", "", "  ", "ok!!", "x" * 9_000, "\ud800 broken"]
    together = features(texts)
    for row, text in enumerate(texts):
        assert (together[row] != features([text])).nnz == 0
