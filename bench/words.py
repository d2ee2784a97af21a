"""Words, measured: sentiment on real reviews, languages, and 100,000 texts through language, lemmas and themes.

    python -m bench.words [sentiment] [languages] [speed]

Sentiment is measured by five-fold cross-validation beside the most frequent class and beside a plain linear model on
character 2-to-5-grams (its figures, measured once, stand below). Times are of the processor and of the clock.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import polars as pl

from regulars.words.choices import Choices
from regulars.words.finding import find_themes
from regulars.words.language import language, languages
from regulars.words.sentiment import Model, train
from tests.real_folder import FOLDER

T = TypeVar("T")
Texts = tuple[list[str], list[str]]
PLAIN = {"bg": (0.93, 0.88), "tr": (0.71, 0.68), "cs": (0.87, 0.87), "sk": (0.95, 0.91), "en": (0.88, 0.82)}
BRANDS = {
    "banks": "sberbank vtb gazprom alfabank bankmoskvy raiffeisen uralsib rshb",
    "telco": "beeline mts megafon tele2 rostelecom komstar skylink",
}
MANY = 100_000


def reviews() -> dict[str, Texts]:
    """Texts and classes of the six data sets, by language; empty texts left out."""
    named = {
        "bg": ("reviews_bg_cinexio/reviews_bg_cinexio.parquet", "text", "label"),
        "tr": ("reviews_tr_store/tr_store_reviews.parquet", "Görüş", "Durum"),
        "cs": ("reviews_cz_alza/reviews.parquet", "text", "polarity"),
        "sk": ("reviews_sk_services/reviews_sk_services.parquet", "text", "label"),
        "en": ("reviews_en_womens_clothing/womens_clothing_reviews.parquet", "Review Text", "Recommended IND"),
    }
    found = {code: _columns(path, text, label) for code, (path, text, label) in named.items()}
    return found | {"ru": _tweets()}


def _columns(path: str, text: str, label: str) -> Texts:
    rows = pl.read_parquet(FOLDER / path).select(text, label).drop_nulls()
    return rows[text].to_list(), [str(one) for one in rows[label].to_list()]


def _tweets() -> Texts:
    """Tweets that feel the same about every brand they name."""
    texts: list[str] = []
    classes: list[str] = []
    for name, brands in BRANDS.items():
        for row in pl.read_parquet(FOLDER / f"tweets_ru_banks_telco/{name}.parquet").iter_rows(named=True):
            said = {row[brand] for brand in brands.split()} - {"NULL", None}
            if len(said) == 1:
                texts.append(row["text"])
                classes.append(said.pop())
    return texts, classes


def sentiment() -> None:
    """Accuracy and macro-F1 of each data set."""
    print("| texts | n | classes | majority | accuracy (95%) | macro-F1 | plain model | Brier | ECE | processor s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for code, (texts, classes) in reviews().items():
        seconds, model = _timed(lambda texts=texts, classes=classes: train(texts, classes))
        assert isinstance(model, Model)
        one = model.accuracy
        plain = "{:.2f} / {:.2f}".format(*PLAIN[code]) if code in PLAIN else "–"
        print(
            f"| {code} | {one.n:,} | {len(one.classes)} | {one.majority:.3f} | {one.accuracy:.3f} "
            f"({one.accuracy_low:.3f}–{one.accuracy_high:.3f}) | {one.macro_f1:.3f} | {plain} | "
            f"{one.brier:.3f} of {one.brier_majority:.3f} | {one.calibration_error:.3f} | {seconds[0]:.1f} |",
            flush=True,
        )


def spoken() -> None:
    """Share of texts whose language is found: alone, among 6,000 texts of six languages, and in a shop of their own."""
    chance = random.Random(1)
    sets = {code: chance.sample(texts, 1_000) for code, (texts, _) in reviews().items()}
    every = [text for texts in sets.values() for text in texts]
    among = languages(every)
    print("| texts | alone | among six languages | in a shop of their own | taken for (own shop) |")
    print("|---|---|---|---|---|")
    for place, (code, texts) in enumerate(sets.items()):
        own = languages(texts, (code, "en"))
        alone = sum(language(text) == code for text in texts) / len(texts)
        mixed = sum(one == code for one in among[place * 1_000 : (place + 1) * 1_000]) / 1_000
        others = Counter(one for one in own if one != code).most_common(3)
        print(f"| {code} | {alone:.3f} | {mixed:.3f} | {sum(one == code for one in own) / len(own):.3f} | {others} |")


def speed() -> None:
    """100,000 texts of six languages through language, lemmas and themes."""
    chance = np.random.default_rng(1)
    pool = [texts for texts, _ in reviews().values()]
    texts = [pool[one][chance.integers(len(pool[one]))] for one in chance.integers(len(pool), size=MANY)]
    finding, found = _timed(lambda: languages(texts, ("bg", "en", "ru", "cs", "tr")))
    theming, themes = _timed(lambda: find_themes(texts, found, Choices()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{MANY:,} texts, {len(themes)} themes in {len({one for one in found if one})} languages")
    print(f"language: {finding[0]:.0f} s of the processor, {finding[1]:.0f} s by the clock")
    print(f"lemmas and themes: {theming[0]:.0f} s of the processor, {theming[1]:.0f} s by the clock")
    print(f"both: {finding[0] + theming[0]:.0f} s and {finding[1] + theming[1]:.0f} s; peak {peak:,.0f} MiB")


def _timed(work: Callable[[], T]) -> tuple[tuple[float, float], T]:
    """Seconds of the processor and of the clock, and what came out."""
    processor, clock = time.process_time(), time.perf_counter()
    found = work()
    return (time.process_time() - processor, time.perf_counter() - clock), found


PARTS: Mapping[str, Callable[[], None]] = {"sentiment": sentiment, "languages": spoken, "speed": speed}


def main(asked: Sequence[str]) -> None:
    """Run the parts that are asked for, or all."""
    for name in asked or list(PARTS):
        PARTS[name]()
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
